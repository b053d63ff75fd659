"""What an official paper (公文) says beside its text: GB/T 9704-2012, 7.2 to 7.4 and 10.1. The key `gongwen` of a plan's file."""

from __future__ import annotations

from datetime import date

from drafter.source.frozen import dataclass
from drafter.source.origins import MappedText
from drafter.source.yaml import Scalar
from drafter.workspace.fields import Choice, Day, Entries, Field, Flag, Pattern, Record, Report, Text

ENDS = "，。；、：！？,.;:!?"
"""Signs with which the name of an attachment never ends (7.3.4)."""
_EMPTY = MappedText("", ())


@dataclass(frozen=True, slots=True)
class Paper:
    """The facts of one paper, each with its place; what is not said is empty.

    `mark` 发文机关标志, `number` 发文字号, `copy` 份号, `secrecy` 密级和保密期限, `urgency` 紧急程度, `signer` 签发人, `to` 主送机关,
    `signature` 发文机关署名, `day` 成文日期, `seal`: whether it is sealed, `note` 附注, `cc` 抄送机关, `printer` 印发机关, `printed` 印发日期.
    """

    mark: MappedText
    signature: MappedText
    number: MappedText = _EMPTY
    copy: MappedText = _EMPTY
    secrecy: MappedText = _EMPTY
    urgency: MappedText = _EMPTY
    signer: MappedText = _EMPTY
    to: MappedText = _EMPTY
    note: MappedText = _EMPTY
    cc: MappedText = _EMPTY
    printer: MappedText = _EMPTY
    day: date | None = None
    printed: date | None = None
    seal: bool = True


class PaperShape:
    """`gongwen`."""

    MARK = Field("mark", Text(), "发文机关标志，如 临港市民政局文件；函只写机关名称", required=True)
    NUMBER = Field(
        "number",
        Pattern(r"[^\s〔〕\[\]（）()【】]+〔(?:19|20)[0-9]{2}〕[1-9][0-9]*号", "workspace.paper-number"),
        "发文字号，如 临民发〔2021〕5号",
    )
    COPY = Field("copy", Pattern(r"[0-9]{6}", "workspace.paper-copy"), "份号，六位数字，如 000001")
    SECRECY = Field(
        "secrecy",
        Pattern(r"(?:绝密|机密|秘密)(?:★[^\s★]+)?", "workspace.paper-secrecy"),
        "密级和保密期限，如 机密★3年",
    )
    URGENCY = Field("urgency", Choice(("特急", "加急")), "紧急程度")
    SIGNER = Field("signer", Text(), "签发人，只有上行文写")
    TO = Field("to", Text(), "主送机关，末尾的冒号不写")
    DATE = Field("date", Day(), "成文日期；不写则为日程里的日期")
    SEAL = Field("seal", Flag(), "是否加盖印章，不写为 true")
    NOTE = Field("note", Text(), "附注，括号不写，如 此件公开发布")
    CC = Field("cc", Text(), "抄送机关，末尾的句号不写")
    PRINTER = Field("printer", Text(), "印发机关")
    PRINTED = Field("printed", Day(), "印发日期")
    RECORD = Record(
        (MARK, NUMBER, COPY, SECRECY, URGENCY, SIGNER, TO, DATE, SEAL, NOTE, CC, PRINTER, PRINTED)
    )
    _TEXTS = (NUMBER, COPY, SECRECY, URGENCY, SIGNER, TO, NOTE, CC, PRINTER)
    TEXTS = {each.name: each for each in _TEXTS}  # noqa: RUF012 -- read only


GONGWEN = Field("gongwen", PaperShape.RECORD, "公文的各项要素；只有 profile: gongwen 写")


def read_paper(entries: Entries, signature: Scalar | None, report: Report) -> Paper:
    """The facts of a paper, and what is wrong with them together."""
    texts = {
        name: _EMPTY if (found := entries.get(field)) is None else found.mapped
        for name, field in PaperShape.TEXTS.items()
    }
    mark = entries.get(PaperShape.MARK)
    seal = entries.get(PaperShape.SEAL)
    for field in (PaperShape.TO, PaperShape.NOTE, PaperShape.CC):
        check_end(entries.get(field), report)
    secret = entries.get(PaperShape.SECRECY)
    if secret is not None and not texts["copy"].text:
        # 7.2.1: a classified paper bears a copy number.
        report.add("workspace.paper-no-copy", secret, value=secret.text)
    return Paper(
        mark=_EMPTY if mark is None else mark.mapped,
        signature=_EMPTY if signature is None else signature.mapped,
        day=entries.get(PaperShape.DATE),
        printed=entries.get(PaperShape.PRINTED),
        seal=True if seal is None else seal,
        **texts,
    )


def check_end(scalar: Scalar | None, report: Report) -> None:
    """A name, or a list of them, whose last sign the layout sets itself."""
    if scalar is not None and scalar.text.endswith(tuple(ENDS)):
        report.add("workspace.paper-end", scalar, value=scalar.text, sign=scalar.text[-1])
