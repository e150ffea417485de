"""validate tells every problem of a folder, a bundle or a flow in memory."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from checked_code import Code, flow_of, on_execute, on_execute_in_python
from loginwright_runtime.errors import Problem
from loginwright_runtime.flow.bundle import export_bundle
from loginwright_runtime.flow.folder import read_flow_folder
from loginwright_runtime.validation import validate

if TYPE_CHECKING:
    from pathlib import Path

    from loginwright_runtime.flow.model import Flow

ACTION = "exports.onExecutePostLogin = async (event, api) => {};\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "actions").mkdir()
    (tmp_path / "actions" / "a.js").write_text(ACTION)
    write_flow(tmp_path, {"id": "a", "name": "A", "code": "actions/a.js"})
    return tmp_path


def write_flow(folder: Path, *actions: dict[str, object]) -> None:
    flow = {"format": "loginwright/flow@1", "name": "Checked", "actions": list(actions)}
    (folder / "flow.json").write_text(json.dumps(flow))


def rules(problems: tuple[Problem, ...]) -> list[str]:
    return [problem.rule for problem in problems]


def test_a_sound_folder_has_no_problems(folder: Path) -> None:
    assert validate(folder) == ()
    assert validate(str(folder)) == ()


def test_problems_of_the_folder_come_before_those_of_the_code(folder: Path) -> None:
    (folder / "actions" / "a.js").write_text("let 1;")
    write_flow(folder, {"id": "a", "name": "A", "code": "actions/a.js", "colour": "red"})
    problems = validate(folder)
    assert rules(problems) == ["unknown-key", "syntax-error"]
    assert {problem.severity for problem in problems} == {"error"}


def test_a_folder_without_flow_is_one_problem(tmp_path: Path) -> None:
    assert rules(validate(tmp_path)) == ["missing-file"]
    assert rules(validate(tmp_path / "nothing")) == ["missing-flow"]


def test_a_bundle_is_checked_like_its_folder(folder: Path) -> None:
    (folder / "actions" / "a.js").write_text("exports.onExecutePostLogin = () => f(\n")
    bundle = folder / "checked.loginflow"
    bundle.write_bytes(export_bundle(read_flow_folder(folder)))
    assert validate(bundle) == validate(folder)
    assert rules(validate(bundle)) == ["syntax-error"]


def test_a_damaged_bundle_is_told_and_not_thrown(folder: Path) -> None:
    bundle = folder / "checked.loginflow"
    bundle.write_bytes(b"no bundle")
    problems = validate(bundle)
    assert [problem.severity for problem in problems] == ["error"]


def test_a_flow_in_memory_is_checked_as_if_it_stood_in_a_folder() -> None:
    many = [Code(ACTION, f"A{number}") for number in range(21)]
    assert rules(validate(flow_of(*many))) == ["too-many-actions"]
    long = Code(ACTION + "//" + "x" * 100_000)
    assert rules(validate(flow_of(long))) == ["code-too-large"]


def test_a_missing_file_is_told_once() -> None:
    flow = flow_of(Code(ACTION))
    gone = flow.model_copy(update={"files": {}})
    assert rules(validate(gone)) == ["missing-file"]


def test_problems_follow_the_order_of_the_actions() -> None:
    late = on_execute("  event.secrets.B;", "Zebra")
    first = on_execute("  event.secrets.C;\n  event.secrets.A;", "Yak")
    assert [(problem.file, problem.line) for problem in validate(flow_of(late, first))] == [
        ("actions/zebra.js", 2),
        ("actions/yak.js", 2),
        ("actions/yak.js", 3),
    ]


def broken_flow(*, enabled: bool) -> Flow:
    return flow_of(
        Code(ACTION),
        Code("let 1;", "Broken", enabled=enabled),
        Code("// nothing", "Empty", enabled=enabled),
    )


def test_errors_in_what_does_not_run_stop_nothing() -> None:
    assert [problem.severity for problem in validate(broken_flow(enabled=True))] == ["error"] * 2
    assert [problem.severity for problem in validate(broken_flow(enabled=False))] == ["warning"] * 2


def test_a_module_that_no_action_uses_stops_nothing() -> None:
    unused = validate(flow_of(Code(ACTION), files={"lib/x.js": "let 1;"}))
    assert [(problem.rule, problem.severity) for problem in unused] == [("syntax-error", "warning")]
    used = validate(flow_of(on_execute("  require('../lib/x');"), files={"lib/x.js": "let 1;"}))
    assert [(problem.rule, problem.severity) for problem in used] == [("syntax-error", "error")]


def test_the_same_code_under_two_ids_is_told_once() -> None:
    flow = flow_of(on_execute("  new Date().getDay();"))
    twice = (flow.actions[0], flow.actions[0].model_copy(update={"id": "again"}))
    assert rules(validate(flow.model_copy(update={"actions": twice}))) == ["local-day-in-utc"]


def test_a_known_secret_is_weighed_and_never_shown() -> None:
    code = on_execute(
        "  api.redirect.validateToken({ secret: event.secrets.KEY });", secrets=("KEY",)
    )
    weak = validate(flow_of(code), secrets={"action": {"KEY": "hunter2"}})
    assert rules(weak) == ["weak-redirect-secret"]
    assert "hunter2" not in str(weak)
    assert validate(flow_of(code), secrets={"action": {"KEY": "é" * 16}}) == ()
    assert validate(flow_of(code), secrets={"other": {"KEY": "hunter2"}}) == ()


def test_a_secret_in_code_is_never_shown() -> None:
    text = "AKIAIOSFODNN7ABCDEFG"
    problems = validate(flow_of(on_execute(f"  f('{text}', {{ apiKey: 'q1w2e3r4t5' }});")))
    assert rules(problems) == ["secret-in-code", "secret-in-code"]
    assert text not in str(problems)
    assert "q1w2e3r4t5" not in str(problems)


def test_further_checks_get_the_path_and_the_flow(folder: Path) -> None:
    told: list[tuple[Path, str | None]] = []

    def check(path: Path, flow: Flow | None) -> tuple[Problem, ...]:
        told.append((path, None if flow is None else flow.name))
        return (Problem("scenario", "error", "It is none.", "Write one."),)

    assert rules(validate(folder, extra_checks=[check])) == ["scenario"]
    (folder / "flow.json").write_text("[]")
    assert rules(validate(folder, extra_checks=[check]))[-1] == "scenario"
    assert told == [(folder, "Checked"), (folder, None)]


def test_every_problem_has_its_reason_and_its_remedy(folder: Path) -> None:
    (folder / "actions" / "a.js").write_text("event.secrets.A; api.x.y(); require('z');")
    for problem in validate(folder):
        assert problem.message.endswith(".")
        assert problem.remedy.endswith((".", "?"))
        assert problem.message != problem.remedy


def test_nothing_of_an_action_runs_and_no_file_of_it_is_loaded(tmp_path: Path) -> None:
    (tmp_path / "actions").mkdir()
    (tmp_path / "lib").mkdir()
    mark = tmp_path / "ran"
    script = f"require('fs').writeFileSync({str(mark)!r}, 'x');\n{ACTION}"
    snake = f"open({str(mark)!r}, 'w')\nimport lib.x\ndef on_execute_post_login(event, api): ...\n"
    (tmp_path / "actions" / "a.js").write_text(script)
    (tmp_path / "actions" / "b.py").write_text(snake)
    (tmp_path / "lib" / "x.py").write_text(f"open({str(mark)!r}, 'w')\n")
    write_flow(
        tmp_path,
        {"id": "a", "name": "A", "code": "actions/a.js"},
        {"id": "b", "name": "B", "code": "actions/b.py"},
    )
    assert validate(tmp_path) == ()
    assert not mark.exists()


def test_packages_that_an_export_would_refuse_are_warned_about(folder: Path) -> None:
    package = folder / "node_modules" / "left-pad"
    package.mkdir(parents=True)
    (package / "package.json").write_text('{"name": "left-pad", "version": "1.3.0"}')
    (problem,) = validate(folder)
    assert (problem.rule, problem.severity) == ("missing-lock", "warning")


def test_a_lock_that_cannot_be_read_is_told_once(folder: Path) -> None:
    (folder / "package-lock.json").write_text("{")
    (folder / "node_modules").mkdir()
    assert rules(validate(folder)) == ["invalid-json"]


@pytest.mark.parametrize(
    ("called", "message"),
    [
        ("api.idToken.setCustomClaim", "The api has no method idToken.setCustomClaim; "),
        ("api.id_token.set_claim", "The api has no method id_token.set_claim; "),
    ],
)
def test_a_method_that_python_does_not_have_is_told_in_pythons_spelling(
    called: str, message: str
) -> None:
    (problem,) = validate(flow_of(on_execute_in_python(f"{called}('https://a.example.com/x', 1)")))
    assert problem.message.startswith(message)
    assert problem.remedy == "Did you mean id_token.set_custom_claim?"
