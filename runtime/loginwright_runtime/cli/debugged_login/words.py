"""Puts what a login did into short texts; a stranger's characters are made visible."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loginwright_runtime.cli.run_report import MOST_CHARACTERS, TOKEN, json_text, report
from loginwright_runtime.cli.screen import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from loginwright_runtime.cli.screen import Span
    from loginwright_runtime.debugging import Pause
    from loginwright_runtime.login.json_values import JsonValue
    from loginwright_runtime.simulation import Away
    from loginwright_runtime.tracing.record import CallMade
    from loginwright_runtime.transaction.outcome import Outcome

_NOT_IN_CODE = {
    "before_handler": "before {handler}",
    "after_handler": "after its handler",
    "before_leaving": "before it leaves",
    "before_write": "before the profile is written",
    "before_tokens": "before the tokens are issued",
}
_WAITS = {"challenge": "a challenge", "enrollment": "an enrolment", "form": "a form"}


def ending(outcome: Outcome, names: Mapping[str, str]) -> Iterator[list[Span]]:
    """Yield the lines that tell how a login ended; what it printed was shown when it did.

    Args:
        outcome: What came of it.
        names: Action id → what people call it.
    """
    return (line for line in report(outcome, names) if line[0][0].strip() != "console")


def short(text: str, most: int = MOST_CHARACTERS) -> str:
    """Return a text of at most so many characters, on one line."""
    text = shown(text[: most + 1])
    return text if len(text) <= most else f"{text[: most - 1]}…"


def plain(text: str) -> str:
    """Return a text that does nothing where it is shown, its lines kept (security.md 33)."""
    return "\n".join(shown(line.expandtabs(4)) for line in text.split("\n"))


def value_text(value: JsonValue, most: int = MOST_CHARACTERS) -> str:
    """Return a value as JSON, in short; tokens in it are shortened."""
    return short(TOKEN.sub(lambda token: f"{token.group()[:8]}…", json_text(value)), most)


def call_text(call: CallMade) -> str:
    """Return an api call as its action made it."""
    arguments = ", ".join(value_text(argument) for argument in call.args)
    answer = f" = {value_text(call.result)}" if call.read and call.threw is None else ""
    threw = f" threw {short(call.threw.message)}" if call.threw is not None else ""
    return f"{call.method}({arguments}){answer}{threw}"


def stop_text(pause: Pause, name: str | None) -> str:
    """Return where a login stands, and why.

    Args:
        pause: The stop.
        name: What people call its action.
    """
    where = f"{shown(name)}: " if name else ""
    outside = _NOT_IN_CODE.get(pause.kind)
    if outside is not None:
        return f"{where}{outside.format(handler=pause.handler)}"
    place = f"line {pause.line}" if pause.line is not None else "an unknown line"
    match pause.kind:
        case "call":
            return f"{where}{place}, {pause.method} has been called"
        case "exception":
            thrown = short(pause.exception.text) if pause.exception is not None else "something"
            return f"{where}{place} throws {thrown}{fate_text(pause)}"
        case "pause":
            return f"{where}{place}, interrupted"
        case _:
            return f"{where}{place}"


def whereabouts(away: Away) -> str:
    """Return where a login is away."""
    waits = away.suspension
    return (
        f"at {shown(away.site)}" if waits.kind == "redirect" else f"waits for {_WAITS[waits.kind]}"
    )


def fate_text(pause: Pause) -> str:
    """Return what becomes of what was thrown, as the end of a sentence."""
    if pause.caught is None:
        return ", perhaps caught"
    return ", caught" if pause.caught else ", not caught"
