from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loginwright_runtime.errors import ScenarioError
from loginwright_runtime.login.requests import (
    ChallengeResult,
    EnrollmentResult,
    FormResult,
    RedirectReturn,
)
from loginwright_runtime.simulation import Away, Scenario, resume_request, secret_names
from loginwright_runtime.tokens.redirect_tokens import check_redirect_token
from loginwright_runtime.tokens.strict_jwt import read_unverified
from loginwright_runtime.transaction.outcome import SuspensionInfo
from scenario_bench import SECRET

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonObject, JsonValue
    from loginwright_runtime.simulation import AnyReply

STATE = "s" * 43
NOW = 1_795_428_000.5


def reply(**members: object) -> AnyReply:
    scenario = Scenario.model_validate({"name": "x", "resume": [members]})
    return scenario.resume[0]


def away(kind: str = "redirect", **query: str) -> Away:
    parameters = "".join(f"{name}={value}&" for name, value in query.items())
    suspension = SuspensionInfo.model_validate(
        {
            "kind": kind,
            "action": "colour",
            "url": f"https://my-app.example.com/?{parameters}state={STATE}",
            "state": STATE,
            "expires_at": "2026-11-23T11:00:00Z",
        }
    )
    return Away(suspension, "auth0|0001", "login.example.com", NOW, {"SHARED": SECRET})


def returned(answer: AnyReply, where: Away | None = None) -> RedirectReturn:
    request = resume_request(answer, where or away())
    assert isinstance(request, RedirectReturn)
    return request


def claims(token: JsonValue) -> JsonObject:
    assert isinstance(token, str)
    payload = read_unverified(token).payload
    assert isinstance(payload, dict)
    return payload


def minted(**options: object) -> JsonObject:
    """Return the claims of a token minted in a POST."""
    options.setdefault("secret", "SHARED")
    back = returned(reply(method="POST", body={"session_token": {"$token": options}}))
    return claims(back.request.body["session_token"])


def test_the_state_is_filled_in_where_the_method_carries_it() -> None:
    get, post = returned(reply()), returned(reply(method="post"))
    assert (get.request.query, get.request.body) == ({"state": STATE}, {})
    assert (post.request.query, post.request.body) == ({}, {"state": STATE})
    assert get.state == post.state == STATE


def test_a_given_state_is_sent_instead() -> None:
    for answer in (reply(state="other"), reply(query={"state": "other"})):
        back = returned(answer)
        assert back.state == "other"
        assert back.request.query == {"state": "other"}


def test_a_state_in_the_query_of_a_post_is_not_repeated_in_its_body() -> None:
    back = returned(reply(method="POST", query={"state": STATE}))
    assert (back.request.query, back.request.body) == ({"state": STATE}, {})


def test_a_state_in_the_body_of_a_get_is_not_repeated_in_its_query() -> None:
    back = returned(reply(body={"state": "other"}))
    assert (back.state, back.request.query, back.request.body) == ("other", {}, {"state": "other"})


def test_other_members_of_the_request_come_along() -> None:
    back = returned(reply(request={"ip": "203.0.113.9", "custom": {"a": 1}}))
    assert back.request.ip == "203.0.113.9"
    assert back.request.model_fields_set >= {"ip", "method", "query", "body"}
    assert "user_agent" not in back.request.model_fields_set


def test_a_parameter_that_was_sent_out_is_echoed() -> None:
    back = returned(reply(query={"back": {"$sent": "token"}}), away(token="abc"))
    assert back.request.query["back"] == "abc"


def test_echoing_what_was_not_sent_is_refused_with_its_place() -> None:
    with pytest.raises(ScenarioError) as refused:
        resume_request(reply(query={"back": {"$sent": "nothing"}}), away(token="abc"))
    problem = refused.value.problems[0]
    assert problem.path == '$.resume[0].query.back["$sent"]'
    assert "token, state" in problem.remedy


@pytest.mark.parametrize("name", [5, None, ["token"]])
def test_echoing_what_is_no_name_is_refused_with_its_place(name: JsonValue) -> None:
    with pytest.raises(ScenarioError) as refused:
        returned(reply(query={"a": {"$sent": name}}), away(token="abc"))
    assert refused.value.problems[0].path == '$.resume[0].query.a["$sent"]'
    assert refused.value.problems[0].remedy == "Name one that was: token, state."


def test_echoing_where_nobody_was_sent_anywhere_says_so() -> None:
    where = away()
    suspension = where.suspension.model_copy(update={"url": None})
    with pytest.raises(ScenarioError) as refused:
        returned(reply(query={"a": {"$sent": "token"}}), replace(where, suspension=suspension))
    assert refused.value.problems[0].remedy == "Name one that was: none."


def test_a_token_where_nobody_was_sent_anywhere_comes_from_the_logins_own_host() -> None:
    where = away()
    suspension = where.suspension.model_copy(update={"url": None})
    token = {"$token": {"secret": "SHARED"}}
    back = returned(reply(query={"t": token}), replace(where, suspension=suspension))
    assert claims(back.request.query["t"])["iss"] == "login.example.com"


def test_a_minted_token_passes_the_platforms_checks() -> None:
    back = returned(
        reply(body={"session_token": {"$token": {"secret": "SHARED", "claims": {"a": 1}}}})
    )
    token = back.request.body["session_token"]
    assert isinstance(token, str)
    report = check_redirect_token(
        token=token,
        parameter="session_token",
        secret=SECRET,
        state=STATE,
        user_id="auth0|0001",
        now=NOW,
    )
    assert [row.check for row in report.checks if not row.passed] == []


