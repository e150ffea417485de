"""Joins the lane to the document and the login: what it shows, and what is asked for on it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, assert_never

from PySide6.QtCore import QCoreApplication, QMimeData, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from loginwright_designer.canvas.lane_building import lane_of
from loginwright_designer.canvas.lane_signals import (
    DroppedActions,
    DroppedCode,
    DroppedFiles,
    DroppedTemplate,
)
from loginwright_designer.canvas.lane_state import AtNow, CannotRun, CardNotes, PastAt, PausedAt
from loginwright_designer.canvas.record_fold import Folding
from loginwright_designer.document.action_edits import (
    add_actions,
    duplicate_actions,
    move_actions,
    remove_actions,
    rename_action,
    set_enabled,
)
from loginwright_designer.document.action_obstacles import missing_node, obstacle_of, problems_of
from loginwright_designer.document.clipboard import CLIPBOARD_MIME_TYPE, copy_actions, paste_actions
from loginwright_designer.document.draft import ActionsFocus, EditRefused
from loginwright_designer.document.flow_words import unread_title, unread_words
from loginwright_designer.document.new_actions import (
    action_of_code,
    actions_of_files,
    actions_of_template,
    blank_action,
)
from loginwright_designer.simulation import states
from loginwright_runtime.flow.sample_files import template

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from loginwright_designer.canvas.lane_signals import (
        DeleteRequest,
        DropRequest,
        MoveRequest,
        RenameRequest,
    )
    from loginwright_designer.canvas.lane_state import CoveredLines, Lane, LanePosition
    from loginwright_designer.canvas.lane_view import LaneView
    from loginwright_designer.document.action_obstacles import Obstacle
    from loginwright_designer.document.document_changes import DraftChange
    from loginwright_designer.document.draft import Draft, EditResult
    from loginwright_designer.main_window.wiring.flow_session import FlowSession
    from loginwright_runtime.flow.model import Language
    from loginwright_runtime.validation.facts import SourceFacts

translate = QCoreApplication.translate


class LaneWiring(QObject):
    """Shows the flow and its login on the lane, and makes edits of what is asked for there."""

    selection_changed = Signal(object)  # ActionSelection
    refused = Signal(object)  # EditRefused: what could not be done
    deleted = Signal(str)  # name of the edit that can be undone at once
    secrets_declared = Signal(object)  # tuple[str, …]: names that came with pasted code
    pasted = Signal(object)  # ActionsFocus: code became actions, the first can be named

    def __init__(self, session: FlowSession, view: LaneView, parent: QObject | None = None) -> None:
        """Show the session's flow.

        Args:
            session: The open flow.
            view: The lane.
            parent: Owns this object.
        """
        super().__init__(parent)
        self._session = session
        self._view = view
        self._expects_paste = False
        self._folding = Folding()
        self._lines: Mapping[str, CoveredLines] = {}
        self._due = QTimer(self, singleShot=True, interval=0)
        self._due.timeout.connect(self._show)
        document, login = session.document, session.login
        document.draft_changed.connect(self._on_draft_changed)
        document.problems_changed.connect(self._refresh)
        document.edit_refused.connect(self.refused)
        session.secrets.secrets_changed.connect(self._refresh)
        login.state_changed.connect(self._refresh)
        login.record_grown.connect(self._refresh)
        login.login_ended.connect(self._refresh)
        view.action_selected.connect(self.selection_changed)
        view.move_requested.connect(self._on_move)
        view.rename_requested.connect(self._on_rename)
        view.delete_requested.connect(self._on_delete)
        view.drop_requested.connect(self._on_drop)
        self._show()

    @property
    def selected(self) -> tuple[str, ...]:
        """Ids of the selected actions, in the order of the flow."""
        return self._view.selected_actions()

    def show_lines(self, lines: Mapping[str, CoveredLines]) -> None:
        """Tell which lines of each action the scenarios come to."""
        if lines != self._lines:
            self._lines = lines
            self._refresh()

    def facts_by_action(self) -> Mapping[str, SourceFacts]:
        """Return what is known of each action's code, by the action's id."""
        facts = self._session.document.problems.facts
        actions = self._session.document.draft.flow.actions
        return {action.id: facts[action.code] for action in actions if action.code in facts}

    def gap_behind_selection(self) -> int:
        """Return where an action goes that is added by a command: behind the selected ones."""
        ids = [action.id for action in self._session.document.draft.flow.actions]
        chosen = [ids.index(one) for one in self.selected if one in ids]
        return max(chosen) + 1 if chosen else len(ids)

    def apply(self, result: EditResult) -> bool:
        """Make an edit, or say why not."""
        if self._session.login.position is not None:
            result = _in_the_past()
        refused = self._session.document.apply(result)
        if refused is not None:
            self.refused.emit(refused)
        return refused is None

    def add_template(self, name: str, gap: int | None = None) -> None:
        """Add the actions of a template of the library."""
        place = self.gap_behind_selection() if gap is None else gap
        self._session.document.bring(partial(actions_of_template, template(name)), place)

    def add_files(self, files: tuple[Path, ...], gap: int | None = None) -> None:
        """Add an action for each file of code."""
        place = self.gap_behind_selection() if gap is None else gap
        self._session.document.bring(partial(actions_of_files, files), place)

    def add_code(self, text: str, gap: int | None = None) -> None:
        """Add an action with this code, byte for byte."""
        place = self.gap_behind_selection() if gap is None else gap
        self._expects_paste = True
        self._session.document.bring(lambda: [action_of_code(text.encode())], place)

    def add_blank(self, language: Language, gap: int | None = None) -> None:
        """Add an action that does nothing yet."""
        place = self.gap_behind_selection() if gap is None else gap
        draft = self._session.document.draft
        self.apply(add_actions(draft, [blank_action(language)], place))

    def copy(self) -> bool:
        """Put the selected actions on the clipboard, as actions and as text."""
        if not self.selected:
            return False
        draft = self._session.document.draft
        data = QMimeData()
        content = copy_actions(draft, self.selected)
        data.setData(CLIPBOARD_MIME_TYPE, content)
        codes = [one.code for one in draft.flow.actions if one.id in self.selected]
        texts = [draft.flow.files.get(code, b"").decode(errors="replace") for code in codes]
        data.setText("\n".join(texts))
        QGuiApplication.clipboard().setMimeData(data)
        return True

    def cut(self) -> None:
        """Copy the selected actions, and take them out of the flow."""
        if self.copy():
            self._remove(self.selected)

    def paste(self, gap: int | None = None) -> None:
        """Add what is on the clipboard: actions of another lane, files, or code."""
        data: QMimeData | None = QGuiApplication.clipboard().mimeData()  # None: it is empty
        gap = self.gap_behind_selection() if gap is None else gap
        if data is not None and data.hasFormat(CLIPBOARD_MIME_TYPE):
            content = bytes(data.data(CLIPBOARD_MIME_TYPE).data())
            self.apply(paste_actions(self._session.document.draft, content, gap))
        elif data is not None and data.hasText() and data.text().strip():
            self.add_code(data.text(), gap)
        else:
            message = translate("Lane", "There is no code on the clipboard.")
            self.refused.emit(EditRefused(message, translate("Lane", "Copy an action first.")))

    def duplicate(self) -> None:
        """Add a copy of the selected actions behind them."""
        self.apply(duplicate_actions(self._session.document.draft, self.selected))

    def turn(self, *, on: bool | None = None) -> None:
        """Turn the selected actions on or off; None turns them to the other of the first's."""
        draft = self._session.document.draft
        first = draft.action(self.selected[0]) if self.selected else None
        wanted = on if on is not None else first is not None and not first.enabled
        self.apply(set_enabled(draft, self.selected, enabled=wanted))

    def _draft(self) -> Draft:
        return self._session.document.draft

    def _refresh(self, _: object = None) -> None:
        if not self._due.isActive():
            self._due.start()

    def _show(self) -> None:
        self._view.show_lane(self._lane())

    def _lane(self) -> Lane:
        login, draft = self._session.login, self._draft()
        unread = self._session.document.folder.unread
        lane = lane_of(
            draft.flow,
            self.facts_by_action(),
            login.record,
            self._position(),
            notes=self._notes(),
            stale=self._is_stale(),
            folding=self._folding,
        )
        if unread is None:
            return lane
        mended = translate("Lane", "Once the file is saved, the flow appears here.")
        return replace(lane, unread=(unread_title(unread), f"{unread_words(unread)} {mended}"))

    def _position(self) -> LanePosition:
        login = self._session.login
        position = login.position
        if position is not None:
            return PastAt(position)
        match login.state:
            case states.Paused(action_id=str(action), handler=str(handler), line=line):
                return PausedAt(action, handler, line)
            case states.Running(action=str(name), long=True):
                actions = login.inputs.flow.actions if login.inputs is not None else ()
                return AtNow(next((one.id for one in actions if one.name == name), None))
            case states.Finished() | states.Failed():
                return AtNow(over=True)
            case _:
                return AtNow()

    def _is_stale(self) -> bool:
        inputs = self._session.inputs()
        if inputs is None or self._session.login.record is None:
            return False
        edited = self._session.login.edited_since(inputs)
        return edited.flow or bool(edited.files)

    def _notes(self) -> Mapping[str, CardNotes]:
        session, flow = self._session, self._draft().flow
        node = missing_node()
        missing = {one.name for one in session.secrets.missing(self._draft())}
        problems = session.document.problems.problems
        notes: dict[str, CardNotes] = {}
        for action in flow.actions:
            own = problems_of(flow, action, problems)
            needed = next((name for name in action.secrets if name in missing), None)
            blocked = any(one.severity == "error" for one in own)
            notes[action.id] = CardNotes(
                len(own),
                blocked=blocked,
                needs_secret=needed,
                lines=self._lines.get(action.id),
                cannot_run=_cannot_run(obstacle_of(flow, action, problems, node)),
            )
        return notes

    def _on_draft_changed(self, change: DraftChange) -> None:
        self._due.stop()
        self._show()
        if isinstance(change.focus, ActionsFocus):
            known = [one for one in change.focus.action_ids if change.after.action(one)]
            if known:
                self._view.select(known[0])
        self._tell_declared(change)

    def _tell_declared(self, change: DraftChange) -> None:
        """Say which secrets came along with code that was brought."""
        before = set(change.before.declared_secrets())
        new = tuple(one for one in change.after.declared_secrets() if one not in before)
        if (
            change.kind == "edited"
            and new
            and len(change.after.flow.actions) > len(change.before.flow.actions)
        ):
            self.secrets_declared.emit(new)
        if self._expects_paste and isinstance(change.focus, ActionsFocus):
            self._expects_paste = False
            self.pasted.emit(change.focus)

    def _on_move(self, request: MoveRequest) -> None:
        self.apply(move_actions(self._draft(), request.actions, request.position))

    def _on_rename(self, request: RenameRequest) -> None:
        self.apply(rename_action(self._draft(), request.action, request.name))

    def _on_delete(self, request: DeleteRequest) -> None:
        self._remove(request.actions)

    def _remove(self, actions: tuple[str, ...]) -> None:
        result = remove_actions(self._draft(), actions)
        if self.apply(result) and not isinstance(result, EditRefused):
            self.deleted.emit(result.name)

    def _on_drop(self, request: DropRequest) -> None:
        match request.content:
            case DroppedTemplate(name):
                self.add_template(name, request.gap)
            case DroppedFiles(files):
                self.add_files(files, request.gap)
            case DroppedCode(text):
                self.add_code(text, request.gap)
            case DroppedActions(content):
                self.apply(paste_actions(self._draft(), content, request.gap))
            case _:
                assert_never(request.content)


def _cannot_run(obstacle: Obstacle | None) -> CannotRun | None:
    if obstacle is None:
        return None
    return CannotRun(obstacle.short, f"{obstacle.message} {obstacle.remedy}")


def _in_the_past() -> EditRefused:
    return EditRefused(
        translate("Lane", "You are looking at the past."),
        translate("Lane", "Press Esc to return to now, then edit."),
    )
