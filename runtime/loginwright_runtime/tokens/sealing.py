"""The seal of a suspended login: only who brings its state can open it (security.md 10)."""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from typing_extensions import override

from loginwright_runtime.errors import OptionsError, Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

STATE_BYTES = 32
SERVER_KEY_BYTES = 32
_NONCE_BYTES = 12
_INFO = b"loginwright/suspension@1"
_NO_SERVER_KEY = b"loginwright/no-server-key"
_RANDOM_NAME = re.compile(r"\A[A-Za-z0-9_-]{43}\Z")


@dataclass(frozen=True, slots=True)
class SealedFor:
    """What a seal is bound to; a row whose columns were changed no longer opens.

    Attributes:
        state_digest: Key of the row, from ``digest_of``.
        flow_version: The version that must resume the login.
        transaction_id: The login.
        expires_at: Epoch seconds, to the millisecond.
    """

    state_digest: str
    flow_version: str
    transaction_id: str
    expires_at: float


@dataclass(frozen=True, slots=True)
class SealBroken:
    """The seal does not open: a wrong state, another server key, or an altered row.

    It never says which of them: all are one answer to whoever asks.
    """


def new_state() -> str:
    """Return a fresh state: 256 random bits, URL-safe, 43 characters."""
    return secrets.token_urlsafe(STATE_BYTES)


def new_browser_key() -> str:
    """Return a fresh browser key: 256 random bits, URL-safe, 43 characters (security.md 9)."""
    return secrets.token_urlsafe(STATE_BYTES)


def digest_of(state: str) -> str | None:
    """Return SHA-256 of a state as somebody brought it, hex; None when it cannot be one of ours.

    A store finds its row by this digest, so that nothing in it is a state.

    Args:
        state: As it came from a browser.
    """
    if _RANDOM_NAME.match(state) is None:
        return None
    return hashlib.sha256(state.encode("ascii")).hexdigest()


class Sealer:
    """Seals and opens suspended logins with AES-256-GCM.

    The key of one suspension is HKDF-SHA256 of its state with a server key as salt. Without
    server keys (``Sealer.unkeyed``, the command line) the salt is a public constant, and the
    state alone protects the login: enough against who reads the store, for no state stands in
    it; a server key adds that a leaked state opens nothing without the server.

    Args:
        store_keys: Server keys of 32 random bytes each. The first seals, any of them opens, so
            that keys can be changed: put the new one in front, drop the old one when the last
            suspension that it sealed has expired.

    Raises:
        OptionsError: No key, or one that is not 32 bytes long.
    """

    __slots__ = ("_salts",)

    def __init__(self, store_keys: Sequence[bytes]) -> None:
        if not store_keys:
            raise OptionsError(_key_problem("There is no server key"))
        if _is_one_key(store_keys):
            raise OptionsError(_key_problem("This is one server key and no list of them"))
        for index, key in enumerate(store_keys):
            if not _is_bytes(key):
                raise OptionsError(_key_problem("It is no bytes", f"[{index}]"))
            if len(key) != SERVER_KEY_BYTES:
                raise OptionsError(_key_problem(f"It has {len(key)} bytes", f"[{index}]"))
        self._salts: tuple[bytes, ...] = tuple(bytes(key) for key in store_keys)

    @classmethod
    def unkeyed(cls) -> Sealer:
        """Return a sealer without a server key, for the command line (security.md 10)."""
        sealer = cls.__new__(cls)
        sealer._salts = (_NO_SERVER_KEY,)
        return sealer

    @override
    def __repr__(self) -> str:
        return f"Sealer({len(self._salts)} keys)"

    def seal(self, content: bytes, state: str, bound: SealedFor) -> bytes:
        """Seal a login.

        Args:
            content: The login.
            state: Fresh, from ``new_state``; leaves with the browser and is never stored.
            bound: What the seal is bound to.

        Returns:
            A nonce of 12 bytes, then the ciphertext with its tag.
        """
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        nonce = os.urandom(_NONCE_BYTES)
        key = _derived_key(state, self._salts[0])
        return nonce + AESGCM(key).encrypt(nonce, content, _associated_data(bound))

    def open(self, sealed: bytes, state: str, bound: SealedFor) -> bytes | SealBroken:
        """Open what ``seal`` sealed.

        Args:
            sealed: As the store gave it.
            state: As the browser brought it.
            bound: As the store's row says.
        """
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        nonce, ciphertext = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
        if len(nonce) < _NONCE_BYTES or not _is_digest_of(state, bound.state_digest):
            return SealBroken()
        data = _associated_data(bound)
        for salt in self._salts:
            try:
                return AESGCM(_derived_key(state, salt)).decrypt(nonce, ciphertext, data)
            except InvalidTag:
                continue
        return SealBroken()


def _is_digest_of(state: str, digest: str) -> bool:
    own = digest_of(state)
    return own is not None and hmac.compare_digest(own.encode(), digest.encode())


def _derived_key(state: str, salt: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), length=32, salt=salt, info=_INFO).derive(state.encode("ascii"))


def _associated_data(bound: SealedFor) -> bytes:
    """Join the parts so that none can flow into its neighbour: each with its length before it."""
    parts = (
        bound.state_digest,
        bound.flow_version,
        bound.transaction_id,
        str(round(bound.expires_at * 1000)),
    )
    return b"".join(f"{len(part.encode())}:{part},".encode() for part in parts)


def _is_bytes(key: object) -> bool:
    """Tell bytes from a text out of the environment, a mistake that is easily made."""
    return isinstance(key, bytes | bytearray)


def _is_one_key(store_keys: object) -> bool:
    return isinstance(store_keys, bytes | bytearray | str)


def _key_problem(what: str, path: str = "") -> Problem:
    return Problem(
        rule="store-keys",
        severity="error",
        message=f"{what}; a server key has {SERVER_KEY_BYTES} random bytes.",
        remedy="Make one with secrets.token_bytes(32) and keep it with the server's secrets.",
        path=f"store_keys{path}",
    )
