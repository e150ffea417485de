"""What somebody wishes about the values of secrets; no ``repr`` holds one."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class SecretSaved:
    """A value was written.

    Attributes:
        name: Of the secret.
        value: What it is from now on.
    """

    name: str
    value: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SecretWish:
    """Do something with the value of one secret; the signal says what.

    Attributes:
        name: Of the secret.
    """

    name: str


@dataclass(frozen=True, slots=True)
class EnvWish:
    """Take values from a ``.env`` file.

    Attributes:
        path: The file.
    """

    path: Path
