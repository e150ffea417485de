"""The key of a desk: made once, kept closed, and of no use to anybody else."""

from __future__ import annotations

import asyncio
import os
import pwd
import stat
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet

from loginwright_runtime.errors import SignerError
from loginwright_runtime.extension_points import SigningRequest
from loginwright_runtime.flow import home_folder
from loginwright_runtime.flow.bundle_cache import bundle_cache
from loginwright_runtime.tokens.development_signer import (
    DEVELOPMENT_ISSUER,
    DevelopmentSigner,
    state_folder,
)

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonObject

CLAIMS: JsonObject = {"iss": DEVELOPMENT_ISSUER, "sub": "auth0|0001"}


def request(algorithm: str = "RS256", issuer: str = DEVELOPMENT_ISSUER) -> SigningRequest:
    return SigningRequest({**CLAIMS, "iss": issuer}, algorithm)


def files_in(folder: Path) -> list[str]:
    return [file.name for file in folder.iterdir()]


def header_and_claims(
    token: str, signer: DevelopmentSigner, algorithm: str = "RS256"
) -> tuple[dict[str, object], dict[str, object]]:
    keys = KeySet.import_key_set(signer.jwks(algorithm))  # type: ignore[arg-type]  # their own TypedDict
    decoded = jwt.decode(token, keys, algorithms=[algorithm])
    return dict(decoded.header), dict(decoded.claims)


@pytest.mark.parametrize("algorithm", ["RS256", "ES256"])
async def test_the_first_token_makes_a_key_that_its_jwks_verifies(
    tmp_path: Path, algorithm: str
) -> None:
    signer = DevelopmentSigner(tmp_path / "state")
    header, claims = header_and_claims(await signer.sign(request(algorithm)), signer, algorithm)
    assert claims == CLAIMS
    assert str(header["kid"]).startswith("dev-")
    assert header["alg"] == algorithm


async def test_the_key_stays_the_same_from_run_to_run(tmp_path: Path) -> None:
    first = DevelopmentSigner(tmp_path)
    token = await first.sign(request())
    assert DevelopmentSigner(tmp_path).jwks() == first.jwks()
    assert header_and_claims(token, DevelopmentSigner(tmp_path))[1] == CLAIMS


async def test_the_key_is_loaded_once(tmp_path: Path) -> None:
    signer = DevelopmentSigner(tmp_path)
    await signer.sign(request("ES256"))
    for file in files_in(tmp_path):
        (tmp_path / file).unlink()
    assert (await signer.sign(request("ES256"))).count(".") == 2
    assert files_in(tmp_path) == []


async def test_nothing_is_made_before_a_token_is_signed(tmp_path: Path) -> None:
    signer = DevelopmentSigner(tmp_path / "state")
    with pytest.raises(SignerError):
        await signer.sign(request(issuer="https://login.example.com/"))
    assert not (tmp_path / "state").exists()


async def test_the_key_file_is_closed_to_others_and_is_no_pem(tmp_path: Path) -> None:
    await DevelopmentSigner(tmp_path / "state").sign(request())
    (file,) = (tmp_path / "state").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert file.suffix == ".der"
    assert b"-----BEGIN" not in file.read_bytes()


def test_a_key_file_that_others_can_read_is_closed(tmp_path: Path) -> None:
    signer = DevelopmentSigner(tmp_path)
    signer.jwks("ES256")
    (file,) = tmp_path.iterdir()
    file.chmod(0o644)
    signer.jwks("ES256")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


async def test_two_at_once_agree_on_one_key(tmp_path: Path) -> None:
    one, other = DevelopmentSigner(tmp_path), DevelopmentSigner(tmp_path)
    await asyncio.gather(one.sign(request("ES256")), other.sign(request("ES256")))
    assert one.jwks("ES256") == other.jwks("ES256")
    assert files_in(tmp_path) == ["development-es256.der"]


