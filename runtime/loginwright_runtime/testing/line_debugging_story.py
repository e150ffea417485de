"""Stories about line debugging: the login, its debugger, and where it stops."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loginwright_runtime.debugging import (
    EvaluationFailed,
    LineBreakpoint,
    Resume,
    Variable,
)
from loginwright_runtime.testing.debugged_logins import (
    Answer,
    DebuggedLogins,
    ScriptedDebugger,
    by_line,
    closing,
)
from loginwright_runtime.testing.debugging_programs import DebuggedFlow, debugged_flow
from loginwright_runtime.testing.expectations import expect

if TYPE_CHECKING:
    from loginwright_runtime.debugging import RunningCode, StepLevel
    from loginwright_runtime.extension_points import ActionHost
    from loginwright_runtime.testing.debugging_programs import Language, Program
    from loginwright_runtime.transaction.outcome import Outcome

INTO = Resume("into", unit="line")


class LineDebuggingStory:
    """A story about a login of which a scripted debugger knows every line."""

    language: Language = "javascript"

    def make_host(self) -> ActionHost:
        """Return a host; the suite closes it."""
        raise NotImplementedError("A conformance suite needs its make_host.")

    async def run(
        self, flow: DebuggedFlow, first: Resume, *answers: Answer
    ) -> tuple[ScriptedDebugger, Outcome]:
        """Run a login; return its debugger and what came of it."""
        debugger = ScriptedDebugger(first, *answers)
        async with closing(self.make_host()) as host:
            outcome = await DebuggedLogins(flow.flow, host, debugger).login()
        return debugger, outcome

    async def stops(
        self, program: Program, marks: list[str], first: Resume | str, *steps: StepLevel
    ) -> None:
        """Expect stops at the marks, first at a breakpoint on a mark, then after each step."""
        flow = debugged_flow(program, self.language)
        start = first if isinstance(first, Resume) else run_to_mark(flow, first)
        skip = [INTO] if start.level == "into" else []
        debugger, outcome = await self.run(flow, start, *skip, *(by_line(one) for one in steps))
        expect(outcome.status, "allowed", "The login ends as it does undebugged.")
        named = {flow.line(mark, file_of(flow, mark)): mark for mark in set(marks)}
        found = [named.get(line or 0, f"line {line}") for line in debugger.lines]
        expect(found, marks, "The code stops where it should.")


def point_at(flow: DebuggedFlow, mark: str) -> LineBreakpoint:
    """Return a breakpoint at a mark."""
    file = file_of(flow, mark)
    return LineBreakpoint(file, flow.line(mark, file))


def file_of(flow: DebuggedFlow, mark: str) -> str:
    """Return the file that has a mark."""
    return next(
        path
        for path, content in flow.flow.files.items()
        if any(line.endswith(f"@{mark}") for line in content.decode().splitlines())
    )


def run_to_mark(flow: DebuggedFlow, mark: str) -> Resume:
    """Return a start that runs to a mark."""
    return Resume("run", (point_at(flow, mark),))


def text_of(found: Variable | EvaluationFailed) -> str:
    """Return what an evaluation says."""
    return found.text if isinstance(found, Variable) else found.message


def code_of(debugger: ScriptedDebugger) -> RunningCode:
    """Return the code that runs."""
    assert debugger.code is not None
    return debugger.code
