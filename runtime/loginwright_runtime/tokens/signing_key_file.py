"""Loads the private key that somebody brings with ``--signing-key``."""

from __future__ import annotations

import stat
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from loginwright_runtime.errors import OptionsError, Problem, SignerError
from loginwright_runtime.tokens.key_signer import KeySigner

if TYPE_CHECKING:
    from pathlib import Path

    from loginwright_runtime.tokens.jwks import PrivateKey

_MAX_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class LoadedSigner:
    """A signer, and what is odd about its file.

    Attributes:
        signer: Ready to sign; ``signer.algorithm`` says with what.
        problems: Warnings only: a key that others on this machine can read.
    """

    signer: KeySigner
    problems: tuple[Problem, ...] = field(default=())


def load_signer(path: Path, *, kid: str | None = None) -> LoadedSigner:
    """Read a private key in PEM and make a signer of it.

    Args:
        path: The file.
        kid: Key id for the tokens' header; None takes the key's thumbprint (RFC 7638).

    Raises:
        OptionsError: The file cannot be read, holds no private key, or one that is encrypted,
            too small, or of a kind that signs neither RS256 nor ES256. The message never quotes
            the file.
    """
    try:
        with path.open("rb") as file:
            data = file.read(_MAX_BYTES)
        mode = path.stat().st_mode
    except OSError as error:
        raise _refusal(
            path, f"The signing key cannot be read: {error.strerror}.", "Name a readable PEM file."
        ) from None
    try:
        signer = KeySigner(_private_key(data, path), kid)
    except SignerError as error:
        raise _refusal(path, str(error), "Bring another key with --signing-key.") from None
    return LoadedSigner(signer, _exposed(path, mode))


def _private_key(data: bytes, path: Path) -> PrivateKey:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        key = load_pem_private_key(data, None)
    except TypeError:
        raise _refusal(
            path,
            "The signing key is encrypted with a passphrase.",
            "Decrypt it first, for instance with `openssl pkey -in KEY -out PLAIN`, mode 0600.",
        ) from None
    except (ValueError, UnsupportedAlgorithm):
        raise _refusal(path, *_why_not_a_key(data)) from None
    if isinstance(key, RSAPrivateKey | EllipticCurvePrivateKey):
        return key
    raise _refusal(
        path,
        f"A key of the kind {_kind_of(key)} cannot sign RS256 or ES256.",
        "Bring an RSA key of 2048 bits or more, or an EC key on the curve P-256.",
    )


def _kind_of(key: object) -> str:
    return type(key).__name__.removesuffix("PrivateKey")


def _why_not_a_key(data: bytes) -> tuple[str, str]:
    if b"PUBLIC KEY-----" in data:
        return "This is a public key; it cannot sign.", "Name the file of the private key."
    if b"-----BEGIN CERTIFICATE-----" in data:
        return "This is a certificate; it cannot sign.", "Name the file of its private key."
    if b"-----BEGIN " not in data:
        return "This is no PEM file.", "Convert the key, for instance with `openssl pkey`."
    return "This file holds no private key that can be read.", "Make a new one with `openssl`."


def _exposed(path: Path, mode: int) -> tuple[Problem, ...]:
    if not stat.S_IMODE(mode) & 0o077:
        return ()
    return (
        Problem(
            rule="signing-key-readable",
            severity="warning",
            message="Other users of this machine can read the signing key.",
            remedy=f"Close it with `chmod 600 {path.name}`.",
            file=str(path),
        ),
    )


def _refusal(path: Path, message: str, remedy: str) -> OptionsError:
    return OptionsError(
        Problem(
            rule="signing-key", severity="error", message=message, remedy=remedy, file=str(path)
        )
    )
