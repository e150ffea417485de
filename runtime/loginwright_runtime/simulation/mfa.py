"""How the simulated browser answers MFA that is owed after the last action (security.md 1)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Literal, TypeAlias

from loginwright_runtime.login.requests import ChallengeResult
from loginwright_runtime.transaction.outcome import Suspended

MfaAnswer: TypeAlias = Literal["pass", "fail"]
AskMfa: TypeAlias = Callable[[Suspended], Awaitable[MfaAnswer | None]]
MfaAnswers: TypeAlias = MfaAnswer | AskMfa | None
"""Always so, by asking, or not at all."""

_ANY_FACTOR = "otp"


def is_owed_mfa(outcome: Suspended) -> bool:
    """Tell whether a login waits for the MFA that is owed after its last action."""
    waits = outcome.suspension
    return waits is not None and waits.kind == "challenge" and waits.action is None


async def mfa_answer(
    outcome: Suspended, mfa: MfaAnswers, available: tuple[str, ...] | None = None
) -> ChallengeResult | None:
    """Return the simulated browser's answer to MFA owed at the end (security.md 1).

    Args:
        outcome: Where the login waits.
        mfa: How it is answered.
        available: Factors the user could pass.

    Returns:
        The answer, or None when there is to be none.
    """
    answer = await mfa(outcome) if callable(mfa) else mfa
    if answer is None or outcome.suspension is None:
        return None
    factor = next(iter((*outcome.suspension.factors, *(available or ()), _ANY_FACTOR)))
    return ChallengeResult(outcome.state, factor, answer == "pass", by="simulated")
