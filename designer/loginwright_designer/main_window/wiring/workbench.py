"""The open flow and the window together: opens flows and closes them in order."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication

from loginwright_designer.dialogs.export_sheet import ExportSheet
from loginwright_designer.document.clipboard import CLIPBOARD_MIME_TYPE, copy_actions
from loginwright_designer.document.secret_facts import SecretFacts, secret_facts
from loginwright_designer.main_window.arrangement import Mode, Pane
from loginwright_designer.main_window.arrangement_memory import written
from loginwright_designer.main_window.wiring.application_sheets import ApplicationSheets
from loginwright_designer.main_window.wiring.command_wiring import CommandWiring
from loginwright_designer.main_window.wiring.flow_session import FlowSession
from loginwright_designer.main_window.wiring.flow_wiring import FlowWiring
from loginwright_designer.main_window.wiring.folder_wiring import FolderBars
from loginwright_designer.main_window.wiring.left_behind_wiring import LeftBehindWiring
from loginwright_designer.main_window.wiring.opening import (
    NotOpened,
    OpenedFolder,
    Opening,
    folder_to_begin_with,
)
from loginwright_designer.main_window.wiring.secret_views import SecretViews
from loginwright_designer.main_window.wiring.views import Views
from loginwright_designer.preferences import LeftOpen
from loginwright_runtime.tracing.masking import Masker

if TYPE_CHECKING:
    from collections.abc import Coroutine, Sequence

    from PySide6.QtGui import QCloseEvent

    from loginwright_designer.main_window.wiring.first_frame import FirstFrame
    from loginwright_designer.main_window.wiring.flow_session import SessionSetting
    from loginwright_designer.preferences import Preferences, PreferencesFile

translate = QCoreApplication.translate


class Workbench(QObject):
    """Owns the window and the flow that is open in it.

    Attributes:
        window: The main window.
        views: What stands in it.
        preferences: The user's, as they are now.
    """

    flow_opened = Signal(object)  # FlowWiring
    closed = Signal()  # everything is journalled and gone

    def __init__(
        self,
        first: FirstFrame,
        setting: SessionSetting,
        preferences: Preferences,
        file: PreferencesFile,
    ) -> None:
        """Fill the window, without a flow in it.

        Args:
            first: The window, as it is on the screen.
            setting: What surrounds every flow.
            preferences: The user's.
            file: Where they are kept.
        """
        super().__init__()
        self.theme = theme = first.theme
        self.preferences = preferences
        self._file = file
        self._setting = setting
        self._closing = False
        self._tasks: set[asyncio.Task[None]] = set()
        self._in_turn = asyncio.Lock()
        self._next: Path | None = None
        self._leaving: FlowWiring | None = None
        self.flow: FlowWiring | None = None
        self.views = Views(first, self)
        self.window = first.window
        self.window.fill(self.views.of_window())
        for bar in self.views.bars:
            self.window.add_bar(bar)
            bar.hide()
        self.window.page_changed.connect(self.views.inspector_place.show_beside)
        self.window.closing.connect(self._on_closing)
        self.opening = Opening(self)
        self.opening.opened.connect(self._on_opened)
        self.opening.not_opened.connect(self._on_not_opened)
        self.folder_bars = FolderBars(theme, self.window)
        self.left_behind = LeftBehindWiring(theme, self.window, self.opening, setting.state, self)
        self.export_sheet = ExportSheet(theme, self.window)
        self.secret_views = SecretViews(theme, self.window, self.views.secrets, self.facts_of)
        self.views.coach.dismissed.connect(self._on_coached)
        self.sheets = ApplicationSheets(self)
        self.commands = CommandWiring(self)

    def begin(self, folder: Path | None = None) -> None:
        """Open a folder, or what was open last, or the sample."""
        self.opening.open(folder or folder_to_begin_with(self.preferences))
        self.opening.read_templates(self.views.library.show_templates)
        self.left_behind.look()
        self.opening.make_lexers()

    def save_preferences(self, **changes: object) -> None:
        """Remember what the user chose."""
        self.preferences = self.preferences.changed(**changes)
        self._file.save(self.preferences)

    def distrust(self, folder: Path) -> None:
        """Let a folder run no more, also where it is the open flow's."""
        self._setting.trust.distrust(folder)
        if self.flow is not None:
            self.flow.folder.look_at_trust()

    def close(self) -> None:
        """Journal, remember what is open, and end everything; ``closed`` follows."""
        if self._closing:
            return
        self._closing = True
        self._remember()
        self.window.hide()
        self._run(self._close())

    def journal_now(self) -> None:
        """Journal what is not saved: the session ends, or something failed."""
        flow = self.flow or self._leaving
        if flow is not None:
            flow.session.document.journal_now()

    def masker(self) -> Masker:
        """Return what hides the secrets that are loaded now."""
        flow = self.flow or self._leaving
        return Masker(()) if flow is None else flow.session.secrets.masker()

    def copies(self, ids: Sequence[str]) -> bytes | None:
        """Return actions as the clipboard holds them, for drags off the lane."""
        return None if self.flow is None else copy_actions(self.flow.session.document.draft, ids)

    def secret_value(self, name: str) -> str | None:
        """Return a secret's value, while somebody holds the button that shows it."""
        return None if self.flow is None else self.flow.session.secrets.value(name)

    def facts_of(self, value: str) -> SecretFacts:
        """Return what may be shown of a value that is being typed."""
        return secret_facts(value, self._setting.check_key)

    def _on_opened(self, opened: OpenedFolder) -> None:
        if opened.is_new:
            self._setting.trust.trust(opened.folder.path)
        if not self._closing:
            self._next = opened.folder.path
            self._run(self._switch_to(opened))

    async def _switch_to(self, opened: OpenedFolder) -> None:
        """Show another flow once the open one is gone: one after the other, as they were read."""
        async with self._in_turn:
            await self._leave()
            if not self._closing:
                self._show(opened)

    async def _leave(self) -> None:
        """Close the open flow."""
        self._leaving, self.flow = self.flow, None
        try:
            if self._leaving is not None:
                await self._leaving.close()
        finally:
            self._leaving = None

    def _show(self, opened: OpenedFolder) -> None:
        session = FlowSession(opened.folder, self._setting)
        self._restore(session)
        self.flow = FlowWiring(session, self)
        self._reopen_code(self.flow)
        self.window.show_mode(Mode.COMPOSE)
        self.views.inspector.set_mode("compose")
        path, name = opened.folder.path, opened.folder.draft.flow.name
        self.preferences = self.preferences.with_recent_flow(path, name)
        left = self.preferences.left_open
        if left is not None:  # whether this window is closed by its user nobody knows yet
            left = replace(left, in_order=False)
        self.save_preferences(left_open=left)
        self.sheets.show_recent()
        if session.is_bundled and not self.preferences.coach_dismissed:
            self.flow.status.coached.connect(self._on_coached)
            self.flow.status.coach()
        else:
            self.views.coach.hide()
        self.window.focus_pane(Pane.CANVAS)
        self.flow_opened.emit(self.flow)

    def _restore(self, session: FlowSession) -> None:
        """Go on where the window was closed: scenario, and what was not saved."""
        left = self.preferences.left_open
        if left is None or Path(left.folder) != session.document.folder.path:
            return
        if left.in_order and session.document.recovery is not None:
            session.document.recover()
        session.choose_scenario(left.scenario)

    def _reopen_code(self, flow: FlowWiring) -> None:
        """Open the sources again that were open, behind whatever has the keyboard."""
        left = self.preferences.left_open
        if left is not None and Path(left.folder) == flow.session.document.folder.path:
            for file in left.files:
                flow.code.open_file(file, focus=False)

    def _on_not_opened(self, told: NotOpened) -> None:
        if not self.sheets.tells(told):
            self._tell_not_opened(told)
        if self.flow is None and self._next is None:
            forgotten = self.preferences.changed(left_open=None)
            self.begin(folder_to_begin_with(forgotten))

    def _tell_not_opened(self, told: NotOpened) -> None:
        problem = told.problems[0] if told.problems else None
        words = "" if problem is None else f"{problem.message} {problem.remedy}"
        text = translate("Open", "{folder} cannot be opened. {why}")
        self.window.toasts.show_text(text.format(folder=told.path, why=words), error=True)

    def _on_coached(self) -> None:
        """The line for the first start has done its work, or was sent away."""
        self.views.coach.hide()
        self.save_preferences(coach_dismissed=True)

    def _remember(self) -> None:
        flow, left = self.flow, self.preferences.left_open
        if flow is None and self._next is not None:
            left = LeftOpen(folder=str(self._next))
        elif flow is not None:
            entry = flow.session.scenario
            left = LeftOpen(
                folder=str(flow.session.document.folder.path),
                scenario=None if entry is None else entry.file,
                files=flow.code.files,
                composing=self.window.mode is Mode.COMPOSE,
                in_order=True,
            )
        memory = self.window.memory
        self.save_preferences(
            window=self.window.window_state(),
            left_open=left,
            compose=written(memory, Mode.COMPOSE),
            run=written(memory, Mode.RUN),
        )

    async def _close(self) -> None:
        async with self._in_turn:
            await self._leave()
        self.sheets.close()
        self.secret_views.close()
        self.opening.close()
        self._leave_clipboard()
        self.closed.emit()

    def _leave_clipboard(self) -> None:
        """Leave copied actions as text: Qt would ask Python for the rest when that is gone."""
        clipboard = QGuiApplication.clipboard()
        data: QMimeData | None = clipboard.mimeData()  # None: it is empty
        if data is not None and data.hasFormat(CLIPBOARD_MIME_TYPE):
            clipboard.setText(clipboard.text())

    def _run(self, work: Coroutine[object, object, None]) -> None:
        task = self._setting.loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _on_closing(self, event: QCloseEvent) -> None:
        event.ignore()
        self.close()
