"""Suspends a login: a fresh state, a seal, and one durable write."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from loginwright_runtime.engine.outcomes import iso_seconds
from loginwright_runtime.engine.saved_login import SavedLogin, to_bytes
from loginwright_runtime.extension_points import SavedSuspension
from loginwright_runtime.login.requests import BindBrowser
from loginwright_runtime.tokens.sealing import (
    SealedFor,
    Sealer,
    digest_of,
    new_browser_key,
    new_state,
)
from loginwright_runtime.tracing.masking import masked
from loginwright_runtime.transaction.changing import with_changes
from loginwright_runtime.transaction.next_step import LeaveByFactor, LeaveByForm, LeaveByRedirect
from loginwright_runtime.transaction.outcome import SuspensionInfo
from loginwright_runtime.transaction.redirect_target import with_state

if TYPE_CHECKING:
    from loginwright_runtime.engine.leg import Leg
    from loginwright_runtime.login.json_values import JsonObject
    from loginwright_runtime.tracing.masking import Masker


@dataclass(frozen=True, slots=True)
class Prepared:
    """A suspension ready to be written.

    Attributes:
        saved: The row.
        info: What the caller is told.
        browser_key: For the browser's cookie, or None.
    """

    saved: SavedSuspension
    info: SuspensionInfo
    browser_key: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class SuspensionTimes:
    """How long a suspension lasts, by two clocks (security.md 28).

    Attributes:
        login_expires_at: By the login's clock, epoch seconds.
        store_expires_at: By the store's clock, epoch seconds.
    """

    login_expires_at: float
    store_expires_at: float


def prepare_suspension(
    leg: Leg,
    step: LeaveByRedirect | LeaveByForm | LeaveByFactor,
    times: SuspensionTimes,
    sealer: Sealer,
    masker: Masker,
    archive: bytes,
) -> Prepared:
    """Seal a login that leaves.

    Args:
        leg: The leg that ends here; its record gets the leaving as its last entry.
        step: How it leaves.
        times: When the suspension ends.
        sealer: Seals the login.
        masker: Masks secrets in the record that is sealed.
        archive: The flow version as a bundle.
    """
    state = new_state()
    digest = digest_of(state)
    assert digest is not None
    leg.tx = with_changes(leg.tx, suspensions=leg.tx.suspensions + 1, spent_seconds=0.0)
    info = _info(step, state, times)
    _record(leg, info, times)
    key, browser_digest = _browser(leg)
    saved = SavedLogin(
        kind=info.kind,
        action=info.action,
        factors=info.factors,
        request=leg.request,
        http=leg.http,
        leg=leg.recorder.leg,
        expires_at=times.login_expires_at,
        browser_digest=browser_digest,
        tx=leg.tx,
        record=masked(leg.recorder.record, masker),
    )
    bound = SealedFor(digest, leg.flow.version, leg.tx.id, times.store_expires_at)
    row = SavedSuspension(
        state_digest=digest,
        browser_digest=browser_digest if info.kind in ("redirect", "form") else None,
        transaction_id=leg.tx.id,
        flow_name=leg.flow.name,
        flow_version=leg.flow.version,
        expires_at=times.store_expires_at,
        sealed=sealer.seal(to_bytes(saved), state, bound),
        flow_archive=archive,
    )
    return Prepared(row, info, key)


def _browser(leg: Leg) -> tuple[str | None, str | None]:
    """Return a fresh browser key and its digest where the login is bound to its browser."""
    if not isinstance(leg.request.browser, BindBrowser):
        return None, None
    key = new_browser_key()
    return key, BindBrowser(key).digest()


def _info(
    step: LeaveByRedirect | LeaveByForm | LeaveByFactor, state: str, times: SuspensionTimes
) -> SuspensionInfo:
    expires_at = iso_seconds(times.login_expires_at)
    match step:
        case LeaveByRedirect():
            return SuspensionInfo(
                kind="redirect",
                action=step.action,
                url=with_state(step.url, state),
                state=state,
                expires_at=expires_at,
            )
        case LeaveByForm():
            return SuspensionInfo(
                kind="form", action=step.action, state=state, form=step.form, expires_at=expires_at
            )
        case LeaveByFactor():
            return SuspensionInfo(
                kind=step.kind,
                action=step.action,
                state=state,
                factors=step.factors,
                expires_at=expires_at,
            )


def _record(leg: Leg, info: SuspensionInfo, times: SuspensionTimes) -> None:
    detail: JsonObject = {"factors": list(info.factors)}
    if info.form is not None:
        detail["form"] = {"id": info.form.get("id")}
    leg.recorder.left(info.kind, info.action, info.url, times.login_expires_at, detail)
