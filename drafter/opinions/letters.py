"""A letter → an answer: its points as opinions, what it concludes, and in the preface all that is neither."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from drafter.opinions.citing import place_words
from drafter.opinions.conclusions import Concluded, concluded
from drafter.opinions.envelope import Opened, closes, leads_in, opened
from drafter.opinions.model import Channel, Conclusion, Opinion, Reply
from drafter.opinions.points import Paragraph, Point, outlined
from drafter.opinions.proposals import BECOMES, Proposal, proposals, spoken_of
from drafter.opinions.quotation import unwrapped
from drafter.source.issues import Place

_WISHES = re.compile(
    r"建议|应|宜|请|改为|修改|删|增加|补充|调整|核实|明确|完善|不妥|不准确|重复|矛盾|缺|希望|可否|是否|能否|需"
)
_HEADING = 40  # characters of a heading that leads the points below it
_REASON = re.compile(
    r"(?P<lead>[，。；\s]{0,4})(?:修改|调整|建议)?(?:理由|依据|原因)(?:是|为|如下)?[:：]\s*(?P<reason>\S.*)",
    re.DOTALL,
)
_SIDE_BY_SIDE = re.compile(
    rf"(?:原文|原稿|原表述|现表述|原句)(?:为|是|如下)?\s*[:：]\s*(?P<old>.{{1,2000}}?)[\s；，]{{0,4}}(?:建议|拟)?(?:{BECOMES}|建议表述)\s*[:：]?\s*(?P<new>.+)",
    re.DOTALL,
)
_SIDE = 4_000  # characters of a point in which words stand one below the other
_CLAUSE = re.compile(r"[。；;\n，,]")


def read_letter(paragraphs: Sequence[Paragraph], name: str, channel: Channel = Channel.LETTER) -> Reply:
    """The answer that a letter gives."""
    envelope = opened([each for each in paragraphs if each.text.strip()])
    return _Letter(envelope, name, channel).reply()


class _Letter:
    """A letter without its envelope, while it is read."""

    def __init__(self, envelope: Opened, name: str, channel: Channel) -> None:
        self.envelope = envelope
        self.name = name
        self.channel = channel
        self.conclusion = Conclusion.UNSAID
        self.marked = False
        self.preface: list[Paragraph] = list(envelope.outside)

    def reply(self) -> Reply:
        before, points = outlined(self.envelope.body)
        opinions = [*self._unnumbered(before, last=not points), *self._points(points, "")]
        envelope = self.envelope
        own = [replace(each, unit=envelope.unit, date=envelope.date) for each in opinions]
        conclusion = self.conclusion
        if own and conclusion is not Conclusion.AGREED:
            conclusion = Conclusion.HAS
        self.preface.sort(key=lambda paragraph: paragraph.line)
        return Reply(
            envelope.unit,
            envelope.contact,
            envelope.telephone,
            envelope.date,
            self.channel,
            conclusion,
            tuple(own),
            "\n".join(each.text for each in self.preface),
            self.marked,
        )

    def _unnumbered(self, paragraphs: Sequence[Paragraph], *, last: bool) -> Iterator[Opinion]:
        """Paragraphs without a sign: each that says something; a short one without a full stop leads those below it."""
        section = ""
        for at, paragraph in enumerate(paragraphs):
            rest = self._rest(paragraph)
            if not rest:
                continue
            follows = at + 1 < len(paragraphs) or not last
            if follows and _is_heading(rest) and not proposals(rest):
                section = rest if at + 1 < len(paragraphs) else ""
                self.preface.append(Paragraph(rest, paragraph.line))
                continue
            yield from self._said(rest, section, paragraph.line)

    def _rest(self, paragraph: Paragraph) -> str:
        """What a paragraph says beside the conclusion and the sentences that only lead in or close."""
        if leads_in(paragraph.text) or closes(paragraph.text):
            said = concluded(paragraph.text)
            self._note(said)
            self.preface.append(paragraph)
            return ""
        said = concluded(paragraph.text)
        self._note(said)
        if said.said:
            self.preface.append(Paragraph(said.said, paragraph.line))
        if said.rest and (leads_in(said.rest) or closes(said.rest)):
            self.preface.append(Paragraph(said.rest, paragraph.line))
            return ""
        return said.rest

    def _note(self, said: Concluded) -> None:
        self.conclusion = said.conclusion or self.conclusion
        self.marked = self.marked or said.marked

    def _points(self, points: Iterable[Point], section: str) -> Iterator[Opinion]:
        for point in points:
            text = point.text
            line = point.paragraphs[0].line if point.paragraphs else 0
            if point.points:
                yield from self._above(point, section)
                yield from self._points(point.points, _led(section, _heading(text)))
                continue
            yield from self._leaf(point, section, line)

    def _above(self, point: Point, section: str) -> Iterator[Opinion]:
        """A point with others below it leads them; what it says beyond its heading is an opinion of its own."""
        heading = _heading(point.text)
        more = point.text[len(heading) :].strip()
        line = point.paragraphs[0].line if point.paragraphs else 0
        if heading:
            self.preface.append(Paragraph(heading, line))
        if more and not leads_in(more):
            yield from self._said(more, _led(section, heading), line)
        elif more:
            self.preface.append(Paragraph(more, line))

    def _leaf(self, point: Point, section: str, line: int) -> Iterator[Opinion]:
        paragraphs = point.paragraphs
        if len(paragraphs) > 1 and _is_heading(paragraphs[0].text) and not proposals(paragraphs[0].text):
            section = _led(section, paragraphs[0].text)
            self.preface.append(paragraphs[0])
            paragraphs = paragraphs[1:]
        if len(paragraphs) > 1 and all(_WISHES.search(each.text) for each in paragraphs[1:]):
            apart = [[each] for each in paragraphs]
        else:
            apart = [paragraphs]
        for each in apart:
            text = "\n".join(paragraph.text for paragraph in each)
            rest = self._rest(Paragraph(text, each[0].line if each else line))
            if rest:
                yield from self._said(rest, section, each[0].line if each else line)

    def _said(self, text: str, section: str, line: int) -> Iterator[Opinion]:
        """The opinions of a text: one for each proposal, together all of its words."""
        whole = place_words(text) or place_words(section)
        for part, proposal in _parts(text):
            reason = _REASON.search(part)
            words = part[: reason.end("lead")].strip() if reason and reason.start() else part
            yield Opinion(
                Place(self.name, line),
                channel=self.channel,
                place=place_words(words) or whole,
                quote=proposal.quote if proposal else spoken_of(words),
                instead=proposal.instead if proposal else None,
                words=words,
                reason=reason["reason"].strip() if reason and reason.start() else "",
                section=section,
            )


def _parts(text: str) -> list[tuple[str, Proposal | None]]:
    """A text cut at the ends of clauses between its proposals."""
    beside = _SIDE_BY_SIDE.search(text, 0, _SIDE)
    if beside:
        new = text[beside.start("new") :]
        reason = _REASON.search(new)
        new = new[: reason.end("lead")].strip() if reason else new
        old, instead = unwrapped(beside["old"]), unwrapped(new.strip().rstrip("。") if "”" in new else new)
        return [(text, Proposal(old, instead, *beside.span()))]
    found = [each for each in proposals(text) if each.instead is not None]
    if len(found) < 2:  # noqa: PLR2004 -- nothing to cut
        return [(text, found[0] if found else None)]
    cuts = []
    for one, other in pairwise(found):
        ends = [match.end() for match in _CLAUSE.finditer(text, one.end, other.start)]
        cuts.append(ends[-1] if ends else other.start)
    spans = zip([0, *cuts], [*cuts, len(text)], strict=True)
    return [(text[start:end].strip(), each) for (start, end), each in zip(spans, found, strict=True)]


def _is_heading(text: str) -> bool:
    return (
        len(text) <= _HEADING
        and not text.endswith(("。", "；", ";", "！", "？"))
        and "\n" not in text
        and not _asks(text)
    )


def _asks(text: str) -> bool:
    return bool(re.search(r"建议(?!如下)|改为|删除|删去|增加|请", text)) and not text.endswith(("：", ":"))


def _heading(text: str) -> str:
    """The first line or sentence of a point that leads others."""
    match = re.match(r"[^。；;\n]*[。；;：:]?", text)
    return match[0].strip() if match else ""


def _led(section: str, heading: str) -> str:
    return "\u3000".join(filter(None, (section, heading.rstrip("。：:；; "))))
