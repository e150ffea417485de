"""The guide, read inside the application: no browser, no network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSize, Qt, QUrl
from PySide6.QtGui import QTextCharFormat, QTextCursor, QTextFormat, QTextTable
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QSizePolicy, QTextBrowser, QWidget
from typing_extensions import override

from loginwright_designer.controls.buttons import Button
from loginwright_designer.controls.sheet import Sheet
from loginwright_designer.document.guide import Guide, anchor_of
from loginwright_designer.theme.roles import Role, TextStyle

if TYPE_CHECKING:
    from PySide6.QtGui import QTextBlock, QTextFragment

    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate

_FENCE = QTextFormat.Property.BlockCodeFence
_WIDTH, _HEIGHT, _LIST_WIDTH = 960, 640, 200


class GuideText(QTextBrowser):
    """The text; it loads nothing, from nowhere.

    Args:
        theme: Fonts and colours.
        parent: Qt's owner.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._guide = Guide("", ())
        self.setProperty("kind", "reader")
        self.setOpenLinks(False)
        self.setAccessibleName(translate("Guide", "Guide"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.anchorClicked.connect(self._on_link)
        theme.theme_changed.connect(self._fit)

    def show_guide(self, guide: Guide) -> None:
        """Show a guide from its beginning."""
        self._guide = guide
        self._fit()

    def go_to(self, title: str) -> None:
        """Bring a section to the top."""
        block = self._heading(title)
        if block is not None:
            self.setTextCursor(QTextCursor(block))
            top = self.document().documentLayout().blockBoundingRect(block).top()
            self.verticalScrollBar().setValue(int(top))

    @override
    def loadResource(self, type: int, name: QUrl | str) -> object:
        return None

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(_WIDTH - _LIST_WIDTH), self._theme.px(_HEIGHT))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(160), self._theme.px(120))

    def _heading(self, title: str) -> QTextBlock | None:
        block = self.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel() and block.text() == title:
                return block
            block = block.next()
        return None

    def _on_link(self, link: QUrl) -> None:
        for title in self._guide.sections:
            if anchor_of(title) == link.fragment():
                self.go_to(title)

    def _fit(self) -> None:
        """Give the text the theme's fonts and colours: Markdown brings sizes of its own."""
        document = self.document()
        document.setDefaultFont(self._theme.font(TextStyle.BODY))
        document.setDocumentMargin(self._theme.px(8))
        self.setMarkdown(self._guide.text)
        block = document.begin()
        while block.isValid():
            self._dress(block)
            block = block.next()
        self._dress_tables()

    def _dress(self, block: QTextBlock) -> None:
        space = block.blockFormat()
        level = space.headingLevel()
        is_code = space.hasProperty(_FENCE)
        for run in _runs(block):
            cursor = QTextCursor(block)
            cursor.setPosition(run.position())
            move = QTextCursor.MoveMode.KeepAnchor
            cursor.setPosition(run.position() + run.length(), move)
            cursor.setCharFormat(self._look(run, level, is_code=is_code))
        goes_on = is_code and block.next().blockFormat().hasProperty(_FENCE)
        space.setNonBreakableLines(False)
        space.setBottomMargin(self._theme.px(2 if goes_on else 8))
        space.setTopMargin(self._theme.px(20 if level else 0))
        QTextCursor(block).setBlockFormat(space)

    def _look(self, run: QTextFragment, level: int, *, is_code: bool) -> QTextCharFormat:
        was, look = run.charFormat(), QTextCharFormat()
        style = {0: TextStyle.BODY, 1: TextStyle.TITLE, 2: TextStyle.TITLE}.get(
            level, TextStyle.BODY_STRONG
        )
        role = Role.TEXT
        if is_code or (not level and was.fontFixedPitch()):
            style = TextStyle.VALUE
        elif not level and was.fontWeight() > 400:
            style = TextStyle.BODY_STRONG
        if was.isAnchor():
            look.setAnchor(True)
            look.setAnchorHref(was.anchorHref())
            role = Role.ACCENT_TEXT
        look.setFont(self._theme.font(style))
        look.setFontItalic(was.fontItalic())
        look.setForeground(self._theme.colour(role))
        return look

    def _dress_tables(self) -> None:
        for frame in self.document().rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                look = frame.format()
                look.setBorder(0)
                look.setCellSpacing(0)
                look.setCellPadding(self._theme.px(4))
                frame.setFormat(look)


def _runs(block: QTextBlock) -> list[QTextFragment]:
    """Return the pieces of a paragraph that look alike, before any of them is changed."""
    found, place = [], block.begin()
    while not place.atEnd():
        found.append(place.fragment())
        place += 1
    return found


class GuideSheet(Sheet):
    """The guide, with its sections beside it.

    Args:
        theme: The colours.
        host: The window.
    """

    def __init__(self, theme: Theme, host: QWidget) -> None:
        super().__init__(theme, host, translate("Guide", "Guide"), "book-open", _WIDTH)
        self.sections = QListWidget()
        self.sections.setAccessibleName(translate("Guide", "Sections"))
        self.sections.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.sections.currentTextChanged.connect(self._on_section)
        self.text = GuideText(theme)
        self._columns = QHBoxLayout()
        self._columns.addWidget(self.sections)
        self._columns.addWidget(self.text, 1)
        self.body.addLayout(self._columns, 1)
        self.done_button = Button(theme, translate("Guide", "Done"), kind="primary")
        self.done_button.clicked.connect(self.close_sheet)
        self.footer.addStretch(1)
        self.footer.addWidget(self.done_button)
        self._fit_columns()
        theme.theme_changed.connect(self._fit_columns)

    def show_guide(self, guide: Guide) -> None:
        """Show a guide from its beginning."""
        self.text.show_guide(guide)
        self.sections.clear()
        for title in guide.sections:
            self.sections.addItem(title)
            self.sections.item(self.sections.count() - 1).setToolTip(title)
        self.fit()

    def _on_section(self, title: str) -> None:
        if title:
            self.text.go_to(title)

    def _fit_columns(self) -> None:
        self.sections.setFixedWidth(self._theme.px(_LIST_WIDTH))
        self._columns.setSpacing(self._theme.px(16))
