"""F1 shows the guide inside the window; nothing is fetched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from loginwright_designer.dialogs.guide_sheet import GuideSheet
from loginwright_designer.document.guide import anchor_of, guide_of
from loginwright_designer.theme.roles import TextStyle

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest
    from PySide6.QtGui import QTextBlock

    from designer_driver import Driver


def test_the_guide_opens_in_the_window_and_goes_to_its_sections(
    start: Callable[..., Driver], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    desk = start()
    desk.press("F1")
    sheet = desk.window.findChild(GuideSheet)
    assert sheet is not None
    assert sheet.is_open
    assert desk.focus() is sheet.sections
    assert "Three keys show the whole of it" in sheet.text.toPlainText()
    titles = [sheet.sections.item(row).text() for row in range(sheet.sections.count())]
    assert titles[:2] == ["Open it", "The first login"]
    assert not sheet.text.horizontalScrollBar().isVisible()
    [shell] = [one for one in paragraphs(sheet) if one.text() == "make run"]
    fonts = desk.bench.theme.fonts
    assert (
        shell.begin().fragment().charFormat().font().families()
        == fonts.font(TextStyle.VALUE).families()
    )
    desk.press("Down", "Down")
    at = sheet.sections.currentItem().text()
    assert sheet.text.textCursor().block().text() == at
    assert sheet.text.verticalScrollBar().value() > 0
    desk.press("Escape")
    assert opened == []
    assert desk.focus() is desk.views.lane


def test_a_link_goes_to_its_section(start: Callable[..., Driver]) -> None:
    desk = start()
    desk.press("F1")
    sheet = desk.window.findChild(GuideSheet)
    assert sheet is not None
    sheet.text.anchorClicked.emit(QUrl("#the-first-login"))
    assert sheet.text.textCursor().block().text() == "The first login"


def test_what_only_a_page_elsewhere_has_is_left_out() -> None:
    page = (
        "# Guide\n\n- [Open it](#open-it)\n- [Next, and more](#next-and-more)\n\n## Open it\n\n"
        "![A picture](images/a.png)\n\nSee [the rest](runtime.md) and [more](#next-and-more).\n\n"
        "### Next, and more\n"
    )
    guide = guide_of(page)
    assert guide.sections == ("Open it", "Next, and more")
    assert "images" not in guide.text
    assert "runtime.md" not in guide.text
    assert "See the rest and [more](#next-and-more)." in guide.text
    assert "- [Open it]" not in guide.text
    assert [anchor_of(title) for title in guide.sections] == ["open-it", "next-and-more"]


def paragraphs(sheet: GuideSheet) -> list[QTextBlock]:
    """The paragraphs of the guide as they are shown."""
    document = sheet.text.document()
    return [document.findBlockByNumber(number) for number in range(document.blockCount())]
