from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

import pytest

from loginwright_runtime.cli.values import ValueReader
from loginwright_runtime.errors import BadInputError

if TYPE_CHECKING:
    from pathlib import Path


def stdin(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    """Put something on standard input."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def test_a_plain_value_is_itself() -> None:
    assert ValueReader().text("teal", "--state") == "teal"


def test_a_dash_reads_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    stdin(monkeypatch, b"secret\n")
    assert ValueReader().text("-", "--state") == "secret"


def test_standard_input_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    stdin(monkeypatch, b"secret\n")
    values = ValueReader()
    values.text("-", "--state")
    with pytest.raises(BadInputError, match=r"read for --state already.*--body as @file"):
        values.text("-", "--body")


def test_at_reads_a_file_without_its_last_line_end(tmp_path: Path) -> None:
    (tmp_path / "state").write_bytes(b"two\nlines\r\n")
    assert ValueReader().text(f"@{tmp_path / 'state'}", "--state") == "two\nlines"


def test_a_doubled_at_is_the_text_itself() -> None:
    assert ValueReader().text("@@ada", "--body") == "@ada"


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInputError) as missing:
        ValueReader().text(f"@{tmp_path / 'none'}", "--state")
    problem = missing.value.problems[0]
    assert problem.file == str(tmp_path / "none")
    assert "--state" in problem.message


def test_pairs_become_an_object(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("eyJ\n")
    pairs = ["a=1", "b=x=y", "empty=", f"token=@{tmp_path / 'token'}"]
    assert ValueReader().pairs(pairs, "--query") == {
        "a": "1",
        "b": "x=y",
        "empty": "",
        "token": "eyJ",
    }


def test_a_repeated_key_keeps_every_value() -> None:
    assert ValueReader().pairs(["a=1", "a=2", "a=3"], "--query") == {"a": ["1", "2", "3"]}


@pytest.mark.parametrize("pair", ["a", "=1", ""])
def test_what_is_no_pair_is_refused(pair: str) -> None:
    with pytest.raises(BadInputError, match="no K=V"):
        ValueReader().pairs([pair], "--query")


@pytest.mark.parametrize("data", [b"", b"[]", b'{"a": 1, "a": 2}', b"\xff"])
def test_what_is_no_object_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "event.json").write_bytes(data)
    with pytest.raises(BadInputError) as refused:
        ValueReader().object(str(tmp_path / "event.json"), "--event")
    assert refused.value.problems[0].file == str(tmp_path / "event.json")
