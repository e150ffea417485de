from __future__ import annotations

import base64
from dataclasses import replace
from typing import TYPE_CHECKING

import orjson
import pytest
from typing_extensions import override

from login_bench import a_flow, member
from loginwright_runtime.engine import EngineOptions
from loginwright_runtime.errors import ScenarioError, SecretError
from loginwright_runtime.extension_points import ClaimedSuspension
from loginwright_runtime.simulation import (
    SimulationSettings,
    SimulationStores,
    run_scenario,
)
from loginwright_runtime.stores.memory import MemorySuspensionStore
from loginwright_runtime.stores.secret_sources import MappingSecrets
from loginwright_runtime.testing import ScriptedAction, ScriptedApi, ScriptedHost
from loginwright_runtime.transaction.outcome import Allowed, Denied, Failed, Suspended
from scenario_bench import ASKS_COLOUR, SECRET, a_scenario, asking, nothing, played, send_away

if TYPE_CHECKING:
    from loginwright_runtime.extension_points import (
        ClaimRefused,
        ClaimRequest,
        Invocation,
        InvocationEnd,
        SavedSuspension,
        Transition,
    )
    from loginwright_runtime.login.json_values import JsonObject
    from loginwright_runtime.simulation.model import Network

COLOUR = a_flow("colour", secrets={"colour": ("SHARED",)})
CORRECT_REPLY: dict[str, object] = {
    "method": "POST",
    "body": {
        "session_token": {"$token": {"secret": "SHARED", "claims": {"favorite_color": "teal"}}}
    },
}
MONDAY = "2026-11-23T10:00:00Z"


async def test_an_empty_scenario_is_a_whole_login() -> None:
    run, host = await played(a_flow("one"), {"one": ScriptedAction(nothing)}, a_scenario())
    assert isinstance(run.outcome, Allowed)
    assert member(host.invocations[0].event, "user", "email") == "ada@example.com"
    assert member(host.invocations[0].event, "client", "name") == "My SPA"


async def test_redirected_user_comes_back_and_the_login_ends() -> None:
    run, _host = await played(
        COLOUR, {"colour": ASKS_COLOUR}, a_scenario(now=MONDAY, resume=[CORRECT_REPLY])
    )
    assert isinstance(run.outcome, Allowed), run.outcome.error
    assert [outcome.status for outcome in run.outcomes] == ["suspended", "allowed"]
    assert member(run.outcome.user, "user_metadata", "favorite_color") == "teal"
    assert run.unused_replies == 0


async def test_without_an_answer_the_login_stays_suspended() -> None:
    run, _host = await played(COLOUR, {"colour": ASKS_COLOUR}, a_scenario())
    assert isinstance(run.outcome, Suspended)
    assert run.outcome.kind == "redirect"


async def test_the_token_sent_out_is_no_answer() -> None:
    echo = {"method": "POST", "body": {"session_token": {"$sent": "session_token"}}}
    run, _host = await played(COLOUR, {"colour": ASKS_COLOUR}, a_scenario(resume=[echo]))
    assert run.outcome.error is not None
    assert "State in the token does not match" in run.outcome.error.description


async def test_a_replay_is_refused_and_is_the_outcome() -> None:
    scenario = a_scenario(
        resume=[{**CORRECT_REPLY, "send_times": 2}],
        expect={"status": "failed", "error": {"kind": "invalid_request"}},
    )
    run, host = await played(COLOUR, {"colour": ASKS_COLOUR}, scenario)
    assert [outcome.status for outcome in run.outcomes] == ["suspended", "allowed", "failed"]
    assert isinstance(run.outcome, Failed)
    assert run.ok
    assert len(host.invocations) == 2
    assert run.record.entries, "the record is that of the login, not of the refusal"


async def test_after_a_replay_the_login_itself_goes_on() -> None:
    flow = a_flow("first", "second")
    actions = {
        "first": asking("redirect.sendUserTo", "https://a.example.com"),
        "second": asking("redirect.sendUserTo", "https://b.example.com"),
    }
    run, _host = await played(flow, actions, a_scenario(resume=[{"send_times": 3}, {}]))
    statuses = [outcome.status for outcome in run.outcomes]
    assert statuses == ["suspended", "suspended", "failed", "failed", "allowed"]
    assert isinstance(run.outcome, Allowed)


async def test_an_answer_that_never_arrives_leaves_the_login_suspended() -> None:
    scenario = a_scenario(resume=[{**CORRECT_REPLY, "arrives": False}])
    run, host = await played(COLOUR, {"colour": ASKS_COLOUR}, scenario)
    assert isinstance(run.outcome, Suspended)
    assert len(host.invocations) == 1


