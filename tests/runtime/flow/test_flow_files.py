"""What is refused in ``flow.json``, and how it is told."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flow_folders import JAVASCRIPT, PYTHON, action, document
from loginwright_runtime.flow.flow_files import MAX_FLOW_FILE_BYTES, ReadFlow, assemble
from loginwright_runtime.flow.migrations import flow_history
from loginwright_runtime.flow.model import FlowSettings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import JsonValue

    from loginwright_runtime.errors import Problem
    from loginwright_runtime.flow.model import Action, Flow

FILES = {"actions/colour.js": JAVASCRIPT, "actions/roles.py": PYTHON, "lib/shared.js": b""}


def read(flow: JsonValue, files: Mapping[str, bytes] = FILES) -> ReadFlow:
    return assemble(json.dumps(flow, indent=2).encode(), files, {}, flow_history())


def only_problem(flow: JsonValue, files: Mapping[str, bytes] = FILES) -> Problem:
    (problem,) = read(flow, files).problems
    return problem


def only_action(flow: JsonValue) -> Action:
    (entry,) = opened(flow).actions
    return entry


def opened(flow: JsonValue) -> Flow:
    read_flow = read(flow).flow
    assert read_flow is not None
    return read_flow


def test_everything_that_is_said_is_read() -> None:
    result = read(
        document(
            action(secrets=["MY_SHARED_SECRET"], enabled=False, language="javascript"),
            action("roles", code="actions/roles.py"),
            trigger="post-login",
            settings={"custom_claims": "any", "profile_writes": "each-leg"},
        )
    )
    assert result.problems == ()
    assert result.flow is not None
    assert result.flow.name == "Customer login"
    assert result.flow.settings == FlowSettings(custom_claims="any", profile_writes="each-leg")
    colour, roles = result.flow.actions
    assert (colour.id, colour.name, colour.language) == ("colour", "Colour", "javascript")
    assert (colour.enabled, colour.secrets) == (False, ("MY_SHARED_SECRET",))
    assert (roles.language, roles.enabled, roles.secrets) == ("python", True, ())
    assert result.flow.enabled_actions == (roles,)
    assert result.flow.source(roles) == PYTHON


def test_the_defaults_are_the_rules_of_the_seed() -> None:
    flow = opened(document())
    assert flow.settings == FlowSettings(custom_claims="uri", profile_writes="end")
    assert flow.trigger == "post-login"


def test_an_action_without_a_name_is_called_by_its_id() -> None:
    entry = action()
    del entry["name"]
    assert read(document(entry)).problems == ()
    assert only_action(document(entry)).name == "colour"


def test_one_piece_of_code_may_stand_under_two_ids() -> None:
    again = action("colour-again", code="actions/colour.js")
    assert read(document(action(), again)).problems == ()


@pytest.mark.parametrize(
    ("suffix", "language"), [(".js", "javascript"), (".cjs", "javascript"), (".py", "python")]
)
def test_the_language_is_told_by_the_suffix(suffix: str, language: str) -> None:
    code = f"actions/colour{suffix}"
    result = read(document(action(code=code)), {code: b""})
    assert result.problems == ()
    assert result.flow is not None
    assert result.flow.actions[0].language == language


def test_a_language_that_is_said_goes_before_the_suffix() -> None:
    files = {"actions/colour.txt": b""}
    entry = action(code="actions/colour.txt", language="python")
    result = read(document(entry), files)
    assert result.problems == ()
    assert result.flow is not None
    assert result.flow.actions[0].language == "python"


@pytest.mark.parametrize("code", ["actions/colour.ts", "actions/colour.mjs", "actions/colour"])
def test_a_suffix_that_tells_no_language_is_refused(code: str) -> None:
    problem = only_problem(document(action(code=code)), {code: b""})
    assert (problem.rule, problem.path) == ("unknown-language", "$.actions[0].code")
    assert '"language"' in problem.remedy


@pytest.mark.parametrize("language", ["ruby", "JavaScript", 1, None])
def test_a_language_that_no_worker_speaks_is_refused(language: JsonValue) -> None:
    flow = document(action(code="actions/roles.py", language=language))
    problem = only_problem(flow)
    assert (problem.rule, problem.path) == ("unknown-language", "$.actions[0].language")
    assert only_action(flow).language == "python"


@pytest.mark.parametrize(
    ("flow", "path", "line", "column"),
    [
        (document(colour="teal"), "$.colour", 5, 3),
        (document(action(color=1)), "$.actions[0].color", 9, 7),
        (document(settings={"strict": True}), "$.settings.strict", 6, 5),
        (document(**{"a b": 1}), '$["a b"]', 5, 3),
    ],
)
def test_an_unknown_key_is_refused_where_it_stands(
    flow: JsonValue, path: str, line: int, column: int
) -> None:
    problem = only_problem(flow)
    assert (problem.rule, problem.severity, problem.file) == ("unknown-key", "error", "flow.json")
    assert (problem.path, problem.line, problem.column) == (path, line, column)


@pytest.mark.parametrize("key", ["name", "actions"])
def test_a_flow_needs_its_keys(key: str) -> None:
    flow = document()
    del flow[key]
    problem = only_problem(flow)
    assert (problem.rule, problem.path, problem.line) == ("missing-key", f"$.{key}", 1)


@pytest.mark.parametrize("key", ["id", "code"])
def test_an_action_needs_its_keys(key: str) -> None:
    entry = action()
    del entry[key]
    problem = only_problem(document(entry))
    assert (problem.rule, problem.path) == ("missing-key", f"$.actions[0].{key}")
    assert problem.line == 5


@pytest.mark.parametrize(
    ("flow", "path"),
    [
        (document(name=1), "$.name"),
        (document(name=" "), "$.name"),
        (document(trigger="pre-login"), "$.trigger"),
        (document(settings=[]), "$.settings"),
        (document(settings={"custom_claims": "all"}), "$.settings.custom_claims"),
        (document(settings={"profile_writes": True}), "$.settings.profile_writes"),
        (document(actions={}), "$.actions"),
        (document("colour"), "$.actions[0]"),
        (document(action("Colour", code="actions/colour.js")), "$.actions[0].id"),
        (document(action("-x", code="actions/colour.js")), "$.actions[0].id"),
        (document(action("a" * 65, code="actions/colour.js")), "$.actions[0].id"),
        (document(action("a\n", code="actions/colour.js")), "$.actions[0].id"),
        (document(action(id=7)), "$.actions[0].id"),
        (document(action(id=[[]])), "$.actions[0].id"),
        (document(action(id={})), "$.actions[0].id"),
        (document(action(name=None)), "$.actions[0].name"),
        (document(action(name="")), "$.actions[0].name"),
        (document(action(code=1)), "$.actions[0].code"),
        (document(action(code=None)), "$.actions[0].code"),
        (document(action(code="colour.js")), "$.actions[0].code"),
        (document(action(code="actions")), "$.actions[0].code"),
        (document(action(code="src/colour.js")), "$.actions[0].code"),
        (document(action(code="actions//colour.js")), "$.actions[0].code"),
        (document(action(code="./actions/colour.js")), "$.actions[0].code"),
        (document(action(code="actions/../lib/shared.js")), "$.actions[0].code"),
        (document(action(code="actions\\colour.js")), "$.actions[0].code"),
        (document(action(code="actions/.hidden.js")), "$.actions[0].code"),
        (document(action(code="actions/__pycache__/x.py")), "$.actions[0].code"),
        (document(action(code="actions/\0.js")), "$.actions[0].code"),
        (document(action(enabled="yes")), "$.actions[0].enabled"),
        (document(action(enabled=0)), "$.actions[0].enabled"),
        (document(action(secrets={"A": "b"})), "$.actions[0].secrets"),
        (document(action(secrets=["A", "not a name"])), "$.actions[0].secrets[1]"),
        (document(action(secrets=["1A"])), "$.actions[0].secrets[0]"),
        (document(action(secrets=[1])), "$.actions[0].secrets[0]"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_where_it_stands(flow: JsonValue, path: str) -> None:
    problem = only_problem(flow)
    assert (problem.rule, problem.severity) == ("invalid-value", "error")
    assert problem.path == path
    assert problem.line is not None
    assert problem.remedy


@pytest.mark.parametrize(
    "code", ["../x.js", "actions/../../x.js", "/etc/passwd", "..", "C:/x.js", "..\\x.js", "\\x.js"]
)
def test_code_outside_the_folder_is_refused(code: str) -> None:
    problem = only_problem(document(action(code=code, language="javascript")))
    assert (problem.rule, problem.path) == ("path-leaves-folder", "$.actions[0].code")


def test_no_message_repeats_what_stands_in_the_place_of_a_secret_name() -> None:
    canary = "canary value 8f2"
    odd: list[JsonValue] = [canary, {"A": canary}, [canary], [{"A": canary}]]
    for secrets in odd:
        assert canary not in str(only_problem(document(action(secrets=secrets))))


def test_a_secret_listed_twice_is_a_warning() -> None:
    flow = document(action(secrets=["A", "A"]))
    problem = only_problem(flow)
    assert (problem.rule, problem.severity) == ("duplicate-secret", "warning")
    assert only_action(flow).secrets == ("A",)


def test_a_long_value_is_shortened_in_its_message() -> None:
    assert len(only_problem(document(trigger="x" * 10_000)).message) < 120


def test_a_missing_file_is_named_with_its_place() -> None:
    problem = only_problem(document(action(), action("b", code="actions/b.js")))
    assert (problem.rule, problem.file, problem.path) == (
        "missing-file",
        "flow.json",
        "$.actions[1].code",
    )
    assert "actions/b.js" in problem.message


def test_a_duplicate_id_names_the_first_action_that_has_it() -> None:
    flow = document(action(), action("b", code="actions/colour.js"), action())
    problem = only_problem(flow)
    assert (problem.rule, problem.path) == ("duplicate-id", "$.actions[2].id")
    assert "number 1" in problem.message
    assert [entry.id for entry in opened(flow).actions] == ["colour", "b", "colour-2"]


def test_ids_that_stand_in_for_faulty_ones_are_unique() -> None:
    entries = [action("Ä!", code="actions/colour.js"), action(), action("", code="actions/é.js")]
    flow = opened(document(*entries))
    assert [entry.id for entry in flow.actions] == ["colour", "colour-2", "action"]


@pytest.mark.parametrize(("count", "rules"), [(20, []), (21, ["too-many-actions"])])
def test_twenty_actions_are_allowed(count: int, rules: list[str]) -> None:
    entries = [
        action(f"a{number}", code="actions/colour.js", enabled=False) for number in range(count)
    ]
    assert [problem.rule for problem in read(document(*entries)).problems] == rules


@pytest.mark.parametrize(("size", "rules"), [(100_000, []), (100_001, ["code-too-large"])])
def test_code_of_100_kb_is_allowed(size: int, rules: list[str]) -> None:
    files = {"actions/colour.js": b" " * size, "lib/data.json": b" " * 200_000}
    assert [problem.rule for problem in read(document(action()), files).problems] == rules


def test_code_that_is_not_utf8_is_refused() -> None:
    problem = only_problem(document(action()), {"actions/colour.js": b"// caf\xe9"})
    assert (problem.rule, problem.path) == ("not-utf-8", "$.actions[0].code")


def test_a_name_that_no_bundle_can_hold_is_a_warning() -> None:
    problem = only_problem(document(action()), {**FILES, "lib/aux.js": b""})
    assert (problem.rule, problem.severity, problem.file) == (
        "unportable-name",
        "warning",
        "lib/aux.js",
    )


def test_names_that_differ_by_case_alone_are_a_warning() -> None:
    problem = only_problem(document(action()), {**FILES, "lib/Shared.js": b""})
    assert (problem.rule, problem.file) == ("unportable-name", "lib/Shared.js")
    assert "lib/shared.js" in problem.message


@pytest.mark.parametrize("flow", [[], "flow", 1, None])
def test_a_file_that_holds_no_object_opens_nothing(flow: JsonValue) -> None:
    result = read(flow)
    assert result.flow is None
    assert [(problem.rule, problem.path) for problem in result.problems] == [("invalid-value", "$")]


def test_a_flow_file_without_end_is_not_even_decoded() -> None:
    data = b"[" * (MAX_FLOW_FILE_BYTES + 1)
    result = assemble(data, {}, {}, flow_history())
    assert [problem.rule for problem in result.problems] == ["file-too-large"]


def test_every_problem_is_told_at_once() -> None:
    flow = document(
        action("A", code="../x.js", extra=1), action("b"), action("b"), name=1, colour="teal"
    )
    rules = [problem.rule for problem in read(flow).problems]
    assert sorted(rules) == [
        "duplicate-id",
        "invalid-value",
        "invalid-value",
        "missing-file",
        "missing-file",
        "path-leaves-folder",
        "unknown-key",
        "unknown-key",
    ]


def test_problems_of_json_and_of_content_are_told_together() -> None:
    data = b'{"format": "loginwright/flow@1", "name": "x", "name": "y", "actions": [], "z": 1}'
    result = assemble(data, {}, {}, flow_history())
    assert [problem.rule for problem in result.problems] == ["duplicate-json-key", "unknown-key"]


MEMBERS = st.sampled_from(
    ["format", "name", "trigger", "settings", "actions", "id", "code", "enabled", "secrets", "x"]
)
ODD_VALUES: st.SearchStrategy[JsonValue] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from(list(FILES)),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(MEMBERS | st.text(), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(
    members=st.dictionaries(MEMBERS, ODD_VALUES),
    actions=st.lists(st.dictionaries(MEMBERS, ODD_VALUES), max_size=3),
)
def test_whatever_stands_in_the_file_it_is_read_or_refused_in_words(
    members: dict[str, JsonValue], actions: list[JsonValue]
) -> None:
    result = read({**document(*actions), **members})
    assert result.flow is not None
    ids = [entry.id for entry in result.flow.actions]
    assert len(ids) == len(set(ids))
    for problem in result.problems:
        assert problem.message
        assert problem.remedy
        assert problem.path is None or problem.line is not None


@given(st.text(max_size=70) | st.from_regex(r"[a-z0-9-]{0,66}"))
def test_an_action_keeps_its_id_only_if_contract_allows_it(action_id: str) -> None:
    allowed = set("abcdefghijklmnopqrstuvwxyz0123456789-")
    valid = 0 < len(action_id) <= 64 and set(action_id) <= allowed and action_id[0] != "-"
    flow = document(action(action_id, name="N", code="actions/colour.js"))
    assert [problem.rule for problem in read(flow).problems] == ([] if valid else ["invalid-value"])
