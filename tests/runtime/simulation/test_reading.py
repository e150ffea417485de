from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loginwright_runtime.errors import ScenarioError
from loginwright_runtime.simulation import (
    FactorReply,
    FormReply,
    RedirectReply,
    Scenario,
    ScenarioFile,
    parse_moment,
    read_scenario,
    scenario_json,
)


def written(**members: object) -> bytes:
    """Return a scenario file."""
    document = {"format": "loginwright/scenario@1", "name": "First login", **members}
    return json.dumps(document, indent=2).encode()


def read(**members: object) -> ScenarioFile:
    return read_scenario(written(**members), "scenarios/first-login.json")


def only_problem(entry: ScenarioFile) -> tuple[str, str | None]:
    """Return rule and path of the one problem there is."""
    assert entry.scenario is None
    assert len(entry.problems) == 1, entry.problems
    return entry.problems[0].rule, entry.problems[0].path


def test_the_contracts_own_example_can_be_read() -> None:
    entry = read(
        now="2026-11-23T10:00:00Z",
        event={"user": {"email": "ada@example.com"}},
        resume=[
            {
                "method": "POST",
                "body": {"session_token": {"$token": {"secret": "MY_SHARED_SECRET"}}},
            }
        ],
        network="none",
        directory={"roles": [], "groups": []},
        cache={"key": "value"},
        expect={"status": "allowed"},
    )
    assert entry.problems == ()
    assert entry.usable().now_seconds == 1_795_428_000


def test_kinds_of_replies_are_told_apart_by_what_they_hold() -> None:
    scenario = read(
        resume=[{}, {"factor": "otp", "passed": False}, {"fields": {}}, {"vars": {}}]
    ).usable()
    kinds = [type(reply) for reply in scenario.resume]
    assert kinds == [RedirectReply, FactorReply, FormReply, FormReply]


def test_an_unknown_key_is_refused_with_its_place() -> None:
    entry = read(evnt={})
    assert only_problem(entry) == ("unknown-key", "$.evnt")
    assert entry.problems[0].line == 4
    assert entry.problems[0].file == "scenarios/first-login.json"


@pytest.mark.parametrize(
    ("reply", "rule", "path"),
    [
        ({"methd": "GET"}, "unknown-key", "$.resume[0].methd"),
        ({"method": "PUT"}, "invalid-value", "$.resume[0].method"),
        ({"method": 7}, "invalid-value", "$.resume[0].method"),
        ({"factor": "otp"}, "missing-key", "$.resume[0].passed"),
        ({"factor": "otp", "passed": "yes"}, "invalid-value", "$.resume[0].passed"),
        ({"fields": {}, "query": {}}, "unknown-key", "$.resume[0].query"),
        ({"send_times": 0}, "invalid-value", "$.resume[0].send_times"),
        ({"after_seconds": -1}, "invalid-value", "$.resume[0].after_seconds"),
        ({"request": {"query": {}}}, "invalid-value", "$.resume[0].request"),
    ],
)
def test_a_fault_in_a_reply_is_named_with_its_place(
    reply: dict[str, object], rule: str, path: str
) -> None:
    assert only_problem(read(resume=[reply])) == (rule, path)


@pytest.mark.parametrize("now", ["yesterday", "2026-11-23T10:00:00", "1969-12-31T23:59:59Z", 7])
def test_a_time_that_is_none_is_refused(now: object) -> None:
    assert only_problem(read(now=now)) == ("invalid-value", "$.now")


def test_secrets_never_stand_in_a_scenario() -> None:
    entry = read(event={"secrets": {"MY_SHARED_SECRET": "hunter2hunter2"}})
    assert entry.scenario is None
    assert "secrets never stand in a scenario" in entry.problems[0].message
    assert entry.problems[0].path == "$.event"
    assert "hunter2" not in str(entry.problems[0])


@pytest.mark.parametrize(
    ("members", "path", "words"),
    [
        ({"resume": {}}, "$.resume", "no list"),
        ({"resume": ["x"]}, "$.resume[0]", "no object"),
        ({"directory": "x"}, "$.directory", "no object"),
        ({"directory": {"roles": [5]}}, "$.directory.roles[0]", "no object"),
        ({"available_factors": "otp"}, "$.available_factors", "no list"),
        ({"network": "shut"}, "$.network", "'none' or 'open'"),
        ({"resume": [{"send_times": 11}]}, "$.resume[0].send_times", "at most 10"),
    ],
)
def test_a_wrong_value_is_told_in_words_of_json(
    members: dict[str, object], path: str, words: str
) -> None:
    problem = read(**members).problems[0]
    assert (problem.rule, problem.path) == ("invalid-value", path)
    assert words in problem.message
    assert not any(word in problem.message for word in ("tuple", "dictionary", "instance"))


