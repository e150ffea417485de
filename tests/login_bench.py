"""A workbench for stories about logins: a flow of scripted actions, memory stores, an engine."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from loginwright_runtime.debugging.protocol import Debugger
from loginwright_runtime.engine import EngineOptions, FlowEngine
from loginwright_runtime.extension_points import (
    Directory,
    SuspensionStore,
    TokenSigner,
    UserStore,
)
from loginwright_runtime.flow.model import Action, Flow, FlowSettings
from loginwright_runtime.flow.version import with_version
from loginwright_runtime.login.requests import (
    BindBrowser,
    Client,
    HttpRequest,
    LoginRequest,
    NoBrowser,
    RedirectReturn,
    TransactionDetails,
)
from loginwright_runtime.stores.memory import (
    MemoryCacheStore,
    MemorySuspensionStore,
    MemoryUserStore,
)
from loginwright_runtime.stores.secret_sources import MappingSecrets
from loginwright_runtime.testing import ScriptedAction, ScriptedHost

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loginwright_runtime.login.json_values import JsonObject, JsonValue
    from loginwright_runtime.transaction.outcome import Outcome

HOST = "login.example.com"
KEY = bytes(range(32))
NOON = 1_795_428_000.0
SECRET = "a-shared-secret-of-more-than-32-bytes"
_O = TypeVar("_O")


def a_flow(
    *ids: str,
    secrets: Mapping[str, tuple[str, ...]] | None = None,
    disabled: tuple[str, ...] = (),
    settings: FlowSettings | None = None,
) -> Flow:
    """Return a flow of JavaScript actions whose code is never run."""
    actions = tuple(
        Action(
            id=name,
            name=name.capitalize(),
            code=f"actions/{name}.js",
            language="javascript",
            enabled=name not in disabled,
            secrets=(secrets or {}).get(name, ()),
        )
        for name in ids
    )
    code = b"exports.onExecutePostLogin = async () => {};\n"
    flow = Flow(
        name="Customer login",
        settings=settings or FlowSettings(),
        actions=actions,
        files={action.code: code for action in actions},
        version="sha256:" + "0" * 64,
    )
    return with_version(flow)


def ada(**members: object) -> JsonObject:
    """Return the profile of the user of most stories."""
    profile: JsonObject = {
        "user_id": "auth0|0001",
        "email": "ada@example.com",
        "name": "Ada Lovelace",
        "user_metadata": {},
        "app_metadata": {},
    }
    profile.update(members)  # type: ignore[arg-type]  # stories pass plain JSON
    return profile


@dataclass(slots=True)
class Workbench:
    """Everything a story needs; change a member before the first login."""

    flow: Flow
    actions: dict[str, ScriptedAction]
    users: UserStore = field(default_factory=lambda: MemoryUserStore([ada()]))
    suspensions: SuspensionStore = field(default_factory=MemorySuspensionStore)
    cache: MemoryCacheStore = field(default_factory=MemoryCacheStore)
    directory: Directory | None = None
    secrets: dict[str, str] = field(default_factory=lambda: {"SHARED": SECRET})
    signer: TokenSigner | None = None
    debugger: Debugger | None = None
    options: EngineOptions = field(default_factory=EngineOptions)
    hostnames: tuple[str, ...] = (HOST,)
    keys: tuple[bytes, ...] = (KEY,)
    host: ScriptedHost = field(init=False)

    def __post_init__(self) -> None:
        """Make the host of the scripted actions."""
        self.host = ScriptedHost(self.actions)

    def engine(self) -> FlowEngine:
        """Return an engine on these parts; several may share them, as processes do."""
        return FlowEngine(
            self.flow,
            users=self.users,
            suspensions=self.suspensions,
            secrets=MappingSecrets(self.secrets),
            signer=self.signer,
            hostnames=self.hostnames,
            store_keys=self.keys,
            directory=self.directory,
            cache=self.cache,
            host=self.host,
            debugger=self.debugger,
            options=self.options,
        )

    def events(self) -> list[JsonObject]:
        """Return the events handlers were called with, in order."""
        return [invocation.event for invocation in self.host.invocations]

    def ran(self) -> list[str]:
        """Return which handlers ran, in order, as ``action:handler`` in short."""
        return [
            f"{one.action_id}:{'execute' if one.handler == 'onExecutePostLogin' else 'continue'}"
            for one in self.host.invocations
        ]


def a_login(*, bound: bool = False, **members: object) -> LoginRequest:
    """Return an ordinary browser login of Ada."""
    parts: dict[str, object] = {
        "user_id": "auth0|0001",
        "client": Client(client_id="spa", name="My SPA"),
        "request": HttpRequest(ip="203.0.113.7", hostname=HOST),
        "transaction": TransactionDetails(requested_scopes=("openid", "profile")),
        "browser": BindBrowser() if bound else NoBrowser(),
    }
    return LoginRequest.model_validate(parts | members)


def came_back(
    state: str, *, key: str | None = None, method: str = "POST", **body: object
) -> RedirectReturn:
    """Return what a browser brings back to ``/continue``."""
    values: dict[str, object] = {**body, "state": state}
    named = {"body" if method == "POST" else "query": values}
    request = HttpRequest.model_validate({"method": method, "hostname": HOST, **named})
    return RedirectReturn(state, request, NoBrowser() if key is None else BindBrowser(key))


def expect(outcome: Outcome, kind: type[_O]) -> _O:
    """Return the outcome as the kind a story expects; its error tells why it is not."""
    assert isinstance(outcome, kind), (
        f"{outcome.status}: {outcome.error and outcome.error.description}"
    )
    return outcome


def member(value: JsonValue, *path: str) -> JsonValue:
    """Return a member of nested JSON; an assertion says where the path ends."""
    for name in path:
        assert isinstance(value, dict), f"nothing below {name}"
        value = value[name]
    return value
