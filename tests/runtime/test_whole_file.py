"""Files that are put in place whole, or not at all."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest

from loginwright_runtime.whole_file import fresh_file, put_file, put_private

if TYPE_CHECKING:
    from pathlib import Path


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_private_file_and_all_folders_made_for_it_are_this_users_alone(tmp_path: Path) -> None:
    file = tmp_path / "state" / "deep" / "record.json"
    put_private(file, b"one")
    assert file.read_bytes() == b"one"
    assert mode_of(file) == 0o600
    assert mode_of(file.parent) == mode_of(tmp_path / "state") == 0o700


def test_private_file_takes_the_place_of_one_that_others_could_read(tmp_path: Path) -> None:
    file = tmp_path / "record.json"
    file.write_bytes(b"old")
    file.chmod(0o644)
    put_private(file, b"new")
    assert file.read_bytes() == b"new"
    assert mode_of(file) == 0o600
    assert os.listdir(tmp_path) == ["record.json"]


def test_file_that_may_not_be_written_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "record.json"
    file.write_bytes(b"old")
    file.chmod(0o400)
    # Whoever runs the tests as root may write everything: the system's answer to others.
    monkeypatch.setattr(os, "access", lambda path, _mode: path != file)
    with pytest.raises(PermissionError, match="Permission denied"):
        put_private(file, b"new")
    assert file.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["record.json"]


def test_link_stays_one(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to("real")
    put_private(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


def test_no_folder_is_made_for_a_file_that_is_not_private(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        put_file(tmp_path / "absent" / "report.xml", b"", 0o666)
    assert os.listdir(tmp_path) == []


def test_a_file_where_a_folder_should_be_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "state").write_bytes(b"")
    with pytest.raises(OSError, match=r"exists|Not a directory"):
        put_private(tmp_path / "state" / "record.json", b"")


def test_fresh_file_that_nobody_moves_goes(tmp_path: Path) -> None:
    with fresh_file(tmp_path / "key.pem", b"key", 0o600) as fresh:
        assert fresh.read_bytes() == b"key"
        assert mode_of(fresh) == 0o600
    assert os.listdir(tmp_path) == []
