"""A workbench for stories about scenarios: scripted actions, and one line that runs a scenario."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loginwright_runtime.simulation import (
    Scenario,
    ScenarioRun,
    SimulationSettings,
    run_scenario,
)
from loginwright_runtime.stores.secret_sources import MappingSecrets
from loginwright_runtime.testing import ScriptedAction, ScriptedApi, ScriptedHost

if TYPE_CHECKING:
    from loginwright_runtime.engine import EngineOptions
    from loginwright_runtime.flow.model import Flow
    from loginwright_runtime.login.json_values import JsonObject, JsonValue
    from loginwright_runtime.simulation import MfaAnswers, SimulationStores

SECRET = "a-shared-secret-of-more-than-32-bytes"
SITE = "https://my-app.example.com"


async def nothing(_event: JsonObject, _api: ScriptedApi) -> None:
    """An action that asks for nothing."""


async def send_away(event: JsonObject, api: ScriptedApi) -> None:
    """An action that sends the user away with a signed token."""
    secrets = event["secrets"]
    assert isinstance(secrets, dict)
    options: JsonObject = {"secret": secrets["SHARED"], "payload": {"email": "ada@example.com"}}
    token = await api.call("redirect.encodeToken", options, line=3)
    await api.call("redirect.sendUserTo", SITE, {"query": {"session_token": token}}, line=6)


async def read_reply(event: JsonObject, api: ScriptedApi) -> None:
    """The other half: keeps the colour of the token that came back."""
    secrets = event["secrets"]
    assert isinstance(secrets, dict)
    payload = await api.call("redirect.validateToken", {"secret": secrets["SHARED"]}, line=9)
    assert isinstance(payload, dict)
    await api.call("user.setUserMetadata", "favorite_color", payload["favorite_color"], line=10)


ASKS_COLOUR = ScriptedAction(send_away, read_reply)


def asking(method: str, *args: JsonValue) -> ScriptedAction:
    """Return an action that makes one call."""

    async def ask(_event: JsonObject, api: ScriptedApi) -> None:
        await api.call(method, *args, line=2)

    return ScriptedAction(ask, nothing)


def a_scenario(**members: object) -> Scenario:
    """Return a scenario with a name."""
    return Scenario.model_validate({"name": "First login", **members})


def settings_for(
    host: ScriptedHost, *, mfa: MfaAnswers = "pass", options: EngineOptions | None = None
) -> SimulationSettings:
    """Return how stories run scenarios."""
    settings = SimulationSettings(MappingSecrets({"SHARED": SECRET}), host=host, mfa=mfa)
    if options is None:
        return settings
    return SimulationSettings(settings.secrets, host=host, mfa=mfa, options=options)


async def played(
    flow: Flow,
    actions: dict[str, ScriptedAction],
    scenario: Scenario,
    *,
    mfa: MfaAnswers = "pass",
    stores: SimulationStores | None = None,
) -> tuple[ScenarioRun, ScriptedHost]:
    """Run a scenario; return what came of it, and the host with the events that were seen."""
    host = ScriptedHost(actions)
    run = await run_scenario(flow, scenario, settings_for(host, mfa=mfa), stores=stores)
    return run, host