async def test_another_state_continues_nothing() -> None:
    scenario = a_scenario(resume=[{**CORRECT_REPLY, "state": "A" * 43}])
    run, host = await played(COLOUR, {"colour": ASKS_COLOUR}, scenario)
    assert run.outcome.error is not None
    assert run.outcome.error.kind == "invalid_request"
    assert len(host.invocations) == 1


async def test_waiting_longer_than_a_suspension_lasts_ends_the_login() -> None:
    scenario = a_scenario(now=MONDAY, resume=[{**CORRECT_REPLY, "after_seconds": 3601}])
    run, _host = await played(COLOUR, {"colour": ASKS_COLOUR}, scenario)
    assert run.outcome.error is not None
    assert run.outcome.error.description == "The login has expired."


@pytest.mark.parametrize("now", [MONDAY, None])
async def test_waiting_moves_the_clock_of_a_real_login_too(now: str | None) -> None:
    scenario = a_scenario(now=now, resume=[{**CORRECT_REPLY, "after_seconds": 3601}])
    run, _host = await played(COLOUR, {"colour": ASKS_COLOUR}, scenario)
    assert run.outcome.status == "failed"


async def test_the_reply_is_minted_by_the_moved_clock() -> None:
    """A token of the start's time would have expired: 900 s."""
    scenario = a_scenario(now=MONDAY, resume=[{**CORRECT_REPLY, "after_seconds": 1800}])
    run, _host = await played(COLOUR, {"colour": ASKS_COLOUR}, scenario)
    assert isinstance(run.outcome, Allowed), run.outcome.error


async def test_what_happens_to_the_profile_meanwhile_is_seen_on_return() -> None:
    reply = {**CORRECT_REPLY, "user": {"app_metadata": {"plan": "gold"}}}
    _run, host = await played(COLOUR, {"colour": ASKS_COLOUR}, a_scenario(resume=[reply]))
    assert member(host.invocations[1].event, "user", "app_metadata") == {"plan": "gold"}


async def test_a_user_deleted_meanwhile_does_not_get_in() -> None:
    scenario = a_scenario(resume=[{**CORRECT_REPLY, "user": None}])
    run, host = await played(COLOUR, {"colour": ASKS_COLOUR}, scenario)
    assert isinstance(run.outcome, Denied)
    assert len(host.invocations) == 1


async def test_a_user_blocked_meanwhile_does_not_get_in() -> None:
    scenario = a_scenario(resume=[{**CORRECT_REPLY, "user": {"blocked": True}}])
    run, _host = await played(COLOUR, {"colour": ASKS_COLOUR}, scenario)
    assert isinstance(run.outcome, Denied)


async def test_a_return_keeps_what_it_does_not_bring() -> None:
    reply = {"query": {"a": "1"}, "request": {"ip": "203.0.113.99"}}
    actions = {"away": asking("redirect.sendUserTo", "https://a.example.com")}
    _run, host = await played(a_flow("away"), actions, a_scenario(resume=[reply]))
    request = host.invocations[1].event["request"]
    assert member(request, "ip") == "203.0.113.99"
    assert member(request, "geoip", "cityName") == "Berlin"
    assert member(request, "query", "a") == "1"


async def test_a_return_on_another_hostname_is_refused_by_the_engine() -> None:
    reply = {"request": {"hostname": "other.example.com"}}
    actions = {"away": asking("redirect.sendUserTo", "https://a.example.com")}
    run, _host = await played(a_flow("away"), actions, a_scenario(resume=[reply]))
    assert run.outcome.error is not None
    assert run.outcome.error.kind == "invalid_request"


async def test_mfa_owed_at_the_end_is_answered_by_the_simulated_browser() -> None:
    actions = {"mfa": asking("multifactor.enable", "any")}
    run, _host = await played(a_flow("mfa"), actions, a_scenario())
    assert isinstance(run.outcome, Allowed)
    assert [warning.code for warning in run.outcome.warnings] == ["mfa-simulated"]


async def test_mfa_that_is_to_fail_denies_the_login() -> None:
    actions = {"mfa": asking("multifactor.enable", "any")}
    run, _host = await played(a_flow("mfa"), actions, a_scenario(), mfa="fail")
    assert run.outcome.error is not None
    assert run.outcome.error.kind == "challenge_failed"


async def test_a_scenarios_own_answer_to_mfa_wins() -> None:
    actions = {"mfa": asking("multifactor.enable", "any")}
    scenario = a_scenario(resume=[{"factor": "otp", "passed": True}])
    run, _host = await played(a_flow("mfa"), actions, scenario, mfa="fail")
    assert isinstance(run.outcome, Allowed)
    assert run.outcome.warnings == ()


async def test_an_answer_meant_for_a_redirect_does_not_answer_mfa() -> None:
    actions = {"mfa": asking("multifactor.enable", "any")}
    run, _host = await played(a_flow("mfa"), actions, a_scenario(resume=[{"query": {}}]))
    assert isinstance(run.outcome, Allowed)
    assert run.unused_replies == 1


