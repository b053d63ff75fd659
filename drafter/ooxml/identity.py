"""The opaque release id that an issued file carries twice: as a custom document property and in a customXml part.

A word processor may drop one of them; the customXml part is found again by the namespace of its root, never by its name.
Its whole text is the id: `<release xmlns="urn:drafter:release">7f3a…</release>`.
"""

from __future__ import annotations

NAMESPACE = "urn:drafter:release"
"""Namespace of the root of our customXml part; its local name is `release`, its text the id."""

PROPERTY = "DrafterRelease"
"""Name of our property in `docProps/custom.xml`."""

MARKED = "marked-copy"
"""What a marked copy (花脸稿) has there in place of an id: its changes are ours and no reviewer's."""
