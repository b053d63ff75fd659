"""The edit harness: random edits on built Word files, and from outside the question whether each came home.

It is independent of what it judges: its own reader and surgery of Word files, its own search for the true place in the sources.
Run `python -m tests.harness --edits 1000`.
"""
