"""Asks where a flow is to be saved as a folder of its own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

translate = QCoreApplication.translate


def choose_place(host: QWidget, name: str, start: Path) -> Path | None:
    """Ask for a place for a new folder; None when nobody chose one.

    Args:
        host: The window.
        name: Of the flow, after which the folder is named unless its user says otherwise.
        start: Where to begin.
    """
    title = translate("Save", "Save the flow as a new folder")
    proposed = str(start / "-".join(name.lower().split()))
    chosen, _ = QFileDialog.getSaveFileName(host, title, proposed)
    return Path(chosen) if chosen else None
