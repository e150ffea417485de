"""Signed tokens in compact form, as anybody else's library reads them."""

from __future__ import annotations

import sys

import jwt
import orjson
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from loginwright_runtime.tokens.base64url import base64url
from loginwright_runtime.tokens.compact_jws import compact_jws, load_cryptography, signature_of

CLAIMS = {"sub": "auth0|ada", "name": "Adä"}


@pytest.fixture(scope="module")
def rsa_key() -> rsa.RSAPrivateKey:
    """A key for RS256."""
    return rsa.generate_private_key(public_exponent=65_537, key_size=2048)


def test_a_token_signed_rs256_is_byte_for_byte_that_of_pyjwt(rsa_key: rsa.RSAPrivateKey) -> None:
    payload = orjson.dumps(CLAIMS)
    token = compact_jws(
        {"typ": "at+jwt", "kid": "one", "alg": "RS256"}, payload, signature_of(rsa_key)
    )
    theirs = jwt.PyJWS().encode(payload, rsa_key, "RS256", {"typ": "at+jwt", "kid": "one"})
    assert token == theirs


def test_a_token_signed_es256_is_read_by_pyjwt_whatever_its_numbers() -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    sign = signature_of(key)
    for number in range(64):
        token = compact_jws({"alg": "ES256"}, orjson.dumps({"number": number}), sign)
        assert jwt.decode(token, key.public_key(), ["ES256"]) == {"number": number}


def test_a_token_that_was_changed_does_not_verify(rsa_key: rsa.RSAPrivateKey) -> None:
    token = compact_jws({"alg": "RS256"}, orjson.dumps(CLAIMS), signature_of(rsa_key))
    head, _, signature = token.split(".")
    forged = f"{head}.{base64url(orjson.dumps({'sub': 'auth0|eve'}))}.{signature}"
    with pytest.raises(jwt.InvalidSignatureError):
        jwt.decode(forged, rsa_key.public_key(), ["RS256"])


def test_what_signs_can_be_loaded_ahead() -> None:
    load_cryptography()
    assert "cryptography.hazmat.primitives.serialization" in sys.modules
