"""Signatures of a real key, checked by another library than the one that made them."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from joserfc import jws, jwt
from joserfc.errors import BadSignatureError
from joserfc.jwk import ECKey, KeySet, RSAKey

from loginwright_runtime.errors import SignerError
from loginwright_runtime.extension_points import SigningRequest
from loginwright_runtime.tokens.jwks import jwk_set, public_jwk, thumbprint
from loginwright_runtime.tokens.key_signer import load_signatures
from loginwright_runtime.tokens.signers import KeySigner

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonObject

CLAIMS: JsonObject = {"iss": "https://login.example.com/", "sub": "auth0|0001", "name": "Ådä"}


@pytest.fixture(scope="module")
def rsa_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


@pytest.fixture(scope="module")
def ec_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def verified(token: str, signer: KeySigner) -> jwt.Token:
    keys = KeySet.import_key_set(signer.jwks())  # type: ignore[arg-type]  # their own TypedDict
    return jwt.decode(token, keys, algorithms=[signer.algorithm])


async def test_an_rsa_key_signs_rs256(rsa_key: rsa.RSAPrivateKey) -> None:
    signer = KeySigner(rsa_key)
    token = verified(await signer.sign(SigningRequest(CLAIMS, "RS256", "JWT")), signer)
    assert token.claims == CLAIMS
    assert token.header == {"alg": "RS256", "typ": "JWT", "kid": signer.kid}


async def test_an_ec_key_signs_es256(ec_key: ec.EllipticCurvePrivateKey) -> None:
    signer = KeySigner(ec_key)
    token = verified(await signer.sign(SigningRequest(CLAIMS, "ES256", "at+jwt")), signer)
    assert token.claims == CLAIMS
    assert token.header == {"alg": "ES256", "typ": "at+jwt", "kid": signer.kid}


async def test_an_altered_token_no_longer_verifies(ec_key: ec.EllipticCurvePrivateKey) -> None:
    signer = KeySigner(ec_key)
    header, _, signature = (await signer.sign(SigningRequest(CLAIMS, "ES256"))).split(".")
    other = (await signer.sign(SigningRequest({**CLAIMS, "sub": "x"}, "ES256"))).split(".")[1]
    with pytest.raises(BadSignatureError):
        verified(f"{header}.{other}.{signature}", signer)


async def test_a_stranger_s_key_does_not_verify_our_tokens(rsa_key: rsa.RSAPrivateKey) -> None:
    token = await KeySigner(rsa_key, "same").sign(SigningRequest(CLAIMS))
    stranger = KeySigner(rsa.generate_private_key(65537, 2048), "same")
    with pytest.raises(BadSignatureError):
        verified(token, stranger)


async def test_another_algorithm_than_the_keys_is_refused(rsa_key: rsa.RSAPrivateKey) -> None:
    signer = KeySigner(rsa_key, "prod-1")
    for algorithm in ("ES256", "HS256", "none", "PS256"):
        with pytest.raises(SignerError, match=f"prod-1 signs RS256, not {algorithm}"):
            await signer.sign(SigningRequest(CLAIMS, algorithm))


def test_a_small_rsa_key_is_refused() -> None:
    with pytest.raises(SignerError, match="1024 bits is too small"):
        KeySigner(rsa.generate_private_key(65537, 1024))


def test_another_curve_is_refused() -> None:
    with pytest.raises(SignerError, match=r"curve secp384r1 cannot sign ES256.*P-256"):
        KeySigner(ec.generate_private_key(ec.SECP384R1()))


def test_the_key_id_is_the_thumbprint_of_rfc_7638(
    rsa_key: rsa.RSAPrivateKey, ec_key: ec.EllipticCurvePrivateKey
) -> None:
    assert KeySigner(rsa_key).kid == RSAKey.import_key(rsa_key).thumbprint()
    assert KeySigner(ec_key).kid == ECKey.import_key(ec_key).thumbprint()
    assert thumbprint(rsa_key.public_key()) == KeySigner(rsa_key).kid


def test_a_key_id_can_be_given(rsa_key: rsa.RSAPrivateKey) -> None:
    signer = KeySigner(rsa_key, "prod-1")
    assert signer.jwks()["keys"] == [public_jwk(rsa_key.public_key(), "prod-1")]


def test_a_jwk_set_holds_the_public_halves_alone(
    rsa_key: rsa.RSAPrivateKey, ec_key: ec.EllipticCurvePrivateKey
) -> None:
    rsa_jwk = public_jwk(rsa_key.public_key(), "a")
    ec_jwk = public_jwk(ec_key.public_key(), "b")
    assert set(rsa_jwk) == {"kty", "n", "e", "use", "alg", "kid"}
    assert set(ec_jwk) == {"kty", "crv", "x", "y", "use", "alg", "kid"}
    assert jwk_set(rsa_jwk, ec_jwk) == {"keys": [rsa_jwk, ec_jwk]}


def test_coordinates_keep_their_leading_zeros() -> None:
    """RFC 7518 6.2.1.2: 32 octets, always; one key in 128 has a coordinate that is shorter."""
    key = next(
        key
        for scalar in range(1, 5000)
        if (key := ec.derive_private_key(scalar, ec.SECP256R1())).public_key().public_numbers().x
        < 2**248
    )
    assert len(str(public_jwk(key.public_key(), "a")["x"])) == 43
    assert KeySigner(key).kid == ECKey.import_key(key).thumbprint()


async def test_the_header_names_no_key_material(rsa_key: rsa.RSAPrivateKey) -> None:
    token = await KeySigner(rsa_key).sign(SigningRequest(CLAIMS))
    assert set(jws.extract_compact(token.encode()).headers()) == {"alg", "typ", "kid"}


def test_a_signer_shows_algorithm_and_key_id_only(rsa_key: rsa.RSAPrivateKey) -> None:
    assert repr(KeySigner(rsa_key, "prod-1")) == "KeySigner(RS256, kid='prod-1')"


def test_what_signs_can_be_loaded_before_the_first_token() -> None:
    code = (
        "import sys; from loginwright_runtime.tokens import key_signer as k; "
        "before = 'jwt' in sys.modules; k.load_signatures(); print(before, 'jwt' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["False", "True"]


async def test_a_signer_loaded_early_signs_as_one_loaded_late(rsa_key: rsa.RSAPrivateKey) -> None:
    signer = KeySigner(rsa_key)
    late = await signer.sign(SigningRequest(CLAIMS))
    load_signatures()
    assert await signer.sign(SigningRequest(CLAIMS)) == late
    assert verified(late, signer).claims == CLAIMS
