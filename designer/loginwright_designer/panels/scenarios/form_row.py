"""One field of the scenario form: its name, its value typed by kind, a dot and Reset."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from loginwright_designer.controls.buttons import IconButton
from loginwright_designer.controls.labels import (
    ElidedLabel,
    restyle,
    set_text_role,
    text_label,
)
from loginwright_designer.panels.scenarios.wishes import FieldReset, FieldValue
from loginwright_designer.simulation.scenario_members import (
    FieldKind,
    UnusableText,
    typed_text,
    typed_value,
)
from loginwright_designer.theme.roles import Role, TextStyle

if TYPE_CHECKING:
    from loginwright_designer.simulation.scenario_form import FormField
    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate

_LINES = 5


class JsonBox(QPlainTextEdit):
    """Several lines of JSON; Tab moves on, and leaving it says that it is done."""

    editing_finished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.editing_finished.emit()


class _Dot(QWidget):
    """Says that a value is no default; its word is in the row's accessible name."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._on = False
        self.setFixedSize(theme.px(10), theme.px(20))

    def show_on(self, *, on: bool) -> None:
        """Show the dot, or nothing."""
        self._on = on
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._on:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour(Role.ACCENT))
        reach = self._theme.px(3)
        centre = QPointF(self.width() / 2, self.height() / 2)
        painter.drawEllipse(centre, reach, reach)
        painter.end()


class FormRow(QWidget):
    """A field; what cannot be used stays in it, with the reason below.

    Args:
        theme: Colours and fonts.
        shown: The field.
        parent: Qt's owner.
    """

    value_changed = Signal(object)  # FieldValue: somebody typed another value
    reset_requested = Signal(object)  # FieldReset: back to the default

    def __init__(self, theme: Theme, shown: FormField, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.field = shown
        self._showing = False
        self._dot = _Dot(theme, self)
        self._label = ElidedLabel(shown.label, TextStyle.BODY, mode=Qt.TextElideMode.ElideLeft)
        self._readers = ElidedLabel("", TextStyle.SECONDARY, Role.TEXT_SECONDARY)
        self._problem = text_label("", TextStyle.SECONDARY, Role.DANGER, wrap=True)
        self._problem.hide()
        self.reset_button = IconButton(theme, "rotate-ccw", "", size=28)
        self.reset_button.clicked.connect(self._on_reset)
        self.editor = self._new_editor()
        self._lay_out()
        self.show_field(shown)

    def show_field(self, shown: FormField) -> None:
        """Show another value of the same field; a text that cannot be used is left alone."""
        self.field = shown
        text = typed_text(shown.kind, shown.value)
        if not self._problem.isVisibleTo(self) and text != self.text:
            self._set_text(text)
        self._dot.show_on(on=shown.changed)
        set_text_role(self._label, None if shown.changed else Role.TEXT_SECONDARY)
        changed = translate("ScenarioForm", "{path}, changed") if shown.changed else "{path}"
        self.editor.setAccessibleName(changed.format(path=shown.label))
        self.editor.setAccessibleDescription(shown.doc)
        self._label.setToolTip(f"{shown.path}\n{shown.doc}".strip())
        self._grey(grey=not shown.changed)
        reset = translate("ScenarioForm", "Reset {path}").format(path=shown.label)
        self.reset_button.show_name(reset)
        self.reset_button.setVisible(shown.changed)
        self._readers.setText(_reader_words(shown))
        self._readers.setVisible(bool(shown.read_by))

    def show_problem(self, reason: str) -> None:
        """Say why what was typed cannot be used; empty when it can."""
        self._problem.setText(reason)
        self._problem.setVisible(bool(reason))
        if isinstance(self.editor, QLineEdit):
            self.editor.setProperty("invalid", "true" if reason else None)
            restyle(self.editor)

    @property
    def problem(self) -> str:
        """Why what was typed cannot be used, or empty."""
        return self._problem.text()

    @property
    def text(self) -> str:
        """What stands in the field."""
        match self.editor:
            case QLineEdit():
                return self.editor.text()
            case QComboBox():
                return self.editor.currentText()
            case _:
                return self.editor.toPlainText()

    def commit(self) -> None:
        """Take what stands in the field, where it is another value that can be used."""
        if self._showing:
            return
        try:
            value = typed_value(self.field.kind, self.text)
        except UnusableText as error:
            self.show_problem(str(error))
            return
        self.show_problem("")
        if value != self.field.value or type(value) is not type(self.field.value):
            self.value_changed.emit(FieldValue(self.field.path, value))

    def _new_editor(self) -> QLineEdit | QComboBox | JsonBox:
        shown = self.field
        choices = ("true", "false") if shown.kind is FieldKind.BOOL else shown.choices
        if choices:
            box = QComboBox(self)
            box.setEditable(False)
            box.addItem("")
            box.addItems(choices)
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            box.setMinimumContentsLength(6)
            box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            box.installEventFilter(self)
            box.activated.connect(lambda _index: self.commit())
            return box
        if shown.kind is FieldKind.JSON:
            several = JsonBox(self)
            several.setProperty("text_style", TextStyle.VALUE.value)
            several.setFont(self._theme.font(TextStyle.VALUE))
            several.editing_finished.connect(self.commit)
            return several
        line = QLineEdit(self)
        line.editingFinished.connect(self.commit)
        return line

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave the wheel to the form: a list under the pointer is not changed by scrolling."""
        if event.type() == QEvent.Type.Wheel:
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _set_text(self, text: str) -> None:
        self._showing = True
        match self.editor:
            case QLineEdit():
                self.editor.setText(text)
                self.editor.setCursorPosition(0)
            case QComboBox():
                if self.editor.findText(text) < 0:
                    self.editor.addItem(text)
                self.editor.setCurrentText(text)
            case _:
                self.editor.setPlainText(text)
        self._fit_lines(text)
        self._showing = False

    def _fit_lines(self, text: str) -> None:
        if isinstance(self.editor, JsonBox):
            lines = min(max(text.count("\n") + 1, 1), _LINES)
            height = self._theme.fonts.metrics(TextStyle.VALUE).lineSpacing() * lines
            self.editor.setFixedHeight(int(height) + self._theme.px(14))

    def _grey(self, *, grey: bool) -> None:
        """Show a default in the colour of secondary text."""
        role = Role.TEXT_SECONDARY.value if grey else None
        if self.editor.property("text_role") != role:
            self.editor.setProperty("text_role", role)
            restyle(self.editor)

    def _lay_out(self) -> None:
        theme = self._theme
        head = QHBoxLayout()
        head.setSpacing(theme.px(4))
        head.addWidget(self._dot)
        head.addWidget(self._label, 1)
        head.addWidget(self._readers)
        value = QHBoxLayout()
        value.setSpacing(theme.px(4))
        value.setContentsMargins(theme.px(14), 0, 0, 0)
        value.addWidget(self.editor, 1)
        value.addWidget(self.reset_button, 0, Qt.AlignmentFlag.AlignTop)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.px(2))
        rows.addLayout(head)
        rows.addLayout(value)
        self._problem.setContentsMargins(theme.px(14), 0, 0, 0)
        rows.addWidget(self._problem)

    def _on_reset(self) -> None:
        self.show_problem("")
        self.editor.setFocus()
        self.reset_requested.emit(FieldReset(self.field.path))


def _reader_words(shown: FormField) -> str:
    readers = (
        translate("ScenarioForm", "{name} : {line}").format(name=one.name, line=one.line)
        for one in shown.read_by
    )
    return ", ".join(readers)
