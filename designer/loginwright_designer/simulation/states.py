"""What a simulated login is doing, and which commands that allows (desktop.md, "States")."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Literal, TypeAlias, assert_never

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate

Command: TypeAlias = Literal["over", "into", "out", "stop"]
LoginEnding: TypeAlias = Literal["allowed", "denied"]
AwayKind: TypeAlias = Literal["redirect", "challenge", "enrollment", "form"]


class PrimaryCommand(StrEnum):
    """What the one primary button does."""

    RUN = "run"
    PAUSE = "pause"
    CONTINUE = "continue"
    SEND = "send"
    RUN_AGAIN = "run_again"
    BACK_TO_NOW = "back_to_now"


@dataclass(frozen=True, slots=True)
class Idle:
    """No login has begun."""


@dataclass(frozen=True, slots=True)
class Running:
    """Code or the engine is at work.

    Attributes:
        action: Name of the action whose handler runs, or None outside any.
        long: It has been running for 300 ms or more.
        pausing: Somebody asked for a pause; it comes as soon as code of the flow runs.
    """

    action: str | None = None
    long: bool = False
    pausing: bool = False


@dataclass(frozen=True, slots=True)
class Paused:
    """The debugger has stopped the code.

    Attributes:
        action: Name of the action concerned, or None outside any.
        place: Where, as it follows "Paused": "at line 16", "before onContinuePostLogin".
        action_id: Its id.
        handler: Its handler.
        line: Where known.
        file: Of the line: the action's own or one that it uses; None where no code stands still.
    """

    action: str | None
    place: str
    action_id: str | None = None
    handler: str | None = None
    line: int | None = None
    file: str | None = None


@dataclass(frozen=True, slots=True)
class Away:
    """The login is saved and waits for an answer; no code is loaded.

    Attributes:
        host: The site's host, or who is to answer: "the second factor".
        seconds: How long it has been away; None while the login's clock is fixed.
        kind: What it waits for.
    """

    host: str
    seconds: int | None = None
    kind: AwayKind = "redirect"


@dataclass(frozen=True, slots=True)
class Finished:
    """The login is over, as its actions wanted it.

    Attributes:
        status: How it ended.
        legs: Stretches between suspensions.
        steps: Recorded steps.
    """

    status: LoginEnding
    legs: int = 1
    steps: int = 0


@dataclass(frozen=True, slots=True)
class Failed:
    """The login is over because something broke, or because somebody stopped it.

    Attributes:
        place: Where, as it follows "Failed": "at line 12"; empty where unknown.
        legs: As in ``Finished``.
        steps: As in ``Finished``.
        stopped: Somebody stopped it; nothing broke.
    """

    place: str = ""
    legs: int = 1
    steps: int = 0
    stopped: bool = False


NowState: TypeAlias = Idle | Running | Paused | Away | Finished | Failed


@dataclass(frozen=True, slots=True)
class Past:
    """A recorded step is looked at; nothing runs.

    Attributes:
        now: What the login is doing meanwhile; it waits or is over.
        step: Which step, from 1.
        steps: How many there are.
    """

    now: NowState
    step: int
    steps: int


LoginState: TypeAlias = NowState | Past


@dataclass(frozen=True, slots=True)
class PrimaryButton:
    """The one primary button.

    Attributes:
        command: What it does.
        label: What stands on it.
        shortcut: The key that stands beside the label, as ``QKeySequence`` reads it.
        reason: Why it is disabled, in words; empty while it is legal.
    """

    command: PrimaryCommand
    label: str
    shortcut: str
    reason: str = ""

    @property
    def enabled(self) -> bool:
        """Whether it can be pressed."""
        return not self.reason


@dataclass(frozen=True, slots=True)
class CommandState:
    """One of the buttons beside the primary one.

    Attributes:
        command: Which one.
        reason: Why it is disabled, in words; empty while it is legal.
    """

    command: Command
    reason: str = ""

    @property
    def enabled(self) -> bool:
        """Whether it can be pressed."""
        return not self.reason


@dataclass(frozen=True, slots=True)
class Controls:
    """All that the top bar, the status bar and the title show of a state.

    Attributes:
        primary: The one primary button.
        over: To the next stop on this level.
        into: One level down.
        out: One level up.
        stop: Ends the login.
        status: The state in words, for the status bar.
        title_marker: What stands before the flow's name in the title: "● Away"; else empty.
        title_suffix: What stands behind it: "(past)"; else empty.
        steps_return_to_now: A press of a stepping key only leads back to now (desktop.md).
    """

    primary: PrimaryButton
    over: CommandState
    into: CommandState
    out: CommandState
    stop: CommandState
    status: str
    title_marker: str = ""
    title_suffix: str = ""
    steps_return_to_now: bool = False

    @property
    def commands(self) -> tuple[CommandState, ...]:
        """The four buttons beside the primary one, in their order."""
        return self.over, self.into, self.out, self.stop

    def title(self, flow_name: str) -> str:
        """Return the window's title: "● Away, Customer login (past)"."""
        named = f"{self.title_marker}, {flow_name}" if self.title_marker else flow_name
        return f"{named} {self.title_suffix}".rstrip()


