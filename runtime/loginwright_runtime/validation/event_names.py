"""How the platform spells the members of the event that Python reads in snake_case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loginwright_runtime.validation.python_expressions import camel_case

if TYPE_CHECKING:
    from collections.abc import Mapping

_SPELT: Mapping[str, str] = {
    "agent_detection": "AgentDetection",
    "country_code3": "countryCode3",
    "enrolled_factors": "enrolledFactors",
    "impossible_travel": "ImpossibleTravel",
    "is_social": "isSocial",
    "new_device": "NewDevice",
    "profile_data": "profileData",
    "risk_assessment": "riskAssessment",
    "untrusted_ip": "UntrustedIP",
}
_CAMEL_PARTS = frozenset({"geoip", "akamai"})
_OWN_KEYS = frozenset(
    [
        "agent_metadata",
        "app_metadata",
        "body",
        "config",
        "configuration",
        "domain_metadata",
        "fields",
        "metadata",
        "profile_data",
        "query",
        "secrets",
        "user_metadata",
        "vars",
    ]
)


def platform_path(path: tuple[str, ...]) -> tuple[str, ...]:
    """Return a path of the event as reference §3 spells it.

    Args:
        path: As Python writes it; keys of a user's own maps (metadata, query, …) stay as they are.
    """
    spelt: list[str] = []
    camel = False
    for index, name in enumerate(path):
        spelt.append(camel_case(name) if camel else _SPELT.get(name, name))
        if name in _OWN_KEYS:
            return (*spelt, *path[index + 1 :])
        camel = camel or name in _CAMEL_PARTS
    return tuple(spelt)
