"""``loginwright run`` as people and programs use it: a process of its own, with real workers."""

from __future__ import annotations

import json
import shutil
import stat
from typing import TYPE_CHECKING

import pytest

from command_runs import SECRET, command, write_json
from flow_folders import action, document, write_folder
from login_bench import member
from loginwright_runtime.tracing.codec import loads
from source_tree import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from loginwright_runtime.login.json_values import JsonObject

SAMPLE = str(ROOT / "resources" / "samples" / "customer-login")
WITH_SECRET = {"LOGINWRIGHT_SECRET_MY_SHARED_SECRET": SECRET}

DENIES = b"""\
exports.onExecutePostLogin = async (event, api) => {
  api.access.deny(`No ${event.user.email}.`);
};
"""
THROWS = b"""\
exports.onExecutePostLogin = async (event, api) => {
  throw new TypeError("out of order");
};
"""
SHOWS_EVENT = b"""\
exports.onExecutePostLogin = async (event, api) => {
  api.idToken.setCustomClaim("https://my-app.example.com/seen", {
    email: event.user.email, extra: event.our_own ?? null,
  });
};
"""
CONNECTS = b"""\
exports.onExecutePostLogin = async (event, api) => {
  try {
    await fetch("http://127.0.0.1:9");
  } catch (error) {
    console.log(`${error.message} ${error.cause?.message}`);
  }
};
"""


def flow_of(folder: Path, code: bytes) -> str:
    """Write a flow with this one action; return its folder."""
    return str(write_folder(folder / "flow", None, {"actions/colour.js": code}))


def test_a_redirected_login_comes_back_and_is_allowed() -> None:
    result = command("run", SAMPLE, "--scenario", "First login", "--json", environment=WITH_SECRET)
    assert (result.status, result.err) == (0, "")
    outcome = result.document
    assert member(outcome, "status") == "allowed"
    assert member(outcome, "claims", "id_token") == {"https://my-app.example.com/roles": ["admin"]}
    assert member(outcome, "profile_update", "user_metadata") == {"favorite_color": "teal"}
    assert str(member(outcome, "tokens", "id_token")).startswith("eyJ")


def test_people_read_what_ran_what_changed_and_why_it_ended() -> None:
    result = command("run", SAMPLE, "--scenario", "first-login", environment=WITH_SECRET)
    assert result.status == 0
    for line in (
        "✓ Block weekends",
        'user.setUserMetadata("favorite_color", "teal")  line 38',
        "console Stored favorite_color teal",
        "Allowed. The application gets an ID token and an access token.",
    ):
        assert line in result.out
    assert SECRET not in result.out
    assert "\x1b" not in result.out


def test_a_denied_login_has_its_own_status() -> None:
    result = command("run", SAMPLE, "--scenario", "on-a-saturday", environment=WITH_SECRET)
    assert result.status == 3
    assert "Denied: My SPA is closed at the weekend." in result.out


def test_without_an_answer_the_login_is_suspended() -> None:
    sample = str(ROOT / "resources" / "samples" / "ask-favourite-colour")
    result = command("run", sample, "--event", "-", given="{}", environment=WITH_SECRET)
    assert result.status == 4
    assert "Away at my-app.example.com" in result.out
    assert "With --store FILE it is kept" in result.out


def test_a_failed_login_has_its_own_status_and_tells_its_place(tmp_path: Path) -> None:
    result = command("run", flow_of(tmp_path, THROWS), "--json")
    assert result.status == 5
    error = member(result.document, "error")
    assert member(error, "kind") == "exception"
    assert (member(error, "action"), member(error, "line")) == ("colour", 2)
    assert member(error, "exception", "name") == "TypeError"


def test_an_event_is_merged_over_the_default_one(tmp_path: Path) -> None:
    event = write_json(tmp_path / "event.json", {"our_own": [1]})
    result = command("run", flow_of(tmp_path, SHOWS_EVENT), "--event", str(event), "--json")
    seen = member(result.document, "claims", "id_token", "https://my-app.example.com/seen")
    assert seen == {"email": "ada@example.com", "extra": [1]}


def test_a_scenario_can_stand_anywhere(tmp_path: Path) -> None:
    scenario = write_json(
        tmp_path / "mine.json",
        {
            "format": "loginwright/scenario@1",
            "event": {"user": {"email": "bob@example.com"}},
        },
    )
    flow = flow_of(tmp_path, DENIES)
    for given in (str(scenario), f"@{scenario}"):
        result = command("run", flow, "--scenario", given)
        assert "Denied: No bob@example.com." in result.out


def test_a_scenario_shuts_the_network(tmp_path: Path) -> None:
    scenario = write_json(
        tmp_path / "x.json", {"format": "loginwright/scenario@1", "network": "none"}
    )
    flow = flow_of(tmp_path, CONNECTS)
    shut = command("run", flow, "--scenario", str(scenario)).out
    opened = command("run", flow, "--scenario", str(scenario), "--network", "open").out
    assert "ECONNREFUSED" not in shut
    assert "console" in shut
    assert "bad port" in opened or "ECONNREFUSED" in opened


def test_mfa_that_is_owed_can_be_failed() -> None:
    sample = str(ROOT / "resources" / "samples" / "mfa-by-region")
    event = '{"request": {"geoip": {"continentCode": "NA"}}}'
    passed = command("run", sample, "--event", "-", "--json", given=event)
    assert passed.status == 0
    assert "mfa-simulated" in passed.out
    failed = command("run", sample, "--event", "-", "--mfa", "fail", "--json", given=event)
    assert failed.status == 3
    assert member(failed.document, "error", "kind") == "challenge_failed"


