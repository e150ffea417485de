"""HS256 with a secret that two sites share: PyJWT's signature code, and nothing else of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from typing_extensions import override

from loginwright_runtime.api.arguments import is_undefined

if TYPE_CHECKING:
    from jwt.algorithms import Algorithm
    from jwt.api_jws import PyJWS

    from loginwright_runtime.login.json_values import JsonValue

HS256 = "HS256"
RECOMMENDED_BYTES = 32
"""RFC 7518 3.2: a key of the hash's size or longer."""


@dataclass(frozen=True, slots=True)
class UnusableSecret:
    """A value that cannot be a shared secret.

    Attributes:
        reason: Why, in words that quote nothing of it.
    """

    reason: str


@dataclass(frozen=True, slots=True)
class SharedSecret:
    """A secret that HS256 can use; made by ``read_secret``."""

    key: bytes = field(repr=False)

    @property
    def is_short(self) -> bool:
        """Whether HS256 asks for more: under 32 bytes (security.md 14; a warning, no refusal)."""
        return len(self.key) < RECOMMENDED_BYTES

    def sign(self, payload: bytes) -> str:
        """Return the compact token with the header ``{"alg":"HS256","typ":"JWT"}``.

        Args:
            payload: The claims as JSON.
        """
        return _signatures().encode(payload, self.key, algorithm=HS256)

    def verifies(self, token: str) -> bool:
        """Tell whether this secret made the token's HS256 signature; compared in constant time.

        Args:
            token: One that ``strict_jwt`` could read.
        """
        from jwt.exceptions import PyJWTError

        try:
            _signatures().decode_complete(token, self.key, algorithms=[HS256])
        except PyJWTError:
            return False
        return True


def read_secret(value: JsonValue) -> SharedSecret | UnusableSecret:
    """Read what an action gave as a secret.

    An empty or missing one is refused (security.md 14), and so is a public key, a certificate or
    a JWK: whoever knows it could sign (RFC 8725 3.1, algorithm confusion).

    Args:
        value: As the action gave it.
    """
    if not isinstance(value, str):
        return UnusableSecret(f"secret must be a string, got {_kind_of(value)}")
    if not value:
        return UnusableSecret("secret must not be empty")
    from jwt.exceptions import InvalidKeyError

    key = value.encode("utf-8")
    try:
        _algorithm().prepare_key(key)
    except InvalidKeyError:
        return UnusableSecret("secret must be a shared secret, not a public key or a JWK")
    return SharedSecret(key)


def load_signatures() -> None:
    """Load what signs and checks redirect tokens, so that no action's time pays for it."""
    _signatures()
    _algorithm()


@cache
def _signatures() -> PyJWS:
    """Return a PyJWS that knows HS256 alone; PyJWT is imported here, late: it costs 80 ms."""
    from jwt.api_jws import PyJWS

    signatures = PyJWS(algorithms=[])
    signatures.register_algorithm(HS256, _algorithm())
    return signatures


@cache
def _algorithm() -> Algorithm:
    from jwt.algorithms import HMACAlgorithm

    class QuietHmac(HMACAlgorithm):
        """HMAC without PyJWT's warning: callers learn of it by ``is_short`` and say it."""

        @override
        def check_key_length(self, key: bytes) -> str | None:
            return None

    return QuietHmac(HMACAlgorithm.SHA256)


def _kind_of(value: JsonValue) -> str:
    if value is None or is_undefined(value):
        return "nothing"
    if isinstance(value, bool):
        return "a boolean"
    if isinstance(value, int | float):
        return "a number"
    return "a list" if isinstance(value, list) else "an object"
