"""MFA factors as actions name them (reference §2, "Factor types")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loginwright_runtime.api.arguments import Call, is_undefined

if TYPE_CHECKING:
    from collections.abc import Iterable

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

_SAME = {"push": "push-notification"}

PROVIDERS = frozenset({"any", "none", "guardian", "google-authenticator", "duo"})


def same_factors(types: Iterable[str]) -> frozenset[str]:
    """Return factors under one name each, to be compared: ``push`` is ``push-notification``."""
    return frozenset(_SAME.get(one, one) for one in types)


def without(types: tuple[str, ...], taken: frozenset[str]) -> tuple[str, ...]:
    """Return the factors that are not among others, as they are named.

    Args:
        types: In order.
        taken: From ``same_factors``.
    """
    return tuple(one for one in types if _SAME.get(one, one) not in taken)


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
    known = _known(call)
    factors: dict[str, JsonObject] = {}
    for value in _named(call):
        factor = read_factor(value, known)
        if factor is not None:
            factors.setdefault(str(factor["type"]), factor)
    return tuple(factors.values())


def has_unknown_factor(call: Call) -> bool:
    """Tell whether a challenge or enrolment call names something that is no usable factor."""
    known = _known(call)
    return any(read_factor(value, known) is None for value in _named(call))


def _known(call: Call) -> frozenset[str]:
    enrols = call.method.name.startswith("authentication.enroll")
    return ENROLL_TYPES if enrols else CHALLENGE_TYPES


def _named(call: Call) -> list[JsonValue]:
    return [*_listed(call.arg(0)), *_listed(call.options(1).get("additionalFactors", []))]


def _listed(value: JsonValue) -> list[JsonValue]:
    return value if isinstance(value, list) else [value]
