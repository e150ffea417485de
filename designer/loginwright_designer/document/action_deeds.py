"""What an action may do to a login, read from its code and put into words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from PySide6.QtCore import QCoreApplication

from loginwright_runtime.validation.facts import DENYING, METADATA_WRITES
from loginwright_runtime.validation.values import literal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from loginwright_runtime.validation.facts import ApiCall, SourceFacts

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that an action may do.

    Attributes:
        icon: Name of the drawing before it.
        text: What it is: "Leave for my-app.example.com".
        line: Where its code does it.
        more_lines: Where else it does the same.
    """

    icon: str
    text: str
    line: int
    more_lines: tuple[int, ...] = ()


def deeds_of(facts: SourceFacts) -> tuple[Deed, ...]:
    """Return what the code may do, each thing once, in the order of the code."""
    found: dict[tuple[str, str], list[int]] = {}
    for call in sorted(facts.api_calls, key=lambda call: (call.line, call.column)):
        deed = _deed(call)
        if deed is None:
            continue
        lines = found.setdefault(deed, [])
        if call.line not in lines:
            lines.append(call.line)
    return tuple(
        Deed(icon, text, lines[0], tuple(lines[1:])) for (icon, text), lines in found.items()
    )


def _deed(call: ApiCall) -> tuple[str, str] | None:
    """Return the drawing and the words of a call that changes something."""
    if call.method in METADATA_WRITES:
        return "pencil", _metadata(call)
    if call.method in DENYING:
        return "ban", _denial(call)
    if call.method in _SIMPLE:
        icon, words = _SIMPLE[call.method]
        return icon, words()
    return _of_token(call) or _of_holder(call)


def _of_token(call: ApiCall) -> tuple[str, str] | None:
    match call.method:
        case "idToken.setCustomClaim":
            return "key-round", _claim(call, translate("Action", "ID token"))
        case "accessToken.setCustomClaim":
            return "key-round", _claim(call, translate("Action", "access token"))
        case "accessToken.addScope":
            return "key-round", translate("Action", "Add {what}").format(what=_scope(call))
        case "accessToken.removeScope":
            return "key-round", translate("Action", "Take away {what}").format(what=_scope(call))
        case "redirect.sendUserTo":
            return "external-link", _leaving(call)
        case "multifactor.enable":
            return "shield-check", _multifactor(call)
        case _:
            return None


def _of_holder(call: ApiCall) -> tuple[str, str] | None:
    holder, _, method = call.method.partition(".")
    names = {
        "session": translate("Action", "session"),
        "refreshToken": translate("Action", "refresh token"),
    }
    if holder in names and method in ("setExpiresAt", "setIdleExpiresAt"):
        return "timer", translate("Action", "End the {holder} sooner").format(holder=names[holder])
    if holder == "samlResponse":
        return "key-round", translate("Action", "Change the SAML response")
    if holder in names or holder == "transaction":
        return "pencil", translate("Action", "Call {method}").format(method=f"api.{call.method}")
    return None


def _metadata(call: ApiCall) -> str:
    kind = "user_metadata" if call.method == "user.setUserMetadata" else "app_metadata"
    key = literal(call.argument(0))
    if key is None:
        return translate("Action", "Set keys of {kind}").format(kind=kind)
    return translate("Action", "Set {key}").format(key=f"{kind}.{key}")


def _denial(call: ApiCall) -> str:
    if call.method == "session.revoke":
        return translate("Action", "Revoke the session and deny")
    if call.method == "refreshToken.revoke":
        return translate("Action", "Revoke the refresh token and deny")
    argument = call.argument(1 if call.method == "validation.error" else 0)
    reason = literal(argument)
    if reason:
        return translate("Action", "Deny: {reason}").format(reason=reason)
    return translate("Action", "Deny the login")


def _leaving(call: ApiCall) -> str:
    host = call.redirect_host
    if host is None:
        return translate("Action", "Leave for a site that the code works out")
    return translate("Action", "Leave for {host}").format(host=host)


def _multifactor(call: ApiCall) -> str:
    provider = literal(call.argument(0))
    if provider == "none":
        return translate("Action", "Take back MFA at the end")
    if provider is None:
        return translate("Action", "Ask for MFA at the end")
    return translate("Action", "Ask for MFA at the end: {provider}").format(provider=provider)


def _claim(call: ApiCall, token: str) -> str:
    claim = _short_name(literal(call.argument(0)))
    if not claim:
        return translate("Action", "Set a claim in the {token}").format(token=token)
    return translate("Action", "Set {claim} in the {token}").format(claim=claim, token=token)


def _scope(call: ApiCall) -> str:
    scope = literal(call.argument(0))
    if scope is None:
        return translate("Action", "scopes")
    return translate("Action", "the scope {scope}").format(scope=scope)


def _short_name(name: str | None) -> str | None:
    """Return a claim's name as it is spoken of: a URL's path, any other as a whole."""
    if name is None:
        return None
    try:
        path = urlsplit(name).path
    except ValueError:
        return name
    return f"…{path}" if "://" in name and len(path) > 1 else name


def _challenge() -> str:
    return translate("Action", "Challenge with a second factor")


def _enrolment() -> str:
    return translate("Action", "Have a second factor enrolled")


_SIMPLE: Mapping[str, tuple[str, Callable[[], str]]] = {
    "prompt.render": ("file-check", lambda: translate("Action", "Show a form")),
    "authentication.challengeWith": ("shield-check", _challenge),
    "authentication.challengeWithAny": ("shield-check", _challenge),
    "authentication.enrollWith": ("shield-check", _enrolment),
    "authentication.enrollWithAny": ("shield-check", _enrolment),
    "authentication.recordMethod": (
        "pencil",
        lambda: translate("Action", "Record an authentication method"),
    ),
    "authentication.setPrimaryUser": (
        "user-pen",
        lambda: translate("Action", "Go on as another user"),
    ),
    "cache.set": ("save", lambda: translate("Action", "Keep values in the cache")),
    "cache.delete": ("save", lambda: translate("Action", "Forget values in the cache")),
}
"""Calls that say the same whatever they are given."""
