"""Remembers what variables looked like, so that the changed ones can be marked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    from loginwright_runtime.debugging.inspection import Variable

_MOST_SCOPES = 256


class ChangedVariables:
    """Compares each scope with what it was at an earlier stop."""

    def __init__(self) -> None:
        """Remember nothing yet."""
        self._before: dict[Hashable, dict[str, str]] = {}
        self._now: dict[Hashable, dict[str, str]] = {}

    def next_stop(self) -> None:
        """What was looked at so far is the past from now on."""
        self._before.update(self._now)
        self._now.clear()
        while len(self._before) > _MOST_SCOPES:
            del self._before[next(iter(self._before))]

    def marked(self, scope: Hashable, variables: Iterable[Variable]) -> tuple[Variable, ...]:
        """Return the variables, those marked that are new or differ."""
        found = tuple(variables)
        self._now[scope] = {one.name: one.text for one in found}
        before = self._before.get(scope)
        if before is None:
            return found
        return tuple(
            replace(one, changed=True) if before.get(one.name) != one.text else one for one in found
        )
