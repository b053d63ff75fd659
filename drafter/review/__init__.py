"""What reviewers did, brought home: alignment with what was issued, remarks with their place, guarded edits."""
