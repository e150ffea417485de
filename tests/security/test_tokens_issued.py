"""The tokens an application gets, read by an independent library as a careful client would."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from joserfc import jwt
from joserfc.errors import BadSignatureError, ExpiredTokenError, InvalidClaimError
from joserfc.jwk import KeySet

from loginwright_runtime.extension_points import SigningRequest
from loginwright_runtime.tokens.payloads import TokenInputs, access_token_claims, id_token_claims
from loginwright_runtime.tokens.signers import KeySigner

if TYPE_CHECKING:
    from joserfc.jwt import ClaimsOption

    from loginwright_runtime.tokens.jwks import PrivateKey

NOW = 1_795_428_000
ISSUER = "https://login.example.com/"
API = "https://api.example.com/"


def inputs() -> TokenInputs:
    return TokenInputs(
        issuer=ISSUER,
        subject="auth0|0001",
        client_id="my-spa",
        access_audience=API,
        scopes=("openid", "email"),
        issued_at=NOW,
        jti="id-1",
        profile={"email": "ada@example.com", "email_verified": True},
        id_claims={"https://my-app.example.com/roles": ["admin"], "iss": "https://evil.example/"},
        access_claims={"sub": "auth0|9999", "scope": "everything", "cnf": {"jkt": "evil"}},
        custom_claims="any",
        nonce="n-0S6",
    )


async def issued(signer: KeySigner) -> tuple[str, str]:
    access_token = await signer.sign(
        SigningRequest(access_token_claims(inputs()), signer.algorithm, "at+jwt")
    )
    id_token = await signer.sign(
        SigningRequest(id_token_claims(inputs(), access_token), signer.algorithm)
    )
    return id_token, access_token


def read(token: str, signer: KeySigner, now: int = NOW, **expected: ClaimsOption) -> jwt.Token:
    keys = KeySet.import_key_set(signer.jwks())  # type: ignore[arg-type]  # their own TypedDict
    decoded = jwt.decode(token, keys, algorithms=[signer.algorithm])
    jwt.JWTClaimsRegistry(now=now, leeway=0, **expected).validate(decoded.claims)
    return decoded


@pytest.fixture(scope="module", params=["RS256", "ES256"])
def signer(request: pytest.FixtureRequest) -> KeySigner:
    key: PrivateKey = (
        rsa.generate_private_key(65537, 2048)
        if request.param == "RS256"
        else ec.generate_private_key(ec.SECP256R1())
    )
    return KeySigner(key)


async def test_a_client_accepts_the_id_token(signer: KeySigner) -> None:
    id_token, access_token = await issued(signer)
    token = read(
        id_token,
        signer,
        iss={"essential": True, "value": ISSUER},
        aud={"essential": True, "value": "my-spa"},
        nonce={"essential": True, "value": "n-0S6"},
        sub={"essential": True},
    )
    assert token.header["typ"] == "JWT"
    assert token.claims["email"] == "ada@example.com"
    assert token.claims["https://my-app.example.com/roles"] == ["admin"]
    half = hashlib.sha256(access_token.encode()).digest()[:16]
    assert base64.urlsafe_b64decode(token.claims["at_hash"] + "==") == half


async def test_an_api_accepts_the_access_token_and_what_actions_tried_is_not_in_it(
    signer: KeySigner,
) -> None:
    _, access_token = await issued(signer)
    token = read(
        access_token,
        signer,
        iss={"essential": True, "value": ISSUER},
        aud={"essential": True, "value": API},
        sub={"essential": True, "value": "auth0|0001"},
        client_id={"essential": True, "value": "my-spa"},
        jti={"essential": True},
        scope={"essential": True, "value": "openid email"},
    )
    assert token.header["typ"] == "at+jwt"
    assert "cnf" not in token.claims


async def test_an_api_refuses_the_id_token_and_a_client_the_access_token(signer: KeySigner) -> None:
    id_token, access_token = await issued(signer)
    with pytest.raises(InvalidClaimError):
        read(id_token, signer, aud={"essential": True, "value": API})
    with pytest.raises(InvalidClaimError):
        read(access_token, signer, aud={"essential": True, "value": "my-spa"})
    assert read(id_token, signer).header["typ"] != read(access_token, signer).header["typ"]


async def test_both_tokens_end(signer: KeySigner) -> None:
    id_token, access_token = await issued(signer)
    read(id_token, signer, now=NOW + 36_000 - 1)
    read(access_token, signer, now=NOW + 86_400 - 1)
    with pytest.raises(ExpiredTokenError):
        read(id_token, signer, now=NOW + 36_000 + 1)
    with pytest.raises(ExpiredTokenError):
        read(access_token, signer, now=NOW + 86_400 + 1)


async def test_one_changed_character_refuses_a_token(signer: KeySigner) -> None:
    id_token, _ = await issued(signer)
    header, payload, signature = id_token.split(".")
    changed = ("A" if signature[0] != "A" else "B") + signature[1:]
    with pytest.raises(BadSignatureError):
        read(f"{header}.{payload}.{changed}", signer)
