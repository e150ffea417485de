"""New flow folders."""

from __future__ import annotations

import resource
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from flow_folders import JAVASCRIPT, PYTHON, action, document, package, write_files, write_folder
from loginwright_runtime.errors import FlowError
from loginwright_runtime.flow.folder import read_flow_folder
from loginwright_runtime.flow.new import create_flow
from loginwright_runtime.flow.source_files import read_scenario_files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from loginwright_runtime.flow.model import Flow, Language


def rules_of(path: Path, **arguments: object) -> list[str]:
    before = sorted(path.rglob("*")) if path.is_dir() else None
    with pytest.raises(FlowError) as refused:
        create_flow(path, name="New", **arguments)  # type: ignore[arg-type] # one at a time
    assert (sorted(path.rglob("*")) if path.is_dir() else None) == before
    return [problem.rule for problem in refused.value.problems]


@contextmanager
def files_up_to(size: int) -> Iterator[None]:
    """Let no file grow larger, as on a disk that is full."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def code_file(folder: Path, name: str, code: bytes = JAVASCRIPT) -> Path:
    write_files(folder, {name: code})
    return folder / name


def ids(flow: Flow) -> list[str]:
    return [entry.id for entry in flow.actions]


def test_a_new_flow_has_one_blank_action_with_both_handlers(tmp_path: Path) -> None:
    flow = create_flow(tmp_path / "new", name="Customer login")
    assert flow == read_flow_folder(tmp_path / "new")
    assert flow.name == "Customer login"
    (entry,) = flow.actions
    assert (entry.language, entry.enabled) == ("javascript", True)
    source = flow.source(entry).decode()
    assert "exports.onExecutePostLogin = async (event, api) => {" in source
    assert "exports.onContinuePostLogin = async (event, api) => {" in source


def test_an_empty_folder_will_do(tmp_path: Path) -> None:
    assert create_flow(tmp_path, name="New").root == tmp_path.resolve()


def test_a_folder_with_anything_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / ".hidden").write_text("x")
    assert rules_of(tmp_path) == ["folder-not-empty"]


def test_a_file_in_the_place_of_the_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert rules_of(tmp_path / "file") == ["not-a-folder"]


def test_a_folder_that_may_not_be_read_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_path: object) -> list[str]:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("os.listdir", refuse)
    assert rules_of(tmp_path / "new") == ["unreadable-folder"]


def test_a_flow_needs_a_name(tmp_path: Path) -> None:
    with pytest.raises(FlowError):
        create_flow(tmp_path / "new", name=" ")
    assert not (tmp_path / "new").exists()


# --- Around existing actions ----------------------------------------------------------------------


def test_existing_actions_are_taken_as_they_are(tmp_path: Path) -> None:
    odd = b"\xef\xbb\xbf// caf\xc3\xa9\r\nexports.onExecutePostLogin=()=>{}"
    files = [
        code_file(tmp_path, "Favourite Colour.js", odd),
        code_file(tmp_path, "add_roles.py", PYTHON),
        code_file(tmp_path, "block.cjs"),
    ]
    flow = create_flow(tmp_path / "new", name="New", code_files=files)
    assert ids(flow) == ["favourite-colour", "add-roles", "block"]
    assert [entry.name for entry in flow.actions] == ["Favourite Colour", "Add roles", "Block"]
    assert [entry.language for entry in flow.actions] == ["javascript", "python", "javascript"]
    assert dict(flow.files) == {
        "actions/favourite-colour.js": odd,
        "actions/add-roles.py": PYTHON,
        "actions/block.cjs": JAVASCRIPT,
    }
    assert files[0].read_bytes() == odd


def test_files_of_one_name_get_ids_of_their_own(tmp_path: Path) -> None:
    files = [
        code_file(tmp_path / "a", "code.js", b"1"),
        code_file(tmp_path / "b", "code.js", b"2"),
        code_file(tmp_path / "b", "code.py", b"3"),
        code_file(tmp_path / "b", "-.js", b"4"),
    ]
    flow = create_flow(tmp_path / "new", name="New", code_files=files)
    assert ids(flow) == ["code", "code-2", "code-3", "action"]
    assert [flow.source(entry) for entry in flow.actions] == [b"1", b"2", b"3", b"4"]
    assert flow.actions[3].name == "Action"


def test_secrets_that_the_code_reads_are_declared(tmp_path: Path) -> None:
    files = [code_file(tmp_path, "a.js"), code_file(tmp_path, "b.py", PYTHON)]

    def secrets(language: Language, code: bytes) -> list[str]:
        assert code == (JAVASCRIPT if language == "javascript" else PYTHON)
        return [f"KEY_{language}", "A", "A", "no name"]

    flow = create_flow(tmp_path / "new", name="New", code_files=files, secrets=secrets)
    assert [entry.secrets for entry in flow.actions] == [
        ("KEY_javascript", "A"),
        ("KEY_python", "A"),
    ]


def test_secrets_may_be_told_by_path(tmp_path: Path) -> None:
    files = [code_file(tmp_path, "a.js"), code_file(tmp_path, "b.js")]
    flow = create_flow(
        tmp_path / "new", name="New", code_files=files, secrets={files[1]: {"SECRET"}}
    )
    assert [entry.secrets for entry in flow.actions] == [(), ("SECRET",)]


def test_every_file_that_cannot_be_taken_is_named_and_nothing_written(tmp_path: Path) -> None:
    files = [
        code_file(tmp_path, "good.js"),
        code_file(tmp_path, "action.ts"),
        tmp_path / "gone.js",
        tmp_path,
    ]
    with pytest.raises(FlowError) as refused:
        create_flow(tmp_path / "new", name="New", code_files=files)
    assert [(problem.rule, problem.file) for problem in refused.value.problems] == [
        ("unknown-language", str(files[1])),
        ("missing-file", str(files[2])),
        ("unreadable-file", str(files[3])),
    ]
    assert not (tmp_path / "new").exists()


def test_code_beyond_100_kb_is_not_taken(tmp_path: Path) -> None:
    large = code_file(tmp_path, "large.js", b" " * 100_001)
    assert rules_of(tmp_path / "new", code_files=[large]) == ["code-too-large"]


# --- From a template ------------------------------------------------------------------------------


def test_a_template_folder_is_copied_under_the_new_name(tmp_path: Path) -> None:
    template = write_folder(
        tmp_path / "template",
        document(action(secrets=["A"]), settings={"custom_claims": "any"}),
        {
            "actions/colour.js": JAVASCRIPT,
            "lib/x.js": b"1",
            "package.json": b"{}",
            "scenarios/first.json": b"{}",
            ".env": b"SECRET=1",
            **package("node_modules/words"),
        },
    )
    flow = create_flow(tmp_path / "new", name="Mine", template=template)
    assert (flow.name, flow.settings.custom_claims) == ("Mine", "any")
    assert (flow.actions[0].secrets, flow.packages) == (("A",), None)
    assert set(flow.files) == {"actions/colour.js", "lib/x.js", "package.json"}
    assert read_scenario_files(tmp_path / "new").files == {"scenarios/first.json": b"{}"}
    assert not (tmp_path / "new" / ".env").exists()


def test_actions_come_after_those_of_a_template(tmp_path: Path) -> None:
    template = write_folder(tmp_path / "template")
    extra = [code_file(tmp_path, "colour.js", b"extra")]
    flow = create_flow(tmp_path / "new", name="Mine", template=template, code_files=extra)
    assert ids(flow) == ["colour", "colour-2"]
    assert flow.source(flow.actions[0]) == JAVASCRIPT
    assert flow.source(flow.actions[1]) == b"extra"


def test_a_template_may_be_the_code_of_one_action(tmp_path: Path) -> None:
    template = code_file(tmp_path, "require-mfa.py", PYTHON)
    flow = create_flow(tmp_path / "new", name="Mine", template=template)
    assert ids(flow) == ["require-mfa"]
    assert flow.source(flow.actions[0]) == PYTHON


def test_a_template_without_actions_gets_a_blank_one(tmp_path: Path) -> None:
    template = write_folder(tmp_path / "template", document(), {"lib/x.js": b"1"})
    flow = create_flow(tmp_path / "new", name="Mine", template=template)
    assert ids(flow) == ["new-action"]
    assert set(flow.files) == {"actions/new-action.js", "lib/x.js"}


def test_a_faulty_template_is_refused(tmp_path: Path) -> None:
    template = write_folder(tmp_path / "template", document(colour=1))
    assert rules_of(tmp_path / "new", template=template) == ["unknown-key"]


def test_a_template_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert rules_of(tmp_path / "new", template=tmp_path / "gone.js") == ["missing-file"]


@pytest.mark.parametrize(
    ("code", "rule"), [(b"\xff\xfe", "not-utf-8"), (b"/" * 100_001, "code-too-large")]
)
def test_code_that_no_flow_can_hold_is_named_by_its_own_path(
    tmp_path: Path, code: bytes, rule: str
) -> None:
    file = code_file(tmp_path, "odd.js", code)
    with pytest.raises(FlowError) as refused:
        create_flow(tmp_path / "new", name="New", code_files=[file])
    (problem,) = refused.value.problems
    assert (problem.rule, problem.file) == (rule, str(file))
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("exists", [True, False])
def test_full_disk_leaves_nothing_behind(tmp_path: Path, *, exists: bool) -> None:
    folder = tmp_path / "new"
    if exists:
        folder.mkdir()
    with files_up_to(16), pytest.raises(FlowError) as refused:
        create_flow(folder, name="New")
    (problem,) = refused.value.problems
    assert (problem.rule, problem.file) == (
        "unwritable-file",
        str(folder / "actions/new-action.js"),
    )
    assert folder.exists() == exists
    assert not exists or not list(folder.iterdir())


def test_scenario_for_which_there_is_no_room_leaves_nothing_behind(tmp_path: Path) -> None:
    template = write_folder(tmp_path / "template", document(action("one")), {"actions/one.js": b""})
    write_files(template, {"scenarios/long.json": b" " * 5_000})
    with files_up_to(4_096), pytest.raises(FlowError) as refused:
        create_flow(tmp_path / "new", name="New", template=template)
    assert refused.value.problems[0].file == str(tmp_path / "new" / "scenarios/long.json")
    assert not (tmp_path / "new").exists()


def test_folder_whose_path_is_no_text_is_not_made(tmp_path: Path) -> None:
    assert rules_of(tmp_path / "n\udcff") == ["invalid-name"]
