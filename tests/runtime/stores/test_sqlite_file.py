"""The store's file is private, and one that is not is refused (security.md 24)."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest

from loginwright_runtime.errors import StoreError
from loginwright_runtime.stores.sqlite import SqliteStore
from loginwright_runtime.stores.sqlite_file import prepare_file
from loginwright_runtime.testing.suspension_conformance import suspension
from loginwright_runtime.testing.user_conformance import user

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(params=[0o000, 0o022], ids=["umask 000", "umask 022"], autouse=True)
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


def mode(path: Path) -> str:
    return f"{stat.S_IMODE(path.stat().st_mode):04o}"


def names_in(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


async def test_new_file_is_0600_in_new_folders_of_0700(tmp_path: Path) -> None:
    path = tmp_path / "one" / "two" / "logins.db"
    async with SqliteStore(path) as store:
        await store.suspensions.save(suspension("1"))
        names = names_in(path.parent)
        modes = [mode(path.parent / name) for name in names]
    assert names == ["logins.db", "logins.db-shm", "logins.db-wal"]
    assert modes == ["0600", "0600", "0600"]
    assert [mode(tmp_path / "one"), mode(tmp_path / "one" / "two")] == ["0700", "0700"]


async def test_closed_store_leaves_one_file(tmp_path: Path) -> None:
    async with SqliteStore(tmp_path / "logins.db") as store:
        await store.users.put(user())
    assert names_in(tmp_path) == ["logins.db"]


async def test_existing_folder_keeps_its_mode(tmp_path: Path) -> None:
    folder = tmp_path / "project"
    folder.mkdir()
    folder.chmod(0o755)
    async with SqliteStore(folder / "logins.db"):
        pass
    assert [mode(folder), mode(folder / "logins.db")] == ["0755", "0600"]


@pytest.mark.parametrize("open_to", [0o640, 0o604, 0o620, 0o644, 0o666])
def test_file_that_others_may_read_or_write_is_refused_with_the_repair(
    tmp_path: Path, open_to: int
) -> None:
    path = tmp_path / "logins.db"
    path.touch()
    path.chmod(open_to)
    with pytest.raises(StoreError, match="other users") as refused:
        prepare_file(str(path))
    assert f"{open_to:04o}" in str(refused.value)
    assert refused.value.remedy == f"Run: chmod 600 '{path}'"
    path.chmod(0o600)
    prepare_file(str(path))


@pytest.mark.parametrize("suffix", ["-wal", "-shm", "-journal"])
def test_readable_file_beside_it_is_refused_too(tmp_path: Path, suffix: str) -> None:
    beside = tmp_path / f"logins.db{suffix}"
    beside.touch()
    beside.chmod(0o644)
    with pytest.raises(StoreError, match=f"logins.db{suffix}"):
        prepare_file(str(tmp_path / "logins.db"))


def test_folder_that_everybody_may_write_to_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "open"
    folder.mkdir()
    folder.chmod(0o777)
    with pytest.raises(StoreError, match="every user") as refused:
        prepare_file(str(folder / "logins.db"))
    assert refused.value.remedy == f"Run: chmod 700 '{folder}'"


def test_folder_in_which_nobody_can_take_anothers_file_away_will_do(tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    folder.mkdir()
    folder.chmod(0o1777)
    prepare_file(str(folder / "logins.db"))
    assert mode(folder / "logins.db") == "0600"


def test_file_of_another_user_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "logins.db"
    prepare_file(str(path))
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    with pytest.raises(StoreError, match="another user"):
        prepare_file(str(path))


def test_folder_in_place_of_the_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no plain file"):
        prepare_file(str(tmp_path))


def test_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="cannot be used") as refused:
        prepare_file(str(tmp_path / "file" / "logins.db"))
    assert str(tmp_path / "file" / "logins.db") in str(refused.value)
    assert refused.value.remedy


async def test_link_to_the_file_leads_to_it(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir(mode=0o700)
    link = tmp_path / "logins.db"
    link.symlink_to(tmp_path / "real" / "logins.db")
    async with SqliteStore(link) as store:
        assert store.path == str(tmp_path / "real" / "logins.db")
    assert mode(tmp_path / "real" / "logins.db") == "0600"


async def test_nothing_is_created_before_the_first_step(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "logins.db")
    assert names_in(tmp_path) == []
    await store.aclose()
    assert names_in(tmp_path) == []
