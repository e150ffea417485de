"""No way of looking into code that stands still shows a secret of the flow (security.md 23)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from typing_extensions import override

from loginwright_runtime.api.methods import SHAPES
from loginwright_runtime.debugging import ExceptionBreakpoint, LineBreakpoint, Pause, Resume
from loginwright_runtime.debugging.inspection import (
    LONGEST_TEXT,
    Evaluated,
    EvaluationFailed,
    Inspection,
    Variable,
)
from loginwright_runtime.engine.code_stops import MaskedInspection
from loginwright_runtime.hosts.pool import WorkerPool
from loginwright_runtime.testing.debugged_logins import (
    SECRET,
    DebuggedLogins,
    ScriptedDebugger,
    closing,
    locals_of,
)
from loginwright_runtime.testing.debugging_programs import Program, debugged_flow
from loginwright_runtime.testing.line_debugging_story import point_at, run_to_mark
from loginwright_runtime.tracing.masking import Masker
from loginwright_runtime.tracing.record import LineReached

if TYPE_CHECKING:
    from loginwright_runtime.testing.debugging_programs import Language

LANGUAGES: tuple[Language, ...] = ("javascript", "python")
EITHER = pytest.mark.parametrize("language", LANGUAGES)
THROWS = Program(
    """
exports.onExecutePostLogin = async (event, api) => {
  const holder = { kept: event.secrets.SHARED, plain: 'open' };
  const turns = 1; // @look
  throw new Error('no ' + holder.kept); // @throws
};
""",
    """
async def on_execute_post_login(event, api):
    holder = {"kept": event.secrets["SHARED"], "plain": "open"}
    turns = 1  # @look
    raise ValueError("no " + holder["kept"])  # @throws
