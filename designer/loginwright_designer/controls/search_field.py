"""Fields to search in: with a magnifying glass, a cross that empties them, and a name for each."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QToolButton

translate = QCoreApplication.translate


class SearchGlass(QAction):
    """The glass before what is typed into a field, which gets a cross behind it as well.

    Args:
        field: The field; it owns the glass from then on.
    """

    def __init__(self, field: QLineEdit) -> None:
        super().__init__(field)
        field.setClearButtonEnabled(True)
        empties = field.findChildren(QToolButton)
        field.addAction(self, QLineEdit.ActionPosition.LeadingPosition)
        for button in field.findChildren(QToolButton):
            # Qt names neither of them to who cannot see it.
            clears = button in empties
            word = translate("SearchField", "Clear") if clears else field.accessibleName()
            button.setAccessibleName(word)
