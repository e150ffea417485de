"""Signs tokens of logins on a desk: always as an issuer that exists nowhere (security.md 26)."""

from __future__ import annotations

import asyncio
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from typing_extensions import override

from loginwright_runtime.errors import SignerError
from loginwright_runtime.extension_points import SigningRequest, TokenSigner
from loginwright_runtime.flow.home_folder import home_folder
from loginwright_runtime.tokens.jwks import thumbprint
from loginwright_runtime.tokens.key_signer import KeySigner, load_signatures
from loginwright_runtime.whole_file import fresh_file

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonObject
    from loginwright_runtime.tokens.jwks import PrivateKey

DEVELOPMENT_ISSUER = "https://loginwright.invalid/"
_FILES = {"RS256": "development-rs256.der", "ES256": "development-es256.der"}


def state_folder() -> Path:
    """Return where this user's own state lies: ``$XDG_STATE_HOME/loginwright``."""
    base = os.environ.get("XDG_STATE_HOME", "")
    root = Path(base) if base.startswith("/") else home_folder() / ".local" / "state"
    return root / "loginwright"


class DevelopmentSigner(TokenSigner):
    """Signs with keys of this user's own, made when the first token needs one.

    Args:
        folder: Where the key files lie, 0600 in a 0700 folder; None takes ``state_folder()``.
    """

    __slots__ = ("_folder", "_signers")

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._signers: dict[str, KeySigner] = {}

    @override
    def __repr__(self) -> str:
        return "DevelopmentSigner()"

    @override
    async def sign(self, request: SigningRequest) -> str:
        """Return the token in compact form.

        Raises:
            SignerError: Another issuer than ``https://loginwright.invalid/``, another algorithm
                than RS256 or ES256, or a key file that cannot be used.
        """
        issuer = request.claims.get("iss")
        if issuer != DEVELOPMENT_ISSUER:
            raise SignerError(
                f"The development key signs only as {DEVELOPMENT_ISSUER}, not as {issuer}; "
                "bring that issuer's key with --signing-key, or leave the issuer unset."
            )
        signer = self._signers.get(request.algorithm)
        if signer is None:
            signer = await asyncio.to_thread(self._signer, request.algorithm)
            self._signers[request.algorithm] = signer
        return await signer.sign(request)

    def jwks(self, algorithm: str = "RS256") -> JsonObject:
        """Return the public half of a development key as a JWK set; makes the key if need be.

        Raises:
            SignerError: As ``sign`` does.
        """
        return self._signer(algorithm).jwks()

    def _signer(self, algorithm: str) -> KeySigner:
        name = _FILES.get(algorithm)
        if name is None:
            raise SignerError(f"Tokens can be signed with RS256 or ES256, not with {algorithm}.")
        load_signatures()
        path = (self._folder or state_folder()) / name
        try:
            key = _parsed(_read_or_make(path, algorithm), path)
        except OSError as error:
            raise SignerError(
                f"{path}: the development key cannot be used: {error.strerror}.",
                "Mend the file's permissions, or remove it; a new key is then made. "
                "XDG_STATE_HOME names another folder to keep it in.",
                file=str(path),
            ) from error
        return KeySigner(key, kid=f"dev-{thumbprint(key.public_key())[:16]}")


def _read_or_make(path: Path, algorithm: str) -> bytes:
    try:
        return _read(path)
    except FileNotFoundError:
        pass
    _write_once(path, _new_key(algorithm))
    return _read(path)


def _read(path: Path) -> bytes:
    """Read a key file; one that others could read is closed to them first."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    with open(descriptor, "rb") as file:
        mode = os.fstat(descriptor).st_mode
        if stat.S_IMODE(mode) & 0o077:
            os.fchmod(descriptor, 0o600)
        return file.read()


def _write_once(path: Path, data: bytes) -> None:
    """Put a complete key file in place; where another process was faster, its key stays."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with fresh_file(path, data, 0o600) as fresh:
        _put_in_place(fresh, path)


def _put_in_place(fresh: Path, path: Path) -> None:
    try:
        os.link(fresh, path)
    except FileExistsError:
        return
    except OSError:
        fresh.replace(path)  # a file system without hard links


def _new_key(algorithm: str) -> bytes:
    from cryptography.hazmat.primitives.asymmetric import ec, rsa
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    key = (
        rsa.generate_private_key(public_exponent=65_537, key_size=2048)
        if algorithm == "RS256"
        else ec.generate_private_key(ec.SECP256R1())
    )
    return key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())


def _parsed(data: bytes, path: Path) -> PrivateKey:
    """Load a key of our own making; RSA's 29 ms of validation are for keys of strangers."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from cryptography.hazmat.primitives.serialization import load_der_private_key

    try:
        key = load_der_private_key(data, None, unsafe_skip_rsa_key_validation=True)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        key = None
    if isinstance(key, RSAPrivateKey | EllipticCurvePrivateKey):
        return key
    raise SignerError(
        f"{path}: this file holds no development key.",
        "Remove it; a new key is then made.",
        file=str(path),
    )
