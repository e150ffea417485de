"""What the chosen template does, needs and is tried by, with its code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from loginwright_designer.code_editor.code_view import CodeView
from loginwright_designer.code_editor.editor_look import editor_look
from loginwright_designer.controls.buttons import Button, IconButton
from loginwright_designer.controls.labels import ElidedLabel, IconLabel, text_label
from loginwright_designer.document.templates import language_title
from loginwright_designer.theme.roles import Role, TextStyle

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from loginwright_designer.document.templates import Template
    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate

_CODE_LINES = 5


class _PreviewCode(CodeView):
    """Code to read: it may be as small as a few lines."""

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self.look.px(80), self.fontMetrics().lineSpacing() * _CODE_LINES)

    @override
    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()


class _NeedRow(QWidget):
    """A drawing with a few words about what a template brings or wants."""

    def __init__(self, theme: Theme, icon: str) -> None:
        super().__init__()
        self._theme = theme
        self.words = ElidedLabel("", TextStyle.SECONDARY)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(IconLabel(theme, icon, size=16))
        self._row.addWidget(self.words, 1)
        self._fit()
        theme.theme_changed.connect(self._fit)

    def show_words(self, words: str) -> None:
        """Say something, or nothing at all."""
        self.words.setText(words)
        self.setVisible(bool(words))

    def _fit(self) -> None:
        self._row.setSpacing(self._theme.px(8))


class TemplatePreview(QFrame):
    """Shows one template.

    Args:
        theme: Colours and fonts.
        parent: Qt's owner.
    """

    add_requested = Signal()
    close_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("ground", "surface")
        self.setProperty("edge", "top")
        self.setAccessibleName(translate("Library", "Preview"))
        self._title = ElidedLabel("", TextStyle.BODY_STRONG)
        self._language = text_label("", TextStyle.SECONDARY, Role.TEXT_SECONDARY)
        close = translate("Library", "Close the preview")
        self.close_button = IconButton(theme, "x", close, shortcut="Esc", size=24)
        self._sentence = text_label("", TextStyle.SECONDARY, Role.TEXT_SECONDARY, wrap=True)
        self._secrets = _NeedRow(theme, "lock-keyhole")
        self._packages = _NeedRow(theme, "package")
        self._scenarios = _NeedRow(theme, "list-checks")
        self.code = _PreviewCode("javascript", editor_look(theme))
        self.code.setReadOnly(True)
        self.code.setTabChangesFocus(True)
        self.code.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.code.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self.add_button = Button(
            theme, translate("Library", "Add"), kind="outlined", icon="plus", shortcut="Enter"
        )
        self._put_together()
        self.close_button.clicked.connect(self.close_requested)
        self.add_button.clicked.connect(self.add_requested)
        self._fit()
        theme.theme_changed.connect(self._on_theme_changed)

    def show_template(self, template: Template) -> None:
        """Show another template."""
        self._title.setText(template.title)
        self._language.setText(template.glyph)
        self._language.setAccessibleName(language_title(template.language))
        self._sentence.setText(template.sentence)
        self._secrets.show_words(_secrets_words(template))
        self._secrets.setToolTip("\n".join(f"{s.name}: {s.purpose}" for s in template.secrets))
        self._packages.show_words(_packages_words(template))
        self._scenarios.show_words(_scenarios_words(template))
        self._scenarios.setToolTip("\n".join(template.scenarios))
        name = translate("Library", "Code of {template}").format(template=template.title)
        self.code.setAccessibleName(name)
        self.code.set_language(template.language)
        self.code.setPlainText(template.code)
        add = translate("Library", "Add {template}").format(template=template.title)
        self.add_button.setAccessibleName(add)

    @override
    def minimumSizeHint(self) -> QSize:
        """Leave the sentence all its lines; a splitter does not ask how many these are."""
        hint = super().minimumSizeHint()
        layout = self.layout()
        if layout is None or not self.isVisible():
            return hint
        return QSize(hint.width(), layout.totalMinimumHeightForWidth(self.width()))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def _put_together(self) -> None:
        self._head = QHBoxLayout()
        self._head.addWidget(self._title, 1)
        self._head.addWidget(self._language)
        self._head.addWidget(self.close_button)
        self._words = QVBoxLayout()
        self._words.addLayout(self._head)
        for row in (self._sentence, self._secrets, self._packages, self._scenarios):
            self._words.addWidget(row)
        self._foot = QHBoxLayout()
        self._foot.addWidget(self.add_button)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(self._words)
        rows.addWidget(self.code, 1)
        rows.addLayout(self._foot)

    def _on_theme_changed(self) -> None:
        self.code.set_look(editor_look(self._theme))
        self._fit()

    def _fit(self) -> None:
        theme = self._theme
        self._head.setSpacing(theme.px(8))
        side, gap = theme.px(16), theme.px(8)
        self._words.setSpacing(gap)
        self._words.setContentsMargins(side, gap, gap, gap)
        self._foot.setContentsMargins(side, gap, side, theme.px(12))


def _secrets_words(template: Template) -> str:
    names = ", ".join(secret.name for secret in template.secrets)
    return translate("Library", "Needs {secrets}").format(secrets=names) if names else ""


def _packages_words(template: Template) -> str:
    names = ", ".join(template.packages)
    return translate("Library", "Uses {packages}").format(packages=names) if names else ""


def _scenarios_words(template: Template) -> str:
    count = len(template.scenarios)
    if count == 0:
        return ""
    if count == 1:
        return translate("Library", "Scenario: {name}").format(name=template.scenarios[0])
    words = translate("Library", "{count} scenarios: {names}")
    return words.format(count=count, names=", ".join(template.scenarios))
