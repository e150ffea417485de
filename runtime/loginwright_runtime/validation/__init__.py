"""Lint of flows: what a person should know before a flow runs; nothing of it is executed."""

from __future__ import annotations

from loginwright_runtime.validation.analysis import (
    Analysis,
    SourceSecrets,
    analyse,
    analyse_sources,
    secrets_read,
    source_secrets,
)
from loginwright_runtime.validation.checks import flow_problems, validate
from loginwright_runtime.validation.facts import SourceFacts
from loginwright_runtime.validation.rule import Rule
from loginwright_runtime.validation.rules import RULES

__all__ = [
    "RULES",
    "Analysis",
    "Rule",
    "SourceFacts",
    "SourceSecrets",
    "analyse",
    "analyse_sources",
    "flow_problems",
    "secrets_read",
    "source_secrets",
    "validate",
]
