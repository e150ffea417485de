"""new, validate and export, which run no action."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from command_runs import write_json
from flow_folders import action, document, write_files, write_folder
from loginwright_runtime.cli.trusted_folders import trusted_folders
from loginwright_runtime.errors import Problem
from loginwright_runtime.flow.loading import load_flow
from loginwright_runtime.flow.sample_files import samples, templates
from platform_exports import exported, triggers, write_export

if TYPE_CHECKING:
    from command_runs import InProcess

READS_SECRET = b"""\
exports.onExecutePostLogin = async (event, api) => {
  api.idToken.setCustomClaim("https://my-app.example.com/k", event.secrets.API_KEY.length);
};
"""


def test_new_makes_a_flow_that_can_be_loaded(run: InProcess, tmp_path: Path) -> None:
    result = run("new", str(tmp_path / "customer-login"), "--json")
    assert result.status == 0
    assert result.document["name"] == "Customer login"
    assert result.document["actions"] == ["new-action"]
    assert load_flow(tmp_path / "customer-login").version == result.document["version"]


def test_new_remembers_that_the_folder_is_the_users_own(run: InProcess, tmp_path: Path) -> None:
    run("new", str(tmp_path / "mine"))
    assert str((tmp_path / "mine").resolve()) in trusted_folders()


def test_new_starts_around_existing_actions_and_declares_what_they_read(
    run: InProcess, tmp_path: Path
) -> None:
    write_files(
        tmp_path,
        {"Call api.js": READS_SECRET, "second.py": b"def on_execute_post_login(event, api): ...\n"},
    )
    result = run(
        "new",
        str(tmp_path / "flow"),
        "--from",
        str(tmp_path / "Call api.js"),
        str(tmp_path / "second.py"),
        "--json",
    )
    assert result.document["actions"] == ["call-api", "second"]
    assert result.document["secrets"] == ["API_KEY"]
    assert (tmp_path / "flow" / "actions" / "call-api.js").read_bytes() == READS_SECRET


HANDS_SECRETS_ON = b"""\
exports.onExecutePostLogin = async (event, api) => {
  const { KEY } = event.secrets;
  require('./client')(KEY, event.secrets);
};
"""


def test_new_says_where_it_cannot_tell_the_secrets_of_an_action(
    run: InProcess, tmp_path: Path
) -> None:
    write_files(tmp_path, {"call.js": HANDS_SECRETS_ON, "reads.js": READS_SECRET})
    given = ("--from", str(tmp_path / "call.js"), str(tmp_path / "reads.js"))
    result = run("new", str(tmp_path / "flow"), *given, "--json")
    assert result.document["secrets"] == ["API_KEY", "KEY"]
    problems = result.document["problems"]
    assert isinstance(problems, list)
    assert [
        problem | {"message": "", "remedy": ""} for problem in problems if isinstance(problem, dict)
    ] == [
        Problem("undeclared-secret", "warning", "", "", "actions/call.js", 3, 34).to_json(),
    ]
    told = run("new", str(tmp_path / "again"), *given)
    assert "at actions/call.js:3" in told.err
    assert told.status == 0


def test_new_makes_a_flow_of_an_exported_tenant(run: InProcess, tmp_path: Path) -> None:
    tenant = write_export(
        tmp_path / "tenant",
        exported("Call api", READS_SECRET, secrets=("API_KEY",), packages={"axios": "1.7.9"}),
        exported("Old idea"),
        triggers("Call api"),
    )
    result = run("new", str(tmp_path / "flow"), "--from", str(tenant), "--json")
    assert result.status == 0
    assert result.document["actions"] == ["call-api"]
    assert result.document["secrets"] == ["API_KEY"]
    assert result.document["packages"] == ["axios 1.7.9"]
    assert result.document["left_out"] == [{"name": "Old idea", "reason": "is bound to no trigger"}]
    assert load_flow(tmp_path / "flow").version == result.document["version"]
    assert str((tmp_path / "flow").resolve()) in trusted_folders()
    told = run("new", str(tmp_path / "again"), "--from", str(tenant))
    assert "left out: Old idea  is bound to no trigger" in told.out
    assert "needs the packages  axios 1.7.9" in told.out
    assert f"npm install --prefix {tmp_path / 'again'}" in told.out


@pytest.mark.parametrize("more", [("--template", "step-up"), ("--from", "other.js")])
def test_an_exported_tenant_is_a_flow_by_itself(
    run: InProcess, tmp_path: Path, more: tuple[str, str]
) -> None:
    tenant = write_export(tmp_path / "tenant", exported("Call api"), triggers("Call api"))
    result = run("new", str(tmp_path / "flow"), "--from", str(tenant), *more, "--json")
    assert result.status == 2
    assert [problem["rule"] for problem in result.problems] == ["unknown-export"]
    assert not (tmp_path / "flow").exists()


def test_an_export_as_yaml_is_answered_with_how_to_have_a_folder(
    run: InProcess, tmp_path: Path
) -> None:
    write_export(tmp_path, {"tenant.yaml": b"actions: []\n"})
    given = str(tmp_path / "tenant.yaml")
    problems = run("new", str(tmp_path / "flow"), "--from", given, "--json").problems
    assert problems[0]["file"] == given
    assert "--format=directory" in str(problems[0]["remedy"])


@pytest.mark.parametrize("name", sorted({*samples(), *templates()}))
def test_new_starts_from_every_template(run: InProcess, tmp_path: Path, name: str) -> None:
    result = run("new", str(tmp_path / "flow"), "--template", name)
    assert result.status == 0
    assert run("validate", str(tmp_path / "flow")).status == 0


def test_an_unknown_template_is_answered_with_what_there_is(run: InProcess, tmp_path: Path) -> None:
    problems = run("new", str(tmp_path / "flow"), "--template", "none", "--json").problems
    assert "step-up" in str(problems[0]["remedy"])


def test_new_touches_no_folder_that_is_in_use(run: InProcess, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    assert run("new", str(tmp_path)).status == 2
    assert [entry.name for entry in tmp_path.iterdir()] == ["notes.txt"]


def test_validate_has_nothing_against_a_sound_flow(run: InProcess, tmp_path: Path) -> None:
    result = run("validate", str(write_folder(tmp_path)), "--json")
    assert result.status == 0
    assert '"error"' not in result.out


def test_validate_names_an_error_with_its_place(run: InProcess, tmp_path: Path) -> None:
    folder = write_folder(
        tmp_path, None, {"actions/colour.js": b"exports.onExecutePostLogin = (;\n"}
    )
    result = run("validate", str(folder), "--json")
    assert result.status == 1
    problems = result.document["problems"]
    assert isinstance(problems, list)
    problem = problems[0]
    assert isinstance(problem, dict)
    assert set(problem) == {
        "rule",
        "severity",
        "file",
        "line",
        "column",
        "path",
        "message",
        "remedy",
    }
    assert (problem["severity"], problem["file"], problem["line"]) == (
        "error",
        "actions/colour.js",
        1,
    )
    assert "actions/colour.js:1:" in run("validate", str(folder)).out


def test_validate_looks_at_scenarios_too(run: InProcess, tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    write_json(folder / "scenarios" / "x.json", {"format": "loginwright/scenario@1", "nme": "x"})
    result = run("validate", str(folder))
    assert result.status == 1
    assert "scenarios/x.json" in result.out


def test_validate_of_nothing_is_bad_input(run: InProcess, tmp_path: Path) -> None:
    assert run("validate", str(tmp_path / "none"), "--json").problems[0]["rule"] == "missing-flow"


def test_export_writes_a_bundle_that_can_be_loaded(run: InProcess, tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "flow", document(action(secrets=["B", "A"])))
    bundle = tmp_path / "flow.loginflow"
    told = run("export", str(folder), "-o", str(bundle), "--json").document
    assert told == {
        "file": str(bundle),
        "version": load_flow(bundle).version,
        "size": bundle.stat().st_size,
        "secrets": ["A", "B"],
        "members": ["actions/colour.js", "bundle.json", "flow.json"],
    }


def test_the_same_flow_gives_the_same_bundle(run: InProcess, tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "flow")
    for name in ("one", "two"):
        assert run("export", str(folder), "-o", str(tmp_path / name)).status == 0
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_scenarios_go_along_only_when_asked(run: InProcess, tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "flow")
    write_json(folder / "scenarios" / "x.json", {"format": "loginwright/scenario@1"})
    out = ("-o", str(tmp_path / "flow.loginflow"), "--json")
    without = run("export", str(folder), *out).document["members"]
    with_them = run("export", str(folder), "--with-scenarios", *out).document["members"]
    assert isinstance(without, list)
    assert isinstance(with_them, list)
    assert {*with_them} - {*without} == {"scenarios/x.json"}


@pytest.mark.parametrize("own", ["flow.json", "lib/x.js", "lib/new.loginflow"])
def test_export_writes_over_no_file_of_the_flow(run: InProcess, tmp_path: Path, own: str) -> None:
    folder = write_folder(tmp_path / "flow", None, {"lib/x.js": b""})
    before = (folder / "flow.json").read_bytes()
    (problem,) = run("export", str(folder), "-o", str(folder / own), "--json").problems
    assert problem["rule"] == "unwritable-file"
    assert (folder / "flow.json").read_bytes() == before


def test_broken_code_is_not_exported(run: InProcess, tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "flow", None, {"actions/colour.js": b"exports.x = (;\n"})
    out = tmp_path / "flow.loginflow"
    assert run("export", str(folder), "-o", str(out), "--json").problems[0]["line"] == 1
    assert not out.exists()


def test_a_bundle_that_cannot_be_written_is_told(run: InProcess, tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "flow")
    target = tmp_path / "none" / "flow.loginflow"
    problems = run("export", str(folder), "-o", str(target), "--json").problems
    assert problems[0]["file"] == str(target)
    assert list(tmp_path.iterdir()) == [folder]


def test_what_is_no_flow_is_told(run: InProcess, tmp_path: Path) -> None:
    (tmp_path / "flow.loginflow").write_bytes(b"PK nothing")
    for name in ("flow.loginflow", "none"):
        problems = run("export", str(tmp_path / name), "-o", "x", "--json").problems
        assert problems[0]["remedy"]


def test_json_that_is_printed_can_be_read_anywhere(run: InProcess, tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "flow", document(action(), name="Löst 日本"))
    result = run("export", str(folder), "-o", str(tmp_path / "x"), "--json")
    assert json.loads(result.out)["file"] == str(Path(tmp_path / "x"))
