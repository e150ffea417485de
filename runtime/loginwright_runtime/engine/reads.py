"""Answers the api calls that ask for something: tokens, cache, roles and groups."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar, cast

from loginwright_runtime.api.arguments import Call, is_undefined
from loginwright_runtime.api.call import ErrorReply
from loginwright_runtime.engine.cache_view import CacheView
from loginwright_runtime.extension_points import (
    CacheRecord,
    CacheScope,
    CacheStore,
    Directory,
    GroupsPage,
    GroupsQuery,
    RolesPage,
    RolesQuery,
)
from loginwright_runtime.login.json_values import JsonObject, JsonValue
from loginwright_runtime.tokens.redirect_tokens import (
    check_redirect_token,
    encode_redirect_token,
)
from loginwright_runtime.tracing.record import TokenCheck

_T = TypeVar("_T")

MAX_ROLES = 100
MAX_ROLE_NAMES = 50
DEFAULT_PAGE = 50
WEAK_SECRET = (
    "weak-redirect-secret",
    "The secret is shorter than the 32 bytes that HS256 asks for (RFC 7518 §3.2).",
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a reading call gets back."""

    value: JsonValue = None
    error: ErrorReply | None = None
    warnings: tuple[tuple[str, str], ...] = ()
    checks: tuple[TokenCheck, ...] = ()


@dataclass(frozen=True, slots=True)
class CameBackWith:
    """What the return of a redirect brought, for ``validateToken``.

    Attributes:
        state: The state that was claimed, not text of the request.
        parameters: Query and body as one; the body wins (reference §2.3).
    """

    state: str = field(repr=False)
    parameters: JsonObject = field(repr=False)


