"""Whether ``node_modules`` holds what the lock says, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from loginwright_runtime.errors import FlowError, Problem
from loginwright_runtime.flow.json_text import read_json
from loginwright_runtime.flow.package_lock import LockedPackage, PackageLock, read_lock
from loginwright_runtime.flow.packages import FOLDER, InstalledFiles, find_installed, unreadable

if TYPE_CHECKING:
    from pathlib import Path

    from loginwright_runtime.flow.model import Flow

MAX_PACKED_BYTES = 20_000_000
_INSTALL = "Run npm ci in the flow folder."


@dataclass(frozen=True, slots=True)
class CheckedPackages:
    """The installed files of locked packages, and what speaks against packing them."""

    files: Mapping[str, bytes]
    problems: tuple[Problem, ...]


def locked_files(files: Mapping[str, bytes], folder: Path | None) -> dict[str, bytes]:
    """Return the files of every locked package as they stand in ``folder/node_modules``.

    Args:
        files: The flow's own files, the lock among them.
        folder: Folder that holds ``node_modules``, or None.

    Raises:
        FlowError: The packages are not those of the lock, or are too large for a bundle.
    """
    checked = check_packages(files, folder)
    if checked.problems:
        raise FlowError(*checked.problems)
    return dict(checked.files)


def package_warnings(flow: Flow) -> tuple[Problem, ...]:
    """Return what would keep the flow's packages out of a bundle, as warnings.

    A flow runs in its folder whatever stands in ``node_modules``; only an export insists.
    """
    problems = check_packages(flow.files, flow.packages).problems
    return tuple(replace(problem, severity="warning") for problem in problems)


def check_packages(files: Mapping[str, bytes], folder: Path | None) -> CheckedPackages:
    """Compare ``node_modules`` with the lock (contract.md, "Bundle"); installs nothing.

    Development packages are neither asked for nor taken; optional ones may be missing.
    """
    lock = read_lock(files)
    if isinstance(lock, Problem):
        return CheckedPackages({}, (lock,))
    installed = None if folder is None else find_installed(folder, lock)
    if lock is None:
        return CheckedPackages({}, tuple(_without_lock(installed)))
    if installed is None:
        return CheckedPackages({}, tuple(_not_installed(lock)))
    return _compare(installed, lock)


def _compare(installed: InstalledFiles, lock: PackageLock) -> CheckedPackages:
    problems = [*installed.problems, *_links(installed, lock), *_not_locked(installed, lock)]
    contents: dict[str, bytes] = {}
    room = MAX_PACKED_BYTES
    for path in installed.files:
        if lock.owner(path) is None:
            continue
        try:
            contents[path] = installed.read(path)
        except OSError as error:
            problems.append(unreadable(path, error))
            continue
        room -= len(contents[path])
        if room < 0:
            return CheckedPackages({}, (_too_large(),))
    problems.extend(_missing_or_other(lock, contents))
    return CheckedPackages(contents, tuple(problems))


def _without_lock(installed: InstalledFiles | None) -> Iterator[Problem]:
    if installed is None:
        return
    yield from installed.problems
    if installed.files or installed.links:
        message = "There are packages in node_modules and no lock names them."
        remedy = "Run npm install --package-lock-only, or remove node_modules."
        yield Problem("missing-lock", "error", message, remedy, FOLDER)


def _not_installed(lock: PackageLock) -> Iterator[Problem]:
    if any(not package.development and not package.optional for package in lock.packages.values()):
        message = f"{lock.file} names packages and there is no node_modules."
        yield Problem("package-missing", "error", message, _INSTALL, FOLDER)


def _links(installed: InstalledFiles, lock: PackageLock) -> Iterator[Problem]:
    locked = [path for path, package in lock.packages.items() if package.link]
    for path in sorted({*installed.links, *locked}):
        message = "This is a link, and a bundle holds no links."
        remedy = "Install the package itself instead of linking to it."
        yield Problem("linked-package", "error", message, remedy, path)


def _not_locked(installed: InstalledFiles, lock: PackageLock) -> Iterator[Problem]:
    foreign = [path for path in installed.files if lock.owner(path) is None]
    for package in dict.fromkeys(_package_of(path) for path in foreign):
        message = f"{lock.file} does not name this package."
        remedy = "Run npm install so that it is locked, or npm prune to remove it."
        yield Problem("package-not-locked", "error", message, remedy, package)


def _too_large() -> Problem:
    message = f"The locked packages have more than {MAX_PACKED_BYTES:,} bytes."
    remedy = "Depend on smaller packages, or on fewer."
    return Problem("packages-too-large", "error", message, remedy, FOLDER)


def _package_of(path: str) -> str:
    """Return the innermost package folder a path stands in, told by its name alone."""
    before, _, inside = path.rpartition(f"{FOLDER}/")
    parts = inside.split("/")
    name = "/".join(parts[:2]) if inside.startswith("@") else parts[0]
    return f"{before}{FOLDER}/{name}"


def _missing_or_other(lock: PackageLock, contents: Mapping[str, bytes]) -> Iterator[Problem]:
    for path, package in lock.packages.items():
        if package.development or package.link:
            continue
        manifest = contents.get(f"{path}/package.json")
        if manifest is not None:
            yield from _other_version(lock, path, package, manifest)
        elif not package.optional:
            message = f"{lock.file} names this package and it is not installed."
            yield Problem("package-missing", "error", message, _INSTALL, path)


def _other_version(
    lock: PackageLock, path: str, package: LockedPackage, manifest: bytes
) -> Iterator[Problem]:
    document = read_json(manifest, f"{path}/package.json")
    found = None
    if not isinstance(document, Problem) and isinstance(document.value, dict):
        found = document.value.get("version")
    if found != package.version or found is None:
        shown = found if isinstance(found, str) else "none"
        message = f"Installed is version {shown}; {lock.file} locks {package.version}."
        yield Problem("package-version", "error", message, _INSTALL, path)
