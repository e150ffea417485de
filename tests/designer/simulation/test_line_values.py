"""Values stand beside the lines that gave them, and never beside a line that has not run."""

from __future__ import annotations

from loginwright_designer.simulation.line_values import values_beside

CODE = """\
const other = (payload) => payload;
exports.onContinuePostLogin = async (event, api) => {
  const payload = api.redirect.validateToken();
  let count = 0;
  for (const name of Object.keys(payload)) {
    count += 1;
    console.log(name, "payload");
  }
  count = 99;
};
""".splitlines()


def test_a_value_stands_beside_the_line_that_gave_it_and_beside_the_next_one() -> None:
    shown = values_beside(CODE, 7, {"payload": "{a: 1}", "count": "1", "name": '"a"'})
    assert shown == {3: "payload = {a: 1}", 6: "count = 1", 7: 'name = "a"'}


def test_nothing_stands_beside_a_line_below() -> None:
    assert 9 not in values_beside(CODE, 6, {"count": "0"})
    assert values_beside(CODE, 6, {"count": "0"}) == {6: "count = 0"}


def test_names_of_another_function_are_left_alone() -> None:
    assert values_beside(CODE, 4, {"payload": "1"}) == {3: "payload = 1"}
    assert values_beside(CODE, 3, {"payload": "not initialised yet"}) == {
        3: "payload = not initialised yet"
    }


def test_a_long_value_is_cut_and_stays_on_one_line() -> None:
    shown = values_beside(CODE, 4, {"payload": "x\n" * 500})
    assert "\n" not in shown[3]
    assert len(shown[3]) < 200


def test_a_line_that_is_not_there_has_no_values() -> None:
    assert values_beside(CODE, 99, {"payload": "1"}) == {}
