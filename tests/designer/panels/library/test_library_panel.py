"""The library lists templates by use, finds them by words, shows one, and adds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QDrag
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from loginwright_designer.document.drag_types import TEMPLATE_MIME_TYPE
from loginwright_designer.panels.library.library_choices import BlankChoice, TemplateChoice
from loginwright_designer.panels.library.library_painting import template_drag_picture

if TYPE_CHECKING:
    import pytest
    from pytestqt.qtbot import QtBot

    from loginwright_designer.panels.library.library_panel import LibraryPanel
    from loginwright_designer.theme.theme import Theme


def titles(panel: LibraryPanel) -> list[str]:
    model = panel.list.rows
    return [str(model.index(number).data()) for number in range(model.rowCount())]


def select(panel: LibraryPanel, title: str) -> None:
    panel.list.setCurrentIndex(panel.list.rows.index(titles(panel).index(title)))


def shown_words(panel: LibraryPanel) -> list[str]:
    return [label.accessibleName() or label.text() for label in panel.preview.findChildren(QLabel)]


def test_headings_stand_in_the_order_of_use(panel: LibraryPanel) -> None:
    shown = titles(panel)
    headings = ["Access", "Tokens and profile", "Step-up and redirect", "Account", "Your own"]
    assert [title for title in shown if title in headings] == headings
    assert shown[-3:] == ["JavaScript action", "Python action", "From a file…"]
    assert shown.index("Deny by audience") < shown.index("Tokens and profile")


def test_nothing_is_previewed_before_something_is_chosen(panel: LibraryPanel) -> None:
    assert panel.preview.isHidden()


def test_typing_finds_and_headings_without_a_hit_go(panel: LibraryPanel) -> None:
    QTest.keyClicks(panel.search, "audience")
    assert titles(panel) == ["Access", "Deny by audience"]
    QTest.keyClick(panel.search, Qt.Key.Key_Escape)
    assert "Your own" in titles(panel)


def test_down_enters_the_list_on_its_first_row_and_up_returns(panel: LibraryPanel) -> None:
    QTest.keyClick(panel.search, Qt.Key.Key_Down)
    assert panel.list.hasFocus()
    chosen = panel.list.chosen_template()
    assert chosen is not None
    assert chosen.title == "Allow list"
    QTest.keyClick(panel.list, Qt.Key.Key_Up)
    assert panel.search.hasFocus()


def test_arrows_pass_over_headings(panel: LibraryPanel) -> None:
    select(panel, "Weekdays only")
    panel.list.setFocus()
    QTest.keyClick(panel.list, Qt.Key.Key_Down)
    chosen = panel.list.chosen_template()
    assert chosen is not None
    assert chosen.title == "Enrich from an API"


def test_enter_adds_a_template(panel: LibraryPanel, qtbot: QtBot) -> None:
    select(panel, "Deny by audience")
    panel.list.setFocus()
    with qtbot.waitSignal(panel.template_added) as told:
        QTest.keyClick(panel.list, Qt.Key.Key_Return)
    assert told.args == [TemplateChoice("deny-by-audience")]


def test_a_double_click_adds_a_template(panel: LibraryPanel, qtbot: QtBot) -> None:
    select(panel, "Deny by audience")
    place = panel.list.visualRect(panel.list.currentIndex()).center()
    left = Qt.MouseButton.LeftButton
    viewport = panel.list.viewport()
    QTest.mouseClick(viewport, left, pos=place)
    with qtbot.waitSignal(panel.template_added) as told:
        QTest.mouseDClick(viewport, left, pos=place)
    assert told.args == [TemplateChoice("deny-by-audience")]


def test_blank_actions_and_files_are_asked_for(panel: LibraryPanel, qtbot: QtBot) -> None:
    select(panel, "Python action")
    panel.list.setFocus()
    with qtbot.waitSignal(panel.blank_requested) as told:
        QTest.keyClick(panel.list, Qt.Key.Key_Return)
    assert told.args == [BlankChoice("python")]
    with qtbot.waitSignal(panel.file_requested):
        select(panel, "From a file…")
        QTest.keyClick(panel.list, Qt.Key.Key_Return)


def test_a_chosen_template_is_shown_with_all_that_it_needs(
    panel: LibraryPanel, qtbot: QtBot
) -> None:
    select(panel, "Ask favourite colour")
    assert panel.preview.isVisible()
    words = shown_words(panel)
    assert "Ask favourite colour" in words
    assert "JavaScript" in words
    assert "Needs MY_SHARED_SECRET" in words
    assert any(word.startswith("12 scenarios: ") for word in words)
    assert "onContinuePostLogin" in panel.preview.code.toPlainText()
    with qtbot.waitSignal(panel.template_added) as told:
        QTest.mouseClick(panel.preview.add_button, Qt.MouseButton.LeftButton)
    assert told.args == [TemplateChoice("ask-favourite-colour")]


def test_the_previewed_code_can_be_read_and_not_changed(panel: LibraryPanel) -> None:
    select(panel, "Weekdays only")
    before = panel.preview.code.toPlainText()
    panel.preview.code.setFocus()
    QTest.keyClicks(panel.preview.code, "x")
    assert panel.preview.code.toPlainText() == before


def test_escape_closes_the_preview(panel: LibraryPanel) -> None:
    select(panel, "Weekdays only")
    panel.list.setFocus()
    QTest.keyClick(panel.list, Qt.Key.Key_Escape)
    assert panel.preview.isHidden()


def test_the_close_button_returns_to_the_search(panel: LibraryPanel) -> None:
    select(panel, "Weekdays only")
    QTest.mouseClick(panel.preview.close_button, Qt.MouseButton.LeftButton)
    assert panel.preview.isHidden()
    assert panel.search.hasFocus()


def test_a_search_without_a_hit_says_so_and_can_be_cleared(panel: LibraryPanel) -> None:
    QTest.keyClicks(panel.search, "pineapple")
    words = [label.text() for label in panel.no_hit.findChildren(QLabel)]
    assert panel.no_hit.isVisible()
    assert "No action matches “pineapple”" in words
    button = panel.no_hit.button
    assert button is not None
    assert button.text() == "Clear search"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert panel.list.isVisible()
    assert panel.search.text() == ""
    assert panel.search.hasFocus()


def test_the_preview_goes_when_its_template_is_not_found(panel: LibraryPanel) -> None:
    select(panel, "Weekdays only")
    panel.search.setText("audience")
    assert panel.preview.isHidden()


def test_a_chosen_template_stays_chosen_while_it_is_found(panel: LibraryPanel) -> None:
    select(panel, "Deny by audience")
    panel.search.setText("deny")
    chosen = panel.list.chosen_template()
    assert chosen is not None
    assert chosen.name == "deny-by-audience"
    assert panel.preview.isVisible()


def test_a_drag_carries_the_name_of_the_template(panel: LibraryPanel) -> None:
    select(panel, "Deny by audience")
    data = panel.list.rows.mimeData(panel.list.selectedIndexes())
    assert data.formats() == [TEMPLATE_MIME_TYPE]
    assert bytes(data.data(TEMPLATE_MIME_TYPE).data()) == b"deny-by-audience"


def test_only_templates_can_be_dragged(panel: LibraryPanel) -> None:
    model, draggable = panel.list.rows, Qt.ItemFlag.ItemIsDragEnabled
    dragged = {
        str(model.index(number).data())
        for number in range(model.rowCount())
        if model.flags(model.index(number)) & draggable
    }
    assert "Deny by audience" in dragged
    assert not dragged & {"Access", "Python action", "From a file…"}


def test_a_drag_shows_a_picture_of_the_card(panel: LibraryPanel, theme: Theme) -> None:
    select(panel, "Deny by audience")
    template = panel.list.chosen_template()
    assert template is not None
    picture = template_drag_picture(template, theme, 2.0)
    assert picture.devicePixelRatio() == 2.0
    assert picture.deviceIndependentSize().height() == theme.px(40)
    picture = template_drag_picture(template, theme, 1.0)
    assert picture.width() <= theme.px(280)


def test_a_drag_begins_with_name_and_picture(
    panel: LibraryPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[tuple[bytes, bool]] = []

    def exec_(drag: QDrag, *_actions: Qt.DropAction) -> Qt.DropAction:
        name = bytes(drag.mimeData().data(TEMPLATE_MIME_TYPE).data())
        begun.append((name, drag.pixmap().isNull()))
        return Qt.DropAction.CopyAction

    monkeypatch.setattr(QDrag, "exec", exec_)
    select(panel, "Deny by audience")
    panel.list.startDrag(Qt.DropAction.CopyAction)
    assert begun == [(b"deny-by-audience", False)]


def test_every_row_is_spoken(panel: LibraryPanel) -> None:
    root = QAccessible.queryAccessibleInterface(panel.list)
    said = [root.child(number).text(QAccessible.Text.Name) for number in range(root.childCount())]
    assert all(said)
    assert "Access, heading" in said
    assert any(one.startswith("Deny by audience, JavaScript. ") for one in said)


def test_a_larger_zoom_makes_rows_higher(panel: LibraryPanel, theme: Theme) -> None:
    model = panel.list.rows
    before = panel.list.visualRect(model.index(1)).height()
    theme.choose_zoom(150)
    panel.list.doItemsLayout()
    assert panel.list.visualRect(model.index(1)).height() == before * 3 // 2
