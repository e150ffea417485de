"""Builds the event an action sees, from the request, the profile and what the login has set."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from loginwright_runtime.login.json_values import JsonObject, JsonValue

if TYPE_CHECKING:
    from loginwright_runtime.login.requests import EventPart, HttpRequest, LoginRequest

PROTECTED_ROOT_FIELDS = frozenset({"user_id", "user_metadata", "app_metadata", "identities"})

DEFAULT_MEMBERS = ("authorization", "configuration", "stats", "tenant")
"""Members of the event that are there although a request does not bring them."""

NO_EXTRAS = frozenset(
    {
        "authentication",
        "client",
        "connection",
        "organization",
        "refresh_token",
        "request",
        "resource_server",
        "secrets",
        "session",
        "transaction",
        "user",
    }
)
"""Members that the login, the user store or the secret source bring, hence no extras."""

_KEPT_ON_RETURN = ("ip", "geoip", "user_agent", "hostname", "language", "asn")
"""Members of event.request that a return need not bring (contract.md, "Scenario")."""


@dataclass(frozen=True, slots=True)
class LoginSoFar:
    """What earlier actions of the login changed about the event.

    Attributes:
        pending: Metadata set and not yet written: kind → key → value (None removes).
        metadata: ``event.transaction.metadata``.
        methods: Methods added to ``event.authentication.methods``.
        enrolled: Types of factors added to ``event.user.enrolledFactors``.
        session_metadata: ``event.session.metadata`` as it is now.
        refresh_token_metadata: ``event.refresh_token.metadata`` as it is now.
        prompt: ``event.prompt`` after a form.
    """

    pending: dict[str, JsonObject] = field(default_factory=dict[str, JsonObject], repr=False)
    metadata: JsonObject = field(default_factory=dict[str, JsonValue], repr=False)
    methods: tuple[JsonObject, ...] = field(default=(), repr=False)
    enrolled: tuple[str, ...] = ()
    session_metadata: JsonObject = field(default_factory=dict[str, JsonValue], repr=False)
    refresh_token_metadata: JsonObject = field(default_factory=dict[str, JsonValue], repr=False)
    prompt: JsonObject | None = field(default=None, repr=False)


def event_frame(
    request: LoginRequest, http: HttpRequest, transaction_id: str, roles: tuple[str, ...] | None
) -> JsonObject:
    """Return what stays the same in every event of a leg.

    Args:
        request: The login.
        http: The browser's request of this leg.
        transaction_id: ``event.transaction.id``.
        roles: The user's role names from the host's directory, or None without one.
    """
    hostname = http.hostname or ""
    frame: JsonObject = {
        "client": part(request.client),
        "request": part(http),
        "tenant": {"id": hostname.partition(".")[0] or "loginwright"},
        "stats": {"logins_count": 1},
        "configuration": {},
        "authorization": {"roles": list(roles or ())},
        "transaction": {
            **part(request.transaction),
            "id": transaction_id,
            "protocol": request.protocol,
        },
    }
    optional: dict[str, JsonValue] = {
        "connection": part(request.connection) if request.connection else None,
        "authentication": part(request.authentication) if request.authentication else None,
        "organization": request.organization,
        "session": request.session,
        "refresh_token": request.refresh_token,
        "resource_server": part(request.resource_server) if request.resource_server else None,
    }
    frame.update({key: value for key, value in optional.items() if value is not None})
    extras = request.event_extras.items()
    frame.update({name: value for name, value in extras if name not in NO_EXTRAS})
    return {key: value for key, value in frame.items() if value is not None}


def event_for_handler(frame: JsonObject, profile: JsonObject, so_far: LoginSoFar) -> JsonObject:
    """Return the event of one handler call, without ``secrets``.

    Args:
        frame: From ``event_frame``; not changed.
        profile: The stored profile as read for this leg.
        so_far: What the login's earlier handlers changed.
    """
    event = dict(frame)
    event["user"] = _with_factors(user_of(profile, so_far.pending), so_far.enrolled)
    event["transaction"] = {**_object(frame, "transaction"), "metadata": so_far.metadata}
    if so_far.methods:
        authentication = _object(frame, "authentication")
        methods = authentication.get("methods")
        known = methods if isinstance(methods, list) else []
        event["authentication"] = {**authentication, "methods": [*known, *so_far.methods]}
    if "session" in frame:
        event["session"] = {**_object(frame, "session"), "metadata": so_far.session_metadata}
    if "refresh_token" in frame:
        holder = _object(frame, "refresh_token")
        event["refresh_token"] = {**holder, "metadata": so_far.refresh_token_metadata}
    if so_far.prompt is not None:
        event["prompt"] = so_far.prompt
    return event


def user_of(profile: JsonObject, pending: dict[str, JsonObject]) -> JsonObject:
    """Return ``event.user``: the profile with pending metadata over it (security.md 5).

    ``app_metadata`` is merged onto the root as on the platform (reference §3).
    """
    user = dict(profile)
    for kind in ("user_metadata", "app_metadata"):
        metadata = dict(_object(profile, kind))
        for key, value in pending.get(kind, {}).items():
            if value is None:
                metadata.pop(key, None)
            else:
                metadata[key] = value
        user[kind] = metadata
    for key, value in _object(user, "app_metadata").items():
        if key not in PROTECTED_ROOT_FIELDS:
            user[key] = value
    user.setdefault("identities", [])
    return user


def _with_factors(user: JsonObject, enrolled: tuple[str, ...]) -> JsonObject:
    """Add what was enrolled in this login, where the store does not tell of it (reference §1.5)."""
    stored = user.get("enrolledFactors")
    known = stored if isinstance(stored, list) else []
    types = [factor.get("type") for factor in known if isinstance(factor, dict)]
    added: list[JsonValue] = [{"type": one} for one in dict.fromkeys(enrolled) if one not in types]
    return {**user, "enrolledFactors": [*known, *added]} if added else user


def returning_request(before: HttpRequest, now: HttpRequest) -> HttpRequest:
    """Return the request of a return; members it does not bring stay as they were."""
    kept = {
        name: getattr(before, name) for name in _KEPT_ON_RETURN if name not in now.model_fields_set
    }
    return now.model_copy(update=kept)


def part(model: EventPart) -> JsonObject:
    """Return a part of the event as JSON; members that are None are left out."""
    dumped: JsonObject = model.model_dump(mode="json")
    return {key: value for key, value in dumped.items() if value is not None}


def _object(parent: JsonObject, key: str) -> JsonObject:
    value = parent.get(key)
    return value if isinstance(value, dict) else {}
