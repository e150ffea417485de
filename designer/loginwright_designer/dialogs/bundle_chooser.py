"""Asks where a bundle is to be written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog

from loginwright_designer.document.export_plan import SUFFIX

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

translate = QCoreApplication.translate


def bundle_chooser(owner: QWidget, proposed: Path) -> QFileDialog:
    """Return the chooser; ``open`` shows it, and ``fileSelected`` tells the file.

    Args:
        owner: Whom it belongs to.
        proposed: The file that it begins with.
    """
    dialog = QFileDialog(owner, translate("ExportSheet", "Export to"))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)  # the sheet says so itself
    kind = translate("ExportSheet", "Bundles (*{suffix})").format(suffix=SUFFIX)
    dialog.setNameFilter(kind)
    dialog.setDefaultSuffix(SUFFIX.removeprefix("."))
    dialog.setDirectory(str(proposed.parent if proposed.parent.is_dir() else Path.home()))
    dialog.selectFile(proposed.name)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return dialog
