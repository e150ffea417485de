"""``run --store`` in one process, ``resume`` in another."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from command_runs import SECRET, CommandResult, command, write_json
from flow_folders import action, document, write_folder
from login_bench import member
from loginwright_runtime.login.json_values import JsonObject
from loginwright_runtime.tokens.shared_secret import SharedSecret
from source_tree import ROOT

if TYPE_CHECKING:
    from pathlib import Path


SAMPLE = str(ROOT / "resources" / "samples" / "customer-login")
WITH_SECRET = {"LOGINWRIGHT_SECRET_MY_SHARED_SECRET": SECRET}
MONDAY = "2026-11-23T10:00:00Z"
NOON = 1_795_428_000

TWO_REDIRECTS = b"""\
exports.onExecutePostLogin = async (event, api) => {
  api.redirect.sendUserTo("https://first.example.com");
};
exports.onContinuePostLogin = async (event, api) => {
  if (event.request.query.again) {
    api.redirect.sendUserTo("https://second.example.com");
    return;
  }
  api.idToken.setCustomClaim("https://my-app.example.com/at", [
    new Date().toISOString(), event.request.method, event.request.hostname,
  ]);
};
"""
FORM = b"""\
exports.onExecutePostLogin = async (event, api) => { api.prompt.render("ap_terms"); };
exports.onContinuePostLogin = async (event, api) => {
  api.idToken.setCustomClaim("https://my-app.example.com/terms", event.prompt.fields);
};
"""
ROLES = b"""\
exports.onExecutePostLogin = async (event, api) => {
  api.redirect.sendUserTo("https://first.example.com");
};
exports.onContinuePostLogin = async (event, api) => {
  const { roles } = await api.roles.getUserEffectiveRoles();
  api.idToken.setCustomClaim("https://my-app.example.com/roles", [
    event.authorization.roles, roles.map((role) => role.name),
  ]);
};
"""
CHALLENGE = b"""\
exports.onExecutePostLogin = async (event, api) => {
  api.authentication.challengeWith({ type: "otp" });
};
"""
ENROLMENT = CHALLENGE.replace(b"challengeWith", b"enrollWith")
OWES_MFA = TWO_REDIRECTS.replace(
    b"exports.onContinue",
    b"exports.onContinuePostLogin = async (e, api) => {\n"
    b'  api.multifactor.enable("any");\n};\nexports.unused',
)


@dataclass(frozen=True, slots=True)
class Away:
    """A login that was suspended into a store by another process."""

    store: str
    outcome: JsonObject

    @property
    def state(self) -> str:
        return str(member(self.outcome, "suspension", "state"))

    def resume(self, *words: str, given: str = "") -> CommandResult:
        """Continue it in a process of its own."""
        if "--state" not in words:
            words = ("--state", self.state, *words)
        return command(
            "resume", "--store", self.store, *words, "--json", given=given, environment=WITH_SECRET
        )

    def at_end(self, *words: str) -> JsonObject:
        """Continue it; it has to be allowed."""
        result = self.resume(*words)
        assert result.status == 0, (result.out, result.err)
        return result.document


def away(tmp_path: Path, flow: str, event: object = None, **members: object) -> Away:
    """Run a login on that Monday until it is suspended."""
    scenario = write_json(
        tmp_path / "scenario.json",
        {
            "format": "loginwright/scenario@1",
            "now": MONDAY,
            "event": event or {},
            **members,
        },
    )
    store = str(tmp_path / "state" / "logins.db")
    words = ("run", flow, "--scenario", str(scenario), "--store", store, "--json")
    result = command(*words, environment=WITH_SECRET)
    assert result.status == 4, (result.out, result.err)
    return Away(store, result.document)


def flow_of(folder: Path, code: bytes) -> str:
    return str(write_folder(folder / "flow", None, {"actions/colour.js": code}))


def reply_token(state: str, **claims: object) -> str:
    """Return the token that a correct site sends."""
    payload = {
        "iss": "my-app.example.com",
        "sub": "auth0|0001",
        "iat": NOON,
        "exp": NOON + 900,
        "state": state,
        **claims,
    }
    return SharedSecret(SECRET.encode()).sign(json.dumps(payload).encode())


def test_a_login_continues_in_another_process(tmp_path: Path) -> None:
    left = away(tmp_path, SAMPLE, {"authorization": {"roles": ["admin"]}})
    token = reply_token(left.state, favorite_color="teal")
    outcome = left.at_end("--body", f"session_token={token}")
    assert member(outcome, "user", "user_metadata", "favorite_color") == "teal"
    assert member(outcome, "claims", "id_token") == {"https://my-app.example.com/roles": ["admin"]}
    actions = [step["action"] for step in outcome["steps"]]  # type: ignore[union-attr, index, call-overload]  # as documented
    assert actions == [
        "block-weekends",
        "require-mfa-in-na",
        "ask-favourite-colour",
        "ask-favourite-colour",
        "add-roles-to-tokens",
    ]


def test_a_state_works_once(tmp_path: Path) -> None:
    left = away(tmp_path, flow_of(tmp_path, TWO_REDIRECTS))
    left.at_end()
    again = left.resume()
    assert again.status == 5
    assert member(again.document, "error", "kind") == "invalid_request"


def test_an_unknown_state_is_refused_and_uses_nothing(tmp_path: Path) -> None:
    left = away(tmp_path, flow_of(tmp_path, TWO_REDIRECTS))
    for state in ("A" * 43, "nonsense"):
        refused = left.resume("--state", state)
        assert refused.status == 5
        assert member(refused.document, "error", "kind") == "invalid_request"
    left.at_end()


def test_the_store_keeps_the_version_that_began_the_login(tmp_path: Path) -> None:
    flow = flow_of(tmp_path, TWO_REDIRECTS)
    left = away(tmp_path, flow)
    shutil.rmtree(flow)
    assert member(left.at_end(), "flow") == member(left.outcome, "flow")


def test_the_login_leaves_again_and_comes_back_again(tmp_path: Path) -> None:
    left = away(tmp_path, flow_of(tmp_path, TWO_REDIRECTS))
    again = left.resume("--query", "again=1")
    assert again.status == 4
    assert member(again.document, "suspension", "action") == "colour"
    assert str(member(again.document, "suspension", "url")).startswith("https://second.example.com")
    Away(left.store, again.document).at_end()


def test_the_clock_that_was_fixed_stays_fixed_and_can_be_moved(tmp_path: Path) -> None:
    flow = flow_of(tmp_path, TWO_REDIRECTS)
    seen = "https://my-app.example.com/at"
    stayed = away(tmp_path, flow).at_end("--method", "POST")
    assert member(stayed, "claims", "id_token", seen) == [
        "2026-11-23T10:00:00.000Z",
        "POST",
        "login.example.com",
    ]
    moved = away(tmp_path, flow).at_end("--now", "2026-11-23T10:30:00Z")
    assert member(moved, "claims", "id_token", seen) == [
        "2026-11-23T10:30:00.000Z",
        "GET",
        "login.example.com",
    ]


def test_a_login_that_waited_too_long_has_expired(tmp_path: Path) -> None:
    left = away(tmp_path, flow_of(tmp_path, TWO_REDIRECTS))
    late = left.resume("--now", "2026-11-23T11:00:01Z")
    assert late.status == 5
    assert member(late.document, "error", "description") == "The login has expired."


def test_a_login_continues_on_the_hostname_it_began_on(tmp_path: Path) -> None:
    flow = flow_of(tmp_path, TWO_REDIRECTS)
    event = {"request": {"hostname": "id.example.net"}}
    outcome = away(tmp_path, flow, event).at_end()
    at = member(outcome, "claims", "id_token", "https://my-app.example.com/at")
    assert isinstance(at, list)
    assert at[2] == "id.example.net"
    elsewhere = write_json(tmp_path / "request.json", {"hostname": "evil.example.com"})
    refused = away(tmp_path, flow, event).resume("--request", str(elsewhere))
    assert member(refused.document, "error", "kind") == "invalid_request"


def test_the_user_keeps_the_directorys_roles(tmp_path: Path) -> None:
    flow = flow_of(tmp_path, ROLES)
    outcome = away(tmp_path, flow, directory={"roles": ["admin"]}).at_end()
    roles = member(outcome, "claims", "id_token", "https://my-app.example.com/roles")
    assert roles == [["admin"], ["admin"]]


def test_a_form_is_completed(tmp_path: Path) -> None:
    outcome = away(tmp_path, flow_of(tmp_path, FORM)).at_end("--field", "accepted=yes")
    terms = member(outcome, "claims", "id_token", "https://my-app.example.com/terms")
    assert terms == {"accepted": "yes"}


def test_a_form_comes_back_with_a_request_of_its_own(tmp_path: Path) -> None:
    code = (
        b"exports.onExecutePostLogin = async (e, api) => api.prompt.render('ap_1');\n"
        b"exports.onContinuePostLogin = async (e, api) =>\n"
        b"  api.idToken.setCustomClaim('https://my-app.example.com/ip', e.request.ip);\n"
    )
    request = write_json(tmp_path / "request.json", {"ip": "198.51.100.9"})
    outcome = away(tmp_path, flow_of(tmp_path, code)).at_end("--request", str(request))
    ip = member(outcome, "claims", "id_token", "https://my-app.example.com/ip")
    assert ip == "198.51.100.9"


@pytest.mark.parametrize(("code", "amr"), [(CHALLENGE, ["mfa"]), (ENROLMENT, [])])
def test_a_factor_is_passed_or_not(tmp_path: Path, code: bytes, amr: list[str]) -> None:
    flow = flow_of(tmp_path, code)
    assert member(away(tmp_path, flow).at_end("--passed", "otp"), "authentication", "amr") == amr
    denied = away(tmp_path, flow).resume("--not-passed", "otp")
    assert denied.status == 3
    assert member(denied.document, "error", "kind") == "challenge_failed"


def test_mfa_owed_at_the_end_is_answered_by_the_simulated_browser(tmp_path: Path) -> None:
    flow = flow_of(tmp_path, OWES_MFA)
    warnings = away(tmp_path, flow).at_end()["warnings"]
    assert "mfa-simulated" in json.dumps(warnings)
    assert away(tmp_path, flow).resume("--mfa", "fail").status == 3


def test_the_state_can_come_from_elsewhere(tmp_path: Path) -> None:
    flow = flow_of(tmp_path, TWO_REDIRECTS)
    left = away(tmp_path, flow)
    assert left.resume("--state", "-", given=f"{left.state}\n").status == 0
    left = away(tmp_path, flow)
    (tmp_path / "state.txt").write_text(left.state)
    assert left.resume("--state", f"@{tmp_path / 'state.txt'}").status == 0


def test_the_profile_that_was_written_stays_in_the_store(tmp_path: Path) -> None:
    reads = b"""\
