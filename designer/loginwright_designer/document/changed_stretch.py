"""The one stretch in which two texts differ."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ChangedStretch:
    """What has to be done to one text to make another of it.

    Attributes:
        start: How many letters both begin with.
        removed: What stood there.
        inserted: What stands there instead.
    """

    start: int
    removed: str = field(repr=False)
    inserted: str = field(repr=False)


def changed_stretch(old: str, new: str) -> ChangedStretch:
    """Return the shortest stretch between a beginning and an end that two texts share."""
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    return ChangedStretch(start, old[start : len(old) - end], new[start : len(new) - end])


def _common(one: str, other: str) -> int:
    """Return how many letters two texts begin with alike, comparing long stretches at once."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
