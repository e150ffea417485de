"""Answers one client of the Debug Adapter Protocol, request after request."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeAlias

from loginwright_runtime.cli.debug_adapter import looking, moving
from loginwright_runtime.cli.debug_adapter.arguments import RequestArguments
from loginwright_runtime.cli.debug_adapter.client_breakpoints import FILTERS, ClientBreakpoints
from loginwright_runtime.cli.debug_adapter.completing import completions
from loginwright_runtime.cli.debug_adapter.debuggee import Debuggee
from loginwright_runtime.cli.debug_adapter.framing import Lost, Message, Received, Unusable
from loginwright_runtime.cli.debug_adapter.launching import Launch, launch_again, read_launch
from loginwright_runtime.cli.debug_adapter.stops import THREAD
from loginwright_runtime.cli.debugged_login.errors import RefusedError
from loginwright_runtime.cli.debugged_login.opening import read_inputs
from loginwright_runtime.errors import BadInputError, LoginwrightError
from loginwright_runtime.login.json_values import JsonObject

if TYPE_CHECKING:
    from loginwright_runtime.cli.arguments import DapArguments
    from loginwright_runtime.cli.debug_adapter.channel import Channel
    from loginwright_runtime.cli.screen import Screen
    from loginwright_runtime.engine.options import EngineOptions
    from loginwright_runtime.extension_points import ActionHost

Answer: TypeAlias = Callable[[RequestArguments], Awaitable[JsonObject]]

_CAPABILITIES: JsonObject = {
    "supportsConfigurationDoneRequest": True,
    "supportsFunctionBreakpoints": True,
    "supportsConditionalBreakpoints": True,
    "supportsHitConditionalBreakpoints": True,
    "supportsLogPoints": True,
    "supportsEvaluateForHovers": True,
    "supportsClipboardContext": True,
    "supportsStepBack": True,
    "supportsSetVariable": True,
    "supportsSetExpression": True,
    "supportsCompletionsRequest": True,
    "completionTriggerCharacters": ["."],
    "supportsRestartRequest": True,
    "supportsTerminateRequest": True,
    "supportsExceptionInfoRequest": True,
    "supportsLoadedSourcesRequest": True,
    "supportsDelayedStackTraceLoading": True,
    "exceptionBreakpointFilters": FILTERS,
}


class DebugAdapter:
    """One client.

    Args:
        arguments: Of the command line; what a launch does not say.
        options: Of the engine.
        screen: Standard error.
        host: Runs the actions.
        channel: To the client.
    """

    def __init__(
        self,
        arguments: DapArguments,
        options: EngineOptions,
        screen: Screen,
        host: ActionHost,
        channel: Channel,
    ) -> None:
        self._arguments = arguments
        self._options = options
        self._screen = screen
        self._host = host
        self._channel = channel
        self._points = ClientBreakpoints()
        self._launch: Launch | None = None
        self._debuggee: Debuggee | None = None
        self._initialized = self._configured = self._begun = False
        self._first_line = self._first_column = 1
        self._done = False
        self._after: Callable[[], None] | None = None
        self._answers = self._table()

    def _table(self) -> dict[str, Answer]:
        return {
            "initialize": self._initialize,
            "launch": self._launched,
            "setBreakpoints": self._set_breakpoints,
            "setFunctionBreakpoints": self._set_functions,
            "setExceptionBreakpoints": self._set_thrown,
            "configurationDone": self._configuration_done,
            "threads": self._threads,
            "stackTrace": self._stack_trace,
            "scopes": self._scopes,
            "variables": self._variables,
            "evaluate": self._evaluate,
            "setVariable": self._set_variable,
            "setExpression": self._set_expression,
            "completions": self._completions,
            "exceptionInfo": self._exception_info,
            "source": self._source,
            "loadedSources": self._loaded_sources,
            "continue": self._continue,
            "next": self._next,
            "stepIn": self._step_in,
            "stepOut": self._step_out,
            "pause": self._pause,
            "stepBack": self._step_back,
            "reverseContinue": self._reverse_continue,
            "restart": self._restart,
            "terminate": self._terminate,
            "disconnect": self._disconnect,
        }

    async def take(self, received: Received) -> bool:
        """Answer what came; False when the client is done."""
        match received:
            case Message(members):
                await self._request(members)
            case Unusable(reason):
                self._channel.refuse(0, "", f"This message cannot be used: {reason}.")
            case Lost(reason):
                self._screen.note(f"The client's messages cannot be read any more: {reason}.")
                return False
        return not self._done

    async def close(self) -> None:
        """End the login: a debugger that is gone lets nothing loose."""
        if self._debuggee is not None:
            await self._debuggee.end()

    async def _request(self, members: JsonObject) -> None:
        number, command = members.get("seq"), members.get("command")
        if members.get("type") != "request" or not isinstance(command, str):
            if members.get("type") != "response":
                self._channel.refuse(_number(number), "", "This is no request.")
            return
        arguments = members.get("arguments")
        answer = self._answers.get(command)
        try:
            if not isinstance(arguments, dict | None):
                raise RefusedError('"arguments" is no object.')
            if answer is None:
                raise RefusedError("There is no such request here.")
            if not self._initialized and command not in ("initialize", "disconnect"):
                raise RefusedError("The client has to send initialize first.")
            body = await answer(RequestArguments(arguments or {}))
        except RefusedError as refused:
            shown = command == "launch"
            self._channel.refuse(_number(number), command[:100], str(refused), show=shown)
        except LoginwrightError as error:
            self._channel.refuse(_number(number), command, _words(error), show=True)
        else:
            self._channel.answer(_number(number), command, body)
        after, self._after = self._after, None
        if after is not None:
            after()

    # --- Beginning and end ------------------------------------------------------------------------

    async def _initialize(self, asked: RequestArguments) -> JsonObject:
        self._first_line = 1 if asked.flag("linesStartAt1", otherwise=True) else 0
        self._first_column = 1 if asked.flag("columnsStartAt1", otherwise=True) else 0
        self._initialized = True
        return _CAPABILITIES

    async def _launched(self, asked: RequestArguments) -> JsonObject:
        if self._launch is not None:
            raise RefusedError("A login was launched already.")
        launch = read_launch(asked, self._arguments)
        inputs = read_inputs(launch.wanted, launch.arguments, self._options, self._screen)
        self._launch = launch
        self._debuggee = Debuggee(
            inputs,
            launch.wanted.flow,
            self._host,
            self._channel,
            self._points,
            debugs=launch.debugs,
        )
        self._after = self._launch_done
        return {}

    def _launch_done(self) -> None:
        self._channel.tell("initialized")
        self._begin()

    async def _configuration_done(self, _asked: RequestArguments) -> JsonObject:
        self._configured = True
        self._after = self._begin
        return {}

    def _begin(self) -> None:
        """Begin the login once it is launched and configured."""
        if self._debuggee is None or self._launch is None or not self._configured or self._begun:
            return
        self._begun = True
        self._channel.tell(
            "process", {"name": self._debuggee.inputs.flow.name, "startMethod": "launch"}
        )
        self._channel.tell("thread", {"reason": "started", "threadId": THREAD})
        self._debuggee.begin(self._launch.first)

    async def _restart(self, asked: RequestArguments) -> JsonObject:
        """Begin again, or end with the reason: after a refusal an editor would lose its login."""
        debuggee, launch = self._launched_login(), self._launch
        assert launch is not None
        try:
            launch = launch_again(asked, launch, self._arguments)
            inputs = read_inputs(launch.wanted, launch.arguments, self._options, self._screen)
        except LoginwrightError as error:
            reason = _words(error)
            await debuggee.end()
            self._after = lambda: debuggee.tell_failure(reason)
            return {}
        self._launch, stood = launch, not debuggee.runs
        await debuggee.restart(inputs, launch.first)
        if stood:
            self._after = self._tell_continued
        return {}

    async def _terminate(self, _asked: RequestArguments) -> JsonObject:
        debuggee = self._launched_login()
        self._after = debuggee.terminate
        return {}

    async def _disconnect(self, _asked: RequestArguments) -> JsonObject:
        await self.close()
        self._done = True
        return {}

    # --- Breakpoints ------------------------------------------------------------------------------

    async def _set_breakpoints(self, asked: RequestArguments) -> JsonObject:
        debuggee = self._launched_login()
        wanted = asked.objects("breakpoints")
        if "breakpoints" not in asked.members:
            lines = asked.members.get("lines")
            listed = lines if isinstance(lines, list) else []
            wanted = tuple(RequestArguments({"line": line}) for line in listed)
        kept = self._points.set_lines(
            debuggee.inputs.flow,
            debuggee.sources,
            asked.object("source"),
            wanted,
            self._first_line,
        )
        debuggee.breakpoints_changed()
        return {"breakpoints": [self._told(one.told()) for one in kept]}

    def _told(self, told: JsonObject) -> JsonObject:
        line = told.get("line")
        if isinstance(line, int):
            told["line"] = line - 1 + self._first_line
        return told

    async def _set_functions(self, asked: RequestArguments) -> JsonObject:
        debuggee = self._launched_login()
        names = [one.text("name") for one in asked.objects("breakpoints")]
        kept = self._points.set_functions(debuggee.inputs.flow, names)
        debuggee.breakpoints_changed()
        return {"breakpoints": [one.told() for one in kept]}

    async def _set_thrown(self, asked: RequestArguments) -> JsonObject:
        kept = self._points.set_thrown(asked.texts("filters"))
        if self._debuggee is not None:
            self._debuggee.breakpoints_changed()
        return {"breakpoints": [one.told() for one in kept]}

    # --- Looking ----------------------------------------------------------------------------------

    async def _threads(self, _asked: RequestArguments) -> JsonObject:
        return looking.threads()

    async def _stack_trace(self, asked: RequestArguments) -> JsonObject:
        return looking.stack_trace(self._launched_login(), asked, self._first_line)

    async def _scopes(self, asked: RequestArguments) -> JsonObject:
        return looking.scopes(self._launched_login(), asked)

    async def _variables(self, asked: RequestArguments) -> JsonObject:
        return await looking.variables(self._launched_login(), asked)

    async def _evaluate(self, asked: RequestArguments) -> JsonObject:
        debuggee = self._launched_login()
        result = await looking.evaluate(debuggee, asked)
        if debuggee.runs:
            self._after = self._tell_continued
        return result

    def _tell_continued(self) -> None:
        self._channel.tell("continued", {"threadId": THREAD, "allThreadsContinued": True})

    async def _set_variable(self, asked: RequestArguments) -> JsonObject:
        return await looking.set_variable(self._launched_login(), asked)

    async def _set_expression(self, asked: RequestArguments) -> JsonObject:
        return await looking.set_expression(self._launched_login(), asked)

    async def _completions(self, asked: RequestArguments) -> JsonObject:
        return await completions(self._launched_login(), asked, self._first_column)

    async def _exception_info(self, _asked: RequestArguments) -> JsonObject:
        return looking.exception_info(self._launched_login())

    async def _source(self, asked: RequestArguments) -> JsonObject:
        return self._launched_login().sources.content(asked)

    async def _loaded_sources(self, _asked: RequestArguments) -> JsonObject:
        return {"sources": list(self._launched_login().sources.loaded())}

    # --- Moving -----------------------------------------------------------------------------------

    async def _continue(self, _asked: RequestArguments) -> JsonObject:
        self._moves(lambda debuggee: moving.go_on(debuggee, "run"))
        return {"allThreadsContinued": True}

    async def _next(self, _asked: RequestArguments) -> JsonObject:
        return self._moves(lambda debuggee: moving.go_on(debuggee, "over"))

    async def _step_in(self, _asked: RequestArguments) -> JsonObject:
        return self._moves(lambda debuggee: moving.go_on(debuggee, "into"))

    async def _step_out(self, _asked: RequestArguments) -> JsonObject:
        return self._moves(lambda debuggee: moving.go_on(debuggee, "out"))

    async def _step_back(self, _asked: RequestArguments) -> JsonObject:
        return self._moves(moving.step_back)

    async def _reverse_continue(self, _asked: RequestArguments) -> JsonObject:
        return self._moves(moving.go_back)

    def _moves(self, move: Callable[[Debuggee], None]) -> JsonObject:
        """Move after the answer was sent, so that it comes before ``stopped``."""
        debuggee = self._launched_login()
        debuggee.stack()
        self._after = lambda: self._moved(debuggee, move)
        return {}

    def _moved(self, debuggee: Debuggee, move: Callable[[Debuggee], None]) -> None:
        try:
            move(debuggee)
        except RefusedError as refused:
            self._channel.output("important", str(refused))
            debuggee.tell_stop()

    async def _pause(self, _asked: RequestArguments) -> JsonObject:
        self._after = self._launched_login().pause_soon
        return {}

    def _launched_login(self) -> Debuggee:
        if self._debuggee is None:
            raise RefusedError("Nothing is launched yet.")
        return self._debuggee


def _number(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def _words(error: LoginwrightError) -> str:
    if isinstance(error, BadInputError):
        return "\n".join(str(problem) for problem in error.problems)
    return str(error)
