"""Plans, fragments and datasets, read and validated; formulas over them."""
