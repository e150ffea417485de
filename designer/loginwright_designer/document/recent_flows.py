"""The flows that were opened last, with those told that are not there any more."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from loginwright_runtime.flow.flow_files import FLOW_FILE

if TYPE_CHECKING:
    from loginwright_designer.preferences import RecentFlow


@dataclass(frozen=True, slots=True)
class RecentEntry:
    """A flow that was opened.

    Attributes:
        name: What it was called then.
        folder: Where it was.
        shown_folder: The same with the home folder as ``~``.
        is_there: Whether the folder still holds a flow.
    """

    name: str
    folder: Path
    shown_folder: str
    is_there: bool = True


def recent_entries(recent: tuple[RecentFlow, ...]) -> tuple[RecentEntry, ...]:
    """Look which recent flows are still there; asks the disk once for each."""
    return tuple(_entry(one) for one in recent)


def _entry(recent: RecentFlow) -> RecentEntry:
    folder = Path(recent.folder)
    return RecentEntry(recent.name, folder, short_path(folder), _is_flow(folder))


def short_path(path: Path) -> str:
    """Return a path as people read it: ``~`` for the home folder."""
    home = Path.home()
    return f"~/{path.relative_to(home).as_posix()}" if path.is_relative_to(home) else str(path)


def _is_flow(folder: Path) -> bool:
    try:
        return (folder / FLOW_FILE).is_file()
    except (OSError, ValueError):
        return False
