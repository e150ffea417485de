"""A suspended login as bytes, and back: what is sealed and kept (security.md 10)."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Literal

import orjson
from pydantic import TypeAdapter, ValidationError

from loginwright_runtime.errors import TraceError
from loginwright_runtime.login.requests import BindBrowser, HttpRequest, LoginRequest, NoBrowser
from loginwright_runtime.tracing.packing import pack, unpack
from loginwright_runtime.tracing.record import RunRecord
from loginwright_runtime.transaction.state import LoginTransaction

SAVED_FORMAT = 1


@dataclass(frozen=True, slots=True)
class SavedLogin:
    """Everything needed to go on.

    Attributes:
        kind: What it waits for.
        action: Who asked; None for MFA owed at the end.
        factors: Factors that may answer; empty: any.
        request: The login as it began.
        http: The request of the leg that left.
        leg: Number of that leg.
        expires_at: When the suspension ends by the login's own clock, epoch seconds.
        browser_digest: Of the browser that left, or None.
    """

    kind: Literal["redirect", "challenge", "enrollment", "form"]
    action: str | None
    factors: tuple[str, ...]
    request: LoginRequest
    http: HttpRequest
    leg: int
    expires_at: float
    browser_digest: str | None
    tx: LoginTransaction
    record: RunRecord = field(repr=False)


@cache
def _transactions() -> TypeAdapter[LoginTransaction]:
    return TypeAdapter(LoginTransaction)


def to_bytes(saved: SavedLogin) -> bytes:
    """Return a login to be sealed; secrets in its record are masked already."""
    return orjson.dumps(
        {
            "format": SAVED_FORMAT,
            "kind": saved.kind,
            "action": saved.action,
            "factors": saved.factors,
            "bound": isinstance(saved.request.browser, BindBrowser),
            "request": saved.request.model_dump(
                mode="json", exclude={"browser"}, exclude_unset=True
            ),
            "http": saved.http.model_dump(mode="json", exclude_unset=True),
            "leg": saved.leg,
            "expires_at": saved.expires_at,
            "browser_digest": saved.browser_digest,
            "tx": orjson.Fragment(_transactions().dump_json(saved.tx)),
            "record": pack(saved.record),
        }
    )


def from_bytes(data: bytes) -> SavedLogin | None:
    """Read a sealed login back; None when its format is not one this version knows."""
    try:
        saved = orjson.loads(data)
        if saved["format"] != SAVED_FORMAT:
            return None
        browser = BindBrowser() if saved["bound"] else NoBrowser()
        return SavedLogin(
            kind=saved["kind"],
            action=saved["action"],
            factors=tuple(saved["factors"]),
            request=LoginRequest.model_validate({**saved["request"], "browser": browser}),
            http=HttpRequest.model_validate(saved["http"]),
            leg=saved["leg"],
            expires_at=saved["expires_at"],
            browser_digest=saved["browser_digest"],
            tx=_transactions().validate_python(saved["tx"]),
            record=unpack(saved["record"]),
        )
    except (orjson.JSONDecodeError, KeyError, TypeError, ValidationError, TraceError):
        return None