""",
)
KEPT: dict[Language, str] = {"javascript": "holder.kept", "python": 'holder["kept"]'}
RAISING: dict[Language, str] = {
    "javascript": "(() => { throw new Error(holder.kept); })()",
    "python": 'int(holder["kept"])',
}


async def pauses(language: Language, debugger: ScriptedDebugger) -> list[Pause]:
    async with closing(WorkerPool(SHAPES)) as host:
        flow = debugged_flow(THROWS, language).flow
        await DebuggedLogins(flow, host, debugger).login()
    return debugger.pauses


@EITHER
async def test_members_expressions_and_set_variables_are_masked(language: Language) -> None:
    seen: dict[str, str] = {}

    async def look(pause: Pause) -> Resume:
        assert pause.inspection is not None
        holder = (await locals_of(pause))["holder"]
        assert holder.handle is not None
        for one in await pause.inspection.expand(holder.handle):
            seen[one.name.strip("'\"")] = one.text.strip("'\"")
        frame = pause.stack[0].handle
        told = await pause.inspection.evaluate(frame, KEPT[language])
        given = await pause.inspection.set_variable(frame, "turns", KEPT[language])
        failed = await pause.inspection.evaluate(frame, RAISING[language])
        assert isinstance(told, Variable)
        assert isinstance(given, Variable)
        assert isinstance(failed, EvaluationFailed)
        seen.update(told=told.text.strip("'\""), given=given.text.strip("'\""))
        seen["failed"] = failed.message
        return Resume("run")

    flow = debugged_flow(THROWS, language)
    await pauses(language, ScriptedDebugger(run_to_mark(flow, "look"), look))
    failure = seen.pop("failed")
    assert (seen["kept"], seen["plain"], seen["told"], seen["given"]) == (
        "***",
        "open",
        "***",
        "***",
    )
    assert "***" in failure
    assert SECRET not in failure


@EITHER
async def test_what_was_thrown_is_masked(language: Language) -> None:
    debugger = ScriptedDebugger(Resume("run", (ExceptionBreakpoint(),)))
    (pause,) = await pauses(language, debugger)
    assert pause.exception is not None
    assert "no ***" in pause.exception.text
    assert SECRET not in pause.exception.text


@EITHER
async def test_reason_why_a_condition_failed_is_masked(language: Language) -> None:
    flow = debugged_flow(THROWS, language)
    point = point_at(flow, "look")
    asked = LineBreakpoint(point.file, point.line, condition=RAISING[language])
    (pause,) = await pauses(language, ScriptedDebugger(Resume("run", (asked,))))
    assert pause.note is not None
    assert "***" in pause.note
    assert SECRET not in pause.note


@EITHER
async def test_what_was_looked_at_is_over_when_the_run_goes_on(language: Language) -> None:
    flow = debugged_flow(THROWS, language)
    (pause,) = await pauses(language, ScriptedDebugger(run_to_mark(flow, "look")))
    assert pause.inspection is not None
    frame = pause.stack[0].handle
    for late in (
        pause.inspection.expand(frame),
        pause.inspection.evaluate(frame, "1"),
        pause.inspection.set_variable(frame, "turns", "1"),
    ):
        with pytest.raises(LookupError, match="look at its next pause"):
            await late


@EITHER
async def test_recorded_lines_tell_no_secret_to_whoever_looks_on(language: Language) -> None:
    debugger = ScriptedDebugger(Resume("run", (ExceptionBreakpoint(),)))
    async with closing(WorkerPool(SHAPES)) as host:
        flow = debugged_flow(THROWS, language).flow
        await DebuggedLogins(flow, host, debugger, record_lines=True).login()
    (pause,) = debugger.pauses
    lines = [entry for entry in pause.record.entries if isinstance(entry, LineReached)]
    told = "".join(text for line in lines for text in line.changes.values())
    assert "***" in told
    assert SECRET not in told


# --- Hosts of others ------------------------------------------------------------------------------


@dataclass
class Told(Inspection):
    """A host's inspection that tells what it was given to tell."""

    variable: Variable
    evaluated: Evaluated = field(default_factory=lambda: EvaluationFailed(""))
    asked: list[tuple[object, ...]] = field(default_factory=list)

    @override
    async def expand(self, handle: str, start: int = 0, count: int = 100) -> tuple[Variable, ...]:
        self.asked.append((handle, start, count))
        return (self.variable,)

    @override
    async def evaluate(self, frame: str, expression: str) -> Evaluated:
        self.asked.append((frame, expression))
        return self.evaluated

    @override
    async def set_variable(self, holder: str, name: str, expression: str) -> Evaluated:
        self.asked.append((holder, name, expression))
        return self.evaluated


async def test_short_secret_is_masked_where_a_quoted_text_is_all_of_it() -> None:
    """It is too short to be looked for in the midst of a text."""
    told = Told(Variable("list", "['abc', \"abc\", 'abcd', abc, 'it\\'s']", "list", "7", 4))
    (shown,) = await MaskedInspection(told, Masker(["abc"])).expand("3", 20, 5)
    assert shown == Variable("list", "['***', \"***\", 'abcd', abc, 'it\\'s']", "list", "7", 4)
    assert told.asked == [("3", 20, 5)]


async def test_too_long_a_text_is_cut_after_it_was_masked() -> None:
    """A secret that the cut goes through would be no secret any more, and be shown in part."""
    until = "x" * (LONGEST_TEXT - 10)
    told = Told(
        Variable("text", until + SECRET, "string"), EvaluationFailed("y" * 995 + SECRET + "z" * 9)
    )
    inspection = MaskedInspection(told, Masker([SECRET]))
    (shown,) = await inspection.expand("1")
    assert shown.text == f"{until}***"
    failed = await inspection.evaluate("1", "text")
    assert failed == EvaluationFailed("y" * 995 + "***zz")
    assert await inspection.set_variable("1", "a", "b") == failed
    assert told.asked == [("1", 0, 100), ("1", "text"), ("1", "a", "b")]


@pytest.mark.parametrize("more", [0, 1])
async def test_text_is_cut_behind_the_longest_that_is_shown(more: int) -> None:
    told = Told(Variable("text", "x" * (LONGEST_TEXT + more), "string"))
    (shown,) = await MaskedInspection(told, Masker([])).expand("1")
    assert shown.text == "x" * LONGEST_TEXT + "…" * more
