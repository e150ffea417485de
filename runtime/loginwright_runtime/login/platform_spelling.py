"""How the platform spells names (reference §3) that Python has in snake_case."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

PLATFORM_SPELLING: Mapping[str, str] = {
    "agent_detection": "AgentDetection",
    "enrolled_factors": "enrolledFactors",
    "impossible_travel": "ImpossibleTravel",
    "is_social": "isSocial",
    "new_device": "NewDevice",
    "profile_data": "profileData",
    "risk_assessment": "riskAssessment",
    "untrusted_ip": "UntrustedIP",
}
"""Members of the event that the platform does not have in snake_case, camelCase parts apart."""

MAPS_OF_USERS = frozenset(
    {
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
    }
)
"""Members of the event whose keys are the user's own: those are spelled as they are."""


def camel_case(name: str) -> str:
    """Return a snake_case name as JavaScript spells it: ``set_custom_claim``, setCustomClaim."""
    head, *rest = name.strip("_").split("_")
    return head + "".join(word[:1].upper() + word[1:] for word in rest)
