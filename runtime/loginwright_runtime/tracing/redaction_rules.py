"""Which members of an event, a call or a claim set are personal (security.md 17 and 23).

Values change, shapes do not: a text becomes ``***``, a number 0, true, false and null stay, and
so do the keys of objects and the lengths of lists.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import urlsplit, urlunsplit

from loginwright_runtime.tracing.masking import MASK
from loginwright_runtime.transaction.claims import PROFILE_CLAIMS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from loginwright_runtime.login.json_values import JsonObject, JsonValue

    _Rules: TypeAlias = Mapping[str, Callable[[JsonValue], JsonValue]]
    _ArgumentRule: TypeAlias = Callable[[list[JsonValue]], list[JsonValue]]

PERSONAL_MEMBERS = frozenset(
    {
        "ip",
        "initial_ip",
        "last_ip",
        "user_agent",
        "initial_user_agent",
        "last_user_agent",
        "ja3",
        "ja4",
        "latitude",
        "longitude",
        "cityName",
        "subdivisionCode",
        "subdivisionName",
        "postalCode",
        "state",
        "login_hint",
        "user_id",
        "session_id",
        "email",
        "phone",
        "phone_number",
        "username",
        "actor",
        "linking_id",
        "correlation_id",
    }
)
"""Members that are personal wherever in an event they stand."""

KEPT_USER_MEMBERS = frozenset(
    {
        "created_at",
        "updated_at",
        "last_password_reset",
        "multifactor",
        "connection",
        "provider",
        "isSocial",
        "type",
    }
)
"""Members of ``event.user`` that say when and how, not who."""

KEPT_PARAMETERS = frozenset(
    {
        "client_id",
        "scope",
        "audience",
        "response_type",
        "response_mode",
        "redirect_uri",
        "prompt",
        "protocol",
        "display",
        "max_age",
        "ui_locales",
        "acr_values",
        "connection",
        "grant_type",
    }
)
"""Parameters of a request that name no person; all others are hidden."""

PERSONAL_CLAIMS = PROFILE_CLAIMS | frozenset(
    {
        "sub",
        "nonce",
        "sid",
        "jti",
        "at_hash",
        "c_hash",
        "cnf",
        "act",
        "username",
        "user_id",
        "ip",
    }
)
"""Claims that say who the user is, or which token this was."""


def concealed(value: JsonValue) -> JsonValue:
    """Return a value of the same shape that tells nothing."""
    if isinstance(value, dict):
        return {key: concealed(member) for key, member in value.items()}
    if isinstance(value, list):
        return [concealed(item) for item in value]
    if isinstance(value, str):
        return MASK if value else value
    return value if value is None or isinstance(value, bool) else 0


def redacted_event(event: JsonObject) -> JsonObject:
    """Return an event without personal data.

    What decides a login stays readable: roles, geography down to the country, how the user
    signed in, scopes, the keys of metadata.

    Args:
        event: As an action saw it.
    """
    return {name: _by_rule(_EVENT_RULES, name, value) for name, value in event.items()}


def redacted_claims(claims: JsonObject) -> JsonObject:
    """Return a token's claims without those that say who the user is."""
    return {
        name: concealed(value) if name in PERSONAL_CLAIMS else _by_name(value)
        for name, value in claims.items()
    }


def redacted_detail(detail: JsonObject) -> JsonObject:
    """Return what is known of a departure or a return, without what a person filled in."""
    return {name: _by_rule(_DETAIL_RULES, name, value) for name, value in detail.items()}


def redacted_url(url: str) -> str:
    """Return a URL with the values of its query hidden, the names kept, the fragment dropped."""
    parts = urlsplit(url)
    pairs = [pair.partition("=") for pair in parts.query.split("&") if pair]
    query = "&".join(f"{name}{equals}{MASK if value else ''}" for name, equals, value in pairs)
    return urlunsplit(parts._replace(query=query, fragment=MASK if parts.fragment else ""))


def redacted_args(method: str, args: list[JsonValue]) -> list[JsonValue]:
    """Return a call's arguments without what its method makes personal."""
    rule = _ARGUMENT_RULES.get(method)
    return args if rule is None else rule(args)


