"""What rows of secrets are put together from: a head, warnings, users and findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from loginwright_designer.controls.buttons import Button
from loginwright_designer.controls.labels import (
    ElidedLabel,
    IconLabel,
    MarkLabel,
    set_text_role,
    text_label,
)
from loginwright_designer.document.action_summary import lines_words
from loginwright_designer.document.secret_words import warning_words
from loginwright_designer.simulation.source_place import SourcePlace
from loginwright_designer.theme.marks import MARKS, State
from loginwright_designer.theme.roles import Role, TextStyle

if TYPE_CHECKING:
    from collections.abc import Callable

    from loginwright_designer.document.secret_facts import SecretFacts
    from loginwright_designer.document.secret_map import (
        MapFix,
        SecretFinding,
        SecretRow,
        SecretUser,
    )
    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate


def state_words(row: SecretRow) -> str:
    """Return whether a secret has a value, in a word."""
    match row.state:
        case "set":
            return translate("Secrets", "set")
        case "missing":
            return translate("Secrets", "missing")
        case "undeclared":
            return translate("Secrets", "not declared")


class RowHead(QWidget):
    """Mark, name and state of a secret.

    Args:
        theme: The colours.
        parent: Qt's owner.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._mark = IconLabel(theme, "lock-keyhole")
        self._name = ElidedLabel("", TextStyle.VALUE)
        self._state = text_label("", TextStyle.SECONDARY)
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.addWidget(self._mark)
        self._line.addWidget(self._name, 1)
        self._line.addWidget(self._state)
        self._fit()
        theme.theme_changed.connect(self._fit)

    def show_row(self, row: SecretRow) -> None:
        """Show a secret."""
        self._name.setText(row.name)
        self._state.setText(state_words(row))
        if row.state == "set":
            self._mark.show_icon("lock-keyhole")
        else:
            mark = MARKS[State.WARNING]
            self._mark.show_icon(mark.icon, mark.role)
        set_text_role(self._state, Role.TEXT_SECONDARY if row.state == "set" else None)

    def _fit(self) -> None:
        self._line.setSpacing(self._theme.px(8))


def warnings_view(theme: Theme, facts: SecretFacts) -> QWidget:
    """Return a line for each thing that may be wrong with a value."""
    view, rows = _stack(theme)
    for words in warning_words(facts):
        rows.addWidget(_marked(theme, State.WARNING, words[:1].upper() + words[1:]))
    view.setVisible(rows.count() > 0)
    return view


def users_view(theme: Theme, row: SecretRow, opened: Callable[[SourcePlace], None]) -> QWidget:
    """Return a line for each action that has to do with a secret, with a link to its code."""
    view, rows = _stack(theme)
    for user in row.users:
        rows.addWidget(_user(theme, user, opened))
    return view


def findings_view(
    theme: Theme,
    finding: SecretFinding,
    fixed: Callable[[MapFix], None],
    opened: Callable[[SourcePlace], None],
) -> QWidget:
    """Return what does not fit, with what can be done about it."""
    view, rows = _stack(theme)
    rows.addWidget(_marked(theme, State.WARNING, finding.words))
    if finding.fix is not None:
        button = Button(theme, finding.fix.words, kind="link")
        button.setAccessibleName(f"{finding.fix.words}: {finding.words}")
        button.clicked.connect(lambda _on=False, fix=finding.fix: fixed(fix))
        rows.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
    elif finding.user is not None:
        rows.addWidget(_user(theme, finding.user, opened))
    return view


def _stack(theme: Theme) -> tuple[QWidget, QVBoxLayout]:
    view = QWidget()
    rows = QVBoxLayout(view)
    rows.setContentsMargins(0, 0, 0, 0)
    rows.setSpacing(theme.px(2))
    return view, rows


def _marked(theme: Theme, state: State, words: str) -> QWidget:
    view = QWidget()
    line = QHBoxLayout(view)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(theme.px(8))
    line.addWidget(MarkLabel(theme, state), 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(text_label(words, TextStyle.SECONDARY, wrap=True), 1)
    return view


def _user(theme: Theme, user: SecretUser, opened: Callable[[SourcePlace], None]) -> QWidget:
    view = QWidget()
    line = QHBoxLayout(view)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(theme.px(8))
    name = user.action
    if not user.enabled:
        name = translate("Secrets", "{action}, turned off").format(action=name)
    line.addWidget(ElidedLabel(name, TextStyle.SECONDARY, Role.TEXT_SECONDARY), 1)
    words = lines_words(user.lines) or translate("Secrets", "open")
    link = Button(theme, words, kind="link")
    link.setAccessibleName(f"{user.action}: {words}")
    place = SourcePlace(user.action_id, user.lines[0] if user.lines else None)
    link.clicked.connect(lambda _on=False: opened(place))
    line.addWidget(link)
    return view
