"""Two versions of a plan held against each other: what was changed, where it stands, and why.

The redline says what was changed; this room says of each change where a reader finds it and what its reason is, and writes the table of
changes (修改对照表). Not here: which versions there are, what git knows, where files are written.
"""
