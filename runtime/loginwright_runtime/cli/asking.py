"""Asks people on the terminal: ``--mfa ask``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from loginwright_runtime.cli.reading import read_chunk

if TYPE_CHECKING:
    from loginwright_runtime.cli.screen import Screen
    from loginwright_runtime.simulation import MfaAnswer, MfaAnswers
    from loginwright_runtime.transaction.outcome import Suspended

_ANSWERS: dict[str, MfaAnswer] = {
    "pass": "pass",
    "p": "pass",
    "yes": "pass",
    "y": "pass",
    "fail": "fail",
    "f": "fail",
    "no": "fail",
    "n": "fail",
}
_CHUNK = 4096


def mfa_answers(option: str, screen: Screen) -> MfaAnswers:
    """Return how ``--mfa`` answers MFA that is owed after the last action.

    ``ask`` reads a line from standard input: ``pass`` or ``fail``. At its end there is no answer,
    and the login stays suspended.
    """
    match option:
        case "pass":
            return "pass"
        case "fail":
            return "fail"
        case _:
            lines = StandardInput()

            async def ask(_outcome: Suspended) -> MfaAnswer | None:
                return await _asked(screen, lines)

            return ask


async def _asked(screen: Screen, lines: StandardInput) -> MfaAnswer | None:
    while True:
        screen.note("The login still owes MFA. Does the user pass it? [pass/fail]")
        line = await lines.line()
        if line is None:
            return None
        answer = _ANSWERS.get(line.strip().lower())
        if answer is not None:
            return answer


class StandardInput:
    """Reads lines without stopping the event loop, so that Ctrl-C is heard meanwhile."""

    def __init__(self) -> None:
        self._waiting = b""
        self._ended = False

    async def line(self) -> str | None:
        """Return the next line, or None at the end."""
        while b"\n" not in self._waiting and not self._ended:
            chunk = await read_chunk(sys.stdin.fileno(), _CHUNK)
            self._waiting += chunk
            self._ended = not chunk
        if not self._waiting:
            return None
        line, _, self._waiting = self._waiting.partition(b"\n")
        return line.decode("utf-8", "replace")
