"""Public halves of signing keys as a JWK set (RFC 7517, 7518, 7638)."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Literal, TypeAlias

import orjson

from loginwright_runtime.errors import SignerError
from loginwright_runtime.tokens.base64url import base64url

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import (
        EllipticCurvePrivateKey,
        EllipticCurvePublicKey,
    )
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey

    from loginwright_runtime.login.json_values import JsonObject

    PrivateKey: TypeAlias = RSAPrivateKey | EllipticCurvePrivateKey
    PublicKey: TypeAlias = RSAPublicKey | EllipticCurvePublicKey

SigningAlgorithm: TypeAlias = Literal["RS256", "ES256"]

MIN_RSA_BITS = 2048
"""RFC 7518 3.3."""


def algorithm_of(key: PublicKey) -> SigningAlgorithm:
    """Return the algorithm a key signs with: RSA takes RS256, the curve P-256 takes ES256.

    Raises:
        SignerError: Another curve, or an RSA key under 2048 bits.
    """
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

    if isinstance(key, RSAPublicKey):
        if key.key_size < MIN_RSA_BITS:
            raise SignerError(
                f"An RSA key of {key.key_size} bits is too small to sign tokens; "
                f"use one of {MIN_RSA_BITS} bits or more."
            )
        return "RS256"
    if key.curve.name != "secp256r1":
        raise SignerError(
            f"A key on the curve {key.curve.name} cannot sign ES256; use the curve P-256."
        )
    return "ES256"


def thumbprint(key: PublicKey) -> str:
    """Return the key's SHA-256 thumbprint (RFC 7638), the key id of a real key."""
    canonical = orjson.dumps(_required_members(key), option=orjson.OPT_SORT_KEYS)
    return base64url(hashlib.sha256(canonical).digest())


def public_jwk(key: PublicKey, kid: str) -> JsonObject:
    """Return one member of a JWK set.

    Args:
        key: The public half.
        kid: As the signer writes it into its headers.
    """
    return {**_required_members(key), "use": "sig", "alg": algorithm_of(key), "kid": kid}


def jwk_set(*keys: JsonObject) -> JsonObject:
    """Return the JWK set that a relying party fetches."""
    return {"keys": list(keys)}


def _required_members(key: PublicKey) -> JsonObject:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

    if isinstance(key, RSAPublicKey):
        rsa = key.public_numbers()
        return {"kty": "RSA", "n": _number(rsa.n), "e": _number(rsa.e)}
    point = key.public_numbers()
    size = (key.key_size + 7) // 8
    return {"kty": "EC", "crv": "P-256", "x": _number(point.x, size), "y": _number(point.y, size)}


def _number(value: int, size: int | None = None) -> str:
    length = (value.bit_length() + 7) // 8 if size is None else size
    return base64url(value.to_bytes(length, "big"))
