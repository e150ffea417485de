"""Reads a compact JSON Web Token as strictly as RFC 8725 asks, before anybody trusts it."""

from __future__ import annotations

import base64
import json
import re
from dataclasses import dataclass, field

import orjson

from loginwright_runtime.login.json_values import JsonObject, JsonValue

MAX_TOKEN_CHARACTERS = 65_536
MAX_DEPTH = 100

_THREE_PARTS = re.compile(r"\A([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]*)\Z")


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A token, or a part of one, that no careful reader accepts.

    Attributes:
        reason: In words, for whoever looks at the token; quotes nothing of it.
    """

    reason: str


@dataclass(frozen=True, slots=True)
class UnverifiedToken:
    """A token's header and payload; nothing in them is proven.

    Attributes:
        header: The header, or why it cannot be read.
        payload: The payload, or why it cannot be read.
        signature: The signature's bytes, or why they cannot be read.
    """

    header: JsonObject | Unreadable = field(repr=False)
    payload: JsonObject | Unreadable = field(repr=False)
    signature: bytes | Unreadable = field(repr=False)


def read_unverified(token: str) -> UnverifiedToken:
    """Read a token's header and payload without judging its signature.

    Refused as unreadable: other than three parts (an encrypted token has five), characters
    outside base64url, padding, non-canonical encodings (RFC 7515 2), JSON that is no object,
    repeats a member (RFC 8725 2.7), holds ``NaN`` or nests deeper than 100 levels.

    Args:
        token: As it came, from whomever.
    """
    parts = _parts(token)
    if isinstance(parts, Unreadable):
        return UnverifiedToken(parts, parts, parts)
    header, payload, signature = parts
    return UnverifiedToken(_object_of(header), _object_of(payload), _bytes_of(signature))


def _parts(token: str) -> tuple[str, str, str] | Unreadable:
    if len(token) > MAX_TOKEN_CHARACTERS:
        return Unreadable("longer than 64 kB")
    match = _THREE_PARTS.match(token)
    if match is not None:
        return match.group(1), match.group(2), match.group(3)
    if token.count(".") == 4:
        return Unreadable("five parts, as an encrypted token has")
    return Unreadable("not three base64url parts joined by dots")


def _bytes_of(part: str) -> bytes | Unreadable:
    if len(part) % 4 == 1:
        return Unreadable("a part is not base64url")
    data = base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
    if base64.urlsafe_b64encode(data).rstrip(b"=") != part.encode("ascii"):
        return Unreadable("a part is not in canonical base64url")
    return data


def _object_of(part: str) -> JsonObject | Unreadable:
    data = _bytes_of(part)
    if isinstance(data, Unreadable):
        return data
    try:
        value: JsonValue = orjson.loads(data)
    except orjson.JSONDecodeError:
        return Unreadable("not valid JSON")
    if not isinstance(value, dict):
        return Unreadable("not a JSON object")
    if _is_deep(value):
        return Unreadable("nested too deeply")
    if _repeats_a_member(data):
        return Unreadable("a member stands twice")
    return value


def _is_deep(value: JsonValue) -> bool:
    level = [value]
    for _ in range(MAX_DEPTH):
        level = [child for parent in level for child in _children(parent)]
        if not level:
            return False
    return True


def _children(value: JsonValue) -> list[JsonValue]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


class _RepeatedMemberError(Exception):
    """An object in the text has two members of one name."""


def _refuse_repeats(pairs: list[tuple[str, JsonValue]]) -> None:
    if len({name for name, _ in pairs}) != len(pairs):
        raise _RepeatedMemberError


def _repeats_a_member(data: bytes) -> bool:
    """Tell whether any object of valid JSON repeats a member; orjson keeps the last in silence."""
    try:
        json.loads(data, object_pairs_hook=_refuse_repeats, parse_int=float)
    except _RepeatedMemberError:
        return True
    return False
