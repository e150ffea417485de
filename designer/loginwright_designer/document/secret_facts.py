"""What may be shown of a secret's value without showing it."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass

from loginwright_runtime.tokens.shared_secret import RECOMMENDED_BYTES

GENERATED_BYTES = 32
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass(frozen=True, slots=True)
class SecretFacts:
    """What is known about a value.

    Attributes:
        characters: Its length.
        size: Its length in bytes of UTF-8, which is what HS256 counts.
        check: Four letters that tell two values apart; see ``check_letters``.
        outer_space: White space stands before or behind it, as after careless copying.
        inner_space: White space or a line end stands inside.
        is_short: Shorter than the 32 bytes HS256 asks for (RFC 7518 section 3.2).
    """

    characters: int
    size: int
    check: str
    outer_space: bool
    inner_space: bool
    is_short: bool


def secret_facts(value: str, key: bytes) -> SecretFacts:
    """Return what may be shown of a value.

    Args:
        value: The secret; nothing of it is in the result but its length.
        key: As for ``check_letters``.
    """
    plain = value.strip()
    size = len(value.encode(errors="surrogatepass"))
    return SecretFacts(
        characters=len(value),
        size=size,
        check=check_letters(value, key),
        outer_space=plain != value,
        inner_space=any(letter.isspace() for letter in plain),
        is_short=size < RECOMMENDED_BYTES,
    )


def check_letters(value: str, key: bytes) -> str:
    """Return four letters that change with the value and say nothing about it.

    The first 20 bits of HMAC-SHA256(key, "loginwright/secret-check" NUL value), five to a letter of
    Crockford's base 32 (no I, L, O, U). The key is random and this user's own, so that somebody who
    sees the letters in a picture cannot try guesses against them; with the key, 20 bits still leave
    one in a million of all values. Two users see different letters for the same value.
    """
    message = b"loginwright/secret-check\0" + value.encode(errors="surrogatepass")
    bits = int.from_bytes(hmac.digest(key, message, hashlib.sha256)[:3]) >> 4
    return "".join(_LETTERS[bits >> shift & 31] for shift in (15, 10, 5, 0))


def generate_secret() -> str:
    """Return 32 random bytes as 43 letters that need no quoting in URLs, shells and .env files."""
    return secrets.token_urlsafe(GENERATED_BYTES)
