"""Names a line of an action's code, for links."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SourcePlace:
    """A line of an action.

    Attributes:
        action_id: Id of the action.
        line: Line of its code, from 1; None is the action as a whole.
    """

    action_id: str
    line: int | None = None
