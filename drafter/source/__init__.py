"""Where text comes from: files, spans, mapped text, YAML with positions, guarded edits, issues.

This room knows nothing of plans or Word. Every offset in the program is a character offset in `Source.text`.
"""
