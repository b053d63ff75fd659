"""The document tree: Markdown into blocks and inlines that know their origin; numbering; references."""
