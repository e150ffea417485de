from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from flow_folders import action, document, write_folder
from guards import child_processes
from loginwright_runtime.cli.early_worker import EarlyWorker
from loginwright_runtime.cli.parser import parse

if TYPE_CHECKING:
    from pathlib import Path


def early(*words: str) -> EarlyWorker:
    return EarlyWorker.for_command(*parse(words))


def test_a_worker_nobody_takes_is_ended(tmp_path: Path) -> None:
    before = child_processes()
    with early("run", str(write_folder(tmp_path))):
        assert len(child_processes() - before) == 1
    assert child_processes() == before


def test_a_worker_is_handed_over_once(tmp_path: Path) -> None:
    with early("run", str(write_folder(tmp_path))) as holder:
        node = holder.take()
        assert node is not None
        assert holder.take() is None
    node.process.discard()


@pytest.mark.parametrize("command", ["validate", "run"])
def test_none_is_started_where_none_will_be_needed(tmp_path: Path, command: str) -> None:
    flow = document(action(code="actions/colour.py"))
    folder = write_folder(tmp_path, flow, {"actions/colour.py": b""})
    before = child_processes()
    with early(command, str(folder)) as holder:
        assert child_processes() == before
        assert holder.take() is None


def test_none_is_started_for_a_flow_that_is_not_there(tmp_path: Path) -> None:
    with early("run", str(tmp_path / "none")) as holder:
        assert holder.take() is None
