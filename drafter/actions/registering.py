"""What files brought, entered into the registers of their rounds: all of a collection or nothing of it.

The registers are read once and held in memory while files come; `finish` writes them. Each file finds its round by the version that it is a copy of.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from drafter.actions.entering import Entering, Sender
from drafter.actions.held import Known
from drafter.actions.incoming import Incoming
from drafter.actions.keeping import SHORT, Keeping, kept_as
from drafter.actions.registers import FOLDER, Held, Registers
from drafter.actions.secrets import Secrets
from drafter.actions.senders import Senders
from drafter.review.remarks import Remark
from drafter.rounds.collecting import Added, Brought, added, highest
from drafter.rounds.masking import masked_name, masked_words
from drafter.rounds.model import EVIDENCE, Received, Register, Reply, Round, RoundKind, Row, State
from drafter.rounds.relating import paragraph_starts, related
from drafter.rounds.taking_back import last_moment
from drafter.source.frozen import dataclass
from drafter.source.issues import Issue, Place, Refused
from drafter.source.listed import listed
from drafter.workspace.model import Workspace

DRAFT = "修订稿"
WAITING = "待录入"
"""What a row says of a file that a person has yet to read."""

Key = tuple[str, str]
"""A round: its plan and its id."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person says of the files: the round (`R2`, or `p145/R2`), whose they are, the day on which they came (ISO), a file that shows it; and whether nothing is to be written."""

    round: str = ""
    sender: str = ""
    day: str = ""
    evidence: Path | None = None
    dry_run: bool = False


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
        self._senders = Senders(workspace)
        self._entering: Entering | None = None
        self._new: dict[Key, list[str]] = {}

    # which round, and whose

    def there(self, sha256: str) -> tuple[Key, Reply] | None:
        """The round that a file was collected into before, and the answer that it was."""
        for key, register in self.now.items():
            for reply in register.replies:
                if reply.file.sha256 == sha256 and reply.file.state is not State.REFUSED:
                    return key, reply
        return None

    def asked(self) -> Mapping[str, str]:
        """The version of each plan that the named round is on; empty where none is named. Raises `Refused` for a round that is not there."""
        keys = self._named()
        return {plan: self.now[plan, id_].round.version for plan, id_ in keys}

    def round_of(self, known: Known, item: Incoming) -> Key | None:
        """The round on the version that a file is a copy of, None where there is none. Raises `Refused` where several are and nothing says which."""
        plan = known.record.plan
        named = [key for key in self._named() if key[0] == plan]
        if named:
            return named[0]
        on = [key for key, each in self.now.items() if key[0] == plan and each.round.version == known.version]
        return self._one(on, self._unit(on, known, item), item) if on else None

    def round_of_evidence(self, item: Incoming) -> Key:
        """The round that a file belongs to which says of no version what it is: the named one, else that in which its sender is asked."""
        named = self._named()
        keys = list(named or self.now)
        return self._one(keys, self._unit(keys, None, item), item)

    def _one(self, keys: Sequence[Key], unit: str, item: Incoming) -> Key:
        if len(keys) == 1:
            return keys[0]
        asking = [key for key in keys if any(each.unit == unit for each in self.now[key].round.asked)]
        if len(asking) == 1:
            return asking[0]
        several = len({plan for plan, _ in keys}) > 1
        names = [f"{plan}/{id_}" if several else id_ for plan, id_ in asking or keys]
        raise Refused(Issue("collect.which-round", Place(item.name), {"rounds": listed(names)}))

    def _named(self) -> tuple[Key, ...]:
        plan, _, id_ = self.wanted.round.rpartition("/")
        if not id_:
            return ()
        found = tuple(key for key in self.now if key[1] == id_ and plan in {"", key[0]})
        if not found:
            known = [f"{each}/{one}" for each, one in self.now]
            facts = {"round": self.wanted.round, "known": listed(known) or "—"}
            raise Refused(Issue("collect.no-such-round", Place(FOLDER), facts))
        return found

    def _unit(self, keys: Sequence[Key], known: Known | None, item: Incoming) -> str:
        """Whose a file is: as a person says, else whose copy it is, else whose name it or its folder has; empty where nothing tells it."""
        if self.wanted.sender:
            return self.wanted.sender
        if known is not None and known.copy is not None and known.copy.recipient:
            return known.copy.recipient
        return self._senders.named(item.said, [self.now[key].round for key in keys])

    def _sender(self, key: Key, known: Known | None, item: Incoming) -> str:
        unit = self._unit((key,), known, item)
        if not unit and self.now[key].round.kind is not RoundKind.PUBLIC:
            raise Refused(Issue("collect.whose", Place(item.name), {"round": key[1]}))
        return unit

    # what it brought

    def copy(self, key: Key, known: Known, item: Incoming, remarks: Sequence[Remark]) -> Entered:
        """Enter the remarks of a copy of the draft. Raises `Refused` where nobody knows whose it is, or it cannot be kept."""
        round_ = self.now[key].round
        unit = self._sender(key, known, item)
        public = round_.kind is RoundKind.PUBLIC
        foreign = known.version != round_.version
        sender = Sender("" if public else unit, DRAFT, item.sha256[:SHORT])
        if self._entering is None or self._entering.record is not known.record:
            self._entering = Entering(known.record, self.workspace)
        rows = self._entering.rows(remarks, sender, "collect.of-other-version" if foreign else "")
        if public:
            rows = tuple(_in_public(row, unit) for row in rows)
        how = "stated" if foreign or (self.wanted.round and known.how == "text") else known.how
        file = self._received(round_, item, State.READ, how)
        persons = dict.fromkeys(filter(None, (row.person for row in rows))) or (
            {unit: None} if public else {}
        )
        names = [masked_name(each) if public else each for each in persons if each]
        reply = Reply(sender.unit, "、".join(names), self._day(rows, round_), DRAFT, "", file, "")
        step = added(self.now[key], Brought(reply, rows), self.moment, self._secrets.of(key))
        self._take(key, step)
        beside = {each.file.sha256[:SHORT]: each.file.name for each in self.now[key].replies}
        names = [beside.get(each, each) for each in step.beside]
        return Entered(key, unit, file.kept, step.ids, step.new, step.withdrawn, tuple(names))

    def evidence(self, key: Key, item: Incoming, *, unit: str = "", row: bool = True) -> Entered:
        """Keep a file that nobody reads here, with a row that says that a person has to; without a row where it only shows what another file says."""
        register = self.now[key]
        unit = unit or self._sender(key, None, item)
        public = register.round.kind is RoundKind.PUBLIC
        file = self._received(register.round, item, State.EVIDENCE, "")
        person = masked_name(unit) if public else ""
        channel = _CHANNELS.get(item.ending, "其他")
        reply = Reply("" if public else unit, person, self.wanted.day, channel, "", file, self.moment)
        new: list[Row] = []
        if row:
            id_ = f"{register.round.id}-{highest(register) + 1:03d}"
            new = [
                Row(
                    id_, reply.unit, unit if public else "", "", channel, EVIDENCE, comment=f"{WAITING}：{file.name}",
                    file=item.sha256[:SHORT], collected=self.moment,
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
        return Entered(key, unit, file.kept, {}, ids)

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
                starts = paragraph_starts([len(each.text) for each in record.anchors.paragraphs])
                self.now[key] = replace(register, rows=related(register.rows, frozenset(new), starts))
        if self.wanted.dry_run:
            return
        try:
            self._secrets.write()
            self.registers.save_all((self._held[key], self.now[key]) for key in self._new)
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


def _in_public(row: Row, person: str) -> Row:
    """A row of the public, by the person's full name for now; telephones and the like in its words are masked at once."""
    name = row.person or person
    return replace(row, person=name, comment=masked_words(row.comment, [name]))


_CHANNELS = {
    ".eml": "邮件",
    ".msg": "邮件",
    ".pdf": "书面",
    ".jpg": "书面",
    ".jpeg": "书面",
    ".png": "书面",
    ".tif": "书面",
}
