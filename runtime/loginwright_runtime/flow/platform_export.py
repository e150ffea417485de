"""What the platform's deployment tool writes of a tenant, as far as it makes a post-login flow.

Its folder format: ``triggers/triggers.json`` lists for each trigger the names of its actions in
order; ``actions/*.json`` describe one action each, with the path of its code, the names of its
secrets and the npm packages it depends on; ``action-modules/*.json`` do so for modules. Everything
else of a tenant is passed over.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from loginwright_runtime.errors import FlowError, Problem
from loginwright_runtime.flow.flow_files import TRIGGERS_FILE
from loginwright_runtime.flow.json_text import JsonFile, JsonObject, read_json
from loginwright_runtime.flow.source_files import (
    SourceFiles,
    is_text,
    read_folders,
    unreadable_name,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from loginwright_runtime.flow.json_places import Place

_ACTIONS = "actions"
_MODULES = "action-modules"
_FOLDERS = (_ACTIONS, _MODULES, "triggers")
_TRIGGER = "post-login"
_ONE_FILE = ("tenant.yaml", "tenant.yml")
_YAML = (".yaml", ".yml")
_AS_FOLDER = "Export the tenant as a folder: a0deploy export --format=directory."


@dataclass(frozen=True, slots=True)
class ExportedCode:
    """An action or a module as it was exported.

    Attributes:
        name: What the platform calls it.
        code: Its source, byte for byte.
        secrets: Names of its secrets, in the order of the export.
        packages: Names of the npm packages it depends on, and their versions.
    """

    name: str
    code: bytes
    secrets: tuple[str, ...]
    packages: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class BoundAction:
    """An action that the trigger runs, under the name that it bears there."""

    shown: str
    exported: ExportedCode


@dataclass(frozen=True, slots=True)
class PlatformExport:
    """The post-login part of an export.

    Attributes:
        bound: What the trigger runs, in its order.
        missing: Names that the trigger runs and the export does not describe: what was installed
            from the platform's marketplace is not exported.
        idle: Names of post-login actions that no trigger runs.
        modules: Modules that any action may require.
    """

    bound: tuple[BoundAction, ...]
    missing: tuple[str, ...]
    idle: tuple[str, ...]
    modules: tuple[ExportedCode, ...]


def is_export(path: Path) -> bool:
    """Return whether a path given in the place of code leads to an export, or to one as YAML."""
    return path.is_dir() or path.suffix in _YAML


def read_platform_export(folder: Path) -> PlatformExport:
    """Read an export; whatever else stands in the folder is not opened.

    Raises:
        FlowError: The folder holds no such export, or part of it cannot be used.
    """
    root = Path(os.path.realpath(folder))
    if not is_text(str(root)):
        raise FlowError(unreadable_name(root))
    sources = read_folders(root, _FOLDERS)
    reader = _Reader(folder, sources)
    export = reader.read()
    problems = [*reader.problems, *_located(sources.problems.values(), folder)]
    if problems:
        raise FlowError(*problems)
    return export


def _located(problems: Iterable[Problem], folder: Path) -> Iterator[Problem]:
    for problem in problems:
        yield replace(problem, file=f"{folder}/{problem.file}")


@dataclass(slots=True)
class _Described:
    """A JSON file that describes an action or a module."""

    file: JsonFile
    name: str
    members: JsonObject
    path: str


@dataclass(slots=True)
class _Reader:
    folder: Path
    sources: SourceFiles
    problems: list[Problem] = field(default_factory=list[Problem])

    def read(self) -> PlatformExport:
        listed = self._listed()
        actions = {one.name: one for one in self._described(_ACTIONS)}
        bound = [
            BoundAction(shown, self._code(actions[name]))
            for name, shown in listed
            if name in actions
        ]
        names = [name for name, _ in listed]
        return PlatformExport(
            bound=tuple(bound),
            missing=tuple(name for name in names if name not in actions),
            idle=tuple(
                name for name, one in actions.items() if name not in names and _is_post_login(one)
            ),
            modules=tuple(self._code(one) for one in self._described(_MODULES)),
        )

    def _listed(self) -> list[tuple[str, str]]:
        """Return name and shown name of what the trigger runs."""
        data = self.sources.files.get(TRIGGERS_FILE)
        if data is None:
            if TRIGGERS_FILE not in self.sources.problems:
                self.problems.append(self._no_triggers())
            return []
        file = self._json(TRIGGERS_FILE, data)
        if file is None:
            return []
        entries = file.value.get(_TRIGGER, []) if isinstance(file.value, dict) else None
        if not isinstance(entries, list):
            self._refuse(file, (_TRIGGER,), "This is no list of actions.", "Export it again.")
            return []
        listed: list[tuple[str, str]] = []
        for index, entry in enumerate(entries):
            name = entry.get("action_name") if isinstance(entry, dict) else None
            shown = entry.get("display_name") if isinstance(entry, dict) else None
            if isinstance(name, str) and name:
                listed.append((name, shown if isinstance(shown, str) and shown.strip() else name))
            else:
                place = (_TRIGGER, index)
                self._refuse(file, place, "This names no action.", "Export it again.")
        return listed

    def _no_triggers(self) -> Problem:
        files = [self.folder] if self.folder.suffix in _YAML else []
        files += [self.folder / name for name in _ONE_FILE]
        for file in files:
            if file.is_file():
                message = "This export is one YAML file, which is not read."
                return _problem("unknown-export", message, _AS_FOLDER, str(file))
        message = f"This is no export of a tenant: it holds no {TRIGGERS_FILE}."
        return _problem("unknown-export", message, _AS_FOLDER, str(self.folder))

    def _described(self, folder: str) -> Iterator[_Described]:
        for path, data in self.sources.files.items():
            place = PurePosixPath(path)
            if str(place.parent) != folder or place.suffix != ".json":
                continue
            file = self._json(path, data)
            if file is None:
                continue
            members = file.value if isinstance(file.value, dict) else {}
            name = members.get("name")
            if isinstance(name, str) and name:
                yield _Described(file, name, members, path)
            else:
                self._refuse(file, ("name",), "This has no name.", "Export it again.")

    def _code(self, one: _Described) -> ExportedCode:
        return ExportedCode(
            name=one.name,
            code=self._source(one),
            secrets=tuple(dict.fromkeys(self._texts(one, "secrets", "name"))),
            packages=dict(
                zip(
                    self._texts(one, "dependencies", "name"),
                    self._texts(one, "dependencies", "version"),
                    strict=True,
                )
            ),
        )

    def _source(self, one: _Described) -> bytes:
        """Return the code, which stands where the export says, or where the tool puts it."""
        written = one.members.get("code")
        top = one.path.partition("/")[0]
        parts = PurePosixPath(written.replace("\\", "/")).parts if isinstance(written, str) else ()
        # The path begins where the tool was called, which may be above the export.
        inside = "/".join(parts[parts.index(top) :]) if top in parts else ""
        beside = f"{PurePosixPath(one.path).with_suffix('')}/code.js"
        for path in (inside, beside):
            if path in self.sources.files:
                return self.sources.files[path]
            if path in self.sources.problems:
                return b""
        message = f"The code of {one.name} is not in the export."
        self._refuse(one.file, ("code",), message, f"Put it to {beside}, or export it again.")
        return b""

    def _texts(self, one: _Described, key: str, member: str) -> list[str]:
        entries = one.members.get(key)
        texts: list[str] = []
        for index, entry in enumerate(entries if isinstance(entries, list) else []):
            text = entry.get(member) if isinstance(entry, dict) else None
            if isinstance(text, str) and text:
                texts.append(text)
            else:
                # Neither repeated nor shown: somebody may have exported values of secrets.
                message = f"This has no {member}."
                self._refuse(one.file, (key, index), message, "Export it again.")
                texts.append("")
        return texts

    def _json(self, path: str, data: bytes) -> JsonFile | None:
        """Return a decoded file; None where it is no JSON, which is noted."""
        file = read_json(data, f"{self.folder}/{path}")
        if isinstance(file, Problem):
            remedy = "Export it without keyword replacement, which need not leave valid JSON."
            self.problems.append(replace(file, remedy=remedy))
            return None
        return file

    def _refuse(self, file: JsonFile, place: Place, message: str, remedy: str) -> None:
        file.report("invalid-value", place, message, remedy)
        self.problems.append(file.problems[-1])


def _is_post_login(one: _Described) -> bool:
    triggers = one.members.get("supported_triggers")
    return isinstance(triggers, list) and any(
        isinstance(trigger, dict) and trigger.get("id") == _TRIGGER for trigger in triggers
    )


def _problem(rule: str, message: str, remedy: str, file: str) -> Problem:
    return Problem(rule, "error", message, remedy, file)
