"""Joins recorded logins to the login that runs: kept, opened again, made into scenarios."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from loginwright_designer.document.draft import EditRefused
from loginwright_designer.main_window.wiring.flow_session import DEFAULT_SCENARIO
from loginwright_designer.simulation.login_inputs import LoginInputs
from loginwright_designer.simulation.opened_trace import TraceRefused, trace_login
from loginwright_designer.simulation.recorded_files import RecordedFiles
from loginwright_designer.simulation.recorded_logins import RecordedLogin, RecordedLogins
from loginwright_designer.simulation.recorded_rows import recorded_rows
from loginwright_designer.simulation.recorded_scenario import scenario_of_login

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from loginwright_designer.main_window.window import MainWindow
    from loginwright_designer.main_window.wiring.flow_session import FlowSession
    from loginwright_designer.panels.recorded_logins.login_wish import LoginWish
    from loginwright_designer.panels.recorded_logins.recorded_logins_panel import (
        RecordedLoginsPanel,
    )
    from loginwright_designer.simulation.login_signals import LoginEnd

translate = QCoreApplication.translate

MOST_TRACE_BYTES = 50_000_000


class RecordedWiring(QObject):
    """Keeps the logins of the open flow: in memory, and on disk where somebody says so."""

    scenario_made = Signal(object)  # Scenario
    login_shown = Signal()  # one is looked at again
    refused = Signal(object)  # EditRefused
    run_requested = Signal()

    def __init__(
        self,
        session: FlowSession,
        panel: RecordedLoginsPanel,
        window: MainWindow,
        parent: QObject | None = None,
    ) -> None:
        """List what was kept of this flow before.

        Args:
            session: The open flow.
            panel: The list.
            window: Where toasts and dialogs belong.
            parent: Owns this object.
        """
        super().__init__(parent)
        self._session = session
        self._panel = panel
        self._window = window
        self._shown: str | None = None
        self._opening = False
        self.choose_trace: Callable[[], Path | None] = self._ask_for_trace
        self._files = RecordedFiles(session.document.folder.path, session.setting.state)
        self.logins = RecordedLogins()
        self.logins.restore(self._files.load(self._names()))
        session.login.login_ended.connect(self._on_login_ended)
        panel.opened.connect(self._on_opened)
        panel.saved.connect(self._on_saved)
        panel.kept.connect(self._on_kept)
        panel.deleted.connect(self._on_deleted)
        panel.all_deleted.connect(self._on_all_deleted)
        panel.trace_requested.connect(self.open_trace)
        panel.run_requested.connect(self.run_requested)
        self._show()

    def open_trace(self) -> None:
        """Ask for a trace, and step through its login."""
        path = self.choose_trace()
        if path is None:
            return
        try:
            with path.open("rb") as stream:
                data = stream.read(MOST_TRACE_BYTES)
        except OSError as error:
            text = translate("Recorded", "{file} cannot be read: {reason}.")
            told = text.format(file=path.name, reason=error.strerror)
            remedy = translate("Recorded", "Choose a file that you may read.")
            self.refused.emit(EditRefused(told, remedy))
            return
        read = trace_login(data, path.stem, self._names())
        if isinstance(read, TraceRefused):
            first = read.problems[0]
            self.refused.emit(EditRefused(f"{path.name}: {first.message}", first.remedy))
            return
        self._look_at(self.logins.add_trace(read))
        if read.problems:
            text = translate("Recorded", "{count} places of {file} cannot be read: {first}")
            told = text.format(
                count=len(read.problems), file=path.name, first=read.problems[0].message
            )
            self._window.toasts.show_text(told, error=True)

    def save_last(self) -> None:
        """Make a scenario of the newest login, or of the one that is looked at."""
        login = self.logins.open(self._shown) if self._shown is not None else None
        if login is None and self.logins.logins:
            login = self.logins.logins[0]
        if login is not None:
            self.scenario_made.emit(scenario_of_login(login))

    def copy_last(self) -> None:
        """Put the outcome on the clipboard as JSON, without values of secrets."""
        outcome = self._session.login.outcome
        if outcome is None:
            return
        text = self._session.secrets.masker().text(outcome.model_dump_json(indent=2))
        QGuiApplication.clipboard().setText(text)
        told = translate("Recorded", "The outcome is on the clipboard, as JSON.")
        self._window.toasts.show_text(told)

    def _names(self) -> Mapping[str, str]:
        flow = self._session.document.draft.flow
        return {action.id: action.name for action in flow.actions}

    def _show(self) -> None:
        now = datetime.now(UTC).astimezone()
        self._panel.show_logins(recorded_rows(self.logins.logins, now, self._shown))

    def _on_login_ended(self, end: LoginEnd) -> None:
        if self._opening:
            return
        recorded = self.logins.add(end, datetime.now(UTC).astimezone())
        self._shown = None if recorded is None else recorded.key
        self._show()

    def _on_opened(self, wish: LoginWish) -> None:
        login = self.logins.open(wish.key)
        if login is not None:
            self._look_at(login)

    def _look_at(self, login: RecordedLogin) -> None:
        """Show a login that is over; of a trace the code is not known, so today's stands in."""
        inputs = login.inputs
        if inputs is None:
            flow = self._session.document.placed_flow()
            inputs = self._session.inputs() or LoginInputs(flow, DEFAULT_SCENARIO)
        self._opening = True
        try:
            self._session.login.show_record(inputs, login.record, login.outcome)
        finally:
            self._opening = False
        self._shown = login.key
        self._show()
        self.login_shown.emit()

    def _on_saved(self, wish: LoginWish) -> None:
        login = self.logins.open(wish.key)
        if login is not None:
            self.scenario_made.emit(scenario_of_login(login))

    def _on_kept(self, wish: LoginWish) -> None:
        login = self.logins.open(wish.key)
        if login is None:
            return
        if self._files.keep(login, self._session.secrets.masker()):
            self.logins.mark_kept(wish.key)
        else:
            text = translate("Recorded", "The login cannot be kept: its folder takes no file.")
            remedy = translate("Recorded", "Make room, or give yourself the right to write there.")
            self.refused.emit(EditRefused(text, remedy))
        self._show()

    def _on_deleted(self, wish: LoginWish) -> None:
        gone = self.logins.delete(wish.key)
        self._files.forget(wish.key)
        self._say_deleted(gone)

    def _on_all_deleted(self) -> None:
        gone = self.logins.delete_all()
        self._files.forget_all()
        self._say_deleted(gone)

    def _say_deleted(self, gone: tuple[RecordedLogin, ...]) -> None:
        self._show()
        if not gone:
            return
        text = translate("Recorded", "Recorded logins deleted: {count}")
        toast = self._window.toasts.show_text(
            text.format(count=len(gone)), translate("Toasts", "Undo")
        )
        toast.pressed.connect(lambda: self._bring_back(gone))

    def _bring_back(self, gone: tuple[RecordedLogin, ...]) -> None:
        self.logins.restore(gone)
        for login in gone:
            if login.kept:
                self._files.keep(login, self._session.secrets.masker())
        self._show()

    def _ask_for_trace(self) -> Path | None:
        title = translate("Recorded", "Open a trace")
        kinds = translate("Recorded", "Traces (*.jsonl *.json);;All files (*)")
        chosen, _ = QFileDialog.getOpenFileName(self._window, title, str(Path.home()), kinds)
        return Path(chosen) if chosen else None
