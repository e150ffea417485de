"""Reads the host of a URL as a browser does, so that no spelling hides where it leads.

After the WHATWG URL standard ("host parsing") and UTS 46: percent escapes are decoded, characters
that only look different are folded, dots are dots. What a browser would refuse is refused too, and
so are the few hosts a browser would rewrite into an address (``0x7f.1``).
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from unicodedata import category, normalize
from urllib.parse import unquote

_PLAIN = re.compile(r"(?:[A-Za-z0-9-]*\.)*[A-Za-z][A-Za-z0-9-]*\.?")
_PLACE = re.compile(r"(?:\[([0-9A-Fa-f:.]+)\]|([^\[\]:]*))(?::([0-9]*))?")
_IGNORED = re.compile(
    "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u2060-\u2064\u206a-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0100-\U000e01ef]"
)
_DOTS = str.maketrans("\u3002\uff0e\uff61", "...")
_KEPT_LETTERS = {"\u00df": "\u00df", "\u1e9e": "\u00df", "\u03c2": "\u03c2"}
_REG_NAME = re.compile(r"[a-z0-9._~!$&'()*+,;=-]+")
_ENDS_IN_NUMBER = re.compile(r"(?:.*\.)?(?:[0-9]+|0x[0-9a-f]*)\.?")
_MAX_PORT = 65535


@dataclass(frozen=True, slots=True)
class Authority:
    """What stands between a URL's scheme and its path.

    Attributes:
        host: In ASCII and lower case; IPv6 without its brackets.
        port: Where one was given.
        user_info: Something stood before an ``@``.
    """

    host: str
    port: int | None = None
    user_info: bool = False


def read_authority(text: str) -> Authority | None:
    """Return the authority a browser would read, or None where it could not be opened.

    Args:
        text: What stands between ``//`` and the first ``/``, ``?`` or ``#``.
    """
    if _PLAIN.fullmatch(text):
        return Authority(text.lower())
    before, at, place = text.rpartition("@")
    found = _PLACE.fullmatch(place)
    if found is None:
        return None
    port = int(found[3]) if found[3] else None
    if port is not None and port > _MAX_PORT:
        return None
    host = _ipv6(found[1]) if found[1] is not None else _domain(found[2])
    return None if host is None else Authority(host, port, bool(at or before))


def folded(text: str) -> str:
    """Return text without the differences that are none in a host name."""
    plain = normalize("NFKC", "".join(map(_folded_char, unquote(text))))
    return _IGNORED.sub("", plain.translate(_DOTS))


def _folded_char(char: str) -> str:
    if char in _KEPT_LETTERS:
        return _KEPT_LETTERS[char]
    return normalize("NFKC", normalize("NFKC", char).casefold()).casefold()


def _ipv6(address: str) -> str | None:
    try:
        return ipaddress.IPv6Address(address).compressed
    except ValueError:
        return None


def _domain(text: str) -> str | None:
    labels = [_label(label) for label in folded(text).split(".")]
    known = [label for label in labels if label is not None]
    host = ".".join(known)
    if len(known) != len(labels) or not _REG_NAME.fullmatch(host):
        return None
    return _ipv4(host) if _ENDS_IN_NUMBER.fullmatch(host) else host


def _label(label: str) -> str | None:
    """Return one label in ASCII (RFC 3492); None where it has characters that no name has."""
    if label.isascii():
        return label
    if any(category(char)[0] in "CZ" for char in label):
        return None
    return f"xn--{label.encode('punycode').decode('ascii')}"


def _ipv4(address: str) -> str | None:
    try:
        return str(ipaddress.IPv4Address(address))
    except ValueError:
        return None
