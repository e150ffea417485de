"""Restyling a window like the designer's, against giving the same window another palette only."""

from __future__ import annotations

import os
import time
from statistics import median
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from benchmarks.table import Row
from loginwright_designer.resource_files import resource_files
from loginwright_designer.theme.roles import SchemeChoice
from loginwright_designer.theme.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Callable

ROWS_OF_WIDGETS = 20
TURNS = 15
BUDGET_MS = 80


async def rows() -> list[Row]:
    """Restyle to and fro, and change the palette to and fro."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or QApplication([])
    if not isinstance(application, QApplication):
        raise TypeError("Another kind of application runs already.")
    application.setStyle("Fusion")
    theme = Theme(resource_files(), SchemeChoice.LIGHT)
    plain = _window()
    plain.show()

    def repaint(change: Callable[[], None]) -> float:
        other = SchemeChoice.DARK if theme.choice is SchemeChoice.LIGHT else SchemeChoice.LIGHT
        theme.choose_scheme(other)
        began = time.perf_counter()
        change()
        application.processEvents()
        return (time.perf_counter() - began) * 1e6

    floor = [repaint(lambda: application.setPalette(theme.palette())) for _ in range(TURNS)]
    theme.apply_to(application)
    restyled = [repaint(lambda: theme.apply_to(application)) for _ in range(TURNS)]
    plain.close()
    note = f"{len(plain.findChildren(QWidget))} widgets; budget {BUDGET_MS} ms"
    return [Row("restyle the window", median(restyled), median(floor), None, note)]


def _window() -> QWidget:
    window = QWidget()
    window.resize(1440, 900)
    column = QVBoxLayout(window)
    for number in range(ROWS_OF_WIDGETS):
        row = QHBoxLayout()
        for widget in (
            QLabel(f"Row {number}"),
            QLineEdit("teal"),
            QComboBox(),
            QCheckBox("Enabled"),
            QPushButton("Change"),
            QToolButton(),
        ):
            row.addWidget(widget)
        column.addLayout(row)
    return window
