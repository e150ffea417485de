"""What compiled code says of itself: its lines, its returns, what its handlers guard."""

from __future__ import annotations

import dis
import types
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from collections.abc import Callable

RETURNS = frozenset(
    number for name, number in dis.opmap.items() if name in ("RETURN_VALUE", "RETURN_CONST")
)
"""Opcodes that end a function."""
WAITS = frozenset({dis.opmap["YIELD_VALUE"]})
"""Opcodes at which a function waits."""


class Guarded(Protocol):
    """Instructions that a handler guards."""

    start: int
    end: int
    target: int


handlers_of = cast(
    "Callable[[types.CodeType], list[Guarded]]",
    getattr(dis, "_parse_exception_table"),  # noqa: B009 - there is no public way to ask
)


def lines_of(code: types.CodeType) -> set[int]:
    """Return every line that has code, functions inside included."""
    lines = {line for _, _, line in code.co_lines() if line}
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            lines |= lines_of(constant)
    return lines
