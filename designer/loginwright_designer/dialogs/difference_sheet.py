"""Shows how files differ, and takes a decision where there is one to take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from loginwright_designer.controls.buttons import Button
from loginwright_designer.controls.labels import text_label
from loginwright_designer.controls.sheet import Sheet
from loginwright_designer.dialogs.diff_view import DiffView
from loginwright_designer.dialogs.yielding_place import YieldingPlace
from loginwright_designer.document.text_differences import file_difference
from loginwright_designer.theme.roles import Role, TextStyle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loginwright_designer.document.outside_changes import OutsideChange
    from loginwright_designer.document.text_differences import FileDifference
    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate

WIDTH = 880
_LINES = 18
_FEWEST_LINES = 4


class DifferenceSheet(Sheet):
    """Files that differ, one at a time.

    Args:
        theme: The colours.
        host: The window.
        title: What is compared.
        icon: Before the title.
    """

    def __init__(
        self, theme: Theme, host: QWidget, title: str = "", icon: str = "file-diff"
    ) -> None:
        super().__init__(
            theme, host, title or translate("DifferenceSheet", "Difference"), icon, WIDTH
        )
        self._files: tuple[FileDifference, ...] = ()
        self._said = text_label("", TextStyle.BODY, wrap=True)
        self.picker = QComboBox()
        self.picker.setAccessibleName(translate("DifferenceSheet", "File"))
        self.picker.setProperty("text_style", "value")
        self.picker.setMinimumContentsLength(12)
        adjust = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        self.picker.setSizeAdjustPolicy(adjust)
        self.picker.currentIndexChanged.connect(self._on_picked)
        self._note = text_label("", TextStyle.SECONDARY, Role.TEXT_SECONDARY, wrap=True)
        self.view = DiffView(theme)
        self.body.addWidget(self._said)
        self.body.addWidget(self.picker)
        self.body.addWidget(self._note)
        self._place_of_lines = YieldingPlace(self.view)
        self.body.addWidget(self._place_of_lines, 1)
        self.close_word = Button(theme, translate("DifferenceSheet", "Close"))
        self.close_word.clicked.connect(self.close_sheet)
        self.footer.addStretch(1)
        self.footer.addWidget(self.close_word)
        self._size_view()
        theme.theme_changed.connect(self._size_view)

    def show_differences(self, title: str, said: str, files: Sequence[FileDifference]) -> None:
        """Show files, the first one that both sides changed at first.

        Args:
            title: What is compared.
            said: One sentence on it; empty for none.
            files: How each differs.
        """
        self._files = tuple(files)
        self.show_title(title)
        self._said.setText(said)
        self._said.setVisible(bool(said))
        self.picker.blockSignals(True)
        self.picker.clear()
        for one in self._files:
            self.picker.addItem(self._entry(one))
        conflicts = (place for place, one in enumerate(self._files) if one.conflict)
        self.picker.setCurrentIndex(next(conflicts, 0))
        self.picker.blockSignals(False)
        self.picker.setVisible(len(self._files) > 1)
        self._on_picked(self.picker.currentIndex())
        self.fit()

    def _entry(self, one: FileDifference) -> str:
        added, removed = one.counts
        words = translate("DifferenceSheet", "{file}  +{added} −{removed}")  # noqa: RUF001 - a minus as wide as the plus
        if one.conflict:
            words = translate("DifferenceSheet", "{file}  +{added} −{removed}, changed here too")  # noqa: RUF001 - as above
        return words.format(file=one.file, added=added, removed=removed)

    def _on_picked(self, place: int) -> None:
        if not 0 <= place < len(self._files):
            return
        one = self._files[place]
        note = one.note if len(self._files) > 1 else f"{one.file}  {one.note}".strip()
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self.view.show_difference(one)

    def _size_view(self) -> None:
        metrics = self._theme.fonts.metrics(TextStyle.VALUE)
        line = int(metrics.lineSpacing()) + self._theme.px(4)
        self._place_of_lines.set_heights(_LINES * line, _FEWEST_LINES * line)


class OutsideChangeSheet(DifferenceSheet):
    """Somebody else changed a file that was changed here too; nothing is overwritten unasked.

    Closing it decides nothing: the question comes back with the next save.

    Args:
        theme: The colours.
        host: The window.
    """

    theirs_taken = Signal(object)  # OutsideChange: take what stands on disk
    mine_kept = Signal(object)  # OutsideChange: keep what is on the desk

    def __init__(self, theme: Theme, host: QWidget) -> None:
        super().__init__(theme, host)
        self._change: OutsideChange | None = None
        self.close_word.show_text(translate("OutsideChangeSheet", "Decide later"))
        self.theirs = Button(theme, translate("OutsideChangeSheet", "Take theirs"))
        self.theirs.clicked.connect(self._on_theirs)
        self.mine = Button(theme, translate("OutsideChangeSheet", "Keep mine"))
        self.mine.clicked.connect(self._on_mine)
        self.footer.addWidget(self.theirs)
        self.footer.addWidget(self.mine)

    def show_change(self, change: OutsideChange) -> None:
        """Ask whose version counts, with both to be seen."""
        self._change = change
        names = ", ".join(one.file for one in change.conflicts)
        words = translate(
            "OutsideChangeSheet",
            "{names} was changed here and by another program. Lines with a minus stand here, "
            "those with a plus on disk. Either choice can be undone.",
        )
        title = translate("OutsideChangeSheet", "Changed outside")
        ordered = sorted(change.files, key=lambda one: not one.conflict)
        files = [file_difference(one) for one in ordered]
        self.show_differences(title, words.format(names=names), files)
        self.open(self.view)

    def _on_theirs(self) -> None:
        change = self._decided()
        if change is not None:
            self.theirs_taken.emit(change)

    def _on_mine(self) -> None:
        change = self._decided()
        if change is not None:
            self.mine_kept.emit(change)

    def _decided(self) -> OutsideChange | None:
        change, self._change = self._change, None
        self.close_sheet()
        return change
