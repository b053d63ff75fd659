"""Datasets → tables of the tree.

`filled` puts tables in place of the view blocks of a tree; `tables` makes the table of a view (`data/tables.yaml`) and is loaded for the first
of them. Every character of a cell knows its datum, every head and the caption their place in `data/tables.yaml`.
"""

from drafter.views.filling import filled, filled_tree

__all__ = ["filled", "filled_tree"]
