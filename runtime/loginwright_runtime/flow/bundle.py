"""Bundles: a whole flow in one file that whoever loads it verifies first."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loginwright_runtime.errors import FlowError, Problem
from loginwright_runtime.flow.action_names import CODE_FOLDERS, is_hidden
from loginwright_runtime.flow.archive import write_archive
from loginwright_runtime.flow.archive_reading import read_archive
from loginwright_runtime.flow.bundle_cache import bundle_cache, unpack
from loginwright_runtime.flow.flow_files import FLOW_FILE, ReadFlow, assemble
from loginwright_runtime.flow.manifest import (
    MANIFEST,
    BundleManifest,
    check_members,
    describe,
    needed_secrets,
    read_manifest,
)
from loginwright_runtime.flow.migrations import FormatHistory, flow_history
from loginwright_runtime.flow.model import Flow
from loginwright_runtime.flow.package_check import locked_files
from loginwright_runtime.flow.packages import FOLDER
from loginwright_runtime.flow.source_files import PACKAGE_NAMES
from loginwright_runtime.flow.version import digest, flow_document, flow_version
from loginwright_runtime.flow.writing import flow_json

if TYPE_CHECKING:
    from pathlib import Path

_SCENARIO = re.compile(r"scenarios/[^/]+\.json")


@dataclass(frozen=True, slots=True)
class Bundle:
    """What a verified bundle holds.

    Attributes:
        flow: The flow; its packages unpacked when it has any.
        manifest: What the bundle says of itself, found true.
        scenarios: ``scenarios/<slug>.json`` → content; empty unless they were asked for.
    """

    flow: Flow
    manifest: BundleManifest
    scenarios: Mapping[str, bytes]


def export_bundle(flow: Flow, *, scenarios: Mapping[str, bytes] | None = None) -> bytes:
    """Return the deployable bundle of a flow (contract.md, "Bundle").

    The same flow gives the same bytes, from a folder or from a bundle alike. Packages are packed
    as they stand in ``node_modules`` after a check against the lock; nothing is installed.

    Args:
        flow: What to export.
        scenarios: ``scenarios/<slug>.json`` → content of those to take along; none when None.

    Raises:
        FlowError: The flow could not be loaded again, the packages are not those of the lock, or
            a file has a name or size that no bundle can hold.
    """
    sound = assemble(flow_json(flow), flow.files, {}, flow_history())
    if any(problem.severity == "error" for problem in sound.problems):
        raise FlowError(*sound.problems)
    packages = locked_files(flow.files, flow.packages)
    members = {**flow.files, **packages, FLOW_FILE: flow_json(flow), **(scenarios or {})}
    for name in members:
        if not _is_known(name):
            raise FlowError(_unknown(name))
    digests = {name: digest(data) for name, data in packages.items()}
    version = flow_version(flow_document(flow), flow.files, digests)
    manifest = describe(flow, version, members)
    return write_archive({**members, MANIFEST: manifest.to_bytes()})


def read_bundle(data: bytes, name: str, *, cache: Path | None = None) -> Flow:
    """Return the flow of a bundle; see ``open_bundle``."""
    return open_bundle(data, name, cache=cache).flow


def open_bundle(
    data: bytes, name: str, *, cache: Path | None = None, history: FormatHistory | None = None
) -> Bundle:
    """Verify a bundle in memory, then unpack its packages if it has any (security.md 25).

    A bundle without packages never touches the disk. Digests tell damage, they prove no author.

    Args:
        data: The whole file.
        name: What problems call it.
        cache: Folder for unpacked bundles; ``bundle_cache()`` when None.
        history: Formats of ``flow.json`` that can be read; today's when None.

    Raises:
        FlowError: The bundle is not exactly what an export writes, or cannot be unpacked.
    """
    members = read_archive(data, name)
    manifest = _verify(members, name)
    read = _read_flow(members, name, history or flow_history())
    flow = _checked(read, manifest, members, name)
    scenarios = {path: data for path, data in members.items() if _SCENARIO.fullmatch(path)}
    if any(path.startswith(f"{FOLDER}/") for path in members):
        unpacked = {path: data for path, data in members.items() if path not in scenarios}
        root = unpack(unpacked, flow.version, cache or bundle_cache())
        flow = flow.model_copy(update={"root": root, "packages": root})
    return Bundle(flow, manifest, scenarios)


def _verify(members: Mapping[str, bytes], name: str) -> BundleManifest:
    for required in (MANIFEST, FLOW_FILE):
        if required not in members:
            message = f"There is no {required} in it."
            raise FlowError(Problem("bundle-mismatch", "error", message, "Export it again.", name))
    for member in members:
        if not _is_known(member) and member != MANIFEST:
            raise FlowError(_unknown(member, name))
    manifest = read_manifest(members[MANIFEST], f"{name}/{MANIFEST}")
    others = {path: data for path, data in members.items() if path != MANIFEST}
    problems = check_members(manifest, others, name)
    if problems:
        raise FlowError(*problems)
    return manifest


def _read_flow(members: Mapping[str, bytes], name: str, history: FormatHistory) -> ReadFlow:
    files = {
        path: data
        for path, data in members.items()
        if path in PACKAGE_NAMES or path.split("/")[0] in CODE_FOLDERS
    }
    return assemble(members[FLOW_FILE], files, {}, history, f"{name}/{FLOW_FILE}")


def _checked(
    read: ReadFlow, manifest: BundleManifest, members: Mapping[str, bytes], name: str
) -> Flow:
    """Return the flow under the version that both the manifest and the content tell."""
    if read.flow is None or any(problem.severity == "error" for problem in read.problems):
        raise FlowError(*read.problems)
    packages = {
        path: member.digest
        for path, member in manifest.members.items()
        if path.startswith(f"{FOLDER}/")
    }
    written = flow_document(read.flow) if read.older is None else read.older
    version = flow_version(written, read.flow.files, packages)
    if version != manifest.version:
        message = f"The content is version {version}, not {manifest.version}."
        raise FlowError(Problem("version-mismatch", "error", message, "Export it again.", name))
    if needed_secrets(read.flow) != manifest.secrets:
        message = "The secrets it names are not those of its actions."
        raise FlowError(Problem("bundle-mismatch", "error", message, "Export it again.", name))
    return read.flow.model_copy(update={"version": version})


def _is_known(name: str) -> bool:
    parts = name.split("/")
    if parts[0] in CODE_FOLDERS:
        return len(parts) > 1 and not any(is_hidden(part) for part in parts)
    if parts[0] == FOLDER:
        return len(parts) > 1
    return name in (FLOW_FILE, *PACKAGE_NAMES) or _SCENARIO.fullmatch(name) is not None


def _unknown(member: str, name: str | None = None) -> Problem:
    message = f"A bundle has no place for {member}."
    remedy = "Keep it out of the bundle; files that actions read stand under lib/."
    return Problem("bundle-name", "error", message, remedy, name)
