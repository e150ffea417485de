"""The system's keyring, where it is one that keeps secrets (security.md 30)."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TypeAlias, cast

from loginwright_designer.document.folder_lock import designer_state
from loginwright_runtime.whole_file import kept_private

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic import JsonValue

SCOPES_FORMAT = "loginwright/keyring-scopes@1"

ACCEPTED_KEYRINGS: Mapping[str, str] = {
    "keyring.backends.SecretService.Keyring": "Secret Service",
    "keyring.backends.kwallet.DBusKeyring": "KWallet",
    "keyring.backends.kwallet.DBusKeyringKWallet4": "KWallet",
    "keyring.backends.macOS.Keyring": "macOS Keychain",
    "keyring.backends.Windows.WinVaultKeyring": "Windows Credential Manager",
}
"""Backends by class, with the name people know. All others count as no keyring: files in plain
text, ``null``, and whatever somebody installed."""


class Keyring(Protocol):
    """What is used of a backend of the ``keyring`` library."""

    def get_password(self, service: str, username: str) -> str | None:
        """Return a value, None where there is none."""
        ...

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep a value."""
        ...

    def delete_password(self, service: str, username: str) -> None:
        """Forget a value."""
        ...


@dataclass(frozen=True, slots=True)
class InKeyring:
    """Values are kept in the system's keyring.

    Attributes:
        keyring: What people call it, "Secret Service".
    """

    keyring: str


@dataclass(frozen=True, slots=True)
class InMemory:
    """Values are gone when the window closes.

    Attributes:
        reason: Why, a sentence.
    """

    reason: str


Keeping: TypeAlias = InKeyring | InMemory

NO_KEYRING = InMemory("This system has no keyring that Loginwright trusts.")
KEYRING_FAILED = InMemory("The keyring did not answer, or was not unlocked.")
NO_SCOPE = InMemory("The place where Loginwright notes its keyring entries cannot be written.")


@dataclass(frozen=True, slots=True)
class KeptValues:
    """What a keyring gave.

    Attributes:
        values: By name; names without a value are left out.
        keeping: Where values are kept.
    """

    values: Mapping[str, str] = field(repr=False)
    keeping: Keeping


def system_keyring() -> object:
    """Return the backend that the system or its user chose."""
    import keyring  # late, as in ``accepted_keyring``

    return keyring.get_keyring()


def accepted_keyring(
    backend: object, accepted: Mapping[str, str] = ACCEPTED_KEYRINGS
) -> tuple[Keyring, str] | None:
    """Return a backend that is accepted and its name; of several the first, None without one."""
    # With its backends the library costs 50 ms of a start: only who reads or keeps a value waits.
    from keyring.backends.chainer import ChainerBackend

    candidates = backend.backends if isinstance(backend, ChainerBackend) else [backend]
    for candidate in candidates:
        name = accepted.get(f"{type(candidate).__module__}.{type(candidate).__qualname__}")
        if name is not None:
            return cast("Keyring", candidate), name
    return None


class KeyringStore:
    """Keeps the secrets of folders under random ids; every method blocks, perhaps for a prompt.

    An entry's service is ``loginwright/<id>``, its user name the secret's name. The id is random
    and noted for the folder's real path in the user's state: what ``flow.json`` says has no part in
    it, so that a stranger's folder cannot ask for another's secrets.
    """

    def __init__(
        self,
        state: Path | None = None,
        backend: Callable[[], object] = system_keyring,
        accepted: Mapping[str, str] = ACCEPTED_KEYRINGS,
    ) -> None:
        """Prepare the store; the keyring is looked for when it is first needed.

        Args:
            state: Where the ids are noted; None takes ``designer_state()``.
            backend: Finds the backend that the system or its user chose.
            accepted: Backends that count, by class.
        """
        self._scopes = (state or designer_state()) / "keyring-scopes.json"
        self._backend = backend
        self._accepted = accepted

    def load(self, folder: Path, names: Collection[str]) -> KeptValues:
        """Return the values that are kept for a folder; asks nothing where none was ever kept."""
        found = accepted_keyring(self._backend(), self._accepted)
        if found is None:
            return KeptValues({}, NO_KEYRING)
        backend, shown = found
        scope = self._known().get(str(folder))
        if scope is None:
            return KeptValues({}, InKeyring(shown))
        try:
            read = {name: backend.get_password(_service(scope), name) for name in names}
        except Exception:  # noqa: BLE001 - the border to a service that fails in any way it likes
            return KeptValues({}, KEYRING_FAILED)
        values = {name: value for name, value in read.items() if value is not None}
        return KeptValues(values, InKeyring(shown))

    def keep(self, folder: Path, values: Mapping[str, str | None]) -> Keeping:
        """Keep values for a folder; None forgets one."""
        found = accepted_keyring(self._backend(), self._accepted)
        if found is None:
            return NO_KEYRING
        backend, shown = found
        scope = self._scope(folder)
        if scope is None:
            return NO_SCOPE
        try:
            for name, value in values.items():
                if value is not None:
                    backend.set_password(_service(scope), name, value)
                elif backend.get_password(_service(scope), name) is not None:
                    backend.delete_password(_service(scope), name)
        except Exception:  # noqa: BLE001 - the border to a service that fails in any way it likes
            return KEYRING_FAILED
        return InKeyring(shown)

    def _scope(self, folder: Path) -> str | None:
        """Return the folder's id, a new one where it has none; None where none can be noted."""
        known = self._known()
        scope = known.get(str(folder))
        if scope is not None:
            return scope
        scope = secrets.token_hex(16)
        document = {"format": SCOPES_FORMAT, "folders": {**known, str(folder): scope}}
        noted = kept_private(self._scopes, json.dumps(document, indent=2).encode())
        return scope if noted else None

    def _known(self) -> dict[str, str]:
        try:
            document: JsonValue = json.loads(self._scopes.read_bytes())
        except (OSError, ValueError):
            return {}
        match document:
            case {"format": str(written), "folders": dict(folders)} if written == SCOPES_FORMAT:
                return {path: scope for path, scope in folders.items() if isinstance(scope, str)}
            case _:
                return {}


def check_key(state: Path | None = None) -> bytes:
    """Return this user's key for ``check_letters``, made when there is none.

    Where it cannot be written, it is another one with each window.
    """
    path = (state or designer_state()) / "check-key"
    with suppress(OSError, ValueError):
        key = bytes.fromhex(path.read_text(encoding="ascii"))
        if len(key) == 32:
            return key
    key = secrets.token_bytes(32)
    kept_private(path, key.hex().encode())
    return key


def _service(scope: str) -> str:
    return f"loginwright/{scope}"
