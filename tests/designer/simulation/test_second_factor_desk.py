"""A second factor or a form is asked for in words, with the answer that goes on proposed."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loginwright_designer.simulation.desk import AnswerField
from loginwright_designer.simulation.factor_words import factor_words
from loginwright_designer.simulation.second_factor_desk import (
    Question,
    factor_reply,
    field_text,
    field_value,
    form_reply,
    question_of,
)
from loginwright_designer.simulation.source_place import SourcePlace
from loginwright_runtime.flow.folder import read_flow_folder
from loginwright_runtime.flow.model import Flow
from loginwright_runtime.simulation import (
    Away,
    PlaceholderSecrets,
    Scenario,
    SimulationSettings,
    list_scenarios,
    run_scenario,
)
from loginwright_runtime.validation.analysis import analyse_sources
from loginwright_runtime.validation.facts import SourceFacts

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonValue
    from loginwright_runtime.simulation import AnyReply, LoginOutcome

TEMPLATES = Path(__file__).parents[3] / "resources" / "templates"


@dataclass(frozen=True)
class Waiting:
    """A login that waits, and all that is known of its flow."""

    flow: Flow
    scenario: Scenario
    facts: SourceFacts
    away: Away

    def question(
        self, reply: AnyReply | None = None, available: tuple[str, ...] | None = None
    ) -> Question:
        """What it asks."""
        asked = question_of(self.away, self.flow, self.facts, reply, available)
        assert asked is not None
        return asked

    def answered(self, reply: AnyReply) -> LoginOutcome:
        """What comes of an answer."""
        scenario = self.scenario.model_copy(update={"resume": (reply,), "expect": None})
        return asyncio.run(ran(self.flow, scenario))[-1]


async def ran(flow: Flow, scenario: Scenario) -> tuple[LoginOutcome, ...]:
    """Every outcome of a scenario."""
    run = await run_scenario(flow, scenario, SimulationSettings(PlaceholderSecrets(), mfa=None))
    return run.outcomes


def waiting(template: str, name: str) -> Waiting:
    """A template's login as it waits for its answer."""
    folder = TEMPLATES / template
    flow = read_flow_folder(folder)
    scenario = next(
        one.usable() for one in list_scenarios(folder) if one.usable().name == name
    ).model_copy(update={"resume": (), "expect": None})
    suspension = asyncio.run(ran(flow, scenario))[-1].suspension
    assert suspension is not None
    facts = analyse_sources(flow)[flow.actions[0].code]
    return Waiting(
        flow, scenario, facts, Away(suspension, "auth0|0001", "login.example.com", 1795428000.0)
    )


@pytest.fixture(scope="module")
def challenge() -> Waiting:
    """A login that may only move money after a second factor."""
    return waiting("step-up", "Moves money, factor passed")


@pytest.fixture(scope="module")
def form() -> Waiting:
    """A login that shows the terms of use."""
    return waiting("terms-consent", "Accepts the terms")


def test_a_challenge_says_who_is_asked_for_which_factors(challenge: Waiting) -> None:
    question = challenge.question()
    assert question.title == "Away at the second factor"
    name = challenge.flow.actions[0].name
    assert question.sentence == f"{name} asks auth0|0001 for a second factor."
    assert question.factors == ("webauthn-roaming", "otp")
    assert (question.factor, question.passed) == ("webauthn-roaming", True)


def test_a_challenge_leads_to_the_call_that_asks(challenge: Waiting) -> None:
    place = challenge.question().place
    assert place is not None
    code = challenge.flow.files[challenge.flow.actions[0].code].decode().splitlines()
    assert place.line is not None
    assert "challengeWith" in code[place.line - 1]


def test_the_proposed_factor_goes_on_and_a_failed_one_denies(challenge: Waiting) -> None:
    question = challenge.question()
    assert challenge.answered(factor_reply(question.factor, passed=True)).status == "allowed"
    assert challenge.answered(factor_reply(question.factor, passed=False)).status == "denied"
    assert question.next_sentence.endswith("Not passed, the login is denied.")


def test_the_scenarios_own_answer_is_proposed(challenge: Waiting) -> None:
    question = challenge.question(factor_reply("otp", passed=False))
    assert (question.factor, question.passed) == ("otp", False)


def test_a_factor_that_was_not_asked_for_is_never_proposed(challenge: Waiting) -> None:
    assert challenge.question(factor_reply("email", passed=True)).factor == "webauthn-roaming"


def test_a_form_proposes_what_its_handler_reads(form: Waiting) -> None:
    question = form.question()
    assert question.kind == "form"
    assert question.form_id == "ap_terms_of_use"
    assert [one.name for one in question.fields] == ["accepted"]
    assert question.fields[0].read_at
    assert question.variables == (AnswerField("version", "2026-11"),)
    assert "ap_terms_of_use" in question.sentence


def test_a_form_filled_in_by_hand_is_accepted(form: Waiting) -> None:
    accepted = (AnswerField("accepted", field_value("true")),)
    assert form.answered(form_reply(accepted, ())).status == "allowed"
    refused = (AnswerField("accepted", field_value("yes")),)
    assert form.answered(form_reply(refused, ())).status == "denied"


def test_mfa_owed_at_the_end_is_asked_by_no_action(challenge: Waiting) -> None:
    owed = challenge.away.suspension.model_copy(update={"action": None, "factors": ()})
    away = Away(owed, "auth0|0001", "login.example.com", 0.0)
    question = question_of(away, challenge.flow, available=("phone",))
    assert question is not None
    assert question.sentence == (
        "MFA is owed after the last action: auth0|0001 is asked for a second factor."
    )
    assert (question.factors, question.place) == (("phone",), None)
    assert question.next_sentence.startswith("Next: the profile is written, tokens are issued.")


def test_without_any_factor_named_every_usual_one_is_offered(challenge: Waiting) -> None:
    owed = challenge.away.suspension.model_copy(update={"action": None, "factors": ()})
    question = question_of(Away(owed, "u", "h", 0.0), challenge.flow)
    assert question is not None
    assert question.factor == "otp"
    assert "recovery-code" in question.factors


def test_a_redirect_is_no_question(challenge: Waiting) -> None:
    redirect = challenge.away.suspension.model_copy(update={"kind": "redirect"})
    assert question_of(Away(redirect, "u", "h", 0.0), challenge.flow) is None


def test_a_factor_is_called_what_people_call_it() -> None:
    assert factor_words("otp") == "One-time password"
    assert factor_words("carrier-pigeon") == "carrier-pigeon"


def test_the_place_of_a_form_is_its_render_call(form: Waiting) -> None:
    place = form.question().place
    assert isinstance(place, SourcePlace)
    assert place.action_id == form.flow.actions[0].id


VALUES: st.SearchStrategy[JsonValue] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.text()
    | st.sampled_from(["true", "3", "{}", '"a"', "null", ""]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@given(VALUES)
def test_every_value_is_read_back_from_its_field(value: JsonValue) -> None:
    read = field_value(field_text(value))
    assert read == value
    assert type(read) is type(value)