async def test_mfa_nobody_answers_leaves_the_login_suspended() -> None:
    actions = {"mfa": asking("multifactor.enable", "any")}
    run, _host = await played(a_flow("mfa"), actions, a_scenario(), mfa=None)
    assert isinstance(run.outcome, Suspended)


async def test_mfa_of_an_action_waits_for_the_scenario() -> None:
    actions = {"otp": asking("authentication.challengeWith", {"type": "otp"})}
    run, _host = await played(a_flow("otp"), actions, a_scenario())
    assert isinstance(run.outcome, Suspended)
    assert run.outcome.kind == "challenge"


async def test_an_enrolment_is_answered_like_a_challenge() -> None:
    actions = {"enrol": asking("authentication.enrollWith", {"type": "otp"})}
    scenario = a_scenario(resume=[{"factor": "otp", "passed": True}])
    run, _host = await played(a_flow("enrol"), actions, scenario)
    assert [outcome.status for outcome in run.outcomes] == ["suspended", "allowed"]


async def test_available_factors_decide_what_can_be_challenged() -> None:
    actions = {"otp": asking("authentication.challengeWith", {"type": "otp"})}
    scenario = a_scenario(available_factors=["email"])
    run, _host = await played(a_flow("otp"), actions, scenario)
    assert run.outcome.error is not None
    assert run.outcome.error.kind == "challenge_failed"


async def test_a_form_comes_back_with_its_fields() -> None:
    actions = {"terms": asking("prompt.render", "ap_terms")}
    scenario = a_scenario(resume=[{"fields": {"accepted": "yes"}, "vars": {"version": 3}}])
    run, host = await played(a_flow("terms"), actions, scenario)
    assert isinstance(run.outcome, Allowed)
    prompt = host.invocations[1].event["prompt"]
    assert prompt == {"id": "ap_terms", "fields": {"accepted": "yes"}, "vars": {"version": 3}}


async def test_a_wrong_kind_of_answer_is_refused() -> None:
    scenario = a_scenario(resume=[{"factor": "otp", "passed": True}])
    run, _host = await played(COLOUR, {"colour": ASKS_COLOUR}, scenario)
    assert run.outcome.error is not None
    assert run.outcome.error.kind == "invalid_request"


async def test_differences_name_what_was_expected_and_what_came() -> None:
    scenario = a_scenario(expect={"status": "denied", "user": {"email": "ada@example.com"}})
    run, _host = await played(a_flow("one"), {"one": ScriptedAction(nothing)}, scenario)
    assert not run.ok
    assert [difference.to_json() for difference in run.differences] == [
        {"path": "$.status", "expected": "denied", "got": "allowed"}
    ]


async def test_the_cache_holds_what_the_scenario_says() -> None:
    seen: list[object] = []

    async def look(_event: JsonObject, api: ScriptedApi) -> None:
        seen.append(await api.call("cache.get", "greeting"))

    await played(
        a_flow("one"), {"one": ScriptedAction(look)}, a_scenario(cache={"greeting": "hello"})
    )
    assert isinstance(seen[0], dict)
    assert seen[0]["value"] == "hello"


async def test_the_directory_answers_with_the_scenarios_roles() -> None:
    seen: list[object] = []

    async def look(event: JsonObject, api: ScriptedApi) -> None:
        seen.append(member(event, "authorization", "roles"))
        seen.append(await api.call("roles.getUserEffectiveRoles"))

    scenario = a_scenario(directory={"roles": ["admin"], "groups": []})
    await played(a_flow("one"), {"one": ScriptedAction(look)}, scenario)
    roles, page = seen
    assert roles == ["admin"]
    assert isinstance(page, dict)
    assert page["roles"] == [{"id": "rol_admin", "name": "admin", "description": ""}]


async def test_the_scenarios_user_replaces_the_stores() -> None:
    stores = SimulationStores.in_memory()
    await stores.users.put({"user_id": "auth0|0001", "email": "old@example.com"})
    actions = {"one": ScriptedAction(nothing)}
    _run, host = await played(a_flow("one"), actions, a_scenario(), stores=stores)
    assert member(host.invocations[0].event, "user", "email") == "ada@example.com"


async def test_a_declared_secret_without_a_value_stops_before_anything_runs() -> None:
    host = ScriptedHost({"colour": ASKS_COLOUR})
    settings = SimulationSettings(MappingSecrets({}), host=host)
    with pytest.raises(SecretError, match="SHARED"):
        await run_scenario(COLOUR, a_scenario(resume=[CORRECT_REPLY]), settings)
    assert host.invocations == []


