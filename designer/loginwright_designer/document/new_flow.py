"""A flow that is about to be made: its name, its folder, and what it begins with."""

from __future__ import annotations

import os
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from loginwright_designer.document.draft import Draft
from loginwright_designer.document.folder import new_folder
from loginwright_runtime.flow.action_names import slug
from loginwright_runtime.flow.folder import read_flow_folder
from loginwright_runtime.flow.sample_files import sample, samples
from loginwright_runtime.simulation import list_scenarios

if TYPE_CHECKING:
    from loginwright_designer.document.folder import SaveResult

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
    """

    name: str
    folder: Path
    sample: str | None = None


@dataclass(frozen=True, slots=True)
class Beginning:
    """Something a flow can begin with.

    Attributes:
        sample: Its name among the samples; None is an empty lane.
        title: What people call it.
    """

    sample: str | None
    title: str


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
    """Return what a flow can begin with, the empty one first."""
    empty = Beginning(None, translate("NewFlow", "Empty"))
    named = (Beginning(name, name.replace("-", " ").capitalize()) for name in samples())
    return (empty, *named)


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


def plan_new_flow(name: str, kind: FolderKind) -> NewFlowPlan:
    """Return what the sheet says of a name and a folder."""
    words = {
        FolderKind.FREE: "",
        FolderKind.NOT_EMPTY: translate(
            "NewFlow", "This folder is not empty, or cannot be read. Choose another."
        ),
        FolderKind.FILE: translate("NewFlow", "This is a file. Name a folder."),
        FolderKind.UNNAMED: translate("NewFlow", "Name a folder."),
    }
    return NewFlowPlan(words[kind], bool(name.strip()) and kind is FolderKind.FREE)


def make_flow(wanted: NewFlowWanted) -> SaveResult:
    """Write a new flow into its folder. Blocks on the disk: not on a GUI thread."""
    return new_folder(wanted.folder, new_draft(wanted))


def new_draft(wanted: NewFlowWanted) -> Draft:
    """Return the draft of a new flow; that of a sample brings its scenarios along."""
    name = wanted.name.strip()
    if wanted.sample is None:
        return Draft.blank(name)
    folder = sample(wanted.sample)
    return Draft.of(read_flow_folder(folder), list_scenarios(folder)).with_flow(name=name)
