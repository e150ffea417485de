"""Runs commands for tests: in this process, or as a person would, in a process of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from loginwright_runtime.cli import main

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loginwright_runtime.login.json_values import JsonObject

PROGRAM = Path(sys.executable).with_name("loginwright")
SECRET = "a-shared-secret-of-more-than-32-bytes"


@dataclass(frozen=True, slots=True)
class CommandResult:
    """What came of a command."""

    status: int
    out: str = field(repr=False)
    err: str = field(repr=False)

    @property
    def document(self) -> JsonObject:
        """The one JSON document on standard output."""
        document: JsonObject = json.loads(self.out)
        return document

    @property
    def problems(self) -> list[JsonObject]:
        """The problems of bad input."""
        assert self.status == 2, (self.status, self.err)
        document = self.document
        assert document["status"] == "invalid"
        problems: list[JsonObject] = document["problems"]  # type: ignore[assignment]  # as documented
        return problems


@dataclass(frozen=True, slots=True)
class InProcess:
    """Runs ``main`` here."""

    capsys: pytest.CaptureFixture[str]

    def __call__(self, *words: str) -> CommandResult:
        """Run one command."""
        status = main(words)
        captured = self.capsys.readouterr()
        return CommandResult(status, captured.out, captured.err)


def command(
    *words: str, given: str = "", environment: Mapping[str, str] | None = None
) -> CommandResult:
    """Run the installed program in a process of its own."""
    done = subprocess.run(
        [PROGRAM, *words],
        input=given,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, **(environment or {})},
        check=False,
        timeout=60,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return CommandResult(done.returncode, done.stdout, done.stderr)


def write_json(path: Path, value: object) -> Path:
    """Write a JSON file; return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value), encoding="utf-8")
    return path
