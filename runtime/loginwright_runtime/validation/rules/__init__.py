"""The rules, a module a family."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loginwright_runtime.validation.rules import (
    api_use,
    claims,
    comparisons,
    language,
    modules,
    order,
    redirect_secrets,
    redirects,
    secrets,
    silence,
    together,
)

if TYPE_CHECKING:
    from loginwright_runtime.validation.rule import Rule

RULES: tuple[Rule, ...] = (
    *language.RULES,
    *modules.RULES,
    *secrets.RULES,
    *redirect_secrets.RULES,
    *redirects.RULES,
    *silence.RULES,
    *claims.RULES,
    *comparisons.RULES,
    *order.RULES,
    *together.RULES,
    *api_use.RULES,
)
"""Every rule about the code of a flow."""
