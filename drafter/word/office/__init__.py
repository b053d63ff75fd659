"""An office's own Word file, read as a person would look at it: what its parts are for, how they look, and a frame made from it."""
