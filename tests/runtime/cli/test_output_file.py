"""Files that commands write where they are told: whole, or not at all."""

from __future__ import annotations

import os
import resource
import stat
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from loginwright_runtime.cli.output_file import refuse_missing_folder, write_output
from loginwright_runtime.errors import BadInputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def full_disk() -> Iterator[None]:
    """Let no file grow, for the write alone: the report of the tests may go into a file too."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (16, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def test_file_is_written_whole(tmp_path: Path) -> None:
    file = tmp_path / "report.xml"
    write_output(str(file), b"one", "report")
    write_output(str(file), b"two", "report")
    assert file.read_bytes() == b"two"
    assert os.listdir(tmp_path) == ["report.xml"]


def test_file_for_this_user_alone_is_so_also_where_one_stood(tmp_path: Path) -> None:
    file = tmp_path / "trace"
    file.write_text("old")
    file.chmod(0o644)
    write_output(str(file), b"new", "trace", private=True)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_full_disk_leaves_what_was_there(tmp_path: Path) -> None:
    file = tmp_path / "trace"
    file.write_bytes(b"old")
    with full_disk(), pytest.raises(BadInputError) as refused:
        write_output(str(file), b"x" * 1000, "trace")
    (problem,) = refused.value.problems
    assert problem.message.startswith("The trace cannot be written: ")
    assert problem.file == str(file)
    assert file.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["trace"]


def test_link_stays_one(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to("real")
    write_output(str(tmp_path / "link"), b"new", "report")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


def test_what_is_no_plain_file_is_written_to_as_it_is(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_output(str(pipe), b"through", "report")
        assert os.read(reading, 100) == b"through"
    finally:
        os.close(reading)
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="Is a directory"):
        write_output(str(tmp_path), b"", "bundle")


def test_missing_folder_is_told_before_the_work(tmp_path: Path) -> None:
    refuse_missing_folder(None, "report")
    refuse_missing_folder("here.xml", "report")
    with pytest.raises(BadInputError) as refused:
        refuse_missing_folder(str(tmp_path / "absent" / "r.xml"), "report")
    (problem,) = refused.value.problems
    assert problem.message == "There is no such folder to write the report into."
    assert problem.file == str(tmp_path / "absent" / "r.xml")
