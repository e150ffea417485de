"""Pages with tabs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPlainTextEdit, QToolButton

from loginwright_designer.main_window.editor_area import EditorArea, TabKey

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from loginwright_designer.theme.theme import Theme

CODE = TabKey("code", "actions/ask.js")
DESK = TabKey("desk", "1")


@pytest.fixture
def area(qtbot: QtBot, make_theme: Callable[..., Theme]) -> EditorArea:
    made = EditorArea(make_theme())
    qtbot.addWidget(made)
    made.resize(736, 600)
    made.show()
    made.activateWindow()
    qtbot.waitExposed(made)
    return made


def add(area: EditorArea, key: TabKey, *, behind: bool = False) -> QPlainTextEdit:
    page = QPlainTextEdit()
    area.open(key, page, key.id, "file-code", behind=behind)
    return page


def test_an_empty_area_says_how_to_open_something(area: EditorArea) -> None:
    assert area.current is None
    first = area.first()
    assert isinstance(first, QAbstractButton)
    assert first.text() == "Open…"


def test_a_page_opened_comes_to_the_front_and_is_told(area: EditorArea) -> None:
    told: list[object] = []
    area.current_changed.connect(told.append)
    page = add(area, CODE)
    add(area, DESK)
    assert area.current == DESK
    assert told == [CODE, DESK]
    assert not page.isVisible()


def test_a_page_opened_behind_leaves_the_other_in_front(area: EditorArea) -> None:
    page = add(area, CODE)
    add(area, DESK, behind=True)
    assert area.current == CODE
    assert page.isVisible()


def test_opening_a_page_twice_keeps_the_first(area: EditorArea) -> None:
    page = add(area, CODE)
    area.open(CODE, page, "again", "file-code")
    assert area.keys == (CODE,)
    assert area.widget(CODE) is page


def test_closing_is_asked_for_first(area: EditorArea) -> None:
    asked: list[object] = []
    area.close_requested.connect(asked.append)
    add(area, CODE)
    area.ask_to_close()
    assert asked == [CODE]
    assert area.has(CODE)


def test_closing_brings_the_neighbour_to_the_front_with_the_keyboard(area: EditorArea) -> None:
    page = add(area, CODE)
    add(area, DESK)
    area.focus(DESK)
    area.close(DESK)
    assert area.current == CODE
    assert page.hasFocus()


def test_closing_the_last_page_tells_that_there_is_none(area: EditorArea) -> None:
    add(area, CODE)
    told: list[object] = []
    area.current_changed.connect(told.append)
    area.close(CODE)
    assert told == [None]


def test_a_note_stands_under_its_own_tab_with_restart(area: EditorArea) -> None:
    asked: list[object] = []
    area.restart_requested.connect(asked.append)
    add(area, CODE)
    add(area, DESK)
    area.set_note(CODE, "edited since this login began")
    strip = area._strip
    assert not strip.isVisible()
    area.focus(CODE)
    assert strip.text.whole_text() == "edited since this login began"
    QTest.mouseClick(strip.restart, Qt.MouseButton.LeftButton)
    assert asked == [CODE]


def test_a_page_behind_pulses_once_and_is_marked_until_it_is_seen(area: EditorArea) -> None:
    add(area, CODE)
    add(area, DESK, behind=True)
    area.pulse(DESK)
    assert area.tabs.is_pulsing
    assert area.tabs.look(DESK).unseen
    area.focus(DESK)
    assert not area.tabs.look(DESK).unseen


def test_with_reduced_motion_the_mark_alone_is_shown(area: EditorArea) -> None:
    area.set_reduced_motion(reduced=True)
    add(area, CODE)
    add(area, DESK, behind=True)
    area.pulse(DESK)
    assert not area.tabs.is_pulsing
    assert area.tabs.tabText(1) == "1 ◆"


def test_tabs_go_round(area: EditorArea) -> None:
    add(area, CODE)
    add(area, DESK)
    area.tabs.choose_beside(1)
    assert area.current == CODE
    area.tabs.choose_beside(-1)
    assert area.current == DESK


def test_a_moved_tab_keeps_its_page(area: EditorArea) -> None:
    add(area, CODE)
    page = add(area, DESK)
    area.tabs.moveTab(1, 0)
    assert area.keys == (DESK, CODE)
    assert area.current == DESK
    assert page.isVisible()


def test_a_long_title_is_cut_and_told_whole(area: EditorArea) -> None:
    long = TabKey("code", "an-action-with-a-name-of-sixty-letters-that-does-not-fit-in-a-tab.js")
    add(area, long)
    assert area.tabs.tabRect(0).width() <= 240
    assert area.tabs.tabToolTip(0) == long.id


def test_a_note_gives_way_to_the_tabs_where_one_of_them_would_be_cut(area: EditorArea) -> None:
    for name in ("block-weekends.js", "Redirect desk", "ask-favourite-colour.js"):
        add(area, TabKey("code", name))
    area.set_right_note("As it ran · read only")
    for width in (1200, area.tabs.sizeHint().width() + 60, 1200):
        area.resize(width, 600)
        QApplication.processEvents()
        assert area.tabs.width() >= area.tabs.sizeHint().width()
        assert area.tabs.tabRect(0).left() == 0
        assert area.right_note == "As it ran · read only"

    assert "As it ran · read only" in [label.text() for label in area.findChildren(QLabel)]


def test_a_pointer_sees_how_to_come_to_tabs_that_have_no_room(
    area: EditorArea, make_theme: Callable[..., Theme], styled: Callable[[Theme], None]
) -> None:
    theme = make_theme()
    styled(theme)
    for number in range(9):
        add(area, TabKey("code", f"actions/action-{number}.js"))
    QApplication.processEvents()
    arrows = [one for one in area.tabs.findChildren(QToolButton) if one.arrowType().value]

    assert len(arrows) == 2
    for arrow in arrows:
        assert arrow.isVisible()
        picture = arrow.grab().toImage()
        colours = {
            picture.pixel(x, y) for x in range(picture.width()) for y in range(picture.height())
        }
        assert len(colours) > 2, "nothing is drawn on it"
