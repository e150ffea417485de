"""MFA factors as actions name them (reference §2, "Factor types")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loginwright_runtime.api.arguments import Call, is_undefined

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonObject, JsonValue

CHALLENGE_TYPES = frozenset(
    {
        "otp",
        "email",
        "webauthn-platform",
        "webauthn-roaming",
        "recovery-code",
        "phone",
        "push",
        "push-notification",
    }
)
ENROLL_TYPES = CHALLENGE_TYPES - {"email"}

PROVIDERS = frozenset({"any", "none", "guardian", "google-authenticator", "duo"})


def read_factor(value: JsonValue, known: frozenset[str]) -> JsonObject | None:
    """Return a factor ``{"type": …, "options": …}``; None for anything that is no known factor."""
    if not isinstance(value, dict) or is_undefined(value):
        return None
    kind = value.get("type")
    if not isinstance(kind, str) or kind not in known:
        return None
    options = value.get("options")
    return {"type": kind, "options": options} if isinstance(options, dict) else {"type": kind}


def factors_of(call: Call) -> tuple[JsonObject, ...]:
    """Return the usable factors that a challenge or enrolment call names, in order, each once."""
    known = (
        ENROLL_TYPES if call.method.name.startswith("authentication.enroll") else CHALLENGE_TYPES
    )
    named: list[JsonValue] = []
    first = call.arg(0)
    if isinstance(first, list):
        named.extend(first)
    else:
        named.append(first)
        additional = call.options(1).get("additionalFactors")
        if isinstance(additional, list):
            named.extend(additional)
    factors: dict[str, JsonObject] = {}
    for value in named:
        factor = read_factor(value, known)
        if factor is not None:
            factors.setdefault(str(factor["type"]), factor)
    return tuple(factors.values())
