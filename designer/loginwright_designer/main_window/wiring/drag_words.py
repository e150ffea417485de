"""Says how many actions the flow has, and what a drop would make of that."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from PySide6.QtCore import QCoreApplication, QObject

from loginwright_designer.canvas.lane_signals import (
    DroppedActions,
    DroppedCode,
    DroppedFiles,
    DroppedTemplate,
)
from loginwright_designer.document.flow_words import actions_words

if TYPE_CHECKING:
    from loginwright_designer.canvas.lane_signals import DragChange
    from loginwright_designer.main_window.window import MainWindow
    from loginwright_designer.main_window.wiring.flow_session import FlowSession
    from loginwright_designer.main_window.wiring.views import Views

translate = QCoreApplication.translate


class DragWords(QObject):
    """Numbers before release: in the canvas's header, and in the status bar."""

    def __init__(
        self, session: FlowSession, views: Views, window: MainWindow, parent: QObject | None = None
    ) -> None:
        """Show how many actions there are.

        Args:
            session: The open flow.
            views: The lane that things are dragged over, and the status bar.
            window: The canvas's header.
            parent: Owns this object.
        """
        super().__init__(parent)
        self._session = session
        self._views = views
        self._window = window
        session.document.draft_changed.connect(self._on_draft_changed)
        views.lane.drag_changed.connect(self._on_drag_changed)
        self._show_count(None)

    def _on_draft_changed(self, _: object) -> None:
        self._show_count(None)

    def _on_drag_changed(self, change: DragChange) -> None:
        if change.number is None:
            self._show_count(None)
            self._views.status.clear_message()
            return
        self._show_count(change.total)
        words = translate("Lane", "Dragging {name} to {number} · Esc cancels")
        text = words.format(name=self._name(change), number=change.number)
        self._views.status.show_message(text, None, spoken=False)

    def _show_count(self, after: int | None) -> None:
        document = self._session.document
        known = document.folder.unread is None
        note = actions_words(document.draft.flow, after) if known else ""
        self._window.canvas_pane.set_note(note)

    def _name(self, change: DragChange) -> str:
        """Return what is dragged, in words."""
        names = {action.id: action.name for action in self._session.document.draft.flow.actions}
        match change.content:
            case None if len(change.moved) == 1:
                return names.get(change.moved[0], change.moved[0])
            case DroppedTemplate(name):
                return self._views.library.title_of(name)
            case DroppedFiles([file]):
                return file.name
            case DroppedFiles():
                return translate("Lane", "files")
            case DroppedCode():
                return translate("Lane", "code")
            case DroppedActions() | None:
                return translate("Lane", "actions")
            case _:
                assert_never(change.content)