async def test_a_reply_signed_with_a_secret_nobody_declares_stops_before_anything_runs() -> None:
    host = ScriptedHost({"one": ScriptedAction(nothing)})
    settings = SimulationSettings(MappingSecrets({"SHARED": SECRET}), host=host)
    with pytest.raises(ScenarioError, match="which no action declares"):
        await run_scenario(a_flow("one"), a_scenario(resume=[CORRECT_REPLY]), settings)
    assert host.invocations == []


async def test_a_site_with_another_secret_of_the_same_name_uses_that_of_the_action_that_left() -> (
    None
):
    flow = a_flow("other", "colour", secrets={"other": ("SHARED",), "colour": ("SHARED",)})
    host = ScriptedHost({"other": ScriptedAction(nothing), "colour": ASKS_COLOUR})
    secrets = MappingSecrets({"other": {"SHARED": "x" * 40}, "colour": {"SHARED": SECRET}})
    settings = SimulationSettings(secrets, host=host)
    run = await run_scenario(flow, a_scenario(resume=[CORRECT_REPLY]), settings)
    assert isinstance(run.outcome, Allowed), run.outcome.error


async def test_the_token_carries_what_the_protocol_asks() -> None:
    seen: list[JsonObject] = []

    async def look(event: JsonObject, _api: ScriptedApi) -> None:
        token = member(event, "request", "body", "session_token")
        assert isinstance(token, str)
        payload = token.split(".")[1]
        seen.append(orjson.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))))

    actions = {"colour": ScriptedAction(send_away, look)}
    scenario = a_scenario(now=MONDAY, resume=[CORRECT_REPLY])
    run, host = await played(COLOUR, actions, scenario)
    state = member(host.invocations[1].event, "request", "body", "state")
    assert isinstance(run.outcomes[0], Suspended)
    assert seen == [
        {
            "iss": "my-app.example.com",
            "sub": "auth0|0001",
            "iat": 1_795_428_000,
            "exp": 1_795_428_900,
            "state": state,
            "favorite_color": "teal",
        }
    ]
    assert state == run.outcomes[0].state


class NotesNetwork(ScriptedHost):
    """A host that notes whether actions may use the network."""

    def __init__(self) -> None:
        super().__init__({"one": ScriptedAction(nothing)})
        self.networks: list[str] = []

    @override
    async def run(self, invocation: Invocation) -> InvocationEnd:
        self.networks.append(invocation.network)
        return await super().run(invocation)


@pytest.mark.parametrize(
    ("asked", "written", "used"),
    [
        (None, None, "none"),
        (None, "open", "open"),
        ("none", "open", "none"),
        ("open", "none", "open"),
        ("open", None, "open"),
    ],
)
async def test_who_runs_scenarios_decides_on_the_network_before_they_do(
    asked: Network | None, written: Network | None, used: str
) -> None:
    host = NotesNetwork()
    settings = SimulationSettings(MappingSecrets({}), host=host, network=asked)
    await run_scenario(a_flow("one"), a_scenario(network=written), settings)
    assert host.networks == [used]


@pytest.mark.parametrize(
    ("written", "options", "used"),
    [
        (None, EngineOptions(network="open"), "open"),
        ("none", EngineOptions(network="open"), "none"),
        ("open", EngineOptions(network="none"), "open"),
        (None, EngineOptions(leg_seconds=5), "none"),
    ],
)
async def test_a_network_that_options_name_counts_where_the_scenario_names_none(
    written: Network | None, options: EngineOptions, used: str
) -> None:
    host = NotesNetwork()
    settings = SimulationSettings(MappingSecrets({}), host=host, options=options)
    await run_scenario(a_flow("one"), a_scenario(network=written), settings)
    assert host.networks == [used]


class Forgetful(MemorySuspensionStore):
    """A faulty store: it gives a saved login out to whoever asks."""

    def __init__(self) -> None:
        super().__init__()
        self._given: dict[str, SavedSuspension] = {}

    @override
    async def claim(self, request: ClaimRequest) -> ClaimedSuspension | ClaimRefused:
        given = self._given.get(request.state_digest)
        if given is not None:
            return ClaimedSuspension(given, request.claim_id)
        claimed = await super().claim(request)
        if isinstance(claimed, ClaimedSuspension):
            self._given[request.state_digest] = claimed.suspension
        return claimed

    @override
    async def settle(self, transition: Transition) -> bool:
        return True


async def test_a_replay_that_a_faulty_store_lets_through_is_a_difference() -> None:
    stores = replace(SimulationStores.in_memory(), suspensions=Forgetful())
    scenario = a_scenario(resume=[{**CORRECT_REPLY, "send_times": 2}])
    run, _host = await played(COLOUR, {"colour": ASKS_COLOUR}, scenario, stores=stores)
    assert [outcome.status for outcome in run.outcomes] == ["suspended", "allowed", "allowed"]
    assert [(one.path, one.expected, one.got) for one in run.differences] == [
        ("$.resume[0].send_times", "invalid_request", "allowed")
    ]
    assert not run.ok