_NOTHING_RUNS = "No login is running."
_NOT_OUT = "The login has not begun: there is no level to leave."
_RUNNING = "The code is running: pause it first."
_WAITS = "Waiting for the browser: only an answer moves the login on."
_OVER = "The login is over."
_JUST_BEGUN = "The code has only just begun to run."
_PAUSING = "The login stops as soon as code of the flow runs."


def controls(state: LoginState) -> Controls:
    """Return which commands a state allows, and what it is called (desktop.md's table).

    Args:
        state: What the login is doing.
    """
    match state:
        case Past():
            return _past(state)
        case Idle():
            return _controls(
                _button(PrimaryCommand.RUN, "Run", "F5"),
                state,
                ("", "", _NOT_OUT, _NOTHING_RUNS),
            )
        case Running():
            return _controls(_pause(state), state, (_RUNNING, _RUNNING, _RUNNING, ""))
        case Paused():
            return _controls(
                _button(PrimaryCommand.CONTINUE, "Continue", "F5"), state, ("", "", "", "")
            )
        case Away():
            return _controls(
                _button(PrimaryCommand.SEND, "Send", "Ctrl+Enter"),
                state,
                (_WAITS, _WAITS, _WAITS, ""),
            )
        case Finished() | Failed():
            return _controls(
                _button(PrimaryCommand.RUN_AGAIN, "Run again", "F5"),
                state,
                (_OVER, _OVER, _OVER, _OVER),
            )
        case _:
            assert_never(state)


def status_text(state: LoginState) -> str:
    """Return a state in words, as the status bar says it.

    Args:
        state: What the login is doing.
    """
    match state:
        case Idle():
            return translate("States", "Ready")
        case Running(action):
            text = translate("States", "Running {action}…")
            return text.format(action=action) if action else translate("States", "Running…")
        case Paused():
            return translate("States", "Paused {place}").format(place=state.place)
        case Away(host, seconds):
            away = translate("States", "Away at {host}").format(host=host)
            return away if seconds is None else f"{away}, {minutes(seconds)}"
        case Finished():
            return f"{_ending(state)}, {_amount(state)}"
        case Failed(stopped=True):
            return f"{_stopped()}, {_amount(state)}"
        case Failed():
            text = translate("States", "Failed {place}").format(place=state.place)
            return f"{text.rstrip()}, {_amount(state)}"
        case Past():
            text = translate("States", "Past: step {step} of {steps}")
            return text.format(step=state.step, steps=state.steps)
        case _:
            assert_never(state)


def counted(state: LoginState, seconds: float) -> LoginState:
    """Return a state with the seconds it has been away by now, where they are counted at all."""
    if isinstance(state, Away) and state.seconds is not None:
        return replace(state, seconds=max(math.floor(seconds), 0))
    return state


def minutes(seconds: int) -> str:
    """Return a duration as a clock shows it: ``0:42``, ``59:18``, ``1:00:05``."""
    whole = max(seconds, 0)
    hours, rest = divmod(whole, 3600)
    text = f"{rest // 60}:{rest % 60:02}"
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else text


def _button(command: PrimaryCommand, label: str, shortcut: str, reason: str = "") -> PrimaryButton:
    said = translate("States", reason) if reason else ""
    return PrimaryButton(command, translate("States", label), shortcut, said)


def _pause(state: Running) -> PrimaryButton:
    reason = _PAUSING if state.pausing else "" if state.long else _JUST_BEGUN
    return _button(PrimaryCommand.PAUSE, "Pause", "F5", reason)


def _controls(
    primary: PrimaryButton, state: NowState, reasons: tuple[str, str, str, str]
) -> Controls:
    over, into, out, stop = (translate("States", why) if why else "" for why in reasons)
    return Controls(
        primary,
        CommandState("over", over),
        CommandState("into", into),
        CommandState("out", out),
        CommandState("stop", stop),
        status_text(state),
        _marker(state),
    )


def _past(state: Past) -> Controls:
    """In the past the first press of any stepping key only returns to now."""
    now = controls(state.now)
    return Controls(
        _button(PrimaryCommand.BACK_TO_NOW, "Back to now", "Esc"),
        CommandState("over"),
        CommandState("into"),
        CommandState("out"),
        now.stop,
        status_text(state),
        now.title_marker,
        translate("States", "(past)"),
        steps_return_to_now=True,
    )


def _marker(state: NowState) -> str:
    match state:
        case Idle():
            return ""
        case Running():
            return translate("States", "● Running")
        case Paused():
            return translate("States", "● Paused")
        case Away():
            return translate("States", "● Away")
        case Finished():
            return _ending(state)
        case Failed(stopped=True):
            return _stopped()
        case Failed():
            return translate("States", "Failed")
        case _:
            assert_never(state)


def _ending(state: Finished) -> str:
    if state.status == "allowed":
        return translate("States", "Allowed")
    return translate("States", "Denied")


def _stopped() -> str:
    return translate("States", "Stopped")


def _amount(state: Finished | Failed) -> str:
    if isinstance(state, Failed) and state.steps == 0:
        return translate("States", "before its first step")
    legs, steps = translate("States", "{n} legs"), translate("States", "{n} steps")
    one_leg, one_step = translate("States", "1 leg"), translate("States", "1 step")
    said_legs = one_leg if state.legs == 1 else legs.format(n=state.legs)
    said_steps = one_step if state.steps == 1 else steps.format(n=state.steps)
    return f"{said_legs}, {said_steps}"
