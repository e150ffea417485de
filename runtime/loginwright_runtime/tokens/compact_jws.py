"""Writes signed tokens in compact form (RFC 7515 7.1) with RS256 or ES256 (RFC 7518 3.3, 3.4).

Written out here, because PyJWT takes 30 ms to import, a tenth of a short ``loginwright run``. What
comes from others is read by ``strict_jwt`` and checked by PyJWT.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

import orjson

from loginwright_runtime.tokens.base64url import base64url

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

    from loginwright_runtime.login.json_values import JsonObject
    from loginwright_runtime.tokens.jwks import PrivateKey

Sign: TypeAlias = Callable[[bytes], bytes]
"""Makes the signature of some bytes, in the form that a JWS carries."""

_P256_BYTES = 32


def compact_jws(header: JsonObject, payload: bytes, sign: Sign) -> str:
    """Return a signed token.

    Args:
        header: With ``alg``, as ``sign`` signs; written in the order of its names.
        payload: The claims as JSON.
        sign: From ``signature_of``.
    """
    head = base64url(orjson.dumps(header, option=orjson.OPT_SORT_KEYS))
    content = f"{head}.{base64url(payload)}"
    return f"{content}.{base64url(sign(content.encode('ascii')))}"


def load_cryptography() -> None:
    """Load what reads keys and signs with them, where there is time to spare before a login ends.

    It takes 15 ms, and ``signature_of`` needs it.
    """
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import padding

    del padding, serialization


def signature_of(key: PrivateKey) -> Sign:
    """Return what signs with a key: RS256 with one of RSA, else ES256.

    Args:
        key: Fit to sign, as ``jwks.algorithm_of`` has judged.
    """
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

    return _rs256(key) if isinstance(key, RSAPrivateKey) else _es256(key)


def _rs256(key: RSAPrivateKey) -> Sign:
    from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
    from cryptography.hazmat.primitives.hashes import SHA256

    padding, digest = PKCS1v15(), SHA256()
    return lambda content: key.sign(content, padding, digest)


def _es256(key: EllipticCurvePrivateKey) -> Sign:
    from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
    from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
    from cryptography.hazmat.primitives.hashes import SHA256

    algorithm = ECDSA(SHA256())

    def sign(content: bytes) -> bytes:
        r, s = decode_dss_signature(key.sign(content, algorithm))
        return r.to_bytes(_P256_BYTES, "big") + s.to_bytes(_P256_BYTES, "big")

    return sign
