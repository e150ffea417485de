"""What somebody wishes for a recorded login; the signal says what."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LoginWish:
    """Do something with one recorded login.

    Attributes:
        key: Of the login.
    """

    key: str
