"""Flow folders read from disk."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import IO

import pytest

from flow_folders import JAVASCRIPT, action, document, lock, package, write_files, write_folder
from loginwright_runtime.errors import FlowError, Problem
from loginwright_runtime.flow import source_files
from loginwright_runtime.flow.folder import read_flow_folder, validate_flow_folder
from loginwright_runtime.flow.source_files import MAX_FILE_BYTES, read_scenario_files


def problems_of(folder: Path) -> tuple[Problem, ...]:
    return validate_flow_folder(folder)[1]


def only_problem(folder: Path) -> Problem:
    (problem,) = problems_of(folder)
    return problem


def test_everything_that_runs_is_in_memory(tmp_path: Path) -> None:
    files = {
        "actions/colour.js": JAVASCRIPT,
        "actions/parts/words.json": b"{}",
        "lib/deep/er/shared.js": b"// shared",
        "lib/table.bin": b"\xff\x00",
        "package.json": b"{}",
        "package-lock.json": lock({}),
    }
    others = {
        "actions/.colour.js.swp": b"",
        "actions/__pycache__/roles.pyc": b"",
        "lib/.git/config": b"",
        ".env": b"SECRET=1",
        "README.md": b"",
        "scenarios/first.json": b"{}",
    }
    flow = read_flow_folder(write_folder(tmp_path, files={**files, **others}))
    assert flow.files == files
    assert flow.packages is None
    assert flow.version.startswith("sha256:")


def test_the_root_is_the_real_path_of_the_folder(tmp_path: Path) -> None:
    real = write_folder(tmp_path / "real")
    link = tmp_path / "link"
    link.symlink_to(real)
    assert read_flow_folder(link).root == real.resolve()


def test_warnings_alone_do_not_stop_a_flow(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, document(action(secrets=["A", "A"])))
    assert read_flow_folder(folder).actions[0].secrets == ("A",)


def test_a_faulty_folder_is_refused_with_every_problem(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, document(action(secrets=["A", "A"]), colour=1), {})
    with pytest.raises(FlowError) as refused:
        read_flow_folder(folder)
    assert sorted(problem.rule for problem in refused.value.problems) == [
        "duplicate-secret",
        "missing-file",
        "unknown-key",
    ]
    assert "$.colour: The key" in str(refused.value)


def test_a_faulty_folder_is_opened_as_far_as_it_can_be_read(tmp_path: Path) -> None:
    broken = document(action(), action("lost"), colour=1)
    flow, problems = validate_flow_folder(write_folder(tmp_path, broken))
    assert flow is not None
    assert [entry.id for entry in flow.actions] == ["colour", "lost"]
    assert flow.files == {"actions/colour.js": JAVASCRIPT}
    assert [problem.rule for problem in problems] == ["unknown-key", "missing-file"]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    problem = only_problem(tmp_path / "gone")
    assert problem.rule == "missing-folder"
    assert problem.file == str(tmp_path / "gone")


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert only_problem(tmp_path / "file").rule == "not-a-folder"


def test_a_folder_that_may_not_be_read_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_path: object) -> list[str]:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "listdir", refuse)
    problem = only_problem(tmp_path)
    assert problem.rule == "unreadable-folder"
    assert "Permission denied" in problem.message


def test_a_folder_without_flow_json_is_no_flow(tmp_path: Path) -> None:
    write_files(tmp_path, {"actions/x.js": b""})
    problem = only_problem(tmp_path)
    assert (problem.rule, problem.file) == ("missing-file", "flow.json")
    assert problem.message == f"There is no flow.json in {os.path.realpath(tmp_path)}."
    assert "loginwright new" in problem.remedy


def test_flow_json_may_not_be_a_link_out_of_the_folder(tmp_path: Path) -> None:
    outside = write_folder(tmp_path / "outside")
    folder = tmp_path / "flow"
    write_files(folder, {"actions/colour.js": JAVASCRIPT})
    (folder / "flow.json").symlink_to(outside / "flow.json")
    problem = only_problem(folder)
    assert (problem.rule, problem.file) == ("path-leaves-folder", "flow.json")


def test_broken_json_opens_nothing_and_names_its_place(tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    (folder / "flow.json").write_text('{\n  "format": }')
    flow, (problem,) = validate_flow_folder(folder)
    assert flow is None
    assert (problem.rule, problem.line, problem.column) == ("invalid-json", 2, 13)


# --- Links ----------------------------------------------------------------------------------------


def test_code_linked_from_outside_is_refused_at_its_place_in_flow_json(tmp_path: Path) -> None:
    (tmp_path / "secret.js").write_bytes(JAVASCRIPT)
    folder = write_folder(tmp_path / "flow", files={"lib/x.js": b""})
    (folder / "actions").mkdir()
    (folder / "actions/colour.js").symlink_to("../../secret.js")
    flow, (problem,) = validate_flow_folder(folder)
    assert (problem.rule, problem.file) == ("path-leaves-folder", "flow.json")
    assert (problem.path, problem.line) == ("$.actions[0].code", 8)
    assert flow is not None
    assert "actions/colour.js" not in flow.files


def test_a_library_linked_from_outside_is_refused(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "flow")
    (folder / "lib").mkdir()
    (folder / "lib/passwords").symlink_to("/etc/passwd")
    problem = only_problem(folder)
    assert (problem.rule, problem.file) == ("path-leaves-folder", "lib/passwords")


def test_a_link_may_not_reach_what_is_no_code(tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    (folder / ".env").write_text("SECRET=1")
    (folder / "actions/settings.json").symlink_to("../.env")
    problem = only_problem(folder)
    assert (problem.rule, problem.file) == ("path-leaves-folder", "actions/settings.json")
    assert "actions or lib" in problem.message


def test_a_folder_whose_name_begins_alike_is_outside(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, files={"actions/colour.js": JAVASCRIPT, "library/x.js": b""})
    (folder / "actions/x.js").symlink_to("../library/x.js")
    assert only_problem(folder).rule == "path-leaves-folder"


def test_a_link_among_the_code_counts_as_what_it_leads_to(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, files={"lib/colour.js": JAVASCRIPT})
    (folder / "actions").mkdir()
    (folder / "actions/colour.js").symlink_to("../lib/colour.js")
    assert read_flow_folder(folder).files["actions/colour.js"] == JAVASCRIPT


def test_a_link_that_leads_nowhere_is_a_missing_file(tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    (folder / "actions/gone.js").symlink_to("nowhere.js")
    problem = only_problem(folder)
    assert (problem.rule, problem.file) == ("missing-file", "actions/gone.js")


def test_a_link_to_itself_cannot_be_read(tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    (folder / "actions/loop.js").symlink_to("loop.js")
    problem = only_problem(folder)
    assert (problem.rule, problem.file) == ("unreadable-file", "actions/loop.js")


def test_a_linked_folder_is_not_followed(tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    (folder / "actions/again").symlink_to("../actions")
    problem = only_problem(folder)
    assert (problem.rule, problem.file) == ("linked-folder", "actions/again")


@pytest.mark.parametrize(
    ("target", "rule"), [("../outside", "path-leaves-folder"), ("code", "linked-folder")]
)
def test_the_folder_of_actions_is_no_link(tmp_path: Path, target: str, rule: str) -> None:
    write_files(tmp_path / "outside", {"colour.js": JAVASCRIPT})
    folder = write_folder(tmp_path / "flow", files={"code/colour.js": JAVASCRIPT})
    (folder / "actions").symlink_to(target)
    code = only_problem_of_code(folder)
    assert (code.rule, code.path) == (rule, "$.actions[0].code")


def only_problem_of_code(folder: Path) -> Problem:
    (problem,) = [found for found in problems_of(folder) if found.path is not None]
    return problem


def test_a_file_named_lib_is_no_folder(tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    (folder / "lib").write_text("x")
    problem = only_problem(folder)
    assert (problem.rule, problem.file) == ("not-a-folder", "lib")


# --- What is no plain file ------------------------------------------------------------------------


def test_a_pipe_is_refused_without_being_opened(tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    os.mkfifo(folder / "actions/pipe.js")
    problem = only_problem(folder)
    assert (problem.rule, problem.file) == ("not-a-file", "actions/pipe.js")


def test_a_name_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    Path(os.fsdecode(os.fsencode(folder / "actions") + b"/caf\xe9.js")).write_bytes(b"")
    problem = only_problem(folder)
    assert (problem.rule, problem.file) == ("invalid-name", "actions/caf\\udce9.js")
    str(problem).encode()


def test_a_file_beyond_all_measure_is_not_read(tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    with (folder / "actions/large.bin").open("wb") as file:
        file.truncate(MAX_FILE_BYTES + 1)
    problem = only_problem(folder)
    assert (problem.rule, problem.file) == ("file-too-large", "actions/large.bin")
    assert "16,000,001" in problem.message


@pytest.mark.parametrize("limit", ["MAX_FILES", "MAX_TOTAL_BYTES"])
def test_a_flow_beyond_all_measure_is_not_read_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    monkeypatch.setattr(source_files, limit, 3)
    names = [f"lib/{number}.js" for number in range(9)] + ["lib/deep/x.js"]
    files = dict.fromkeys(["actions/colour.js", *names], JAVASCRIPT)
    flow, problems = validate_flow_folder(write_folder(tmp_path, files=files))
    assert [(problem.rule, problem.file) for problem in problems] == [("flow-too-large", "lib")]
    assert flow is not None
    assert len(flow.files) <= 3


def test_a_folder_of_code_that_may_not_be_read_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_folder(tmp_path, files={"actions/colour.js": JAVASCRIPT, "lib/x/y.js": b""})
    listdir = os.listdir

    def refuse_one(path: str) -> list[str]:
        if str(path).endswith("lib/x"):
            raise PermissionError(13, "Permission denied")
        return listdir(path)

    monkeypatch.setattr(os, "listdir", refuse_one)
    problem = only_problem(folder)
    assert (problem.rule, problem.file) == ("unreadable-file", "lib/x")
    assert "Permission denied" in problem.message


# --- Packages -------------------------------------------------------------------------------------


def test_packages_stand_in_the_folder(tmp_path: Path) -> None:
    files = {"actions/colour.js": JAVASCRIPT, **package("node_modules/words")}
    flow = read_flow_folder(write_folder(tmp_path, files=files))
    assert flow.packages == flow.root == tmp_path.resolve()
    assert list(flow.files) == ["actions/colour.js"]


def test_a_package_linked_from_outside_is_refused(tmp_path: Path) -> None:
    write_files(tmp_path, package("outside"))
    files = {"actions/colour.js": JAVASCRIPT, **package("node_modules/words")}
    folder = write_folder(tmp_path / "flow", files=files)
    (folder / "node_modules/other").symlink_to("../../outside")
    problem = only_problem(folder)
    assert (problem.rule, problem.file) == ("path-leaves-folder", "node_modules/other")
    with pytest.raises(FlowError):
        read_flow_folder(folder)


@pytest.mark.parametrize("target", ["node_modules/words", "lib/words", "actions/colour.js"])
def test_a_package_may_be_linked_to_code_of_the_flow(tmp_path: Path, target: str) -> None:
    files = {
        "actions/colour.js": JAVASCRIPT,
        **package("node_modules/words"),
        **package("lib/words"),
    }
    folder = write_folder(tmp_path, files=files)
    (folder / "node_modules/other").symlink_to(f"../{target}")
    assert problems_of(folder) == ()


def test_the_links_of_npm_itself_are_passed_over(tmp_path: Path) -> None:
    files = {"actions/colour.js": JAVASCRIPT, "node_modules/.bin/.keep": b""}
    folder = write_folder(tmp_path, files=files)
    (folder / "node_modules/.bin/words").symlink_to("/usr/bin/env")
    assert problems_of(folder) == ()


@pytest.mark.parametrize("kind", ["link", "file"])
def test_node_modules_is_a_folder(tmp_path: Path, kind: str) -> None:
    folder = write_folder(tmp_path)
    if kind == "link":
        (folder / "node_modules").symlink_to("actions")
    else:
        (folder / "node_modules").write_text("x")
    problem = only_problem(folder)
    assert (problem.rule, problem.file) == ("linked-folder", "node_modules")


def test_a_pipe_among_packages_is_refused(tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    (folder / "node_modules/words").mkdir(parents=True)
    os.mkfifo(folder / "node_modules/words/pipe")
    problem = only_problem(folder)
    assert (problem.rule, problem.file) == ("not-a-file", "node_modules/words/pipe")


def test_a_package_file_with_a_name_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    (folder / "node_modules").mkdir()
    Path(os.fsdecode(os.fsencode(folder / "node_modules") + b"/caf\xe9")).write_bytes(b"")
    problem = only_problem(folder)
    assert (problem.rule, problem.file) == ("invalid-name", "node_modules/caf\\udce9")


def test_a_package_folder_that_may_not_be_read_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {"actions/colour.js": JAVASCRIPT, **package("node_modules/words")}
    folder = write_folder(tmp_path, files=files)
    scandir = os.scandir

    def refuse_one(path: Path | str) -> os._ScandirIterator[str]:
        if Path(path).name == "words":
            raise PermissionError(13, "Permission denied")
        return scandir(str(path))

    monkeypatch.setattr(os, "scandir", refuse_one)
    problem = only_problem(folder)
    assert (problem.rule, problem.file) == ("unreadable-file", "node_modules/words")


def test_a_package_file_that_may_not_be_read_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {"actions/colour.js": JAVASCRIPT, **package("node_modules/words")}
    folder = write_folder(tmp_path, files=files)
    opened = Path.open

    def refuse_one(path: Path, mode: str) -> IO[str] | IO[bytes]:
        if path.name == "index.js":
            raise PermissionError(13, "Permission denied")
        return opened(path, mode)

    monkeypatch.setattr(Path, "open", refuse_one)
    flow, (problem,) = validate_flow_folder(folder)
    assert flow is not None
    assert (problem.rule, problem.file) == ("unreadable-file", "node_modules/words/index.js")
    with pytest.raises(FlowError):
        read_flow_folder(folder)


# --- Scenarios ------------------------------------------------------------------------------------


def test_scenarios_are_read_sorted_and_only_from_their_folder(tmp_path: Path) -> None:
    files = {
        "scenarios/b.json": b"{}",
        "scenarios/a.json": json.dumps({"a": 1}).encode(),
        "scenarios/notes.md": b"",
        "scenarios/old/c.json": b"{}",
    }
    write_files(tmp_path, files)
    (tmp_path / "scenarios/linked.json").symlink_to("/etc/passwd")
    read = read_scenario_files(tmp_path.resolve())
    assert list(read.files) == ["scenarios/a.json", "scenarios/b.json"]
    assert [problem.rule for problem in read.problems.values()] == ["path-leaves-folder"]


def test_a_folder_without_scenarios_has_none(tmp_path: Path) -> None:
    assert read_scenario_files(tmp_path).files == {}


def test_folder_whose_path_is_no_text_is_refused_in_words_that_are(tmp_path: Path) -> None:
    flow, (problem,) = validate_flow_folder(tmp_path / "n\udcff")
    assert flow is None
    assert problem.rule == "invalid-name"
    assert problem.file is not None
    assert problem.file.endswith("n\\udcff")
