"""What files brought, entered into the registers of their rounds: all of a collection or nothing of it.

The registers are read once and held in memory while files come; `finish` writes them. Each file finds its round by the version that it is a copy of.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path, PurePosixPath

from drafter.actions.entering import Entering, Sender
from drafter.actions.held import Known
from drafter.actions.incoming import Incoming
from drafter.actions.keeping import Keeping, kept_as
from drafter.actions.registers import Held, Registers
from drafter.actions.routing import Key, Routing, Wanted
from drafter.actions.secrets import Secrets
from drafter.opinions.model import Channel
from drafter.review.remarks import Remark
from drafter.rounds.collecting import Added, Brought, added, highest
from drafter.rounds.masking import in_clear, masked_name, masked_words
from drafter.rounds.model import EVIDENCE, Received, Register, Reply, Round, RoundKind, Row, State
from drafter.rounds.relating import related
from drafter.rounds.standing import same
from drafter.rounds.taking_back import last_moment
from drafter.source.frozen import dataclass
from drafter.source.listed import listed as joined
from drafter.workspace.model import Workspace

WAITING = "待录入"
"""What a row says of a file that a person has yet to read."""


@dataclass(frozen=True, slots=True)
class Entered:
    """What became of a file: its round, whose it is, where it is kept, which rows its remarks are, by the ids of the remarks, and the names of earlier files of the same sender that it stands beside."""

    round: Key
    unit: str
    kept: str
    ids: Mapping[str, str]
    new: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()


class Registering:
    """The registers of a workspace while files come in. What is wrong with a register is said, and nothing goes into it."""

    def __init__(self, root: Path, workspace: Workspace, wanted: Wanted, now: datetime) -> None:
        self.root, self.workspace, self.wanted = root, workspace, wanted
        self.registers = Registers(root)
        found = [self.registers.of_plan(plan) for plan in self.registers.plans()]
        self.issues = [issue for outcome in found for issue in outcome.issues]
        self._held: dict[Key, Held] = {
            _key(held.register.round): held for each in found for held in each.value or ()
        }
        self.now: dict[Key, Register] = {key: held.register for key, held in self._held.items()}
        self.moment = _moment(now, max(map(last_moment, self.now.values()), default=""))
        self._secrets = Secrets(root)
        self._keeping = Keeping(root)
        unread = [
            (plan, id_)
            for plan in self.registers.plans()
            for id_ in self.registers.ids(plan)
            if (plan, id_) not in self.now
        ]
        self.routing = Routing(self.now, unread, workspace, wanted, self.moment[:10])
        self._entering: Entering | None = None
        self._new: dict[Key, list[str]] = {}

    def there(self, sha256: str, sender: str = "") -> tuple[Key, Reply] | None:
        """The round that a file was collected into before, and the answer that it was.

        Where a round is named that one counts, and another on the same version for those whom the named one does not ask: one letter may answer on two plans.
        Where a `sender` is told only theirs does: two may send the same words.
        """
        names = {sender, masked_name(sender)}
        named = self.routing.named()
        asked = {each.unit for key in named for each in self.now[key].round.asked}
        for key in self.routing.beside() or self.now:
            for reply in self.now[key].replies:
                same = reply.file.sha256 == sha256 and reply.file.state is not State.REFUSED
                own = not named or key in named or reply.unit not in asked
                if same and own and (not sender or (reply.unit or reply.person) in names):
                    return key, reply
        return None

    # what it brought

    def copy(self, key: Key, known: Known, item: Incoming, remarks: Sequence[Remark]) -> Entered:
        """Enter the remarks of a copy of the draft. Raises `Refused` where nobody knows whose it is, or it cannot be kept."""
        round_ = self.now[key].round
        sender = self.routing.sender(key, item, known)
        unit, person = self.called(key, sender)
        foreign = known.version != round_.version
        if self._entering is None or self._entering.record is not known.record:
            self._entering = Entering(known.record, self.workspace)
        origin = Sender(unit, Channel.DRAFT.value, item.short)
        rows = self._entering.rows(remarks, origin, "collect.of-other-version" if foreign else "")
        rows = tuple(_own(replace(row, person=row.person or person), round_) for row in rows)
        how = "stated" if foreign or (self.wanted.round and known.how == "text") else known.how
        reply, *others = (
            self._replied(each, person if each == unit else "", rows, round_)
            for each in dict.fromkeys((unit, *(row.unit for row in rows)))
        )
        return self.answer(key, item, Brought(reply, rows, others=tuple(others)), how)

    def _replied(self, unit: str, person: str, rows: Sequence[Row], round_: Round) -> Reply:
        """The answer that the marks of a copy are, of the unit whose copy it is or of another."""
        own = [row for row in rows if row.unit == unit]
        persons = "、".join(dict.fromkeys(filter(None, (row.person for row in own)))) or person
        return Reply(unit, persons, self._day(own, round_), Channel.DRAFT.value, "", _NO_FILE, "")

    def answer(self, key: Key, item: Incoming, brought: Brought, how: str = "") -> Entered:
        """Enter an answer with its rows; its file is kept. Raises `Refused` where it cannot be."""
        register = self.now[key]
        public = register.round.kind is RoundKind.PUBLIC
        names = self._secrets.of(key) if public else {}
        file = self._received(register.round, item, State.READ, how)
        reply, rows = replace(brought.reply, file=file), brought.rows
        others = tuple(replace(each, file=file) for each in brought.others)
        if public:
            persons = "、".join(masked_name(each) for each in reply.person.split("、") if each)
            reply = replace(reply, person=persons)
            rows = tuple(replace(row, comment=masked_words(row.comment, [row.person])) for row in rows)
        step = added(register, replace(brought, reply=reply, rows=rows, others=others), self.moment, names)
        self._take(key, step)
        sent = {each.file.short: each.file.name for each in self.now[key].replies}
        beside = tuple(sent.get(each, each) for each in step.beside)
        whose = joined([reply.unit or reply.person, *(each.unit for each in others)])
        return Entered(key, whose, file.kept, step.ids, step.new, step.withdrawn, beside)

    def called(self, key: Key, sender: str) -> tuple[str, str]:
        """A sender as a unit, or in a round of the public as a person where the name is one's."""
        public = self.now[key].round.kind is RoundKind.PUBLIC
        return ("", sender) if public and in_clear(sender, "") else (sender, "")

    def typed_up(self, key: Key, names: Collection[str]) -> tuple[str, ...]:
        """The rows of kept files of these names, which waited for a person: now their words are here, and they wait no more."""
        register = self.now[key]
        files = {each.file.short for each in register.replies if _is_named(each.file.name, names)}
        found = {
            row.id
            for row in register.rows
            if row.kind == EVIDENCE and row.file in files and not row.withdrawn
        }
        rows = tuple(replace(row, withdrawn=self.moment) if row.id in found else row for row in register.rows)
        self.now[key] = replace(register, rows=rows)
        return tuple(row.id for row in rows if row.id in found)

    def evidence(self, key: Key, item: Incoming, *, unit: str = "", row: bool = True) -> Entered:
        """Keep a file that nobody reads here, with a row that says that a person has to; without a row where it only shows what another file says."""
        register = self.now[key]
        unit, person = self.called(key, unit or self.routing.sender(key, item))
        file = self._received(register.round, item, State.EVIDENCE, "")
        channel = _CHANNELS.get(item.ending, Channel.OTHER).value
        shown = masked_name(person) if register.round.kind is RoundKind.PUBLIC else person
        reply = Reply(unit, shown, self.wanted.day, channel, "", file, self.moment)
        new: list[Row] = []
        if row:
            id_ = f"{register.round.id}-{highest(register) + 1:03d}"
            new = [
                Row(
                    id_, unit, person, "", channel, EVIDENCE, comment=f"{WAITING}：{file.name}",
                    file=item.short, collected=self.moment,
                )
            ]  # fmt: skip
        used = highest(register) + len(new)
        after = replace(
            register,
            round=replace(register.round, used=used),
            replies=(*register.replies, reply),
            rows=(*register.rows, *new),
        )
        ids = tuple(each.id for each in new)
        self._take(key, Added(after, {}, ids, (), (), {each.id: each.person for each in new}))
        return Entered(key, unit or shown, file.kept, {}, ids)

    def _received(self, round_: Round, item: Incoming, state: State, how: str) -> Received:
        kept = kept_as(round_, item.said[0], item.sha256)
        if not self.wanted.dry_run:
            self._keeping.keep(round_, item.said[0], item.sha256, item.data)
        name = Path(kept).name if round_.kind is RoundKind.PUBLIC else item.said[0]
        return Received(name, item.sha256, state, kept, known=how)

    def _day(self, rows: Sequence[Row], round_: Round) -> str:
        """The day on which it came, where a person says it, else the last one on which something was done in it, where that is a day of the round."""
        if self.wanted.day:
            return self.wanted.day
        last = max((row.date for row in rows), default="")
        return last if round_.opened <= last <= self.moment[:10] else ""

    def _take(self, key: Key, step: Added) -> None:
        register = step.register
        if register.round.kind is RoundKind.PUBLIC:
            self._secrets.add(key, step.names)
            rows = tuple(
                replace(row, person=masked_name(row.person)) if row.id in step.new else row
                for row in register.rows
            )
            register = replace(register, rows=rows)
        self.now[key] = register
        self._new.setdefault(key, []).extend(step.new)

    # the end

    def let_go(self) -> None:
        """Take away what was kept, where the collection does not come to its end."""
        self._keeping.let_go()

    def finish(self) -> None:
        """Tell what the new rows have to do with the others, and write all registers, or none. Raises `Refused`."""
        for key, new in self._new.items():
            if new:
                register = self.now[key]
                record = self.registers.record(key[0], register.round.version)
                issued = [each.text for each in record.anchors.paragraphs]
                self.now[key] = replace(register, rows=related(register.rows, frozenset(new), issued))
        if self.wanted.dry_run:
            return
        try:
            self._secrets.write()
            self.registers.save_all((self._held[key], self.now[key]) for key in self._new)
            self._keeping.settled()
        except BaseException:
            self._secrets.put_back()
            raise

    def unaccounted(self) -> tuple[str, ...]:
        """The new rows that are not in the registers as they lie on the disk now: none, or something is very wrong."""
        missing: list[str] = []
        if self.wanted.dry_run:
            return ()
        for (plan, id_), new in self._new.items():
            found = self.registers.round(plan, id_).value
            there = (
                {row.id for row in found.register.rows if row.collected == self.moment} if found else set()
            )
            missing += [each for each in new if each not in there]
        return tuple(missing)


