"""Strategies for the many spellings of one name: what an attacker of a name check would try."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Callable

    from hypothesis.strategies import DrawFn, SearchStrategy

FORBIDDEN_HOSTS = ("auth0.com", "webtask.io", "webtask.run")
DOTS = (".", "\u3002", "\uff0e", "\uff61", "%2e", "%2E", "%E3%80%82")


def fullwidth(char: str) -> str:
    """Return a character in full width, as NFKC folds it back."""
    return chr(ord(char) + 0xFEE0)


def escaped(char: str) -> str:
    """Return every byte of a character as a percent escape."""
    return "".join(f"%{byte:02X}" for byte in char.encode())


LETTERS: tuple[Callable[[str], str], ...] = (
    str,
    str.upper,
    fullwidth,
    escaped,
    lambda char: escaped(char).lower(),
    lambda char: escaped(fullwidth(char)),
    lambda char: quote(fullwidth(char.upper())),
    lambda char: f"\u00ad{char}",
    lambda char: f"{char}\ufe0f",
    lambda char: f"{char}\t",
    lambda char: f"\n{char}",
    lambda char: f"\u200b{char}",
    lambda char: chr(0x1D400 + ord(char) - ord("a")) if char.isalpha() else char,
)


@st.composite
def spelled(draw: DrawFn, word: str) -> str:
    """Draw a spelling of a host name."""
    parts: list[str] = []
    for char in word:
        if char == ".":
            parts.append(draw(st.sampled_from(DOTS)))
        else:
            parts.append(draw(st.sampled_from(LETTERS))(char))
    return "".join(parts)


@st.composite
def spelled_urls(draw: DrawFn) -> str:
    """Draw a URL that a browser would open at a forbidden host, or could not open at all."""
    host = draw(st.sampled_from(FORBIDDEN_HOSTS).flatmap(spelled))
    return "".join(
        [
            draw(st.sampled_from(["", " ", "\x00", "\t", "\x1f \n"])),
            draw(st.sampled_from(["https:", "http:", "HttpS:", "ht\ttp:", "http\n:", "wss:"])),
            draw(st.sampled_from(["//", "\\\\", "/\\", "////", "//\t"])),
            draw(st.sampled_from(["", "ada@", "ada:p%40w@", "example.com@", "a@b@", ":@"])),
            draw(st.sampled_from(["", "eu.", "a.b\u3002", "\u00fc.", "a" * 70 + ".", "."])),
            host,
            draw(st.sampled_from(["", ".", "..", "\u3002", "%2e"])),
            draw(st.sampled_from(["", ":", ":443", ":8443", ":0"])),
            draw(st.sampled_from(["", "/", "/roles", "?roles", "#roles", "\\roles", "/\ud83d"])),
            draw(st.sampled_from(["", " ", "\x00"])),
        ]
    )


def spelled_urns() -> SearchStrategy[str]:
    """Draw a name that says ``urn:auth0`` in one spelling or another."""
    return st.tuples(
        st.sampled_from(["", " ", "\x00", "\n"]),
        st.sampled_from(["urn:", "URN:", "uRn:", "u\nrn:"]),
        spelled("auth0"),
        st.sampled_from(["", ":", ":roles", "\uff1aroles", "%3Aroles", "/roles", "?roles"]),
    ).map("".join)
