"""The tokens of a login: their claims, who set each, and what was left out and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from loginwright_designer.simulation.changes import AskedChanges
from loginwright_runtime.login.json_values import JsonObject, JsonValue
from loginwright_runtime.tracing.record import RunRecord, TokensIssued, WarningRaised
from loginwright_runtime.transaction.effects import ClaimSet

_LEFT_OUT = frozenset({"claim-restricted", "claim-namespace", "claim-not-uri", "claim-overridden"})


@dataclass(frozen=True, slots=True)
class TokenClaim:
    """A claim of a token.

    Attributes:
        name: Its name.
        value: Its value.
        action: Id of the action that set it; None: the engine did.
        line: Where in its code, where known.
        seq: Of the call that set it, or None.
    """

    name: str
    value: JsonValue = field(repr=False)
    action: str | None = None
    line: int | None = None
    seq: int | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A claim that an action asked for and no token carries.

    Attributes:
        code: The warning's stable code.
        message: Why, one sentence or two.
        action: Id of the action that asked, where known.
        line: Where in its code, where known.
        seq: Of the warning.
    """

    code: str
    message: str
    action: str | None
    line: int | None
    seq: int


@dataclass(frozen=True, slots=True)
class IssuedTokens:
    """Both tokens as the application receives them, before signing.

    Attributes:
        issued: Whether the login got that far.
        id_token: None where the login asked for none, or none was issued.
        access_token: Empty where none was issued.
        left_out: In the order of the warnings.
    """

    issued: bool = False
    id_token: tuple[TokenClaim, ...] | None = None
    access_token: tuple[TokenClaim, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


def tokens(
    record: RunRecord, position: int | None = None, asked: AskedChanges | None = None
) -> IssuedTokens:
    """Return the tokens of a login.

    Args:
        record: The login so far.
        position: ``seq`` of the last entry that counts; None takes all.
        asked: The record's changes, where they are folded already.
    """
    entries = [one for one in record.entries if position is None or one.seq <= position]
    left_out = tuple(
        LeftOut(one.code, one.message, one.action, one.line, one.seq)
        for one in entries
        if isinstance(one, WarningRaised) and one.code in _LEFT_OUT
    )
    issued = next((one for one in entries if isinstance(one, TokensIssued)), None)
    if issued is None:
        return IssuedTokens(left_out=left_out)
    makers = _makers(asked or AskedChanges.of(record))
    return IssuedTokens(
        True,
        None if issued.id_token is None else _claims("id_token", issued.id_token, makers),
        _claims("access_token", issued.access_token, makers),
        left_out,
    )


def _makers(asked: AskedChanges) -> dict[tuple[str, str], TokenClaim]:
    """Return the last call for each claim whose handler did not break off."""
    makers: dict[tuple[str, str], TokenClaim] = {}
    for row in asked.rows:
        match row.effect:
            case ClaimSet(token, name, value) if not row.lost:
                makers[token, name] = TokenClaim(name, value, row.action, row.line, row.seq)
            case _:
                pass
    return makers


def _claims(
    token: Literal["id_token", "access_token"],
    payload: JsonObject,
    makers: dict[tuple[str, str], TokenClaim],
) -> tuple[TokenClaim, ...]:
    """Return the claims, those of actions first; a value the engine replaced is the engine's."""
    claims = []
    for name, value in payload.items():
        made = makers.get((token, name))
        claims.append(made if made is not None and made.value == value else TokenClaim(name, value))
    return tuple(sorted(claims, key=lambda claim: claim.action is None))
