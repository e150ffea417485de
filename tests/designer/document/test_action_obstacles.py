"""What keeps an action from running here is said with what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from designer_drafts import sample_draft
from loginwright_designer.document.action_obstacles import missing_node, obstacle_of
from loginwright_runtime.errors import Problem
from loginwright_runtime.hosts.node_command import find_node

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from loginwright_runtime.flow.model import Flow

FLOW = sample_draft().flow
BLOCK, MFA, ASK = FLOW.actions[:3]


def without_code(flow: Flow, file: str) -> Flow:
    """The flow after somebody deleted a file of it."""
    files = {name: content for name, content in flow.files.items() if name != file}
    return flow.model_copy(update={"files": files})


def test_where_there_is_a_node_nothing_is_in_the_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGINWRIGHT_NODE", find_node() or "")
    node = missing_node()
    assert node is None
    assert [obstacle_of(FLOW, action, (), node) for action in FLOW.actions] == [None] * 4


def test_without_a_node_javascript_cannot_run_and_python_can(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("LOGINWRIGHT_NODE", str(tmp_path / "node"))
    node = missing_node()
    assert node is not None
    assert node.short == "Cannot run: no Node"
    assert str(tmp_path / "node") in node.message
    assert 'pip install "loginwright[node]"' in node.remedy
    said = [obstacle_of(FLOW, action, (), node) for action in FLOW.actions]
    assert said == [node, None, node, node]


def test_an_action_without_its_file_says_which_one() -> None:
    flow = without_code(FLOW, ASK.code)
    gone = Problem(
        "missing-file",
        "error",
        f"There is no file {ASK.code}.",
        "Create the file, or correct the path.",
        "flow.json",
        29,
        path="$.actions[2].code",
    )
    obstacle = obstacle_of(flow, ASK, (gone,), None)
    assert obstacle is not None
    assert (obstacle.short, obstacle.message) == ("Cannot run: no file", gone.message)
    assert (obstacle.remedy, obstacle.problem) == (gone.remedy, gone)
    assert obstacle_of(flow, BLOCK, (gone,), None) is None
