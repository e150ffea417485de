from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from flow_folders import action, document, write_files, write_folder
from loginwright_runtime.flow.loading import load_flow
from loginwright_runtime.simulation import scenario_problems

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_folder(tmp_path, document(action(secrets=["SHARED"])))


def problems(folder: Path, *scenarios: dict[str, object]) -> list[tuple[str, str | None]]:
    """Return rule and file of every problem of these scenarios."""
    write_files(
        folder / "scenarios",
        {
            f"s{number}.json": json.dumps({"format": "loginwright/scenario@1", **members}).encode()
            for number, members in enumerate(scenarios)
        },
    )
    found = scenario_problems(folder, load_flow(folder))
    return [(problem.rule, problem.file) for problem in found]


def test_sound_scenarios_have_no_problems(folder: Path) -> None:
    token = {"$token": {"secret": "SHARED"}}
    assert problems(folder, {"name": "a", "resume": [{"query": {"t": token}}]}, {"name": "b"}) == []


def test_a_file_that_cannot_be_read_is_a_problem(folder: Path) -> None:
    assert problems(folder, {"nme": "a"}) == [("unknown-key", "scenarios/s0.json")]


def test_an_event_no_login_can_have_is_a_problem(folder: Path) -> None:
    assert problems(folder, {"event": {"user": 1}}) == [("invalid-event", "scenarios/s0.json")]


def test_a_secret_nobody_declares_is_a_problem(folder: Path) -> None:
    token = {"$token": {"secret": "OTHER"}}
    found = problems(folder, {"resume": [{"query": {"t": token}}]})
    assert found == [("unknown-secret", "scenarios/s0.json")]


def test_two_scenarios_of_one_name_are_a_problem(folder: Path) -> None:
    found = problems(folder, {"name": "a"}, {"name": "a"})
    assert found == [("duplicate-scenario-name", "scenarios/s1.json")]
