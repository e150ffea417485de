"""Where a step ends, where frames are told but not which call each belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loginwright_runtime.debugging.code import CodeStep


class StepTarget:
    """Judges the places a step comes by, from the functions on the stack, innermost first.

    A function that awaits comes back on another stack. It is told from one that was called
    meanwhile by whether it was seen further inside than where the step began.
    """

    def __init__(self, step: CodeStep, functions: Sequence[str]) -> None:
        """Begin a step where these functions run."""
        self._step = step
        self._start = tuple(functions)
        self._entered: set[str] = set()

    def is_reached(self, functions: Sequence[str]) -> bool:
        """Tell whether the step ends here; call it for every place in order."""
        stack = tuple(functions)
        if self._step in ("run", "into") or not stack or not self._start:
            return self._step != "run"
        begun = self._start[0]
        if len(stack) > len(self._start):
            self._entered.add(stack[0])
            return False
        if stack == self._start[len(self._start) - len(stack) :]:
            return self._step == "over" or len(stack) < len(self._start)
        if stack[0] == begun:
            return self._step == "over"
        return stack[0] not in self._entered

    def goes_on_from(self, functions: Sequence[str]) -> bool:
        """Tell whether the step, begun again here, ends where it would have: not further inside."""
        if self._step != "over" or not self._start:
            return True
        stack = tuple(functions)
        return len(stack) <= len(self._start) and stack[:1] == self._start[:1]
