"""Judges a return against the login it claims to continue, and applies what it brought."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from loginwright_runtime.engine.browser_input import cleaned, return_problem
from loginwright_runtime.engine.reads import CameBackWith
from loginwright_runtime.login.event_building import returning_request
from loginwright_runtime.login.json_values import JsonObject, JsonValue
from loginwright_runtime.login.requests import (
    BindBrowser,
    Browser,
    ChallengeResult,
    EnrollmentResult,
    FormResult,
    HttpRequest,
    RedirectReturn,
    ResumeRequest,
)
from loginwright_runtime.transaction.changing import with_changes
from loginwright_runtime.transaction.effects_of_call import iso_time
from loginwright_runtime.transaction.state import LoginTransaction

if TYPE_CHECKING:
    from loginwright_runtime.engine.saved_login import SavedLogin


@dataclass(frozen=True, slots=True)
class Returning:
    """A return that fits its suspension.

    Attributes:
        http: ``event.request`` of the new leg.
        tx: The login with what came back.
        came_back: For ``validateToken``, after a redirect.
        detail: For the record.
        failed: The factor was not passed.
    """

    http: HttpRequest = field(repr=False)
    tx: LoginTransaction = field(repr=False)
    came_back: CameBackWith | None = field(default=None, repr=False)
    detail: JsonObject = field(default_factory=dict[str, JsonValue], repr=False)
    failed: bool = False


def request_problem(request: ResumeRequest) -> str | None:
    """Judge a return before its state is claimed: what is malformed claims nothing."""
    if isinstance(request, RedirectReturn):
        clean = cleaned(request.request)
        return clean if isinstance(clean, str) else return_problem(clean, request.state)
    if isinstance(request, FormResult):
        clean = cleaned(HttpRequest(body=request.fields))
        return clean if isinstance(clean, str) else None
    return None if type(request.passed) is bool else "`passed` must be True or False."


def claimed_browser_digest(request: ResumeRequest) -> str | None:
    """Return what the store compares: the digest of the browser's key, or None.

    A malformed key gives a digest that no key has, so that it can never pass for ``NoBrowser``.
    """
    if isinstance(request, ChallengeResult | EnrollmentResult):
        return None
    return _digest(request.browser)


def _digest(browser: Browser) -> str | None:
    if isinstance(browser, BindBrowser):
        return browser.digest() or "malformed"
    return None


def returning(saved: SavedLogin, request: ResumeRequest, now: float) -> Returning | str:
    """Match a return with its suspension (security.md 13).

    Args:
        saved: The login as it left.
        request: What came back; well-formed.
        now: The login's clock.

    Returns:
        How to go on, or why the return does not fit; the state then stays unused.
    """
    match request:
        case RedirectReturn() if saved.kind == "redirect":
            return _redirect(saved, request)
        case FormResult() if saved.kind == "form":
            return _form(saved, request)
        case ChallengeResult() if saved.kind == "challenge":
            return _factor(saved, request, now)
        case EnrollmentResult() if saved.kind == "enrollment":
            return _factor(saved, request, now)
        case _:
            return f"The login waits for a {saved.kind}, not for this."


def _redirect(saved: SavedLogin, request: RedirectReturn) -> Returning:
    clean = cleaned(request.request)
    assert isinstance(clean, HttpRequest)
    parameters: JsonObject = {**clean.query, **clean.body}
    return Returning(
        http=returning_request(saved.http, clean),
        tx=with_changes(saved.tx, leaving=None, handler="onContinuePostLogin"),
        came_back=CameBackWith(request.state, parameters),
        detail={"method": clean.method},
    )


def _form(saved: SavedLogin, request: FormResult) -> Returning:
    leaving = saved.tx.leaving
    form_id = leaving.form_id if leaving is not None else None
    clean = cleaned(HttpRequest(body=request.fields))
    assert isinstance(clean, HttpRequest)
    prompt: JsonObject = {"id": form_id, "fields": clean.body, "vars": request.vars}
    http = saved.http
    if request.request is not None:
        brought = cleaned(request.request)
        http = returning_request(saved.http, brought) if isinstance(brought, HttpRequest) else http
    return Returning(
        http=http,
        tx=with_changes(saved.tx, leaving=None, handler="onContinuePostLogin", form_result=prompt),
        detail={"form": form_id},
    )


def _factor(
    saved: SavedLogin, request: ChallengeResult | EnrollmentResult, now: float
) -> Returning | str:
    if saved.factors and request.factor not in saved.factors:
        return f"The login does not wait for the factor {request.factor!r}."
    if request.browser is not None and _digest(request.browser) != saved.browser_digest:
        return "The browser is not the one that left."
    detail: JsonObject = {"factor": request.factor, "passed": request.passed}
    if request.passed is not True:
        return Returning(saved.http, saved.tx, detail=detail, failed=True)
    tx = saved.tx
    method: JsonObject = {
        "name": request.method or "mfa",
        "type": request.factor,
        "timestamp": iso_time(now),
    }
    enrolled = (request.factor,) if isinstance(request, EnrollmentResult) else ()
    owed = tx.multifactor
    if saved.action is None and owed is not None:
        owed = replace(owed, satisfied=True, by=request.by)
    return Returning(
        saved.http,
        with_changes(
            tx,
            factor_steps=tx.factor_steps[1:],
            passed_factors=(*tx.passed_factors, request.factor),
            enrolled_factors=(*tx.enrolled_factors, *enrolled),
            methods=(*tx.methods, method),
            multifactor=owed,
        ),
        detail=detail,
    )
