"""The inspector shows what is selected while composing, and a login while it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QTabBar,
    QWidget,
)

from loginwright_designer.document.action_summary import (
    ActionSummary,
    ActionSurroundings,
    ScenarioReach,
    action_summary,
)
from loginwright_designer.document.flow_words import flow_summary
from loginwright_designer.panels.inspector.inspector import Inspector
from loginwright_designer.panels.inspector.inspector_signals import (
    ActionsDeletion,
    BreakpointRemoval,
    BreakpointToggle,
    EnabledToggle,
    NameEdit,
    NameOfFlowEdit,
    ProblemOpening,
    ScenariosOpening,
    SecretDeclaration,
    SecretOpening,
    SecretRemoval,
    SettingEdit,
)
from loginwright_designer.simulation.breakpoint_rows import breakpoint_list
from loginwright_designer.simulation.breakpoint_set import BreakpointSet
from loginwright_designer.simulation.source_place import SourcePlace
from loginwright_designer.theme.roles import Role, SchemeChoice
from loginwright_runtime.debugging import ActionBreakpoint, LineBreakpoint
from loginwright_runtime.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QColor
    from pytestqt.qtbot import QtBot

    from inspector_logins import Logins
    from loginwright_designer.theme.theme import Theme

PROBLEM = Problem(
    "rule", "warning", "It may fail.", "Catch it.", "actions/ask-favourite-colour.js", 34
)


@pytest.fixture
def theme(make_theme: Callable[..., Theme]) -> Theme:
    """The theme of the inspector."""
    return make_theme()


@pytest.fixture
def inspector(theme: Theme, show: Callable[..., None]) -> Inspector:
    """The inspector in a window."""
    made = Inspector(theme)
    show(made)
    return made


@pytest.fixture
def ask_colour(logins: Logins) -> ActionSummary:
    """The sample's redirect action; its secret has no value."""
    flow = logins.sample.flow
    around = ActionSurroundings((PROBLEM,), reach=ScenarioReach(7, 9))
    facts = logins.sample.facts["ask-favourite-colour"]
    return action_summary(flow, flow.actions[2], facts, around)


def button(parent: QWidget, name: str) -> QAbstractButton:
    """The visible button with a name."""
    found = [
        one
        for one in parent.findChildren(QAbstractButton)
        if one.isVisible() and name in (one.accessibleName(), one.text())
    ]
    assert len(found) == 1, (name, [one.accessibleName() for one in found])
    return found[0]


def texts(parent: QWidget) -> list[str]:
    """Every visible label, whole."""
    labels = [one for one in parent.findChildren(QLabel) if one.isVisible()]
    return [one.accessibleName() or one.text() for one in labels]


def test_an_action_tells_what_it_is_needs_and_may_do(
    inspector: Inspector, ask_colour: ActionSummary
) -> None:
    inspector.show_action(ask_colour)
    said = texts(inspector.action)
    for words in (
        "ask-favourite-colour",
        "JavaScript",
        "On",
        "MY_SHARED_SECRET",
        "missing",
        "lines 13, 35",
        "Leave for my-app.example.com",
        "Set user_metadata.favorite_color",
        "Warning: It may fail.",
        "none",
    ):
        assert words in said
    assert inspector.action.facts.name.text() == "Ask favourite colour"
    assert inspector.header.tabs.tabText(0) == "Action"
    assert inspector.header.tabs.tabText(1) == "Problems  1"


