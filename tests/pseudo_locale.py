"""A language that nobody speaks: every text is there, accented and longer by half."""

from __future__ import annotations

import re

from PySide6.QtCore import QTranslator
from typing_extensions import override

ACCENTED = str.maketrans("aeiouyAEIOUYcnszCNSZ", "àéîöûýÀÉÎÖÛÝçñšžÇÑŠŽ")
PLACE = re.compile(r"(\{[^}]*\}|<[^>]*>)")
"""What a text leaves to be filled in, and what is markup: both stay as they are."""


def pseudo(text: str) -> str:
    """Return a text in that language."""
    parts = PLACE.split(text)
    accented = "".join(
        part if number % 2 else part.translate(ACCENTED) for number, part in enumerate(parts)
    )
    letters = sum(len(part) for part in parts[::2])
    longer = accented + "~" * ((letters + 2) // 3)
    return longer if letters else text


class PseudoLocale(QTranslator):
    """Translates everything; what stays English on the screen was never given to a translator."""

    @override
    def isEmpty(self) -> bool:
        return False

    @override
    def translate(
        self, context: str, sourceText: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        return pseudo(sourceText)
