"""The keys of a round's file, `data/rounds/<plan>/<round>.yaml`: what loading checks and what an editor's schema says."""

from __future__ import annotations

from typing import Final

from drafter.opinions.model import Conclusion
from drafter.review.remarks import Confidence, Kind
from drafter.rounds.model import EVIDENCE, SHORT, Decision, RoundKind, State
from drafter.workspace.fields import Choice, Day, Field, Flag, ListOf, Pattern, Record, Text, Whole

_TEXT = Text()
_DAY = Day()
_PATH = r"(?![/~])(?!(?:.*/)?\.{1,2}(?:/|\Z))[^\\:\x00-\x1f]+"
_ROUND = Pattern("R[1-9][0-9]{0,3}", "rounds.not-round-id")
_ROW = Pattern("R[1-9][0-9]{0,3}-[0-9]{3,6}", "rounds.not-row-id")
_MOMENT = Pattern(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:\d\d)?", "rounds.not-moment")
_HASH = Pattern("[0-9a-f]{64}", "rounds.not-hash")
_VERSION = Pattern("v[1-9][0-9]{0,3}", "rounds.not-version")
_KEPT = Pattern(f"private/evidence/{_PATH}", "rounds.not-kept")

KNOWN: Final = ("id", "text", "stated")
"""How the version of a file was found."""


class RoundKeys:
    """What the round is."""

    ID = Field("id", _ROUND, "如 R1", required=True)
    PLAN = Field("plan", _TEXT, "规划的 id", required=True)
    VERSION = Field("version", _VERSION, "对哪一稿征求意见，如 v2", required=True)
    KIND = Field("kind", Choice(tuple(RoundKind)), "向谁征求：部门、系统、公众、专家", required=True)
    NAME = Field("name", _TEXT, "这一轮的名称")
    OPENED = Field("opened", _DAY, "开始日期", required=True)
    UNTIL = Field("until", _DAY, "截止日期", required=True)
    NOTE = Field("note", _TEXT, "备注；公开征求意见不足30日的理由")
    USED = Field("used", Whole(), "用过的最大的意见编号")
    RECORD = Record((ID, PLAN, VERSION, KIND, NAME, OPENED, UNTIL, NOTE, USED))


class AskedKeys:
    """Someone who is asked."""

    UNIT = Field("unit", _TEXT, "单位或个人", required=True)
    COPY = Field("copy", Whole(), "份号")
    UNTIL = Field("until", _DAY, "另定的截止日期")
    RECORD = Record((UNIT, COPY, UNTIL))


class ReceivedKeys:
    """A file that came in."""

    NAME = Field("name", _TEXT, "文件名", required=True)
    SHA256 = Field("sha256", _HASH, "校验值", required=True)
    STATE = Field("state", Choice(tuple(State)), "读了、存为凭证，或者退回", required=True)
    KEPT = Field("kept", _KEPT, "存在哪里")
    REASON = Field("reason", _TEXT, "没有读的原因（代码）")
    KNOWN = Field("known", Choice(KNOWN), "怎么认出是哪一稿的")
    RECORD = Record((NAME, SHA256, STATE, KEPT, REASON, KNOWN))


class ReplyKeys:
    """An answer."""

    UNIT = Field("unit", _TEXT, "单位")
    PERSON = Field("person", _TEXT, "个人")
    DATE = Field("date", _DAY, "日期")
    CHANNEL = Field("channel", _TEXT, "反馈方式：修订稿、反馈意见表、来函、电话……")
    CONCLUSION = Field(
        "conclusion", Choice(tuple(each for each in Conclusion if each)), "总的意见；没有说的不填"
    )
    FILE = Field("file", ReceivedKeys.RECORD, "文件", required=True)
    COLLECTED = Field("collected", _MOMENT, "收进来的时刻", required=True)
    RECORD = Record((UNIT, PERSON, DATE, CHANNEL, CONCLUSION, FILE, COLLECTED))


class SpotKeys:
    """Words of the issued text."""

    PARAGRAPH = Field("paragraph", Whole(), required=True)
    START = Field("start", Whole(), required=True)
    END = Field("end", Whole(), required=True)
    RECORD = Record((PARAGRAPH, START, END))


class ChangeKeys:
    """What was done to the issued text."""

    ANCHOR = Field("anchor", Whole(), required=True)
    START = Field("start", Whole(), required=True)
    END = Field("end", Whole(), required=True)
    NEW = Field("new", _TEXT, required=True)
    LIKE = Field("like", Whole())
    ROW = Field("row", Flag())
    NOTES = Field("notes", ListOf(Whole()))
    RECORD = Record((ANCHOR, START, END, NEW, LIKE, ROW, NOTES))


