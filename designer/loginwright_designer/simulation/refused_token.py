"""Says in one sentence or two why a reply token was refused, where the cause is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loginwright_designer.simulation.desk import Desk
    from loginwright_runtime.tracing.record import TokenCheck

translate = QCoreApplication.translate


def cause_of_refusal(token: str | None, checks: Sequence[TokenCheck], desk: Desk) -> str | None:
    """Return the cause of a refusal in words; None where nothing was refused.

    Args:
        token: As it came back, or None.
        checks: The rows of ``validateToken``, in order.
        desk: The login.
    """
    failed = next((row.check for row in checks if not row.passed), None)
    if failed is None:
        return None
    echoed = next((one.token for one in desk.sent.parameters if token and one.value == token), None)
    if echoed is not None and echoed.claim("state") is None:
        return translate(
            "Simulation",
            "This is the token that was sent out. It has no `state`. "
            "The site has to sign a new one.",
        )
    return _cause(failed).format(parameter=desk.parameter)


def _cause(check: str) -> str:
    return {
        "found": translate(
            "Simulation", "No token came in {parameter}. The site has to send it there."
        ),
        "signature": translate(
            "Simulation", "The token was signed with another secret, or altered afterwards."
        ),
        "state": translate(
            "Simulation", "The token is for another login: its `state` is not this one's."
        ),
        "claims": translate(
            "Simulation",
            "The token lacks claims that every reply has to carry: sub, iss, exp and iat.",
        ),
        "type": translate("Simulation", 'The header of the token has no `typ` of "JWT".'),
        "sub": translate("Simulation", "The token is about another user."),
        "time": translate(
            "Simulation", "The token had expired when it came. The site has to sign a new one."
        ),
    }[check]
