"""Opinions that are not written into the draft: filled-in forms, letters, calls and meetings typed into a sheet; read, and located in what was issued."""