def redacted_result(method: str, result: JsonValue) -> JsonValue:
    """Return a call's result without what its method makes personal."""
    if method not in _PERSONAL_RESULTS:
        return result
    if isinstance(result, dict) and method == "cache.get":
        return {**result, "value": concealed(result.get("value"))}
    return concealed(result)


def _by_rule(rules: _Rules, name: str, value: JsonValue) -> JsonValue:
    rule = rules.get(name)
    return _member(name, value) if rule is None else rule(value)


def _by_name(value: JsonValue) -> JsonValue:
    if isinstance(value, dict):
        return {key: _member(key, member) for key, member in value.items()}
    return [_by_name(item) for item in value] if isinstance(value, list) else value


def _member(name: str, value: JsonValue) -> JsonValue:
    return concealed(value) if name in PERSONAL_MEMBERS else _by_name(value)


def _user(value: JsonValue) -> JsonValue:
    if isinstance(value, list):
        return [_user(item) for item in value]
    if not isinstance(value, dict):
        return concealed(value)
    return {key: _user_member(key, member) for key, member in value.items()}


def _user_member(key: str, member: JsonValue) -> JsonValue:
    if key in ("identities", "enrolledFactors"):
        return _user(member)
    return member if key in KEPT_USER_MEMBERS else concealed(member)


def _request(value: JsonValue) -> JsonValue:
    if not isinstance(value, dict):
        return concealed(value)
    return {
        key: _parameters(member) if key in ("query", "body") else _member(key, member)
        for key, member in value.items()
    }


def _parameters(value: JsonValue) -> JsonValue:
    if not isinstance(value, dict):
        return concealed(value)
    return {
        key: member if key in KEPT_PARAMETERS else concealed(member)
        for key, member in value.items()
    }


def _with_hidden_id(value: JsonValue) -> JsonValue:
    if not isinstance(value, dict):
        return concealed(value)
    return {
        key: concealed(member) if key == "id" else _member(key, member)
        for key, member in value.items()
    }


def _prompt(value: JsonValue) -> JsonValue:
    if not isinstance(value, dict):
        return concealed(value)
    return {key: member if key == "id" else concealed(member) for key, member in value.items()}


_EVENT_RULES: _Rules = {
    "user": _user,
    "request": _request,
    "prompt": _prompt,
    "session": _with_hidden_id,
    "refresh_token": _with_hidden_id,
    "secrets": concealed,
}
_DETAIL_RULES: _Rules = {
    "request": _request,
    "query": _parameters,
    "body": _parameters,
    "fields": concealed,
    "vars": concealed,
    "user": _user,
}


def _from(first: int) -> _ArgumentRule:
    """Conceal every argument from an index on."""
    return lambda args: [*args[:first], *(concealed(arg) for arg in args[first:])]


def _members(index: int, *names: str) -> _ArgumentRule:
    """Conceal some members of one options argument."""

    def rule(args: list[JsonValue]) -> list[JsonValue]:
        return [
            {key: concealed(member) if key in names else member for key, member in arg.items()}
            if place == index and isinstance(arg, dict)
            else arg
            for place, arg in enumerate(args)
        ]

    return rule


def _departure(args: list[JsonValue]) -> list[JsonValue]:
    url = [redacted_url(arg) if isinstance(arg, str) else arg for arg in args[:1]]
    return url + _members(0, "query")(args[1:])


def _claim(args: list[JsonValue]) -> list[JsonValue]:
    return _from(1)(args) if args[:1] and args[0] in PERSONAL_CLAIMS else args


_ARGUMENT_RULES: dict[str, _ArgumentRule] = {
    "redirect.encodeToken": _members(0, "secret", "payload"),
    "redirect.validateToken": _members(0, "secret"),
    "redirect.sendUserTo": _departure,
    "user.setUserMetadata": _from(1),
    "user.setAppMetadata": _from(1),
    "authentication.setPrimaryUser": _from(0),
    "prompt.render": _members(1, "fields", "vars"),
    "multifactor.enable": _members(1, "providerOptions"),
    "cache.set": lambda args: [*args[:1], *_from(0)(args[1:2]), *args[2:]],
    "samlResponse.setKey": _from(0),
    "idToken.setCustomClaim": _claim,
    "accessToken.setCustomClaim": _claim,
}
_PERSONAL_RESULTS = frozenset({"redirect.encodeToken", "redirect.validateToken", "cache.get"})
