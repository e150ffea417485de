"""Where a debugged login stops, whichever language it is in."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from loginwright_runtime.debugging import (
    ExceptionBreakpoint,
    LineBreakpoint,
    MeaningBreakpoint,
    Pause,
    Resume,
    Variable,
)
from loginwright_runtime.testing import debugging_programs as programs
from loginwright_runtime.testing.debugged_logins import (
    DebuggedLogins,
    ScriptedDebugger,
    by_line,
    closing,
)
from loginwright_runtime.testing.debugging_programs import debugged_flow
from loginwright_runtime.testing.expectations import expect
from loginwright_runtime.testing.line_debugging_story import (
    INTO,
    LineDebuggingStory,
    code_of,
    point_at,
    run_to_mark,
)
from loginwright_runtime.tracing.attached import record_of
from loginwright_runtime.tracing.record import CallMade, LogWritten

if TYPE_CHECKING:
    from loginwright_runtime.debugging import StepLevel

SOON = 0.1
"""Seconds after which an endless loop is running."""


class LineStoppingConformance(LineDebuggingStory):
    """Breakpoints, steps, exceptions, interruptions."""

    # --- Breakpoints ------------------------------------------------------------------------------

    async def test_breakpoint_set_before_the_code_is_loaded_stops(self) -> None:
        """It is bound when the module is evaluated."""
        flow = debugged_flow(programs.CALLS, self.language)
        debugger, outcome = await self.run(flow, run_to_mark(flow, "first"))
        expect(outcome.status, "allowed", "The login goes on.")
        (pause,) = debugger.pauses
        expect((pause.kind, pause.file, pause.line), ("line", flow.file, flow.line("first")), "At")
        expect(pause.reasons, (point_at(flow, "first"),), "It says which breakpoint.")
        expect((pause.action_id, pause.handler), ("act", "onExecutePostLogin"), "And where.")

    async def test_breakpoint_in_a_warm_module_stops(self) -> None:
        """Also where an earlier login had none there."""
        flow = debugged_flow(programs.CALLS, self.language)
        async with closing(self.make_host()) as host:
            await DebuggedLogins(flow.flow, host, ScriptedDebugger(Resume("run"))).login()
            debugger = ScriptedDebugger(run_to_mark(flow, "after"))
            await DebuggedLogins(flow.flow, host, debugger).login()
            expect(debugger.lines, [flow.line("after")], "The warm module stops.")
            third = ScriptedDebugger(Resume("run"))
            await DebuggedLogins(flow.flow, host, third).login()
            expect(third.lines, [], "A breakpoint does not outlive its login.")

    async def test_breakpoint_after_a_suspension_stops(self) -> None:
        """In the other handler, after the redirect."""
        flow = debugged_flow(programs.AWAY, self.language)
        async with closing(self.make_host()) as host:
            first = ScriptedDebugger(run_to_mark(flow, "sends"))
            logins = DebuggedLogins(flow.flow, host, first)
            away = await logins.login()
            expect(first.lines, [flow.line("sends")], "Before it leaves.")
            logins.debugger = second = ScriptedDebugger(run_to_mark(flow, "claim"))
            assert away.suspension is not None
            outcome = await logins.come_back(away.suspension.state, colour="teal")
        expect(outcome.status, "allowed", "The login ends.")
        (pause,) = second.pauses
        expect(pause.handler, "onContinuePostLogin", "In the second handler.")
        expect(pause.line, flow.line("claim"), "At its line.")

    async def test_breakpoints_in_helpers_and_in_lib_stop(self) -> None:
        """With who called them below."""
        flow = debugged_flow(programs.CALLS, self.language)
        lib = flow.lib("maths")
        points = (LineBreakpoint(lib, flow.line("lib", lib)), point_at(flow, "inside"))
        debugger, _ = await self.run(flow, Resume("run", points))
        expect([pause.file for pause in debugger.pauses], [lib, flow.file], "Both files.")
        below = [(frame.file, frame.line) for frame in debugger.pauses[0].stack[1:]]
        expect(below, [(flow.file, flow.line("calls"))], "The caller is below.")

    async def test_breakpoint_where_no_code_is_stops_at_the_next_line(self) -> None:
        """As the line above a statement does."""
        flow = debugged_flow(programs.LOOP, self.language)
        point = LineBreakpoint(flow.file, flow.line("added") - 1, hit_count=1)
        comment = LineBreakpoint(flow.file, 1)
        debugger, _ = await self.run(flow, Resume("run", (point, comment)))
        expect(bool(debugger.pauses), True, "It stops somewhere.")

    async def test_disabled_breakpoint_and_one_for_another_action_do_not_stop(self) -> None:
        """They stay in the set."""
        flow = debugged_flow(programs.LOOP, self.language)
        line = flow.line("body")
        off = LineBreakpoint(flow.file, line, enabled=False)
        other = LineBreakpoint(flow.file, line, action_id="other")
        debugger, _ = await self.run(flow, Resume("run", (off, other)))
        expect(debugger.pauses, [], "Nothing stops.")

    async def test_condition_stops_where_it_is_true(self) -> None:
        """And says so where it cannot be evaluated."""
        flow = debugged_flow(programs.LOOP, self.language)
        line = flow.line("body")
        point = LineBreakpoint(flow.file, line, condition="step == 4")
        debugger, _ = await self.run(flow, Resume("run", (point,)))
        expect(debugger.lines, [line], "Once.")
        broken = LineBreakpoint(flow.file, line, condition="nowhere + 1")
        debugger, _ = await self.run(flow, Resume("run", (broken,)), Resume("run"))
        expect("nowhere" in (debugger.pauses[0].note or ""), True, "The pause says why.")

    async def test_hit_count_passes_over_the_first_hits(self) -> None:
        """It stops from the third on."""
        flow = debugged_flow(programs.LOOP, self.language)
        point = LineBreakpoint(flow.file, flow.line("body"), hit_count=3)
        debugger, _ = await self.run(flow, Resume("run", (point,)))
        expect(len(debugger.pauses), 3, "The third, fourth and fifth.")

    async def test_log_point_prints_and_does_not_stop(self) -> None:
        """With expressions in braces."""
        flow = debugged_flow(programs.LOOP, self.language)
        point = LineBreakpoint(flow.file, flow.line("body"), log_message="step {step} of {sum}")
        debugger, outcome = await self.run(flow, Resume("run", (point,)))
        expect(debugger.pauses, [], "It stops nowhere.")
        logs = [one for one in record_of(outcome).entries if isinstance(one, LogWritten)]
        texts = [one.text for one in logs]
        expect(texts[:2], ["step 1 of 0", "step 2 of 1"], "It prints.")
        expect(logs[0].line, flow.line("body"), "With its line.")

    async def test_edited_code_stops_at_its_own_lines(self) -> None:
        """A breakpoint that moved with its text stops in the next login's version."""
        flow = debugged_flow(programs.LOOP, self.language)
        edited = debugged_flow(
            programs.Program("\n\n" + programs.LOOP.javascript, "\n\n" + programs.LOOP.python),
            self.language,
        )
        async with closing(self.make_host()) as host:
            for version in (flow, edited):
                debugger = ScriptedDebugger(run_to_mark(version, "beyond"))
                await DebuggedLogins(version.flow, host, debugger).login()
                expect(debugger.lines, [version.line("beyond")], "It follows the text.")

    # --- Steps ------------------------------------------------------------------------------------

    async def test_into_a_handler_stops_at_its_first_line(self) -> None:
        """Past what its module does by itself."""
        await self.stops(programs.CALLS, ["first", "calls"], INTO, "over", "run")

    async def test_over_stays_in_the_function_also_over_await(self) -> None:
        """Helpers and waits are one step."""
        marks = ["first", "calls", "awaits", "after", "claim", "last"]
        over: list[StepLevel] = ["over"] * 5
        await self.stops(programs.CALLS, marks, "first", *over, "run")

    async def test_into_enters_lib_and_comes_back(self) -> None:
        """To the next line of who called it."""
        marks = ["calls", "lib", "returns", "awaits"]
        await self.stops(programs.CALLS, marks, "calls", "into", "into", "over", "run")

    async def test_into_enters_an_async_helper_and_passes_its_await(self) -> None:
        """The wait is one step."""
        marks = ["awaits", "inside", "waits", "resumed"]
        await self.stops(programs.CALLS, marks, "awaits", "into", "over", "over", "run")

    async def test_out_comes_back_to_the_caller(self) -> None:
        """Out of a helper, to the line after the call."""
        await self.stops(programs.CALLS, ["inside", "after"], "inside", "out", "run")

    async def test_over_an_api_call_does_not_enter_it(self) -> None:
        """Nor does into."""
        await self.stops(programs.CALLS, ["claim", "last"], "claim", "into", "run")

    async def test_over_passes_a_breakpoint_that_does_not_hold_far_inside(self) -> None:
        """It ends where it would have, not in a function on the way back."""
        flow = debugged_flow(programs.NESTED, self.language)
        never = replace(point_at(flow, "inmost"), condition="number < 0")
        debugger, _ = await self.run(flow, run_to_mark(flow, "calls"), by_line("over", never))
        expect(debugger.lines[:2], [flow.line("calls"), flow.line("after")], "The next line.")

    async def test_over_passes_calls_whose_lines_are_recorded(self) -> None:
        """Also where several are in one line."""
        flow = debugged_flow(programs.NESTED, self.language)
        debugger = ScriptedDebugger(run_to_mark(flow, "calls"), by_line("over"))
        async with closing(self.make_host()) as host:
            await DebuggedLogins(flow.flow, host, debugger, record_lines=True).login()
        expect(debugger.lines[:2], [flow.line("calls"), flow.line("after")], "The next line.")

    async def test_step_from_a_breakpoint_that_is_removed_there_ends_at_the_next_line(self) -> None:
        """Also where neither line calls anything."""
        flow = debugged_flow(programs.ENDLESS, self.language)
        start = flow.line("turn") - 2
        first = Resume("run", (LineBreakpoint(flow.file, start),))
        debugger, _ = await self.run(flow, first, by_line("over"), Resume("end"))
        expect(debugger.lines, [start, start + 1], "The next line.")

    async def test_run_to_a_line_leaves_a_loop(self) -> None:
        """It stops there once."""
        flow = debugged_flow(programs.LOOP, self.language)
        beyond = LineBreakpoint(flow.file, flow.line("beyond"))
        first = run_to_mark(flow, "body")
        debugger, _ = await self.run(flow, first, Resume("run", run_to=beyond), Resume("run"))
        expect(debugger.lines, [flow.line("body"), flow.line("beyond")], "Past the loop.")

    async def test_out_of_the_handler_stops_after_it(self) -> None:
        """There is no code any more."""
        flow = debugged_flow(programs.CALLS, self.language)
        debugger, _ = await self.run(flow, run_to_mark(flow, "last"), by_line("out"))
        expect([one.kind for one in debugger.pauses], ["line", "after_handler"], "One up.")

    async def test_meaning_stops_inside_the_code(self) -> None:
        """At the call that means something, with its frame."""
        flow = debugged_flow(programs.CALLS, self.language)
        meaning = MeaningBreakpoint("claim_set")
        first = Resume("run", (meaning,))
        debugger, _ = await self.run(flow, first, by_line("over"), Resume("run"))
        kinds = [(one.kind, one.method) for one in debugger.pauses]
        expect(kinds, [("call", "idToken.setCustomClaim"), ("line", None)], "The call, then on.")
        expect(debugger.lines, [flow.line("claim"), flow.line("last")], "By lines.")
        expect(debugger.pauses[0].reasons, (meaning,), "It says why.")
        made = debugger.pauses[0].record.entries[-1]
        expect(isinstance(made, CallMade), True, "The call is in the record.")

    # --- Exceptions and pause ---------------------------------------------------------------------

    async def test_exceptions_stop_as_asked(self) -> None:
        """Those nobody catches, those somebody catches, or all."""
        flow = debugged_flow(programs.THROWS, self.language)
        expected = {(False, True): ["uncaught"], (True, True): ["caught", "uncaught"]}
        for (caught, uncaught), words in expected.items():
            point = ExceptionBreakpoint(caught=caught, uncaught=uncaught)
            debugger, outcome = await self.run(flow, Resume("run", (point,)))
            expect(outcome.status, "failed", "What nobody catches fails the login.")
            texts = [one.exception.text for one in debugger.pauses if one.exception]
            expect(texts, [f"TypeError: {word}" for word in words], "Each once.")
            expect({one.line for one in debugger.pauses}, {flow.line("throws")}, "Where thrown.")
            expect(debugger.pauses[0].kind, "exception", "It is an exception.")
            fates = [one.caught for one in debugger.pauses]
            expect(fates, [word == "caught" for word in words], "It is known who catches it.")

    async def test_out_of_a_function_that_throws_stops_where_it_is_caught(self) -> None:
        """That is where the code goes on."""
        flow = debugged_flow(programs.THROWS, self.language)
        first = Resume("run", (ExceptionBreakpoint(caught=True),))
        debugger, _ = await self.run(flow, first, by_line("out"), Resume("end"))
        expect(debugger.lines[:1], [flow.line("throws")], "Where it is thrown.")
        handler = (flow.line("tries") + 1, flow.line("caught"))
        expect(debugger.pauses[1].line in handler, True, "Where it is caught.")

    async def test_out_of_a_function_before_it_throws_stops_where_it_is_caught(self) -> None:
        """Whatever is told of exceptions."""
        flow = debugged_flow(programs.THROWS, self.language)
        debugger, _ = await self.run(
            flow, run_to_mark(flow, "throws"), by_line("out"), Resume("end")
        )
        handler = (flow.line("tries") + 1, flow.line("caught"))
        expect([one.kind for one in debugger.pauses], ["line", "line"], "No exception is told.")
        expect(debugger.pauses[1].line in handler, True, "Where it is caught.")

    async def test_pause_interrupts_an_endless_loop(self) -> None:
        """A variable set there ends it."""
        flow = debugged_flow(programs.ENDLESS, self.language)

        async def stop_turning(pause: Pause) -> Resume:
            assert pause.inspection is not None
            word = "false" if self.language == "javascript" else "False"
            set_to = await pause.inspection.set_variable(pause.stack[0].handle, "going", word)
            expect(isinstance(set_to, Variable), True, "It can be set.")
            return Resume("run")

        async def ask_for_one(_pause: Pause) -> Resume:
            assert debugger.code is not None
            debugger.code.pause()
            return Resume("run")

        debugger = ScriptedDebugger(run_to_mark(flow, "count"), ask_for_one, stop_turning)
        async with closing(self.make_host()) as host:
            outcome = await DebuggedLogins(flow.flow, host, debugger).login()
        expect(outcome.status, "allowed", "The loop has ended.")

    async def test_pause_asked_for_at_a_breakpoint_that_does_not_hold_stops(self) -> None:
        """The code stands still there most of the time, unseen."""
        flow = debugged_flow(programs.ENDLESS, self.language)
        never = "turns < 0"
        point = replace(point_at(flow, "count"), condition=never)

        async def ask_later(_pause: Pause) -> Resume:
            asyncio.get_running_loop().call_later(SOON, code_of(debugger).pause)
            return Resume("run", (point,))

        debugger = ScriptedDebugger(run_to_mark(flow, "count"), ask_later, Resume("end"))
        async with closing(self.make_host()) as host:
            outcome = await DebuggedLogins(flow.flow, host, debugger).login()
        expect(debugger.pauses[-1].kind, "pause", "It stopped.")
        expect(outcome.status, "failed", "And was ended there.")

    async def test_pause_asked_for_while_code_stands_outlives_a_breakpoint_that_does_not_hold(
        self,
    ) -> None:
        """The code comes by that breakpoint before anything else."""
        flow = debugged_flow(programs.ENDLESS, self.language)
        point = replace(point_at(flow, "turn"), condition="turns < 0")

        async def ask_at_once(_pause: Pause) -> Resume:
            code_of(debugger).pause()
            return Resume("run", (point,))

        debugger = ScriptedDebugger(run_to_mark(flow, "count"), ask_at_once, Resume("end"))
        async with closing(self.make_host()) as host:
            await DebuggedLogins(flow.flow, host, debugger, leg_seconds=3).login()
        expect([one.kind for one in debugger.pauses], ["line", "pause"], "It stopped.")

    async def test_breakpoint_set_while_the_code_runs_stops(self) -> None:
        """The whole set is replaced."""
        flow = debugged_flow(programs.ENDLESS, self.language)

        async def replace_later(_pause: Pause) -> Resume:
            points = (point_at(flow, "count"),)
            asyncio.get_running_loop().call_later(
                SOON, lambda: code_of(debugger).replace_breakpoints(points)
            )
            return Resume("run")

        debugger = ScriptedDebugger(run_to_mark(flow, "turn"), replace_later, Resume("end"))
        async with closing(self.make_host()) as host:
            outcome = await DebuggedLogins(flow.flow, host, debugger).login()
        expect(debugger.lines, [flow.line("turn"), flow.line("count")], "At the new one.")
        expect(outcome.status, "failed", "And was stopped.")

    async def test_end_kills_a_loop_that_runs(self) -> None:
        """Whoever looks can always end the login."""
        flow = debugged_flow(programs.ENDLESS, self.language)

        async def go_and_end(_pause: Pause) -> Resume:
            asyncio.get_running_loop().call_later(SOON, code_of(debugger).end)
            return Resume("run")

        debugger = ScriptedDebugger(run_to_mark(flow, "turn"), go_and_end)
        async with closing(self.make_host()) as host:
            outcome = await DebuggedLogins(flow.flow, host, debugger).login()
        expect(outcome.status, "failed", "It was ended.")
        assert outcome.error is not None
        expect("debugger" in outcome.error.description, True, "By the debugger.")

    async def test_budget_stands_still_while_paused(self) -> None:
        """And runs while the code does."""
        flow = debugged_flow(programs.ENDLESS, self.language)

        async def wait(_pause: Pause) -> Resume:
            await asyncio.sleep(1.6)
            return Resume("run")

        debugger = ScriptedDebugger(run_to_mark(flow, "turn"), wait)
        async with closing(self.make_host()) as host:
            logins = DebuggedLogins(flow.flow, host, debugger, leg_seconds=1.5)
            outcome = await logins.login()
        expect(len(debugger.pauses), 1, "It went on after longer than its budget.")
        assert outcome.error is not None
        expect(outcome.error.kind, "timeout", "Then its own time was used up.")
