"""The status bar: the state in words, where things are, how scenarios and problems stand."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSize, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget
from typing_extensions import override

from loginwright_designer.code_editor.announcement import announce
from loginwright_designer.controls.labels import ElidedLabel, text_label
from loginwright_designer.panels.bars.bar_buttons import WordLink
from loginwright_designer.panels.bars.bar_signals import (
    ScenarioState,
    ScenarioTally,
    StatusChoice,
    StatusPart,
    StatusWords,
)
from loginwright_designer.theme.marks import MARKS, State
from loginwright_designer.theme.roles import Role, TextStyle

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from loginwright_designer.theme.theme import Theme

HEIGHT = 28
MESSAGE_MS = 5_000
ARROW = "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}"
translate = QCoreApplication.translate

TALLY_MARKS = {
    ScenarioState.AS_EXPECTED: State.AS_EXPECTED,
    ScenarioState.STALE: State.STALE,
    ScenarioState.DIFFERS: State.DIFFERS,
    ScenarioState.RUNNING: State.STALE,
}


def tally_spoken(tally: ScenarioTally) -> str:
    """Return in words how the scenarios stand; the mark alone is seen."""
    match tally.state:
        case ScenarioState.AS_EXPECTED:
            text = translate("Status", "{passed} of {total} scenarios end as expected")
        case ScenarioState.STALE:
            text = translate(
                "Status", "Stale: {passed} of {total} scenarios ended as expected before an edit"
            )
        case ScenarioState.DIFFERS:
            text = translate("Status", "Differs: {passed} of {total} scenarios end as expected")
        case ScenarioState.RUNNING:
            text = translate("Status", "Scenarios are running: {passed} of {total} so far")
    return text.format(passed=tally.passed, total=tally.total)


def problem_words(errors: int, warnings: int) -> str:
    """Return how many problems there are, in words."""
    said = []
    if errors:
        one = translate("Status", "1 error")
        more = translate("Status", "{count} errors")
        said.append(one if errors == 1 else more.format(count=errors))
    if warnings:
        one = translate("Status", "1 warning")
        more = translate("Status", "{count} warnings")
        said.append(one if warnings == 1 else more.format(count=warnings))
    return ", ".join(said) or translate("Status", "No problems")


class Breadcrumb(QWidget):
    """Flow, action and line, each part a link, with an arrow between two.

    Args:
        theme: The colours.
        parent: Qt's owner.
    """

    crumb_pressed = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.links: list[WordLink] = []
        self._arrows: list[QLabel] = []
        self._crumbs: tuple[str, ...] = ()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)

    def show_crumbs(self, crumbs: tuple[str, ...]) -> None:
        """Show another place; links that stay keep the keyboard."""
        if crumbs == self._crumbs:
            return
        self._crumbs = crumbs
        while len(self.links) < len(crumbs):
            self._add_link()
        for number, link in enumerate(self.links):
            shown = number < len(crumbs)
            link.setVisible(shown)
            if number:
                self._arrows[number - 1].setVisible(shown)
            if shown:
                link.show_words(crumbs[number])
        self.updateGeometry()

    def _add_link(self) -> None:
        number = len(self.links)
        if number:
            arrow = text_label(ARROW, TextStyle.SECONDARY, Role.TEXT_SECONDARY)
            self._arrows.append(arrow)
            self._row.addWidget(arrow)
        link = WordLink(self._theme)
        link.clicked.connect(partial(self.crumb_pressed.emit, number))
        self.links.append(link)
        self._row.addWidget(link)


class StatusLine(QFrame):
    """One line at the foot of the window; what does not fit goes, the least important first.

    Args:
        theme: Colours, fonts and zoom; followed while they change.
        parent: Qt's owner of this widget.
    """

    part_pressed = Signal(StatusChoice)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = StatusWords()
        self.setProperty("ground", "surface")
        self.setProperty("edge", "top")
        self.setAccessibleName(translate("Status", "Status"))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.state = self._link(StatusPart.STATE, Role.TEXT)
        self.crumbs = Breadcrumb(theme)
        self.crumbs.crumb_pressed.connect(self._on_crumb_pressed)
        self.now = self._link(StatusPart.STATE)
        self.scenarios = self._link(StatusPart.SCENARIOS)
        self.problems = self._link(StatusPart.PROBLEMS)
        self.exported = self._link(StatusPart.EXPORT)
        self.message = ElidedLabel("", TextStyle.SECONDARY, Role.TEXT)
        self.place = self._link(StatusPart.PLACE)
        self.language = self._label()
        self.read_only = self._label(translate("Status", "Read only"))
        self.tab_moves_focus = self._label(translate("Status", "Tab moves focus"))
        self.versions = self._label()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.clear_message)
        self._row = QHBoxLayout(self)
        self._fill()
        self.show_status(self._words)
        self._fit()
        theme.theme_changed.connect(self._fit)

    def _fill(self) -> None:
        left = (
            self.state,
            self.crumbs,
            self.now,
            self.scenarios,
            self.problems,
            self.exported,
        )
        for widget in left:
            self._row.addWidget(widget)
        self._row.addWidget(self.message)
        self._row.addStretch(1)
        for placed in self._right():
            self._row.addWidget(placed)

    def _right(self) -> tuple[QWidget, ...]:
        return (self.place, self.language, self.read_only, self.tab_moves_focus, self.versions)

    def show_status(self, words: StatusWords) -> None:
        """Show the state of everything."""
        self._words = words
        mark = MARKS[words.mark]
        self.state.show_words(words.text, icon=mark.icon, icon_role=mark.role)
        self.state.setVisible(bool(words.text))
        if words.now is not None:
            now = MARKS[words.now[0]]
            text = translate("Status", "Now: {state}").format(state=words.now[1])
            self.now.show_words(text, icon=now.icon, icon_role=now.role)
        self.crumbs.show_crumbs(words.crumbs)
        self._show_tally(words.scenarios)
        self._show_problems(words.errors, words.warnings)
        self.exported.show_words(words.exported)
        self.place.show_words(words.place)
        self.language.setText(words.language)
        self.versions.setText(words.versions)
        self._make_room()

    def show_message(
        self, text: str, milliseconds: int | None = MESSAGE_MS, *, spoken: bool = True
    ) -> None:
        """Say something for a while.

        Args:
            text: What.
            milliseconds: How long; None: until something else is said or nothing any more.
            spoken: Say it to a screen reader too; False where somebody else has done so.
        """
        self.message.setText(text)
        self._timer.stop()
        if milliseconds is not None:
            self._timer.start(milliseconds)
        self._make_room()
        if spoken:
            announce(self, text)

    def clear_message(self) -> None:
        """Say it no more."""
        self._timer.stop()
        self.message.setText("")
        self._make_room()

    def focus_target(self) -> QWidget:
        """Return what gets the keyboard when the bar does (F6)."""
        return self.state

    def _show_tally(self, tally: ScenarioTally | None) -> None:
        if tally is None:
            return
        mark = MARKS[TALLY_MARKS[tally.state]]
        text = f"{tally.passed}/{tally.total}"
        if tally.state is ScenarioState.STALE:
            text = translate("Status", "{tally} stale").format(tally=text)
        elif tally.state is ScenarioState.RUNNING:
            text = translate("Status", "{tally} running").format(tally=text)
        self.scenarios.show_words(
            text, icon=mark.icon, icon_role=mark.role, spoken=tally_spoken(tally)
        )

    def _show_problems(self, errors: int, warnings: int) -> None:
        state = State.ERROR if errors else State.WARNING
        mark = MARKS[state] if errors or warnings else MARKS[State.AS_EXPECTED]
        role = mark.role if errors or warnings else Role.TEXT_SECONDARY
        icon = mark.icon if errors or warnings else ""
        self.problems.show_words(problem_words(errors, warnings), icon=icon, icon_role=role)

    def _wanted(self) -> dict[QWidget, bool]:
        """Return what is to be seen, the least important first."""
        words = self._words
        return {
            self.versions: bool(words.versions),
            self.language: bool(words.language),
            self.exported: bool(words.exported),
            self.read_only: words.read_only,
            self.place: bool(words.place),
            self.now: words.now is not None,
            self.crumbs: bool(words.crumbs),
            self.tab_moves_focus: words.tab_moves_focus,
            self.problems: bool(words.text),
            self.scenarios: words.scenarios is not None,
            self.message: bool(self.message.whole_text()),
        }

    def _make_room(self) -> None:
        wanted = self._wanted()
        spacing = self._row.spacing()
        room = self.width() - self._theme.px(32) - self.state.sizeHint().width() - spacing
        for widget, shown in reversed(wanted.items()):
            if shown:
                need = widget.sizeHint().width() + spacing
                shown = room - need >= 0 or widget is self.message
                room -= need if shown else 0
            if widget.isHidden() == shown:
                widget.setVisible(shown)

    def _link(self, part: StatusPart, role: Role = Role.TEXT_SECONDARY) -> WordLink:
        link = WordLink(self._theme, role)
        link.clicked.connect(partial(self._on_pressed, part))
        return link

    def _label(self, text: str = "") -> ElidedLabel:
        return ElidedLabel(text, TextStyle.SECONDARY, Role.TEXT_SECONDARY)

    def _on_pressed(self, part: StatusPart) -> None:
        self.part_pressed.emit(StatusChoice(part))

    def _on_crumb_pressed(self, number: int) -> None:
        self.part_pressed.emit(StatusChoice(StatusPart.CRUMB, number))

    def _fit(self) -> None:
        theme = self._theme
        self.setFixedHeight(theme.px(HEIGHT))
        self._row.setContentsMargins(theme.px(12), 1, theme.px(16), 0)
        self._row.setSpacing(theme.px(16))
        self._make_room()

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(160), self._theme.px(HEIGHT))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()
