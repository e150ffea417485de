from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

from flow_folders import write_files, write_folder
from loginwright_runtime.errors import FlowError, ScenarioError
from loginwright_runtime.flow.bundle import export_bundle
from loginwright_runtime.flow.loading import load_flow
from loginwright_runtime.simulation import (
    Scenario,
    find_scenario,
    list_scenarios,
    load_scenario,
    pick_scenario,
    scenario_file_name,
    write_scenario,
)

if TYPE_CHECKING:
    from pathlib import Path


def scenario(name: str, **members: object) -> bytes:
    return json.dumps({"format": "loginwright/scenario@1", "name": name, **members}).encode()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A flow folder with three scenarios."""
    flow = write_folder(tmp_path / "flow")
    write_files(
        flow / "scenarios",
        {
            "first-login.json": scenario("First login"),
            "second.json": scenario("first-login"),
            "third.json": scenario("Again"),
        },
    )
    return flow


def test_scenarios_are_listed_by_file(folder: Path) -> None:
    assert [entry.file for entry in list_scenarios(folder)] == [
        "scenarios/first-login.json",
        "scenarios/second.json",
        "scenarios/third.json",
    ]


def test_scenarios_stand_in_the_order_in_which_people_count(folder: Path, tmp_path: Path) -> None:
    for number in (10, 2):
        write_scenario(folder, f"scenarios/first-login-{number}.json", Scenario(name="x"))
    in_order = ["first-login", "first-login-2", "first-login-10", "second", "third"]
    assert [entry.stem for entry in list_scenarios(folder)] == in_order
    contents = {entry.file: entry.content for entry in list_scenarios(folder)}
    bundle = tmp_path / "flow.loginflow"
    bundle.write_bytes(export_bundle(load_flow(folder), scenarios=contents))
    assert [entry.stem for entry in list_scenarios(bundle)] == in_order


def test_an_unusable_file_is_listed_with_its_problem(folder: Path) -> None:
    (folder / "scenarios" / "broken.json").write_text("{")
    broken = list_scenarios(folder)[0]
    assert broken.scenario is None
    assert broken.problems[0].rule == "invalid-json"


def test_a_link_out_of_the_folder_is_not_followed(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "outside.json").write_bytes(scenario("Outside"))
    (folder / "scenarios" / "link.json").symlink_to(tmp_path / "outside.json")
    linked = next(entry for entry in list_scenarios(folder) if entry.stem == "link")
    assert linked.scenario is None
    assert linked.problems[0].rule == "path-leaves-folder"


def test_scenarios_of_a_bundle_are_listed_too(folder: Path, tmp_path: Path) -> None:
    contents = {entry.file: entry.content for entry in list_scenarios(folder)}
    bundle = tmp_path / "flow.loginflow"
    bundle.write_bytes(export_bundle(load_flow(folder), scenarios=contents))
    assert list_scenarios(bundle) == list_scenarios(folder)


def test_what_is_no_plain_file_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.loginflow")
    with pytest.raises(FlowError) as refused:
        list_scenarios(tmp_path / "pipe.loginflow")
    assert refused.value.problems[0].rule == "not-a-flow"


def test_the_files_stem_goes_before_a_name(folder: Path) -> None:
    found = pick_scenario(list_scenarios(folder), "first-login")
    assert found.usable().name == "First login"


def test_a_scenario_is_found_by_its_name(folder: Path) -> None:
    assert pick_scenario(list_scenarios(folder), "Again").stem == "third"


def test_an_ambiguous_name_is_refused(folder: Path) -> None:
    (folder / "scenarios" / "fourth.json").write_bytes(scenario("Again"))
    with pytest.raises(ScenarioError, match=r"fourth\.json, scenarios/third\.json"):
        pick_scenario(list_scenarios(folder), "Again")


def test_an_unknown_name_is_answered_with_what_there_is(folder: Path) -> None:
    known = list_scenarios(folder)
    assert find_scenario(known, "nothing") is None
    with pytest.raises(ScenarioError, match="first-login, second, third"):
        pick_scenario(known, "nothing")


def test_a_scenario_is_written_and_found_again(folder: Path) -> None:
    file = scenario_file_name("Löst: the twist!")
    write_scenario(folder, file, Scenario(name="Löst: the twist!"))
    assert load_scenario(folder / file).usable().name == "Löst: the twist!"
    assert pick_scenario(list_scenarios(folder), "Löst: the twist!").file == file


def test_a_file_of_a_newer_format_is_never_overwritten(folder: Path) -> None:
    newer = b'{"format": "loginwright/scenario@2"}'
    (folder / "scenarios" / "newer.json").write_bytes(newer)
    with pytest.raises(ScenarioError, match="loginwright/scenario@2"):
        write_scenario(folder, "scenarios/newer.json", Scenario(name="Mine"))
    assert (folder / "scenarios" / "newer.json").read_bytes() == newer


@pytest.mark.parametrize(
    "file",
    ["../x.json", "scenarios/../a.json", "x.json", "scenarios/a/b.json", "scenarios/x.js"],
)
def test_a_scenario_is_written_only_where_scenarios_stand(folder: Path, file: str) -> None:
    with pytest.raises(ScenarioError, match="directly below"):
        write_scenario(folder, file, Scenario(name="Mine"))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError) as missing:
        load_scenario(tmp_path / "missing.json")
    assert missing.value.problems[0].file == str(tmp_path / "missing.json")


def test_a_name_is_looked_for_beside_a_file_that_cannot_be_used(folder: Path) -> None:
    (folder / "scenarios" / "broken.json").write_text("{")
    known = list_scenarios(folder)
    assert find_scenario(known, "nothing") is None
    assert pick_scenario(known, "Again").stem == "third"


def test_a_flow_without_scenarios_says_so() -> None:
    with pytest.raises(ScenarioError) as refused:
        pick_scenario([], "first-login")
    assert refused.value.problems[0].remedy == "The flow has no scenarios."
