"""A source file's bytes as an editor shows them, and back without touching what was not edited."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|\Z)")


@dataclass(frozen=True, slots=True)
class SourceText:
    r"""The text of a source, its lines ended by ``\n`` whatever the file has.

    Attributes:
        text: What an editor shows.
        editable: False where the bytes are not UTF-8: shown with replacement characters, and
            writing it back would lose what stood there.
        marked: Whether the file begins with a byte order mark, which editors hide.
    """

    text: str = field(repr=False)
    editable: bool
    marked: bool
    _endings: tuple[str, ...] = field(repr=False)

    @staticmethod
    def of(content: bytes) -> SourceText:
        """Return the text of a file."""
        marked = content.startswith(codecs.BOM_UTF8)
        body = content.removeprefix(codecs.BOM_UTF8)
        try:
            written, editable = body.decode(), True
        except UnicodeDecodeError:
            written, editable = body.decode(errors="replace"), False
        lines = [line for line in _LINE.findall(written) if line]
        endings = tuple(line[len(line.rstrip("\r\n")) :] for line in lines)
        text = "".join(
            line.rstrip("\r\n") + "\n" * bool(end)
            for line, end in zip(lines, endings, strict=False)
        )
        return SourceText(text, editable, marked, endings)

    def to_bytes(self, text: str) -> bytes:
        """Return the file after its text was edited; the same text gives the same bytes.

        Lines that were not edited keep their ends; new ones get the end most lines have.

        Raises:
            ValueError: The file is not UTF-8, so it cannot be edited as a text.
        """
        if not self.editable:
            raise ValueError("The file is not UTF-8 and cannot be edited as a text.")
        old, new = self.text.split("\n"), text.split("\n")
        first = _alike(old, new)
        last = _alike(old[first:][::-1], new[first:][::-1])
        known = {
            **{line: self._ending(line) for line in range(first)},
            **{len(new) - 1 - line: self._ending(len(old) - 1 - line) for line in range(last)},
        }
        usual = self._usual_ending()
        ended = (line + (known.get(number) or usual) for number, line in enumerate(new[:-1]))
        mark = codecs.BOM_UTF8 if self.marked else b""
        return mark + ("".join(ended) + new[-1]).encode()

    def _ending(self, line: int) -> str:
        return self._endings[line] if line < len(self._endings) else ""

    def _usual_ending(self) -> str:
        used = [ending for ending in self._endings if ending]
        return max(dict.fromkeys(used), key=used.count, default="\n")


def _alike(one: list[str], other: list[str]) -> int:
    count = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            break
        count += 1
    return count
