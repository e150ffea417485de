"""Which claims of the profile an ID token carries (OpenID Connect Core 5.1 and 5.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loginwright_runtime.login.iso_moments import epoch_seconds

if TYPE_CHECKING:
    from collections.abc import Callable

    from loginwright_runtime.login.json_values import JsonObject, JsonValue

_OUR_NAMES = {"phone_number_verified": "phone_verified"}
"""Claims whose member of ``event.user`` is called otherwise (reference §3)."""


def profile_claims(profile: JsonObject, scopes: tuple[str, ...]) -> JsonObject:
    """Return the profile's claims that the granted scopes ask for.

    Members that are absent, empty or of another type than OpenID Connect gives the claim are
    left out; ``updated_at`` becomes seconds.

    Args:
        profile: ``event.user``.
        scopes: Granted scopes.
    """
    claims: JsonObject = {}
    for scope, readers in _CLAIMS_BY_SCOPE.items():
        if scope not in scopes:
            continue
        for name, read in readers.items():
            value = read(profile.get(_OUR_NAMES.get(name, name), profile.get(name)))
            if value is not None:
                claims[name] = value
    return claims


def _text(value: JsonValue) -> JsonValue:
    return value if isinstance(value, str) and value else None


def _flag(value: JsonValue) -> JsonValue:
    return value if isinstance(value, bool) else None


def _address(value: JsonValue) -> JsonValue:
    return value if isinstance(value, dict) and value else None


_PROFILE_TEXTS = (
    "name",
    "family_name",
    "given_name",
    "middle_name",
    "nickname",
    "preferred_username",
    "profile",
    "picture",
    "website",
    "gender",
    "birthdate",
    "zoneinfo",
    "locale",
)

_CLAIMS_BY_SCOPE: dict[str, dict[str, Callable[[JsonValue], JsonValue]]] = {
    "profile": {**dict.fromkeys(_PROFILE_TEXTS, _text), "updated_at": epoch_seconds},
    "email": {"email": _text, "email_verified": _flag},
    "address": {"address": _address},
    "phone": {"phone_number": _text, "phone_number_verified": _flag},
}
