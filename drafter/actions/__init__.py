"""Use cases: the only place that sequences stages, reads the clock and writes to the workspace."""
