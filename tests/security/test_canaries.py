"""Canary secrets and personal data: searched for wherever a login leaves something behind."""

from __future__ import annotations

import base64
import logging
import traceback
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from login_bench import HOST, KEY, a_login, ada, came_back, expect
from loginwright_runtime.engine import FlowEngine
from loginwright_runtime.flow.model import Action, Flow
from loginwright_runtime.flow.version import with_version
from loginwright_runtime.stores.memory import MemoryUserStore
from loginwright_runtime.stores.secret_sources import MappingSecrets
from loginwright_runtime.stores.sqlite import SqliteStore
from loginwright_runtime.tracing import dumps, record_of
from loginwright_runtime.tracing.masking import Masker
from loginwright_runtime.transaction.outcome import Failed, Suspended

if TYPE_CHECKING:
    from pathlib import Path

    from loginwright_runtime.transaction.outcome import Outcome

CANARY = 'canary/"7391"+é secret-value'
EMAIL = "canary.person@example.com"
FORMS = {
    "plain": CANARY,
    "json": CANARY.replace('"', '\\"'),
    "url": quote(CANARY, safe=""),
    "base64": base64.b64encode(CANARY.encode()).decode(),
    "base64url": base64.urlsafe_b64encode(CANARY.encode()).decode().rstrip("="),
    "hex": CANARY.encode().hex(),
}
CODE = """
const forms = (s) => [s, JSON.stringify(s), encodeURIComponent(s),
  Buffer.from(s).toString('base64'), Buffer.from(s).toString('base64url'),
  Buffer.from(s).toString('hex'), s + '\\n'];
exports.onExecutePostLogin = async (event, api) => {
  for (const form of forms(event.secrets.CANARY)) console.log(form);
  api.redirect.encodeToken({ secret: event.secrets.CANARY, payload: { note: 'x' } });
  api.redirect.sendUserTo('https://my-app.example.com');
};
exports.onContinuePostLogin = async (event, api) => {
  api.access.deny(event.secrets.CANARY);
  const error = new TypeError(`broken with ${event.secrets.CANARY}`);
  error.name = `Canary ${event.secrets.CANARY}`;
  throw error;
};
"""


def a_flow() -> Flow:
    action = Action(
        id="leak", name="Leak", code="actions/leak.js", language="javascript", secrets=("CANARY",)
    )
    flow = Flow(name="Leaky", actions=(action,), files={action.code: CODE.encode()}, version="")
    return with_version(flow)


def no_canary(where: str, text: str) -> None:
    found = [name for name, form in FORMS.items() if form in text]
    assert found == [], f"{where} holds the secret as {found}"


def nothing_stands_in(folder: Path, state: str) -> None:
    """Search every file of a store, its journal included."""
    for path in folder.iterdir():
        data = path.read_bytes()
        for form in (*FORMS.values(), EMAIL, state):
            assert form.encode() not in data, path.name


async def both_legs(folder: Path) -> tuple[Outcome, Outcome]:
    async with (
        SqliteStore(folder / "logins.db") as store,
        FlowEngine(
            a_flow(),
            users=MemoryUserStore([ada(email=EMAIL)]),
            suspensions=store.suspensions,
            secrets=MappingSecrets({"CANARY": CANARY}),
            hostnames={HOST},
            store_keys=[KEY],
        ) as engine,
    ):
        away = expect(await engine.start(a_login()), Suspended)
        nothing_stands_in(folder, away.state)
        return away, expect(await engine.resume(came_back(away.state)), Failed)


async def test_no_secret_stands_in_an_outcome_a_trace_a_repr_or_the_store(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        away, failed = await both_legs(tmp_path)
    for name, outcome in (("suspended", away), ("failed", failed)):
        no_canary(f"the {name} outcome", outcome.model_dump_json())
        no_canary(f"the repr of {name}", repr(outcome) + str(outcome))
        no_canary("its record's repr", repr(record_of(outcome)))
        for redact in (True, False):
            trace = dumps(record_of(outcome), Masker([CANARY]), redact=redact)
            no_canary("a trace", trace.decode())
            assert (EMAIL.encode() in trace) is not redact
    no_canary("the log", caplog.text)
    assert failed.error is not None
    assert failed.error.description == "broken with ***"


async def test_no_secret_stands_in_a_traceback(tmp_path: Path) -> None:
    class BrokenSource:
        async def secrets(self, request: object) -> dict[str, str]:
            values = {"CANARY": CANARY}
            raise RuntimeError(f"no vault for {sorted(values)} of {request}")

    engine = FlowEngine(
        a_flow(),
        users=MemoryUserStore([ada()]),
        suspensions=SqliteStore(tmp_path / "unused.db").suspensions,
        secrets=BrokenSource(),
        hostnames={HOST},
        store_keys=[KEY],
    )
    with pytest.raises(RuntimeError) as caught:
        await engine.start(a_login())
    no_canary("a traceback", "".join(traceback.format_exception(caught.value)))
    no_canary("a request's repr", repr(a_login(host_context={"canary": CANARY})))
    await engine.aclose()
