"""RFC 8725's list of attacks, tried on ``validateToken`` (security.md, "Tests that try")."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from joserfc import jwe
from joserfc.jwk import OctKey

from forged_tokens import NOW, SECRET, STATE, USER_ID, base64url, forge, honest_claims
from loginwright_runtime.tokens.redirect_tokens import (
    RedirectTokenReport,
    check_redirect_token,
    encode_redirect_token,
)

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonValue

SIGNATURE = "The session token is invalid: Failed signature validation"
CLAIMS = "The session token is invalid: Missing or invalid standard claims"


def check(token: str, secret: JsonValue = SECRET) -> RedirectTokenReport:
    return check_redirect_token(
        token=token,
        parameter="session_token",
        secret=secret,
        state=STATE,
        user_id=USER_ID,
        now=NOW,
    )


def refused(token: str, secret: JsonValue = SECRET) -> str:
    report = check(token, secret)
    assert report.payload is None
    assert report.error is not None
    return report.error.message


@pytest.fixture(scope="module")
def stranger() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


def rs256(header: dict[str, object], key: rsa.RSAPrivateKey) -> str:
    text = ".".join(base64url(json.dumps(part).encode()) for part in (header, honest_claims()))
    return f"{text}.{base64url(key.sign(text.encode(), padding.PKCS1v15(), hashes.SHA256()))}"


def public_pem(key: rsa.RSAPrivateKey) -> str:
    return (
        key.public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        .decode()
    )


@pytest.mark.parametrize("none", ["none", "nOnE", "NONE", "None", "", None, 0, [], ["HS256"]])
@pytest.mark.parametrize("signed", [True, False])
def test_no_spelling_of_none_gets_in(none: object, signed: bool) -> None:
    token = forge(honest_claims(), header={"alg": none, "typ": "JWT"})
    assert refused(token if signed else token.rsplit(".", 1)[0] + ".") == SIGNATURE


@pytest.mark.parametrize(
    "algorithm", ["hs256", "HS384", "HS512", "RS256", "ES256", "PS256", "EdDSA"]
)
def test_no_other_algorithm_gets_in_even_with_a_right_hmac(algorithm: str) -> None:
    assert refused(forge(honest_claims(), header={"alg": algorithm, "typ": "JWT"})) == SIGNATURE


def test_a_header_without_algorithm_is_refused() -> None:
    assert refused(forge(honest_claims(), header={"typ": "JWT"})) == SIGNATURE


def test_a_token_signed_by_a_strangers_key_pair_is_refused(stranger: rsa.RSAPrivateKey) -> None:
    assert refused(rs256({"alg": "RS256", "typ": "JWT"}, stranger)) == SIGNATURE


def test_a_public_key_is_no_shared_secret(stranger: rsa.RSAPrivateKey) -> None:
    """RS/HS confusion: the attacker signs by HMAC with a key that everybody knows."""
    pem = public_pem(stranger)
    token = forge(honest_claims(), secret=pem)
    assert refused(token, secret=pem) == (
        "api.redirect.validateToken: secret must be a shared secret, not a public key or a JWK."
    )
    made = encode_redirect_token(
        secret=pem, payload={}, hostname="h", user_id=USER_ID, ip="127.0.0.1", now=NOW
    )
    assert made.__class__.__name__ == "ErrorReply"


def test_a_jwk_is_no_shared_secret() -> None:
    key = json.dumps({"kty": "oct", "k": base64url(SECRET.encode())})
    assert "not a public key or a JWK" in refused(forge(honest_claims(), secret=key), secret=key)


@pytest.mark.parametrize("member", ["jwk", "jku", "x5u", "x5c", "kid"])
def test_a_key_named_by_the_token_itself_is_never_used(member: str) -> None:
    attackers = "an attacker's secret of thirty-two bytes"
    named: dict[str, object] = {
        "jwk": {"kty": "oct", "k": base64url(attackers.encode())},
        "jku": "https://attacker.example.com/jwks.json",
        "x5u": "https://attacker.example.com/cert.pem",
        "x5c": [base64.b64encode(attackers.encode()).decode()],
        "kid": "../../../../dev/null",
    }
    header = {"alg": "HS256", "typ": "JWT", member: named[member]}
    assert refused(forge(honest_claims(), header=header, secret=attackers)) == SIGNATURE


def test_a_key_id_that_is_no_text_is_refused() -> None:
    assert (
        refused(forge(honest_claims(), header={"alg": "HS256", "typ": "JWT", "kid": 7}))
        == SIGNATURE
    )


@pytest.mark.parametrize(
    "extension",
    [
        {"crit": ["exp"]},
        {"crit": []},
        {"crit": "b64"},
        {"crit": ["b64"], "b64": True},
        {"crit": ["b64"], "b64": False},
        {"b64": False},
        {"b64": True},
    ],
)
def test_extensions_are_refused_not_ignored(extension: dict[str, object]) -> None:
    header = {"alg": "HS256", "typ": "JWT", **extension}
    assert refused(forge(honest_claims(), header=header)) == SIGNATURE


def test_an_encrypted_token_is_refused() -> None:
    key = OctKey.import_key("0123456789abcdef0123456789abcdef")
    header = {"alg": "dir", "enc": "A256GCM", "typ": "JWT"}
    token = jwe.encrypt_compact(header, json.dumps(honest_claims()).encode(), key)
    report = check(token)
    assert refused(token) == SIGNATURE
    assert "five parts" in report.checks[1].got


def test_a_right_token_in_non_canonical_base64url_is_refused() -> None:
    """43 characters of signature have 4 spare bits; setting one decodes to the same bytes."""
    token = forge(honest_claims())
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    twin = token[:-1] + alphabet[alphabet.index(token[-1]) + 1]
    assert base64.urlsafe_b64decode(twin.split(".")[2] + "=") == base64.urlsafe_b64decode(
        token.split(".")[2] + "="
    )
    assert refused(twin) == SIGNATURE


@pytest.mark.parametrize("spoil", ["=", "==", "\n", " ", "+", "/", "%3D", "é"])
def test_nothing_but_base64url_may_stand_in_a_token(spoil: str) -> None:
    assert refused(forge(honest_claims()) + spoil) == SIGNATURE


@pytest.mark.parametrize("token", ["a.b", "..", "a.b.c.d", ".e30.c2ln", "e30..c2ln", "a.e30.c2ln"])
def test_a_token_of_another_shape_is_refused(token: str) -> None:
    assert refused(token) == SIGNATURE


def test_a_token_over_64_kb_is_refused_unread() -> None:
    report = check(forge(honest_claims(padding="x" * 65_536)))
    assert report.payload is None
    assert "longer than 64 kB" in report.checks[1].got


def test_a_token_of_exactly_64_kb_is_read() -> None:
    empty = len(forge(honest_claims(padding="")))
    room = (65_536 - empty) // 4 * 3
    lengths = {len(forge(honest_claims(padding="x" * (room + n)))): room + n for n in range(-3, 4)}
    longest = max(length for length in lengths if length <= 65_536)
    assert longest >= 65_535
    assert check(forge(honest_claims(padding="x" * lengths[longest]))).error is None


def test_a_repeated_claim_is_refused_although_the_signature_is_right() -> None:
    honest = json.dumps(honest_claims())
    text = '{"sub":"auth0|9999",' + honest[1:]
    report = check(forge(text.encode()))
    assert report.payload is None
    assert report.checks[1].passed
    assert report.checks[2].got == "not readable: a member stands twice"


def test_a_claim_repeated_deep_inside_is_refused_too() -> None:
    assert check(forge(json.dumps(honest_claims())[:-1].encode() + b',"a":[{"b":1,"b":2}]}')).error


def test_a_repeated_header_member_is_refused() -> None:
    header = b'{"alg":"none","alg":"HS256","typ":"JWT"}'
    assert refused(forge(honest_claims(), header=header)) == SIGNATURE


def nested_claims(levels: int) -> bytes:
    deep = "[" * levels + "]" * levels
    return f'{json.dumps(honest_claims())[:-1]},"deep":{deep}}}'.encode()


def test_a_hundred_levels_are_the_most() -> None:
    assert check(forge(nested_claims(99))).error is None
    assert check(forge(nested_claims(100))).payload is None


@pytest.mark.parametrize("levels", [101, 900, 20_000])
@pytest.mark.parametrize("pair", [("[", "]"), ('{"a":', "}")])
def test_deep_json_is_refused_without_harm(levels: int, pair: tuple[str, str]) -> None:
    nested = pair[0] * levels + "1" + pair[1] * levels
    text = json.dumps(honest_claims())[:-1] + f',"deep":{nested}}}'
    assert check(forge(text.encode())).payload is None
    header = b'{"alg":"HS256","typ":"JWT","deep":' + nested.encode() + b"}"
    assert refused(forge(honest_claims(), header=header)) == SIGNATURE


def test_ordinary_nesting_is_accepted() -> None:
    nested: object = 1
    for _ in range(50):
        nested = [nested]
    assert check(forge(honest_claims(nested=nested))).error is None


@pytest.mark.parametrize("exp", ['"1895428060"', "true", "[1895428060]", "{}", "false"])
def test_an_expiry_that_is_no_number_is_refused(exp: str) -> None:
    text = json.dumps(honest_claims(exp=1))[:].replace('"exp": 1', f'"exp": {exp}')
    report = check(forge(text.encode()))
    assert refused(forge(text.encode())) == CLAIMS
    assert report.checks[3].got == "exp is not a number"
    assert not report.checks[6].passed


def test_a_missing_expiry_is_refused() -> None:
    report = check(forge(honest_claims(exp=None)))
    assert refused(forge(honest_claims(exp=None))) == CLAIMS
    assert report.checks[6].got == "no exp that is a number"


@pytest.mark.parametrize("exp", ["NaN", "Infinity", "-Infinity", "1e999", "9" * 400])
def test_an_expiry_beyond_all_numbers_is_refused(exp: str) -> None:
    text = json.dumps(honest_claims(exp=1)).replace('"exp": 1', f'"exp": {exp}')
    report = check(forge(text.encode()))
    assert report.payload is None
    assert report.checks[6].got == "not readable: not valid JSON"


def test_a_huge_but_finite_expiry_is_a_number() -> None:
    report = check(forge(honest_claims(exp=1e300)))
    assert report.error is None
    assert report.checks[6].got == "1e+300"


@pytest.mark.parametrize("exp", [0, -1, -1e300])
def test_an_expiry_long_gone_is_expired(exp: float) -> None:
    assert (
        refused(forge(honest_claims(exp=exp))) == "The session token is invalid: Token has expired."
    )


@pytest.mark.parametrize(
    "payload", [b"[]", b'"text"', b"7", b"null", b"", b"\xff", b"{}x", b'"\\ud800"']
)
def test_a_payload_that_is_no_json_object_is_refused(payload: bytes) -> None:
    token = forge(payload) if payload else forge(b"{}").replace(".e30.", "..")
    assert check(token).payload is None


@pytest.mark.parametrize("header", [b"[]", b"7", b"\xff", b"{"])
def test_a_header_that_is_no_json_object_is_refused(header: bytes) -> None:
    report = check(forge(honest_claims(), header=header))
    assert refused(forge(honest_claims(), header=header)) == SIGNATURE
    assert report.checks[4].got.startswith("not readable: ")


def test_an_unsigned_payload_is_judged_for_the_eye_but_never_returned() -> None:
    report = check(forge(honest_claims(), secret="another"))
    assert report.payload is None
    assert [row.passed for row in report.checks] == [True, False, True, True, True, True, True]


def in_words(token: str) -> str:
    """Return what the record tells of a signature that is not even computed."""
    signature = next(row for row in check(token).checks if row.check == "signature")
    assert not signature.passed
    return signature.got


def test_the_record_tells_why_a_signature_was_not_computed() -> None:
    right = forge(honest_claims())
    head, payload, signature = right.split(".")
    last = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    loose = signature[:-1] + last[last.index(signature[-1]) | 1]
    told = {
        forge(honest_claims(), header={"alg": "none", "typ": "JWT"}): "alg none",
        forge(honest_claims(), header={"typ": "JWT"}): "alg null",
        forge(
            honest_claims(), header={"alg": "HS256", "typ": "JWT", "crit": ["b64"]}
        ): "the header asks for an extension (crit, b64)",
        f"{base64url(b'[]')}.{payload}.{signature}": (
            "the header cannot be read: not a JSON object"
        ),
        f"{base64url(b'{')}.{payload}.{signature}": "the header cannot be read: not valid JSON",
        f"{head}.{payload}.{loose}": (
            "the signature cannot be read: a part is not in canonical base64url"
        ),
        f"{head}.{payload}.{signature}AA": (
            "the signature cannot be read: a part is not base64url"
        ),
        f"{right}.a.b": "the header cannot be read: five parts, as an encrypted token has",
        f"{right}.a": "the header cannot be read: not three base64url parts joined by dots",
    }
    assert {token: in_words(token) for token in told} == told
