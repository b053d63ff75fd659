"""JSON Schemas of the workspace's files for editors, made from the same declarations (`shapes`) that loading checks by."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from drafter.workspace.fields import JsonSchema
from drafter.workspace.papers import GONGWEN
from drafter.workspace.shapes import (
    SLOT,
    FrontMatter,
    IndicatorsFile,
    PlanFile,
    RecordsFile,
    TablesFile,
    WorkspaceFile,
)

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> Mapping[str, object]:
    """A JSON Schema for each kind of file: workspace, plan, indicators, records, dataset (either), tables, fragment."""
    indicators, records = IndicatorsFile.RECORD.schema(), RecordsFile.RECORD.schema()
    named: dict[str, tuple[str, JsonSchema]] = {
        "workspace": ("data/workspace.yaml", WorkspaceFile.RECORD.schema()),
        "plan": ("data/plans/*.yaml", _plan()),
        "indicators": ("data/*.yaml, kind: indicators", indicators),
        "records": ("data/*.yaml, kind: records", records),
        "dataset": ("data/*.yaml", {"anyOf": [indicators, records]}),
        "tables": ("data/tables.yaml", TablesFile.RECORD.schema()),
        "fragment": ("sections/**/*.md, front matter", FrontMatter.RECORD.schema()),
    }
    return MappingProxyType({name: titled(title, body) for name, (title, body) in named.items()})


def titled(title: str, body: JsonSchema) -> JsonSchema:
    """A schema as a file of its own; the title says which files it is for."""
    return {"$schema": _DIALECT, "title": title, **body}


def _entries() -> JsonSchema:
    """What an outline is made of: a slot by its id or not yet written, or a chapter of further entries."""
    slot: JsonSchema = {"anyOf": [SLOT.schema(), PlanFile.UNWRITTEN.schema()]}
    chapter = PlanFile.CHAPTER.schema()
    annex: JsonSchema = {"anyOf": [{"$ref": "#/$defs/slot"}, PlanFile.NAMED.schema()]}
    return {"slot": slot, "annex": annex, "entry": {"anyOf": [{"$ref": "#/$defs/slot"}, chapter]}}


def _plan() -> JsonSchema:
    """A plan's file: what only plans need, and what only papers have."""
    paper: JsonSchema = {
        "properties": {
            "plan": {
                "properties": {PlanFile.PROFILE.name: {"const": "gongwen"}},
                "required": [PlanFile.PROFILE.name],
            }
        }
    }
    return {
        **PlanFile.RECORD.schema(),
        "if": paper,
        "then": {"required": [GONGWEN.name]},
        "else": {
            "properties": {
                "plan": {"required": [each.name for each in PlanFile.OF_PLANS]},
                GONGWEN.name: False,
            }
        },
        "$defs": _entries(),
    }
