"""Where packages of bundles are unpacked."""

from __future__ import annotations

import os
import shutil
import stat
import sys
from pathlib import Path

import pytest

from loginwright_runtime.errors import FlowError
from loginwright_runtime.flow import bundle_cache as cache_module
from loginwright_runtime.flow.bundle_cache import bundle_cache, unpack

VERSION = "sha256:" + "ab" * 32
MEMBERS = {
    "flow.json": b"{}",
    "actions/x.js": b"1",
    "node_modules/a/b/index.js": b"2",
    "node_modules/a/package.json": b"{}",
}


def content(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def modes(folder: Path) -> set[int]:
    return {stat.S_IMODE(path.lstat().st_mode) for path in (folder, *folder.rglob("*"))}


def test_exactly_the_members_stand_in_the_folder(tmp_path: Path) -> None:
    folder = unpack(MEMBERS, VERSION, tmp_path / "cache")
    assert folder == tmp_path / "cache" / ("ab" * 32)
    assert content(folder) == MEMBERS
    assert os.listdir(tmp_path / "cache") == [folder.name]


def test_nobody_else_may_look(tmp_path: Path) -> None:
    folder = unpack(MEMBERS, VERSION, tmp_path / "a" / "cache")
    assert stat.S_IMODE(folder.parent.stat().st_mode) == 0o700
    assert modes(folder) == {0o700, 0o600}


def test_a_folder_that_others_could_read_is_closed(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    cache.mkdir(mode=0o755)
    unpack(MEMBERS, VERSION, cache)
    assert stat.S_IMODE(cache.stat().st_mode) == 0o700


def test_a_folder_that_holds_the_members_is_used_again(tmp_path: Path) -> None:
    folder = unpack(MEMBERS, VERSION, tmp_path)
    before = folder.stat().st_ino
    assert unpack(MEMBERS, VERSION, tmp_path).stat().st_ino == before


def change_file(folder: Path) -> None:
    (folder / "node_modules/a/b/index.js").write_bytes(b"evil()")


def remove_file(folder: Path) -> None:
    (folder / "node_modules/a/b/index.js").unlink()


def add_file(folder: Path) -> None:
    (folder / "node_modules/a/b/index.json").write_bytes(b"{}")


def add_bytecode(folder: Path) -> None:
    (folder / "actions/__pycache__").mkdir()
    (folder / "actions/__pycache__/x.pyc").write_bytes(b"")


def link_file(folder: Path) -> None:
    path = folder / "node_modules/a/b/index.js"
    path.unlink()
    (folder.parent / "elsewhere").write_bytes(b"2")
    path.symlink_to(folder.parent / "elsewhere")


def link_folder(folder: Path) -> None:
    inner = folder / "node_modules/a/b"
    inner.rename(folder.parent / "elsewhere")
    inner.symlink_to(folder.parent / "elsewhere")


def link_all(folder: Path) -> None:
    folder.rename(folder.parent / "elsewhere")
    folder.symlink_to(folder.parent / "elsewhere")


def open_to_others(folder: Path) -> None:
    folder.chmod(0o755)


def replace_by_file(folder: Path) -> None:
    folder.rename(folder.parent / "elsewhere")
    folder.write_bytes(b"")


@pytest.mark.parametrize(
    "tamper",
    [
        change_file,
        remove_file,
        add_file,
        add_bytecode,
        link_file,
        link_folder,
        link_all,
        open_to_others,
        replace_by_file,
    ],
)
def test_a_folder_that_was_tampered_with_is_replaced(tmp_path: Path, tamper: object) -> None:
    assert callable(tamper)
    tamper(unpack(MEMBERS, VERSION, tmp_path))
    folder = unpack(MEMBERS, VERSION, tmp_path)
    assert content(folder) == MEMBERS
    assert modes(folder) == {0o700, 0o600}
    assert {name for name in os.listdir(tmp_path) if name != "elsewhere"} == {folder.name}


def test_a_folder_that_belongs_to_another_user_is_not_used_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = unpack(MEMBERS, VERSION, tmp_path)
    old = folder.stat().st_ino
    mine = os.geteuid()
    answers = iter([mine])
    monkeypatch.setattr(os, "geteuid", lambda: next(answers, mine + 1))
    assert unpack(MEMBERS, VERSION, tmp_path).stat().st_ino != old


def test_a_cache_of_another_user_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: tmp_path.stat().st_uid + 1)
    with pytest.raises(FlowError) as refused:
        unpack(MEMBERS, VERSION, tmp_path)
    (problem,) = refused.value.problems
    assert problem.rule == "foreign-cache"
    assert "LOGINWRIGHT_CACHE_DIR" in problem.remedy
    assert os.listdir(tmp_path) == []


def test_a_cache_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(FlowError) as refused:
        unpack(MEMBERS, VERSION, tmp_path / "file" / "cache")
    assert [problem.rule for problem in refused.value.problems] == ["unwritable-cache"]


def test_what_breaks_off_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mkdir = Path.mkdir

    def full_disk(path: Path, mode: int = 0o777, **rest: bool) -> None:
        if path.name == "b":
            raise OSError(28, "No space left on device")
        mkdir(path, mode, **rest)

    monkeypatch.setattr(Path, "mkdir", full_disk)
    with pytest.raises(FlowError, match="No space left on device"):
        unpack(MEMBERS, VERSION, tmp_path)
    assert os.listdir(tmp_path) == []


def test_a_folder_that_cannot_be_put_in_place_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_path: Path, _target: Path) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(FlowError, match="Operation not permitted"):
        unpack(MEMBERS, VERSION, tmp_path)
    assert os.listdir(tmp_path) == []


