"""Fragments and data → mapped text, one environment for all fragments of a run."""

from __future__ import annotations

import re
from collections.abc import Mapping, MutableMapping
from traceback import walk_tb

from jinja2 import Environment, Template
from jinja2.exceptions import TemplateError, TemplateNotFound, TemplateSyntaxError
from jinja2.loaders import BaseLoader

from drafter.merge import marks
from drafter.merge.environment import (
    MAX_LENGTH,
    Compiled,
    EndlessError,
    State,
    Tracing,
)
from drafter.merge.figures import TEMPLATE, CapturedUsedError, Missing, Spot, offset_at
from drafter.merge.marking import CapturedFilterError
from drafter.merge.names import Settings, known_to
from drafter.merge.scan import PlainTag, Scanned, plain_tag, scanned
from drafter.merge.tracing import Printed, Tracer
from drafter.source.files import Source
from drafter.source.issues import Issue, Outcome, Place
from drafter.source.nearest import suggestion
from drafter.source.origins import MappedText
from drafter.workspace.arithmetic import ArithmeticFailed
from drafter.workspace.formulas import FormulaError
from drafter.workspace.model import Plan, Workspace
from drafter.workspace.values import UnknownName

TEMPLATES = "templates/"

# What a template can make Python raise: each becomes one issue at its tag.
_RAISED = (
    TemplateError,
    ArithmeticError,
    LookupError,
    TypeError,
    ValueError,
    AttributeError,
    RuntimeError,
    NameError,  # Jinja2 writes a number beyond all floats as `inf`
    AssertionError,  # how some of its filters say that an argument is wrong
    MemoryError,
    EndlessError,
    CapturedUsedError,
    CapturedFilterError,
    ArithmeticFailed,
    UnknownName,
    FormulaError,
)