@dataclass(slots=True)
class Reads:
    """Answers for one handler call.

    Attributes:
        user_id: Whose login it is.
        hostname: Of the request, for ``iss``.
        ip: Of the request.
        interactive: What ``canRedirect`` tells.
        now: The login's clock.
        scope: Whose cache.
        cache: The cache store, or None: then a handler's own changes are all it sees.
        directory: Roles and groups, or None: then there are none.
        organization_id: For roles of an organization.
        came_back: What a redirect brought back, or None.
        view: The cache as this handler sees it, once it has been asked for.
    """

    user_id: str
    hostname: str
    ip: str
    interactive: bool
    now: Callable[[], float]
    scope: CacheScope
    cache: CacheStore | None = None
    directory: Directory | None = None
    organization_id: str | None = None
    came_back: CameBackWith | None = None
    view: CacheView | None = None

    def answer(self, call: Call) -> Answer | Awaitable[Answer] | None:
        """Answer a call, at once where possible; None when it asks for nothing."""
        answerer = _ANSWERERS.get(call.method.name)
        return None if answerer is None else answerer(self, call)

    def encode_token(self, call: Call) -> Answer:
        """``redirect.encodeToken`` (reference §2.1)."""
        options = call.options(0)
        made = encode_redirect_token(
            secret=options.get("secret"),
            payload=options.get("payload"),
            hostname=self.hostname,
            user_id=self.user_id,
            ip=self.ip,
            now=self.now(),
            expires_in_seconds=options.get("expiresInSeconds"),
        )
        if isinstance(made, ErrorReply):
            return Answer(error=made)
        warnings: list[tuple[str, str]] = [WEAK_SECRET] if made.short_secret else []
        if made.overridden:
            names = ", ".join(made.overridden)
            note = f"The payload of encodeToken replaced what is set for it: {names}."
            warnings.append(("token-claim-overridden", note))
        if made.odd_lifetime:
            note = "redirect.encodeToken: expiresInSeconds must be a number; it was ignored."
            warnings.append(("argument-ignored", note))
        return Answer(made.token, warnings=tuple(warnings))

    def validate_token(self, call: Call) -> Answer:
        """``redirect.validateToken`` (reference §2.3)."""
        options = call.options(0)
        name = options.get("tokenParameterName")
        parameter = name if isinstance(name, str) and name else "session_token"
        came = self.came_back
        token = came.parameters.get(parameter) if came is not None else None
        report = check_redirect_token(
            token=token if isinstance(token, str) else None,
            parameter=parameter,
            secret=options.get("secret"),
            state=came.state if came is not None else "",
            user_id=self.user_id,
            now=self.now(),
        )
        warnings = (WEAK_SECRET,) if report.short_secret else ()
        return Answer(report.payload, report.error, warnings, report.checks)

    def can_redirect(self, _call: Call) -> Answer:
        """``redirect.canRedirect`` (security.md 3)."""
        return Answer(self.interactive)

    def rules_executed(self, _call: Call) -> Answer:
        """``rules.wasExecuted``: never, there are none."""
        return Answer(False)

    def cache_call(self, call: Call) -> Answer | Awaitable[Answer]:
        """``cache.get``, ``set`` and ``delete``; waits only for a foreign store."""
        if self.view is not None:
            return _from_cache(self.view, call)
        if self.cache is None:
            return self._viewed({}, call)
        return _then(self.cache.read(self.scope), lambda stored: self._viewed(stored, call))

    def _viewed(self, stored: Mapping[str, CacheRecord], call: Call) -> Answer:
        if self.view is None:
            self.view = CacheView(stored, int(self.now() * 1000))
        return _from_cache(self.view, call)

    def roles(self, call: Call) -> Answer | Awaitable[Answer]:
        """``roles.*``; an odd call finds none (contract.md: a call throws only where it has to)."""
        asked = _Asked.of(call)
        if self.directory is None or asked.odd:
            return _roles_answer(asked, RolesPage())
        by_id = call.method.name == "roles.getUserEffectiveRolesByIds"
        query = RolesQuery(
            self.user_id,
            self.organization_id,
            ids=asked.wanted if by_id else None,
            names=None if by_id else asked.wanted,
            take=asked.take,
            start=asked.start,
        )
        return _then(self.directory.roles(query), partial(_roles_answer, asked))

    def groups(self, call: Call) -> Answer | Awaitable[Answer]:
        """``groups.*``; an odd call finds none."""
        asked = _Asked.of(call)
        membership = call.method.name == "groups.hasGroupMembership"
        finish = partial(_membership_answer if membership else _groups_answer, asked)
        if self.directory is None or asked.odd:
            return finish(GroupsPage())
        query = GroupsQuery(self.user_id, asked.wanted, asked.take, asked.start)
        return _then(self.directory.groups(query), finish)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a call of ``roles.*`` or ``groups.*`` asks the directory.

    Attributes:
        wanted: Names or ids; None asks for all, page by page.
        take: How many at most.
        start: Where the page begins.
        odd: The call is ignored: nothing is found.
        warnings: What of it was ignored.
    """

    wanted: tuple[str, ...] | None = None
    take: int = MAX_ROLES
    start: str | None = None
    odd: bool = False
    warnings: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, call: Call) -> _Asked:
        """Read a call."""
        if call.method.options is not None:
            take, start, notes = _paging(call)
            return cls(None, take, start, warnings=notes)
        wanted = tuple(str(item) for item in _list(call.arg(0)))
        by_name = call.method.name == "roles.getUserEffectiveRolesByNames"
        limit = MAX_ROLE_NAMES if by_name else MAX_ROLES
        reason = call.odd
        if reason is None and len(wanted) > limit and call.method.name.startswith("roles."):
            reason = f"{call.method.name} takes at most {limit} entries"
        if reason is None:
            return cls(wanted, limit)
        note = ("argument-ignored", f"{reason}; the call was ignored.")
        return cls(odd=True, warnings=(note,))


def _then(value: _T | Awaitable[_T], finish: Callable[[_T], Answer]) -> Answer | Awaitable[Answer]:
    if isinstance(value, Awaitable):
        return _finish_later(cast("Awaitable[_T]", value), finish)
    return finish(value)


async def _finish_later(value: Awaitable[_T], finish: Callable[[_T], Answer]) -> Answer:
    return finish(await value)


def _from_cache(view: CacheView, call: Call) -> Answer:
    key = call.arg(0)
    if not isinstance(key, str):
        note = ("argument-ignored", f"{call.method.name}: key must be a string.")
        failed: JsonObject = {"type": "error", "code": "FailedToSetCacheRecord"}
        missing: JsonObject = {"$undefined": True}
        return Answer(missing if call.method.read else failed, warnings=(note,))
    match call.method.name:
        case "cache.get":
            return Answer(view.get(key))
        case "cache.delete":
            return Answer(view.delete(key))
        case _:
            answer = view.set(key, call.arg(1), call.options(2))
            notes = tuple(
                ("argument-ignored", f"cache.set: {words}; nothing was kept.")
                for code, words in _ODD_RECORDS.items()
                if answer.get("code") == code
            )
            return Answer(answer, warnings=notes)


_ODD_RECORDS = {
    "FailedToSetCacheRecord": "value must be a string",
    "InvalidExpiry": "ttl and expires_at must be numbers of milliseconds",
}
"""Error codes that speak of an argument of the wrong kind, not of a limit."""


def _roles_answer(asked: _Asked, page: RolesPage) -> Answer:
    return Answer(_page("roles", page.roles, page.next), warnings=asked.warnings)


def _groups_answer(asked: _Asked, page: GroupsPage) -> Answer:
    return Answer(_page("groups", page.groups, page.next), warnings=asked.warnings)


def _membership_answer(asked: _Asked, page: GroupsPage) -> Answer:
    memberships: JsonObject = {
        wanted: _membership([group for group in page.groups if wanted in _id_and_name(group)])
        for wanted in asked.wanted or ()
    }
    return Answer({"memberships": memberships}, warnings=asked.warnings)


def _membership(matches: list[JsonValue]) -> JsonObject:
    return {"is_member": True, "matches": matches} if matches else {"is_member": False}


def _id_and_name(group: JsonObject) -> tuple[JsonValue, JsonValue]:
    return group.get("id"), group.get("name")


def _page(name: str, items: tuple[JsonObject, ...], following: str | None) -> JsonObject:
    page: JsonObject = {name: list(items)}
    if following is not None:
        page["next"] = following
    return page


def _paging(call: Call) -> tuple[int, str | None, tuple[tuple[str, str], ...]]:
    """Return how many at most, from where, and what was ignored."""
    options, notes = call.options(0), list[tuple[str, str]]()
    take, start = options.get("take"), options.get("from")
    number = DEFAULT_PAGE
    if isinstance(take, int) and not isinstance(take, bool) and 1 <= take <= MAX_ROLES:
        number = take
    elif take is not None:
        note = f"{call.method.name}: take must be a number from 1 to {MAX_ROLES}; it was ignored."
        notes.append(("argument-ignored", note))
    if start is not None and not isinstance(start, str):
        note = f"{call.method.name}: from must be the text of an earlier `next`; it was ignored."
        notes.append(("argument-ignored", note))
    return number, start if isinstance(start, str) else None, tuple(notes)


def _list(value: JsonValue) -> list[JsonValue]:
    return value if isinstance(value, list) and not is_undefined(value) else []


_ANSWERERS: dict[str, Callable[[Reads, Call], Answer | Awaitable[Answer]]] = {
    "redirect.encodeToken": Reads.encode_token,
    "redirect.validateToken": Reads.validate_token,
    "redirect.canRedirect": Reads.can_redirect,
    "rules.wasExecuted": Reads.rules_executed,
    "cache.get": Reads.cache_call,
    "cache.set": Reads.cache_call,
    "cache.delete": Reads.cache_call,
    "roles.getUserEffectiveRoles": Reads.roles,
    "roles.getUserEffectiveRolesByIds": Reads.roles,
    "roles.getUserEffectiveRolesByNames": Reads.roles,
    "groups.getUserGroups": Reads.groups,
    "groups.hasGroupMembership": Reads.groups,
}
