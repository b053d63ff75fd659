"""What leaves the office as a version: which stage may follow which, the manifest, the numbered copies, the ledger. No files, no clock."""
