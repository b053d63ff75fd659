"""drafter: plans written in Markdown and YAML, issued as Word, with every edit brought home to its line."""

__version__ = "0.1.0"
