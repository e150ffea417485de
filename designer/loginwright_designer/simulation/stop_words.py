"""Says in words where a login stands still, who is to answer it, and where it failed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QCoreApplication

from loginwright_designer.simulation import states
from loginwright_designer.simulation.factor_words import factor_words
from loginwright_runtime.tracing.record import CameBack, Left
from loginwright_runtime.transaction.outcome import Denied, Failed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loginwright_designer.simulation.steps import Steps
    from loginwright_runtime.debugging import Pause
    from loginwright_runtime.simulation import LoginOutcome
    from loginwright_runtime.tracing import RunRecord

translate = QCoreApplication.translate


def answered_by(kind: Literal["challenge", "enrollment", "form"]) -> str:
    """Return who answers where no site does, as it follows "Away at"."""
    return {
        "challenge": translate("States", "the second factor"),
        "enrollment": translate("States", "the enrolment"),
        "form": translate("States", "the form"),
    }[kind]


def place_of(pause: Pause, names: Mapping[str, str], sources: Mapping[str, str]) -> str:
    """Return where a login stands still, as it follows "Paused".

    Args:
        pause: The stop.
        names: What people call each action, by id.
        sources: The file of each action's code, by id; a line of another is said with its file.
    """
    name = names.get(pause.action_id or "", pause.action_id or translate("States", "the action"))
    match pause.kind:
        case "before_handler":
            return translate("States", "before {handler}").format(handler=pause.handler)
        case "call":
            return _line_of(pause, sources) if pause.line else _after(pause.method or "")
        case "after_handler":
            return _after(name)
        case "before_leaving":
            return translate("States", "before the login leaves")
        case "before_write":
            return translate("States", "before the profile is written")
        case "before_tokens":
            return translate("States", "before the tokens are issued")
        case "line" | "exception" | "pause":
            return _line_of(pause, sources)


def _line_of(pause: Pause, sources: Mapping[str, str]) -> str:
    """Return "at line 34"; of a file that is not the action's own, "at line 3 of lib/words.js"."""
    if pause.file is None or pause.file == sources.get(pause.action_id or "", pause.file):
        return translate("States", "at line {line}").format(line=pause.line)
    text = translate("States", "at line {line} of {file}")
    return text.format(line=pause.line, file=pause.file)


def _after(what: str) -> str:
    return translate("States", "after {what}").format(what=what)


def came_back_words(record: RunRecord | None, *, over: bool = False) -> str:
    """Return how a login came back the last time: "Came back by POST".

    Args:
        record: What happened.
        over: Nothing moves it on any more; one that has not come back was ended while it was away.
    """
    entries = () if record is None else record.entries
    turns = (one for one in reversed(entries) if isinstance(one, CameBack | Left))
    back = next(turns, None)
    if over and isinstance(back, Left):
        return translate("Simulation", "It was ended before an answer came.")
    if not isinstance(back, CameBack):
        return translate("Simulation", "The login has gone on.")
    method = back.detail.get("method")
    if isinstance(method, str):
        return translate("Simulation", "Came back by {method}.").format(method=method)
    return _answer_words(back)


def _answer_words(back: CameBack) -> str:
    """Return what somebody answered where no site does: "Security key: passed."."""
    factor, passed = back.detail.get("factor"), back.detail.get("passed") is True
    if back.kind == "form" or not isinstance(factor, str):
        return translate("Simulation", "The form was sent.")
    if back.kind == "enrollment":
        enrolled = translate("Simulation", "{factor}: enrolled.")
        words = enrolled if passed else translate("Simulation", "{factor}: not enrolled.")
    else:
        right = translate("Simulation", "{factor}: passed.")
        words = right if passed else translate("Simulation", "{factor}: failed.")
    return words.format(factor=factor_words(factor))


def failure_place(outcome: Failed, names: Mapping[str, str]) -> str:
    """Return where a login failed, as it follows "Failed"; empty where nobody knows."""
    error = outcome.error
    if error is None or error.action is None:
        return ""
    if error.line is not None:
        return translate("States", "at line {line}").format(line=error.line)
    name = names.get(error.action, error.action)
    return translate("States", "in {action}").format(action=name)


def ended_state(
    outcome: LoginOutcome | None,
    error: BaseException | None,
    strip: Steps,
    names: Mapping[str, str],
) -> states.Finished | states.Failed:
    """Return the state of a login that is over.

    Args:
        outcome: What came of it; None where it was stopped or could not run.
        error: Why it could not run, or None.
        strip: Its steps.
        names: What people call each action, by id.
    """
    counts = (strip.legs, strip.total)
    match outcome:
        case None if error is None:
            return states.Failed("", *counts, stopped=True)
        case None:
            return states.Failed(translate("States", "because it could not run"), *counts)
        case Failed():
            return states.Failed(failure_place(outcome, names), *counts)
        case Denied():
            return states.Finished("denied", *counts)
        case _:
            return states.Finished("allowed", *counts)
