"""The login that a client debugs: launched, stopped, moved, looked at, ended."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import orjson

from loginwright_runtime.cli.debug_adapter.code_sources import CodeSources
from loginwright_runtime.cli.debug_adapter.held_values import HeldValues
from loginwright_runtime.cli.debug_adapter.stops import (
    MOST_OF_A_NOTE,
    ShownFrame,
    frames_of,
    stop_of,
)
from loginwright_runtime.cli.debugged_login.answers import HOW
from loginwright_runtime.cli.debugged_login.errors import RefusedError
from loginwright_runtime.cli.debugged_login.happenings import (
    AnswerRefused,
    Ended,
    Happening,
    Paused,
    PrintedLine,
    WentAway,
)
from loginwright_runtime.cli.debugged_login.login import DebuggedLogin, LoginInputs
from loginwright_runtime.cli.debugged_login.view import LoginView
from loginwright_runtime.cli.debugged_login.words import ending, short
from loginwright_runtime.cli.exit_status import OK, status_of
from loginwright_runtime.errors import LoginwrightError, SecretError

if TYPE_CHECKING:
    from collections.abc import Callable

    from loginwright_runtime.cli.debug_adapter.channel import Channel
    from loginwright_runtime.cli.debug_adapter.client_breakpoints import ClientBreakpoints
    from loginwright_runtime.cli.debugged_login.stepper import Move
    from loginwright_runtime.debugging import Breakpoint
    from loginwright_runtime.extension_points import ActionHost
    from loginwright_runtime.login.json_values import JsonObject
    from loginwright_runtime.simulation import AnyReply

_END_SECONDS = 10.0
_UNUSABLE = 2
_WHERE_SECRETS_STAND = (
    'In an editor it stands under "secrets" of the launch; a variable that is not set where the'
    " editor was started gives no value."
)
_LOUD = frozenset({"error", "warn", "stderr", "assert", "trace"})


class Debuggee(LoginView):
    """One launched login, and each one that a restart begins.

    Args:
        inputs: What runs.
        given: Where the flow is, as the client named it.
        host: Runs the actions.
        channel: To the client.
        points: The client's breakpoints.
        debugs: False: nothing stops it ("Run Without Debugging").
    """

    def __init__(
        self,
        inputs: LoginInputs,
        given: str,
        host: ActionHost,
        channel: Channel,
        points: ClientBreakpoints,
        *,
        debugs: bool = True,
    ) -> None:
        super().__init__(inputs)
        self.sources = CodeSources(inputs.flow, given)
        self.held = HeldValues()
        self.points = points
        self.frames: list[ShownFrame] = []
        self.first_frame = 0
        self.runs = False
        self._given = given
        self._host = host
        self._channel = channel
        self._debugs = debugs
        self._last = "step"
        self._login: DebuggedLogin | None = None
        self._task: asyncio.Task[None] | None = None

    # --- Moving -----------------------------------------------------------------------------------

    def begin(self, move: Move) -> None:
        """Begin the login."""
        self._last = "entry" if move.how == "entry" else "step"
        self._login = DebuggedLogin(self.inputs, self._host, self, self._points, move)
        self.runs = True
        self._task = asyncio.get_running_loop().create_task(self._login.to_the_end())

    async def restart(self, inputs: LoginInputs, move: Move) -> None:
        """Give the login up and begin another one."""
        await self.end()
        self.inputs = inputs
        self.sources = CodeSources(inputs.flow, self._given)
        self._left()
        self.begin(move)

    async def end(self) -> None:
        """End the login, whatever it is doing; no word of its end is said."""
        task, login = self._task, self._login
        self._task = self._login = None
        if task is None or login is None or task.done():
            return
        login.stepper.end()
        if isinstance(self.stand, WentAway):
            task.cancel()
        _done, running = await asyncio.wait([task], timeout=_END_SECONDS)
        for one in running:
            one.cancel()
            await asyncio.wait([one])

    def terminate(self) -> None:
        """End the login; its end is said."""
        login, task = self._login, self._task
        if login is None or task is None:
            return
        if isinstance(self.stand, WentAway) and not self.runs:
            task.cancel()
            self.happened(Ended())
        else:
            login.stepper.end()

    def move(self, move: Move) -> None:
        """Go on; from away with the scenario's answer.

        Raises:
            RefusedError: It does not stand still.
        """
        login = self._standing()
        if isinstance(self.stand, WentAway):
            self.answer(None, move)
            return
        if self.edited_event is not None:
            move = replace(move, event=orjson.dumps(self.edited_event))
        self._left()
        login.stepper.go_on(move)

    def answer(self, reply: AnyReply | None, move: Move) -> None:
        """Answer a suspension."""
        login = self._standing()
        self._left()
        login.answer(reply, move)

    def pause_soon(self) -> None:
        """Stop wherever it is."""
        if self._login is not None and self.runs:
            self._last = "pause"
            self._login.stepper.pause_soon()

    def breakpoints_changed(self) -> None:
        """Let the client's breakpoints hold at once."""
        if self._login is not None:
            self._login.stepper.breakpoints_changed()

    def look_at(self, index: int | None) -> None:
        """Look at a recorded step; None is now. Nothing runs."""
        self._standing()
        self.past = index
        self.held.forget()
        self.frames = []
        self.tell_stop()

    # --- Looking ----------------------------------------------------------------------------------

    @property
    def login(self) -> DebuggedLogin:
        """The login under way.

        Raises:
            RefusedError: There is none.
        """
        if self._login is None:
            raise RefusedError("No login is under way.")
        return self._login

    def stack(self) -> list[ShownFrame]:
        """Return the call stack; its frames are numbered from ``first_frame``.

        Raises:
            RefusedError: The login does not stand still.
        """
        self._standing()
        if not self.frames:
            self.frames = frames_of(self)
            self.first_frame += 1000
        return self.frames

    def frame(self, number: int) -> ShownFrame:
        """Return a frame by the client's number.

        Raises:
            RefusedError: It is gone.
        """
        index = number - self.first_frame
        if self.runs or not 0 <= index < len(self.frames):
            raise RefusedError("The login has gone on since.")
        return self.frames[index]

    def _standing(self) -> DebuggedLogin:
        login = self.login
        if self.runs or isinstance(self.stand, Ended):
            raise RefusedError("The login runs." if self.runs else "The login is over.")
        return login

    # --- From the login ---------------------------------------------------------------------------

    def happened(self, what: Happening) -> None:
        """Tell the client that the login stands still, or is over."""
        if self._login is None:
            return
        match what:
            case AnswerRefused():
                self.runs = False
                self._channel.output("important", f"Refused: {what.reason}")
                self.tell_stop()
            case Ended():
                self.runs = False
                self.stands(what)
                self._tell_end(what)
            case _:
                self.runs = False
                self.stands(what)
                if isinstance(what, Paused) and what.pause.note is not None:
                    self._channel.output("console", short(what.pause.note, MOST_OF_A_NOTE))
                self.tell_stop()
                if isinstance(what, WentAway):
                    self._tell_away(what)

    def printed(self, line: PrintedLine) -> None:
        """Show a printed line in the debug console."""
        place: JsonObject = {"source": self.sources.source(line.file)}
        if line.line is not None:
            place["line"] = line.line
        category = "stderr" if line.level in _LOUD else "stdout"
        self._channel.output(category, line.text, place)

    def tell_stop(self) -> None:
        """Say where the login stands."""
        self._channel.tell("stopped", stop_of(self, self.points, self._last))
        if isinstance(self.stand, Paused):
            self._last = "step"

    def _tell_away(self, stand: WentAway) -> None:
        how = HOW[stand.away.suspension.kind]
        own = "Continue gives the scenario's answer. " if self.login.next_reply() else ""
        self._channel.output("console", f"The login is away. {own}Type here: {how}.")

    def tell_failure(self, reason: str) -> None:
        """Say why there is no login, and that this is the end."""
        self.runs = False
        self._channel.output("important", reason)
        self._tell_over(_UNUSABLE)

    def _tell_end(self, ended: Ended) -> None:
        if ended.outcome is not None:
            names = {action.id: action.name for action in self.inputs.flow.actions}
            lines = ("".join(text for text, _ in line) for line in ending(ended.outcome, names))
            self._channel.output("console", "\n".join(lines))
            self._tell_over(status_of(ended.outcome))
        elif ended.error is not None:
            self.tell_failure(_reason(ended.error))
        else:
            self._tell_over(OK)

    def _tell_over(self, status: int) -> None:
        self._channel.tell("exited", {"exitCode": status})
        self._channel.tell("terminated")

    def _left(self) -> None:
        """The login goes on: nothing that was shown can be asked for any more."""
        self.past, self.runs, self.frames = None, True, []
        self.held.forget()

    @property
    def _points(self) -> Callable[[], tuple[Breakpoint, ...]]:
        return self.points.points if self._debugs else tuple


def _reason(error: Exception) -> str:
    if not isinstance(error, LoginwrightError):
        return f"Loginwright met an error of its own: {type(error).__name__}."
    return f"{error} {_WHERE_SECRETS_STAND}" if isinstance(error, SecretError) else str(error)
