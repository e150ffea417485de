"""Looks at drafts off the GUI thread, always at the newest one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from loginwright_designer.document.background_thread import BackgroundThread
from loginwright_designer.document.draft import Draft
from loginwright_designer.document.draft_check import CheckedDraft, check_draft
from loginwright_designer.document.folder import ReadFolder

if TYPE_CHECKING:
    from loginwright_runtime.validation import Analysis


@dataclass(frozen=True, slots=True)
class _Question:
    draft: Draft
    folder: ReadFolder


class Analyst(QObject):
    """Answers with a ``CheckedDraft``; a draft that was replaced while waiting is passed over."""

    draft_checked = Signal(object)  # CheckedDraft: what is wrong with a draft is known

    def __init__(self, parent: QObject | None = None) -> None:
        """Prepare; the thread starts with the first draft and ends in ``close``."""
        super().__init__(parent)
        self._thread = BackgroundThread("draft-analysis", self)
        self._waiting: _Question | None = None
        self._busy = False
        self._known: Analysis | None = None

    @property
    def is_busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._busy

    def check(self, draft: Draft, folder: ReadFolder) -> None:
        """Look at a draft; ``draft_checked`` follows, unless a newer one comes before."""
        self._waiting = _Question(draft, folder)
        self._begin()

    def close(self) -> None:
        """End the thread; nothing is told any more."""
        self._waiting = None
        self._thread.close()

    def _begin(self) -> None:
        question = self._waiting
        if self._busy or question is None:
            return
        self._waiting, self._busy = None, True
        known = self._known
        self._thread.run(
            lambda: check_draft(question.draft, question.folder, known), self._on_checked
        )

    def _on_checked(self, checked: CheckedDraft) -> None:
        self._busy = False
        self._known = checked.analysis
        if self._waiting is None:
            self.draft_checked.emit(checked)
        self._begin()
