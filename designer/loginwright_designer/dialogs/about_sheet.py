"""Says what Loginwright is, its version, and the licences of all that it is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from loginwright_designer.controls.buttons import Button
from loginwright_designer.controls.labels import text_label
from loginwright_designer.controls.rows import SectionTitle
from loginwright_designer.controls.sheet import Sheet
from loginwright_designer.dialogs.form_rows import note_label
from loginwright_designer.dialogs.sheet_parts import CodeText, copy_text
from loginwright_designer.dialogs.yielding_place import YieldingPlace
from loginwright_designer.theme.roles import TextStyle

if TYPE_CHECKING:
    from loginwright_designer.document.licences import LicensedPart
    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate

_LIST_ROWS = 7
_FEWEST_ROWS = 3


class AboutSheet(Sheet):
    """The about box.

    Args:
        theme: The colours.
        host: The window.
    """

    def __init__(self, theme: Theme, host: QWidget) -> None:
        super().__init__(theme, host, translate("About", "About Loginwright"), "info", 640)
        self._parts: tuple[LicensedPart, ...] = ()
        self._versions = text_label("", TextStyle.BODY, selectable=True, wrap=True)
        said = translate(
            "About",
            "Write login flows on your desk and run the same flows on your servers. "
            "Apache License 2.0.",
        )
        self.body.addWidget(self._versions)
        self.body.addWidget(note_label(said))
        self.body.addWidget(SectionTitle(translate("About", "What it is made of")))
        self.list = QListWidget()
        self.list.setAccessibleName(translate("About", "Parts and their licences"))
        self.list.currentRowChanged.connect(self._on_row)
        self.text = CodeText(theme, translate("About", "Licence"), most=12, yields=True)
        self._place_of_parts = YieldingPlace(self.list)
        self.body.addWidget(self._place_of_parts)
        self.body.addWidget(self.text)
        self.copy_button = Button(theme, translate("About", "Copy versions"), icon="copy")
        self.copy_button.clicked.connect(self._on_copy)
        self.done_button = Button(theme, translate("About", "Done"), kind="primary")
        self.done_button.clicked.connect(self.close_sheet)
        self.footer.addWidget(self.copy_button)
        self.footer.addStretch(1)
        self.footer.addWidget(self.done_button)
        self._size_list()
        theme.theme_changed.connect(self._size_list)

    def show_parts(self, versions: str, parts: tuple[LicensedPart, ...]) -> None:
        """Show versions, and every part with its licence.

        Args:
            versions: What runs here: Loginwright, Python, Qt, system; a line each.
            parts: See ``licensed_parts``.
        """
        self._versions.setText(versions)
        self._parts = parts
        self.list.clear()
        for part in parts:
            unknown = translate("About", "see its licence")
            words = "  ".join(filter(None, (part.name, part.version, part.licence or unknown)))
            self.list.addItem(QListWidgetItem(words))
        self.list.setCurrentRow(0)
        self.fit()

    def _on_row(self, place: int) -> None:
        if 0 <= place < len(self._parts):
            part = self._parts[place]
            words = translate("About", "Licence of {name}").format(name=part.name)
            self.text.setAccessibleName(words)
            missing = translate("About", "{licence}. The package brings no text of it along.")
            self.text.show_text(part.text() or missing.format(licence=part.licence))

    def _on_copy(self) -> None:
        copy_text(self._versions.text())
        self.copy_button.show_text(translate("About", "Copied"))

    def _size_list(self) -> None:
        row = int(self._theme.fonts.metrics(TextStyle.BODY).lineSpacing()) + self._theme.px(8)
        self._place_of_parts.set_heights(_LIST_ROWS * row, _FEWEST_ROWS * row)
