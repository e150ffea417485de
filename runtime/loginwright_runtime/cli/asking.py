"""Asks people on the terminal: ``--mfa ask``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

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

            async def ask(_outcome: Suspended) -> MfaAnswer | None:
                return _asked(screen)

            return ask


def _asked(screen: Screen) -> MfaAnswer | None:
    while True:
        screen.note("The login still owes MFA. Does the user pass it? [pass/fail]")
        line = sys.stdin.readline()
        if not line:
            return None
        answer = _ANSWERS.get(line.strip().lower())
        if answer is not None:
            return answer
