"""Run ids: 128 bits, new for each handler call, told from made-up ones without keeping any."""

from __future__ import annotations

import os
from hashlib import blake2b

_HALF = 8


class RunIds:
    """Makes the run ids of one worker.

    Half of an id is random; the other half authenticates the first under a key that only the parent
    has. So an id that outlived its run is known for what it is after any number of runs, and code
    that sees one id can make no other (security.md 22).
    """

    __slots__ = ("_key",)

    def __init__(self) -> None:
        """Take a fresh key."""
        self._key = os.urandom(16)

    def fresh(self) -> str:
        """Return a new id, 32 hex digits."""
        half = os.urandom(_HALF)
        return half.hex() + self._seal(half)

    def issued(self, run: str) -> bool:
        """Return whether ``run`` came from this object."""
        try:
            half = bytes.fromhex(run[: _HALF * 2])
        except ValueError:
            return False
        return len(half) == _HALF and run == half.hex() + self._seal(half)

    def _seal(self, half: bytes) -> str:
        return blake2b(half, digest_size=_HALF, key=self._key).hexdigest()
