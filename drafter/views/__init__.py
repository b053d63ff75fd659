"""Datasets → tables of the tree.

`table` makes the table of a view (`data/tables.yaml`); `filled` puts tables in place of the view blocks of a tree. Every character of a cell
knows its datum, every head and the caption their place in `data/tables.yaml`.
"""

from drafter.views.filling import filled, filled_tree
from drafter.views.tables import table

__all__ = ["filled", "filled_tree", "table"]
