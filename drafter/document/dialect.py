"""The one dialect of fragments, and the same parser with CommonMark's rules only, for the outside check."""

from __future__ import annotations

from functools import cache

from markdown_it import MarkdownIt

from drafter.document.blocks import PlacedBlocks
from drafter.document.containers import comment, container, note
from drafter.document.formulas import equation, formula
from drafter.document.inlines import PlacedInlines, cross_reference, note_reference, picture
from drafter.document.questions import question
from drafter.document.shield import original
from drafter.document.tables import pipe_table

_DEEPEST = 100


def commonmark() -> MarkdownIt:
    """CommonMark, with the ranges of every content and token."""
    parser = MarkdownIt("commonmark")
    blocks, inlines = PlacedBlocks(), PlacedInlines()
    blocks.ruler.enableOnly(parser.block.ruler.get_active_rules())
    inlines.ruler.enableOnly(parser.inline.ruler.get_active_rules())
    # Joining texts would lose their ranges, and nothing needs it.
    inlines.ruler2.enableOnly(["balance_pairs", "emphasis"])
    blocks.prepare()
    inlines.prepare()
    parser.block, parser.inline = blocks, inlines
    return parser


@cache
def dialect() -> MarkdownIt:
    """CommonMark with tables, footnotes, strikethrough, definitions, `:::` blocks and cross-references; of HTML only comments."""
    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST})
    blocks, inlines = PlacedBlocks(), PlacedInlines()
    blocks.ruler.enableOnly([*parser.block.ruler.get_active_rules(), "table"])
    blocks.ruler.at("table", pipe_table, {"alt": ["paragraph", "reference"]})
    alternatives = ["paragraph", "reference", "blockquote", "list"]
    blocks.ruler.before("fence", "container", container, {"alt": alternatives})
    blocks.ruler.before("fence", "equation", equation, {"alt": alternatives})
    blocks.ruler.before("reference", "footnote_def", note, {"alt": ["paragraph", "reference"]})
    blocks.ruler.before("html_block", "comment", comment, {"alt": ["paragraph", "reference", "blockquote"]})
    blocks.ruler.disable("html_block")
    blocks.definitions = True
    inlines.ruler.enableOnly([*parser.inline.ruler.get_active_rules(), "strikethrough"])
    inlines.ruler.before("link", "note_reference", note_reference)
    inlines.ruler.at("image", picture)
    inlines.ruler.push("cross_reference", cross_reference)
    inlines.ruler.push("question", question)
    inlines.ruler.push("formula", formula)
    inlines.ruler2.enableOnly(["balance_pairs", "strikethrough", "emphasis"])
    blocks.prepare()
    inlines.prepare()
    parser.block, parser.inline = blocks, inlines
    address = parser.normalizeLink
    parser.normalizeLink = lambda url: address(original(url))  # type: ignore[method-assign]
    return parser
