"""Samples and templates: each is sound, and each scenario ends as it says, with real workers."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

import pytest

from loginwright_runtime.api.methods import SHAPES
from loginwright_runtime.flow.folder import read_flow_folder, validate_flow_folder
from loginwright_runtime.flow.new import create_flow
from loginwright_runtime.flow.sample_files import sample, samples, template, templates
from loginwright_runtime.flow.secret_names import is_secret_name
from loginwright_runtime.flow.writing import flow_json
from loginwright_runtime.hosts.pool import WorkerPool
from loginwright_runtime.simulation import (
    PlaceholderSecrets,
    ScenarioResult,
    ScenarioRun,
    SimulationSettings,
    SimulationStores,
    differences,
    list_scenarios,
    pick_scenario,
    run_scenario,
    run_scenarios,
    scenario_problems,
)
from loginwright_runtime.simulation.placeholder_secrets import placeholder
from loginwright_runtime.validation import validate

if TYPE_CHECKING:
    from pathlib import Path

    from loginwright_runtime.login.json_values import JsonObject

SETTINGS = SimulationSettings(secrets=PlaceholderSecrets())

SEED_USE_CASES = {
    "ask-favourite-colour",
    "deny-by-application",
    "deny-by-audience",
    "enrich-profile",
    "mfa-by-region",
    "roles-in-tokens",
    "weekdays-only",
}

FOLDERS = {
    **{f"samples/{name}": sample(name) for name in samples()},
    **{f"templates/{name}": template(name) for name in templates()},
}
RUN = {
    **{f"samples/{name}": sample(name) for name in samples()},
    **{f"templates/{name}": template(name) for name in templates() if name not in samples()},
}
"""What is run: templates that are samples too hold the same files, as a test below says."""

SCENARIOS = [(name, entry.file) for name, folder in RUN.items() for entry in list_scenarios(folder)]

every_flow = pytest.mark.parametrize("folder", FOLDERS.values(), ids=FOLDERS.keys())
every_template = pytest.mark.parametrize("name", templates())

Results: TypeAlias = Mapping[tuple[str, str], ScenarioResult]


@pytest.fixture(scope="module")
def results() -> Results:
    """What came of every scenario; one pool of workers serves them all."""
    return asyncio.run(_run_all())


async def _run_all() -> Results:
    pool = WorkerPool(SHAPES)
    settings = replace(SETTINGS, host=pool)
    found: dict[tuple[str, str], ScenarioResult] = {}
    try:
        for name, folder in RUN.items():
            entries = list_scenarios(folder)
            ended = await run_scenarios(read_flow_folder(folder), entries, settings)
            found.update(
                ((name, entry.file), end) for entry, end in zip(entries, ended, strict=True)
            )
    finally:
        await pool.aclose()
    return found


# --- Every flow ---------------------------------------------------------------------------------


@every_flow
def test_flow_and_code_have_no_problem(folder: Path) -> None:
    assert validate_flow_folder(folder)[1] == ()
    assert validate(folder, extra_checks=[scenario_problems]) == ()


@every_flow
def test_flow_json_is_laid_out_as_it_would_be_written(folder: Path) -> None:
    assert (folder / "flow.json").read_bytes() == flow_json(read_flow_folder(folder))


@every_flow
def test_every_scenario_has_a_name_of_its_own_and_says_what_to_expect(folder: Path) -> None:
    scenarios = [entry.usable() for entry in list_scenarios(folder)]
    names = [scenario.name for scenario in scenarios]
    assert names
    assert len(set(names)) == len(names)
    assert all(scenario.expect and "status" in scenario.expect for scenario in scenarios)
    assert all(scenario.now is not None for scenario in scenarios)


@every_flow
def test_names_begin_with_a_capital_letter(folder: Path) -> None:
    flow = read_flow_folder(folder)
    scenarios = [entry.usable().name for entry in list_scenarios(folder)]
    names = [flow.name, *(action.name for action in flow.actions), *scenarios]
    assert [name for name in names if not name[0].isupper() or name.endswith(".")] == []


@pytest.mark.parametrize(("name", "file"), SCENARIOS, ids=[f"{n}/{f}" for n, f in SCENARIOS])
def test_scenario_ends_as_expected_and_warns_of_nothing(
    results: Results, name: str, file: str
) -> None:
    run = results[name, file]
    assert isinstance(run, ScenarioRun)
    assert run.differences == ()
    assert run.unused_replies == 0
    assert run.outcome.warnings == ()


def test_each_use_case_of_the_seed_page_is_a_sample_and_a_template() -> None:
    assert {*samples()} >= SEED_USE_CASES
    assert {*templates()} >= SEED_USE_CASES


def test_a_sample_that_is_also_a_template_holds_the_same_files() -> None:
    both = {*samples()} & {*templates()}
    assert both >= SEED_USE_CASES
    for name in both:
        assert files_of(template(name)) == files_of(sample(name))


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and file.name != "template.json"
    }


# --- Templates ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Label:
    """What ``template.json`` says."""

    format: str
    name: str
    summary: str
    uses: list[str]
    icon: str
    secrets: dict[str, str]


def label_of(name: str) -> Label:
    return Label(**json.loads((template(name) / "template.json").read_bytes()))


@every_template
def test_a_template_has_one_action_and_explains_its_secrets(name: str) -> None:
    flow, label = read_flow_folder(template(name)), label_of(name)
    (action,) = flow.actions
    assert action.id == name
    assert label.format == "loginwright/template@1"
    assert label.name == flow.name
    assert tuple(label.secrets) == action.secrets
    assert all(is_secret_name(secret) and told for secret, told in label.secrets.items())


@every_template
def test_a_template_is_described_in_one_sentence_with_uses_and_an_icon(name: str) -> None:
    label = label_of(name)
    assert re.fullmatch(r"[A-Z][^.]*\.", label.summary)
    assert label.uses
    assert all(re.fullmatch(r"[a-z][a-z ]*", use) for use in label.uses)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", label.icon)


def test_templates_are_told_apart_by_their_names() -> None:
    names = [label_of(name).name for name in templates()]
    assert len(set(names)) == len(names)


@every_template
def test_a_new_flow_made_from_a_template_is_the_same_flow(name: str, tmp_path: Path) -> None:
    flow = create_flow(tmp_path / "new", name="My flow", template=template(name))
    assert flow.name == "My flow"
    original = read_flow_folder(template(name))
    assert (flow.actions, flow.files) == (original.actions, original.files)
    made = files_of(tmp_path / "new")
    assert {**made, "flow.json": b""} == {**files_of(template(name)), "flow.json": b""}
    assert not (tmp_path / "new" / "template.json").exists()


# --- What scenarios alone cannot show -------------------------------------------------------------


async def test_a_linked_account_becomes_the_users_account() -> None:
    flow = read_flow_folder(template("account-linking"))
    scenario = pick_scenario(list_scenarios(template("account-linking")), "not-linked").usable()
    stores = SimulationStores.in_memory()
    await stores.users.put(
        {
            "user_id": "auth0|0002",
            "email": "ada@example.com",
            "email_verified": True,
            "identities": [
                {"provider": "auth0", "user_id": "0002"},
                {"provider": "auth0", "user_id": "0001"},
            ],
        }
    )
    run = await run_scenario(flow, scenario, SETTINGS, stores=stores)
    outcome = run.outcome.model_dump(mode="json")
    assert outcome["status"] == "allowed"
    assert outcome["primary_user"] == {"from": "auth0|0001", "to": "auth0|0002"}
    assert outcome["warnings"] == []


@dataclass(frozen=True, slots=True)
class People:
    """A service of people on this machine, and the first line and headers of what it was asked."""

    address: str
    asked: list[str]


@asynccontextmanager
async def people_service(status: str, body: bytes) -> AsyncIterator[People]:
    """Answer everything with the same status and body."""
    asked: list[str] = []

    async def respond(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append((await reader.readuntil(b"\r\n\r\n")).decode())
        head = f"HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: {len(body)}\r\n\r\n"
        writer.write(head.encode() + body)
        await writer.drain()
        writer.close()
        await writer.wait_closed()

    async with await asyncio.start_server(respond, "127.0.0.1", 0) as server:
        port: int = server.sockets[0].getsockname()[1]
        yield People(f"http://127.0.0.1:{port}/", asked)


async def enriched(service: People) -> JsonObject:
    """The outcome of a login whose action asks ``service``; a department was known before."""
    folder = template("enrich-from-api")
    flow = read_flow_folder(folder)
    files = {
        file: code.replace(b"https://people.example.com/", service.address.encode())
        for file, code in flow.files.items()
    }
    scenario = pick_scenario(list_scenarios(folder), "department-known").usable()
    settings = replace(SETTINGS, network="open")
    run = await run_scenario(flow.model_copy(update={"files": files}), scenario, settings)
    assert service.asked
    return run.outcome.model_dump(mode="json")


async def test_a_service_that_answers_changes_claim_and_profile() -> None:
    async with people_service("200 OK", b'{"department": "Research"}') as service:
        outcome = await enriched(service)
    assert (
        differences(
            {
                "status": "allowed",
                "claims": {"id_token": {"https://my-app.example.com/department": "Research"}},
                "profile_update": {"app_metadata": {"department": "Research"}},
                "warnings": [],
            },
            outcome,
        )
        == ()
    )
    assert service.asked[0].startswith("GET /v1/users/auth0%7C0001 HTTP/1.1\r\n")
    assert f"authorization: Bearer {placeholder('PEOPLE_API_KEY')}\r\n" in service.asked[0]


@pytest.mark.parametrize(
    ("status", "body"),
    [
        ("500 Internal Server Error", b"{}"),
        ("200 OK", b"no json"),
        ("200 OK", b"null"),
        ("200 OK", b'{"department": 7}'),
        ("302 Found\r\nlocation: https://elsewhere.example.com/", b""),
    ],
)
async def test_a_service_in_trouble_stops_nobody(status: str, body: bytes) -> None:
    async with people_service(status, body) as service:
        outcome = await enriched(service)
    assert (
        differences(
            {
                "status": "allowed",
                "claims": {"id_token": {"https://my-app.example.com/department": "Sales"}},
                "profile_update": None,
            },
            outcome,
        )
        == ()
    )
