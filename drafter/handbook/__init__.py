"""The handbook's pages, in the order in which they are read; the same pages in each language, `<language>/<page>.md`.

They are standing pages and no fragments: Python-Markdown makes HTML of them (`drafter.actions.handbook`). Every example
is run by `tests/handbook`.
"""

from pathlib import Path

FOLDER = Path(__file__).parent
PAGES = (
    "writer",
    "coordinator",
    "language",
    "data",
    "formulas",
    "views",
    "format",
    "frames",
    "releases",
    "commands",
    "returned",
    "opinions",
    "rounds",
    "trouble",
)
