"""The card with what is known of a name or a problem under the mouse or at the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from loginwright_designer.code_editor.floating_card import FloatingCard, fit_height

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loginwright_designer.code_editor.editor_look import EditorLook
    from loginwright_designer.code_editor.hover import HoverDoc
    from loginwright_designer.code_editor.line_marks import CodeProblem

_WIDEST_LETTERS = 56
_PADDING = 12
_MOST_OF_VALUE = 400


class HoverCard(FloatingCard):
    """Says what a place of the code is, and what is wrong with it."""

    def __init__(self, parent: QWidget, look: EditorLook) -> None:
        """Belong to ``parent``; hidden until there is something to say."""
        super().__init__(parent, look)
        self._value = self._label()
        self._problems = self._label()
        self._title = self._label()
        self._doc = self._label()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_PADDING, 8, _PADDING, 8)
        layout.setSpacing(4)
        for label in (self._value, self._problems, self._title, self._doc):
            layout.addWidget(label)
        # Under a mouse that rests, it would take the mouse from the code, and go for that.
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(self.tr("About this place"))
        self.set_look(look)

    @override
    def set_look(self, look: EditorLook) -> None:
        super().set_look(look)
        for label in (self._value, self._problems, self._title, self._doc):
            label.setPalette(self.palette())
        for label in (self._problems, self._doc):
            label.setFont(look.text_font)
        for label in (self._value, self._title):
            label.setFont(look.value_font)

    @property
    def text(self) -> str:
        """Everything the card says; empty while it is hidden."""
        if self.isHidden():
            return ""
        labels = (self._value, self._problems, self._title, self._doc)
        return "\n".join(label.text() for label in labels if not label.isHidden())

    def show_at(
        self,
        line: QRect,
        doc: HoverDoc | None,
        problems: Sequence[CodeProblem],
        value: str = "",
    ) -> None:
        """Say what there is to say beside a line; nothing hides the card.

        Args:
            line: Where.
            doc: Of the name there.
            problems: Of the line.
            value: What the name holds while code stands still, ``name = value``.
        """
        if doc is None and not problems and not value:
            self.hide()
            return
        self._say(self._value, value[:_MOST_OF_VALUE])
        self._say(self._problems, "\n".join(self._problem(one) for one in problems))
        self._say(self._title, "" if doc is None else self._heading(doc))
        self._say(self._doc, "" if doc is None else doc.doc)
        self.show_beside(line)

    def _heading(self, doc: HoverDoc) -> str:
        between = "" if doc.detail.startswith("(") else "  "
        return f"{doc.title}{between}{doc.detail}"

    def _problem(self, problem: CodeProblem) -> str:
        word = self.tr("Error") if problem.severity == "error" else self.tr("Warning")
        return f"{word}: {problem.message} {problem.remedy}".rstrip()

    def _say(self, label: QLabel, text: str) -> None:
        label.setText(text)
        label.setVisible(bool(text))
        metrics = QFontMetricsF(label.font())
        widest = _WIDEST_LETTERS * metrics.averageCharWidth()
        longest = max((metrics.horizontalAdvance(line) for line in text.split("\n")), default=0)
        room = self.room - 2 * _PADDING - 2
        width = int(min(longest + 2, widest, max(room, 80)))
        fit_height(label, width)

    def _label(self) -> QLabel:
        label = QLabel(self)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        return label
