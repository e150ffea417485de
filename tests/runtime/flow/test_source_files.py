"""Reading a folder while somebody else changes it: what was judged is what is read."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from loginwright_runtime.flow.source_files import read_source_files

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A flow folder with one file in ``lib``, and a secret beside it."""
    root = tmp_path / "flow"
    (root / "lib").mkdir(parents=True)
    (root / "lib" / "colours.js").write_text("exports.teal = 1;\n")
    (tmp_path / "secret").write_text("swordfish")
    return root


def once_judged(monkeypatch: pytest.MonkeyPatch, file: Path, swap: Callable[[], None]) -> None:
    """Have ``swap`` happen right after the file was looked at by its name, before it is opened."""
    look = os.stat
    looks = 0

    def looked(path: object, **options: object) -> os.stat_result:
        nonlocal looks
        status = look(path, **options)  # type: ignore[arg-type]  # as given
        looks += path == str(file)
        if looks == 2:  # The first one asks whether it is a folder.
            monkeypatch.setattr(os, "stat", look)
            file.unlink()
            swap()
        return status

    monkeypatch.setattr(os, "stat", looked)


def problems(folder: Path) -> dict[str, str]:
    found = read_source_files(folder)
    assert found.files == {}
    return {path: problem.rule for path, problem in found.problems.items()}


def test_link_in_the_place_of_a_file_is_not_followed_out(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    file = folder / "lib" / "colours.js"
    once_judged(monkeypatch, file, lambda: file.symlink_to(folder.parent / "secret"))
    assert problems(folder) == {"lib/colours.js": "path-leaves-folder"}


def test_folder_in_the_place_of_a_folder_is_not_followed_out(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    file, lib = folder / "lib" / "colours.js", folder / "lib"
    (folder.parent / "colours.js").write_text("swordfish")

    def swap() -> None:
        lib.rmdir()
        lib.symlink_to(folder.parent)

    once_judged(monkeypatch, file, swap)
    assert problems(folder) == {"lib/colours.js": "path-leaves-folder"}


def test_pipe_in_the_place_of_a_file_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    file = folder / "lib" / "colours.js"
    once_judged(monkeypatch, file, lambda: os.mkfifo(file))
    assert problems(folder) == {"lib/colours.js": "not-a-file"}


def test_file_that_goes_while_it_is_read_is_named(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    file = folder / "lib" / "colours.js"
    once_judged(monkeypatch, file, lambda: None)
    assert problems(folder) == {"lib/colours.js": "missing-file"}


def test_link_that_goes_while_it_is_read_is_named(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    def gone(_path: str) -> str:
        raise OSError(22, "Invalid argument")

    (folder / "lib" / "colours.js").unlink()
    (folder / "lib" / "other.js").symlink_to("colours.js")
    monkeypatch.setattr(os.path, "realpath", gone)
    assert problems(folder) == {"lib/other.js": "unreadable-file"}
