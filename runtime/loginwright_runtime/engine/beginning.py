"""What a login needs before its first action runs: request, secrets, roles, flow versions."""

from __future__ import annotations

import secrets as randomness
from collections.abc import Mapping
from inspect import isawaitable
from typing import TYPE_CHECKING

from loginwright_runtime.engine.browser_input import (
    checked_hostname,
    cleaned,
    without_credentials,
)
from loginwright_runtime.errors import FlowError, Problem, RequestError, SecretError
from loginwright_runtime.extension_points import (
    Directory,
    RolesQuery,
    SecretRequest,
    SecretSource,
)
from loginwright_runtime.tokens.shared_secret import load_signatures
from loginwright_runtime.tracing.masking import Masker
from loginwright_runtime.transaction.holders import HolderChanges
from loginwright_runtime.transaction.state import LoginTransaction

if TYPE_CHECKING:
    from loginwright_runtime.flow.model import Action, Flow
    from loginwright_runtime.login.json_values import JsonObject
    from loginwright_runtime.login.requests import LoginRequest

MAX_ROLE_PAGES = 20


def prepared_request(request: LoginRequest, hostnames: frozenset[str]) -> LoginRequest:
    """Return a login request fit to run: hostname served, nothing in it that no action may see.

    Raises:
        RequestError: The hostname is not served, or query or body are malformed.
    """
    clean = cleaned(without_credentials(request.request))
    if isinstance(clean, str):
        raise RequestError(
            Problem(
                rule="malformed-request",
                severity="error",
                message=clean,
                remedy="Answer it as a bad request.",
                path="$.request",
            )
        )
    checked = checked_hostname(clean, hostnames)
    if checked is request.request:
        return request
    return request.model_copy(update={"request": checked})


def new_transaction(request: LoginRequest, fixed_now: float | None) -> LoginTransaction:
    """Return a login that has not begun: a fresh id, and the metadata it starts with."""
    return LoginTransaction(
        id=randomness.token_hex(16),
        user_id=request.user_id,
        fixed_now=fixed_now,
        metadata=dict(request.transaction.metadata),
        session=HolderChanges(metadata=_metadata(request.session)),
        refresh_token=HolderChanges(metadata=_metadata(request.refresh_token)),
    )


def _metadata(holder: JsonObject | None) -> JsonObject:
    metadata = (holder or {}).get("metadata")
    return dict(metadata) if isinstance(metadata, dict) else {}


class FlowSecrets:
    """Fetches the secrets of a flow, and keeps what masks their values while they stay the same.

    Args:
        source: Where secret values come from.
    """

    def __init__(self, source: SecretSource) -> None:
        self._source = source
        self._values: frozenset[str] = frozenset()
        self._masker = Masker(())

    async def of(self, flow: Flow) -> tuple[Mapping[str, Mapping[str, str]], Masker]:
        """Return every enabled action's secrets, and what masks their values.

        Raises:
            SecretError: A declared secret has no value; names every one with its action.
        """
        found: dict[str, Mapping[str, str]] = {}
        missing: list[Problem] = []
        values: set[str] = set()
        for index, action in enumerate(flow.actions):
            if not action.enabled:
                continue
            given = await self._of(flow, action)
            found[action.id] = given
            values.update(given.values())
            missing.extend(_missing_secrets(action, index, given))
        if missing:
            raise SecretError(*missing)
        if self._values != (secret_values := frozenset(values)):
            self._values, self._masker = secret_values, Masker(secret_values)
            load_signatures()
        return found, self._masker

    async def _of(self, flow: Flow, action: Action) -> Mapping[str, str]:
        if not action.secrets:
            return {}
        request = SecretRequest(flow.name, action.id, action.secrets)
        given = await self._source.secrets(request)
        if not _is_mapping(given):
            raise SecretError(_odd_secret("The source of secrets gave no mapping."))
        found = {name: given[name] for name in action.secrets if given.get(name) is not None}
        for name, value in found.items():
            if not _is_text(value):
                message = f"The value of the secret {name} of the action {action.id!r} is no text."
                raise SecretError(_odd_secret(message))
        return found


def _is_mapping(given: object) -> bool:
    return isinstance(given, Mapping)


def _is_text(value: object) -> bool:
    """Tell whether a value is text that UTF-8 can write: half a character is none."""
    return isinstance(value, str) and not any("\ud800" <= one <= "\udfff" for one in value)


def _odd_secret(message: str) -> Problem:
    remedy = "Let the source of secrets give valid Unicode texts by their names."
    return Problem("invalid-secret", "error", message, remedy)


def _missing_secrets(action: Action, index: int, given: Mapping[str, str]) -> list[Problem]:
    return [
        Problem(
            rule="missing-secret",
            severity="error",
            message=f"The secret {name} that the action {action.id!r} declares has no value.",
            remedy=f"Give it with --secrets, --secrets-dir or LOGINWRIGHT_SECRET_{name}.",
            file="flow.json",
            path=f"$.actions[{index}].secrets[{place}]",
        )
        for place, name in enumerate(action.secrets)
        if name not in given
    ]


async def login_roles(directory: Directory | None, request: LoginRequest) -> tuple[str, ...] | None:
    """Return the names of the user's roles for ``event.authorization``, or None without any.

    A request that brings ``authorization`` itself is not asked about.
    """
    if directory is None or "authorization" in request.event_extras:
        return None
    organization = (request.organization or {}).get("id")
    organization_id = organization if isinstance(organization, str) else None
    names: list[str] = []
    start: str | None = None
    for _page in range(MAX_ROLE_PAGES):
        answer = directory.roles(
            RolesQuery(request.user_id, organization_id, take=100, start=start)
        )
        page = await answer if isawaitable(answer) else answer
        names.extend(str(role["name"]) for role in page.roles if "name" in role)
        start = page.next
        if start is None:
            break
    return tuple(names)


class FlowVersions:
    """The flow versions an engine knows: its own, and those that suspended logins began with."""

    def __init__(self, current: Flow | None) -> None:
        self.current = current
        self._flows: dict[str, Flow] = {} if current is None else {current.version: current}
        self._archives: dict[str, bytes] = {}

    @property
    def known(self) -> frozenset[str]:
        """Versions whose archive need not be fetched."""
        return frozenset(self._flows)

    def archive(self, flow: Flow) -> bytes:
        """Return a flow version as a bundle; made once."""
        if flow.version not in self._archives:
            from loginwright_runtime.flow.bundle import export_bundle

            self._archives[flow.version] = export_bundle(flow)
        return self._archives[flow.version]

    def version(self, version: str, archive: bytes, name: str) -> Flow | None:
        """Return a flow version, reading and verifying its archive where it is not yet known.

        Returns:
            None when the archive is broken or holds another version (security.md 10, 18).
        """
        known = self._flows.get(version)
        if known is not None:
            return known
        from loginwright_runtime.flow.bundle import read_bundle

        try:
            flow = read_bundle(archive, name)
        except FlowError:
            return None
        if flow.version != version:
            return None
        self._flows[version] = flow
        self._archives[version] = archive
        return flow
