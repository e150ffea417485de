"""What debugging a handler's code line by line has to do, whichever language it is in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loginwright_runtime.debugging import (
    EvaluationFailed,
    ExceptionBreakpoint,
    LineBreakpoint,
    MeaningBreakpoint,
    Pause,
    Resume,
    Variable,
)
from loginwright_runtime.testing import debugging_programs as programs
from loginwright_runtime.testing.debugged_logins import (
    SECRET,
    Answer,
    DebuggedLogins,
    ScriptedDebugger,
    by_line,
    closing,
    locals_of,
)
from loginwright_runtime.testing.debugging_programs import DebuggedFlow, debugged_flow
from loginwright_runtime.testing.expectations import expect
from loginwright_runtime.tracing.attached import record_of
from loginwright_runtime.tracing.record import CallMade, LineReached, LogWritten

if TYPE_CHECKING:
    from loginwright_runtime.debugging import RunningCode, StepLevel
    from loginwright_runtime.extension_points import ActionHost
    from loginwright_runtime.testing.debugging_programs import Language, Program
    from loginwright_runtime.transaction.outcome import Outcome

_INTO = Resume("into", unit="line")


class LineDebuggingConformance:
    """Inherit, give ``language`` and ``make_host``, and let pytest collect the subclass."""

    language: Language = "javascript"

    def make_host(self) -> ActionHost:
        """Return a host; the suite closes it."""
        raise NotImplementedError("A conformance suite needs its make_host.")

    async def _run(
        self, flow: DebuggedFlow, first: Resume, *answers: Answer
    ) -> tuple[ScriptedDebugger, Outcome]:
        debugger = ScriptedDebugger(first, *answers)
        async with closing(self.make_host()) as host:
            outcome = await DebuggedLogins(flow.flow, host, debugger).login()
        return debugger, outcome

    async def _stops(
        self, program: Program, marks: list[str], first: Resume | str, *steps: StepLevel
    ) -> None:
        """Expect stops at the marks, first at a breakpoint on a mark, then after each step."""
        flow = debugged_flow(program, self.language)
        start = first if isinstance(first, Resume) else _at(flow, first)
        skip = [_INTO] if start.level == "into" else []
        debugger, outcome = await self._run(flow, start, *skip, *(by_line(one) for one in steps))
        expect(outcome.status, "allowed", "The login ends as it does undebugged.")
        named = {flow.line(mark, _file(flow, mark)): mark for mark in set(marks)}
        found = [named.get(line or 0, f"line {line}") for line in debugger.lines]
        expect(found, marks, "The code stops where it should.")

    # --- Breakpoints ------------------------------------------------------------------------------

    async def test_breakpoint_set_before_the_code_is_loaded_stops(self) -> None:
        """It is bound when the module is evaluated."""
        flow = debugged_flow(programs.CALLS, self.language)
        debugger, outcome = await self._run(flow, _at(flow, "first"))
        expect(outcome.status, "allowed", "The login goes on.")
        (pause,) = debugger.pauses
        expect((pause.kind, pause.file, pause.line), ("line", flow.file, flow.line("first")), "At")
        expect(pause.reasons, (_point(flow, "first"),), "It says which breakpoint.")
        expect((pause.action_id, pause.handler), ("act", "onExecutePostLogin"), "And where.")

    async def test_breakpoint_in_a_warm_module_stops(self) -> None:
        """Also where an earlier login had none there."""
        flow = debugged_flow(programs.CALLS, self.language)
        async with closing(self.make_host()) as host:
            await DebuggedLogins(flow.flow, host, ScriptedDebugger(Resume("run"))).login()
            debugger = ScriptedDebugger(_at(flow, "after"))
            await DebuggedLogins(flow.flow, host, debugger).login()
            expect(debugger.lines, [flow.line("after")], "The warm module stops.")
            third = ScriptedDebugger(Resume("run"))
            await DebuggedLogins(flow.flow, host, third).login()
            expect(third.lines, [], "A breakpoint does not outlive its login.")

    async def test_breakpoint_after_a_suspension_stops(self) -> None:
        """In the other handler, after the redirect."""
        flow = debugged_flow(programs.AWAY, self.language)
        async with closing(self.make_host()) as host:
            first = ScriptedDebugger(_at(flow, "sends"))
            logins = DebuggedLogins(flow.flow, host, first)
            away = await logins.login()
            expect(first.lines, [flow.line("sends")], "Before it leaves.")
            logins.debugger = second = ScriptedDebugger(_at(flow, "claim"))
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
        points = (LineBreakpoint(lib, flow.line("lib", lib)), _point(flow, "inside"))
        debugger, _ = await self._run(flow, Resume("run", points))
        expect([pause.file for pause in debugger.pauses], [lib, flow.file], "Both files.")
        below = [(frame.file, frame.line) for frame in debugger.pauses[0].stack[1:]]
        expect(below, [(flow.file, flow.line("calls"))], "The caller is below.")

    async def test_breakpoint_where_no_code_is_stops_at_the_next_line(self) -> None:
        """As the line above a statement does."""
        flow = debugged_flow(programs.LOOP, self.language)
        point = LineBreakpoint(flow.file, flow.line("added") - 1, hit_count=1)
        comment = LineBreakpoint(flow.file, 1)
        debugger, _ = await self._run(flow, Resume("run", (point, comment)))
        expect(bool(debugger.pauses), True, "It stops somewhere.")

    async def test_disabled_breakpoint_and_one_for_another_action_do_not_stop(self) -> None:
        """They stay in the set."""
        flow = debugged_flow(programs.LOOP, self.language)
        line = flow.line("body")
        off = LineBreakpoint(flow.file, line, enabled=False)
        other = LineBreakpoint(flow.file, line, action_id="other")
        debugger, _ = await self._run(flow, Resume("run", (off, other)))
        expect(debugger.pauses, [], "Nothing stops.")

    async def test_condition_stops_where_it_is_true(self) -> None:
        """And says so where it cannot be evaluated."""
        flow = debugged_flow(programs.LOOP, self.language)
        line = flow.line("body")
        point = LineBreakpoint(flow.file, line, condition="step == 4")
        debugger, _ = await self._run(flow, Resume("run", (point,)))
        expect(debugger.lines, [line], "Once.")
        broken = LineBreakpoint(flow.file, line, condition="nowhere + 1")
        debugger, _ = await self._run(flow, Resume("run", (broken,)), Resume("run"))
        expect("nowhere" in (debugger.pauses[0].note or ""), True, "The pause says why.")

    async def test_hit_count_passes_over_the_first_hits(self) -> None:
        """It stops from the third on."""
        flow = debugged_flow(programs.LOOP, self.language)
        point = LineBreakpoint(flow.file, flow.line("body"), hit_count=3)
        debugger, _ = await self._run(flow, Resume("run", (point,)))
        expect(len(debugger.pauses), 3, "The third, fourth and fifth.")

    async def test_log_point_prints_and_does_not_stop(self) -> None:
        """With expressions in braces."""
        flow = debugged_flow(programs.LOOP, self.language)
        point = LineBreakpoint(flow.file, flow.line("body"), log_message="step {step} of {sum}")
        debugger, outcome = await self._run(flow, Resume("run", (point,)))
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
                debugger = ScriptedDebugger(_at(version, "beyond"))
                await DebuggedLogins(version.flow, host, debugger).login()
                expect(debugger.lines, [version.line("beyond")], "It follows the text.")

    # --- Steps ------------------------------------------------------------------------------------

    async def test_into_a_handler_stops_at_its_first_line(self) -> None:
        """Past what its module does by itself."""
        await self._stops(programs.CALLS, ["first", "calls"], _INTO, "over", "run")

    async def test_over_stays_in_the_function_also_over_await(self) -> None:
        """Helpers and waits are one step."""
        marks = ["first", "calls", "awaits", "after", "claim", "last"]
        await self._stops(programs.CALLS, marks, "first", *["over"] * 5, "run")

    async def test_into_enters_lib_and_comes_back(self) -> None:
        """To the next line of who called it."""
        marks = ["calls", "lib", "returns", "awaits"]
        await self._stops(programs.CALLS, marks, "calls", "into", "into", "over", "run")

    async def test_into_enters_an_async_helper_and_passes_its_await(self) -> None:
        """The wait is one step."""
        marks = ["awaits", "inside", "waits", "resumed"]
        await self._stops(programs.CALLS, marks, "awaits", "into", "over", "over", "run")

    async def test_out_comes_back_to_the_caller(self) -> None:
        """Out of a helper, to the line after the call."""
        await self._stops(programs.CALLS, ["inside", "after"], "inside", "out", "run")

    async def test_over_an_api_call_does_not_enter_it(self) -> None:
        """Nor does into."""
        await self._stops(programs.CALLS, ["claim", "last"], "claim", "into", "run")

    async def test_run_to_a_line_leaves_a_loop(self) -> None:
        """It stops there once."""
        flow = debugged_flow(programs.LOOP, self.language)
        beyond = LineBreakpoint(flow.file, flow.line("beyond"))
        first = _at(flow, "body")
        debugger, _ = await self._run(flow, first, Resume("run", run_to=beyond), Resume("run"))
        expect(debugger.lines, [flow.line("body"), flow.line("beyond")], "Past the loop.")

    async def test_out_of_the_handler_stops_after_it(self) -> None:
        """There is no code any more."""
        flow = debugged_flow(programs.CALLS, self.language)
        debugger, _ = await self._run(flow, _at(flow, "last"), by_line("out"))
        expect([one.kind for one in debugger.pauses], ["line", "after_handler"], "One up.")

    async def test_meaning_stops_inside_the_code(self) -> None:
        """At the call that means something, with its frame."""
        flow = debugged_flow(programs.CALLS, self.language)
        meaning = MeaningBreakpoint("claim_set")
        first = Resume("run", (meaning,))
        debugger, _ = await self._run(flow, first, by_line("over"), Resume("run"))
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
            debugger, outcome = await self._run(flow, Resume("run", (point,)))
            expect(outcome.status, "failed", "What nobody catches fails the login.")
            texts = [one.exception.text for one in debugger.pauses if one.exception]
            expect(texts, [f"TypeError: {word}" for word in words], "Each once.")
            expect({one.line for one in debugger.pauses}, {flow.line("throws")}, "Where thrown.")
            expect(debugger.pauses[0].kind, "exception", "It is an exception.")

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

        debugger = ScriptedDebugger(_at(flow, "count"), ask_for_one, stop_turning)
        async with closing(self.make_host()) as host:
            outcome = await DebuggedLogins(flow.flow, host, debugger).login()
        expect(outcome.status, "allowed", "The loop has ended.")

    async def test_breakpoint_set_while_the_code_runs_stops(self) -> None:
        """The whole set is replaced."""
        flow = debugged_flow(programs.ENDLESS, self.language)

        async def replace_later(_pause: Pause) -> Resume:
            code = _code(debugger)
            code.replace_breakpoints((_point(flow, "count"),))
            return by_line("run", _point(flow, "count"))

        debugger = ScriptedDebugger(_at(flow, "turn"), replace_later, Resume("end"))
        async with closing(self.make_host()) as host:
            outcome = await DebuggedLogins(flow.flow, host, debugger).login()
        expect(debugger.lines, [flow.line("turn"), flow.line("count")], "At the new one.")
        expect(outcome.status, "failed", "And was stopped.")

    async def test_end_kills_a_loop_that_runs(self) -> None:
        """Whoever looks can always end the login."""
        flow = debugged_flow(programs.ENDLESS, self.language)

        async def go_and_end(_pause: Pause) -> Resume:
            import asyncio

            asyncio.get_running_loop().call_soon(_code(debugger).end)
            return Resume("run")

        debugger = ScriptedDebugger(_at(flow, "turn"), go_and_end)
        async with closing(self.make_host()) as host:
            outcome = await DebuggedLogins(flow.flow, host, debugger).login()
        expect(outcome.status, "failed", "It was ended.")
        assert outcome.error is not None
        expect("debugger" in outcome.error.description, True, "By the debugger.")

    async def test_budget_stands_still_while_paused(self) -> None:
        """And runs while the code does."""
        flow = debugged_flow(programs.ENDLESS, self.language)

        async def wait(_pause: Pause) -> Resume:
            import asyncio

            await asyncio.sleep(0.5)
            return Resume("run")

        debugger = ScriptedDebugger(_at(flow, "turn"), wait)
        async with closing(self.make_host()) as host:
            logins = DebuggedLogins(flow.flow, host, debugger, leg_seconds=0.4)
            outcome = await logins.login()
        expect(len(debugger.pauses), 1, "It went on after longer than its budget.")
        assert outcome.error is not None
        expect(outcome.error.kind, "timeout", "Then its own time was used up.")

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

        debugger, outcome = await self._run(flow, _at(flow, "look"), look)
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

        _, outcome = await self._run(flow, _at(flow, "look"), look)
        assert outcome.claims is not None
        expect(outcome.claims.id_token["https://a.example/read"], 1, "It ran once.")

    async def test_variables_of_outer_frames_and_closures_are_seen(self) -> None:
        """And what is not yet there is no value."""
        flow = debugged_flow(programs.CALLS, self.language)

        async def look(pause: Pause) -> Resume:
            assert pause.inspection is not None
            inner, outer = pause.stack[0].handle, pause.stack[1].handle
            expect(_text(await pause.inspection.evaluate(inner, "number")), "2", "Inner.")
            expect(_text(await pause.inspection.evaluate(outer, "total")), "1", "Outer.")
            unborn = (await locals_of(pause)).get("next")
            expect(unborn is None or unborn.kind == "uninitialised", True, "Not reached yet.")
            failed = await pause.inspection.evaluate(inner, "nowhere")
            expect(isinstance(failed, EvaluationFailed), True, "An error is an answer.")
            await pause.inspection.set_variable(outer, "total", "41")
            expect(_text(await pause.inspection.evaluate(outer, "total")), "41", "It was set.")
            return Resume("run")

        await self._run(flow, _at(flow, "inside"), look)

    async def test_variable_set_while_paused_counts(self) -> None:
        """The code goes on with it."""
        flow = debugged_flow(programs.CALLS, self.language)

        async def change(pause: Pause) -> Resume:
            assert pause.inspection is not None
            await pause.inspection.set_variable(pause.stack[0].handle, "total", "40 + 2")
            return Resume("run")

        _, outcome = await self._run(flow, _at(flow, "claim"), change)
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

        await self._run(flow, _at(flow, "calls"), look, look, Resume("run"))
        expect(marks, [set(), {"doubled"}], "The one that the line set.")

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

        _, outcome = await self._run(flow, _at(flow, "claim"), evaluate)
        assert outcome.claims is not None
        expect("https://a.example/tried" in outcome.claims.id_token, False, "It is no effect.")
        calls = [one for one in record_of(outcome).entries if isinstance(one, CallMade)]
        expect([one.evaluated for one in calls], [True, False], "It is marked.")

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

        debugger, outcome = await self._run(flow, _at(flow, "claim"), evaluate, Resume("run"))
        expect(outcome.status, "allowed", "The login goes on.")
        expect(debugger.lines, [flow.line("claim"), flow.line("last")], "By lines.")

    async def test_pause_that_is_over_cannot_be_looked_into(self) -> None:
        """Its handles are void."""
        flow = debugged_flow(programs.CALLS, self.language)
        debugger, _ = await self._run(flow, _at(flow, "first"))
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
        place = next(at for at, one in enumerate(entries) if isinstance(one, CallMade))
        before = entries[place - 1]
        assert isinstance(before, LineReached)
        expect(before.line, flow.line("claim"), "A call follows its line.")
        values = [one.changes["total"] for one in lines if "total" in one.changes]
        expect(values, ["1", "3", "4"], "Each value once, in order.")

    async def test_lines_are_recorded_while_somebody_steps(self) -> None:
        """Steps are the same with it."""
        flow = debugged_flow(programs.CALLS, self.language)
        debugger = ScriptedDebugger(
            _at(flow, "calls"), by_line("over"), by_line("into"), by_line("out"), Resume("run")
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

        debugger = ScriptedDebugger(_at(flow, "first"), give_up)
        async with closing(self.make_host()) as host:
            try:
                await DebuggedLogins(flow.flow, host, debugger).login()
            except ConnectionError:
                return
        raise AssertionError("The login went on without its debugger.")

    async def test_login_ended_at_a_line_fails_and_changes_nothing(self) -> None:
        """As at any other stop."""
        flow = debugged_flow(programs.CALLS, self.language)
        _, outcome = await self._run(flow, _at(flow, "claim"), Resume("end"))
        expect(outcome.status, "failed", "It failed.")
        expect(outcome.profile_update, None, "Nothing was written.")


def _point(flow: DebuggedFlow, mark: str) -> LineBreakpoint:
    file = _file(flow, mark)
    return LineBreakpoint(file, flow.line(mark, file))


def _file(flow: DebuggedFlow, mark: str) -> str:
    return next(
        path
        for path, content in flow.flow.files.items()
        if any(line.endswith(f"@{mark}") for line in content.decode().splitlines())
    )


def _at(flow: DebuggedFlow, mark: str) -> Resume:
    return Resume("run", (_point(flow, mark),))


def _text(found: Variable | EvaluationFailed) -> str:
    return found.text if isinstance(found, Variable) else found.message


def _code(debugger: ScriptedDebugger) -> RunningCode:
    assert debugger.code is not None
    return debugger.code
