"""What every typed part of the event is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonValue

Text = str | None
Texts = list[str]


class EventObject:
    """Part of an event: known members are typed, unknown ones can be read too."""

    def __getattr__(self, name: str) -> JsonValue:
        """Members the reference does not name reach the action all the same."""
        raise AttributeError(name)
