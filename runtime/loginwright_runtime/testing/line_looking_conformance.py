"""What is seen of code that stands still, whichever language it is in."""

from __future__ import annotations

from loginwright_runtime.debugging import (
    EvaluationFailed,
    Pause,
    Resume,
    Variable,
)
from loginwright_runtime.testing import debugging_programs as programs
from loginwright_runtime.testing.debugged_logins import (
    SECRET,
    DebuggedLogins,
    ScriptedDebugger,
    by_line,
    closing,
    locals_of,
)
from loginwright_runtime.testing.debugging_programs import debugged_flow
from loginwright_runtime.testing.expectations import expect
from loginwright_runtime.testing.line_debugging_story import (
    LineDebuggingStory,
    run_to_mark,
    text_of,
)
from loginwright_runtime.tracing.attached import record_of
from loginwright_runtime.tracing.record import CallMade, LineReached


class LineLookingConformance(LineDebuggingStory):
    """Values, expressions, the record of lines, and how it ends."""

    # --- Looking ----------------------------------------------------------------------------------

    async def test_values_are_shown_without_running_their_code(self) -> None:
        """Cyclic, huge and hostile ones too; getters only when asked, secrets never."""
        flow = debugged_flow(programs.VALUES, self.language)
        seen: dict[str, Variable] = {}

        async def look(pause: Pause) -> Resume:
            assert pause.inspection is not None
            seen.update(await locals_of(pause))
            inner = seen["cyclic"]
            for _ in range(20):
                assert inner.handle is not None
                members = await pause.inspection.expand(inner.handle)
                inner = next(one for one in members if one.name.strip("'") == "self")
            huge = seen["huge"].handle
            assert huge is not None
            part = await pause.inspection.expand(huge, 150_000, 10)
            expect([one.name for one in part], [str(150_000 + at) for at in range(10)], "A part.")
            expect(part[0].text, "7", "With its value.")
            whole = await pause.inspection.expand(huge)
            expect(len(whole), 100, "No more than a hundred at once.")
            for one in seen.values():
                if one.handle is not None and one.name not in ("event", "api"):
                    await pause.inspection.expand(one.handle)
            return Resume("run")

        debugger, outcome = await self.run(flow, run_to_mark(flow, "look"), look)
        expect(outcome.status, "allowed", "Nothing hangs.")
        assert outcome.claims is not None
        expect(outcome.claims.id_token["https://a.example/read"], 0, "No code of it ran.")
        expect(seen["huge"].count, 200_000, "Its size is told.")
        expect(len(seen["text"].text) <= 1001, True, "Long texts are cut.")
        expect(SECRET in "".join(one.text for one in seen.values()), False, "No secret shows.")
        expect("***" in seen["secret"].text, True, "It is masked.")
        expect(len(debugger.pauses), 1, "One stop.")

    async def test_getter_runs_when_it_is_expanded(self) -> None:
        """And only then."""
        flow = debugged_flow(programs.VALUES, self.language)

        async def look(pause: Pause) -> Resume:
            assert pause.inspection is not None
            guarded = (await locals_of(pause))["guarded"]
            assert guarded.handle is not None
            members = await pause.inspection.expand(guarded.handle)
            trap = next(one for one in members if one.name == "trap")
            expect(trap.kind, "getter", "It is a getter.")
            assert trap.handle is not None
            (value,) = await pause.inspection.expand(trap.handle)
            expect(value.text.strip("'\""), "sprung", "Its value.")
            return Resume("run")

        _, outcome = await self.run(flow, run_to_mark(flow, "look"), look)
        assert outcome.claims is not None
        expect(outcome.claims.id_token["https://a.example/read"], 1, "It ran once.")

    async def test_variables_of_outer_frames_and_closures_are_seen(self) -> None:
        """And what is not yet there is no value."""
        flow = debugged_flow(programs.CALLS, self.language)

        async def look(pause: Pause) -> Resume:
            assert pause.inspection is not None
            inner, outer = pause.stack[0].handle, pause.stack[1].handle
            expect(text_of(await pause.inspection.evaluate(inner, "number")), "2", "Inner.")
            expect(text_of(await pause.inspection.evaluate(outer, "total")), "1", "Outer.")
            unborn = (await locals_of(pause)).get("next")
            expect(unborn is None or unborn.kind == "uninitialised", True, "Not reached yet.")
            failed = await pause.inspection.evaluate(inner, "nowhere")
            expect(isinstance(failed, EvaluationFailed), True, "An error is an answer.")
            await pause.inspection.set_variable(outer, "total", "41")
            expect(text_of(await pause.inspection.evaluate(outer, "total")), "41", "It was set.")
            return Resume("run")

        await self.run(flow, run_to_mark(flow, "inside"), look)

    async def test_variable_set_while_paused_counts(self) -> None:
        """The code goes on with it."""
        flow = debugged_flow(programs.CALLS, self.language)

        async def change(pause: Pause) -> Resume:
            assert pause.inspection is not None
            await pause.inspection.set_variable(pause.stack[0].handle, "total", "40 + 2")
            return Resume("run")

        _, outcome = await self.run(flow, run_to_mark(flow, "claim"), change)
        assert outcome.claims is not None
        expect(outcome.claims.id_token["https://a.example/total"], 42, "It is in the token.")

    async def test_changed_variables_are_marked(self) -> None:
        """Since the last stop in the same function."""
        flow = debugged_flow(programs.CALLS, self.language)
        marks: list[set[str]] = []

        async def look(pause: Pause) -> Resume:
            found = await locals_of(pause)
            marks.append({name for name, one in found.items() if one.changed})
            return by_line("over")

        await self.run(flow, run_to_mark(flow, "calls"), look, look, Resume("run"))
        nothing: set[str] = set()
        expect(marks, [nothing, {"doubled"}], "The one that the line set.")

    async def test_api_call_of_an_evaluation_is_answered_and_no_effect(self) -> None:
        """It is marked in the record."""
        flow = debugged_flow(programs.CALLS, self.language)
        is_js = self.language == "javascript"
        call = "api.idToken.setCustomClaim" if is_js else "api.id_token.set_custom_claim"

        async def evaluate(pause: Pause) -> Resume:
            assert pause.inspection is not None
            expression = f"{call}('https://a.example/tried', 1)"
            found = await pause.inspection.evaluate(pause.stack[0].handle, expression)
            expect(isinstance(found, Variable), True, "It is answered.")
            return Resume("run")

        _, outcome = await self.run(flow, run_to_mark(flow, "claim"), evaluate)
        assert outcome.claims is not None
        expect("https://a.example/tried" in outcome.claims.id_token, False, "It is no effect.")
        calls = [one for one in record_of(outcome).entries if isinstance(one, CallMade)]
        expect([one.evaluated for one in calls], [True, False], "It is marked.")

    async def test_api_calls_of_evaluations_at_once_are_no_effects(self) -> None:
        """Also where an earlier one is answered before, and where nobody waits any more."""
        flow = debugged_flow(programs.CALLS, self.language)
        is_js = self.language == "javascript"
        call = "api.idToken.setCustomClaim" if is_js else "api.id_token.set_custom_claim"
        tried = f"{call}('https://a.example/tried', 1)"

        async def evaluate(pause: Pause) -> Resume:
            import asyncio

            assert pause.inspection is not None
            look, frame = pause.inspection, pause.stack[0].handle
            await asyncio.gather(look.evaluate(frame, "1"), look.evaluate(frame, tried))
            given_up = asyncio.ensure_future(look.evaluate(frame, tried))
            await asyncio.sleep(0)
            given_up.cancel()
            return Resume("run")

        _, outcome = await self.run(flow, run_to_mark(flow, "last"), evaluate)
        calls = [one for one in record_of(outcome).entries if isinstance(one, CallMade)]
        expect([one.evaluated for one in calls], [False, True, True], "They are marked.")

    async def test_evaluation_without_end_is_stopped(self) -> None:
        """The code still stands where it stood."""
        flow = debugged_flow(programs.CALLS, self.language)
        is_js = self.language == "javascript"
        endless = "(() => { for (;;); })()" if is_js else "[0 for _ in iter(int, 1)]"

        async def evaluate(pause: Pause) -> Resume:
            assert pause.inspection is not None
            found = await pause.inspection.evaluate(pause.stack[0].handle, endless)
            expect(isinstance(found, EvaluationFailed), True, "It was stopped.")
            return by_line("over")

        debugger, outcome = await self.run(
            flow, run_to_mark(flow, "claim"), evaluate, Resume("run")
        )
        expect(outcome.status, "allowed", "The login goes on.")
        expect(debugger.lines, [flow.line("claim"), flow.line("last")], "By lines.")

    async def test_pause_that_is_over_cannot_be_looked_into(self) -> None:
        """Its handles are void."""
        flow = debugged_flow(programs.CALLS, self.language)
        debugger, _ = await self.run(flow, run_to_mark(flow, "first"))
        (pause,) = debugger.pauses
        assert pause.inspection is not None
        try:
            await pause.inspection.evaluate(pause.stack[0].handle, "1")
        except LookupError:
            return
        raise AssertionError("A pause that is over was looked into.")

    # --- The record, and what is left -------------------------------------------------------------

    async def test_every_line_is_recorded_when_asked(self) -> None:
        """With the variables it changed, between the calls it made."""
        flow = debugged_flow(programs.CALLS, self.language)
        async with closing(self.make_host()) as host:
            outcome = await DebuggedLogins(flow.flow, host, record_lines=True).login()
        entries = record_of(outcome).entries
        lines = [one for one in entries if isinstance(one, LineReached)]
        reached = [(one.file, one.line) for one in lines]
        for mark in ("first", "calls", "inside", "waits", "resumed", "after", "claim", "last"):
            expect((flow.file, flow.line(mark)) in reached, True, f"{mark} was reached.")
        lib = flow.lib("maths")
        expect((lib, flow.line("lib", lib)) in reached, True, "Lines of lib too.")
        expect(reached.count((lib, flow.line("returns", lib))), 1, "A line that returns once.")
        place = next(at for at, one in enumerate(entries) if isinstance(one, CallMade))
        before = entries[place - 1]
        assert isinstance(before, LineReached)
        expect(before.line, flow.line("claim"), "A call follows its line.")
        values = [one.changes["total"] for one in lines if "total" in one.changes]
        expect(values, ["1", "3", "4"], "Each value once, in order.")
        inside = [one for one in lines if one.line == flow.line("inside")]
        below = [(caller[0], caller[2]) for caller in inside[0].callers]
        expect(below, [(flow.file, flow.line("awaits"))], "Who called, and where.")
        expect(lines[-1].callers, (), "Nobody of the flow calls a handler.")

    async def test_lines_are_recorded_while_somebody_steps(self) -> None:
        """Steps are the same with it."""
        flow = debugged_flow(programs.CALLS, self.language)
        debugger = ScriptedDebugger(
            run_to_mark(flow, "calls"),
            by_line("over"),
            by_line("into"),
            by_line("out"),
            Resume("run"),
        )
        async with closing(self.make_host()) as host:
            outcome = await DebuggedLogins(flow.flow, host, debugger, record_lines=True).login()
        marks = ["calls", "awaits", "inside", "after"]
        expect(debugger.lines, [flow.line(mark) for mark in marks], "The steps are the same.")
        lines = [one for one in record_of(outcome).entries if isinstance(one, LineReached)]
        expect(len(lines) >= 10, True, "And every line is there.")

    async def test_debugger_that_fails_ends_the_run(self) -> None:
        """The code is not let loose."""
        flow = debugged_flow(programs.CALLS, self.language)

        async def give_up(_pause: Pause) -> Resume:
            raise ConnectionError("The debugger is gone.")

        debugger = ScriptedDebugger(run_to_mark(flow, "first"), give_up)
        async with closing(self.make_host()) as host:
            try:
                await DebuggedLogins(flow.flow, host, debugger).login()
            except ConnectionError:
                return
        raise AssertionError("The login went on without its debugger.")

    async def test_login_ended_at_a_line_fails_and_changes_nothing(self) -> None:
        """As at any other stop."""
        flow = debugged_flow(programs.CALLS, self.language)
        _, outcome = await self.run(flow, run_to_mark(flow, "claim"), Resume("end"))
        expect(outcome.status, "failed", "It failed.")
        expect(outcome.profile_update, None, "Nothing was written.")
