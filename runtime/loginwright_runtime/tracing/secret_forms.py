"""The forms in which a secret can appear in a text: as it is, escaped, or encoded."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, field

MIN_PART_CHARACTERS = 6
"""From this length on a secret is also looked for inside longer texts (contract.md, "Outcome")."""

_MIN_LINE_CHARACTERS = 16
_ANCHOR = re.compile(r"[A-Za-z0-9_]+")
_BASE64 = "[A-Za-z0-9+/_-]"
_BASE64_SPELLINGS = {"+": "(?:[+-]|%2[bB])", "/": "(?:[/_]|%2[fF])"}


@dataclass(frozen=True, slots=True)
class SecretForms:
    """How one secret is found.

    Attributes:
        whole: Texts that equal the secret altogether.
        hints: Bytes of which at least one stands in any JSON text that holds the secret; empty
            when there is no such sign and the text has to be searched itself.
        pattern: Regular expression for the secret as a part of a text, or None when it is too
            short to be looked for there.
    """

    whole: frozenset[str] = field(repr=False)
    hints: tuple[bytes, ...] = field(repr=False)
    pattern: str | None = field(repr=False)


def forms_of(secret: str) -> SecretForms:
    """Return how a secret is found (security.md 23).

    Its forms are the text, with and without a trailing newline; its characters escaped as JSON,
    JavaScript or Python do, or percent-encoded, each in any mixture; base64 and base64url of it
    at any of the three alignments, hence also inside a longer encoding; and hex. The long lines
    of a secret of several lines count as secrets of their own, for logs come by the line.

    Args:
        secret: Not empty.
    """
    texts = {secret, secret.rstrip("\r\n")} - {""}
    whole = frozenset(texts | {f"{text}\n" for text in texts})
    long = sorted(
        {text for text in texts | _lines(secret) if len(text) >= MIN_PART_CHARACTERS},
        key=len,
        reverse=True,
    )
    if not long:
        return SecretForms(whole, (), None)
    patterns = [pattern for text in long for pattern in _patterns(text)]
    hints = [hint for text in long for hint in _hints(text)]
    usable = () if b"" in hints else tuple(dict.fromkeys(hints))
    return SecretForms(whole, usable, "|".join(dict.fromkeys(patterns)))


def _lines(secret: str) -> set[str]:
    """Return the lines worth hiding by themselves; the frame of a PEM file is no secret."""
    lines = {line.strip() for line in secret.splitlines()}
    return {line for line in lines if len(line) >= _MIN_LINE_CHARACTERS and line[:5] != "-----"}


def _patterns(text: str) -> list[str]:
    data = text.encode("utf-8", "surrogatepass")
    spelled = _spelled(_UNITS.findall(text))
    aligned = [_aligned_pattern(data, offset) for offset in range(3)]
    return [spelled, *aligned, f"(?i:{data.hex()})"]


def _spelled(units: list[str]) -> str:
    """Return a pattern for a text: each unit itself, escaped, or percent-encoded."""
    pattern, before = "", ""
    for unit in units:
        # A run of backslashes takes all that follow it, those that escape its neighbour too.
        slashes = r"\\*+" if before.startswith("\\") else r"\\++"
        pattern += _unit(unit, slashes)
        before = unit
    return pattern


def _unit(unit: str, slashes: str) -> str:
    """Return a pattern for a run of letters and digits, a run of backslashes, or a character."""
    if _ANCHOR.match(unit):
        return unit
    encoded = _encoded(unit[0], slashes)
    if unit[0] == "\\":
        return rf"(?:(?:{encoded}){{{len(unit)}}}|\\{{{len(unit)},}}+)"
    plus = r"|\+" if unit == " " else ""
    return rf"(?:\\*+{re.escape(unit)}|{encoded}{plus})"


def _encoded(character: str, slashes: str) -> str:
    """Return a pattern for a character percent-encoded (also twice) or as an escape."""
    units = character.encode("utf-16-be", "surrogatepass")
    pairs = [units[index : index + 2].hex() for index in range(0, len(units), 2)]
    data = character.encode("utf-8", "surrogatepass")
    spellings = [
        "".join(rf"%(?:25)*(?i:{byte:02x})" for byte in data),
        r"\\++".join(f"u(?i:{pair})" for pair in pairs),
        f"x(?i:{ord(character):02x})",
        f"U(?i:{ord(character):08x})",
        *_SHORT_ESCAPES.get(character, ()),
    ]
    escapes = (slashes + spelling for spelling in spellings[1:])
    return "|".join((spellings[0], *escapes))


_UNITS = re.compile(r"[A-Za-z0-9_]+|\\+|.", re.DOTALL)
_SHORT_ESCAPES = {"\n": "n", "\r": "r", "\t": "t", "\b": "b", "\f": "f"}
"""Letters that follow the backslash."""


def _core(data: bytes, offset: int) -> str:
    """Return the base64 characters that depend on ``data`` alone, ``offset`` bytes into a group."""
    encoded = base64.b64encode(bytes(offset) + data).decode("ascii")
    first = -(-offset * 8 // 6)
    last = (offset + len(data)) * 8 // 6
    return encoded[first:last]


def _aligned_pattern(data: bytes, offset: int) -> str:
    """Match the core, and the neighbours that carry some bits of the secret, with padding."""
    core = "".join(_BASE64_SPELLINGS.get(digit, digit) for digit in _core(data, offset))
    before = f"{_BASE64}?" if offset else ""
    after = f"(?:{_BASE64}?={{0,2}})" if (offset + len(data)) % 3 else ""
    return before + core + after


def _hints(text: str) -> list[bytes]:
    """Return what stands in every JSON text that holds ``text`` in one of its forms.

    The longest run of letters and digits is in the text itself and in its escaped spellings.
    """
    data = text.encode("utf-8", "surrogatepass")
    run = max(_ANCHOR.findall(text), key=len, default="")
    cores = [_core(data, offset) for offset in range(3)]
    base64_runs = [max(re.split("[+/]", core), key=len) for core in cores]
    runs = [run if len(run) >= 3 else "", *base64_runs]
    return [found.encode("ascii") for found in (*runs, data.hex(), data.hex().upper())]
