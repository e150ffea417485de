"""Opens flows: a chooser for folders, and the list of those that were opened last."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from loginwright_designer.controls.buttons import Button, IconButton
from loginwright_designer.controls.labels import ElidedLabel
from loginwright_designer.controls.rows import EmptyState
from loginwright_designer.simulation.visible_text import visible_line
from loginwright_designer.theme.roles import Role, TextStyle

if TYPE_CHECKING:
    from loginwright_designer.document.recent_flows import RecentEntry
    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class OpenFlowWanted:
    """Open the flow in a folder."""

    folder: Path


@dataclass(frozen=True, slots=True)
class ForgetFlowWanted:
    """Take a folder off the list of recent flows."""

    folder: Path


class OpenFlow(QObject):
    """The system's chooser for a flow folder; nothing waits for it.

    Args:
        host: The window.
    """

    flow_chosen = Signal(object)  # OpenFlowWanted: a folder was chosen

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self._host = host

    def choose(self, start: Path | None = None) -> None:
        """Ask for a folder, beginning in ``start`` or at home."""
        dialog = QFileDialog(self._host, translate("OpenFlow", "Open the folder of a flow"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setDirectory(str(start or Path.home()))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._on_selected)
        dialog.open()

    def _on_selected(self, folder: str) -> None:
        self.flow_chosen.emit(OpenFlowWanted(Path(folder)))


class RecentFlowRow(QWidget):
    """One flow: its name, where it is, and whether it still is there.

    Args:
        theme: The colours.
        entry: The flow.
        parent: Qt's owner.
    """

    flow_chosen = Signal(object)  # OpenFlowWanted
    flow_forgotten = Signal(object)  # ForgetFlowWanted

    def __init__(self, theme: Theme, entry: RecentEntry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entry = entry
        name = visible_line(entry.name)
        place = visible_line(entry.shown_folder)
        self.button = Button(
            theme, name, kind="link", icon="workflow" if entry.is_there else "unlink"
        )
        self.button.setEnabled(entry.is_there)
        self.button.clicked.connect(self._on_chosen)
        gone = "" if entry.is_there else translate("OpenFlow", "not there any more")
        self.button.setAccessibleName(", ".join(filter(None, (name, place, gone))))
        self.button.setToolTip(str(entry.folder))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(self.button)
        said = place if entry.is_there else f"{place}  {gone}"
        middle = Qt.TextElideMode.ElideMiddle
        row.addWidget(ElidedLabel(said, TextStyle.SECONDARY, Role.TEXT_SECONDARY, middle), 1)
        words = translate("OpenFlow", "Take {name} off this list").format(name=name)
        self.forget = IconButton(theme, "x", words, size=28)
        self.forget.clicked.connect(self._on_forgotten)
        row.addWidget(self.forget)

    def holds_focus(self) -> bool:
        """Tell whether the keyboard is on one of its buttons."""
        return self.button.hasFocus() or self.forget.hasFocus()

    def _on_chosen(self) -> None:
        self.flow_chosen.emit(OpenFlowWanted(self.entry.folder))

    def _on_forgotten(self) -> None:
        self.flow_forgotten.emit(ForgetFlowWanted(self.entry.folder))


class RecentFlowsView(QWidget):
    """The flows that were opened last; arrows go through them, Delete takes one off.

    Args:
        theme: The colours.
        parent: Qt's owner.
    """

    flow_chosen = Signal(object)  # OpenFlowWanted
    flow_forgotten = Signal(object)  # ForgetFlowWanted
    open_wanted = Signal()  # the chooser, where the list is empty

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._entries: tuple[RecentEntry, ...] = ()
        self.rows: list[RecentFlowRow] = []
        self.empty = EmptyState(
            theme,
            "folder-open",
            translate("OpenFlow", "No flow was opened yet"),
            translate("OpenFlow", "Those that you open are listed here."),
            translate("OpenFlow", "Open…"),
            "Ctrl+O",
        )
        self.empty.offered.connect(self.open_wanted)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(self.empty)
        self.setAccessibleName(translate("OpenFlow", "Recent flows"))
        theme.theme_changed.connect(self._rebuild)

    def show_flows(self, entries: tuple[RecentEntry, ...]) -> None:
        """Show flows, the last opened one first."""
        self._entries = entries
        self._rebuild()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys that a button would keep for itself."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        holding = (place for place, row in enumerate(self.rows) if row.holds_focus())
        return self._on_key(event.key(), next(holding, -1))

    def _on_key(self, key: int, place: int) -> bool:
        if place < 0:
            return False
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if key == Qt.Key.Key_Down else -1
            wanted = self.rows[max(0, min(place + step, len(self.rows) - 1))]
            button = wanted.button if wanted.entry.is_there else wanted.forget
            button.setFocus(Qt.FocusReason.OtherFocusReason)
        elif key == Qt.Key.Key_Delete:
            self.rows[place].forget.click()
        else:
            return False
        return True

    def _rebuild(self) -> None:
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows = [RecentFlowRow(self._theme, entry, self) for entry in self._entries]
        for row in self.rows:
            row.flow_chosen.connect(self.flow_chosen)
            row.flow_forgotten.connect(self.flow_forgotten)
            row.button.installEventFilter(self)
            row.forget.installEventFilter(self)
            self._layout.addWidget(row)
            row.show()
        self.empty.setVisible(not self.rows)
