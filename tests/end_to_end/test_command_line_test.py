"""``loginwright test``: every scenario of a flow, on real workers."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest

from command_runs import SECRET, command, write_json
from flow_folders import action, document, write_folder
from source_tree import ROOT

if TYPE_CHECKING:
    from pathlib import Path

SAMPLE = ROOT / "resources" / "samples" / "customer-login"
WITH_SECRET = {"LOGINWRIGHT_SECRET_MY_SHARED_SECRET": SECRET}
COUNTS = b"""\
let runs = 0;
exports.onExecutePostLogin = async (event, api) => {
  runs += 1;
  globalThis.leaked = (globalThis.leaked ?? 0) + 1;
  api.idToken.setCustomClaim("https://my-app.example.com/runs", [runs, globalThis.leaked]);
  await fetch("http://127.0.0.1:1").catch(() => {});
};
"""
CONNECTS = b"""\
exports.onExecutePostLogin = async () => {
  await fetch("http://127.0.0.1:81").catch((error) => console.log(String(error.cause)));
};
"""
REFUSED = "This run has no network"
PLAIN_CLAIM = b"""\
exports.onExecutePostLogin = async (event, api) => { api.idToken.setCustomClaim("plain", 1); };
"""


@pytest.fixture
def flow(tmp_path: Path) -> Path:
    """A flow whose action counts its own runs, and two scenarios."""
    folder = write_folder(tmp_path / "flow", None, {"actions/colour.js": COUNTS})
    claims = {"id_token": {"https://my-app.example.com/runs": [1, 1]}}
    for name in ("one", "two"):
        write_json(
            folder / "scenarios" / f"{name}.json",
            {
                "format": "loginwright/scenario@1",
                "name": name.title(),
                "expect": {"status": "allowed", "claims": claims},
            },
        )
    return folder


def test_the_sample_ends_as_its_scenarios_say() -> None:
    result = command("test", str(SAMPLE), "--json", environment=WITH_SECRET)
    assert (result.status, result.err) == (0, "")
    document = result.document
    assert (document["flow"], document["failed"]) == ("Customer login", 0)
    scenarios = document["scenarios"]
    assert isinstance(scenarios, list)
    assert len(scenarios) == document["passed"]
    first = scenarios[0]
    assert isinstance(first, dict)
    assert list(first) == ["name", "file", "status", "ok", "differences", "duration_ms"]
    assert first["file"] == "scenarios/first-login.json"


def test_a_bundle_ends_as_its_folder_does(tmp_path: Path) -> None:
    bundle = str(tmp_path / "flow.loginflow")
    assert command("export", str(SAMPLE), "-o", bundle, "--with-scenarios").status == 0
    result = command("test", bundle, environment=WITH_SECRET)
    assert result.status == 0
    assert "0 failed" in result.out


def test_every_scenario_meets_fresh_modules(flow: Path) -> None:
    assert command("test", str(flow)).status == 0


def test_a_module_keeps_nothing_from_one_action_for_the_next(tmp_path: Path) -> None:
    adds = b"""\
const seen = require('../lib/seen');
exports.onExecutePostLogin = async (event, api) => {
  api.idToken.setCustomClaim("https://my-app.example.com/seen", seen.push(event.user.user_id));
};
"""
    twice = document(*(action(name, code="actions/adds.js") for name in ("one", "two")))
    files = {"actions/adds.js": adds, "lib/seen.js": b"module.exports = [];"}
    folder = write_folder(tmp_path / "flow", twice, files)
    claims = {"id_token": {"https://my-app.example.com/seen": 1}}
    expected = {"format": "loginwright/scenario@1", "expect": {"claims": claims}}
    write_json(folder / "scenarios" / "x.json", expected)
    assert command("test", str(folder)).status == 0


def test_a_difference_fails_and_is_told(flow: Path, tmp_path: Path) -> None:
    write_json(
        flow / "scenarios" / "three.json",
        {"format": "loginwright/scenario@1", "name": "Three", "expect": {"status": "denied"}},
    )
    report = tmp_path / "report.xml"
    result = command("test", str(flow), "--junit", str(report))
    assert result.status == 1
    assert "✗ Three" in result.out
    assert '$.status\n      expected "denied"\n      got      "allowed"' in result.out
    assert "2 passed, 1 failed" in result.out
    suite = ElementTree.parse(report).getroot().find("testsuite")
    assert suite is not None
    assert (suite.attrib["tests"], suite.attrib["failures"]) == ("3", "1")


def test_chosen_scenarios_run_alone(flow: Path) -> None:
    words = ("test", str(flow), "--scenario", "one", "--scenario", "One", "--json")
    document = command(*words).document
    assert (document["passed"], document["failed"]) == (1, 0)
    unknown = command("test", str(flow), "--scenario", "none", "--json")
    assert unknown.problems[0]["rule"] == "unknown-scenario"


def test_strict_fails_on_warnings(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "flow", None, {"actions/colour.js": PLAIN_CLAIM})
    write_json(folder / "scenarios" / "x.json", {"format": "loginwright/scenario@1"})
    assert command("test", str(folder)).status == 0
    strict = command("test", str(folder), "--strict")
    assert strict.status == 1
    assert "claim-not-uri" in strict.out


def test_an_unreadable_scenario_is_bad_input_and_nothing_runs(flow: Path) -> None:
    (flow / "scenarios" / "broken.json").write_text('{"format": "loginwright/scenario@1", "a": 1}')
    problem = command("test", str(flow), "--json").problems[0]
    assert (problem["file"], problem["path"]) == ("scenarios/broken.json", "$.a")


def test_a_missing_secret_is_bad_input() -> None:
    assert command("test", str(SAMPLE), "--json").problems[0]["rule"] == "missing-secret"


def test_a_flow_without_scenarios_has_nothing_to_fail(tmp_path: Path) -> None:
    result = command("test", str(write_folder(tmp_path / "flow")))
    assert (result.status, result.err) == (0, "The flow has no scenarios.\n")


def test_a_configuration_opens_the_network_for_scenarios_that_do_not_shut_it(
    tmp_path: Path,
) -> None:
    folder = write_folder(tmp_path / "flow", None, {"actions/colour.js": CONNECTS})
    for name, more in (("silent", {}), ("shut", {"network": "none"})):
        scenario = {"format": "loginwright/scenario@1", "expect": {"logs": []}, **more}
        write_json(folder / "scenarios" / f"{name}.json", scenario)
    options = tmp_path / "options.toml"
    options.write_text('network = "open"\n', encoding="utf-8")
    words = ("test", str(folder), "--json", "--scenario")
    without = command(*words, "silent").out
    silent = command(*words, "silent", "--config", str(options)).out
    shut = command(*words, "shut", "--config", str(options)).out
    assert [REFUSED in told for told in (without, silent, shut)] == [True, False, True]
