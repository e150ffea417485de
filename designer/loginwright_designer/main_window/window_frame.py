"""Puts bars, rail and panes round one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from PySide6.QtWidgets import QBoxLayout


def framed(
    top_bar: QWidget, rail: QWidget, bars: QVBoxLayout, panes: QWidget, status: QWidget
) -> QWidget:
    """Return the whole content of the window.

    Args:
        top_bar: At the top.
        rail: At the left, below it.
        bars: Right of the rail: what stands above the panes.
        panes: What is left.
        status: At the bottom.
    """
    right = _bare(QVBoxLayout())
    right.addLayout(_bare(bars))
    right.addWidget(panes, 1)
    below = _bare(QHBoxLayout())
    below.addWidget(rail)
    below.addLayout(right, 1)
    whole = QWidget()
    column = _bare(QVBoxLayout())
    column.addWidget(top_bar)
    column.addLayout(below, 1)
    column.addWidget(status)
    whole.setLayout(column)
    return whole


def _bare(layout: QBoxLayout) -> QBoxLayout:
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    return layout
