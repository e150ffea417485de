"""Joins saving, trust, recovery, and what happens to the folder outside, to the open flow."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from loginwright_designer.dialogs.bars import (
    LostFolderBar,
    ReadOnlyBar,
    RecoveryBar,
    SaveProblemBar,
    TrustBar,
)
from loginwright_designer.dialogs.difference_sheet import DifferenceSheet, OutsideChangeSheet
from loginwright_designer.dialogs.place_chooser import choose_place
from loginwright_designer.document.document_changes import NeedsPlace
from loginwright_designer.document.folder import Saved
from loginwright_designer.document.text_differences import recovery_differences

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from loginwright_designer.dialogs.bars import TrustWanted
    from loginwright_designer.document.document_changes import SaveFinished
    from loginwright_designer.document.outside_changes import OutsideChange
    from loginwright_designer.document.recovery import Recovery
    from loginwright_designer.main_window.window import MainWindow
    from loginwright_designer.main_window.wiring.flow_session import FlowSession
    from loginwright_designer.theme.theme import Theme
    from loginwright_runtime.errors import Problem

translate = QCoreApplication.translate


class FolderBars:
    """The bars about a folder; made once, shown for whichever flow is open.

    Args:
        theme: The colours.
        window: Where they stand.
    """

    def __init__(self, theme: Theme, window: MainWindow) -> None:
        self.trust = TrustBar(theme)
        self.recovery = RecoveryBar(theme)
        self.read_only = ReadOnlyBar(theme)
        self.lost_folder = LostFolderBar(theme)
        self.save_problem = SaveProblemBar(theme)
        for bar in self.all:
            window.add_bar(bar)
            bar.hide()
        self.difference = DifferenceSheet(theme, window)
        self.outside = OutsideChangeSheet(theme, window)

    @property
    def all(self) -> tuple[QWidget, ...]:
        """Every bar."""
        return self.trust, self.recovery, self.read_only, self.lost_folder, self.save_problem


class FolderWiring(QObject):
    """Saves, and says whatever is to be known of the flow's folder."""

    trusted = Signal()  # the folder may run from now on

    def __init__(
        self,
        session: FlowSession,
        bars: FolderBars,
        window: MainWindow,
        parent: QObject | None = None,
    ) -> None:
        """Look at the session's folder.

        Args:
            session: The open flow.
            bars: What tells of it.
            window: Where sheets and dialogs belong.
            parent: Owns this object.
        """
        super().__init__(parent)
        self._session = session
        self._bars = bars
        self._window = window
        self._trusted_copy: Path | None = None
        self.before_save: Callable[[], None] = lambda: None
        self.open_file: Callable[[Path], bool] = _open_file
        self.choose_folder: Callable[[str, Path], Path | None] = self._ask_for_folder
        document = session.document
        document.save_finished.connect(self._on_save_finished)
        document.saved_state_changed.connect(self._show_read_only)
        document.saved_state_changed.connect(self._show_lost_folder)
        document.outside_change_found.connect(self._on_outside_change)
        bars.trust.trust_wanted.connect(self._on_trust)
        bars.trust.looked_only.connect(bars.trust.hide)
        bars.recovery.bring_back_wanted.connect(self._on_bring_back)
        bars.recovery.difference_wanted.connect(self._on_show_recovery)
        bars.recovery.drop_wanted.connect(self._on_drop)
        bars.read_only.try_again_wanted.connect(self._on_try_again)
        bars.read_only.take_over_wanted.connect(self._on_take_over)
        bars.read_only.file_wanted.connect(self._on_file_wanted)
        bars.lost_folder.save_wanted.connect(self.save)
        bars.lost_folder.save_as_wanted.connect(self.save_as)
        bars.save_problem.save_wanted.connect(self.save)
        bars.save_problem.save_as_wanted.connect(self.save_as)
        bars.save_problem.save_anyway_wanted.connect(self._on_save_anyway)
        bars.outside.theirs_taken.connect(document.take_theirs)
        bars.outside.mine_kept.connect(document.keep_mine)
        self._show_trust()
        self._show_recovery()
        self._show_read_only()
        self._show_lost_folder()

    def save(self) -> None:
        """Write the draft into its folder; the sample goes into one of its own."""
        self.before_save()
        self._session.document.save()

    def save_as(self) -> None:
        """Ask for a folder, and write the draft there."""
        self.before_save()
        name = self._session.document.draft.flow.name
        chosen = self.choose_folder(name, Path.home())
        if chosen is not None:
            # A copy is trusted once it stands there, and as far as what it is a copy of.
            self._trusted_copy = Path(os.path.realpath(chosen)) if self._session.may_run else None
            self._session.document.save_as(chosen)

    def ask_for_trust(self) -> None:
        """Bring the bar about trust to the front: somebody wants to run the flow."""
        self._show_trust()
        self._bars.trust.setFocus()

    def look_at_trust(self) -> None:
        """A folder is trusted no longer: ask again where it is this one."""
        if not self._session.may_run:
            self._session.secrets.leave_keyring()
        self._show_trust()

    def offer_file(self, problem: Problem) -> bool:
        """Bring what opens the file of a problem to the front; False where nothing offers it."""
        offered = problem == self._session.document.folder.unread
        if offered:
            self._bars.read_only.file_button.setFocus(Qt.FocusReason.OtherFocusReason)
        return offered

    def hide_bars(self) -> None:
        """The flow is closed."""
        for bar in self._bars.all:
            bar.hide()

    def _ask_for_folder(self, name: str, start: Path) -> Path | None:
        return choose_place(self._window, name, start)

    def _show_trust(self) -> None:
        bar = self._bars.trust
        if self._session.may_run:
            bar.hide()
        else:
            bar.show_folder(self._session.document.folder.path)
            bar.show()

    def _show_recovery(self) -> None:
        recovery = self._session.document.recovery
        if recovery is not None:
            self._bars.recovery.show_recovery(recovery)
        self._bars.recovery.setVisible(recovery is not None)

    def _show_read_only(self, _: object = None) -> None:
        reason = self._session.document.read_only
        if reason is not None:
            self._bars.read_only.show_reason(reason)
        self._bars.read_only.setVisible(reason is not None)

    def _show_lost_folder(self, _: object = None) -> None:
        document = self._session.document
        lost = document.lost_folder
        if lost is not None:
            self._bars.lost_folder.show_lost(lost, document.folder.path)
        self._bars.lost_folder.setVisible(lost is not None)

    def _on_trust(self, wanted: TrustWanted) -> None:
        self._session.setting.trust.trust(wanted.folder)
        self._session.secrets.allow_keyring()
        self._session.secrets.load(self._session.document.draft.declared_secrets())
        self._show_trust()
        self.trusted.emit()

    def _on_save_finished(self, finished: SaveFinished) -> None:
        answer = finished.answer
        if isinstance(answer, NeedsPlace):
            self.save_as()
            return
        self._bars.save_problem.setVisible(self._bars.save_problem.show_answer(answer))
        if isinstance(answer, Saved):
            folder = answer.folder.path
            if folder == self._trusted_copy:
                self._session.setting.trust.trust(folder)
                self._trusted_copy = None
            self._session.secrets.move_to(folder, trusted=self._session.may_run)
            self._show_trust()

    def _on_save_anyway(self) -> None:
        self._session.document.save(accept_loss=True)

    def _on_outside_change(self, change: OutsideChange) -> None:
        self._bars.outside.show_change(change)

    def _on_bring_back(self, _: Recovery) -> None:
        refused = self._session.document.recover()
        if refused is not None:
            self._window.toasts.show_text(f"{refused.message} {refused.remedy}", error=True)
        self._show_recovery()

    def _on_show_recovery(self, recovery: Recovery) -> None:
        differences = recovery_differences(self._session.document.folder, recovery)
        self._bars.difference.show_differences(
            translate("Recovery", "Unsaved changes"),
            translate("Recovery", "Left is what is saved, right what was not."),
            differences,
        )
        self._bars.difference.open()

    def _on_drop(self, _: Recovery) -> None:
        self._session.document.forget_recovery()
        self._show_recovery()

    def _on_try_again(self, _: object) -> None:
        self._session.document.edit_here()

    def _on_take_over(self, _: object) -> None:
        self._session.document.edit_here(take_over=True)

    def _on_file_wanted(self, problem: Problem) -> None:
        """Open a file with what the system has for it; where that is nothing, say where it is."""
        file = self._session.document.folder.path / (problem.file or "")
        if not self.open_file(file):
            text = translate("ReadOnlyBar", "Nothing here opens it. It is {file}.")
            self._window.toasts.show_text(text.format(file=file), error=True)


def _open_file(file: Path) -> bool:
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))
