"""How names of the api are spelled in Python."""

from __future__ import annotations

import re
from keyword import iskeyword

_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def snake_case(name: str) -> str:
    """Return ``setCustomClaim`` as ``set_custom_claim``, and ``from`` as ``from_``."""
    snake = _HUMP.sub("_", name).lower()
    return f"{snake}_" if iskeyword(snake) else snake


def python_method(name: str) -> str:
    """Return ``idToken.setCustomClaim`` as ``id_token.set_custom_claim``."""
    return ".".join(snake_case(part) for part in name.split("."))
