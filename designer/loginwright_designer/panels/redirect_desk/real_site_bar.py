"""The desk's bar for the real site: its browser is sent out, and comes back to an address here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QFrame, QSpinBox, QVBoxLayout, QWidget

from loginwright_designer.controls.buttons import Button
from loginwright_designer.controls.labels import (
    ElidedLabel,
    IconLabel,
    restyle,
    set_text_role,
    text_label,
)
from loginwright_designer.panels.redirect_desk.wrapping_row import RowWidget
from loginwright_designer.simulation.browser_round_trip import (
    LEAST_PORT,
    MOST_PORT,
    RoundTripFailed,
    RoundTripIdle,
    RoundTripReturned,
    RoundTripState,
    RoundTripWaiting,
    return_address_at,
)
from loginwright_designer.theme.roles import Role, TextStyle

if TYPE_CHECKING:
    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate

USUAL_PORT = 8700
"""Proposed where somebody fixes the port for the first time."""


@dataclass(frozen=True, slots=True)
class RealSiteStart:
    """Open the real site.

    Attributes:
        fixed_port: Where to listen for its return; None takes any port.
    """

    fixed_port: int | None = None


@dataclass(frozen=True, slots=True)
class PortChoice:
    """The port was fixed, or let go; worth remembering.

    Attributes:
        fixed_port: None takes any port.
    """

    fixed_port: int | None = None


class RealSiteBar(QFrame):
    """Opens the real site, shows where it has to send the browser, and waits.

    Args:
        theme: Colours, fonts and zoom; followed while they change.
        parent: Qt's owner.
    """

    start_wanted = Signal(object)  # RealSiteStart: open the site
    reopen_wanted = Signal()  # open it once more
    stop_wanted = Signal()  # wait no longer
    port_chosen = Signal(object)  # PortChoice: another port from the next time on
    copied = Signal(str)  # what is on the clipboard now, in words

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._state: RoundTripState = RoundTripIdle()
        self._host = ""
        self.setProperty("edge", "top")
        self.icon = IconLabel(theme, "external-link")
        self.words = text_label("", wrap=True)
        self.open = Button(theme, translate("RealSite", "Open real site"), icon="external-link")
        self.reopen = Button(theme, translate("RealSite", "Reopen"), icon="refresh-cw")
        self.stop = Button(theme, translate("RealSite", "Stop"), icon="square")
        self.note = text_label("", TextStyle.SECONDARY, wrap=True)
        self._address_name = text_label(
            translate("RealSite", "Address to return to"), role=Role.TEXT_SECONDARY
        )
        self.address = ElidedLabel("", TextStyle.VALUE, mode=Qt.TextElideMode.ElideMiddle)
        self.copy = Button(theme, translate("RealSite", "Copy"), kind="link", icon="copy")
        self.copy.setAccessibleName(translate("RealSite", "Copy the address to return to"))
        self.fixed = QCheckBox(translate("RealSite", "Fixed port"))
        self.port = QSpinBox()
        self._said = RowWidget(theme.px(8))
        self._where = RowWidget(theme.px(8))
        self._fill()
        self._listen()
        self._show()
        self._fit()
        theme.theme_changed.connect(self._fit)

    @property
    def fixed_port(self) -> int | None:
        """The port that is asked for; None is any."""
        return self.port.value() if self.fixed.isChecked() else None

    def show_host(self, host: str) -> None:
        """Say which site is meant.

        Args:
            host: As ``host_of`` returns it; shown before anything is opened (security.md 33).
        """
        self._host = host
        self._show()

    def show_port(self, fixed_port: int | None) -> None:
        """Show which port was fixed the last time, without telling anybody."""
        for control in (self.fixed, self.port):
            control.blockSignals(True)
        self.fixed.setChecked(fixed_port is not None)
        if fixed_port is not None:
            self.port.setValue(fixed_port)
        for control in (self.fixed, self.port):
            control.blockSignals(False)
        self._show()

    def show_clock(self, *, fixed: bool) -> None:
        """Say that tokens of the real site are judged by a clock that stands still, or do not."""
        text = translate(
            "RealSite",
            "The login's clock stands still at its scenario's time; a token that the site makes "
            "now may look expired, or not valid yet.",
        )
        self.note.setText(text if fixed else "")
        self.note.setVisible(fixed)

    def show_state(self, state: RoundTripState) -> None:
        """Show where the browser is."""
        had_focus = any(one.hasFocus() for one in (self.open, self.reopen, self.stop))
        self._state = state
        self._show()
        if had_focus:
            (self.reopen if self.reopen.isVisibleTo(self) else self.open).setFocus()

    def _fill(self) -> None:
        self.port.setRange(LEAST_PORT, MOST_PORT)
        self.port.setValue(USUAL_PORT)
        self.port.setGroupSeparatorShown(False)
        self.port.setAccessibleName(translate("RealSite", "Port to listen on"))
        self._said.row.add(self.icon)
        self._said.row.add(self.words, grows=True, least=self._theme.px(180))
        for button in (self.open, self.reopen, self.stop):
            self._said.row.add(button)
        self._where.row.add(self._address_name)
        self._where.row.add(self.address, grows=True)
        self._where.row.add(self.copy)
        self._where.row.add(self.fixed)
        self._where.row.add(self.port)
        self.note.setVisible(False)
        self._rows = QVBoxLayout(self)
        self._rows.addWidget(self._said)
        self._rows.addWidget(self._where)
        self._rows.addWidget(self.note)

    def _listen(self) -> None:
        self.open.clicked.connect(self._on_open)
        self.reopen.clicked.connect(self.reopen_wanted)
        self.stop.clicked.connect(self.stop_wanted)
        self.copy.clicked.connect(self._on_copy)
        self.fixed.toggled.connect(self._on_port)
        self.port.valueChanged.connect(self._on_port)

    def _on_open(self) -> None:
        self.start_wanted.emit(RealSiteStart(self.fixed_port))

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._return_address())
        self.copied.emit(translate("RealSite", "The address to return to"))

    def _on_port(self) -> None:
        self._show()
        self.port_chosen.emit(PortChoice(self.fixed_port))

    def _return_address(self) -> str:
        """Return the address where it is known; empty before a free port is taken."""
        if isinstance(self._state, RoundTripWaiting):
            return self._state.address
        return "" if self.fixed_port is None else return_address_at(self.fixed_port)

    def _show(self) -> None:
        waiting = isinstance(self._state, RoundTripWaiting)
        self._show_words()
        self.open.setVisible(not waiting)
        self.open.setEnabled(bool(self._host))
        self.reopen.setVisible(waiting)
        self.stop.setVisible(waiting)
        self.fixed.setEnabled(not waiting)
        self.port.setEnabled(self.fixed.isChecked() and not waiting)
        address = self._return_address()
        self.copy.setEnabled(bool(address))
        self.address.setText(address or translate("RealSite", "known as soon as it waits"))
        set_text_role(self.address, None if address else Role.TEXT_SECONDARY)

    def _show_words(self) -> None:
        icon, role, words = self._looks()
        self.icon.show_icon(icon, role)
        self.words.setText(words)
        self.words.setAccessibleName(words)
        self.setProperty("ground", _GROUNDS.get(role, "surface_muted"))
        restyle(self)

    def _looks(self) -> tuple[str, Role, str]:
        """Return icon, its colour, and the sentence."""
        match self._state:
            case RoundTripIdle():
                words = translate(
                    "RealSite", "Opens {host} in your browser and waits here for its return."
                )
                return "external-link", Role.TEXT_SECONDARY, words.format(host=self._host)
            case RoundTripWaiting(host=host, note=note):
                words = translate("RealSite", "Waiting for {host}…").format(host=host)
                return "hourglass", Role.AWAY, f"{words} {note}".strip()
            case RoundTripReturned():
                words = translate("RealSite", "The browser came back from {host}.")
                return "circle-check", Role.SUCCESS, words.format(host=self._host)
            case RoundTripFailed(message=message):
                return "triangle-alert", Role.DANGER, message
            case _:
                assert_never(self._state)

    def _fit(self) -> None:
        theme = self._theme
        self._rows.setContentsMargins(theme.px(16), theme.px(8), theme.px(16), theme.px(8))
        self._rows.setSpacing(theme.px(4))
        for row in (self._said.row, self._where.row):
            row.setSpacing(theme.px(8))
        self._said.row.set_least(self.words, theme.px(180))
        self.port.setFixedWidth(theme.px(88))


_GROUNDS = {Role.AWAY: "away_tint", Role.DANGER: "danger_tint", Role.SUCCESS: "success_tint"}
