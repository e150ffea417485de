"""Flows loaded from wherever they stand."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from flow_folders import write_folder
from loginwright_runtime.errors import FlowError, Problem
from loginwright_runtime.flow import loading
from loginwright_runtime.flow.bundle import export_bundle
from loginwright_runtime.flow.folder import read_flow_folder
from loginwright_runtime.flow.loading import load_flow


def only_problem(path: Path) -> Problem:
    with pytest.raises(FlowError) as refused:
        load_flow(path)
    (problem,) = refused.value.problems
    return problem


def test_a_folder_is_loaded(tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    assert load_flow(folder) == load_flow(str(folder)) == read_flow_folder(folder)


def test_a_bundle_is_loaded_whatever_it_is_called(tmp_path: Path) -> None:
    flow = read_flow_folder(write_folder(tmp_path / "flow"))
    for name in ("x.loginflow", "x.zip", "x"):
        (tmp_path / name).write_bytes(export_bundle(flow))
        assert load_flow(tmp_path / name).version == flow.version


def test_a_damaged_bundle_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.loginflow").write_bytes(b"PK\x03\x04")
    problem = only_problem(tmp_path / "x.loginflow")
    assert (problem.rule, problem.file) == ("bundle-structure", "x.loginflow")


def test_nothing_there_is_named(tmp_path: Path) -> None:
    problem = only_problem(tmp_path / "gone")
    assert (problem.rule, problem.file) == ("missing-flow", str(tmp_path / "gone"))
    assert "folder" in problem.remedy


def test_a_file_that_is_no_bundle_is_named(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("hello")
    assert only_problem(tmp_path / "notes.txt").rule == "not-a-bundle"


def test_flow_json_stands_for_no_flow_by_itself(tmp_path: Path) -> None:
    problem = only_problem(write_folder(tmp_path) / "flow.json")
    assert problem.rule == "not-a-flow"
    assert problem.remedy == "Name the folder that holds it."


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert only_problem(tmp_path / "pipe").rule == "not-a-flow"


def test_a_file_that_may_not_be_read_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.loginflow"
    path.write_bytes(b"")

    def refuse(_path: Path, _mode: str) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    problem = only_problem(path)
    assert problem.rule == "unreadable-file"
    assert "Permission denied" in problem.message


def test_a_file_larger_than_any_bundle_is_not_read_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "_MAX_BUNDLE_BYTES", 10)
    (tmp_path / "x.loginflow").write_bytes(b"PK\x03\x04" + bytes(7))
    assert only_problem(tmp_path / "x.loginflow").rule == "bundle-too-large"


IMPORTS = """
import sys
import pydantic, orjson
class Model(pydantic.BaseModel): pass
before = set(sys.modules)
import loginwright_runtime.flow.loading
added = {name for name in set(sys.modules) - before if not name.startswith("loginwright")}
print(*sorted({name.partition(".")[0] for name in added}))
"""


def test_loading_brings_in_little_beside_itself() -> None:
    run = subprocess.run(
        [sys.executable, "-c", IMPORTS], capture_output=True, text=True, check=True, timeout=60
    )
    allowed = {"__future__", "binascii", "hashlib", "json", "secrets", "shutil", "stat", "struct"}
    loaded = set(run.stdout.split())
    assert loaded <= allowed | {"_hashlib", "_blake2", "_json", "_struct", "unicodedata"}
