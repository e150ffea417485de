"""Code that stands still, as people look into it: frames, scopes, watches, what expressions give.

Everything is read from the worker without waiting for it here: a worker that does not answer, or
dies, leaves what is shown as it is.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Final, TypeAlias

from PySide6.QtCore import QCoreApplication, QObject, Signal

from loginwright_designer.simulation.code_variables import (
    FrameKey,
    MoreKey,
    SeenBefore,
    known_texts,
    shown_variable,
    shown_variables,
)
from loginwright_designer.simulation.line_values import values_beside
from loginwright_designer.simulation.variables import Path, Scope, Spelled, Variable
from loginwright_runtime.debugging.inspection import EvaluationFailed

if TYPE_CHECKING:
    from loginwright_runtime.debugging import Pause
    from loginwright_runtime.debugging.inspection import Evaluated, Frame, Inspection
    from loginwright_runtime.debugging.inspection import Variable as CodeVariable

translate = QCoreApplication.translate

WATCH: Final = "watch"
Work: TypeAlias = Callable[[], Coroutine[object, object, None]]
"""Begun by its own task: one that is cancelled before would never await a coroutine."""

_SECONDS = 10.0
_BESIDE = ("local", "closure")
_NOT_BESIDE = frozenset({"function", "uninitialised", "note", "getter"})
_KNOWN_ALL_ALONG = frozenset({"event", "api", "exports", "module", "require", "this"})


@dataclass(frozen=True, slots=True)
class ReadMembers:
    """What stands in a value that was opened.

    Attributes:
        key: Of the value, as the tree asked for it.
        variables: Its members.
    """

    key: str
    variables: tuple[Variable, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """What an expression gave in the debug console.

    Attributes:
        expression: As it was typed.
        text: What it gave, or why it gave nothing.
        failed: Whether it gave nothing.
    """

    expression: str = field(repr=False)
    text: str = field(repr=False)
    failed: bool = False


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read of one frame."""

    scopes: tuple[Scope, ...] = ()
    values: Mapping[int, str] = field(default_factory=dict, repr=False)
    texts: Mapping[str, str] = field(default_factory=dict, repr=False)


_GONE = (LookupError, OSError, TimeoutError, RuntimeError)


