from __future__ import annotations

import io
import os
import sys
from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from loginwright_runtime.cli.arguments import EngineArguments
from loginwright_runtime.cli.engine_parts import (
    engine_options,
    network_of,
    secret_source,
    token_signer,
)
from loginwright_runtime.cli.screen import Screen
from loginwright_runtime.cli.values import ValueReader
from loginwright_runtime.engine import EngineOptions
from loginwright_runtime.errors import OptionsError, SecretError
from loginwright_runtime.extension_points import SecretRequest
from loginwright_runtime.tokens.development_signer import DevelopmentSigner
from loginwright_runtime.tokens.signers import KeySigner

if TYPE_CHECKING:
    from pathlib import Path

SCREEN = Screen(json=False)


def config(folder: Path, text: str) -> EngineArguments:
    """Return the arguments of a command with this configuration file."""
    (folder / "engine.toml").write_text(text, encoding="utf-8")
    return EngineArguments(config=str(folder / "engine.toml"))


def pem(folder: Path) -> str:
    """Write a private key for ES256; return its path."""
    key = ec.generate_private_key(ec.SECP256R1())
    data = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path = folder / "key.pem"
    path.touch(mode=0o600)
    path.write_bytes(data)
    return str(path)


def test_without_a_file_the_options_are_the_defaults() -> None:
    assert engine_options(EngineArguments()) == EngineOptions()


def test_options_are_read_by_their_own_names(tmp_path: Path) -> None:
    options = engine_options(config(tmp_path, 'leg_seconds = 3\nnetwork = "none"\n'))
    assert (options.leg_seconds, options.network) == (3, "none")


def test_a_byte_order_mark_before_the_options_is_passed_over(tmp_path: Path) -> None:
    assert engine_options(config(tmp_path, "\ufeffleg_seconds = 3\n")).leg_seconds == 3


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("leg_second = 3", "$.leg_second"),
        ("leg_seconds = -1", "$.leg_seconds"),
        ('algorithm = "HS256"', "$.algorithm"),
        ("suspension_seconds = inf", "$.suspension_seconds"),
        ("suspension_seconds = 1e12", "$.suspension_seconds"),
        ("id_token_seconds = 99999999999999999999", "$.id_token_seconds"),
        ("access_token_seconds = 99999999999999999999", "$.access_token_seconds"),
        ("leg_seconds =", None),
    ],
)
def test_a_wrong_option_is_named_with_file_and_key(
    tmp_path: Path, text: str, path: str | None
) -> None:
    with pytest.raises(OptionsError) as refused:
        engine_options(config(tmp_path, text))
    problem = refused.value.problems[0]
    assert (problem.file, problem.path) == (str(tmp_path / "engine.toml"), path)
    assert problem.remedy


def test_a_missing_configuration_is_named(tmp_path: Path) -> None:
    with pytest.raises(OptionsError) as refused:
        engine_options(EngineArguments(config=str(tmp_path / "none.toml")))
    assert refused.value.problems[0].file == str(tmp_path / "none.toml")


def test_the_network_of_the_command_line_goes_first(tmp_path: Path) -> None:
    closed = engine_options(config(tmp_path, 'network = "none"'))
    assert network_of(EngineArguments(network="open"), closed, "open") == ("open", "none")
    assert network_of(EngineArguments(), closed, "open") == (None, "none")
    assert network_of(EngineArguments(), EngineOptions(), "open") == (None, "open")
    assert network_of(EngineArguments(network="none"), EngineOptions(), "open")[0] == "none"


async def values(arguments: EngineArguments, *names: str) -> dict[str, str]:
    source = secret_source(arguments, ValueReader(), os.environ)
    return dict(await source.secrets(SecretRequest("Flow", "colour", names)))


async def test_the_first_hit_gives_a_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "secrets.json").write_text('{"A": "file"}')
    (tmp_path / "secrets").mkdir()
    for name in ("A", "B"):
        (tmp_path / "secrets" / name).write_text("folder")
    for name in ("A", "B", "C"):
        monkeypatch.setenv(f"LOGINWRIGHT_SECRET_{name}", "environment")
    arguments = EngineArguments(
        secrets=str(tmp_path / "secrets.json"), secrets_dir=str(tmp_path / "secrets")
    )
    found = await values(arguments, "A", "B", "C", "D")
    assert found == {"A": "file", "B": "folder", "C": "environment"}


async def test_secrets_are_read_from_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    given = io.TextIOWrapper(io.BytesIO(b'{"colour": {"A": "stdin"}}'))
    monkeypatch.setattr(sys, "stdin", given)
    assert await values(EngineArguments(secrets="-"), "A") == {"A": "stdin"}


def test_a_secret_of_another_shape_is_refused_without_its_value(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    given = io.TextIOWrapper(io.BytesIO(b'{"A": ["hunter2"]}'))
    monkeypatch.setattr(sys, "stdin", given)
    with pytest.raises(SecretError) as refused:
        secret_source(EngineArguments(secrets="-"), ValueReader())
    assert "hunter2" not in str(refused.value)


def test_the_development_key_signs_unless_told_otherwise() -> None:
    signer = token_signer(EngineArguments(), EngineOptions(), SCREEN)
    assert isinstance(signer, DevelopmentSigner)


def test_an_issuer_needs_its_key(tmp_path: Path) -> None:
    arguments = config(tmp_path, 'issuer = "https://login.example.com/"')
    with pytest.raises(OptionsError, match="--signing-key") as refused:
        token_signer(arguments, engine_options(arguments), SCREEN)
    assert refused.value.problems[0].path == "$.issuer"


def test_a_given_key_signs(tmp_path: Path) -> None:
    arguments = EngineArguments(signing_key=pem(tmp_path))
    signer = token_signer(arguments, EngineOptions(algorithm="ES256"), SCREEN)
    assert isinstance(signer, KeySigner)


def test_a_key_of_another_algorithm_is_refused_before_anything_runs(tmp_path: Path) -> None:
    arguments = EngineArguments(signing_key=pem(tmp_path))
    with pytest.raises(OptionsError, match='Set algorithm = "ES256"'):
        token_signer(arguments, EngineOptions(), SCREEN)
