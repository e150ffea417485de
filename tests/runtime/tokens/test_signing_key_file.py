"""A key that somebody brings: loaded, or refused in words that help."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from loginwright_runtime.errors import OptionsError
from loginwright_runtime.extension_points import SigningRequest
from loginwright_runtime.tokens.jwks import thumbprint
from loginwright_runtime.tokens.signing_key_file import load_signer

if TYPE_CHECKING:
    from pathlib import Path

    PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey


def pem(key: PrivateKey, encryption: KeySerializationEncryption | None = None) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption or NoEncryption())


def key_file(folder: Path, data: bytes, mode: int = 0o600) -> Path:
    path = folder / "signing.pem"
    path.write_bytes(data)
    path.chmod(mode)
    return path


def refusal(path: Path) -> tuple[str, str]:
    with pytest.raises(OptionsError) as caught:
        load_signer(path)
    (problem,) = caught.value.problems
    assert problem.file == str(path)
    assert problem.rule == "signing-key"
    return problem.message, problem.remedy


@pytest.fixture(scope="module")
def ec_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


@pytest.fixture(scope="module")
def rsa_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


async def test_an_rsa_key_signs_rs256(tmp_path: Path, rsa_key: rsa.RSAPrivateKey) -> None:
    loaded = load_signer(key_file(tmp_path, pem(rsa_key)))
    assert loaded.signer.algorithm == "RS256"
    assert loaded.signer.kid == thumbprint(rsa_key.public_key())
    assert loaded.problems == ()
    assert (await loaded.signer.sign(SigningRequest({"iss": "i"}))).count(".") == 2


def test_an_ec_key_signs_es256_under_a_given_key_id(
    tmp_path: Path, ec_key: ec.EllipticCurvePrivateKey
) -> None:
    loaded = load_signer(key_file(tmp_path, pem(ec_key)), kid="prod-1")
    assert (loaded.signer.algorithm, loaded.signer.kid) == ("ES256", "prod-1")


@pytest.mark.parametrize(
    ("mode", "warned"), [(0o600, False), (0o400, False), (0o640, True), (0o644, True)]
)
def test_a_key_that_others_can_read_is_warned_about(
    tmp_path: Path, ec_key: ec.EllipticCurvePrivateKey, mode: int, warned: bool
) -> None:
    problems = load_signer(key_file(tmp_path, pem(ec_key), mode)).problems
    assert [problem.severity for problem in problems] == ["warning"] * warned
    assert all("chmod 600 signing.pem" in problem.remedy for problem in problems)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    message, _ = refusal(tmp_path / "nowhere.pem")
    assert "cannot be read: No such file" in message


def test_a_folder_is_no_key(tmp_path: Path) -> None:
    assert "cannot be read" in refusal(tmp_path)[0]


def test_an_encrypted_key_says_how_to_decrypt_it(
    tmp_path: Path, ec_key: ec.EllipticCurvePrivateKey
) -> None:
    path = key_file(tmp_path, pem(ec_key, BestAvailableEncryption(b"passphrase")))
    message, remedy = refusal(path)
    assert "encrypted" in message
    assert "openssl pkey" in remedy


def test_a_public_key_cannot_sign(tmp_path: Path, ec_key: ec.EllipticCurvePrivateKey) -> None:
    public = ec_key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    assert "public key" in refusal(key_file(tmp_path, public))[0]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n", "certificate"),
        (b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "no private key"),
        (b"hunter2 is my password", "no PEM file"),
        (b"", "no PEM file"),
    ],
)
def test_what_is_no_key_is_said_without_quoting_it(
    tmp_path: Path, content: bytes, words: str
) -> None:
    message, remedy = refusal(key_file(tmp_path, content))
    assert words in message
    assert remedy
    assert "hunter2" not in message + remedy


def test_a_small_rsa_key_is_refused(tmp_path: Path) -> None:
    message, _ = refusal(key_file(tmp_path, pem(rsa.generate_private_key(65537, 1024))))
    assert "1024 bits is too small" in message


def test_a_key_on_another_curve_is_refused(tmp_path: Path) -> None:
    message, _ = refusal(key_file(tmp_path, pem(ec.generate_private_key(ec.SECP521R1()))))
    assert "secp521r1" in message


def test_a_key_of_another_kind_is_refused(tmp_path: Path) -> None:
    message, remedy = refusal(key_file(tmp_path, pem(ed25519.Ed25519PrivateKey.generate())))
    assert message == "A key of the kind Ed25519 cannot sign RS256 or ES256."
    assert "P-256" in remedy


def test_a_der_file_is_told_to_be_converted(
    tmp_path: Path, ec_key: ec.EllipticCurvePrivateKey
) -> None:
    der = ec_key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    assert "openssl" in refusal(key_file(tmp_path, der))[1]
