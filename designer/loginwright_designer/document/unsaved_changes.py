"""Sees to it that unsaved changes are journalled, and offers those of a window that was killed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from threading import RLock
from typing import TYPE_CHECKING, Protocol, TypeAlias

from PySide6.QtCore import QObject, QTimer

from loginwright_designer.document.recovery import JOURNAL_MILLISECONDS, Journal, Recovery

if TYPE_CHECKING:
    from loginwright_designer.document.draft import Draft
    from loginwright_designer.document.folder import ReadFolder
    from loginwright_runtime.errors import Problem

RunInOrder: TypeAlias = Callable[[Callable[[], object]], None]


class Desk(Protocol):
    """What is journalled."""

    @property
    def draft(self) -> Draft:
        """What is on the desk."""
        ...

    @property
    def folder(self) -> ReadFolder:
        """The folder it grew from."""
        ...

    @property
    def lost_folder(self) -> Problem | None:
        """Why nothing is in that folder any more, None where it is."""
        ...


class _Newest:
    """Passes over what was asked of a journal before something that has been done already.

    A slow disk comes to it when the window's own thread has journalled what is newer.
    """

    def __init__(self) -> None:
        self._one_at_a_time = RLock()  # a failure while it writes journals once more
        self._asked = 0
        self._done = 0

    def ask(self, work: Callable[[], object]) -> Callable[[], None]:
        """Return what does the work, on any thread, unless something newer was done before."""
        self._asked += 1
        number = self._asked

        def do() -> None:
            with self._one_at_a_time:
                if number > self._done:
                    self._done = number
                    work()

        return do


class UnsavedChanges(QObject):
    """Journals the desk a second after it changed, and forgets the journal once all is saved.

    A recovery that nobody has decided about is kept beside the new journal.
    """

    def __init__(self, desk: Desk, journal: Journal, run: RunInOrder, parent: QObject) -> None:
        """Begin without looking for a recovery.

        Args:
            desk: What is journalled.
            journal: Where.
            run: Does work off the GUI thread, one piece after the other.
            parent: Owns it.
        """
        super().__init__(parent)
        self._desk = desk
        self._journal = journal
        self._run = run
        self._newest = _Newest()
        self._recovery: Recovery | None = None
        self._set_aside = False
        self._due = QTimer(self, singleShot=True, interval=JOURNAL_MILLISECONDS)
        self._due.timeout.connect(self._on_due)

    @property
    def recovery(self) -> Recovery | None:
        """Unsaved changes of a window that was killed, until they are decided about."""
        return self._recovery

    def find(self) -> None:
        """Look for a recovery; what the folder holds already is none."""
        found, folder = self._journal.read(), self._desk.folder
        if found is not None and found.applied_to(folder) == folder.draft:
            self._journal.forget()
            found = None
        self._recovery = found

    def take(self) -> Recovery | None:
        """Return the recovery, which is decided about now."""
        found, self._recovery = self._recovery, None
        self._journal.remove_aside()
        return found

    def note(self, *, saved: bool) -> None:
        """The desk changed: journal it in a second, or forget the journal when all is saved."""
        if not saved:
            if not self._due.isActive():
                self._due.start()
            return
        self._due.stop()
        if self._recovery is None:
            self._run(self._newest.ask(self._journal.remove))

    def write_now(self) -> None:
        """Journal at once, on this thread."""
        self._due.stop()
        self._keep_undecided()
        self._newest.ask(self._writing())()

    def stop(self) -> None:
        """Journal nothing any more."""
        self._due.stop()

    def move(self, journal: Journal) -> None:
        """Go on in another journal: the desk was saved into another folder."""
        self._due.stop()
        self._newest.ask(self._journal.remove)()
        self._journal = journal

    def _keep_undecided(self) -> None:
        if self._recovery is not None and not self._set_aside:
            self._journal.set_aside()
            self._set_aside = True

    def _on_due(self) -> None:
        self._keep_undecided()
        self._run(self._newest.ask(self._writing()))

    def _writing(self) -> Callable[[], object]:
        """Return what journals the desk as it is now: all of it where the folder has gone."""
        folder = self._desk.folder
        base = folder if self._desk.lost_folder is None else folder.emptied()
        return partial(self._journal.write, base, self._desk.draft)
