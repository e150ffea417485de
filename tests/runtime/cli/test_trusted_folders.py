from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import pytest

from loginwright_runtime.cli.trusted_folders import distrust, trust, trusted_folders
from loginwright_runtime.tokens.development_signer import state_folder

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give each test a user state of its own."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def test_folders_are_remembered_by_their_real_path(tmp_path: Path) -> None:
    (tmp_path / "flow").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "flow")
    trust(tmp_path / "link")
    trust(tmp_path / "flow")
    assert trusted_folders() == (str((tmp_path / "flow").resolve()),)


def test_the_record_is_private(tmp_path: Path) -> None:
    trust(tmp_path)
    (record,) = state_folder().iterdir()
    assert stat.S_IMODE(record.stat().st_mode) == 0o600


@pytest.mark.parametrize("content", ["", "[]", "{", '{"format": "other", "folders": ["/"]}'])
def test_a_record_that_is_none_trusts_nothing(content: str, tmp_path: Path) -> None:
    trust(tmp_path)
    (record,) = state_folder().iterdir()
    record.write_text(content)
    assert trusted_folders() == ()


def test_where_nothing_can_be_recorded_nothing_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    trust(tmp_path)
    assert trusted_folders() == ()


def test_a_folder_that_is_trusted_no_longer_is_off_the_record(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for folder in (one, other):
        folder.mkdir()
        trust(folder)
    assert distrust(one)
    assert trusted_folders() == (str(other),)
    assert distrust(tmp_path / "never")
