"""Flows written back."""

from __future__ import annotations

import difflib
import os
import stat
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flow_folders import JAVASCRIPT, PYTHON, action, document, write_folder
from loginwright_runtime.errors import FlowError
from loginwright_runtime.flow.flow_files import assemble
from loginwright_runtime.flow.folder import read_flow_folder
from loginwright_runtime.flow.migrations import flow_history
from loginwright_runtime.flow.model import Action, Flow, FlowSettings
from loginwright_runtime.flow.writing import flow_json, replace_file, write_flow_folder

if TYPE_CHECKING:
    from pathlib import Path


def a_flow(**update: object) -> Flow:
    entry = Action(
        id="colour",
        name="Ask for a favourite colour",
        code="actions/colour.js",
        language="javascript",
        secrets=("MY_SHARED_SECRET",),
    )
    files = {"actions/colour.js": JAVASCRIPT, "lib/deep/shared.js": b"// shared"}
    flow = Flow(name="Café login", actions=(entry,), files=files, version="")
    return flow.model_copy(update=update)


def names_below(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}


def test_flow_json_reads_as_contract_shows_it() -> None:
    expected = """\
{
  "format": "loginwright/flow@1",
  "name": "Café login",
  "trigger": "post-login",
  "settings": {
    "custom_claims": "uri",
    "profile_writes": "end"
  },
  "actions": [
    {
      "id": "colour",
      "name": "Ask for a favourite colour",
      "code": "actions/colour.js",
      "language": "javascript",
      "enabled": true,
      "secrets": [
        "MY_SHARED_SECRET"
      ]
    }
  ]
}
"""
    assert flow_json(a_flow()).decode() == expected


def test_turning_an_action_off_changes_one_line() -> None:
    flow = a_flow()
    off = flow.actions[0].model_copy(update={"enabled": False})
    before = flow_json(flow).decode().splitlines()
    after = flow_json(flow.model_copy(update={"actions": (off,)})).decode().splitlines()
    changed = [line for line in difflib.ndiff(before, after) if line[0] in "+-"]
    assert changed == ['-       "enabled": true,', '+       "enabled": false,']


NAMES = st.text(min_size=1).filter(lambda text: bool(text.strip()))
ACTIONS = st.builds(
    Action,
    id=st.from_regex(r"[a-z0-9][a-z0-9-]{0,63}", fullmatch=True),
    name=NAMES,
    code=st.sampled_from(["actions/a.js", "actions/b.py", "lib/c.cjs"]),
    language=st.sampled_from(["javascript", "python"]),
    enabled=st.booleans(),
    secrets=st.lists(
        st.from_regex(r"[A-Za-z_][A-Za-z0-9_-]{0,127}", fullmatch=True), unique=True, max_size=3
    ).map(tuple),
)
FLOWS = st.builds(
    Flow,
    name=NAMES,
    settings=st.builds(FlowSettings),
    actions=st.lists(ACTIONS, max_size=4, unique_by=lambda entry: entry.id).map(tuple),
    files=st.just({"actions/a.js": b"", "actions/b.py": b"", "lib/c.cjs": b""}),
    version=st.just("sha256:"),
)


@given(FLOWS)
def test_what_is_written_is_read_back(flow: Flow) -> None:
    read = assemble(flow_json(flow), flow.files, {}, flow_history())
    assert read.problems == ()
    assert read.flow == flow
    assert flow_json(read.flow) == flow_json(flow)


def test_a_written_folder_is_the_same_flow(tmp_path: Path) -> None:
    write_flow_folder(a_flow(), tmp_path / "new" / "flow")
    flow = read_flow_folder(tmp_path / "new" / "flow")
    assert flow.model_copy(update={"version": "", "root": None}) == a_flow()


def written(path: Path) -> tuple[int, ...]:
    """Return what writing a file would change; when it was read last does not count."""
    seen = path.stat()
    return seen.st_ino, seen.st_mode, seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns


def test_writing_back_what_was_read_changes_nothing(tmp_path: Path) -> None:
    write_flow_folder(a_flow(), tmp_path)
    before = {path: written(path) for path in tmp_path.rglob("*")}
    write_flow_folder(read_flow_folder(tmp_path), tmp_path)
    assert {path: written(path) for path in tmp_path.rglob("*")} == before


