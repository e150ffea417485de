"""A flow that is about to be made: its name, its folder, and what it begins with."""

from __future__ import annotations

import os
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from loginwright_designer.document.draft import Draft
from loginwright_designer.document.folder import (
    NoFolder,
    Saved,
    SaveRefused,
    SaveResult,
    new_folder,
    read_folder,
)
from loginwright_runtime.errors import FlowError
from loginwright_runtime.flow.action_names import slug
from loginwright_runtime.flow.folder import read_flow_folder
from loginwright_runtime.flow.platform_import import ImportedFlow, import_flow
from loginwright_runtime.flow.sample_files import sample, samples
from loginwright_runtime.simulation import list_scenarios

translate = QCoreApplication.translate

PLACE = "Loginwright"
"""The folder in the user's home in which flows are proposed."""


class FolderKind(Enum):
    """What stands where a new flow is to be made."""

    FREE = auto()
    NOT_EMPTY = auto()
    FILE = auto()
    UNNAMED = auto()


@dataclass(frozen=True, slots=True)
class NewFlowWanted:
    """Make a flow.

    Attributes:
        name: What people will call it.
        folder: Where; it must not exist or be empty.
        sample: The sample it begins with; None begins with an empty lane.
        export: Folder that the platform's deployment tool wrote, with which it begins instead.
    """

    name: str
    folder: Path
    sample: str | None = None
    export: Path | None = None


@dataclass(frozen=True, slots=True)
class Beginning:
    """Something a flow can begin with.

    Attributes:
        sample: Its name among the samples; None is an empty lane, or an export.
        title: What people call it.
        is_export: An exported tenant, whose folder is asked for.
    """

    sample: str | None
    title: str
    is_export: bool = False


@dataclass(frozen=True, slots=True)
class MadeFlow:
    """What came of making a flow.

    Attributes:
        result: The folder, or why there is none.
        imported: What was taken out of an export, None where it began with none.
    """

    result: SaveResult
    imported: ImportedFlow | None = None


@dataclass(frozen=True, slots=True)
class NewFlowPlan:
    """What the sheet says.

    Attributes:
        where: About the folder; empty when there is nothing to say.
        can_make: Whether nothing is in the way.
    """

    where: str
    can_make: bool


def beginnings() -> tuple[Beginning, ...]:
    """Return what a flow can begin with, the empty one first, an exported tenant last."""
    empty = Beginning(None, translate("NewFlow", "Empty"))
    named = (Beginning(name, name.replace("-", " ").capitalize()) for name in samples())
    export = Beginning(None, translate("NewFlow", "An exported tenant…"), is_export=True)
    return (empty, *named, export)


def proposed_name(export: Path) -> str:
    """Return what a flow made of an export is called unless its user says otherwise."""
    words = export.name.replace("-", " ").replace("_", " ").strip()
    return f"{words[:1].upper()}{words[1:]}"


def proposed_folder(name: str) -> str:
    """Return where a flow of this name goes unless its user says otherwise."""
    return f"~/{PLACE}/{slug(name)}"


def typed_folder(typed: str) -> Path:
    """Return the folder that somebody typed, below their home unless it says where."""
    return Path.home() / Path(typed.strip()).expanduser()


def folder_kind(typed: str) -> FolderKind:
    """Look what stands at a folder that somebody typed."""
    if not typed.strip() or "\0" in typed:
        return FolderKind.UNNAMED
    try:
        path = typed_folder(typed)
        if path.is_dir():
            with os.scandir(path) as entries:
                return FolderKind.NOT_EMPTY if any(entries) else FolderKind.FREE
        return FolderKind.FILE if path.exists() else FolderKind.FREE
    except (OSError, RuntimeError, ValueError):
        return FolderKind.NOT_EMPTY


def plan_new_flow(name: str, kind: FolderKind, *, export: str | None = None) -> NewFlowPlan:
    """Return what the sheet says of a name and a folder.

    Args:
        name: As it was typed.
        kind: What stands at the folder.
        export: The export's folder as it was typed; None where the flow begins with none.
    """
    words = {
        FolderKind.FREE: "",
        FolderKind.NOT_EMPTY: translate(
            "NewFlow", "This folder is not empty, or cannot be read. Choose another."
        ),
        FolderKind.FILE: translate("NewFlow", "This is a file. Name a folder."),
        FolderKind.UNNAMED: translate("NewFlow", "Name a folder."),
    }
    said = bool(name.strip()) and (export is None or bool(export.strip()))
    return NewFlowPlan(words[kind], said and kind is FolderKind.FREE)


def make_flow(wanted: NewFlowWanted) -> MadeFlow:
    """Write a new flow into its folder. Blocks on the disk: not on a GUI thread."""
    if wanted.export is None:
        return MadeFlow(new_folder(wanted.folder, new_draft(wanted)))
    try:
        imported = import_flow(wanted.folder, name=wanted.name.strip(), export=wanted.export)
    except FlowError as error:
        return MadeFlow(SaveRefused(error.problems))
    read = read_folder(wanted.folder)
    if isinstance(read, NoFolder):
        return MadeFlow(SaveRefused(read.problems))
    return MadeFlow(Saved(read), imported)


def new_draft(wanted: NewFlowWanted) -> Draft:
    """Return the draft of a new flow; that of a sample brings its scenarios along."""
    name = wanted.name.strip()
    if wanted.sample is None:
        return Draft.blank(name)
    folder = sample(wanted.sample)
    return Draft.of(read_flow_folder(folder), list_scenarios(folder)).with_flow(name=name)
