"""What a build is asked for: stage, date and audience, as a plan and the calendar have them; noted with a record, and read again from it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from drafter.merge.names import Settings
from drafter.source.issues import Issue, Misnamed, Place
from drafter.source.listed import listed
from drafter.word.anchors import Record
from drafter.word.facts import DATE_FORM
from drafter.workspace.model import Plan, Workspace

FINAL = "印发稿"
"""The stage whose cover bears no mark of a draft."""


def source_of(workspace: Workspace, plan: Plan) -> Plan:
    """The plan whose fragments a plan prints: itself, or that which it is an extract of."""
    return workspace.plans[plan.extract.of] if plan.extract else plan


def settings_for(
    workspace: Workspace, plan: Plan, stage: str | None, day: date | None, *, internal: bool, public: bool
) -> Settings:
    """What a build is asked for. Without a stage the one that the plan is at, else its first in the calendar; without a date that stage's.

    A paper has its own date, and may be at no stage.
    """
    known = {entry.plan for entry in workspace.calendar}
    # an extract without dates of its own goes with its plan
    like = plan if plan.id in known else source_of(workspace, plan)
    dates = {entry.stage: entry.date for entry in workspace.calendar if entry.plan == like.id}
    first = workspace.stages[0] if workspace.stages and plan.paper is None else ""
    chosen = stage or plan.stage or like.stage or next(iter(dates), first)
    if stage and stage not in workspace.stages:
        facts = {"stage": stage, "known": listed(workspace.stages)}
        raise Misnamed(Issue("build.unknown-stage", Place("data/workspace.yaml"), facts))
    own = plan.paper.day if plan.paper else None
    return Settings(chosen, day or own or dates.get(chosen), internal, public)


def noted(settings: Settings) -> Mapping[str, str]:
    """The settings as a record and a manifest keep them."""
    return {
        "stage": settings.stage,
        "date": settings.date.isoformat() if settings.date else "",
        "internal": "yes" if settings.internal else "",
        "public": "yes" if settings.public else "",
        "sources": "yes" if settings.sources else "",
        "label": settings.label,
        "tracking": "yes" if settings.tracking else "",
        "enforced": "yes" if settings.enforced else "",
        "watermark": settings.watermark,
    }


def noted_settings(record: Record) -> Settings:
    """The settings that a file was built with."""
    kept = record.settings
    return Settings(
        kept.get("stage", ""),
        date.fromisoformat(kept["date"]) if kept.get("date") else None,
        internal=bool(kept.get("internal")),
        public=bool(kept.get("public")),
        sources=bool(kept.get("sources")),
        label=kept.get("label", ""),
        tracking=bool(kept.get("tracking")),
        enforced=bool(kept.get("enforced")),
        watermark=kept.get("watermark", ""),
    )


def frame_facts(plan: Plan, settings: Settings) -> Mapping[str, str]:
    """What a frame may print of a plan."""
    first, last = plan.period
    return {
        "名称": plan.title.text,
        "简称": plan.short,
        "稿次": "" if settings.stage == FINAL else settings.label or settings.stage,
        "日期": settings.date.isoformat() if settings.date else "",
        "编制单位": plan.unit,
        "规划期": f"{first}—{last}年",
        DATE_FORM: plan.cover.date,
        "提示": plan.cover.note,
        "密级": plan.cover.secrecy,
        "保密期限": plan.cover.term,
    }
