"""SAML settings that actions make (reference §2, limits §4.6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loginwright_runtime.api.arguments import Call, is_undefined
from loginwright_runtime.api.saml_methods import SAML_SETTERS, SamlSetter
from loginwright_runtime.transaction.effects import SamlSet
from loginwright_runtime.transaction.limits import MAX_SAML_ATTRIBUTE_NAME, MAX_SAML_PROBES

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonValue

_BY_NAME = {setter.name: setter for setter in SAML_SETTERS}


def saml_effect(call: Call) -> tuple[SamlSet | None, str]:
    """Return the setting a ``samlResponse`` call asks for, or None and why it is ignored."""
    setter = _BY_NAME[call.method.name.partition(".")[2]]
    if setter.name == "setAttribute":
        name, value = call.text(0), call.arg(1)
        if len(name.encode()) > MAX_SAML_ATTRIBUTE_NAME:
            return None, "samlResponse.setAttribute: the name is longer than 1 kB"
        attribute: str | None = name
    else:
        value, attribute = call.arg(0), None
    problem = _unknown_choice(setter, value) or _too_large(setter, value)
    if problem is not None:
        return None, problem
    return SamlSet(setter.setting, None if is_undefined(value) else value, attribute), ""


def _unknown_choice(setter: SamlSetter, value: JsonValue) -> str | None:
    if not setter.choices or value in setter.choices:
        return None
    return f"samlResponse.{setter.name}: only {' and '.join(setter.choices)} are known"


def _too_large(setter: SamlSetter, value: JsonValue) -> str | None:
    texts = value if isinstance(value, list) else [value]
    if setter.name == "setNameIdentifierProbes" and len(texts) > MAX_SAML_PROBES:
        return f"samlResponse.{setter.name}: more than {MAX_SAML_PROBES} probes"
    limit = setter.limit
    if limit is None:
        return None
    if any(isinstance(text, str) and len(text.encode()) > limit for text in texts):
        return f"samlResponse.{setter.name}: longer than {limit} bytes"
    return None
