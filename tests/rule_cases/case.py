"""A piece of code and the places that one rule marks in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from typing_extensions import override

from checked_code import Code, flow_of

if TYPE_CHECKING:
    from loginwright_runtime.flow.model import Flow

Claims = Literal["uri", "any"]


@dataclass(frozen=True, slots=True)
class Case:
    """One story about one rule.

    Attributes:
        rule: Its id.
        story: What the code does, in a few words.
        codes: The actions of the flow, in order.
        places: Where the rule applies, ``file:line``; none for code it lets pass.
        files: Further files of the flow.
        claims: The flow's setting.
    """

    rule: str
    story: str
    codes: tuple[Code, ...]
    places: tuple[str, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    claims: Claims = "uri"

    @property
    def flow(self) -> Flow:
        return flow_of(*self.codes, files=self.files, custom_claims=self.claims)

    @override
    def __str__(self) -> str:
        return f"{self.rule}: {self.story}"


def marks(
    rule: str,
    story: str,
    *codes: Code,
    at: str,
    files: Mapping[str, str] | None = None,
    claims: Claims = "uri",
) -> Case:
    """The rule marks these places; ``at`` lists them with blanks between."""
    return Case(rule, story, codes, tuple(at.split()), files or {}, claims)


def passes(
    rule: str,
    story: str,
    *codes: Code,
    files: Mapping[str, str] | None = None,
    claims: Claims = "uri",
) -> Case:
    """The rule says nothing."""
    return Case(rule, story, codes, (), files or {}, claims)
