"""The rows of the library: headings, templates, and the ways to begin with code of one's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QCoreApplication, QMimeData, QModelIndex, Qt
from typing_extensions import override

from loginwright_designer.controls.rows_model import RowsModel
from loginwright_designer.document.drag_types import TEMPLATE_MIME_TYPE
from loginwright_designer.document.templates import Template, group_title, language_title
from loginwright_runtime.flow.model import Language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loginwright_designer.controls.model_index import Index


translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class HeadingRow:
    """The title of a group."""

    title: str


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """A template."""

    template: Template


@dataclass(frozen=True, slots=True)
class BlankRow:
    """An action without code yet, in a language."""

    language: Language


@dataclass(frozen=True, slots=True)
class FileRow:
    """Code that stands in a file."""


LibraryRow: TypeAlias = HeadingRow | TemplateRow | BlankRow | FileRow


def library_rows(templates: Sequence[Template], *, own: bool = True) -> tuple[LibraryRow, ...]:
    """Return headings and what stands below them.

    Args:
        templates: By group.
        own: Whether to end with the ways to begin with code of one's own.
    """
    rows: list[LibraryRow] = []
    for number, one in enumerate(templates):
        if number == 0 or templates[number - 1].group is not one.group:
            rows.append(HeadingRow(group_title(one.group)))
        rows.append(TemplateRow(one))
    if own:
        rows.append(HeadingRow(translate("Library", "Your own")))
        rows.extend((BlankRow("javascript"), BlankRow("python"), FileRow()))
    return tuple(rows)


def row_title(row: LibraryRow) -> str:
    """Return what a row says."""
    match row:
        case HeadingRow(title):
            return title
        case TemplateRow(template):
            return template.title
        case BlankRow(language):
            words = translate("Library", "{language} action")
            return words.format(language=language_title(language))
        case FileRow():
            return translate("Library", "From a file…")


def row_sentence(row: LibraryRow) -> str:
    """Return what a row's action does; empty for a heading."""
    match row:
        case HeadingRow():
            return ""
        case TemplateRow(template):
            return template.sentence
        case BlankRow():
            return translate("Library", "An action that does nothing yet.")
        case FileRow():
            return translate("Library", "Code that you have, as it is.")


class LibraryModel(RowsModel[LibraryRow]):
    """The rows.

    Args:
        parent: Qt's owner.
    """

    def index_of(self, name: str) -> QModelIndex:
        """Return where a template stands; an invalid index where it is not shown."""
        for number, row in enumerate(self._rows):
            if isinstance(row, TemplateRow) and row.template.name == name:
                return self.index(number)
        return QModelIndex()

    def first_choice(self) -> QModelIndex:
        """Return the first row that is no heading."""
        for number, row in enumerate(self._rows):
            if not isinstance(row, HeadingRow):
                return self.index(number)
        return QModelIndex()

    @override
    def told(self, row: LibraryRow, role: int) -> object:
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row_title(row)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(row)
            case Qt.ItemDataRole.ToolTipRole:
                sentence = row_sentence(row)
                return f"{row_title(row)}\n{sentence}" if sentence else None
            case _:
                return None

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        match self.row_at(index):
            case None | HeadingRow():
                return Qt.ItemFlag.NoItemFlags  # Qt's arrow keys pass over it
            case TemplateRow():
                return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled
            case BlankRow() | FileRow():
                return super().flags(index)

    @override
    def mimeTypes(self) -> list[str]:
        return [TEMPLATE_MIME_TYPE]

    @override
    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        for row in map(self.row_at, indexes):
            if isinstance(row, TemplateRow):
                data.setData(TEMPLATE_MIME_TYPE, row.template.name.encode())
        return data

    @override
    def supportedDragActions(self) -> Qt.DropAction:
        return Qt.DropAction.CopyAction

    def _spoken(self, row: LibraryRow) -> str:
        match row:
            case HeadingRow(title):
                return translate("Library", "{title}, heading").format(title=title)
            case TemplateRow(template):
                language = language_title(template.language)
                return f"{template.title}, {language}. {template.sentence}"
            case BlankRow() | FileRow():
                return f"{row_title(row)}. {row_sentence(row)}"
