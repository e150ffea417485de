"""``bundle.json``: what a bundle says of itself, and whether that is true."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

import orjson

from loginwright_runtime.errors import FlowError, Problem
from loginwright_runtime.flow.json_text import JsonObject, read_json
from loginwright_runtime.flow.migrations import Current, FormatHistory, Unknown
from loginwright_runtime.flow.secret_names import is_secret_name
from loginwright_runtime.flow.version import digest

if TYPE_CHECKING:
    from pydantic import JsonValue

    from loginwright_runtime.flow.model import Flow

MANIFEST = "bundle.json"
BUNDLE_HISTORY = FormatHistory("loginwright/bundle", 1)
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
_REMEDY = "Export the flow again."
_KEYS = {"format", "version", "secrets", "members"}


@dataclass(frozen=True, slots=True)
class Member:
    """A member of the bundle as it was exported."""

    digest: str
    size: int


@dataclass(frozen=True, slots=True)
class BundleManifest:
    """What ``bundle.json`` says (contract.md, "Bundle").

    Attributes:
        version: Version of the flow.
        secrets: Names of the secrets that its enabled actions declare, sorted.
        members: Every other member of the bundle.
    """

    version: str
    secrets: tuple[str, ...]
    members: Mapping[str, Member]

    def to_bytes(self) -> bytes:
        """Return ``bundle.json``; the same manifest always gives the same bytes."""
        document = {
            "format": BUNDLE_HISTORY.current,
            "version": self.version,
            "secrets": list(self.secrets),
            "members": {
                name: {"digest": member.digest, "size": member.size}
                for name, member in sorted(self.members.items())
            },
        }
        return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def describe(flow: Flow, version: str, members: Mapping[str, bytes]) -> BundleManifest:
    """Return the manifest of a bundle that holds ``members``."""
    described = {name: Member(digest(data), len(data)) for name, data in members.items()}
    return BundleManifest(version, needed_secrets(flow), described)


def needed_secrets(flow: Flow) -> tuple[str, ...]:
    """Return the names of all secrets that have to be there before the flow can run, sorted."""
    return tuple(sorted({name for action in flow.enabled_actions for name in action.secrets}))


def read_manifest(data: bytes, file: str) -> BundleManifest:
    """Decode ``bundle.json``.

    Raises:
        FlowError: It is of a newer format, or not what ``export`` writes.
    """
    document = read_json(data, file)
    if isinstance(document, Problem):
        raise FlowError(document)
    if document.problems:
        raise FlowError(*document.problems)
    members = document.value
    if not isinstance(members, dict):
        raise FlowError(_fault(file, "It holds no JSON object."))
    match BUNDLE_HISTORY.upgrade(members):
        case Unknown(message, remedy):
            raise FlowError(Problem("unknown-format", "error", message, remedy, file))
        case Current(current, _):
            return _decode(current, file)
        case _ as unreachable:
            assert_never(unreachable)


def _decode(document: JsonObject, file: str) -> BundleManifest:
    version, secrets, members = (document.get(key) for key in ("version", "secrets", "members"))
    if set(document) != _KEYS or not _is_digest(version):
        raise FlowError(_fault(file, "It lacks the flow's version, or says what it should not."))
    if not isinstance(secrets, list):
        raise FlowError(_fault(file, "Its secrets are no array of names."))
    names = [name for name in secrets if isinstance(name, str) and is_secret_name(name)]
    if len(names) != len(secrets):
        raise FlowError(_fault(file, "Its secrets are no array of names."))
    if not isinstance(members, dict):
        raise FlowError(_fault(file, "It does not list the members."))
    listed = {name: _member(name, member, file) for name, member in members.items()}
    return BundleManifest(str(version), tuple(names), listed)


def _member(name: str, value: JsonValue, file: str) -> Member:
    match value:
        case {"digest": str(told), "size": int(size), **rest} if not rest and _is_digest(told):
            return Member(told, size)
        case _:
            raise FlowError(_fault(file, f"What it says of {name} is no digest and size."))


def _is_digest(value: JsonValue) -> bool:
    return isinstance(value, str) and _DIGEST.fullmatch(value) is not None


def check_members(
    manifest: BundleManifest, members: Mapping[str, bytes], file: str
) -> Sequence[Problem]:
    """Return where the members differ from what the manifest says of them."""
    problems: list[Problem] = []
    for name in sorted({*manifest.members, *members}):
        told, data = manifest.members.get(name), members.get(name)
        if told is None:
            problems.append(_mismatch(file, f"{name} is in the bundle and not in {MANIFEST}."))
        elif data is None:
            problems.append(_mismatch(file, f"{name} is missing from the bundle."))
        elif told != Member(digest(data), len(data)):
            problems.append(_mismatch(file, f"{name} is not the file that was exported."))
    return problems


def _mismatch(file: str, message: str) -> Problem:
    return Problem("bundle-mismatch", "error", message, _REMEDY, file)


def _fault(file: str, message: str) -> Problem:
    return Problem("invalid-manifest", "error", message, _REMEDY, file)
