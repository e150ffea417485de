"""What the user prefers: looks, motion, runs in the background, the keyring, trusted folders."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from loginwright_designer.controls.buttons import Button, IconButton, Switch
from loginwright_designer.controls.labels import ElidedLabel
from loginwright_designer.controls.rows import SectionTitle, Separator
from loginwright_designer.controls.sheet import Sheet
from loginwright_designer.dialogs.form_rows import FormRow, note_label
from loginwright_designer.document.recent_flows import short_path
from loginwright_designer.simulation.visible_text import visible_line
from loginwright_designer.theme.roles import Role, SchemeChoice, TextStyle
from loginwright_designer.theme.theme import ZOOM_STEPS

if TYPE_CHECKING:
    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class PreferencesShown:
    """What is preferred now.

    Attributes:
        scheme: Light, dark, or what the system says.
        zoom: In percent.
        reduce_motion: Nothing moves.
        background_runs: Scenarios run when a flow is saved.
        keyring: Where values of secrets are kept, one sentence.
        trusted: The folders that may run, by real path.
    """

    scheme: SchemeChoice = SchemeChoice.SYSTEM
    zoom: int = 100
    reduce_motion: bool = False
    background_runs: bool = True
    keyring: str = ""
    trusted: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class SchemePreferred:
    """Other colours are wished."""

    scheme: SchemeChoice


@dataclass(frozen=True, slots=True)
class ZoomPreferred:
    """Another size is wished, in percent."""

    zoom: int


@dataclass(frozen=True, slots=True)
class ReducedMotionPreferred:
    """Motion is to stop, or to come back."""

    reduced: bool


@dataclass(frozen=True, slots=True)
class BackgroundRunsPreferred:
    """Scenarios are to run on save, or not."""

    on: bool


@dataclass(frozen=True, slots=True)
class DistrustWanted:
    """A folder shall not run any more."""

    folder: Path


PreferenceWish: TypeAlias = (
    SchemePreferred
    | ZoomPreferred
    | ReducedMotionPreferred
    | BackgroundRunsPreferred
    | DistrustWanted
)


class PreferencesSheet(Sheet):
    """Every choice takes effect at once, so there is nothing to confirm.

    Args:
        theme: The colours.
        host: The window.
    """

    preference_wanted = Signal(object)  # PreferenceWish: one thing is to be otherwise

    def __init__(self, theme: Theme, host: QWidget) -> None:
        super().__init__(theme, host, translate("Preferences", "Preferences"), "settings", 560)
        self.scheme = QComboBox()
        for choice, words in (
            (SchemeChoice.SYSTEM, translate("Preferences", "As the system says")),
            (SchemeChoice.LIGHT, translate("Preferences", "Light")),
            (SchemeChoice.DARK, translate("Preferences", "Dark")),
        ):
            self.scheme.addItem(words, choice.value)
        self.scheme.currentIndexChanged.connect(self._on_scheme)
        self.zoom = QComboBox()
        for step in ZOOM_STEPS:
            self.zoom.addItem(f"{step} %", step)
        self.zoom.currentIndexChanged.connect(self._on_zoom)
        self.motion = Switch(theme, translate("Preferences", "Reduce motion"))
        self.motion.toggled.connect(self._on_motion)
        self.background = Switch(theme, translate("Preferences", "Run scenarios on save"))
        self.background.toggled.connect(self._on_background)
        self.body.addWidget(FormRow(theme, translate("Preferences", "Colours"), self.scheme))
        self.body.addWidget(
            FormRow(theme, translate("Preferences", "Size of everything"), self.zoom)
        )
        self.body.addLayout(
            self._switch_row(translate("Preferences", "Reduce motion"), self.motion)
        )
        scenarios = translate("Preferences", "Run scenarios on save")
        self.body.addLayout(self._switch_row(scenarios, self.background))
        without = translate(
            "Preferences",
            "They run without network and with placeholder secrets, in trusted folders only.",
        )
        self.body.addWidget(note_label(without))
        self.body.addWidget(Separator())
        self.body.addWidget(SectionTitle(translate("Preferences", "Secrets")))
        self._keyring = note_label("")
        self.body.addWidget(self._keyring)
        self.body.addWidget(Separator())
        self.body.addWidget(SectionTitle(translate("Preferences", "Trusted folders")))
        self._none = note_label(
            translate("Preferences", "None. Only the samples that came along may run.")
        )
        self.body.addWidget(self._none)
        self._folders = QVBoxLayout()
        self.body.addLayout(self._folders)
        self.folder_rows: list[tuple[Path, QWidget, IconButton]] = []
        self.body.addStretch(1)
        self.done_button = Button(theme, translate("Preferences", "Done"), kind="primary")
        self.done_button.clicked.connect(self.close_sheet)
        self.footer.addStretch(1)
        self.footer.addWidget(self.done_button)

    def show_preferences(self, shown: PreferencesShown) -> None:
        """Show what is preferred; tells nobody."""
        boxes = (self.scheme, self.zoom, self.motion, self.background)
        before = [box.blockSignals(True) for box in boxes]
        self.scheme.setCurrentIndex(self.scheme.findData(shown.scheme.value))
        self._show_zoom(shown.zoom)
        self.motion.setChecked(shown.reduce_motion)
        self.background.setChecked(shown.background_runs)
        for box, blocked in zip(boxes, before, strict=True):
            box.blockSignals(blocked)
        self._keyring.setText(shown.keyring)
        self._show_folders(shown.trusted)
        self.fit()

    def _show_zoom(self, zoom: int) -> None:
        place = self.zoom.findData(zoom)
        if place < 0:
            self.zoom.addItem(f"{zoom} %", zoom)
            place = self.zoom.count() - 1
        self.zoom.setCurrentIndex(place)

    def _show_folders(self, folders: tuple[Path, ...]) -> None:
        held = any(button.hasFocus() for _, _, button in self.folder_rows)
        for _, row, _ in self.folder_rows:
            row.hide()
            row.deleteLater()
        self.folder_rows = [self._folder_row(folder) for folder in folders]
        self._none.setVisible(not folders)
        if held:
            first = self.folder_rows[0][2] if self.folder_rows else self.done_button
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _folder_row(self, folder: Path) -> tuple[Path, QWidget, IconButton]:
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        shown = visible_line(short_path(folder))
        middle = Qt.TextElideMode.ElideMiddle
        layout.addWidget(ElidedLabel(shown, TextStyle.VALUE, None, middle), 1)
        words = translate("Preferences", "Trust {folder} no longer").format(folder=shown)
        button = IconButton(self._theme, "trash-2", words, size=28)
        button.clicked.connect(lambda: self.preference_wanted.emit(DistrustWanted(folder)))
        layout.addWidget(button)
        self._folders.addWidget(row)
        row.show()
        return folder, row, button

    def _switch_row(self, words: str, switch: Switch) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(ElidedLabel(words, TextStyle.BODY, Role.TEXT_SECONDARY), 1)
        row.addWidget(switch)
        return row

    def _on_scheme(self, _place: int) -> None:
        choice = SchemeChoice(self.scheme.currentData())
        self.preference_wanted.emit(SchemePreferred(choice))

    def _on_zoom(self, _place: int) -> None:
        zoom = self.zoom.currentData()
        if isinstance(zoom, int):
            self.preference_wanted.emit(ZoomPreferred(zoom))

    def _on_motion(self, reduced: bool) -> None:
        self.preference_wanted.emit(ReducedMotionPreferred(reduced))

    def _on_background(self, on: bool) -> None:
        self.preference_wanted.emit(BackgroundRunsPreferred(on))
