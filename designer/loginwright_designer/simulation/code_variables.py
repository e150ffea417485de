"""Variables of code that stands still, as the tree of variables shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QCoreApplication

from loginwright_designer.simulation.variables import (
    Mark,
    Path,
    Spelled,
    Unread,
    Variable,
    VariableValue,
)
from loginwright_runtime.debugging.inspection import MOST_VARIABLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loginwright_runtime.debugging.inspection import Variable as CodeVariable

translate = QCoreApplication.translate

FrameKey: TypeAlias = tuple[str, str, int]
"""Function, file, and how many frames are below: what tells a running function from others."""


@dataclass(frozen=True, slots=True)
class MoreKey:
    """What stands behind the row that reads on in a long value.

    Attributes:
        handle: Of the value.
        start: The first member that is still to be read.
    """

    handle: str
    start: int

    @property
    def text(self) -> str:
        """How the tree calls it."""
        return f"{self.start}|{self.handle}"

    @classmethod
    def of(cls, text: str) -> MoreKey:
        """Return what the tree asks for."""
        start, _, handle = text.partition("|")
        return cls(handle, int(start))


@dataclass(frozen=True, slots=True)
class SeenBefore:
    """What a frame's variables held at the stop before.

    Attributes:
        texts: Name → text; None where the frame was not looked at.
    """

    texts: Mapping[str, str] | None = field(default=None, repr=False)

    def mark(self, one: CodeVariable) -> Mark:
        """Return what became of a variable."""
        if self.texts is None or one.kind in ("uninitialised", "note"):
            return Mark.NONE
        before = self.texts.get(one.name)
        if before is None:
            return Mark.NEW
        return Mark.NONE if before == one.text else Mark.CHANGED


NOTHING_SEEN = SeenBefore()


def known_texts(variables: Sequence[CodeVariable]) -> dict[str, str]:
    """Return what is compared at the next stop; what is not declared yet is not known."""
    return {one.name: one.text for one in variables if one.kind not in ("uninitialised", "note")}


def shown_variables(
    variables: Sequence[CodeVariable],
    path: Path,
    key: MoreKey,
    before: SeenBefore = NOTHING_SEEN,
) -> tuple[Variable, ...]:
    """Return members of a scope or a value as rows; the last one reads on where there are more.

    Args:
        variables: As they were read.
        path: Where the value stands in its scope; empty for the scope itself.
        key: What was read.
        before: What they held at the stop before.
    """
    rows = [
        Variable(one.name, _value(one), (*path, one.name), before.mark(one)) for one in variables
    ]
    if len(variables) >= MOST_VARIABLES:
        more = MoreKey(key.handle, key.start + len(variables))
        name = translate("Variables", "from {number} on").format(number=more.start)
        rows.append(Variable(name, Unread(more.text, "…"), (*path, more.text)))
    return tuple(rows)


def shown_variable(one: CodeVariable, path: Path, mark: Mark = Mark.NONE) -> Variable:
    """Return one value as a row, such as what an expression gives."""
    return Variable(one.name, _value(one), path, mark)


def _value(one: CodeVariable) -> VariableValue:
    if one.handle is not None:
        return Unread(MoreKey(one.handle, 0).text, one.text, opens=one.count != 0)
    return Spelled(one.text, one.kind)
