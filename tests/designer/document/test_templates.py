"""The library has a template for every use, found by words, and each keeps what it promises."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from loginwright_designer.document.templates import (
    Template,
    TemplateGroup,
    found_templates,
    group_title,
    read_templates,
)
from loginwright_designer.resource_files import resource_files
from loginwright_runtime.api.methods import SHAPES
from loginwright_runtime.flow.folder import read_flow_folder
from loginwright_runtime.flow.sample_files import template, templates
from loginwright_runtime.hosts.pool import WorkerPool
from loginwright_runtime.simulation import (
    PlaceholderSecrets,
    ScenarioRun,
    SimulationSettings,
    list_scenarios,
    pick_scenario,
    run_scenario,
)
from patience import PATIENCE

ALL = read_templates()
USES = {
    "allow-list": TemplateGroup.ACCESS,
    "deny-by-application": TemplateGroup.ACCESS,
    "deny-by-audience": TemplateGroup.ACCESS,
    "deny-ip-addresses": TemplateGroup.ACCESS,
    "weekdays-only": TemplateGroup.ACCESS,
    "enrich-from-api": TemplateGroup.TOKENS,
    "enrich-profile": TemplateGroup.TOKENS,
    "roles-in-tokens": TemplateGroup.TOKENS,
    "ask-favourite-colour": TemplateGroup.STEP_UP,
    "mfa-by-country": TemplateGroup.STEP_UP,
    "mfa-by-region": TemplateGroup.STEP_UP,
    "progressive-profile": TemplateGroup.STEP_UP,
    "step-up": TemplateGroup.STEP_UP,
    "terms-consent": TemplateGroup.STEP_UP,
    "account-linking": TemplateGroup.ACCOUNT,
    "session-length": TemplateGroup.ACCOUNT,
}
"""The uses that the library has to serve, with the heading each stands under."""


def named(name: str) -> Template:
    return next(one for one in ALL if one.name == name)


def test_every_template_can_be_read() -> None:
    assert {one.name for one in ALL} == set(templates())


@pytest.mark.parametrize(("name", "group"), USES.items(), ids=USES.keys())
def test_each_use_has_a_template_under_its_heading(name: str, group: TemplateGroup) -> None:
    assert named(name).group is group


async def test_a_scenario_of_each_template_passes() -> None:
    pool = WorkerPool(SHAPES)
    settings = replace(SimulationSettings(secrets=PlaceholderSecrets()), host=pool)
    try:
        for one in ALL:
            folder = template(one.name)
            entry = pick_scenario(list_scenarios(folder), one.scenarios[0])
            run = await asyncio.wait_for(
                run_scenario(read_flow_folder(folder), entry.usable(), settings), PATIENCE
            )
            assert isinstance(run, ScenarioRun)
            assert run.differences == (), one.name
    finally:
        await pool.aclose()


def test_templates_stand_by_heading_and_then_by_title() -> None:
    order = list(TemplateGroup)
    keys = [(order.index(one.group), one.title.casefold()) for one in ALL]
    assert keys == sorted(keys)
    assert [group_title(group) for group in order] == [
        "Access",
        "Tokens and profile",
        "Step-up and redirect",
        "Account",
    ]


def test_a_template_says_what_it_does_and_needs() -> None:
    one = named("ask-favourite-colour")
    assert one.title == "Ask favourite colour"
    assert one.language == "javascript"
    assert [secret.name for secret in one.secrets] == ["MY_SHARED_SECRET"]
    assert one.secrets[0].purpose.startswith("Signs the tokens")
    assert "First login, answers teal" in one.scenarios
    assert "onContinuePostLogin" in one.code
    assert one.packages == ()


def test_every_template_has_a_drawing_of_the_designer() -> None:
    icons = resource_files().icon_names()
    assert [one.name for one in ALL if one.icon not in icons] == []


def test_a_method_is_a_call_and_no_address() -> None:
    assert named("deny-by-audience").methods == ("access.deny",)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("audience", {"deny-by-audience"}),
        ("country mfa PYTHON", {"mfa-by-country-python"}),
        ("challengeWith", {"step-up"}),
        ("idToken.setCustomClaim python", {"roles-in-tokens-python"}),
        ("consent", {"terms-consent"}),
        ("PEOPLE_API_KEY", {"enrich-from-api"}),
        ("pineapple", set()),
    ],
)
def test_words_find_by_title_sentence_use_and_method(words: str, expected: set[str]) -> None:
    assert {one.name for one in found_templates(ALL, words)} == expected


def test_no_word_finds_all_in_their_order() -> None:
    assert found_templates(ALL, "  ") == ALL
