"""Names a page of the editor area."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

TabKind: TypeAlias = Literal["code", "desk", "grid", "scenario", "refused", "welcome"]


@dataclass(frozen=True, slots=True)
class TabKey:
    """Which page: what kind it is, and of what.

    Attributes:
        kind: What it shows.
        id: Of the file, the suspension or the scenario; empty where there is one page of a kind.
    """

    kind: TabKind
    id: str = ""
