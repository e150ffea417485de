"""Problems are read, opened and fixed, with mouse and keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest

from loginwright_designer.panels.bottom.problem_rows import ProblemCounts, problem_place
from loginwright_designer.panels.bottom.problems import ProblemsPanel
from loginwright_runtime.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from lane_samples import Sample
    from loginwright_designer.theme.theme import Theme

UNDECLARED = Problem(
    "undeclared-secret",
    "warning",
    '"block-weekends" does not declare the secret API_KEY, so it reads undefined.',
    'Add "API_KEY" to the secrets of "block-weekends" in flow.json.',
    "actions/block-weekends.js",
    3,
)
MFA = Problem(
    "mfa-after-redirect",
    "warning",
    "MFA is asked for after a redirect.",
    "Ask for MFA in an earlier action.",
    "actions/ask-favourite-colour.js",
    34,
)
SYNTAX = Problem(
    "syntax-error", "error", "Unexpected end.", "Correct it.", "actions/add-roles-to-tokens.js", 5
)
NO_FILE = Problem("missing-lock", "warning", "There is no lock.", "Run npm install.")


def fixes(problem: Problem) -> str:
    """Only the undeclared secret has a fix."""
    return "Declare API_KEY" if problem is UNDECLARED else ""


@pytest.fixture
def panel(qtbot: QtBot, make_theme: Callable[..., Theme], sample: Sample) -> ProblemsPanel:
    """The four problems on the screen, given in the wrong order."""
    panel = ProblemsPanel(make_theme())
    qtbot.addWidget(panel)
    panel.resize(900, 240)
    with qtbot.waitExposed(panel):
        panel.show()
    panel.show_problems([NO_FILE, MFA, UNDECLARED, SYNTAX], sample.flow, fixes)
    return panel


@pytest.fixture
def opened(panel: ProblemsPanel) -> list[Problem]:
    """The problems whose place was asked for."""
    problems: list[Problem] = []
    panel.problem_opened.connect(problems.append)
    return problems


@pytest.fixture
def fixed(panel: ProblemsPanel) -> list[Problem]:
    """The problems whose fix was asked for."""
    problems: list[Problem] = []
    panel.fix_requested.connect(problems.append)
    return problems


def part(panel: ProblemsPanel, row: int, name: str) -> QPoint:
    """Where a part of a row can be pressed."""
    model = panel.list.model()
    assert model is not None
    index = model.index(row, 0)
    place = panel.list.visualRect(index)
    y = place.center().y()
    return next(
        QPoint(x, y)
        for x in range(place.right(), place.left(), -4)
        if panel.pressed_part(index, place.toRectF(), QPoint(x, y)) == name
    )


def said(panel: ProblemsPanel) -> list[str]:
    """What a screen reader says of each row."""
    tree = QAccessible.queryAccessibleInterface(panel.list)
    assert tree is not None
    return [tree.child(row).text(QAccessible.Text.Name) for row in range(tree.childCount())]


def test_errors_come_first_then_the_order_of_the_flow(panel: ProblemsPanel) -> None:
    assert said(panel) == [
        "Error, Unexpected end., syntax-error, Add roles to tokens : 5, Correct it.",
        (
            f"Warning, {UNDECLARED.message}, undeclared-secret, Block weekends : 3, "
            f"{UNDECLARED.remedy}, Alt+Enter: Declare API_KEY"
        ),
        (
            "Warning, MFA is asked for after a redirect., mfa-after-redirect, "
            "Ask favourite colour : 34, Ask for MFA in an earlier action."
        ),
        "Warning, There is no lock., missing-lock, Run npm install.",
    ]
    assert panel.counts == ProblemCounts(1, 3)
    assert panel.counts.words == "1 error, 3 warnings"


def test_f8_goes_round(panel: ProblemsPanel, opened: list[Problem]) -> None:
    for _ in range(5):
        panel.next_problem()
    assert opened == [SYNTAX, UNDECLARED, MFA, NO_FILE, SYNTAX]


def test_link_opens_and_button_fixes(
    panel: ProblemsPanel, opened: list[Problem], fixed: list[Problem]
) -> None:
    view, left = panel.list.viewport(), Qt.MouseButton.LeftButton
    QTest.mouseClick(view, left, pos=part(panel, 1, "link"))
    QTest.mouseClick(view, left, pos=part(panel, 1, "fix"))
    assert (opened, fixed) == ([UNDECLARED], [UNDECLARED])


def test_keys_open_and_fix(
    panel: ProblemsPanel, opened: list[Problem], fixed: list[Problem]
) -> None:
    panel.next_problem()
    panel.next_problem()
    opened.clear()
    QTest.keyClick(panel.list, Qt.Key.Key_Return)
    QTest.keyClick(panel.list, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(panel.list, Qt.Key.Key_Down)
    QTest.keyClick(panel.list, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    assert (opened, fixed) == ([UNDECLARED], [UNDECLARED])


def test_menu_offers_what_the_row_offers(panel: ProblemsPanel, fixed: list[Problem]) -> None:
    panel.next_problem()
    panel.next_problem()
    menu = panel.menu_of(panel.list.currentIndex())
    assert menu is not None
    assert [one.text() for one in menu.actions()] == ["Open", "Declare API_KEY", "", "Copy"]
    menu.actions()[1].trigger()
    menu.actions()[3].trigger()
    assert fixed == [UNDECLARED]
    assert QGuiApplication.clipboard().text() == f"{UNDECLARED}\n"


def test_keyboard_stays_on_a_problem_that_stays(panel: ProblemsPanel, sample: Sample) -> None:
    panel.next_problem()
    panel.next_problem()
    panel.show_problems([UNDECLARED, MFA], sample.flow, fixes)
    assert panel.current is UNDECLARED


def test_no_problems_say_so(panel: ProblemsPanel, sample: Sample) -> None:
    counts: list[ProblemCounts] = []
    panel.counts_changed.connect(counts.append)
    panel.show_problems([], sample.flow)
    assert panel.empty.isVisible()
    assert counts == [ProblemCounts()]
    assert panel.next_problem() is None


def test_place_is_what_people_call_it(sample: Sample) -> None:
    assert problem_place(MFA, sample.flow) == "Ask favourite colour : 34"
    assert problem_place(MFA, None) == "actions/ask-favourite-colour.js : 34"
    assert problem_place(NO_FILE, sample.flow) == ""