def _own(row: Row, round_: Round) -> Row:
    """A row of a copy, whose it is: one who marked somebody else's copy and is asked too answers in their own name."""
    asked = {same(each.unit): each.unit for each in round_.asked}
    if same(row.person) not in asked or round_.kind is RoundKind.PUBLIC:
        return row
    return replace(row, unit=asked[same(row.person)], person="")


def _key(round_: Round) -> Key:
    return round_.plan, round_.id


def _moment(now: datetime, last: str) -> str:
    """A moment by which the collection is known: later than the last one, if only by a second."""
    moment = now.replace(microsecond=0)
    if last:
        before = datetime.fromisoformat(last)
        before = before if before.tzinfo else before.replace(tzinfo=moment.tzinfo)
        moment = max(moment, before.astimezone(moment.tzinfo) + timedelta(seconds=1))
    return moment.isoformat()


def _is_named(name: str, names: Collection[str]) -> bool:
    """Whether a file is one of those named, with its ending or without."""
    return name in names or PurePosixPath(name).stem in names


_NO_FILE = Received("", "", State.READ)
_CHANNELS: Mapping[str, Channel] = {
    **dict.fromkeys((".eml", ".msg"), Channel.MAIL),
    **dict.fromkeys((".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff"), Channel.PAPER),
}
"""How a file came that nobody reads here, by the ending of its name."""