def test_a_newer_format_names_the_version_it_needs() -> None:
    document = {"format": "loginwright/scenario@2", "name": "Later", "novelty": 1}
    entry = read_scenario(json.dumps(document).encode(), "scenarios/later.json")
    assert entry.newer_format == "loginwright/scenario@2"
    assert only_problem(entry)[0] == "unknown-format"
    assert "loginwright/scenario@2" in entry.problems[0].remedy


@pytest.mark.parametrize(
    "written_format",
    ["loginwright/flow@1", "2", 7, None, "loginwright/scenario@", "elsewhere/scenario@9"],
)
def test_another_format_is_no_newer_one(written_format: object) -> None:
    entry = read_scenario(json.dumps({"format": written_format}).encode(), "scenarios/x.json")
    assert entry.scenario is None
    assert entry.newer_format is None


def test_a_file_without_a_format_is_refused() -> None:
    entry = read_scenario(b'{"name": "x"}', "scenarios/x.json")
    assert only_problem(entry) == ("missing-key", "$.format")


@pytest.mark.parametrize("data", [b"", b"[]", b"{", b'{"a": 1, "a": 2}', b"\xff", b"null"])
def test_what_is_no_scenario_is_refused(data: bytes) -> None:
    entry = read_scenario(data, "scenarios/x.json")
    assert entry.scenario is None
    assert entry.problems
    with pytest.raises(ScenarioError):
        entry.usable()


def test_a_scenario_without_a_name_takes_its_files() -> None:
    entry = read_scenario(b'{"format": "loginwright/scenario@1"}', "scenarios/first-login.json")
    assert entry.usable().name == "first-login"


@given(st.binary(max_size=200))
def test_no_content_makes_the_reader_fail(data: bytes) -> None:
    entry = read_scenario(data, "scenarios/x.json")
    assert (entry.scenario is None) == bool(entry.problems)


leaves = st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=5)
objects = st.dictionaries(
    st.text(max_size=6).filter(lambda key: key != "secrets"),
    st.recursive(leaves, lambda inner: st.lists(inner, max_size=3), max_leaves=4),
    max_size=4,
)
replies = (
    st.fixed_dictionaries({}, optional={"query": objects, "send_times": st.integers(1, 3)})
    | st.fixed_dictionaries({"factor": st.text(min_size=1, max_size=5), "passed": st.booleans()})
    | st.fixed_dictionaries({"fields": objects}, optional={"vars": objects})
)


@given(objects, st.lists(replies, max_size=3), st.none() | objects)
def test_what_is_written_is_read_back_the_same(
    event: dict[str, object], resume: list[dict[str, object]], expect: dict[str, object] | None
) -> None:
    members = {"name": "Round", "event": event, "resume": resume, "expect": expect}
    scenario = Scenario.model_validate(members)
    data = scenario_json(scenario)
    assert read_scenario(data, "scenarios/round.json").usable() == scenario
    assert scenario_json(read_scenario(data, "scenarios/round.json").usable()) == data


def test_only_what_was_set_is_written() -> None:
    scenario = Scenario.model_validate(
        {"name": "Small", "directory": {"roles": ["admin", {"name": "x", "id": "rol_1"}]}}
    )
    assert json.loads(scenario_json(scenario)) == {
        "format": "loginwright/scenario@1",
        "name": "Small",
        "directory": {"roles": ["admin", {"name": "x", "id": "rol_1"}]},
    }


@pytest.mark.parametrize("now", ["1970-01-01T00:00:00Z", "8999-12-31T23:59:59Z"])
def test_a_clock_may_stand_at_the_edge_of_the_calendar(now: str) -> None:
    assert read(now=now).problems == ()


@pytest.mark.parametrize("now", ["9999-12-31T23:59:59Z", "9000-01-01T00:00:00Z"])
def test_a_clock_that_could_leave_the_calendar_is_refused(now: str) -> None:
    assert only_problem(read(now=now)) == ("invalid-value", "$.now")


@pytest.mark.parametrize("seconds", [1e308, 315_360_001])
def test_an_answer_comes_within_ten_years(seconds: float) -> None:
    place = ("invalid-value", "$.resume[0].after_seconds")
    assert only_problem(read(resume=[{"after_seconds": seconds}])) == place
    assert read(resume=[{"after_seconds": 315_360_000}]).problems == ()


def test_a_moment_is_read_with_its_offset() -> None:
    assert parse_moment("2026-11-23T11:00:00+01:00") == 1_795_428_000
    with pytest.raises(ValueError, match="offset"):
        parse_moment("2026-11-23T10:00:00")
