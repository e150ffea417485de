"""The post-login api as one table (reference §2); shims, docs and completion come from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loginwright_runtime.api.data_methods import CACHE, DIRECTORY, USER
from loginwright_runtime.api.login_methods import ACCESS, AUTHENTICATION, MFA_AND_FORMS, REDIRECT
from loginwright_runtime.api.method import Method, Parameter
from loginwright_runtime.api.saml_methods import SAML_SETTERS
from loginwright_runtime.api.session_methods import REFRESH_TOKEN, RULES_AND_SESSION

if TYPE_CHECKING:
    from loginwright_runtime.api.shapes import MethodShape

__all__ = ["METHODS", "SHAPES", "Method", "Parameter"]

_SAML = tuple(
    Method(
        f"samlResponse.{setter.name}",
        (
            (Parameter("name", "string"), Parameter("value", "attribute"))
            if setter.name == "setAttribute"
            else (Parameter(setter.parameter, setter.kind),)
        ),
        f"{setter.does} Kept in the outcome's `saml` for the host; without effect elsewhere.",
        "reference §2, §4.6",
    )
    for setter in SAML_SETTERS
)

METHODS: dict[str, Method] = {
    method.name: method
    for method in (
        *ACCESS,
        *AUTHENTICATION,
        *CACHE,
        *DIRECTORY,
        *MFA_AND_FORMS,
        *REDIRECT,
        *REFRESH_TOKEN,
        *RULES_AND_SESSION,
        *_SAML,
        *USER,
    )
}
"""Every method of reference §2, by JavaScript's name."""

SHAPES: tuple[MethodShape, ...] = tuple(method.shape for method in METHODS.values())
"""What workers are told."""
