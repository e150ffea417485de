"""The form's fields under the titles of their groups; a group can be folded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QFrame, QToolButton, QVBoxLayout, QWidget

from loginwright_designer.controls.labels import text_label
from loginwright_designer.panels.scenarios.form_row import FormRow
from loginwright_designer.simulation.scenario_form import is_offered, matches
from loginwright_designer.simulation.scenario_members import FormGroup
from loginwright_designer.theme.roles import Role, TextStyle

if TYPE_CHECKING:
    from loginwright_designer.simulation.scenario_form import FormField
    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate

_OPEN_AT_FIRST = frozenset({FormGroup.USED, FormGroup.WHEN, FormGroup.REPLIES, FormGroup.EXPECTED})


def group_title(group: FormGroup) -> str:
    """Return a group's title."""
    titles = {
        FormGroup.USED: translate("ScenarioForm", "Used by this flow"),
        FormGroup.WHO: translate("ScenarioForm", "Who"),
        FormGroup.APPLICATION: translate("ScenarioForm", "Which application and API"),
        FormGroup.HOW: translate("ScenarioForm", "How"),
        FormGroup.WHERE: translate("ScenarioForm", "Where"),
        FormGroup.WHEN: translate("ScenarioForm", "When"),
        FormGroup.REPLIES: translate("ScenarioForm", "Replies"),
        FormGroup.EXPECTED: translate("ScenarioForm", "Expected"),
    }
    return titles[group]


class GroupHead(QToolButton):
    """A group's title; pressing it folds or unfolds the group.

    Args:
        theme: Icons and fonts.
        group: Which one.
        parent: Qt's owner.
    """

    def __init__(self, theme: Theme, group: FormGroup, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._group = theme, group
        self.setCheckable(False)
        self.setProperty("text_style", "body_strong")  # a font alone is lost in a styled window
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_state(self, *, is_open: bool, changed: int) -> None:
        """Show whether the group is open, and how many of its fields are no defaults."""
        theme = self._theme
        self.setFont(theme.font(TextStyle.BODY_STRONG))
        icon = "chevron-down" if is_open else "chevron-right"
        self.setIcon(theme.icons.icon(icon, Role.TEXT_SECONDARY))
        self.setIconSize(theme.icon_size())
        title = group_title(self._group)
        text = translate("ScenarioForm", "{title}  ·  {count} changed")
        self.setText(text.format(title=title, count=changed) if changed else title)
        folded = translate("ScenarioForm", "{title}, folded")
        opened = translate("ScenarioForm", "{title}, open")
        self.setAccessibleName((opened if is_open else folded).format(title=self.text()))


class FormGroups(QFrame):
    """All fields.

    Rows are made when they are first shown, so that a form of two hundred members opens at once.

    Args:
        theme: Colours and fonts.
        parent: Qt's owner.
    """

    value_changed = Signal(object)  # FieldValue
    reset_requested = Signal(object)  # FieldReset

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("ground", "surface")
        self._fields: tuple[FormField, ...] = ()
        self._open = set(_OPEN_AT_FIRST)
        self._search = ""
        self._rows: dict[str, FormRow] = {}
        self._column = QVBoxLayout(self)
        self._heads = {group: GroupHead(theme, group) for group in FormGroup}
        self._columns: dict[FormGroup, QVBoxLayout] = {}
        for group, head in self._heads.items():
            head.clicked.connect(lambda _on=False, group=group: self.toggle(group))
            self._column.addWidget(head)
            self._columns[group] = QVBoxLayout()
            self._column.addLayout(self._columns[group])
        self._nothing = text_label("", TextStyle.SECONDARY, Role.TEXT_SECONDARY, wrap=True)
        self._column.addWidget(self._nothing)
        self._column.addStretch(1)
        self._fit()
        theme.theme_changed.connect(self._fit)

    def show_fields(self, fields: tuple[FormField, ...]) -> None:
        """Show other values; fields that stay keep their place and their cursor."""
        self._fields = fields
        self._arrange()

    def search_for(self, text: str) -> None:
        """Show only fields that a search finds, whatever is folded."""
        self._search = text.strip()
        self._arrange()

    def toggle(self, group: FormGroup) -> None:
        """Fold a group or unfold it."""
        self._open ^= {group}
        self._arrange()

    def forget(self) -> None:
        """Throw the rows away: another scenario is shown."""
        for row in self._rows.values():
            row.hide()
            row.deleteLater()
        self._rows.clear()

    def row(self, path: str) -> FormRow | None:
        """Return the row of a field, or None where it is not shown."""
        row = self._rows.get(path)
        return row if row is not None and row.isVisibleTo(self) else None

    def commit(self) -> None:
        """Take what was typed into any field."""
        for row in tuple(self._rows.values()):
            row.commit()

    @property
    def shown_paths(self) -> tuple[str, ...]:
        """The fields that can be seen, in their order."""
        return tuple(one.path for one in self._fields if self.row(one.path) is not None)

    def _wanted(self, shown: FormField) -> bool:
        if self._search:
            return matches(shown, self._search)
        return shown.group in self._open and is_offered(shown)

    def _arrange(self) -> None:
        self.setUpdatesEnabled(False)
        wanted = [shown for shown in self._fields if self._wanted(shown)]
        paths = {shown.path for shown in wanted}
        for path, row in self._rows.items():
            if path not in paths:
                row.hide()
        places = dict.fromkeys(FormGroup, 0)
        for shown in wanted:
            self._place(shown, places[shown.group])
            places[shown.group] += 1
        self._show_heads(places)
        self.setUpdatesEnabled(True)

    def _place(self, shown: FormField, place: int) -> None:
        row = self._rows.get(shown.path)
        if row is not None and row.field.kind is not shown.kind:
            row.hide()
            row.deleteLater()
            row = None
        column = self._columns[shown.group]
        if row is None:
            row = self._rows[shown.path] = FormRow(self._theme, shown, self)
            row.value_changed.connect(self.value_changed)
            row.reset_requested.connect(self.reset_requested)
            column.insertWidget(place, row)
        elif column.indexOf(row) < 0:
            column.insertWidget(place, row)
        row.show_field(shown)
        row.show()

    def _show_heads(self, places: dict[FormGroup, int]) -> None:
        for group, head in self._heads.items():
            of_group = [shown for shown in self._fields if shown.group is group]
            changed = sum(shown.changed for shown in of_group)
            is_open = bool(self._search) or group in self._open
            head.show_state(is_open=is_open, changed=changed)
            head.setVisible(bool(places[group]) if self._search else bool(of_group))
        nothing = translate("ScenarioForm", "No member and no value has “{text}” in it.")
        found = any(places.values())
        self._nothing.setText("" if found else nothing.format(text=self._search))
        self._nothing.setVisible(bool(self._search) and not found)

    def _fit(self) -> None:
        theme = self._theme
        self._column.setContentsMargins(theme.px(12), theme.px(8), theme.px(16), theme.px(16))
        self._column.setSpacing(theme.px(8))
        for column in self._columns.values():
            column.setSpacing(theme.px(8))
            column.setContentsMargins(theme.px(4), 0, 0, theme.px(4))
