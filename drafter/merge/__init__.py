"""Jinja2 over a fragment → mapped text: which characters are the fragment's own, which a macro's, which a value's.

`Merger(workspace).merge(path, plan, settings)` gives an `Outcome[MappedText]`. Its pieces:

- `SourceSlice`: printed as it stands in the fragment or in a template (`templates/*.md.j2`), offsets of the whole file;
- `DataValue`: a value of the data, `expression` the whole tag `{{ ... }}` that printed it (in a macro's template, where a macro did);
- `Generated("expression", tag)`: what a tag printed that is no value (`{{ loop.index }}`, `{{ "a" ~ "b" }}`);
- `Generated("markup", tag)`: text that `|标记` lets carry markup; a value that does keeps its `DataValue`, its form ends in `标记`;
- `Generated("missing", tag)`: the placeholder of what could not be had; an issue says why.

**A value is text, never markup.** Merging delivers plain characters; the *document* room shields them: before it parses, it puts a
stand-in for each character of a value that could be markup, and takes it back afterwards. `is_text(origin)` says which pieces.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from drafter.source.origins import DataValue, Generated, Origin

if TYPE_CHECKING:
    from drafter.merge.merger import Merger
    from drafter.merge.names import Settings

__all__ = ["Merger", "Settings", "is_text"]


def __getattr__(name: str) -> object:
    """`Merger` and `Settings`; loading Jinja2 waits until someone merges."""
    if name == "Merger":
        from drafter.merge.merger import Merger

        return Merger
    if name == "Settings":
        from drafter.merge.names import Settings

        return Settings
    raise AttributeError(name)


def is_text(origin: Origin) -> bool:
    """Whether characters of this origin are text and never markup: values and results that do not carry `|标记`."""
    if isinstance(origin, DataValue):
        return not origin.form.endswith("标记")
    return isinstance(origin, Generated) and origin.what != "markup"