def test_of_two_that_unpack_at_once_the_second_uses_what_the_first_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = cache_module._write
    first: list[int] = []

    def overtaken(folder: Path, members: dict[str, bytes]) -> None:
        write(folder, members)
        if not first:
            first.append(0)
            first[0] = unpack(MEMBERS, VERSION, tmp_path).stat().st_ino

    monkeypatch.setattr(cache_module, "_write", overtaken)
    folder = unpack(MEMBERS, VERSION, tmp_path)
    assert folder.stat().st_ino == first[0]
    assert os.listdir(tmp_path) == [folder.name]


@pytest.mark.parametrize("replaced", [False, True])
def test_of_two_that_replace_a_broken_folder_at_once_both_have_the_whole_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, replaced: bool
) -> None:
    folder = unpack(MEMBERS, VERSION, tmp_path / "cache")
    whole = tmp_path / "whole"
    shutil.copytree(folder, whole)
    change_file(folder)
    rename = Path.rename
    others = iter(["comes first"])

    def after_the_other(path: Path, target: Path) -> Path:
        if path == folder and next(others, None) is not None:
            shutil.rmtree(folder)
            if replaced:
                renamed = rename(whole, folder)
                assert renamed == folder
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", after_the_other)
    assert content(unpack(MEMBERS, VERSION, tmp_path / "cache")) == MEMBERS
    assert os.listdir(tmp_path / "cache") == [folder.name]


def test_versions_stand_side_by_side(tmp_path: Path) -> None:
    one = unpack(MEMBERS, VERSION, tmp_path)
    two = unpack({"flow.json": b"2"}, "sha256:" + "cd" * 32, tmp_path)
    assert (content(one), content(two)) == (MEMBERS, {"flow.json": b"2"})


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"LOGINWRIGHT_CACHE_DIR": "/c", "XDG_CACHE_HOME": "/x"}, "/c/bundles"),
        ({"XDG_CACHE_HOME": "/x"}, "/x/loginwright/bundles"),
        ({"XDG_CACHE_HOME": "relative"}, "~/.cache/loginwright/bundles"),
        ({}, "~/.cache/loginwright/bundles"),
        ({"LOGINWRIGHT_CACHE_DIR": ""}, "~/.cache/loginwright/bundles"),
    ],
)
def test_the_cache_stands_where_caches_stand(
    environment: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    assert bundle_cache(environment) == Path(expected).expanduser()


def test_on_macos_the_cache_stands_in_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert bundle_cache({}) == Path("~/Library/Caches/loginwright/bundles").expanduser()
