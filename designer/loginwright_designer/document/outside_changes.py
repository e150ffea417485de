"""What somebody else changed in a flow folder, beside what was changed here."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from loginwright_designer.document.draft import Draft
from loginwright_designer.document.folder import ReadFolder
from loginwright_runtime.flow.flow_files import FLOW_FILE
from loginwright_runtime.flow.version import flow_document
from loginwright_runtime.flow.writing import flow_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loginwright_runtime.simulation.reading import ScenarioFile

DiffMark: TypeAlias = Literal["same", "theirs", "mine"]
_MARKS: dict[str, DiffMark] = {"  ": "same", "- ": "mine", "+ ": "theirs"}


@dataclass(frozen=True, slots=True)
class DiffLine:
    """A line of a comparison.

    Attributes:
        mark: On which side it stands: on both, on disk only, here only.
        text: The line without its end.
    """

    mark: DiffMark
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class FileChange:
    """One file that somebody else wrote, made or removed.

    Attributes:
        file: POSIX path below the folder.
        mine: What it holds here, None where it is not there.
        theirs: What it holds on disk, None where it is not there.
        conflict: It was changed here too, in another way.
    """

    file: str
    mine: bytes | None = field(repr=False)
    theirs: bytes | None = field(repr=False)
    conflict: bool

    @property
    def is_text(self) -> bool:
        """Whether both sides can be compared line by line."""
        return all(b"\0" not in (side or b"") for side in (self.mine, self.theirs))

    def lines(self) -> tuple[DiffLine, ...]:
        """Return both sides line by line; bytes that are not UTF-8 are shown replaced."""
        mine, theirs = (_lines(side) for side in (self.mine, self.theirs))
        compared = difflib.Differ(charjunk=None).compare(mine, theirs)
        return tuple(
            DiffLine(_MARKS[line[:2]], line[2:]) for line in compared if line[:2] in _MARKS
        )


@dataclass(frozen=True, slots=True)
class OutsideChange:
    """What differs on disk from what was last read or written here.

    Attributes:
        base: The folder as it was.
        mine: The draft on the desk.
        folder: The folder as it is.
        files: What changed, sorted.
    """

    base: ReadFolder = field(repr=False)
    mine: Draft = field(repr=False)
    folder: ReadFolder = field(repr=False)
    files: tuple[FileChange, ...]

    @property
    def conflicts(self) -> tuple[FileChange, ...]:
        """The files that were changed on both sides."""
        return tuple(change for change in self.files if change.conflict)

    def merged(self, *, theirs_in_conflicts: bool) -> Draft:
        """Return the draft with what changed on disk taken over.

        Args:
            theirs_in_conflicts: Whose version of a file counts that both sides changed.
        """
        taken = {
            change.file: change.theirs
            for change in self.files
            if theirs_in_conflicts or not change.conflict
        }
        theirs, mine = self.folder.draft, self.mine
        document = theirs.flow if FLOW_FILE in taken else mine.flow
        files = _with(mine.flow.files, taken, theirs.flow.files)
        flow = mine.flow.model_copy(
            update={
                "name": document.name,
                "settings": document.settings,
                "actions": document.actions,
                "files": files,
            }
        )
        return Draft.of(flow, self._scenarios(taken))

    def _scenarios(self, taken: Mapping[str, bytes | None]) -> tuple[ScenarioFile, ...]:
        theirs = {entry.file: entry for entry in self.folder.draft.scenarios}
        kept = {entry.file: entry for entry in self.mine.scenarios if entry.file not in taken}
        new = {file: entry for file, entry in theirs.items() if file in taken}
        return tuple({**kept, **new}.values())


def compare(base: ReadFolder, mine: Draft, folder: ReadFolder) -> OutsideChange | None:
    """Return what somebody else changed, None when nothing.

    Args:
        base: The folder as it was last read or written here.
        mine: The draft on the desk, which grew from it.
        folder: The folder as it is now.
    """
    names = sorted(base.content.keys() | folder.content.keys())
    here = mine.content()
    changes = tuple(
        _change(file, base, mine, folder, here)
        for file in names
        if base.content.get(file) != folder.content.get(file)
    )
    return OutsideChange(base, mine, folder, changes) if changes else None


def _change(
    file: str, base: ReadFolder, mine: Draft, folder: ReadFolder, here: Mapping[str, bytes]
) -> FileChange:
    theirs = folder.content.get(file)
    if file == FLOW_FILE:
        before, ours = flow_document(base.draft.flow), flow_document(mine.flow)
        edited = ours != before
        conflict = edited and ours != flow_document(folder.draft.flow)
        shown = flow_json(mine.flow) if edited else base.content.get(file)
        return FileChange(file, shown, theirs, conflict)
    ours_now = here.get(file)
    conflict = ours_now not in (base.content.get(file), theirs)
    return FileChange(file, ours_now, theirs, conflict)


def _with(
    mine: Mapping[str, bytes], taken: Mapping[str, bytes | None], theirs: Mapping[str, bytes]
) -> dict[str, bytes]:
    kept = {file: data for file, data in mine.items() if file not in taken}
    return {**kept, **{file: data for file, data in theirs.items() if file in taken}}


def _lines(content: bytes | None) -> list[str]:
    return (content or b"").decode(errors="replace").splitlines()
