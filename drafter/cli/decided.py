"""What the commands of the register print for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drafter.cli.results import OBJECT
from drafter.source.listed import listed as joined
from drafter.source.messages import has, text

if TYPE_CHECKING:
    # Types only: an action is imported when its command runs.
    from drafter.actions.decide import Decided, Setting
    from drafter.actions.hand_out import HandedOut
    from drafter.actions.register import Line, Listed, Of
    from drafter.actions.take_back import TakenBack
    from drafter.rounds.counting import Counts

_OPEN = "open"


def settings(value: Decided) -> None:
    """Each row with what is decided on it now."""
    for each in value.rows:
        print(setting(each))
    code = "cli.decided.nothing"
    if value.files:
        open_ = [each for each in value.rows if each.decision == _OPEN]
        code = "cli.decided" if not open_ else "cli.decided.set"
    print(text(code, count=len(value.rows), files=joined(value.files)))


def setting(each: Setting) -> str:
    """A row in a line, with the other fields that were filled in below."""
    result = result_of(each.decision)
    if each.before and each.before != each.decision:
        result = text("cli.decided.became", before=result_of(each.before), after=result)
    who = " ".join(filter(None, (each.by, each.on)))
    lines = [text("cli.decided.row", id=each.id, unit=each.unit, result=result, who=f" {who}" if who else "")]
    fields = (
        ("adopted", each.adopted),
        ("reason", each.reason),
        ("office", each.office),
        ("contact", each.contact),
    )
    return "\n".join((*lines, *(f"    {field(name, said)}" for name, said in fields if said)))


def field(name: str, said: str) -> str:
    """A field that people fill in, by its name."""
    return text(f"cli.register.{name}.said", words=_indented(said))


def result_of(decision: str) -> str:
    """A result in the user's language; those that are decided are the words of the papers."""
    return text("cli.register.undecided") if decision == _OPEN else decision


def listed(value: Listed) -> None:
    """The rows of each round, and how many opinions there are."""
    for of in value.rounds:
        print(_round(of))
        for line in value.rows:
            if line.id.partition("-")[0] == of.id:
                print(_line(line))
    counts(value.counts)


def counts(value: Counts) -> None:
    """The sentence that counts."""
    decided = {
        "adopted": value.adopted,
        "partly": value.partly,
        "rejected": value.rejected,
        "open": value.open,
    }
    print(text("cli.register.counts", opinions=value.opinions, **decided))
    beside = {"withdrawn": value.withdrawn, "answers": value.answers, "unread": value.unread}
    for name, number in beside.items():
        if number:
            print(text(f"cli.register.counts.{name}", count=number))


def handed_out(value: HandedOut) -> None:
    """Each file with how many opinions stand in it."""
    for each in value.files:
        print(text("cli.register.part", path=each.path, opinions=each.opinions))
    counts(value.counts)


def taken_back(value: TakenBack) -> None:
    """Each row that was set, and what became of the others; contradictions are told as problems."""
    for each in value.rows:
        print(setting(each))
    numbers = {
        "files": len(value.read),
        "rows": len(value.rows),
        "same": value.same,
        "refused": value.refused,
    }
    contested = len({each.id for each in value.conflicts})
    print(text("cli.register.taken", **numbers, conflicts=contested))
    if value.files:
        print(text("cli.written", path=joined(value.files)))
    if value.dry:
        print(text("cli.register.dry"))


def _round(of: Of) -> str:
    facts = {
        "id": of.id,
        "name": of.name or of.kind,
        "version": of.version,
        "opened": of.opened,
        "until": of.until,
    }
    return text("cli.register.of", **facts)


def _line(line: Line) -> str:
    who = " ".join(filter(None, (line.unit, line.person))) or text("cli.remark.nobody")
    came = " ".join(filter(None, (line.channel, line.date)))
    state = result_of(line.decision)
    head = text("cli.register.row", id=line.id, who=who, came=f"  {came}" if came else "", result=state)
    cited = " ".join(filter(None, (line.chapter, line.number)))
    where = ":".join(filter(None, (line.file, *(str(n) for n in (line.line, line.column) if n))))
    key = f"({line.key})" if line.key else ""
    lost = text("cli.unlocated", reason=_reason(line.unlocated)) if line.unlocated else ""
    sure = text(f"cli.confidence.{line.confidence}")
    place = "  ".join(filter(None, (cited, " ".join(filter(None, (where, key))), lost)))
    lines = [head, "    " + text("cli.register.place", place=place, confidence=sure) if place else ""]
    if line.original and line.comment and not line.proposed:
        lines.append("    " + text("cli.remark.words", words=_indented(line.original.replace(OBJECT, ""))))
    shown = line.said.replace(OBJECT, "").replace("\n", "\n    ")
    lines += [f"    {shown}", *_beside(line)]
    return "\n".join(filter(None, lines))


def _beside(line: Line) -> list[str]:
    """What else there is to say of a row, a line for each."""
    named = (
        ("reply", line.reply_to), ("answers", joined(line.answers)), ("alike", line.alike), ("conflicts", joined(line.conflicts)),
        ("withdrawn", line.withdrawn), ("applied", joined(line.applied)),
    )  # fmt: skip
    out = [text(f"cli.register.row.{name}", rows=said) for name, said in named if said]
    if line.obstacle and line.decision == _OPEN:
        out.append(text("cli.register.row.obstacle", rows=_reason(line.obstacle)))
    filled = (
        ("office", line.office),
        ("adopted", line.adopted),
        ("reason", line.reason),
        ("contact", line.contact),
    )
    out += [field(name, said) for name, said in filled if said]
    who = " ".join(filter(None, (line.by, line.on)))
    out += [text("cli.register.row.by", rows=who)] if who else []
    return [f"    {each}" for each in out]


def _indented(words: str) -> str:
    return words.replace("\n", "\n        ")


def _reason(reason: str) -> str:
    """A reason is a code of the catalogue or already a sentence."""
    return text(reason) if has(reason) else reason
