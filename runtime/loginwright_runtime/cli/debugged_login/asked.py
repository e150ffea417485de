"""What a login has asked for so far, and the claims that its tokens carry."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from loginwright_runtime.cli.debugged_login.words import call_text, value_text
from loginwright_runtime.tracing.record import (
    CallMade,
    HandlerBegan,
    HandlerEnded,
    ProfileWritten,
    RunRecord,
    TokensIssued,
    WarningRaised,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loginwright_runtime.login.json_values import JsonObject

_CLAIM_METHODS = {
    "idToken.setCustomClaim": "ID token",
    "accessToken.setCustomClaim": "access token",
}


@dataclass(frozen=True, slots=True)
class AskedFor:
    """Something that an action asked for.

    Attributes:
        call: The call, as text.
        action: Id of the action.
        line: Where in its code, where known.
        lost: Its handler broke off, so that nothing comes of it (architecture.md, rule 6).
        warnings: What was odd about it.
    """

    call: str = field(repr=False)
    action: str
    line: int | None
    lost: bool = False
    warnings: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """Action and line, in words."""
        return self.action if self.line is None else f"{self.action}:{self.line}"


def asked_for(record: RunRecord) -> tuple[AskedFor, ...]:
    """Return every call that asked for something; what a debugger called is none of them."""
    rows: list[AskedFor] = []
    handler_from = 0
    for entry in record.entries:
        match entry:
            case HandlerBegan():
                handler_from = len(rows)
            case CallMade(evaluated=False, read=False, threw=None):
                rows.append(AskedFor(call_text(entry), entry.action, entry.line))
            case WarningRaised() if rows and (rows[-1].action, rows[-1].line) == (
                entry.action,
                entry.line,
            ):
                last = rows[-1]
                warnings = (*last.warnings, entry.message)
                rows[-1] = AskedFor(last.call, last.action, last.line, warnings=warnings)
            case HandlerEnded() if entry.how != "returned":
                rows[handler_from:] = [
                    AskedFor(row.call, row.action, row.line, True, row.warnings)
                    for row in rows[handler_from:]
                ]
            case _:
                pass
    return tuple(rows)


def profile_written(record: RunRecord) -> Iterator[str]:
    """Yield the keys that were written to the profile."""
    for entry in record.entries:
        if isinstance(entry, ProfileWritten):
            for kind, keys in (
                ("user_metadata", entry.user_metadata),
                ("app_metadata", entry.app_metadata),
            ):
                for key, value in keys.items():
                    yield f"{kind}.{key}  {value_text(value)}"


def token_rows(record: RunRecord) -> tuple[bool, list[tuple[str, str, str]]]:
    """Return whether tokens were issued, and rows of token, claim and value.

    Before they are, the rows are the custom claims that were asked for.
    """
    issued = next((one for one in record.entries if isinstance(one, TokensIssued)), None)
    if issued is not None:
        rows = [
            *_claims("ID token", issued.id_token),
            *_claims("access token", issued.access_token),
        ]
        return True, rows
    asked: dict[tuple[str, str], str] = {}
    for entry in record.entries:
        match entry:
            case CallMade(evaluated=False, threw=None, args=[name, value, *_]) if (
                entry.method in _CLAIM_METHODS
            ):
                asked[_CLAIM_METHODS[entry.method], str(name)] = value_text(value)
            case _:
                pass
    return False, [(token, name, value) for (token, name), value in asked.items()]


def _claims(token: str, claims: JsonObject | None) -> list[tuple[str, str, str]]:
    return [(token, name, value_text(value)) for name, value in (claims or {}).items()]