exports.onExecutePostLogin = async (event, api) => {
  api.user.setUserMetadata("visits", 1);
  api.redirect.sendUserTo("https://first.example.com");
};
exports.onContinuePostLogin = async () => {};
"""
    left = away(tmp_path, flow_of(tmp_path, reads))
    assert member(left.at_end(), "user", "user_metadata") == {"visits": 1}


def test_another_run_begins_with_the_scenarios_user_and_the_cache_as_it_was_left(
    tmp_path: Path,
) -> None:
    counts = b"""\
exports.onExecutePostLogin = async (event, api) => {
  const before = [event.user.user_metadata.visits ?? 0, api.cache.get("visits")?.value ?? "0"];
  api.idToken.setCustomClaim("https://my-app.example.com/visits", before);
  api.user.setUserMetadata("visits", before[0] + 1);
  api.cache.set("visits", `${Number(before[1]) + 1}`);
};
"""
    words = ("run", flow_of(tmp_path, counts), "--store", str(tmp_path / "logins.db"), "--json")
    claims = [member(command(*words).document, "claims", "id_token") for _ in range(2)]
    name = "https://my-app.example.com/visits"
    assert claims == [{name: [0, "0"]}, {name: [0, "1"]}]


def test_a_secret_that_is_missing_leaves_the_state_unused(tmp_path: Path) -> None:
    left = away(tmp_path, SAMPLE)
    refused = command("resume", "--store", left.store, "--state", left.state, "--json")
    assert refused.problems[0]["rule"] == "missing-secret"
    token = reply_token(left.state, favorite_color="teal")
    left.at_end("--body", f"session_token={token}")


def test_people_are_told_how_to_continue(tmp_path: Path) -> None:
    flow = write_folder(
        tmp_path / "flow", document(action(), name="Two"), {"actions/colour.js": TWO_REDIRECTS}
    )
    store = str(tmp_path / "logins.db")
    told = command("run", str(flow), "--store", store)
    assert told.status == 4
    (line,) = (line for line in told.out.splitlines() if "loginwright resume" in line)
    words = line.split()[1:]
    finished = command(*words)
    assert finished.status == 0
    assert "Two  resumed" in finished.out
    assert "Allowed." in finished.out


def test_a_trace_of_the_whole_login_is_written(tmp_path: Path) -> None:
    left = away(tmp_path, SAMPLE)
    trace = tmp_path / "run.trace"
    token = reply_token(left.state, favorite_color="teal")
    left.at_end("--body", f"session_token={token}", "--trace", str(trace))
    content = trace.read_text()
    assert "onContinuePostLogin" in content
    assert "block-weekends" in content
    assert SECRET not in content
    assert left.state not in content


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        (["--query", "nothing"], "usage"),
        (["--passed", "otp", "--query", "a=b"], "usage"),
        (["--field", "a=b", "--body", "c=d"], "usage"),
        (["--field", "a=b", "--not-passed", "otp"], "usage"),
        (["--now", "yesterday"], "usage"),
        (["--request", "none.json"], "unreadable-file"),
        (["--body", "a=@none"], "unreadable-file"),
    ],
)
def test_bad_input_is_told(tmp_path: Path, words: list[str], rule: str) -> None:
    (tmp_path / "store").touch()
    base = ("resume", "--store", str(tmp_path / "store"), "--state", "x")
    assert command(*base, *words, "--json").problems[0]["rule"] == rule


def test_a_store_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    store = tmp_path / "none.db"
    result = command("resume", "--store", str(store), "--state", "x", "--json")
    assert result.problems[0]["rule"] == "missing-store"
    assert not store.exists()


@pytest.mark.parametrize(
    ("mode", "content", "words", "remedy"),
    [
        (0o644, b"", "other users", "chmod 600"),
        (0o600, b"no database" * 100, "no SQLite file", "another file"),
    ],
)
def test_a_store_that_cannot_be_used_is_named_with_reason_and_remedy(
    tmp_path: Path, mode: int, content: bytes, words: str, remedy: str
) -> None:
    store = tmp_path / "logins.db"
    store.write_bytes(content)
    store.chmod(mode)
    flow = flow_of(tmp_path, b"exports.onExecutePostLogin = async () => {};")
    problem = command("run", flow, "--store", str(store), "--json").problems[0]
    assert (problem["rule"], problem["file"]) == ("store", str(store))
    assert words in str(problem["message"])
    assert remedy in str(problem["remedy"])
