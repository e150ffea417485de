"""What an embedder imports from ``loginwright_runtime`` is there, lazily, and nothing else."""

from __future__ import annotations

import ast
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import loginwright_runtime

PROMISED = """
    Event PostLoginAPI load_flow oauth_error
    FlowEngine EngineOptions LoginRequest TokenContext NoBrowser BindBrowser
    ResumeRequest RedirectReturn ChallengeResult EnrollmentResult FormResult
    Allowed Denied Suspended Failed
    ActionHost SuspensionStore UserStore SecretSource TokenSigner Directory CacheStore Clock
    Debugger simulation tracing debugging validation testing
"""
"""The names of the runtime's documented interface."""


def told_to_type_checkers() -> dict[str, str]:
    """The names that the package imports for type checkers only, each with its module."""
    source = Path(loginwright_runtime.__file__).read_text(encoding="utf-8")
    return {
        alias.name: statement.module or ""
        for block in ast.parse(source).body
        if isinstance(block, ast.If)
        for statement in block.body
        if isinstance(statement, ast.ImportFrom)
        for alias in statement.names
    }


def test_promised_names_are_public() -> None:
    assert set(PROMISED.split()) - set(loginwright_runtime.__all__) == set()


@pytest.mark.parametrize("name", loginwright_runtime.__all__)
def test_public_name_is_what_type_checkers_are_told(name: str) -> None:
    home = import_module(told_to_type_checkers()[name])
    assert getattr(loginwright_runtime, name) is getattr(home, name)


def test_type_checkers_are_told_of_public_names_only() -> None:
    assert sorted(told_to_type_checkers()) == sorted(loginwright_runtime.__all__)


def test_public_names_are_listed_once_and_in_order() -> None:
    assert list(loginwright_runtime.__all__) == dir(loginwright_runtime)
    assert len(set(loginwright_runtime.__all__)) == len(loginwright_runtime.__all__)


def test_unknown_name_is_refused_by_name() -> None:
    with pytest.raises(AttributeError, match="'loginwright_runtime' has no attribute 'FlowMotor'"):
        _ = getattr(loginwright_runtime, "FlowMotor")  # noqa: B009 - a checker knows better


def test_importing_the_package_loads_nothing_else_of_it() -> None:
    program = "import sys, loginwright_runtime; print(*sys.modules)"
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60
    )
    loaded = {name for name in run.stdout.split() if name.startswith("loginwright_runtime")}
    assert loaded == {"loginwright_runtime"}
    assert {"pydantic", "jwt", "cryptography", "rich"}.isdisjoint(run.stdout.split())
