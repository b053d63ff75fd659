"""The document tree: Markdown into blocks and inlines that know their origin; numbering; references.

    reader.read_fragment      a merged fragment → its tree
    assemble.assemble         outline and trees → one document      (assemble.levels: the level of each slot)
    numbering.number          a document → labels, targets, 段号
    references.references     what is wrong with its cross-references

Inside: `shield` (values are text), `dialect` (the parser) with `blocks`, `containers`, `tables`, `inlines` (ranges of every token),
`ground` (content → merged text → files), `lines` and `texts` (inlines of one content), `suspects`, `attributes`, `notes`; `walk`.
"""
