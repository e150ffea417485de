"""Joins secrets' values to panel, sheet and clipboard; names go through the document's edits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal

from loginwright_designer.document.action_edits import declare_secret, undeclare_secret
from loginwright_designer.document.draft import EditRefused
from loginwright_designer.document.env_file import read_env
from loginwright_designer.document.secret_map import secret_rows
from loginwright_designer.document.secret_words import keeping_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from loginwright_designer.dialogs.declare_secret_sheet import (
        SecretDeclared,
    )
    from loginwright_designer.document.draft import EditResult
    from loginwright_designer.document.secret_map import MapFix
    from loginwright_designer.document.secret_wishes import EnvWish, SecretSaved, SecretWish
    from loginwright_designer.main_window.window import MainWindow
    from loginwright_designer.main_window.wiring.flow_session import FlowSession
    from loginwright_designer.main_window.wiring.run_wiring import SecretsNeeded
    from loginwright_designer.main_window.wiring.secret_views import SecretViews

translate = QCoreApplication.translate


class SecretWiring(QObject):
    """Takes values over, and never keeps one itself."""

    refused = Signal(object)  # EditRefused
    place_opened = Signal(object)  # SourcePlace

    def __init__(
        self,
        session: FlowSession,
        views: SecretViews,
        window: MainWindow,
        parent: QObject | None = None,
    ) -> None:
        """Show the session's secrets.

        Args:
            session: The open flow.
            views: Panel, sheets and clipboard.
            window: Where panels are opened and toasts shown.
            parent: Owns this object.
        """
        super().__init__(parent)
        self._session = session
        self._views = views
        self._window = window
        self._go_on: Callable[[], None] | None = None
        document = session.document
        document.draft_changed.connect(self._show)
        document.problems_changed.connect(self._show)
        session.secrets.secrets_changed.connect(self._show)
        panel, sheet = views.panel, views.sheet
        panel.secret_saved.connect(self._on_saved)
        panel.generate_requested.connect(self._on_generate)
        panel.forget_requested.connect(self._on_forget)
        panel.copy_requested.connect(self._on_copy)
        panel.env_requested.connect(self._on_env_for_panel)
        panel.declare_requested.connect(self.ask_for_name)
        panel.fix_requested.connect(self._on_fix)
        panel.place_opened.connect(self.place_opened)
        sheet.stand_under(window.top_bar.primary)
        sheet.saved.connect(self._on_sheet_saved)
        sheet.env_requested.connect(self._on_env_for_sheet)
        views.declare.declared.connect(self._on_declared)
        self._show()

    def ask_for_values(self, needed: SecretsNeeded) -> None:
        """Open the sheet for what a login lacks; the login begins once it is there."""
        self._go_on = needed.go_on
        self._views.sheet.open_for(needed.missing, keeping_words(self._session.secrets.keeping))

    def ask_for_name(self, action_id: str = "") -> None:
        """Ask which secret an action is to declare."""
        actions = self._session.document.draft.flow.actions
        self._views.declare.open_for(actions, action_id or None)

    def show_secret(self, name: str) -> None:
        """Show one secret in its panel."""
        self._window.open_side("secrets", focus=True)
        self._views.panel.focus_secret(name)

    def _show(self, _: object = None) -> None:
        document, secrets = self._session.document, self._session.secrets
        flow = document.draft.flow
        known = {name: secrets.facts(name) for name in document.draft.declared_secrets()}
        facts = {name: found for name, found in known.items() if found is not None}
        self._views.panel.show_secrets(secret_rows(flow, document.problems.facts, facts))
        self._views.panel.show_whether_read(read=document.folder.unread is None)
        self._views.panel.show_keeping(secrets.keeping)

    def _apply(self, result: EditResult) -> None:
        refused = self._session.document.apply(result)
        if refused is not None:
            self.refused.emit(refused)

    def _take(self, values: dict[str, str]) -> bool:
        """Take values over, all or none; say why not, without saying any."""
        problem = self._session.secrets.set_values(values)
        if problem is not None:
            self.refused.emit(EditRefused(f"{problem.path}: {problem.message}", problem.remedy))
        return problem is None

    def _on_saved(self, told: SecretSaved) -> None:
        self._take({told.name: told.value})

    def _on_sheet_saved(self, told: tuple[SecretSaved, ...]) -> None:
        go_on, self._go_on = self._go_on, None
        if self._take({one.name: one.value for one in told}) and go_on is not None:
            go_on()

    def _on_generate(self, wish: SecretWish) -> None:
        self._session.secrets.generate(wish.name)

    def _on_forget(self, wish: SecretWish) -> None:
        self._session.secrets.forget(wish.name)

    def _on_copy(self, wish: SecretWish) -> None:
        value = self._session.secrets.value(wish.name)
        if value is not None:
            self._views.clipboard.copy(value)
            text = translate("Secrets", "{name} is on the clipboard for 60 seconds.")
            self._window.toasts.show_text(text.format(name=wish.name))

    def _on_env_for_panel(self, wish: EnvWish) -> None:
        values = self._from_env(wish)
        declared = self._session.document.draft.declared_secrets()
        wanted = {name: value for name, value in values.items() if name in declared}
        if wanted and self._take(wanted):
            text = translate("Secrets", "Values taken from {file}: {names}")
            told = text.format(file=wish.path.name, names=", ".join(wanted))
            self._window.toasts.show_text(told)
        elif values and not wanted:
            text = translate("Secrets", "{file} has none of the secrets that this flow declares.")
            remedy = translate("Secrets", "Choose another file, or declare them first.")
            self.refused.emit(EditRefused(text.format(file=wish.path.name), remedy))

    def _on_env_for_sheet(self, wish: EnvWish) -> None:
        self._views.sheet.fill(self._from_env(wish))

    def _from_env(self, wish: EnvWish) -> dict[str, str]:
        """Return what a file holds; say what is wrong with it."""
        try:
            read = read_env(wish.path.read_bytes(), wish.path.name)
        except OSError as error:
            text = translate("Secrets", "{file} cannot be read: {reason}.")
            told = text.format(file=wish.path.name, reason=error.strerror)
            remedy = translate("Secrets", "Choose a file that you may read.")
            self.refused.emit(EditRefused(told, remedy))
            return {}
        if read.problems:
            first = read.problems[0]
            self.refused.emit(EditRefused(f"{wish.path.name}: {first.message}", first.remedy))
        return dict(read.values)

    def _on_fix(self, fix: MapFix) -> None:
        draft = self._session.document.draft
        edit = declare_secret if fix.kind == "declare" else undeclare_secret
        self._apply(edit(draft, fix.action_id, fix.name))

    def _on_declared(self, told: SecretDeclared) -> None:
        self._apply(declare_secret(self._session.document.draft, told.action_id, told.name))