@pytest.mark.parametrize(
    ("name", "signal", "payload"),
    [
        (
            "Open actions/ask-favourite-colour.js",
            "place_opened",
            SourcePlace("ask-favourite-colour"),
        ),
        (
            "Leave for my-app.example.com: line 21",
            "place_opened",
            SourcePlace("ask-favourite-colour", 21),
        ),
        ("Enabled", "enabled_toggled", EnabledToggle(("ask-favourite-colour",), False)),
        ("Declare a secret…", "secret_declared", SecretDeclaration("ask-favourite-colour")),
        ("Set the value of MY_SHARED_SECRET", "secret_opened", SecretOpening("MY_SHARED_SECRET")),
        (
            "Declare MY_SHARED_SECRET no longer",
            "secret_removed",
            SecretRemoval("ask-favourite-colour", "MY_SHARED_SECRET"),
        ),
        ("7 of 9", "scenarios_opened", ScenariosOpening("ask-favourite-colour")),
        ("Warning: It may fail.: line 34", "problem_opened", ProblemOpening(PROBLEM)),
    ],
)
def test_each_link_of_an_action_tells_what_was_wished(
    inspector: Inspector,
    ask_colour: ActionSummary,
    qtbot: QtBot,
    name: str,
    signal: str,
    payload: object,
) -> None:
    inspector.show_action(ask_colour)
    with qtbot.waitSignal(getattr(inspector.action, signal)) as told:
        QTest.keyClick(button(inspector.action, name), Qt.Key.Key_Space)
    assert told.args == [payload]


@pytest.mark.parametrize("zoom", [100, 150])
def test_values_of_an_action_begin_in_one_column(
    inspector: Inspector, ask_colour: ActionSummary, theme: Theme, zoom: int
) -> None:
    inspector.show_action(ask_colour)
    theme.choose_zoom(zoom)
    QApplication.processEvents()
    facts = inspector.action.facts
    words = {one.x() + one.contentsMargins().left() for one in (facts.id, facts.language)}
    ringed = {one.x() + theme.px(2) for one in (facts.file, facts.enabled)}
    assert words == ringed
    assert len(words) == 1


def test_another_name_is_told_once_and_an_empty_one_never(
    inspector: Inspector, ask_colour: ActionSummary, qtbot: QtBot
) -> None:
    inspector.show_action(ask_colour)
    told: list[object] = []
    inspector.action.name_edited.connect(told.append)
    field = inspector.action.facts.name
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "Ask  colour")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert told == [NameEdit("ask-favourite-colour", "Ask colour")]
    field.clear()
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == "Ask favourite colour"
    assert len(told) == 1


def test_a_name_that_is_being_typed_survives_a_new_check(
    inspector: Inspector, logins: Logins, ask_colour: ActionSummary, qtbot: QtBot
) -> None:
    inspector.show_action(ask_colour)
    field = inspector.action.facts.name
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_End)
    QTest.keyClicks(field, "!")
    flow = logins.sample.flow
    inspector.show_action(action_summary(flow, flow.actions[2], None, ActionSurroundings()))
    assert field.text() == "Ask favourite colour!"
    qtbot.waitUntil(lambda: "Its code is being read…" in texts(inspector.action))


def test_several_actions_are_turned_off_or_deleted_together(
    inspector: Inspector, qtbot: QtBot
) -> None:
    inspector.show_several(("a", "b", "c"), 2)
    assert "3 actions selected" in texts(inspector.action)
    with qtbot.waitSignal(inspector.action.enabled_toggled) as told:
        QTest.mouseClick(button(inspector.action, "Turn off"), Qt.MouseButton.LeftButton)
    assert told.args == [EnabledToggle(("a", "b", "c"), enabled=False)]
    with qtbot.waitSignal(inspector.action.delete_requested) as asked:
        QTest.mouseClick(button(inspector.action, "Delete"), Qt.MouseButton.LeftButton)
    assert asked.args == [ActionsDeletion(("a", "b", "c"))]


