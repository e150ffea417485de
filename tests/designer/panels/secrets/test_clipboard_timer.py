"""A copied secret leaves the clipboard, and takes nothing of somebody else's with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from loginwright_designer.panels.secrets.clipboard_timer import ClipboardTimer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QClipboard

CANARY = "canary-5b1f8e0c"


@pytest.fixture
def clipboard(qapp: QApplication) -> Iterator[QClipboard]:
    """The application's, empty before and after."""
    board = QApplication.clipboard()
    board.clear()
    yield board
    board.clear()


@pytest.fixture
def timer(clipboard: QClipboard) -> Iterator[ClipboardTimer]:
    made = ClipboardTimer(clipboard)
    yield made
    made.clear()


def test_a_copied_secret_is_taken_off_after_a_minute(
    timer: ClipboardTimer, clipboard: QClipboard
) -> None:
    timer.copy(CANARY)
    assert clipboard.text() == CANARY
    inner = timer.findChild(QTimer)
    assert inner is not None
    assert inner.isActive()
    assert inner.interval() == 60_000
    inner.timeout.emit()
    assert clipboard.text() == ""
    assert not timer.is_waiting


def test_what_was_copied_meanwhile_stays(timer: ClipboardTimer, clipboard: QClipboard) -> None:
    timer.copy(CANARY)
    clipboard.setText("something else")
    timer.clear()
    assert clipboard.text() == "something else"


def test_clearing_twice_leaves_later_copies_alone(
    timer: ClipboardTimer, clipboard: QClipboard
) -> None:
    timer.copy(CANARY)
    timer.clear()
    clipboard.setText(CANARY)
    timer.clear()
    assert clipboard.text() == CANARY


def test_histories_of_the_clipboard_are_asked_to_leave_it_out(
    timer: ClipboardTimer, clipboard: QClipboard
) -> None:
    timer.copy(CANARY)
    data = clipboard.mimeData()
    assert bytes(data.data("x-kde-passwordManagerHint").data()) == b"secret"


def test_the_value_is_not_remembered(timer: ClipboardTimer) -> None:
    timer.copy(CANARY)
    assert not any("canary" in repr(one) for one in vars(timer).values())
