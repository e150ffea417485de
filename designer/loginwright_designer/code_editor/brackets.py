"""Finds the bracket that belongs to another one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_OPENING = {"(": ")", "[": "]", "{": "}"}
_CLOSING = {closing: opening for opening, closing in _OPENING.items()}

FARTHEST = 20_000
"""How many characters are searched in each direction."""


@dataclass(frozen=True, slots=True)
class BracketPair:
    """A bracket beside the cursor and the one it belongs to.

    Attributes:
        here: Place of the one beside the cursor.
        other: Place of its partner; None when it has none.
    """

    here: int
    other: int | None


def bracket_pair(text: str, position: int, is_code: Callable[[int], bool]) -> BracketPair | None:
    """Return the bracket behind or before ``position`` with its partner.

    Args:
        text: The code.
        position: Of the cursor.
        is_code: Whether a place is code; brackets in strings and comments do not count.
    """
    for here in (position, position - 1):
        if 0 <= here < len(text) and text[here] in "()[]{}" and is_code(here):
            return _pair(text, here, is_code)
    return None


def _pair(text: str, here: int, is_code: Callable[[int], bool]) -> BracketPair | None:
    sign = text[here]
    other = _OPENING.get(sign) or _CLOSING[sign]
    either = re.compile(rf"[\{sign}\{other}]")
    if sign in _OPENING:
        end = min(len(text), here + FARTHEST)
        places = [found.start() for found in either.finditer(text, here, end)]
        searched_all = end == len(text)
    else:
        start = max(0, here + 1 - FARTHEST)
        places = [found.start() for found in either.finditer(text, start, here + 1)][::-1]
        searched_all = start == 0
    depth = 0
    for place in places:
        if not is_code(place):
            continue
        depth += 1 if text[place] == sign else -1
        if depth == 0:
            return BracketPair(here, place)
    return BracketPair(here, None) if searched_all else None
