"""Which round a file that came in belongs to, and whose it is: as a person says, else as its id, its words, its name and its folder tell."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from drafter.actions.held import Known
from drafter.actions.incoming import Incoming
from drafter.actions.registers import FOLDER
from drafter.release.recipients import known as recipients_of
from drafter.rounds.model import Register, RoundKind
from drafter.rounds.shortnames import full_name, named_at_start
from drafter.source.frozen import dataclass
from drafter.source.issues import Issue, Place, Refused
from drafter.source.listed import listed
from drafter.source.nearest import suggestion
from drafter.workspace.model import Workspace

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


class Routing:
    """The rounds of a workspace as they are while files come in (`now`), on a day (ISO); `unread` are those whose files cannot be read."""

    def __init__(
        self,
        now: Mapping[Key, Register],
        unread: Sequence[Key],
        workspace: Workspace,
        wanted: Wanted,
        today: str,
    ) -> None:
        self.now, self.unread, self.workspace = now, unread, workspace
        self.day = wanted.day or today
        self._recipients = [each.name for each in recipients_of(workspace)]
        asked = [each.unit for register in now.values() for each in register.round.asked]
        self._everybody = (*asked, *self._recipients)
        self.wanted = replace(wanted, sender=full_name(wanted.sender, self._everybody) or wanted.sender)

    # which round

    def asked(self) -> Mapping[str, str]:
        """The version of each plan that the named round is on; empty where none is named. Raises `Refused` for a round that is not there."""
        return {plan: self.now[plan, id_].round.version for plan, id_ in self.named()}

    def of_copy(self, known: Known, item: Incoming) -> Key | None:
        """The round on the version that a file is a copy of, None where there is none. Raises `Refused` where several are and nothing says which."""
        plan = known.record.plan
        named = [key for key in self.named() if key[0] == plan]
        if named:
            return named[0]
        on = [key for key, each in self.now.items() if key[0] == plan and each.round.version == known.version]
        return self._one(on, self.unit(on, item, known), item) if on else None

    def of_words(self, item: Incoming, unit: str = "", text: str = "") -> Key:
        """The round that a file belongs to which is no copy of a version: the named one, else that which its words speak of, in which its sender is asked.

        `unit` is whom the file itself names as its sender, `text` what it says. Raises `Refused` where several are left, or there is none.
        """
        keys = list(self.named() or self.now)
        if not keys:
            raise Refused(Issue("collect.no-rounds", Place(item.name)))
        for narrower in (self._spoken_of(keys, text), self._named_version(keys, text)):
            keys = [key for key in keys if key in narrower] or keys
        return self._one(keys, self.unit(keys, item, stated=unit), item)

    def _one(self, keys: Sequence[Key], unit: str, item: Incoming) -> Key:
        """Of several rounds the one that asks this unit, and of those the one that runs on the day."""
        asking = [key for key in keys if any(each.unit == unit for each in self.now[key].round.asked)]
        rounds = {key: self.now[key].round for key in keys}
        running = [key for key in asking if rounds[key].opened <= self.day <= rounds[key].until]
        for found in (keys, asking, running):
            if len(found) == 1:
                self._refuse_other(found[0], unit, item)
                return found[0]
        if unit and not asking:
            facts = {
                "unit": unit,
                "rounds": listed(id_ for _, id_ in keys),
                "nearest": suggestion(unit, self._asked(keys)),
            }
            raise Refused(Issue("collect.not-asked", Place(item.name), {**facts, "round": keys[0][1]}))
        several = len({plan for plan, _ in keys}) > 1
        names = [f"{plan}/{id_}" if several else id_ for plan, id_ in running or asking or keys]
        raise Refused(Issue("collect.which-round", Place(item.name), {"rounds": listed(names)}))

    def _refuse_other(self, key: Key, unit: str, item: Incoming) -> None:
        """Raises `Refused` where a file may belong to a round that cannot be read: no other one has it then."""
        unread = [id_ for plan, id_ in self.unread if plan == key[0]]
        if unread and unit not in self._asked((key,)):
            raise Refused(Issue("collect.round-unread", Place(item.name), {"round": listed(unread)}))

    def _asked(self, keys: Iterable[Key]) -> list[str]:
        """Whom these rounds ask."""
        return [each.unit for key in keys for each in self.now[key].round.asked]

    def named(self) -> tuple[Key, ...]:
        """The rounds that a person named; none where nobody did. Raises `Refused` for one that is not there."""
        plan, _, written = unicodedata.normalize("NFKC", self.wanted.round).strip().rpartition("/")
        id_ = written.upper()
        if not id_:
            return ()
        found = tuple(key for key in self.now if key[1] == id_ and plan in {"", key[0]})
        if not found and any(key[1] == id_ and plan in {"", key[0]} for key in self.unread):
            raise Refused(Issue("collect.round-unread", Place(FOLDER), {"round": id_}))
        if not found:
            known = [f"{each}/{one}" for each, one in self.now]
            facts = {"round": self.wanted.round, "known": listed(known) or "—"}
            raise Refused(Issue("collect.no-such-round", Place(FOLDER), facts))
        return found

    def beside(self) -> tuple[Key, ...]:
        """The rounds that a person named, then the others on the same versions."""
        named = self.named()
        versions = {(key[0], self.now[key].round.version) for key in named}
        also = (key for key, each in self.now.items() if (key[0], each.round.version) in versions)
        return tuple(dict.fromkeys((*named, *also)))

    def _spoken_of(self, keys: Iterable[Key], text: str) -> set[Key]:
        """The rounds on plans whose title is in the text."""
        plans = self.workspace.plans
        titles = {plan: plans[plan].title.text.replace("\n", "") for plan, _ in keys if plan in plans}
        return {key for key in keys if titles.get(key[0]) and titles[key[0]] in text}

    def _named_version(self, keys: Iterable[Key], text: str) -> set[Key]:
        """The rounds on versions that the text names, as our forms do."""
        return {key for key in keys if f"，{self.now[key].round.version}）" in text}

    # whose

    def told(self, item: Incoming) -> str:
        """Whose a file is without looking into it: as a person says, else as its name or its folder tells; empty where nothing does."""
        return self.wanted.sender or self._told_by_name(item, self._asked(self.now))

    def unit(self, keys: Iterable[Key], item: Incoming, known: Known | None = None, stated: str = "") -> str:
        """Whose a file is: as a person says, else whose copy it is or whom it names, else whose name it or its folder has; empty where nothing tells it.

        `stated` is whom the file names as its sender. A unit that is asked is called as it is asked: 临港市财政局 is 市财政局.
        """
        if self.wanted.sender:
            return self.wanted.sender
        if known is not None and known.copy is not None and known.copy.recipient:
            return known.copy.recipient
        asked = self._asked(keys)
        said = (stated,) if stated else ()
        return (
            _named_in(said, asked, self._recipients)
            or (full_name(stated, asked) or full_name(stated, self._recipients) if stated else "")
            or stated
            or self._told_by_name(item, asked)
        )

    def _told_by_name(self, item: Incoming, asked: Sequence[str]) -> str:
        """Whose name a file or its folder has, whole or short."""
        whole = _named_in(item.said, asked, self._recipients)
        return whole or next((found for each in item.said if (found := named_at_start(each, asked))), "")

    def sender(self, key: Key, item: Incoming, known: Known | None = None, stated: str = "") -> str:
        """The same in a round; empty only for the public. Raises `Refused` where nothing tells it."""
        unit = self.unit((key,), item, known, stated)
        if not unit and self.now[key].round.kind is not RoundKind.PUBLIC:
            raise Refused(Issue("collect.whose", Place(item.name), {"round": key[1]}))
        return unit


def _named_in(said: Iterable[str], *lists: Sequence[str]) -> str:
    """The longest name of the first list that stands in one of these words; of the next list where none does."""
    said = tuple(said)
    for names in lists:
        for word in said:
            found = [name for name in names if name and name in word]
            if found:
                return max(found, key=len)
    return ""
