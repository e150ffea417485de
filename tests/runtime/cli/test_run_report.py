from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from login_bench import a_flow
from loginwright_runtime.cli.run_report import report
from loginwright_runtime.testing import ScriptedAction, ScriptedApi, ScriptedThrow
from scenario_bench import ASKS_COLOUR, a_scenario, asking, nothing, played

if TYPE_CHECKING:
    from loginwright_runtime.flow.model import Flow
    from loginwright_runtime.login.json_values import JsonObject
    from loginwright_runtime.simulation import Scenario

COLOUR = a_flow("colour", secrets={"colour": ("SHARED",)})


async def told(
    flow: Flow, actions: dict[str, ScriptedAction], scenario: Scenario | None = None
) -> str:
    """Return what people are told about a login."""
    run, _host = await played(flow, actions, scenario or a_scenario())
    names = {action.id: action.name for action in flow.actions}
    return "\n".join("".join(text for text, _tone in line) for line in report(run.outcome, names))


async def test_a_redirect_tells_where_the_user_is_and_hides_what_lets_others_in() -> None:
    run, _host = await played(COLOUR, {"colour": ASKS_COLOUR}, a_scenario())
    text = await told(COLOUR, {"colour": ASKS_COLOUR})
    assert "Away at my-app.example.com  Colour" in text
    assert "https://my-app.example.com/" in text
    assert "session_token  eyJhbGci…" in text
    token = run.outcome.suspension.url if run.outcome.suspension else ""
    assert token
    assert not any(part in text for part in token.split("=") if len(part) > 40)


async def test_an_allowed_login_tells_what_was_set_and_where() -> None:
    actions = {"one": asking("idToken.setCustomClaim", "https://my-app.example.com/a", ["b"])}
    text = await told(a_flow("one"), actions)
    assert 'idToken.setCustomClaim("https://my-app.example.com/a", ["b"])  line 2' in text
    assert "Allowed. The application gets" in text
    assert 'ID token  https://my-app.example.com/a  ["b"]' in text


async def test_undefined_is_told_as_javascript_writes_it() -> None:
    missing: JsonObject = {"$undefined": True}
    sent = asking("redirect.sendUserTo", "https://a.example/", {"query": {"q": missing, "r": "s"}})
    assert '{"query":{"q":undefined,"r":"s"}}' in await told(a_flow("one"), {"one": sent})
    taken_back = asking("user.setUserMetadata", "colour", missing)
    text = await told(a_flow("one"), {"one": taken_back})
    assert 'user.setUserMetadata("colour", undefined)  line 2' in text


async def test_an_action_that_asked_for_nothing_says_so() -> None:
    text = await told(a_flow("one"), {"one": ScriptedAction(nothing)})
    assert "✓ One" in text
    assert "asked for nothing" in text


async def test_metadata_that_was_written_is_told() -> None:
    text = await told(a_flow("one"), {"one": asking("user.setUserMetadata", "colour", "teal")})
    assert 'Profile written\n    user_metadata.colour  "teal"' in text


async def test_a_denial_tells_reason_action_and_line() -> None:
    text = await told(a_flow("one"), {"one": asking("access.deny", "Closed.")})
    assert "Denied: Closed.  One, line 2" in text
    assert "access_denied" in text


async def test_a_failure_tells_where_it_broke() -> None:
    def throw(_event: JsonObject, _api: ScriptedApi) -> None:
        raise ScriptedThrow("TypeError", "x is undefined\nsecond line", 7)

    text = await told(a_flow("one"), {"one": ScriptedAction(throw)})
    assert "✗ One" in text
    assert "Failed: TypeError: x is undefined  One, line 7\n    second line" in text


@pytest.mark.parametrize(
    ("name", "message", "reason"),
    [
        ("KeyError", "'colour'", "KeyError: 'colour'"),
        ("AssertionError", "", "AssertionError"),
        ("Error", "no", "no"),
        ("Error", "", "Error"),
    ],
)
async def test_a_failure_tells_what_was_thrown(name: str, message: str, reason: str) -> None:
    def throw(_event: JsonObject, _api: ScriptedApi) -> None:
        raise ScriptedThrow(name, message, 7)

    text = await told(a_flow("one"), {"one": ScriptedAction(throw)})
    assert f"Failed: {reason}  One, line 7\n" in text


async def test_what_an_action_prints_cannot_steer_the_terminal() -> None:
    def shout(_event: JsonObject, api: ScriptedApi) -> None:
        api.log("\x1b[31mred\x1b[0m\nnext")

    text = await told(a_flow("one"), {"one": ScriptedAction(shout)})
    assert "console \\x1b[31mred\\x1b[0m\n    console next" in text
    assert "\x1b" not in text


async def test_lines_are_told_with_the_step_that_printed_them() -> None:
    def before(_event: JsonObject, api: ScriptedApi) -> None:
        api.log("before")

    async def leave(event: JsonObject, api: ScriptedApi) -> None:
        before(event, api)
        await api.call("redirect.sendUserTo", "https://a.example.com")

    def after(_event: JsonObject, api: ScriptedApi) -> None:
        api.log("after")

    actions = {"away": ScriptedAction(leave, after)}
    text = await told(a_flow("away"), actions, a_scenario(resume=[{}]))
    first, second = text.split("Came back")
    assert "Away at a.example.com. The login is saved" in first
    assert "console before" in first
    assert "console after" not in first
    assert "console before" not in second


async def test_warnings_and_challenges_are_told() -> None:
    actions = {"otp": asking("authentication.challengeWith", {"type": "otp"})}
    assert "Waits for a challenge (otp)" in await told(a_flow("otp"), actions)
    actions = {"claim": asking("idToken.setCustomClaim", "plain", 1)}
    assert "warning  " in await told(a_flow("claim"), actions)


async def test_a_form_is_told_by_its_id() -> None:
    text = await told(a_flow("terms"), {"terms": asking("prompt.render", "ap_terms")})
    assert "Waits for the form ap_terms" in text


async def test_a_replay_is_answered_by_the_server_and_no_application() -> None:
    teal = {"session_token": {"$token": {"secret": "SHARED", "claims": {"colour": "teal"}}}}
    twice = a_scenario(resume=[{"method": "POST", "body": teal, "send_times": 2}])
    text = await told(COLOUR, {"colour": ASKS_COLOUR}, twice)
    assert "Failed: The state was used before." in text
    assert "the application gets" not in text
    assert "a page of the server tells of invalid_request, no application is told" in text
