"""The guide as it is read inside the application: sections of text, without its pictures."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PICTURE = re.compile(r"^!\[[^\]]*\]\([^)]*\)\n", re.MULTILINE)
_ELSEWHERE = re.compile(r"\[([^\]]+)\]\((?!#)[^)]*\)")
_CONTENTS = re.compile(r"(?:^- \[[^\]]+\]\(#[^)]*\)\n)+", re.MULTILINE)
_HEADING = re.compile(r"^#{2,3} (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Guide:
    """What is shown of it.

    Attributes:
        text: Markdown. What a window would show beside it is left out: pictures of that window,
            the list of sections, links into files that the application does not bring.
        sections: Their titles, in order.
    """

    text: str
    sections: tuple[str, ...]


def guide_of(page: str) -> Guide:
    """Return the guide.

    Args:
        page: ``docs/designer.md``.
    """
    text = _ELSEWHERE.sub(r"\1", _CONTENTS.sub("", _PICTURE.sub("", page)))
    return Guide(text, tuple(_HEADING.findall(text)))


def anchor_of(title: str) -> str:
    """Return what a link to a section says, as repositories make it of the section's title."""
    return re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-")