def test_the_key_of_a_faster_process_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    faster = DevelopmentSigner(tmp_path).jwks("ES256")
    file = tmp_path / "development-es256.der"
    kept = file.read_bytes()
    file.unlink()
    link = os.link

    def linked_meanwhile(source: Path, target: Path) -> None:
        target.write_bytes(kept)
        link(source, target)

    monkeypatch.setattr(os, "link", linked_meanwhile)
    assert DevelopmentSigner(tmp_path).jwks("ES256") == faster
    assert list(tmp_path.iterdir()) == [file]


def test_a_file_system_without_hard_links_will_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(_source: Path, _target: Path) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    assert DevelopmentSigner(tmp_path).jwks("ES256") == DevelopmentSigner(tmp_path).jwks("ES256")
    assert files_in(tmp_path) == ["development-es256.der"]


@pytest.mark.parametrize(
    "issuer",
    [
        "https://login.example.com/",
        "https://loginwright.invalid",
        "http://loginwright.invalid/",
        "",
    ],
)
async def test_any_other_issuer_is_refused_with_a_remedy(tmp_path: Path, issuer: str) -> None:
    with pytest.raises(SignerError, match="--signing-key"):
        await DevelopmentSigner(tmp_path).sign(request(issuer=issuer))


async def test_claims_without_an_issuer_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SignerError, match="not as None"):
        await DevelopmentSigner(tmp_path).sign(SigningRequest({"sub": "auth0|0001"}))


@pytest.mark.parametrize("algorithm", ["HS256", "none", "../../etc/passwd"])
async def test_another_algorithm_is_refused(tmp_path: Path, algorithm: str) -> None:
    with pytest.raises(SignerError, match="RS256 or ES256"):
        await DevelopmentSigner(tmp_path).sign(request(algorithm))


@pytest.mark.parametrize("content", [b"", b"not a key", b"\x30\x00"])
def test_a_spoilt_key_file_is_named_with_a_remedy(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "development-rs256.der").write_bytes(content)
    with pytest.raises(SignerError, match=r"development-rs256\.der: .*Remove it"):
        DevelopmentSigner(tmp_path).jwks()


def test_a_link_in_place_of_the_key_file_is_not_followed(tmp_path: Path) -> None:
    DevelopmentSigner(tmp_path / "elsewhere").jwks("ES256")
    here = tmp_path / "here"
    here.mkdir()
    (here / "development-es256.der").symlink_to(tmp_path / "elsewhere" / "development-es256.der")
    with pytest.raises(SignerError, match="cannot be used"):
        DevelopmentSigner(here).jwks("ES256")


def test_state_lies_where_xdg_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", "/var/lib/ada")
    assert state_folder() == Path("/var/lib/ada/loginwright")
    monkeypatch.setenv("HOME", "/home/ada")
    for unusable in ("", "relative/state"):
        monkeypatch.setenv("XDG_STATE_HOME", unusable)
        assert state_folder() == Path("/home/ada/.local/state/loginwright")


def test_a_user_whom_the_system_does_not_know_is_told_how_to_name_a_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(_uid: int) -> object:
        raise KeyError

    for name in ("HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(pwd, "getpwuid", unknown)
    monkeypatch.setattr(home_folder, "NOWHERE", tmp_path / "file")
    (tmp_path / "file").touch()
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SignerError, match="XDG_STATE_HOME names another folder") as told:
        DevelopmentSigner().jwks("ES256")
    assert told.value.file == str(tmp_path / "file/.local/state/loginwright/development-es256.der")
    assert [file.name for file in tmp_path.iterdir()] == ["file"]
    assert bundle_cache({}).is_relative_to(tmp_path / "file")


def test_without_a_folder_the_users_state_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    DevelopmentSigner().jwks("ES256")
    assert (tmp_path / "loginwright" / "development-es256.der").is_file()


def test_a_signer_shows_nothing(tmp_path: Path) -> None:
    assert repr(DevelopmentSigner(tmp_path)) == "DevelopmentSigner()"
