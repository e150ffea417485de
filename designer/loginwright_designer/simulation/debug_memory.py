"""Breakpoints and watches of a flow, kept in its user's own state between two openings."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import orjson

from loginwright_designer.simulation.breakpoint_set import BreakpointSet
from loginwright_runtime.whole_file import kept_private

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic import JsonValue

MOST_BYTES: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class KeptDebugging:
    """What is kept.

    Attributes:
        breakpoints: Where a login stops.
        watches: Expressions that are evaluated at every pause.
    """

    breakpoints: BreakpointSet = field(default_factory=BreakpointSet)
    watches: tuple[str, ...] = ()


class DebugMemory:
    """One file; what is damaged in it is left out, and what cannot be written is not kept."""

    def __init__(self, path: Path) -> None:
        """Keep at ``path``; nothing is written before ``save``."""
        self._path = path
        self._kept = KeptDebugging()

    def load(self) -> KeptDebugging:
        """Return what was kept; nothing where there is no such file, or none that can be read."""
        try:
            if self._path.stat().st_size > MOST_BYTES:
                return self._kept
            value: JsonValue = orjson.loads(self._path.read_bytes())
        except (OSError, ValueError):
            return self._kept
        if isinstance(value, dict):
            watches = value.get("watches")
            texts = watches if isinstance(watches, list) else []
            self._kept = KeptDebugging(
                BreakpointSet.from_json(value.get("breakpoints")),
                tuple(text for text in texts if isinstance(text, str)),
            )
        return self._kept

    def save(self, kept: KeptDebugging) -> None:
        """Keep it, where it differs from what is kept."""
        if kept == self._kept:
            return
        self._kept = kept
        data = {"breakpoints": kept.breakpoints.to_json(), "watches": list(kept.watches)}
        kept_private(self._path, orjson.dumps(data))
