"""The default event: a whole, fixed login that a scenario changes (contract.md, "Scenario").

Every member of reference §3 that a plain interactive login of an application has, none of it
random. What the engine itself decides is not in it: ``event.secrets``, ``event.transaction.id``
and the live ``event.transaction.metadata``. Members that only other logins have are absent:
``organization``, ``resource_server``, ``custom_domain``, ``refresh_token``, ``prompt``,
``security_context`` and those of early access features. ``docs/scenarios.md`` shows it.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonObject

DEFAULT_USER_ID = "auth0|0001"
DEFAULT_HOSTNAME = "login.example.com"
DEFAULT_CLIENT_ID = "my-spa"

_APPLICATION = "https://my-app.example.com"
_CALLBACK = f"{_APPLICATION}/callback"
_IP = "203.0.113.7"
_ASN = "64500"
_BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
_SIGNED_IN = "2026-11-23T09:59:30.000Z"
_APPLICATION_STATE = "application-state-0001"

_CLIENT: JsonObject = {"client_id": DEFAULT_CLIENT_ID, "name": "My SPA", "metadata": {}}

_CONNECTION: JsonObject = {
    "id": "con_0001",
    "name": "Username-Password-Authentication",
    "strategy": "auth0",
    "metadata": {},
}

_REQUEST: JsonObject = {
    "method": "GET",
    "ip": _IP,
    "asn": _ASN,
    "hostname": DEFAULT_HOSTNAME,
    "language": "en",
    "user_agent": _BROWSER,
    "query": {
        "client_id": DEFAULT_CLIENT_ID,
        "redirect_uri": _CALLBACK,
        "response_type": "code",
        "scope": "openid profile email",
        "state": _APPLICATION_STATE,
        "nonce": "application-nonce-0001",
    },
    "body": {},
    "geoip": {
        "continentCode": "EU",
        "countryCode": "DE",
        "countryCode3": "DEU",
        "countryName": "Germany",
        "subdivisionCode": "BE",
        "subdivisionName": "Land Berlin",
        "cityName": "Berlin",
        "latitude": 52.52,
        "longitude": 13.405,
        "timeZone": "Europe/Berlin",
    },
}

_DEVICE: JsonObject = {
    "initial_asn": _ASN,
    "initial_ip": _IP,
    "initial_user_agent": _BROWSER,
    "last_asn": _ASN,
    "last_ip": _IP,
    "last_user_agent": _BROWSER,
}

_SESSION: JsonObject = {
    "id": "session-0001",
    "user_id": DEFAULT_USER_ID,
    "created_at": _SIGNED_IN,
    "updated_at": _SIGNED_IN,
    "authenticated_at": _SIGNED_IN,
    "last_interacted_at": _SIGNED_IN,
    "idle_expires_at": "2026-11-26T09:59:30.000Z",
    "expires_at": "2026-11-30T09:59:30.000Z",
    "clients": [{"client_id": DEFAULT_CLIENT_ID}],
    "device": _DEVICE,
    "cookie": {"mode": "persistent"},
    "metadata": {},
}

_TRANSACTION: JsonObject = {
    "protocol": "oidc-basic-profile",
    "requested_scopes": ["openid", "profile", "email"],
    "acr_values": [],
    "ui_locales": [],
    "locale": "en",
    "redirect_uri": _CALLBACK,
    "response_type": ["code"],
    "response_mode": "query",
    "state": _APPLICATION_STATE,
}

_USER: JsonObject = {
    "user_id": DEFAULT_USER_ID,
    "email": "ada@example.com",
    "email_verified": True,
    "name": "Ada Example",
    "given_name": "Ada",
    "family_name": "Example",
    "nickname": "ada",
    "picture": f"{_APPLICATION}/pictures/ada.png",
    "created_at": "2026-01-15T08:00:00.000Z",
    "updated_at": _SIGNED_IN,
    "identities": [
        {
            "connection": "Username-Password-Authentication",
            "provider": "auth0",
            "user_id": "0001",
            "isSocial": False,
        }
    ],
    "multifactor": [],
    "enrolledFactors": [],
    "user_metadata": {},
    "app_metadata": {},
}

_EVENT: JsonObject = {
    "authentication": {"methods": [{"name": "pwd", "timestamp": _SIGNED_IN}]},
    "authorization": {"roles": []},
    "client": _CLIENT,
    "configuration": {},
    "connection": _CONNECTION,
    "request": _REQUEST,
    "session": _SESSION,
    "stats": {"logins_count": 1},
    "tenant": {"id": "example"},
    "transaction": _TRANSACTION,
    "user": _USER,
}


def default_event() -> JsonObject:
    """Return a fresh copy of the default event."""
    return deepcopy(_EVENT)
