from __future__ import annotations

import os
import signal
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

import loginwright_runtime.cli.keys
from loginwright_runtime.errors import SignerError

if TYPE_CHECKING:
    from types import ModuleType

    from command_runs import InProcess


def failing(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    """Make the command ``keys`` fail."""

    def fail(*_: object) -> int:
        raise error

    monkeypatch.setattr(loginwright_runtime.cli.keys, "execute", fail)


def test_an_error_of_our_own_is_one_line_and_a_hint(
    run: InProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing(monkeypatch, ValueError("a secret that must not be shown"))
    result = run("keys")
    assert result.status == 70
    assert "ValueError" in result.err
    assert "LOGINWRIGHT_DEBUG=1" in result.err
    assert "secret" not in result.err
    assert "Traceback" not in result.err


def test_an_error_of_our_own_is_a_document_too(
    run: InProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing(monkeypatch, ValueError())
    assert run("keys", "--json").document["status"] == "invalid"


def test_the_debug_variable_shows_where_it_happened(
    run: InProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGINWRIGHT_DEBUG", "1")
    failing(monkeypatch, ValueError("here"))
    with pytest.raises(ValueError, match="here"):
        run("keys")


def test_a_fault_of_the_surroundings_is_told(
    run: InProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing(monkeypatch, SignerError("The key file cannot be used."))
    result = run("keys")
    assert result.status == 2
    assert "The key file cannot be used." in result.err


def test_an_interrupt_is_told(run: InProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    failing(monkeypatch, KeyboardInterrupt())
    result = run("keys")
    assert (result.status, result.err) == (130, "Interrupted.\n")


def test_keys_shows_only_public_parts(run: InProcess) -> None:
    document = run("keys", "--json").document
    assert document["issuer"] == "https://loginwright.invalid/"
    keys = document["keys"]
    assert isinstance(keys, list)
    private = {"d", "p", "q", "dp", "dq", "qi", "k"}
    for key in keys:
        assert isinstance(key, dict)
        assert not private & key.keys()
        assert str(key["kid"]).startswith("dev-")
    assert run("keys", "--jwks").document == {"keys": keys}
    assert "RS256" in run("keys").out


def test_the_designer_says_what_to_install(run: InProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("loginwright_runtime.cli.designer.find_spec", lambda _name: None)
    result = run("designer", "--json")
    assert result.problems[0]["remedy"] == 'Install it with: pip install "loginwright[designer]"'


def test_the_designer_takes_the_place_of_the_command(
    run: InProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[list[str]] = []

    def become(_program: str, words: list[str]) -> None:
        started.append(words)
        raise FileNotFoundError(2, "No such file or directory")

    monkeypatch.setattr("loginwright_runtime.cli.designer.find_spec", lambda _name: object())
    monkeypatch.setattr(os, "execv", become)
    result = run("designer", "my-flow")
    assert result.status == 2
    assert started[0][-1] == "my-flow"
    assert "loginwright" in started[0][0] or "-c" in started[0]


def test_ctrl_c_breaks_no_import_off(run: InProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    whole: list[str] = []

    def press(name: str) -> ModuleType:
        signal.raise_signal(signal.SIGINT)
        whole.append(name)
        return import_module(name)

    monkeypatch.setattr("loginwright_runtime.cli.command_line.import_module", press)
    result = run("keys")
    assert (result.status, result.out, result.err) == (130, "", "Interrupted.\n")
    assert whole == ["loginwright_runtime.cli.keys"]
