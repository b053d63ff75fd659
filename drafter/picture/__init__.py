"""A faithful picture of any Word file: paragraphs, runs, tables, revisions, comments; and its three views. No meaning."""
