"""Compares two short texts character by character, for showing what came beside what should."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import SequenceMatcher

MAX_CHARACTERS = 512
"""Beyond this, only a shared beginning and a shared end are looked for."""

_MEANINGFUL_RATIO = 0.4


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text.

    Attributes:
        text: Its characters.
        differs: The other text does not have them at this place.
    """

    text: str = field(repr=False)
    differs: bool = False


@dataclass(frozen=True, slots=True)
class CharDifferences:
    """Two texts in stretches; joined, each is the whole text.

    Attributes:
        expected: What would be right.
        got: What came.
    """

    expected: tuple[Span, ...] = ()
    got: tuple[Span, ...] = ()


def char_differences(expected: str, got: str) -> CharDifferences:
    """Return where two texts differ.

    Texts that have next to nothing in common differ as a whole: single letters that happen to
    be the same would only make them hard to read.

    Args:
        expected: What would be right.
        got: What came.
    """
    if expected == got:
        return CharDifferences(_span(expected, differs=False), _span(got, differs=False))
    if max(len(expected), len(got)) > MAX_CHARACTERS:
        return _of_ends(expected, got)
    matcher = SequenceMatcher(None, expected, got, autojunk=False)
    if matcher.ratio() < _MEANINGFUL_RATIO:
        return CharDifferences(_span(expected, differs=True), _span(got, differs=True))
    left: list[Span] = []
    right: list[Span] = []
    for tag, start, end, other_start, other_end in matcher.get_opcodes():
        differs = tag != "equal"
        left.extend(_span(expected[start:end], differs=differs))
        right.extend(_span(got[other_start:other_end], differs=differs))
    return CharDifferences(tuple(left), tuple(right))


def _of_ends(expected: str, got: str) -> CharDifferences:
    shorter = min(len(expected), len(got))
    head = next((at for at in range(shorter) if expected[at] != got[at]), shorter)
    room = shorter - head
    tail = next((at for at in range(room) if expected[-1 - at] != got[-1 - at]), room)
    return CharDifferences(_cut(expected, head, tail), _cut(got, head, tail))


def _cut(text: str, head: int, tail: int) -> tuple[Span, ...]:
    end = len(text) - tail
    return (
        *_span(text[:head], differs=False),
        *_span(text[head:end], differs=True),
        *_span(text[end:], differs=False),
    )


def _span(text: str, *, differs: bool) -> tuple[Span, ...]:
    return (Span(text, differs),) if text else ()
