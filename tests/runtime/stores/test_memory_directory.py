"""Roles and groups in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loginwright_runtime.extension_points import (
    GroupsPage,
    GroupsQuery,
    RolesPage,
    RolesQuery,
)
from loginwright_runtime.stores.memory import DirectoryEntry, MemoryDirectory

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonObject

ADMIN: JsonObject = {"id": "rol_1", "name": "admin", "description": "May do all"}
EDITOR: JsonObject = {"id": "rol_2", "name": "editor", "description": "May write"}
OWNER: JsonObject = {"id": "rol_3", "name": "owner", "description": "Of an organisation"}
STAFF: JsonObject = {"id": "grp_1", "name": "staff"}
ADA = DirectoryEntry((ADMIN, EDITOR), (STAFF,), {"org_1": (OWNER,)})


@pytest.fixture
def directory() -> MemoryDirectory:
    return MemoryDirectory({"ada": ADA}, everyone=DirectoryEntry(roles=(EDITOR,)))


def test_user_has_the_roles_and_groups_of_their_entry(directory: MemoryDirectory) -> None:
    assert directory.roles(RolesQuery("ada")) == RolesPage((ADMIN, EDITOR))
    assert directory.groups(GroupsQuery("ada")) == GroupsPage((STAFF,))


def test_user_without_an_entry_has_what_everyone_has(directory: MemoryDirectory) -> None:
    assert directory.roles(RolesQuery("grace")) == RolesPage((EDITOR,))
    assert directory.groups(GroupsQuery("grace")) == GroupsPage()


def test_roles_of_an_organisation_count_there_only(directory: MemoryDirectory) -> None:
    there = RolesQuery("ada", organization_id="org_1")
    elsewhere = RolesQuery("ada", organization_id="org_2")
    assert directory.roles(there) == RolesPage((ADMIN, EDITOR, OWNER))
    assert directory.roles(elsewhere) == RolesPage((ADMIN, EDITOR))


def test_roles_are_found_by_id_and_by_name(directory: MemoryDirectory) -> None:
    by_id = RolesQuery("ada", ids=("rol_2", "rol_9"))
    by_name = RolesQuery("ada", names=("admin", "rol_2"))
    assert directory.roles(by_id) == RolesPage((EDITOR,))
    assert directory.roles(by_name) == RolesPage((ADMIN,))
    assert directory.roles(RolesQuery("ada", ids=())) == RolesPage()


@pytest.mark.parametrize("asked", ["grp_1", "staff"])
def test_groups_are_found_by_id_or_name(directory: MemoryDirectory, asked: str) -> None:
    assert directory.groups(GroupsQuery("ada", (asked,))) == GroupsPage((STAFF,))
    assert directory.groups(GroupsQuery("ada", ("others",))) == GroupsPage()


def test_pages_lead_through_everything_once() -> None:
    roles: tuple[JsonObject, ...] = tuple({"id": f"rol_{number}"} for number in range(7))
    directory = MemoryDirectory(everyone=DirectoryEntry(roles=roles))
    seen: list[JsonObject] = []
    start: str | None = None
    sizes: list[int] = []
    while True:
        page = directory.roles(RolesQuery("ada", take=3, start=start))
        seen += page.roles
        sizes.append(len(page.roles))
        start = page.next
        if start is None:
            break
    assert tuple(seen) == roles
    assert sizes == [3, 3, 1]


def test_last_full_page_names_no_next(directory: MemoryDirectory) -> None:
    assert directory.roles(RolesQuery("ada", take=2)).next is None


def test_query_by_ids_is_answered_whole() -> None:
    roles: tuple[JsonObject, ...] = tuple({"id": f"rol_{number}"} for number in range(80))
    directory = MemoryDirectory(everyone=DirectoryEntry(roles=roles))
    asked = tuple(f"rol_{number}" for number in range(80))
    assert len(directory.roles(RolesQuery("ada", ids=asked)).roles) == 80


@pytest.mark.parametrize("start", ["", "-1", "next", "²", "1" * 5000, "99"])
def test_start_that_was_never_given_out_answers_an_empty_page(
    directory: MemoryDirectory, start: str
) -> None:
    assert directory.roles(RolesQuery("ada", start=start)) == RolesPage()