class AppliedKeys:
    """A place that a row has changed."""

    FILE = Field("file", Pattern(_PATH, "rounds.not-path"), required=True)
    LINE = Field("line", Whole(), required=True)
    SHA256 = Field("sha256", _HASH, required=True)
    COLUMN = Field("column", Whole())
    WAS = Field("was", _TEXT, "原来的文字")
    NOW = Field("now", _TEXT, "现在的文字")
    AT = Field("at", _MOMENT, "写进去的时刻")
    RECORD = Record((FILE, LINE, COLUMN, WAS, NOW, AT, SHA256))


class RowKeys:
    """One remark; in this order they are written."""

    ID = Field("id", _ROW, "意见编号，不重用", required=True)
    UNIT = Field("unit", _TEXT, "提出单位")
    PERSON = Field("person", _TEXT, "提出人")
    DATE = Field("date", _DAY, "日期")
    CHANNEL = Field("channel", _TEXT, "反馈方式")
    KIND = Field("kind", Choice((*Kind, EVIDENCE)), "做了什么", required=True)
    TRACKED = Field("tracked", Flag(), "是修订，不是直接改动")
    CHAPTER = Field("chapter", _TEXT, "章节")
    NUMBER = Field("number", _TEXT, "段号")
    WHERE = Field("where", _TEXT, "收进来时的位置：文件:行:列")
    KEY = Field("key", _TEXT, "数据的名称")
    UNLOCATED = Field("unlocated", _TEXT, "没有位置的原因（代码）")
    ORIGINAL = Field("original", _TEXT, "原文")
    PROPOSED = Field("proposed", _TEXT, "建议改为")
    COMMENT = Field("comment", _TEXT, "意见")
    REPLY_TO = Field("reply_to", _ROW, "回复哪一条")
    ALIKE = Field("alike", _ROW, "和哪一条相同")
    CONFLICTS = Field("conflicts", ListOf(_ROW, single=True), "和哪几条矛盾")
    OFFICE = Field("office", _TEXT, "承办科室")
    DECISION = Field("decision", Choice(tuple(Decision)), "采纳情况：采纳、部分采纳、未采纳；没有定的不填")
    ADOPTED = Field("adopted", _TEXT, "采纳的文字；和建议的一样就不填")
    REASON = Field("reason", _TEXT, "理由")
    CONTACT = Field("contact", _TEXT, "沟通情况")
    BY = Field("by", _TEXT, "谁定的")
    ON = Field("on", _DAY, "哪天定的")
    WITHDRAWN = Field("withdrawn", _MOMENT, "后来的文件里没有了")
    APPLIED = Field("applied", ListOf(AppliedKeys.RECORD), "写进了哪些文件")
    CONFIDENCE = Field("confidence", Choice(tuple(Confidence)), "位置有多确定")
    OBSTACLE = Field("obstacle", _TEXT, "为什么要人来改（代码）")
    SPOT = Field("spot", SpotKeys.RECORD, "发出稿的哪些字")
    CHANGE = Field("change", ChangeKeys.RECORD, "改了什么")
    FILE = Field("file", Pattern(f"[0-9a-f]{{{SHORT}}}", "rounds.not-hash"), "来自哪个文件")
    MARKS = Field("marks", ListOf(_TEXT), "文件里的修订和批注")
    COLLECTED = Field("collected", _MOMENT, "收进来的时刻")
    RECORD = Record(
        (
            ID, UNIT, PERSON, DATE, CHANNEL, KIND, TRACKED, CHAPTER, NUMBER, WHERE, KEY, UNLOCATED, ORIGINAL, PROPOSED, COMMENT,
            REPLY_TO, ALIKE, CONFLICTS, OFFICE, DECISION, ADOPTED, REASON, CONTACT, BY, ON, WITHDRAWN, APPLIED, CONFIDENCE, OBSTACLE,
            SPOT, CHANGE, FILE, MARKS, COLLECTED,
        )
    )  # fmt: skip


class RegisterFile:
    """The whole file."""

    ROUND = Field("round", RoundKeys.RECORD, "这一轮", required=True)
    ASKED = Field("asked", ListOf(AskedKeys.RECORD), "征求谁的意见")
    REPLIES = Field("replies", ListOf(ReplyKeys.RECORD), "谁答复了")
    ROWS = Field("rows", ListOf(RowKeys.RECORD), "意见")
    RECORD = Record((ROUND, ASKED, REPLIES, ROWS))