def test_other_files_stay_where_they_are(tmp_path: Path) -> None:
    write_folder(tmp_path, files={"actions/colour.js": b"old", "actions/note.md": b"", ".env": b""})
    write_flow_folder(a_flow(), tmp_path)
    assert names_below(tmp_path) == {
        ".env",
        "actions/colour.js",
        "actions/note.md",
        "flow.json",
        "lib/deep/shared.js",
    }
    assert (tmp_path / "actions/colour.js").read_bytes() == JAVASCRIPT


def test_files_that_left_the_flow_leave_the_folder(tmp_path: Path) -> None:
    before = a_flow()
    write_flow_folder(before, tmp_path)
    (tmp_path / "actions/mine.js").write_bytes(b"")
    after = a_flow(files={"actions/colour.js": PYTHON})
    write_flow_folder(after, tmp_path, previous=before)
    assert names_below(tmp_path) == {"actions/colour.js", "actions/mine.js", "flow.json"}


def test_a_file_that_left_the_folder_already_is_no_matter(tmp_path: Path) -> None:
    before = a_flow()
    write_flow_folder(a_flow(files={}), tmp_path, previous=before)
    assert names_below(tmp_path) == {"flow.json"}


def test_the_rights_of_a_file_stay(tmp_path: Path) -> None:
    write_folder(tmp_path, document(action()))
    (tmp_path / "actions/colour.js").chmod(0o640)
    write_flow_folder(a_flow(files={"actions/colour.js": b"new"}), tmp_path)
    assert stat.S_IMODE((tmp_path / "actions/colour.js").stat().st_mode) == 0o640


def test_a_link_is_replaced_and_what_it_led_to_stays(tmp_path: Path) -> None:
    (tmp_path / "outside.js").write_bytes(b"precious")
    folder = tmp_path / "flow"
    (folder / "actions").mkdir(parents=True)
    (folder / "actions/colour.js").symlink_to(tmp_path / "outside.js")
    write_flow_folder(a_flow(), folder)
    assert (tmp_path / "outside.js").read_bytes() == b"precious"
    assert not (folder / "actions/colour.js").is_symlink()


@pytest.mark.parametrize("name", ["../x.js", "/lw-x.js", "lib/../../x.js", "linked/x.js"])
def test_nothing_is_written_outside_the_folder(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "flow"
    folder.mkdir()
    (folder / "linked").symlink_to(tmp_path)
    flow = a_flow(files={"actions/colour.js": b"", name: b"x"})
    with pytest.raises(FlowError) as refused:
        write_flow_folder(flow, folder)
    assert [problem.rule for problem in refused.value.problems] == ["path-leaves-folder"]
    assert names_below(tmp_path) == set()


def test_nothing_is_removed_outside_the_folder(tmp_path: Path) -> None:
    (tmp_path / "x.js").write_bytes(b"precious")
    with pytest.raises(FlowError, match="leaves the flow folder"):
        write_flow_folder(a_flow(), tmp_path / "flow", previous=a_flow(files={"../x.js": b""}))
    assert (tmp_path / "x.js").exists()


def test_a_file_in_the_place_of_a_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "actions").write_text("x")
    with pytest.raises(FlowError) as refused:
        write_flow_folder(a_flow(), tmp_path)
    (problem,) = refused.value.problems
    assert (problem.rule, problem.file) == ("unwritable-file", "actions/colour.js")


def test_a_folder_in_the_place_of_a_removed_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "lib/x.js").mkdir(parents=True)
    with pytest.raises(FlowError) as refused:
        write_flow_folder(a_flow(), tmp_path, previous=a_flow(files={"lib/x.js": b""}))
    (problem,) = refused.value.problems
    assert (problem.rule, problem.file) == ("unwritable-file", "lib/x.js")


def test_a_write_that_breaks_off_leaves_the_old_file_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "flow.json").write_bytes(b"old")

    def full_disk(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(FlowError, match="No space left on device"):
        replace_file(tmp_path, "flow.json", b"new")
    assert names_below(tmp_path) == {"flow.json"}
    assert (tmp_path / "flow.json").read_bytes() == b"old"


def test_flow_json_is_written_last(tmp_path: Path) -> None:
    write_flow_folder(a_flow(), tmp_path)
    (tmp_path / "flow.json").write_bytes(b"old")
    (tmp_path / "lib/deep/shared.js").unlink()
    (tmp_path / "lib/deep/shared.js").mkdir()
    with pytest.raises(FlowError):
        write_flow_folder(a_flow(), tmp_path)
    assert (tmp_path / "flow.json").read_bytes() == b"old"
