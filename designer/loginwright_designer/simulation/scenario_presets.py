"""Ready-made logins to start a scenario from, each with what it means for the flow."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from loginwright_runtime.login.json_values import JsonObject, merge_patch
from loginwright_runtime.simulation import AnyReply, FactorReply, RedirectReply, Scenario

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonValue
    from loginwright_runtime.transaction.outcome import ProfileUpdate

translate = QCoreApplication.translate

MONDAY = "2026-11-23T10:00:00Z"
"""A working day at which nothing is special anywhere in the world but the far Pacific."""
_SATURDAY = "2026-11-28T10:00:00Z"
_MONDAY_IN_AUCKLAND = "2026-11-22T20:00:00Z"
_SIGNED_IN = "2026-11-23T09:59:30.000Z"
_STEP_UP = "http://schemas.openid.net/pape/policies/2007/06/multi-factor"
_SEATTLE: JsonObject = {
    "continentCode": "NA",
    "countryCode": "US",
    "countryCode3": "USA",
    "countryName": "United States of America",
    "subdivisionCode": "WA",
    "subdivisionName": "Washington",
    "cityName": "Seattle",
    "latitude": 47.6062,
    "longitude": -122.3321,
    "timeZone": "America/Los_Angeles",
}
_AUCKLAND: JsonObject = {
    "continentCode": "OC",
    "countryCode": "NZ",
    "countryCode3": "NZL",
    "countryName": "New Zealand",
    "subdivisionCode": "AUK",
    "subdivisionName": "Auckland",
    "cityName": "Auckland",
    "latitude": -36.8509,
    "longitude": 174.7645,
    "timeZone": "Pacific/Auckland",
}


@dataclass(frozen=True, slots=True)
class Preset:
    """A login to start from.

    Attributes:
        key: Its name in code.
        name: What people call it, and the scenario made of it.
        consequence: What it means for the flow, one sentence.
        event: Laid over the default event (RFC 7396).
        now: The login's clock.
        resume: Answers of its own; None takes those of the scenario it is made beside.
        and_then: Answers behind those.
        available_factors: MFA the user could pass; None: every factor that an action names.
        knows_profile: What an earlier login wrote stands in the profile.
    """

    key: str
    name: str
    consequence: str
    event: JsonObject = field(default_factory=dict[str, "JsonValue"], repr=False)
    now: str = MONDAY
    resume: tuple[AnyReply, ...] | None = None
    and_then: tuple[AnyReply, ...] = ()
    available_factors: tuple[str, ...] | None = None
    knows_profile: bool = False


def presets() -> tuple[Preset, ...]:
    """Return every preset, in the order of the menu."""
    return (*_who(), *_where_and_when(), *_how())


def preset(key: str) -> Preset | None:
    """Return a preset by its key."""
    return next((one for one in presets() if one.key == key), None)


def scenario_of(
    chosen: Preset,
    replies: tuple[AnyReply, ...] = (),
    written: ProfileUpdate | None = None,
) -> Scenario:
    """Return the scenario that a preset makes; only what differs from the default is in it.

    Args:
        chosen: Which preset.
        replies: Answers of the scenario it is made beside, so that redirects come back too.
        written: What a login of the flow wrote into the profile, for a preset that knows it.
    """
    event: JsonObject = dict(chosen.event)
    if chosen.knows_profile and written is not None:
        patch: JsonObject = {
            "user": {"user_metadata": written.user_metadata, "app_metadata": written.app_metadata}
        }
        merged = merge_patch(event, patch)
        event = merged if isinstance(merged, dict) else event
    members: dict[str, object] = {"name": chosen.name, "now": chosen.now}
    if event:
        members["event"] = event
    answers = (*(replies if chosen.resume is None else chosen.resume), *chosen.and_then)
    if answers:
        members["resume"] = answers
    if chosen.available_factors is not None:
        members["available_factors"] = chosen.available_factors
    return Scenario.model_validate(members)


def _who() -> tuple[Preset, ...]:
    return (
        Preset(
            "first-login",
            translate("Presets", "First login"),
            translate("Presets", "First login: the profile is new and holds no metadata."),
        ),
        Preset(
            "returning-user",
            translate("Presets", "Returning user"),
            translate("Presets", "Returning user: what earlier logins wrote is in the profile."),
            {"stats": {"logins_count": 12}},
            knows_profile=True,
        ),
        Preset(
            "unverified-email",
            translate("Presets", "E-mail not verified"),
            translate("Presets", "E-mail not verified: rules that trust the address must not."),
            {"user": {"email_verified": False}},
        ),
        Preset(
            "unknown-connection",
            translate("Presets", "From an unknown connection"),
            translate("Presets", "Unknown connection: the profile comes from a directory, not us."),
            {
                "connection": {
                    "id": "con_0042",
                    "name": "partner-directory",
                    "strategy": "samlp",
                },
                "user": {"email_verified": False, "identities": [_PARTNER]},
            },
        ),
    )


_PARTNER: JsonObject = {
    "connection": "partner-directory",
    "provider": "samlp",
    "user_id": "partner-directory|0001",
    "isSocial": False,
}


def _where_and_when() -> tuple[Preset, ...]:
    return (
        Preset(
            "another-country",
            translate("Presets", "From another country (US)"),
            translate("Presets", "From the US: rules on country or continent take effect."),
            {"request": {"ip": "198.51.100.23", "geoip": _SEATTLE}},
        ),
        Preset(
            "saturday",
            translate("Presets", "On a Saturday"),
            translate("Presets", "On a Saturday: the clock stands at Saturday, 10:00 UTC."),
            now=_SATURDAY,
        ),
        Preset(
            "auckland",
            translate("Presets", "Monday morning in Auckland"),
            translate("Presets", "Monday in Auckland: where actions run, in UTC, it is Sunday."),
            {"request": {"ip": "192.0.2.64", "geoip": _AUCKLAND}},
            now=_MONDAY_IN_AUCKLAND,
        ),
    )


def _how() -> tuple[Preset, ...]:
    return (
        Preset(
            "silent",
            translate("Presets", "Silent login"),
            translate("Presets", "Silent login: redirects cannot happen."),
            {"transaction": {"prompt": ["none"]}},
            resume=(),
        ),
        Preset(
            "refresh",
            translate("Presets", "Refresh token exchange"),
            translate("Presets", "Refresh token exchange: nobody is there to be sent away."),
            _refresh_event(),
            resume=(),
        ),
        Preset(
            "step-up",
            translate("Presets", "Step-up"),
            translate(
                "Presets", "Step-up: the application asks for a second factor by acr_values."
            ),
            {
                "transaction": {"acr_values": [_STEP_UP]},
                "user": {"enrolledFactors": [{"type": "otp"}]},
            },
            available_factors=("otp",),
        ),
        Preset(
            "mfa-done",
            translate("Presets", "MFA done"),
            translate("Presets", "MFA done: the session already holds a second factor."),
            {
                "authentication": {
                    "methods": [
                        {"name": "pwd", "timestamp": _SIGNED_IN},
                        {"name": "mfa", "timestamp": _SIGNED_IN, "type": "otp"},
                    ]
                },
                "user": {"enrolledFactors": [{"type": "otp"}]},
            },
            available_factors=("otp",),
        ),
        Preset(
            "mfa-failed",
            translate("Presets", "MFA not passed"),
            translate(
                "Presets", "MFA not passed: where a factor is asked for, the login is denied."
            ),
            and_then=(FactorReply(factor="otp", passed=False),),
        ),
        Preset(
            "never-comes-back",
            translate("Presets", "Never comes back"),
            translate("Presets", "Never comes back: the login stays away and nothing is written."),
            resume=(RedirectReply(arrives=False),),
        ),
    )


def _refresh_event() -> JsonObject:
    return {
        "transaction": {"protocol": "oauth2-refresh-token"},
        "session": None,
        "authentication": None,
        "refresh_token": {
            "id": "refresh-token-0001",
            "client_id": "my-spa",
            "created_at": _SIGNED_IN,
            "rotating": True,
        },
        "request": {"method": "POST", "query": {"nonce": None, "response_type": None}},
    }