class PausedCode(QObject):
    """Looks into one pause at a time; forgets what it was told of an earlier one."""

    changed = Signal()
    """Scopes, watches, values or the chosen frame are others."""
    members_read = Signal(object)
    """``ReadMembers``."""
    answered = Signal(object)
    """``Answer``."""
    refused = Signal(str)
    """Why a variable could not be set, in the language's words."""

    def __init__(self, loop: asyncio.AbstractEventLoop, parent: QObject | None = None) -> None:
        """Wait for a pause.

        Args:
            loop: The one that Qt runs on.
            parent: Owns this object.
        """
        super().__init__(parent)
        self._loop = loop
        self._tasks: set[asyncio.Task[None]] = set()
        self._pause: Pause | None = None
        self._sources: Mapping[str, bytes] = {}
        self._frame: Frame | None = None
        self._read = _Read()
        self._seen: dict[FrameKey, Mapping[str, str]] = {}
        self._before: dict[FrameKey, Mapping[str, str]] = {}
        self._holders: dict[tuple[str, Path], str] = {}
        self._paths: dict[str, tuple[str, Path]] = {}
        self._watches: tuple[str, ...] = ()
        self._watched: tuple[Variable, ...] = ()
        self._watch_texts: dict[str, str] = {}
        self.is_reading = False

    @property
    def frames(self) -> tuple[Frame, ...]:
        """The functions that stand still, innermost first; none where no code does."""
        return () if self._pause is None else self._pause.stack

    @property
    def frame(self) -> Frame | None:
        """The one that is looked at."""
        return self._frame

    @property
    def scopes(self) -> tuple[Scope, ...]:
        """Watches and the variables of the chosen frame."""
        if not self._watches:
            return self._read.scopes
        title = translate("Variables", "Watches")
        return (Scope(WATCH, title, "", self._watched), *self._read.scopes)

    @property
    def values(self) -> Mapping[int, str]:
        """What stands beside the lines of the chosen frame's file."""
        return self._read.values

    @property
    def watches(self) -> tuple[str, ...]:
        """Expressions that are evaluated at every pause."""
        return self._watches

    @property
    def can_evaluate(self) -> bool:
        """Whether code stands still that an expression can be evaluated in."""
        return self._frame is not None

    def show(self, pause: Pause | None, sources: Mapping[str, bytes] | None = None) -> None:
        """Look into another pause; None: the login goes on, or is over.

        Args:
            pause: Where the login stands.
            sources: Of the flow, as it runs.
        """
        if pause is self._pause:
            return
        for task in self._tasks:
            task.cancel()
        self._pause, self._sources = pause, sources or {}
        self._before, self._seen = {**self._before, **self._seen}, {}
        self._frame = None
        self._watched = self._blank_watches()
        if pause is None or not pause.stack:
            self._read = _Read()
            self.is_reading = False
            if pause is None:
                self._tidy()
            self.changed.emit()
            return
        self.choose(pause.stack[0].handle)

    def forget(self) -> None:
        """Another login begins: nothing was seen before."""
        self.show(None)
        self._before, self._watch_texts = {}, {}

    def choose(self, handle: str) -> None:
        """Look at another frame."""
        chosen = next((one for one in self.frames if one.handle == handle), None)
        if chosen is not None:
            self._frame = chosen
            self._look()

    def set_watches(self, expressions: tuple[str, ...]) -> None:
        """Evaluate these at every pause, and now."""
        if expressions == self._watches:
            return
        self._watches = tuple(dict.fromkeys(expressions))
        self._watched = self._blank_watches()
        if self._frame is None:
            self.changed.emit()
        else:
            self._look()

    def want(self, key: str) -> None:
        """Read what stands in a value; ``members_read`` follows."""
        self._do(partial(self._expand, key))

    def evaluate(self, expression: str) -> None:
        """Evaluate an expression in the chosen frame; ``answered`` follows."""
        self._do(partial(self._answer, expression))

    def set_value(self, scope: str, path: Path, expression: str) -> None:
        """Give a variable another value; ``changed`` or ``refused`` follows."""
        holder = self._holders.get((scope, path[:-1]))
        if holder is not None:
            self._do(partial(self._set, holder, str(path[-1]), expression))

    async def value_of(self, chain: str) -> str | None:
        """Return what a chain of names holds, ``payload.favorite_color``; runs no code for it.

        Args:
            chain: As it stands in the code.
        """
        names = [name.strip() for name in chain.replace("?.", ".").split(".")]
        inspection, frame = self._inspection, self._frame
        if inspection is None or frame is None or not all(names):
            return None
        try:
            async with asyncio.timeout(_SECONDS):
                for scope in frame.scopes:
                    found = _named(await inspection.expand(scope.handle), names[0])
                    if found is not None:
                        break
                else:
                    return None
                for name in names[1:]:
                    if found is None or found.handle is None or found.kind == "getter":
                        return None
                    found = _named(await inspection.expand(found.handle), name)
        except _GONE:
            return None
        return None if found is None else found.text

    async def close(self) -> None:
        """End what is being read."""
        self._pause = self._frame = None
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)

    @property
    def _inspection(self) -> Inspection | None:
        return None if self._pause is None else self._pause.inspection

    def _tidy(self) -> None:
        self._holders.clear()
        self._paths.clear()

    def _blank_watches(self) -> tuple[Variable, ...]:
        waits = translate("Variables", "not evaluated yet")
        return tuple(Variable(one, Spelled(waits, "note"), (one,)) for one in self._watches)

    def _look(self) -> None:
        self.is_reading = True
        self._do(self._read_frame)

    def _do(self, work: Work) -> None:
        task = self._loop.create_task(self._guarded(work, self._pause))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _guarded(self, work: Work, pause: Pause | None) -> None:
        """Do something while this pause lasts; a worker that has gone ends it quietly."""
        try:
            async with asyncio.timeout(_SECONDS):
                await work()
        except _GONE:
            if pause is self._pause and self.is_reading:
                self.is_reading = False
                self.changed.emit()

    async def _read_frame(self) -> None:
        inspection, frame, pause = self._inspection, self._frame, self._pause
        if inspection is None or frame is None:
            return
        self._tidy()
        key = self._frame_key(frame)
        before = SeenBefore(self._before.get(key))
        scopes: list[Scope] = []
        texts: dict[str, str] = {}
        beside: dict[str, str] = {}
        for number, scope in enumerate(frame.scopes):
            variables = await inspection.expand(scope.handle)
            name = f"{number}:{scope.name}"
            self._holders[name, ()] = scope.handle
            rows = shown_variables(variables, (), MoreKey(scope.handle, 0), before)
            self._remember(name, rows)
            if rows:
                note = frame.function if number == 0 else ""
                scopes.append(Scope(name, scope.name, note, rows, editable=True))
            for one, text in known_texts(variables).items():
                texts.setdefault(one, text)
            if scope.kind in _BESIDE:
                for found in variables:
                    plain = found.kind not in _NOT_BESIDE
                    if plain and found.name not in _KNOWN_ALL_ALONG:
                        beside.setdefault(found.name, found.text)
        await self._read_watches(inspection, frame)
        if pause is not self._pause or frame is not self._frame:
            return
        self._seen[key] = texts
        source = self._sources.get(frame.file, b"").decode("utf-8", "replace").splitlines()
        self._read = _Read(tuple(scopes), values_beside(source, frame.line, beside), texts)
        self.is_reading = False
        self.changed.emit()

    async def _read_watches(self, inspection: Inspection, frame: Frame) -> None:
        rows: list[Variable] = []
        for expression in self._watches:
            found = await inspection.evaluate(frame.handle, expression)
            rows.append(self._watch_row(expression, found))
        self._watched = tuple(rows)
        self._remember(WATCH, self._watched)

    def _watch_row(self, expression: str, found: Evaluated) -> Variable:
        if isinstance(found, EvaluationFailed):
            return Variable(expression, Spelled(found.message, "note"), (expression,))
        before = self._watch_texts.get(expression)
        known = SeenBefore(None if before is None else {found.name: before})
        self._watch_texts[expression] = found.text
        row = shown_variable(found, (expression,), known.mark(found))
        return Variable(expression, row.value, row.path, row.mark)

    def _remember(self, scope: str, rows: tuple[Variable, ...]) -> None:
        """Note under which handle members of a row can be set."""
        for row in rows:
            key = getattr(row.value, "key", None)
            if isinstance(key, str):
                self._holders[scope, row.path] = MoreKey.of(key).handle
                self._paths[key] = (scope, row.path)

    async def _expand(self, key: str) -> None:
        inspection = self._inspection
        if inspection is None or key not in self._paths:
            return
        scope, path = self._paths[key]
        wanted = MoreKey.of(key)
        variables = await inspection.expand(wanted.handle, wanted.start)
        rows = shown_variables(variables, path, wanted)
        self._remember(scope, rows)
        self.members_read.emit(ReadMembers(key, rows))

    async def _answer(self, expression: str) -> None:
        inspection, frame = self._inspection, self._frame
        if inspection is None or frame is None:
            why = translate("Console", "Code must stand still for this: pause it first.")
            self.answered.emit(Answer(expression, why, failed=True))
            return
        try:
            found = await inspection.evaluate(frame.handle, expression)
        except _GONE:
            why = translate("Console", "The code has gone on meanwhile.")
            self.answered.emit(Answer(expression, why, failed=True))
            return
        if isinstance(found, EvaluationFailed):
            self.answered.emit(Answer(expression, found.message, failed=True))
        else:
            self.answered.emit(Answer(expression, found.text))
        self._look()  # An expression may change whatever it pleases.

    async def _set(self, holder: str, name: str, expression: str) -> None:
        inspection = self._inspection
        if inspection is None:
            return
        found = await inspection.set_variable(holder, name, expression)
        if isinstance(found, EvaluationFailed):
            self.refused.emit(found.message)
        self._look()

    def _frame_key(self, frame: Frame) -> FrameKey:
        below = len(self.frames) - self.frames.index(frame)
        return frame.function, frame.file, below


def _named(variables: tuple[CodeVariable, ...], name: str) -> CodeVariable | None:
    return next((one for one in variables if one.name == name), None)
