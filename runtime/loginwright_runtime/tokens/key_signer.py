"""Signs tokens with a key that is held as an object: a PEM text for each call costs 34 ms."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import orjson
from typing_extensions import override

from loginwright_runtime.errors import SignerError
from loginwright_runtime.extension_points import SigningRequest, TokenSigner
from loginwright_runtime.tokens.jwks import algorithm_of, jwk_set, public_jwk, thumbprint

if TYPE_CHECKING:
    from jwt.api_jws import PyJWS

    from loginwright_runtime.login.json_values import JsonObject
    from loginwright_runtime.tokens.jwks import PrivateKey


class KeySigner(TokenSigner):
    """Signs RS256 with an RSA key of 2048 bits or more, ES256 with a key on the curve P-256.

    One signature takes 0.3 ms (RS256, 2048 bits) and is made where it is asked for.

    Args:
        key: The private key.
        kid: Key id for the header; None takes the key's thumbprint (RFC 7638).

    Raises:
        SignerError: A key that can sign neither.
    """

    __slots__ = ("_key", "algorithm", "kid")

    def __init__(self, key: PrivateKey, kid: str | None = None) -> None:
        public = key.public_key()
        self.algorithm = algorithm_of(public)
        self.kid = thumbprint(public) if kid is None else kid
        self._key = key

    @override
    def __repr__(self) -> str:
        return f"KeySigner({self.algorithm}, kid={self.kid!r})"

    @override
    async def sign(self, request: SigningRequest) -> str:
        """Return the token in compact form.

        Raises:
            SignerError: The key does not sign with the algorithm asked for.
        """
        if request.algorithm != self.algorithm:
            raise SignerError(
                f"The signing key {self.kid} signs {self.algorithm}, not {request.algorithm}; "
                f'set algorithm = "{self.algorithm}" or bring another key.'
            )
        headers = {"typ": request.token_type, "kid": self.kid}
        return _signatures().encode(
            orjson.dumps(request.claims), self._key, algorithm=self.algorithm, headers=headers
        )

    def jwks(self) -> JsonObject:
        """Return the public half as a JWK set."""
        return jwk_set(public_jwk(self._key.public_key(), self.kid))


def load_signatures() -> None:
    """Load what reads keys and signs with them, where there is time to spare before a login ends.

    It takes 30 ms, and the first signature needs it.
    """
    from cryptography.hazmat.primitives import serialization

    del serialization
    _signatures()


@cache
def _signatures() -> PyJWS:
    from jwt.api_jws import PyJWS

    return PyJWS(algorithms=["RS256", "ES256"])
