"""What an export says when it is done: the file, a check outside, and what to paste."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from loginwright_designer.controls.buttons import Button
from loginwright_designer.controls.labels import ElidedLabel, text_label
from loginwright_designer.controls.layout_parts import empty
from loginwright_designer.controls.rows import Separator
from loginwright_designer.dialogs.sheet_parts import (
    CodeText,
    MessageRow,
    SheetFact,
    SheetPart,
    copy_text,
)
from loginwright_designer.document.export_history import middle_version
from loginwright_designer.simulation.outside_check import OutsideCompared, OutsideFailed
from loginwright_designer.theme.marks import State
from loginwright_designer.theme.roles import Role, TextStyle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loginwright_designer.document.export_blocks import PasteBlock
    from loginwright_designer.document.flow_export import ExportWritten
    from loginwright_designer.simulation.outside_check import ComparedScenario, OutsideResult
    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate

LONG_CHECK_MS = 300
_MOST_ROWS = 6


def size_words(size: int) -> str:
    """Return a number of bytes as people say it: "9,518 bytes", "2.3 MB"."""
    if size < 100_000:
        return translate("ExportSheet", "{size} bytes").format(size=f"{size:,}")
    words = translate("ExportSheet", "{size} MB")
    return words.format(size=f"{size / 1_000_000:.1f}")


class PasteBlockView(QWidget):
    """One text to paste, with a button that copies it.

    Args:
        theme: The colours.
        block: The text.
        parent: Qt's owner.
    """

    def __init__(self, theme: Theme, block: PasteBlock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.block = block
        head = QHBoxLayout()
        head.setSpacing(theme.px(8))
        head.addWidget(ElidedLabel(block.title, TextStyle.BODY_STRONG))
        head.addWidget(ElidedLabel(block.note, TextStyle.SECONDARY, Role.TEXT_SECONDARY), 1)
        self.button = Button(theme, translate("ExportSheet", "Copy"), icon="copy", kind="quiet")
        words = translate("ExportSheet", "Copy: {title}")
        self.button.setAccessibleName(words.format(title=block.title))
        self.button.clicked.connect(self._on_copy)
        head.addWidget(self.button)
        self.text = CodeText(theme, block.title)
        self.text.show_text(block.text)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.px(4))
        rows.addLayout(head)
        rows.addWidget(self.text)

    def _on_copy(self) -> None:
        copy_text(self.block.text)
        self.button.show_icon("check")
        self.button.show_text(translate("ExportSheet", "Copied"))


class ExportReceipt(QWidget):
    """The receipt.

    Args:
        theme: The colours.
        parent: Qt's owner.
    """

    check_wanted = Signal()
    check_cancelled = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._facts = SheetPart(theme)
        self._fact_rows: list[SheetFact] = []
        self._outside = SheetPart(theme, translate("ExportSheet", "Outside"))
        self.check_button = Button(
            theme, translate("ExportSheet", "Check it outside"), icon="flask-conical"
        )
        self.check_button.clicked.connect(self._on_check)
        self.cancel_button = Button(theme, translate("ExportSheet", "Cancel"), kind="quiet")
        self.cancel_button.clicked.connect(self.check_cancelled)
        self._explained = text_label("", TextStyle.SECONDARY, Role.TEXT_SECONDARY, wrap=True)
        line = QHBoxLayout()
        line.setSpacing(theme.px(8))
        line.addWidget(self.check_button)
        line.addWidget(self.cancel_button)
        line.addWidget(self._explained, 1)
        self._outside.rows.addLayout(line)
        self.result = MessageRow(theme, State.AS_EXPECTED)
        self._outside.rows.addWidget(self.result)
        self._differing = QVBoxLayout()
        self._outside.rows.addLayout(self._differing)
        self._paste = SheetPart(theme, translate("ExportSheet", "To paste"))
        self.blocks: list[PasteBlockView] = []
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        for part in (self._facts, Separator(), self._outside, Separator(), self._paste):
            rows.addWidget(part)
        rows.addStretch(1)
        self._slow = QTimer(self, singleShot=True, interval=LONG_CHECK_MS)
        self._slow.timeout.connect(self._on_slow)

    def show_receipt(
        self, written: ExportWritten, blocks: Sequence[PasteBlock], *, may_check: bool = True
    ) -> None:
        """Show what was written.

        Args:
            written: The export.
            blocks: What to paste.
            may_check: Whether the flow may run here; else the check cannot be asked for.
        """
        self._show_facts(written)
        self._idle()
        self.result.hide()
        self._show_rows(())
        self.check_button.setEnabled(may_check)
        tests = translate(
            "ExportSheet", "Runs every scenario on the bundle, in a process of its own."
        )
        if not written.with_scenarios and written.draft.scenarios:
            tests = translate(
                "ExportSheet",
                "Runs every scenario on a copy that has them, in a process of its own.",
            )
        if not may_check:
            tests = translate("ExportSheet", "This folder is not trusted, so nothing of it runs.")
        self._explained.setText(tests)
        self.check_button.setAccessibleDescription(tests)
        self._show_blocks(tuple(blocks))

    def show_checking(self) -> None:
        """Show that the bundle runs outside; after a moment it can be cancelled."""
        self.check_button.setEnabled(False)
        self.check_button.show_text(translate("ExportSheet", "Checking…"))
        self.result.hide()
        self._show_rows(())
        self._slow.start()

    def show_check_result(self, result: OutsideResult) -> None:
        """Show what came of the check."""
        self._idle()
        self._show_rows(())
        self.check_button.setEnabled(True)
        self.check_button.show_text(translate("ExportSheet", "Check again"))
        match result:
            case OutsideCompared():
                self._show_compared(result)
            case OutsideFailed(message, remedy):
                self.result.show_state(State.ERROR)
                self.result.show_message(message, remedy)
            case _ as unreachable:
                assert_never(unreachable)
        self.result.show()

    def show_check_cancelled(self) -> None:
        """Show that nothing runs any more."""
        self._idle()
        self.check_button.setEnabled(True)

    def spoken(self) -> str:
        """Return what a screen reader says of the receipt."""
        return ". ".join(row.accessibleName() for row in self._fact_rows)

    def _show_compared(self, result: OutsideCompared) -> None:
        self.result.show_state(State.AS_EXPECTED if result.all_same else State.WARNING)
        unknown = any(row.same is None for row in result.rows)
        remedy = ""
        if unknown:
            remedy = translate(
                "ExportSheet", "Some have no result here that counts. Run them, then check again."
            )
        self.result.show_message(result.words, remedy)
        self._show_rows(tuple(row for row in result.rows if not row.same))

    def _show_rows(self, rows: tuple[ComparedScenario, ...]) -> None:
        empty(self._differing)
        for row in rows[:_MOST_ROWS]:
            words = translate("ExportSheet", "{name}: here {here}, outside {outside}")
            here = row.here or translate("ExportSheet", "not run")
            text = words.format(name=row.name, here=here, outside=row.outside)
            label = ElidedLabel(text, TextStyle.SECONDARY, parent=self._outside)
            self._differing.addWidget(label)
            label.show()  # at once, so that the sheet takes its height

    def _show_facts(self, written: ExportWritten) -> None:
        for row in self._fact_rows:
            row.hide()
            row.deleteLater()
        secrets = ", ".join(written.secrets) or translate("ExportSheet", "none")
        supplied = translate("ExportSheet", "the server supplies the values")
        content = translate("ExportSheet", "{count} files in it").format(count=written.members)
        facts = (
            (translate("ExportSheet", "File"), str(written.file), "", True),
            (translate("ExportSheet", "Size"), size_words(written.size), content, False),
            (translate("ExportSheet", "Version"), middle_version(written.version), "", True),
            (
                translate("ExportSheet", "Secret names"),
                secrets,
                supplied if written.secrets else "",
                bool(written.secrets),
            ),
        )
        self._fact_rows = []
        for name, value, note, code in facts:
            row = SheetFact(self._theme, name, value, note, code=code)
            self._facts.rows.addWidget(row)
            row.show()
            self._fact_rows.append(row)

    def _show_blocks(self, blocks: tuple[PasteBlock, ...]) -> None:
        for view in self.blocks:
            view.hide()
            view.deleteLater()
        self.blocks = [PasteBlockView(self._theme, block) for block in blocks]
        for view in self.blocks:
            self._paste.rows.addWidget(view, 0, Qt.AlignmentFlag.AlignTop)
            view.show()

    def _idle(self) -> None:
        self._slow.stop()
        self.cancel_button.hide()
        self.check_button.show_text(translate("ExportSheet", "Check it outside"))

    def _on_check(self) -> None:
        self.show_checking()
        self.check_wanted.emit()

    def _on_slow(self) -> None:
        self.cancel_button.show()
