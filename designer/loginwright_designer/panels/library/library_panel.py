"""The side panel of the library: search, the list, and a preview of what is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from loginwright_designer.controls.rows import EmptyState
from loginwright_designer.controls.search_field import SearchField
from loginwright_designer.document.templates import found_templates
from loginwright_designer.panels.library.library_choices import BlankChoice, TemplateChoice
from loginwright_designer.panels.library.library_list import LibraryList
from loginwright_designer.panels.library.library_model import (
    BlankRow,
    FileRow,
    TemplateRow,
    library_rows,
)
from loginwright_designer.panels.library.template_preview import TemplatePreview

if TYPE_CHECKING:
    from loginwright_designer.document.templates import Template
    from loginwright_designer.panels.library.library_model import LibraryRow
    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate


class LibraryPanel(QFrame):
    """A page of the side panel; its header is the window's.

    Args:
        theme: Colours, fonts and zoom.
        parent: Qt's owner.
    """

    template_added = Signal(object)  # TemplateChoice: add its action behind the selected card
    blank_requested = Signal(object)  # BlankChoice: add an action without code
    file_requested = Signal()  # ask for files of code

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._templates: tuple[Template, ...] = ()
        self.setProperty("ground", "surface")
        self.setAccessibleName(translate("Library", "Library"))
        self.search = SearchField(theme, translate("Library", "Search actions"))
        self.search.installEventFilter(self)
        self.list = LibraryList(theme)
        self.preview = TemplatePreview(theme)
        self.preview.hide()
        self.no_hit = EmptyState(
            theme, "search", "", "", translate("Library", "Clear search"), "Esc"
        )
        self._pages = QStackedWidget()
        self._pages.addWidget(self.list)
        self._pages.addWidget(self.no_hit)
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.addWidget(self._pages)
        self.splitter.addWidget(self.preview)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 1)
        self._bar = QHBoxLayout()
        self._bar.addWidget(self.search)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(self._bar)
        rows.addWidget(self.splitter, 1)
        self.setFocusProxy(self.search)
        self._connect()
        self._fit()
        self._show_found()

    def show_templates(self, templates: tuple[Template, ...]) -> None:
        """Show these templates, by group; what is typed in the search stays."""
        self._templates = templates
        self._show_found()

    @property
    def has_templates(self) -> bool:
        """Whether templates were shown; they are read while the window is on the screen."""
        return bool(self._templates)

    def title_of(self, name: str) -> str:
        """Return what a template is called here; its name where it is not known."""
        return next((one.title for one in self._templates if one.name == name), name)

    def select(self, name: str) -> None:
        """Choose a template, and show its preview; nothing where it is not shown."""
        index = self.list.rows.index_of(name)
        if index.isValid():
            self.list.setCurrentIndex(index)
            self.list.scrollTo(index)

    def clear_search(self) -> None:
        """Show everything again; the keyboard is in the search."""
        self.search.clear()
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go from the search to the list with Down and Enter, and empty it with Escape."""
        if watched is self.search and event.type() == QEvent.Type.KeyPress:
            assert isinstance(event, QKeyEvent), "as its type says"
            key = event.key()
            if key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._enter_list()
                return True
            if key == Qt.Key.Key_Escape and self.search.text():
                self.search.clear()
                return True
        return super().eventFilter(watched, event)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._show_found)
        self.no_hit.offered.connect(self.clear_search)
        self.list.row_added.connect(self._on_row_added)
        self.list.row_chosen.connect(self._on_row_chosen)
        self.list.left_upwards.connect(self.search.setFocus)
        self.preview.add_requested.connect(self._on_add_requested)
        self.preview.close_requested.connect(self._on_preview_closed)
        self._theme.theme_changed.connect(self._fit)

    def _show_found(self) -> None:
        words = self.search.text()
        found = found_templates(self._templates, words)
        own = not words.strip()
        if found or own:
            self.list.show_rows(library_rows(found, own=own))
            self._pages.setCurrentWidget(self.list)
            return
        self.list.clearSelection()
        self.list.show_rows(())
        title = translate("Library", "No action matches “{words}”").format(words=words.strip())
        text = translate("Library", "Search for what an action does, or for a method of the api.")
        self.no_hit.show_texts(title, text)
        self._pages.setCurrentWidget(self.no_hit)

    def _enter_list(self) -> None:
        if self._pages.currentWidget() is self.list:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_row_added(self, row: LibraryRow) -> None:
        match row:
            case TemplateRow(template):
                self.template_added.emit(TemplateChoice(template.name))
            case BlankRow(language):
                self.blank_requested.emit(BlankChoice(language))
            case FileRow():
                self.file_requested.emit()
            case _:
                pass

    def _on_row_chosen(self, row: LibraryRow | None) -> None:
        if isinstance(row, TemplateRow):
            self.preview.show_template(row.template)
            if self.preview.isHidden():
                self.preview.show()
                self._share_height()
                self.list.scrollTo(self.list.currentIndex())
        else:
            self.preview.hide()

    def _share_height(self) -> None:
        """Give the preview two fifths the first time, and what the user chose later."""
        upper, lower = self.splitter.sizes()
        if lower == 0:
            height = self.splitter.height()
            self.splitter.setSizes([height * 3 // 5, height * 2 // 5])
        elif upper == 0:
            self.splitter.setSizes([lower // 2, lower // 2])

    def _on_add_requested(self) -> None:
        template = self.list.chosen_template()
        if template is not None:
            self.template_added.emit(TemplateChoice(template.name))

    def _on_preview_closed(self) -> None:
        self.list.clearSelection()
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fit(self) -> None:
        theme = self._theme
        self._bar.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(8))
