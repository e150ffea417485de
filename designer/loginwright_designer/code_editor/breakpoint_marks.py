"""What the gutter shows of a line's breakpoint: its kind, whether it is on, and its words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate

BreakpointKind: TypeAlias = Literal["plain", "conditional", "log"]
BreakpointPart: TypeAlias = Literal["condition", "hits", "log"]


@dataclass(frozen=True, slots=True)
class BreakpointMark:
    """One line's breakpoint.

    Attributes:
        enabled: Whether it does anything.
        condition: Stops where it is true; empty: always.
        hits: Stops from this hit on; empty: from the first.
        log: Prints this and never stops; empty: stops.
    """

    enabled: bool = True
    condition: str = field(default="", repr=False)
    hits: str = ""
    log: str = field(default="", repr=False)

    @property
    def kind(self) -> BreakpointKind:
        """How it is drawn."""
        if self.log:
            return "log"
        return "conditional" if self.condition or self.hits else "plain"

    def part(self, part: BreakpointPart) -> str:
        """Return what somebody typed of it."""
        return {"condition": self.condition, "hits": self.hits, "log": self.log}[part]

    @property
    def words(self) -> str:
        """What it does, in words."""
        said = [self._kind_words()]
        if self.condition:
            said.append(translate("Gutter", "if {condition}").format(condition=self.condition))
        if self.hits:
            said.append(translate("Gutter", "from hit {hits} on").format(hits=self.hits))
        if self.log:
            said.append(translate("Gutter", "prints {message}").format(message=self.log))
        if not self.enabled:
            said.append(translate("Gutter", "turned off"))
        return ", ".join(said)

    def _kind_words(self) -> str:
        match self.kind:
            case "plain":
                return translate("Gutter", "breakpoint")
            case "conditional":
                return translate("Gutter", "conditional breakpoint")
            case "log":
                return translate("Gutter", "log point")


PLAIN = BreakpointMark()
