"""Shows what steers a stranger's text unseen, such as its direction (security.md 33)."""

from __future__ import annotations

import re

_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]"
)


def visible(text: str) -> str:
    r"""Return a text whose control characters stand as their codes: ``\\u202e``."""
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def visible_line(text: str) -> str:
    """Return a text as one line; see ``visible``."""
    return visible(text.replace("\r\n", "\n").replace("\n", "⏎").replace("\t", " "))
