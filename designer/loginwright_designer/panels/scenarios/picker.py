"""The top bar's choice of the scenario that Run takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QWidget
from typing_extensions import override

from loginwright_designer.panels.scenarios.marks import STATE_MARKS, last_outcome_words
from loginwright_designer.panels.scenarios.preset_menu import PresetMenu
from loginwright_designer.panels.scenarios.wishes import ScenarioWish
from loginwright_designer.simulation.scenario_results import ScenarioState, in_order_of_need
from loginwright_designer.theme.roles import Role, TextStyle
from loginwright_designer.theme.shapes import paint_icon
from loginwright_designer.theme.tinted_icons import STATE_STROKE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loginwright_designer.simulation.scenario_results import ScenarioResult
    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate

_LEAST_WIDTH = 152
_MOST_NAME = 560
"""Width of a name in the menu; longer ones are cut, and whole in their tooltip."""
_MOST_LISTED = 20
"""More than these are in the grid only."""


class ScenarioPicker(QPushButton):
    """Shows which login Run takes, and lists the others.

    Args:
        theme: Colours, fonts and zoom.
        parent: Qt's owner.
    """

    chosen = Signal(object)  # ScenarioWish: Run takes this one from now on
    all_requested = Signal()  # open the grid
    preset_chosen = Signal(object)  # PresetWish: add one and take it

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._results: tuple[ScenarioResult, ...] = ()
        self._chosen: str | None = None
        self._name = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.list_menu = QMenu(self)
        self.list_menu.setToolTipsVisible(True)
        self.preset_menu = QMenu(translate("Scenarios", "New from preset…"), self)
        self._presets = PresetMenu(self.preset_menu, self)
        self._presets.preset_chosen.connect(self.preset_chosen)
        self.list_menu.aboutToShow.connect(self.fill)
        self.list_menu.setAccessibleName(translate("Scenarios", "Scenarios"))
        self.setMenu(self.list_menu)
        theme.theme_changed.connect(self._on_theme_changed)
        self.show_scenarios((), None)

    def show_scenarios(self, results: Iterable[ScenarioResult], chosen: str | None) -> None:
        """Show how scenarios stand, and which one Run takes; None is the default login."""
        self._results = tuple(results)
        self._chosen = chosen
        result = next((one for one in self._results if one.file == chosen), None)
        default = translate("Scenarios", "Default login")
        self._name = default if result is None else result.name
        outcome = "" if result is None else last_outcome_words(result)
        spoken = translate("Scenarios", "Scenario: {name}")
        self.setAccessibleName(spoken.format(name=self._name))
        self.setAccessibleDescription(outcome)
        self.setToolTip(f"{self._name}\n{outcome}" if outcome else self._name)
        self.updateGeometry()
        self.update()

    @property
    def shown_name(self) -> str:
        """The name on the control, whole."""
        return self._name

    def fill(self) -> None:
        """Put the scenarios, All and the presets into the menu."""
        menu = self.list_menu
        menu.clear()
        for result in self._listed():
            words = last_outcome_words(result)
            here = result.file == self._chosen
            chosen = translate("Scenarios", "chosen · {words}").format(words=words)
            text = self._listed_name(result.name).replace("&", "&&")
            said = f"{text}\t{chosen if here else words}"
            action = menu.addAction(self._icon(result.state), said)
            action.setToolTip(f"{result.name}\n{words}")
            action.setData(result.file)
            action.triggered.connect(
                lambda _on=False, file=result.file: self.chosen.emit(ScenarioWish(file))
            )
        if self._results:
            menu.addSeparator()
        everything = translate("Scenarios", "All scenarios")
        number = len(self._results)
        action = menu.addAction(f"{everything}\t{number}" if number else everything)
        action.triggered.connect(lambda _on=False: self.all_requested.emit())
        menu.addMenu(self.preset_menu)

    def _listed(self) -> tuple[ScenarioResult, ...]:
        """Return the scenarios of the menu: all, or those that need a look and the chosen one."""
        if len(self._results) <= _MOST_LISTED:
            return tuple(sorted(self._results, key=lambda one: one.name.casefold()))
        first = in_order_of_need(self._results)[:_MOST_LISTED]
        here = tuple(one for one in self._results if one.file == self._chosen)
        return tuple(dict.fromkeys((*here, *first)))

    def _listed_name(self, name: str) -> str:
        """Return a name as the menu shows it: whole up to some seventy letters."""
        metrics = self._theme.fonts.metrics(TextStyle.BODY)
        room = self._theme.px(_MOST_NAME)
        return metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, room)

    def _icon(self, state: ScenarioState) -> QIcon:
        mark = STATE_MARKS[state]
        return self._theme.icons.icon(mark.icon, mark.role, STATE_STROKE)

    @override
    def sizeHint(self) -> QSize:
        theme = self._theme
        text = theme.fonts.metrics(TextStyle.BODY).horizontalAdvance(self._name)
        wanted = int(text) + theme.px(12 + 18 + 8 + 12 + 16 + 12)
        width = max(theme.px(_LEAST_WIDTH), min(wanted, theme.px(240)))
        return QSize(width, theme.px(32))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(96), self._theme.px(32))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focus = self.hasFocus()
        width = 2 if focus else 1
        painter.setPen(theme.colour(Role.ACCENT if focus else Role.CONTROL_BORDER))
        pen = painter.pen()
        pen.setWidth(width)
        painter.setPen(pen)
        painter.setBrush(theme.colour(Role.HOVER if self.underMouse() else Role.SURFACE))
        frame = QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
        painter.drawRoundedRect(frame, theme.px(6), theme.px(6))
        middle = self.height() / 2
        paint_icon(painter, QPointF(theme.px(21), middle), theme, "user")
        chevron = QPointF(self.width() - theme.px(20), middle)
        paint_icon(painter, chevron, theme, "chevron-down", Role.TEXT_SECONDARY, 16)
        left = theme.px(38)
        room = QRectF(left, 0, self.width() - left - theme.px(32), self.height())
        painter.setPen(theme.colour(Role.TEXT))
        painter.setFont(theme.font(TextStyle.BODY))
        shown = painter.fontMetrics().elidedText(
            self._name, Qt.TextElideMode.ElideRight, int(room.width())
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        painter.end()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self.update()

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()