def test_settings_are_told_in_words_and_chosen_in_place(
    inspector: Inspector, logins: Logins, qtbot: QtBot
) -> None:
    inspector.show_flow(flow_summary(logins.sample.flow))
    inspector.select_flow()
    assert inspector.header.tabs.tabText(0) == "Flow"
    box = inspector.flow.choices["profile_writes"]
    assert box.currentText() == "Once, at the end"
    qtbot.waitUntil(box.isVisible)
    box.setFocus()
    with qtbot.waitSignal(inspector.flow.setting_edited) as told:
        QTest.keyClick(box, Qt.Key.Key_Down)
    assert told.args == [SettingEdit("profile_writes", "each-leg")]
    changed = logins.sample.flow.settings.model_copy(update={"profile_writes": "each-leg"})
    flow = logins.sample.flow.model_copy(update={"settings": changed})
    inspector.show_flow(flow_summary(flow))
    assert inspector.flow.choices["profile_writes"] is box
    assert box.currentText() == "Also before each redirect"
    assert box.hasFocus()


def test_the_flow_is_renamed_in_place(inspector: Inspector, logins: Logins, qtbot: QtBot) -> None:
    inspector.show_flow(flow_summary(logins.sample.flow, ["MY_SHARED_SECRET"]))
    inspector.select_flow()
    qtbot.waitUntil(inspector.flow.name.isVisible)
    inspector.flow.name.selectAll()
    QTest.keyClicks(inspector.flow.name, "Checkout login")
    with qtbot.waitSignal(inspector.flow.name_edited) as told:
        QTest.keyClick(inspector.flow.name, Qt.Key.Key_Return)
    assert told.args == [NameOfFlowEdit("Checkout login")]
    with qtbot.waitSignal(inspector.flow.secret_opened):
        QTest.mouseClick(button(inspector.flow, "MY_SHARED_SECRET: set"), Qt.MouseButton.LeftButton)


def test_a_run_has_its_own_tabs_and_each_mode_keeps_the_one_used_last(
    inspector: Inspector, logins: Logins, qtbot: QtBot
) -> None:
    assert ".".join(inspector.header.keys) == "subject.problems.breakpoints"
    inspector.choose("problems")
    inspector.set_mode("run")
    assert ".".join(inspector.header.keys) == "variables.changes.tokens.breakpoints"
    assert inspector.chosen == "variables"
    inspector.choose("changes")
    assert inspector.changes.isVisible()
    inspector.show_changes(logins.changes("first-login"))
    assert inspector.header.tabs.tabText(1) == "Changes  3"
    inspector.set_mode("compose")
    assert inspector.chosen == "problems"
    inspector.set_mode("run")
    assert inspector.chosen == "changes"


def test_a_page_of_the_other_mode_is_found_there(inspector: Inspector) -> None:
    inspector.choose("tokens")
    assert inspector.tokens.isVisible()
    inspector.choose("nothing")
    assert inspector.chosen == "tokens"
    inspector.choose("action")
    assert inspector.chosen == "subject"


def test_the_past_has_its_edge_only_in_a_run(inspector: Inspector) -> None:
    shown = []
    for mode in ("compose", "run"):
        inspector.set_mode(mode)
        inspector.set_past(True)
        shown.append(inspector.frame.is_past)
    assert shown == [False, True]
    assert inspector.frame.isAncestorOf(inspector.header)  # as the lane's and the editor's edge
    inspector.variables.set_editable(True)
    assert not inspector.variables.is_editable
    inspector.set_past(False)
    shown.append(inspector.frame.is_past)
    assert shown[-1] is False


def test_breakpoints_are_ticked_opened_and_removed(
    inspector: Inspector, logins: Logins, qtbot: QtBot
) -> None:
    line = LineBreakpoint("actions/ask-favourite-colour.js", 34)
    before = ActionBreakpoint("block-weekends", "before")
    found = breakpoint_list(BreakpointSet((line, before)), logins.sample.flow)
    inspector.show_breakpoints(found)
    inspector.choose("breakpoints")
    view = inspector.breakpoints
    assert [tick.text() for tick in view.ticks.values()] == [
        "Before Block weekends",
        "Ask favourite colour, line 34",
        "A claim is set",
        "The login is denied",
        "Metadata change",
        "MFA is asked for",
        "The code throws and nothing catches it",
        "The code throws and catches it itself",
    ]
    with qtbot.waitSignal(view.toggled) as told:
        QTest.keyClick(view.ticks["meaning:denied"], Qt.Key.Key_Space)
    assert told.args == [BreakpointToggle("meaning:denied", enabled=True)]
    with qtbot.waitSignal(view.opened) as opened:
        QTest.keyClick(button(view, "Go to Ask favourite colour, line 34"), Qt.Key.Key_Space)
    assert opened.args == [SourcePlace("ask-favourite-colour", 34)]
    with qtbot.waitSignal(view.removed) as removed:
        QTest.keyClick(view.ticks["before:block-weekends"], Qt.Key.Key_Delete)
    assert removed.args == [BreakpointRemoval("before:block-weekends")]


