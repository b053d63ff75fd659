"""Files that came back, spoilt at random by a seed, and collected: nothing may break, hang, grow, be lost or land where it does not belong."""