def test_mfa_can_be_asked_for(tmp_path: Path) -> None:
    sample = str(ROOT / "resources" / "samples" / "mfa-by-region")
    event = write_json(tmp_path / "na.json", {"request": {"geoip": {"continentCode": "NA"}}})
    words = ("run", sample, "--event", str(event), "--mfa", "ask", "--json")
    passed = command(*words, given="perhaps\npass\n")
    assert passed.status == 0
    assert passed.err.count("[pass/fail]") == 2
    assert command(*words, given="fail\n").status == 3
    assert command(*words, given="").status == 4


def test_a_trace_holds_every_step_without_personal_data(tmp_path: Path) -> None:
    trace = tmp_path / "run.trace"
    words = ("run", SAMPLE, "--scenario", "first-login", "--trace", str(trace))
    assert command(*words, environment=WITH_SECRET).status == 0
    content = trace.read_text()
    assert stat.S_IMODE(trace.stat().st_mode) == 0o600
    assert loads(trace.read_bytes()).flow_name == "Customer login"
    assert "ada@example.com" not in content
    assert SECRET not in content


def test_a_trace_is_unredacted_only_when_asked(tmp_path: Path) -> None:
    trace = tmp_path / "run.trace"
    words = ("run", SAMPLE, "--scenario", "first-login", "--trace", str(trace), "--unredacted")
    assert command(*words, environment=WITH_SECRET).status == 0
    assert "ada@example.com" in trace.read_text()
    assert SECRET not in trace.read_text()


def test_options_come_from_a_file(tmp_path: Path) -> None:
    config = tmp_path / "engine.toml"
    config.write_text("access_token_seconds = 60\n")
    flow = flow_of(tmp_path, SHOWS_EVENT)
    result = command("run", flow, "--config", str(config), "--json")
    assert member(result.document, "tokens", "expires_in") == 60


BROKEN = b"exports.onExecutePostLogin = async (event, api) => {\n  const = 1;\n};\n"


def test_broken_code_stops_before_the_first_action(tmp_path: Path) -> None:
    flow = write_folder(
        tmp_path / "flow",
        document(action("first"), action("second")),
        {"actions/first.js": DENIES, "actions/second.js": BROKEN},
    )
    problem = command("run", str(flow), "--json").problems[0]
    assert (problem["file"], problem["line"]) == ("actions/second.js", 2)


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        (["run", "no-such-flow"], "missing-flow"),
        (["run", SAMPLE], "missing-secret"),
        (["run", SAMPLE, "--scenario", "none"], "unknown-scenario"),
        (["run", SAMPLE, "--event", "none.json"], "unreadable-file"),
        (["run", SAMPLE, "--secrets", "none.json"], "secrets"),
        (["run", SAMPLE, "--secrets-dir", "none"], "secrets"),
        (["run", SAMPLE, "--config", "none.toml"], "invalid-config"),
        (["run", SAMPLE, "--unredacted"], "usage"),
        (["run", SAMPLE, "--trace", "none/x.trace"], "missing-folder"),
        (["run", SAMPLE, "--frob"], "usage"),
    ],
)
def test_bad_input_is_one_document_and_one_readable_message(words: list[str], rule: str) -> None:
    result = command(*words, "--json")
    problem: JsonObject = result.problems[0]
    assert problem["rule"] == rule
    assert problem["remedy"]
    assert str(problem["message"]) in result.err
    plain = command(*words)
    assert (plain.status, plain.out) == (2, "")
    assert plain.err == result.err


def test_an_event_that_is_a_scenario_is_told_apart() -> None:
    scenario = f"{SAMPLE}/scenarios/first-login.json"
    problem = command("run", SAMPLE, "--event", scenario, "--json").problems[0]
    assert "--scenario" in str(problem["remedy"])


@pytest.mark.parametrize(
    ("event", "path", "words"),
    [
        ('{"secrets": {"A": "hunter2hunter2"}}', "$.secrets", "secrets"),
        ('{"user": {"user_id": 7}}', "$.user.user_id", "text"),
        ('{"request": {"query": []}}', "$.request.query", "no object"),
        ('{"transaction": {"requested_scopes": "x"}}', "$.transaction.requested_scopes", "no list"),
    ],
)
def test_an_event_that_cannot_be_used_is_named_by_its_own_places(
    event: str, path: str, words: str
) -> None:
    result = command("run", SAMPLE, "--event", "-", "--json", given=event)
    problem = result.problems[0]
    assert (problem["rule"], problem["path"]) == ("invalid-event", path)
    assert words in str(problem["message"])
    assert "hunter2" not in result.out + result.err


def test_the_outcome_has_every_key(tmp_path: Path) -> None:
    outcome = json.loads(command("run", flow_of(tmp_path, DENIES), "--json").out)
    assert list(outcome) == [
        "status",
        "transaction_id",
        "flow",
        "host_context",
        "user",
        "profile_update",
        "tokens",
        "claims",
        "scope",
        "multifactor",
        "authentication",
        "primary_user",
        "session",
        "refresh_token",
        "saml",
        "suspension",
        "error",
        "warnings",
        "logs",
        "steps",
    ]


def test_name_of_a_flow_is_shown_on_one_line(tmp_path: Path) -> None:
    folder = tmp_path / "flow"
    shutil.copytree(SAMPLE, folder)
    written = json.loads((folder / "flow.json").read_text())
    written["name"] = "Mine\x1b[2J\nAllowed. Nothing ran."
    write_json(folder / "flow.json", written)
    result = command("run", str(folder), "--scenario", "first-login", environment=WITH_SECRET)
    assert result.out.startswith("Mine\\x1b[2J\\nAllowed. Nothing ran.  ")
