from __future__ import annotations

from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from login_bench import a_flow
from loginwright_runtime.cli.scenario_rows import junit, row_of
from loginwright_runtime.errors import Problem
from loginwright_runtime.simulation import Difference, ScenarioFile, UnusableScenario
from loginwright_runtime.testing import ScriptedAction
from scenario_bench import a_scenario, asking, nothing, played

RESULT = row_of(
    ScenarioFile("scenarios/a.json", a_scenario()),
    UnusableScenario((Problem("x", "error", "Wrong.", "Mend it.", path="$.resume[0]"),)),
    strict=False,
)


def test_a_scenario_that_could_not_be_run_is_invalid() -> None:
    assert RESULT.to_json() == {
        "name": "First login",
        "file": "scenarios/a.json",
        "status": "invalid",
        "ok": False,
        "differences": [{"path": "$.resume[0]", "expected": "Mend it.", "got": "Wrong."}],
        "duration_ms": 0.0,
    }


async def test_strict_takes_a_warning_for_a_difference() -> None:
    actions = {"one": asking("idToken.setCustomClaim", "plain", 1)}
    run, _host = await played(a_flow("one"), actions, a_scenario())
    entry = ScenarioFile("scenarios/a.json", a_scenario())
    assert row_of(entry, run, strict=False).ok
    strict = row_of(entry, run, strict=True)
    assert [difference.path for difference in strict.differences] == ["$.warnings"]


async def test_strict_leaves_warnings_alone_that_the_scenario_judges_itself() -> None:
    scenario = a_scenario(expect={"warnings": []})
    run, _host = await played(a_flow("one"), {"one": ScriptedAction(nothing)}, scenario)
    assert row_of(ScenarioFile("scenarios/a.json", scenario), run, strict=True).ok


@given(st.text(), st.text())
def test_the_report_is_always_xml(name: str, got: str) -> None:
    entry = row_of(
        ScenarioFile(f"scenarios/{name}.json", a_scenario(name=name or "x")),
        UnusableScenario((Problem("x", "error", got, "Mend it."),)),
        strict=False,
    )
    root = ElementTree.fromstring(junit(name, [entry]))
    assert root.find("testsuite/testcase/failure") is not None


def test_the_report_counts() -> None:
    root = ElementTree.fromstring(junit("Flow", [RESULT, RESULT]))
    assert (root.attrib["tests"], root.attrib["failures"]) == ("2", "2")


def test_long_values_are_cut_for_people() -> None:
    long = Difference("$.a", "x" * 1000, None)
    from dataclasses import replace

    lines = list(replace(RESULT, differences=(long,)).lines())
    assert max(len(line) for line in lines) < 450
    assert lines[2] == "  got      null"
