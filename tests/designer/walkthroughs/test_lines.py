"""Stopping on lines of code in the window: where it stands, what it holds, and asking it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from loginwright_designer.canvas.lane_model import CARD_ROLE
from loginwright_designer.simulation import states
from loginwright_runtime.debugging import ExceptionBreakpoint, LineBreakpoint
from loginwright_runtime.transaction.outcome import Allowed
from source_tree import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from designer_driver import Driver
    from loginwright_designer.canvas.lane_state import LaneCard

SAMPLE = ROOT / "resources" / "samples" / "customer-login"
COLOUR = "actions/ask-favourite-colour.js"


def paused_at(desk: Driver, line: int) -> None:
    """Wait until code stands at a line and everything of it is read."""
    desk.until(
        lambda: (
            isinstance(desk.state, states.Paused)
            and desk.state.line == line
            and not desk.flow.session.paused_code.is_reading
        )
    )
    desk.turn()


def to_line_34(desk: Driver) -> None:
    """Set a breakpoint on the line of validateToken by keys, run, answer, go on."""
    desk.flow.code.open_action("ask-favourite-colour")
    desk.window.open_editor(focus=True)
    desk.press("Ctrl+G")
    desk.type("34")
    desk.press("Return", "F9", "F5")
    desk.until_state(states.Away)
    desk.press("Ctrl+Return")
    desk.until_state(states.Paused)
    desk.press("F5")
    paused_at(desk, 34)


def lane_card(desk: Driver, action: str) -> LaneCard:
    """What a card on the lane shows."""
    model = desk.views.lane.model()
    cards: list[LaneCard] = [model.index(row, 0).data(CARD_ROLE) for row in range(model.rowCount())]
    return next(card for card in cards if card.action == action)


def rows_of(desk: Driver) -> list[str]:
    """The variables as they are read out."""
    tree = desk.views.inspector.variables.tree
    model = tree.model()
    said: list[str] = []
    for number in range(model.rowCount()):
        scope = model.index(number, 0)
        said.append(str(scope.data()))
        said += [str(model.index(row, 0, scope).data()) for row in range(model.rowCount(scope))]
    return said


def test_a_breakpoint_set_by_a_key_stops_on_its_line(start: Callable[..., Driver]) -> None:
    desk = start()
    to_line_34(desk)
    assert desk.status().startswith("Paused at line 34")
    assert "line 34" in desk.status()
    said = rows_of(desk)
    assert said[0].startswith("Local")
    assert any(row.startswith("payload, ") for row in said)
    stack = desk.views.inspector.variables.stack
    assert stack.isVisible()
    assert stack.list.count() == 1
    desk.picture("line-34")

    desk.press("F10")
    paused_at(desk, 38)
    assert any(row.startswith("payload, ") and row.endswith(", new") for row in rows_of(desk))
    editor = desk.flow.code.editor(COLOUR)
    assert editor is not None
    assert editor.view.marks.values[38].startswith("payload = {")
    changes = desk.views.inspector.changes
    desk.press("F10")
    paused_at(desk, 39)
    assert "line 39" in desk.status()
    assert desk.flow.session.login.record is not None
    desk.picture("line-39")
    assert changes is not None

    desk.press("F5")
    desk.until_state(states.Finished)
    assert not stack.isVisible()


def test_expressions_watches_and_a_variable_that_is_set(start: Callable[..., Driver]) -> None:
    desk = start()
    to_line_34(desk)
    desk.press("F10")
    paused_at(desk, 38)
    variables, console = desk.views.inspector.variables, desk.views.bottom.console

    desk.flow.debug.focus_console()
    desk.type("payload.favorite_color")
    desk.press("Return")
    desk.until(lambda: console.shown_lines > 0)
    assert "teal" in str(console.list.model().index(console.shown_lines - 1, 0).data())

    variables.watch.field.setFocus()
    desk.type("payload.favorite_color.length")
    desk.press("Return")
    desk.until(lambda: "payload.favorite_color.length, 4" in rows_of(desk))

    paused = desk.flow.session.paused_code
    scope = next(one for one in paused.scopes if one.title == "Local")
    paused.set_value(scope.key, ("payload",), "({favorite_color: 'mauve'})")
    desk.until(lambda: "payload.favorite_color.length, 5, changed" in rows_of(desk))
    desk.press("F5")
    desk.until_state(states.Finished)
    outcome = desk.flow.session.login.outcome
    assert isinstance(outcome, Allowed)
    assert outcome.user is not None
    assert outcome.user["user_metadata"] == {"favorite_color": "mauve"}


def test_pointing_at_a_name_tells_what_it_holds(start: Callable[..., Driver]) -> None:
    desk = start()
    to_line_34(desk)
    desk.press("F10")
    paused_at(desk, 38)
    editor = desk.flow.code.editor(COLOUR)
    assert editor is not None
    line = editor.text().splitlines()[37]
    editor.go_to(38, line.index("payload.favorite_color") + len("payload.fav"))
    editor.assistance.explain_cursor()
    desk.until(lambda: 'payload.favorite_color = "teal"' in editor.assistance.card.text)


def test_what_is_thrown_is_said_above_the_code(start: Callable[..., Driver]) -> None:
    desk = start()
    desk.flow.session.set_breakpoints(
        desk.flow.session.breakpoints.added(ExceptionBreakpoint(caught=True)).added(
            LineBreakpoint(COLOUR, 34)
        )
    )
    desk.press("F5")
    desk.until_state(states.Away)
    login = desk.flow.session.login
    assert login.away is not None
    reply = desk.flow.session.inputs().scenario.resume[0]  # type: ignore[union-attr]  # it has one
    login.answer(reply.model_copy(update={"body": {"session_token": "no token"}}), run=True)
    paused_at(desk, 34)
    desk.press("F5")
    desk.until(lambda: desk.views.exception_bar.isVisible())
    assert "session token" in desk.views.exception_bar.words
    assert "nothing catches it" in desk.views.exception_bar.words
    desk.picture("thrown")


def test_a_condition_is_typed_under_its_line_and_kept_for_the_next_start(
    start: Callable[..., Driver],
) -> None:
    desk = start()
    desk.flow.code.open_action("ask-favourite-colour")
    desk.window.open_editor(focus=True)
    editor = desk.flow.code.editor(COLOUR)
    assert editor is not None
    editor.go_to(38)
    desk.press("Shift+F9")
    assert desk.focus_name() == "Stop at line 38 if"
    desk.type('payload.favorite_color === "mauve"')
    desk.picture("condition")
    desk.press("Return")
    assert editor.view.gutter.words_about(38) == (
        'conditional breakpoint, if payload.favorite_color === "mauve"'
    )
    assert "conditional breakpoint" in editor.words_about(38)
    editor.breakpoint_editing.edit("log", 39)
    desk.type("colour {payload.favorite_color}")
    desk.press("Return")
    desk.flow.session.set_watches(("payload",))
    desk.press("Ctrl+F5")
    desk.until_state(states.Finished)
    console = desk.views.bottom.console
    model = console.list.model()
    said = [str(model.index(row, 0).data()) for row in range(model.rowCount())]
    assert any("colour teal" in row for row in said)
    desk.close()

    again = start()
    assert {one.line for one in again.flow.session.breakpoints.lines_of(COLOUR)} == {38, 39}
    assert again.flow.session.paused_code.watches == ("payload",)
    again.flow.code.open_action("ask-favourite-colour")
    again.window.open_editor(focus=True)
    editor = again.flow.code.editor(COLOUR)
    assert editor is not None
    assert editor.view.breakpoint_marks[39].kind == "log"
    editor.go_to(39)
    editor.breakpoint_editing.turn()
    assert editor.view.gutter.words_about(39).endswith("turned off")
    again.picture("kinds")


def test_the_menu_of_a_line_runs_to_it(start: Callable[..., Driver]) -> None:
    desk = start()
    desk.flow.code.open_action("ask-favourite-colour")
    desk.window.open_editor(focus=True)
    editor = desk.flow.code.editor(COLOUR)
    assert editor is not None
    menu = editor.breakpoint_editing.menu(12)
    assert [one.text() for one in menu.actions() if one.text()] == [
        "Set breakpoint",
        "Edit condition…",
        "Edit hit count…",
        "Edit log message…",
        "Run to line",
    ]
    menu.actions()[-1].trigger()
    paused_at(desk, 12)
    editor.go_to(21)
    desk.press("Ctrl+F10")
    paused_at(desk, 21)


def test_coverage_is_measured_and_stands_beside_the_code(start: Callable[..., Driver]) -> None:
    desk = start()
    desk.flow.code.open_action("ask-favourite-colour")
    desk.window.open_editor(focus=True)
    desk.press("Down")  # no key of an earlier desk is held any more: one card is selected
    desk.views.lane.select("ask-favourite-colour")
    desk.turn()
    desk.press("Ctrl+K")
    desk.type("Measure line coverage")
    desk.press("Return")
    desk.until(lambda: not desk.flow.coverage.runs.is_running)
    desk.turn()
    editor = desk.flow.code.editor(COLOUR)
    assert editor is not None
    marks = editor.view.marks
    assert {marks.coverage[line] for line in (12, 21, 34, 38)} == {"ran"}
    assert 13 not in marks.coverage
    assert "First login" in editor.view.gutter.words_about(34)
    desk.until(lambda: desk.shows("of 7 lines", desk.views.inspector))
    card = lane_card(desk, "ask-favourite-colour")
    assert card.lines is not None
    assert (card.lines.reached, card.lines.total) == (7, 7)
    assert "First login" in card.lines.words
    desk.picture("coverage")
    menu = desk.flow.coverage.menu(COLOUR, 34)
    first = next(one for one in menu.actions() if one.text() == "First login")
    menu.deleteLater()
    first.trigger()
    desk.turn()
    assert desk.views.grid.table.hasFocus()
    row = desk.views.grid.table.currentIndex()
    assert row.siblingAtColumn(1).data() == "First login"
    desk.until(lambda: not desk.flow.scenarios.runs.is_running)
    desk.press("Ctrl+1")
    desk.flow.code.open_action("ask-favourite-colour")
    desk.window.open_editor(focus=True)
    editor.go_to(12)
    desk.press("Ctrl+End")
    editor.setFocus()
    desk.type("// edited")
    assert editor.view.marks.coverage == {}
    desk.turn()
    assert lane_card(desk, "ask-favourite-colour").lines is None


def test_time_goes_back_line_by_line_where_lines_were_recorded(
    start: Callable[..., Driver],
) -> None:
    desk = start()
    desk.press("Ctrl+K")
    desk.type("Record every line")
    desk.press("Return", "Ctrl+F5")
    desk.until_state(states.Finished)
    login = desk.flow.session.login
    number = next(cell.number for cell in login.steps.cells if cell.line == 39 and cell.is_line)
    login.look_at(number)
    desk.turn()
    said = rows_of(desk)
    assert any(row.startswith("payload, ") and "set by line 34" in row for row in said)
    editor = desk.flow.code.editor(COLOUR)
    assert editor is not None
    assert editor.view.marks.values[34].startswith("payload = ")
    assert "line 39" in desk.status()
    stack = desk.views.inspector.variables.stack
    assert stack.isVisible()
    assert [stack.list.item(row).text() for row in range(stack.list.count())] == [
        "exports.onContinuePostLogin   ask-favourite-colour.js:39"
    ]
    desk.picture("recorded")
    desk.press("Alt+Left", "Alt+Left")
    assert isinstance(desk.state, states.Past)
    assert desk.state.step == number - 2
    desk.press("Esc")
    desk.until_state(states.Finished)


HOSTILE = """
exports.onExecutePostLogin = async (event, api) => {
  const angry = new Proxy({}, {
    get() { throw new Error("get"); },
    ownKeys() { throw new Error("ownKeys"); },
    getPrototypeOf() { throw new Error("getPrototypeOf"); },
  });
  const huge = "x".repeat(5_000_000);
  const wide = Array.from({ length: 200_000 }, (_, index) => ({ index }));
  const cyclic = { wide };
  cyclic.self = cyclic;
  Object.prototype.toString = () => { throw new Error("toString"); };
  Object.defineProperty(cyclic, "trap", { get() { for (;;) {} }, enumerable: true });
  for (let turn = 0; turn < 3000; turn += 1) console.log("flood", turn, cyclic === angry);
  let here = 1;
  while (here) { debugger; here += 1; }
};
"""


def test_a_hostile_action_cannot_hang_the_window(
    start: Callable[..., Driver], tmp_path: Path
) -> None:
    folder = tmp_path / "flow"
    shutil.copytree(SAMPLE, folder)
    file = "actions/block-weekends.js"
    (folder / file).write_text(HOSTILE)
    desk = start(folder)
    desk.flow.session.setting.trust.trust(folder)
    desk.flow.session.secrets.generate("MY_SHARED_SECRET")
    desk.flow.session.set_breakpoints(desk.flow.session.breakpoints.added(LineBreakpoint(file, 15)))
    desk.flow.session.set_watches(("angry.anything", "cyclic", "huge", "wide"))
    desk.press("F5")
    paused_at(desk, 15)
    said = rows_of(desk)
    assert any(row.startswith("angry, ") for row in said)
    assert any(row.startswith("cyclic, ") for row in said)
    assert all(len(row) < 5_000 for row in said)
    tree = desk.views.inspector.variables.tree
    model = tree.model()
    local = next(
        model.index(row, 0)
        for row in range(model.rowCount())
        if str(model.index(row, 0).data()).startswith("Local")
    )
    for row in range(model.rowCount(local)):
        tree.expand(model.index(row, 0, local))
    desk.turn()
    desk.press("F5")
    desk.until(lambda: isinstance(desk.state, states.Paused) and desk.state.line == 16)
    desk.flow.session.login.stop()
    desk.until_state(states.Failed)
