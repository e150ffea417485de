"""The forms that a secret's value may take where it was not meant to be."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, quote_plus

if TYPE_CHECKING:
    from collections.abc import Iterator

ENCODERS: Final = (base64.b64encode, base64.urlsafe_b64encode)


def forms_of(value: str) -> frozenset[bytes]:
    """Return the value as it is, escaped, encoded at every offset, and from behind."""
    plain = value.encode()
    return frozenset(
        {
            plain,
            plain[::-1],
            json.dumps(value)[1:-1].encode(),
            json.dumps(json.dumps(value))[3:-3].encode(),
            quote(value).encode(),
            quote(value, safe="").encode(),
            quote_plus(value).encode(),
            plain.hex().encode(),
            plain.hex().upper().encode(),
            value.encode("utf-16-le"),
            *_in_base64(plain),
        }
    )


def _in_base64(plain: bytes) -> Iterator[bytes]:
    """Yield what is the same wherever the value stands in what was encoded."""
    for encode in ENCODERS:
        for offset in range(3):
            encoded = encode(bytes(offset) + plain).rstrip(b"=")
            last = -1 if (offset + len(plain)) % 3 else None
            yield encoded[-(-offset * 4 // 3) : last]


def forms_in(content: bytes, *values: str) -> list[bytes]:
    """Return the forms of any of the values that stand in something."""
    return [form for value in values for form in forms_of(value) if form in content]
