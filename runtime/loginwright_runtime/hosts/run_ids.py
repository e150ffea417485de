"""Run ids: 128 bits, new for each handler call, told from made-up ones without keeping any."""

from __future__ import annotations

import os
from hashlib import blake2b

_NUMBER = 4
_SEAL = 12


class RunIds:
    """Makes the run ids of one worker.

    An id is a number and 96 bits that authenticate it under a key that only the parent has. So an
    id that outlived its run is known for what it is after any number of runs, and code that has
    seen some ids can make no other (security.md 22).
    """

    __slots__ = ("_key", "_last")

    def __init__(self) -> None:
        """Take a fresh key."""
        self._key = os.urandom(16)
        self._last = 0

    def fresh(self) -> str:
        """Return a new id, 32 hex digits."""
        self._last = (self._last + 1) % (1 << _NUMBER * 8)
        return self._sealed(self._last.to_bytes(_NUMBER, "big"))

    def issued(self, run: str) -> bool:
        """Return whether ``run`` came from this object."""
        try:
            number = bytes.fromhex(run[: _NUMBER * 2])
        except ValueError:
            return False
        return run == self._sealed(number)

    def _sealed(self, number: bytes) -> str:
        return number.hex() + blake2b(number, digest_size=_SEAL, key=self._key).hexdigest()
