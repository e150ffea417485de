"""What decides about a login beside its own state: interactivity, factors, endpoint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loginwright_runtime.transaction.next_step import LoginSurroundings

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonObject, JsonValue
    from loginwright_runtime.login.requests import LoginRequest

INTERACTIVE_PROTOCOLS = frozenset(
    {
        "oidc-basic-profile",
        "oidc-implicit-profile",
        "oidc-hybrid-profile",
        "oauth2-device-code",
        "oidc-ciba-web-link",
        "samlp",
        "wsfed",
    }
)
"""Protocols in which somebody can be sent away (security.md 3)."""

AUTHORIZE_PROTOCOLS = INTERACTIVE_PROTOCOLS
REFRESH_PROTOCOL = "oauth2-refresh-token"


def is_interactive(request: LoginRequest) -> bool:
    """Tell whether somebody can be sent away in this login (security.md 3)."""
    if request.interactive is not None:
        return request.interactive
    return request.protocol in INTERACTIVE_PROTOCOLS and not _is_silent(request)


def _is_silent(request: LoginRequest) -> bool:
    """Tell a login with ``prompt=none``, also where only the request that began it says so.

    Never asked of the request that comes back: a suspended login keeps the one that began it.
    """
    sent = (request.request.query.get("prompt"), request.request.body.get("prompt"))
    words = [word for prompt in sent if isinstance(prompt, str) for word in prompt.split()]
    return "none" in (*(request.transaction.prompt or ()), *words)


def surroundings(
    request: LoginRequest, profile: JsonObject, max_suspensions: int
) -> LoginSurroundings:
    """Gather what decides about the login beside its own state.

    Args:
        request: The login.
        profile: The stored profile of this leg.
        max_suspensions: ``EngineOptions.max_suspensions_per_login``.
    """
    return LoginSurroundings(
        interactive=is_interactive(request),
        token_endpoint=request.protocol not in AUTHORIZE_PROTOCOLS,
        available_factors=request.available_factors,
        enrolled_factors=_types(profile.get("enrolledFactors")),
        session_methods=_session_factors(request),
        max_suspensions=max_suspensions,
    )


def _types(value: JsonValue) -> tuple[str, ...] | None:
    if not isinstance(value, list):
        return None
    return tuple(str(item["type"]) for item in value if isinstance(item, dict) and "type" in item)


def _session_factors(request: LoginRequest) -> tuple[str, ...]:
    if request.authentication is None:
        return ()
    return tuple(
        str(method["type"])
        for method in request.authentication.methods
        if method.get("name") == "mfa" and isinstance(method.get("type"), str)
    )