def test_the_tab_of_breakpoints_is_named_also_where_it_is_a_drawing(
    inspector: Inspector, logins: Logins, theme: Theme
) -> None:
    found = breakpoint_list(
        BreakpointSet((ActionBreakpoint("block-weekends", "before"),)), logins.sample.flow
    )
    inspector.set_mode("run")
    inspector.show_breakpoints(found)
    number = inspector.header.keys.index("breakpoints")
    assert inspector.header.tabs.accessibleTabName(number) == "Breakpoints, 1"
    theme.choose_zoom(150)
    assert inspector.header.tabs.accessibleTabName(number) == "Breakpoints, 1"


def test_where_it_is_a_drawing_it_is_red_once_there_are_breakpoints(
    inspector: Inspector, logins: Logins, theme: Theme
) -> None:
    inspector.set_mode("run")
    inspector.resize(240, inspector.height())
    inspector.show()
    QApplication.processEvents()
    tabs, number = inspector.header.tabs, inspector.header.keys.index("breakpoints")
    assert tabs.tabText(number) == ""
    assert middle_of(tabs, number) == theme.colour(Role.TEXT_SECONDARY)
    before = BreakpointSet((ActionBreakpoint("block-weekends", "before"),))
    inspector.show_breakpoints(breakpoint_list(before, logins.sample.flow))
    assert tabs.tabText(number).strip() == "1"
    assert middle_of(tabs, number) == theme.colour(Role.DANGER)


def middle_of(tabs: QTabBar, number: int) -> QColor:
    """The colour of a tab's drawing."""
    return tabs.tabIcon(number).pixmap(16, 16).toImage().pixelColor(8, 8)


def test_everything_that_takes_the_keyboard_has_a_name(
    inspector: Inspector, logins: Logins, ask_colour: ActionSummary
) -> None:
    inspector.show_action(ask_colour)
    inspector.show_flow(flow_summary(logins.sample.flow))
    nameless = [
        one
        for one in inspector.findChildren(QWidget)
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and isinstance(one, QAbstractButton | QComboBox | QLineEdit)
        and not (one.accessibleName() or (isinstance(one, QAbstractButton) and one.text()))
        and one.objectName() != "qt_spinbox_lineedit"
    ]
    assert [one for one in nameless if one.isVisible()] == []


@pytest.mark.parametrize("choice", [SchemeChoice.LIGHT, SchemeChoice.DARK])
def test_long_names_at_200_percent_stay_inside(
    make_theme: Callable[..., Theme],
    styled: Callable[[Theme], None],
    show: Callable[..., None],
    logins: Logins,
    choice: SchemeChoice,
) -> None:
    theme = make_theme(choice, 200)
    styled(theme)
    inspector = Inspector(theme)
    show(inspector, 672, 900)
    flow, name = logins.sample.flow, "A name of exactly sixty characters, which is a great many ok"
    action = flow.actions[2].model_copy(update={"name": name, "code": f"actions/{'x' * 60}.js"})
    long = flow.model_copy(update={"actions": (action,)})
    facts = logins.sample.facts["ask-favourite-colour"]
    inspector.show_action(action_summary(long, action, facts, ActionSurroundings((PROBLEM,))))
    content = inspector.action.widget()
    assert content is not None
    assert content.width() <= inspector.action.viewport().width()
    assert not inspector.grab().isNull()