class Merger:
    """Merges the fragments of a workspace. Not for several threads at once: printed values are counted in one place."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._state = State()
        self._paths: list[str] = []
        self._numbers: dict[str, int] = {}
        self._macros: dict[str, Compiled] = {}
        self._known: dict[tuple[str, Settings], tuple[dict[str, object], dict[str, Printed]]] = {}
        self._missing: type[Missing] = type(
            "Missing", (Missing,), {"__slots__": (), "notebook": self._state, "names": {}}
        )
        self._tracing = Tracing(_Loader(self), self._state, self._missing, marking=True)
        self._plainly = Tracing(_Loader(self), self._state, self._missing, marking=False)

    def merge(
        self, fragment: str | Source, plan: Plan, settings: Settings, body: int | None = None
    ) -> Outcome[MappedText]:
        """The fragment at a path (or a changed one, as a `Source`) with its data filled in.

        `body` is where its Markdown begins, by default what loading found, or 0. Where names are missing the text has a visible
        placeholder for each and the issues are errors; a fragment that cannot be rendered at all, or whose tracing would not be
        exact, has no value.
        """
        source = self._workspace.sources[fragment] if isinstance(fragment, str) else fragment
        start = self._body(source.path) if body is None else body
        if found := marks.RESERVED.search(source.text):
            facts = {"character": f"U+{ord(found[0]):04X}"}
            return Outcome(None, (Issue("merge.private-use", source.place(found.start()), facts),))
        self._state.clear()
        known, printed = self._names(plan, settings)
        text = scanned(source.text, start, known)
        lookup = _Lookup(self._tracing, text, known, printed, source.path)
        try:
            merged = self._traced(source, start, text, known, lookup)
        except _RAISED as error:
            return Outcome(None, (*self._issues(source), self._raised(error, source)))
        return Outcome(merged, self._issues(source)) if merged else self._refused(source)

    def _traced(
        self, source: Source, body: int, text: Scanned, known: dict[str, object], lookup: _Lookup
    ) -> MappedText | None:
        number = self._number(source.path)
        tracer = Tracer(self._paths, self._state.values, lookup.printed)
        if not text.dynamic:
            tracer.literal(number, body, text.text)
            return tracer.finished()
        code = self._tracing.compiled(text.text, body, number, source.path)
        marked = _rendered(self._tracing, code.marked, known)
        self._state.steps = 0
        if marks.without(marked) != _rendered(self._plainly, code.plain, known):
            return None
        return tracer.traced(marked)

    def _body(self, path: str) -> int:
        for fragment in self._workspace.fragments.values():
            if fragment.path == path:
                return fragment.body
        return 0

    def _names(self, plan: Plan, settings: Settings) -> tuple[dict[str, object], dict[str, Printed]]:
        """What a fragment starts from, and what plain tags have printed with it so far."""
        key = (plan.id, settings)
        if key not in self._known:
            self._known[key] = known_to(plan, self._workspace.names, settings), {}
        self._missing.names = self._known[key][0]
        return self._known[key]

    def _number(self, path: str) -> int:
        if path not in self._numbers:
            self._numbers[path] = len(self._paths)
            self._paths.append(path)
        return self._numbers[path]

    def macros(self, name: str) -> Compiled:
        """The code of a template of macros; raises `TemplateNotFound`, or what compiling raises."""
        path = TEMPLATES + name
        if path not in self._macros:
            source = self._workspace.sources.get(path)
            if source is None or not name.endswith(".j2") or marks.RESERVED.search(source.text):
                raise TemplateNotFound(name)
            text = scanned(source.text, 0, ()).text
            self._macros[path] = self._tracing.compiled(text, 0, self._number(path), path)
        return self._macros[path]

    # -- trouble --------------------------------------------------------------------------------------------------------

    def _refused(self, source: Source) -> Outcome[MappedText]:
        return Outcome(None, (*self._issues(source), Issue("merge.guard", Place(source.path))))

    def _issues(self, source: Source) -> tuple[Issue, ...]:
        """What was written down during the merge, each once, in the order of the text."""
        found: dict[tuple[str, str, int, int], Issue] = {}
        for trouble in self._state.trouble:
            issue = trouble.issue or Issue(
                trouble.code, self._place(trouble.spot, source, trouble.name), dict(trouble.facts)
            )
            place = issue.place
            # in a loop the same place fails once for each row: the first tells it
            found.setdefault((issue.code, place.file, place.line, place.column), issue)
        return tuple(
            sorted(found.values(), key=lambda each: (each.place.file, each.place.line, each.place.column))
        )

    def _place(self, spot: Spot | None, source: Source, name: str = "") -> Place:
        """The place of a spot; in its tag the name itself, where it is written there."""
        if spot is None:
            return Place(source.path)
        text = self._text(spot, source)
        offset = spot.offset
        if name:
            begin = max(text.text.rfind("{{", 0, offset + 2), text.text.rfind("{%", 0, offset + 2), 0)
            closing = re.compile(r"[}%]\}").search(text.text, offset)
            end = closing.start() if closing else len(text.text)
            found = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)").search(text.text, begin, end)
            offset = found.start() if found else begin
        return text.place(offset)

    def _raised(self, error: BaseException, source: Source) -> Issue:
        """The one issue of a template that cannot be rendered."""
        spot = _spot(error) or self._state.spot
        if isinstance(error, TemplateNotFound):
            return self._not_found(error, spot, source)
        if isinstance(error, TemplateSyntaxError):
            spot = Spot(error.name or source.path, max(error.lineno - 1, 0))
            return self._syntax(error, spot, source)
        if isinstance(error, CapturedFilterError):
            return Issue("merge.captured", self._place(Spot(error.path, error.offset), source))
        place = self._place(spot, source)
        if isinstance(error, CapturedUsedError):
            return Issue("merge.captured", place)
        if isinstance(error, EndlessError | RecursionError | MemoryError | OverflowError):
            return Issue("merge.endless", place)
        if isinstance(error, ArithmeticFailed):
            return Issue(error.code, place, error.facts)
        if isinstance(error, FormulaError):
            return error.issue
        return Issue("merge.failed", place, {"reason": " ".join(str(error).split())[:200]})

    def _not_found(self, error: TemplateNotFound, spot: Spot | None, source: Source) -> Issue:
        templates = [
            path.removeprefix(TEMPLATES) for path in self._workspace.sources if path.startswith(TEMPLATES)
        ]
        name = str(error.name or error)
        facts = {"name": name, "nearest": suggestion(name, templates) or "-"}
        return Issue("merge.template", self._place(spot, source, name), facts)

    def _syntax(self, error: TemplateSyntaxError, spot: Spot, source: Source) -> Issue:
        from drafter.merge.wording import opened, reason, sign

        message = error.message or ""
        if named := re.fullmatch(r"No (filter|test) named '(.*)'\.", message):
            known = self._tracing.filters if named[1] == "filter" else self._tracing.tests
            facts = {
                "name": named[2],
                "nearest": suggestion(named[2], [each for each in known if not each.endswith("_")]),
            }
            return Issue("merge.filter", self._place(spot, source, named[2]), facts)
        if unclosed := re.search(r"innermost block that needs to be closed is '(.*)'", message):
            begun = opened(self._text(spot, source).text, unclosed[1], spot.offset + 1)
            spot = spot if begun is None else Spot(spot.path, begun)
            return Issue("merge.unclosed", self._place(spot, source), {"tag": unclosed[1]})
        if unknown := re.match(r"Encountered unknown tag '(.*?)'", message):
            return Issue("merge.tag", self._place(spot, source, unknown[1]), {"tag": unknown[1]})
        if (odd := sign(message, self._text(spot, source).text[spot.offset : spot.offset + 1])) is not None:
            return Issue("merge.sign", self._place(spot, source), {"sign": odd})
        return Issue("merge.syntax", self._place(spot, source), {"reason": reason(marks.restored(message))})

    def _text(self, spot: Spot, source: Source) -> Source:
        return source if spot.path == source.path else self._workspace.sources.get(spot.path, source)


class _Loader(BaseLoader):
    """Templates of macros, from what the workspace has read."""

    def __init__(self, merger: Merger) -> None:
        self._merger = merger

    def load(
        self,
        environment: Environment,
        name: str,
        globals: MutableMapping[str, object] | None = None,  # noqa: A002
    ) -> Template:
        code = self._merger.macros(name)
        assert isinstance(environment, Tracing)  # noqa: S101 -- made above for these two
        chosen = code.marked if environment.marking else code.plain
        return Template.from_code(environment, chosen, globals if globals is not None else {})


class _Lookup:
    """The plain tags of one fragment; each is looked up once in a run, where an output shows it."""

    def __init__(
        self,
        environment: Tracing,
        text: Scanned,
        known: Mapping[str, object],
        printed: dict[str, Printed],
        path: str,
    ) -> None:
        self._environment, self._state = environment, environment.state
        self._tags, self._known, self._printed, self._path = text.tags, known, printed, path

    def printed(self, offset: int) -> tuple[int, Printed]:
        """The end of the tag at this offset, and what it prints."""
        text = self._tags[offset]
        end = offset + len(text)
        found = self._printed.get(text)
        if found is None:
            self._state.spot = Spot(self._path, offset)
            found = self._shown(self._value(plain_tag(text), offset))
            self._state.spot = None
            if not isinstance(found[1], Missing):
                self._printed[text] = found
        return end, found

    def _value(self, tag: PlainTag, offset: int) -> object:
        value = self._known[tag.root]
        for step in tag.steps:
            value = self._environment.getitem(value, step)
        for name, decimals in tag.filters:
            value = self._filtered(value, name, decimals, offset)
        return value

    def _filtered(self, value: object, name: str, decimals: int | None, offset: int) -> object:
        call = self._environment.filters.get(name)
        if call is None or name.endswith("_"):
            raise TemplateSyntaxError(f"No filter named {name!r}.", offset + 1, self._path)
        return call(value) if decimals is None else call(value, decimals)

    def _shown(self, value: object) -> Printed:
        text = self._environment.printed(value)
        parts = marks.SPLIT.split(text)
        if len(parts) == 1:
            return text, None
        return parts[-1], self._state.values.pop()


def _rendered(environment: Tracing, code: object, known: dict[str, object]) -> str:
    template = Template.from_code(environment, code, environment.make_globals(known))  # type: ignore[arg-type]
    chunks: list[str] = []
    length = 0
    rendering = template.root_render_func(template.new_context())
    for chunk in rendering:
        chunks.append(chunk)
        length += len(chunk)
        if length > MAX_LENGTH:
            # raised where the text grows, so that its tag is known
            rendering.throw(EndlessError())  # type: ignore[attr-defined]
    return "".join(chunks)


def _spot(error: BaseException) -> Spot | None:
    """The tag that raised: the innermost frame of a template."""
    found = None
    for frame, line in walk_tb(error.__traceback__):
        name = frame.f_code.co_filename
        if name.startswith(TEMPLATE):
            found = Spot(name[len(TEMPLATE) :], offset_at(frame.f_globals.get("debug_info", ""), line))
    return found
