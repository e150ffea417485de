"""Opens flows: a chooser for folders, and the list of those that were opened last."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class OpenFlowWanted:
    """Open the flow in a folder."""

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
