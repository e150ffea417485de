"""A keyring in memory for tests, of a class that they accept."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from keyring.backends import fail, null
from keyring.backends.chainer import ChainerBackend

if TYPE_CHECKING:
    from collections.abc import Callable


class FakeKeyring:
    """Keeps values as a system's keyring does, and counts what it is asked."""

    def __init__(self) -> None:
        self.entries: dict[tuple[str, str], str] = {}
        self.asked = 0
        self.error: Exception | None = None

    def get_password(self, service: str, username: str) -> str | None:
        self._ask()
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._ask()
        self.entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._ask()
        del self.entries[service, username]

    def _ask(self) -> None:
        self.asked += 1
        if self.error is not None:
            raise self.error


ACCEPTED = {f"{FakeKeyring.__module__}.{FakeKeyring.__qualname__}": "Test keyring"}

# The constructors of the library's own backends are not annotated.
fail_keyring = cast("Callable[[], object]", fail.Keyring)
null_keyring = cast("Callable[[], object]", null.Keyring)
chained_keyrings = cast("Callable[[], object]", ChainerBackend)
