"""Roles and groups held in memory."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from loginwright_runtime.extension_points import (
    GroupsPage,
    GroupsQuery,
    RolesPage,
    RolesQuery,
)
from loginwright_runtime.login.json_values import JsonObject


@dataclass(frozen=True, slots=True)
class DirectoryEntry:
    """What the directory knows of a user.

    Attributes:
        roles: Effective roles, ``{"id", "name", "description"}``.
        groups: Groups, ``{"id", "name"}``.
        organization_roles: Organisation id → roles that come in addition there.
    """

    roles: tuple[JsonObject, ...] = ()
    groups: tuple[JsonObject, ...] = ()
    organization_roles: Mapping[str, tuple[JsonObject, ...]] = field(
        default_factory=dict[str, tuple[JsonObject, ...]]
    )


class MemoryDirectory:
    """Answers at once from what it was given.

    Pages hold ``take`` entries and name where the next begins; a ``start`` that was never given
    out answers an empty page. A query by ids or names is answered whole, in the directory's order.
    """

    def __init__(
        self,
        users: Mapping[str, DirectoryEntry] | None = None,
        *,
        everyone: DirectoryEntry | None = None,
    ) -> None:
        """Keep the entries.

        Args:
            users: User id → entry.
            everyone: Entry of every user who has none of their own.
        """
        self._users = dict(users or {})
        self._everyone = everyone or DirectoryEntry()

    def roles(self, query: RolesQuery) -> RolesPage:
        """Return one page of roles."""
        entry = self._users.get(query.user_id, self._everyone)
        roles = entry.roles
        if query.organization_id is not None:
            roles += entry.organization_roles.get(query.organization_id, ())
        if query.ids is not None:
            return RolesPage(tuple(role for role in roles if role.get("id") in query.ids))
        if query.names is not None:
            return RolesPage(tuple(role for role in roles if role.get("name") in query.names))
        return RolesPage(*_page(roles, query.take, query.start))

    def groups(self, query: GroupsQuery) -> GroupsPage:
        """Return one page of groups."""
        groups = self._users.get(query.user_id, self._everyone).groups
        if query.ids_or_names is not None:
            return GroupsPage(tuple(g for g in groups if _is_one_of(g, query.ids_or_names)))
        return GroupsPage(*_page(groups, query.take, query.start))


def _is_one_of(group: JsonObject, ids_or_names: Collection[str]) -> bool:
    return group.get("id") in ids_or_names or group.get("name") in ids_or_names


def _page(
    entries: tuple[JsonObject, ...], take: int, start: str | None
) -> tuple[tuple[JsonObject, ...], str | None]:
    first = _first_of(start)
    if first is None:
        return (), None
    end = first + max(take, 1)
    return entries[first:end], str(end) if end < len(entries) else None


def _first_of(start: str | None) -> int | None:
    if start is None:
        return 0
    return int(start) if start.isascii() and start.isdigit() and len(start) < 10 else None
