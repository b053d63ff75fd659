"""The document tree into a Word file: frame through docxtpl, body written by us, and the map from node to Word anchor."""