def test_claims_of_a_correct_site_are_filled_in() -> None:
    assert minted() == {
        "iss": "my-app.example.com",
        "sub": "auth0|0001",
        "iat": 1_795_428_000,
        "exp": 1_795_428_900,
        "state": STATE,
    }


@given(
    st.dictionaries(
        st.sampled_from(["iss", "sub", "iat", "exp", "state", "colour"]),
        st.none() | st.text(max_size=4) | st.integers(-9, 9),
    )
)
def test_every_claim_can_be_overridden_and_null_leaves_it_out(own: dict[str, object]) -> None:
    expected = {**minted(), **own}
    assert minted(claims=own) == {
        name: value for name, value in expected.items() if value is not None
    }


def test_the_site_answers_for_the_user_it_was_told_of() -> None:
    sent = returned(
        reply(query={"t": {"$token": {"secret": "SHARED", "claims": {"sub": "auth0|other"}}}})
    ).request.query["t"]
    assert isinstance(sent, str)
    where = away(ticket=sent)
    body = {"session_token": {"$token": {"secret": "SHARED", "parameter": "ticket"}}}
    back = returned(reply(method="POST", body=body), where)
    assert claims(back.request.body["session_token"])["sub"] == "auth0|other"


def test_the_user_it_was_told_of_stands_in_the_parameter_that_the_platform_uses() -> None:
    sent = returned(
        reply(query={"t": {"$token": {"secret": "SHARED", "claims": {"sub": "auth0|other"}}}})
    ).request.query["t"]
    assert isinstance(sent, str)
    token = {"session_token": {"$token": {"secret": "SHARED"}}}
    back = returned(reply(method="POST", body=token), away(session_token=sent))
    assert claims(back.request.body["session_token"])["sub"] == "auth0|other"


def test_a_secret_can_be_given_as_a_value() -> None:
    own = {"$token": {"secret": {"value": "another-secret-of-32-bytes-or-more"}}}
    report_of = returned(reply(body={"session_token": own})).request.body["session_token"]
    assert claims(report_of)["state"] == STATE


@pytest.mark.parametrize(
    ("options", "path"),
    [
        ({"secret": "UNKNOWN"}, '$.resume[0].query.t["$token"].secret'),
        ({"secret": {"value": ""}}, '$.resume[0].query.t["$token"].secret'),
        ({"secret": 7}, '$.resume[0].query.t["$token"].secret'),
        ({}, '$.resume[0].query.t["$token"].secret'),
        ({"secret": "SHARED", "claims": []}, '$.resume[0].query.t["$token"].claims'),
        ({"secret": "SHARED", "parameter": 1}, '$.resume[0].query.t["$token"].parameter'),
        ({"secret": "SHARED", "alg": "none"}, '$.resume[0].query.t["$token"]'),
        ("SHARED", '$.resume[0].query.t["$token"]'),
    ],
)
def test_a_token_that_cannot_be_minted_is_refused_with_its_place(
    options: object, path: str
) -> None:
    with pytest.raises(ScenarioError) as refused:
        resume_request(reply(query={"t": {"$token": options}}), away())
    assert refused.value.problems[0].path == path
    assert SECRET not in str(refused.value)


def test_values_inside_lists_and_objects_are_resolved() -> None:
    back = returned(reply(query={"a": [{"b": {"$sent": "token"}}]}), away(token="abc"))
    assert back.request.query["a"] == [{"b": "abc"}]


def test_an_object_with_more_members_is_no_instruction() -> None:
    plain: dict[str, object] = {"$sent": "token", "more": 1}
    assert returned(reply(query={"a": plain})).request.query["a"] == plain


def test_a_factor_answers_what_is_waited_for() -> None:
    answer = reply(factor="otp", passed=True)
    assert isinstance(resume_request(answer, away("challenge")), ChallengeResult)
    assert isinstance(resume_request(answer, away("enrollment")), EnrollmentResult)


def test_a_form_is_answered_with_fields_and_vars() -> None:
    form = resume_request(reply(fields={"a": {"$sent": "token"}}, vars={"b": 1}), away(token="x"))
    assert isinstance(form, FormResult)
    assert (form.fields, form.vars) == ({"a": "x"}, {"b": 1})


def test_a_request_that_cannot_be_is_refused_with_its_place() -> None:
    with pytest.raises(ScenarioError) as refused:
        resume_request(reply(request={"ip": 7}), away())
    assert refused.value.problems[0].path == "$.resume[0].request.ip"


def test_names_of_secrets_are_found_wherever_they_stand() -> None:
    token = {"$token": {"secret": "B"}}
    scenario = Scenario.model_validate(
        {
            "name": "x",
            "resume": [
                {"query": {"a": {"$token": {"secret": "A"}}}, "body": {"b": [{"c": token}]}},
                {"fields": {"d": {"$token": {"secret": {"value": "own"}}}}},
                {"fields": {"e": {"$token": {"secret": "C"}, "more": 1}, "f": {"$token": "D"}}},
                {"factor": "otp", "passed": True},
            ],
        }
    )
    assert secret_names(scenario) == {"A", "B"}


@given(st.sampled_from(["redirect", "challenge", "enrollment", "form"]))
def test_every_reply_makes_a_request_for_every_suspension(kind: str) -> None:
    from loginwright_runtime.login.requests import ResumeRequest

    answers = (reply(), reply(factor="otp", passed=False), reply(fields={}))
    for answer in answers:
        assert isinstance(resume_request(answer, away(kind)), get_args(ResumeRequest))
