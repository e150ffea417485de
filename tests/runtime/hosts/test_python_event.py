"""The event of a Python action: snake_case over the platform's own names."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loginwright_runtime.hosts.workers.python_event import (
    USER_MAPS,
    Answer,
    Event,
    EventPart,
    JsonValue,
    read_answer,
    read_event,
    replace_members,
    snake_case,
)
from loginwright_runtime.login.event_table import EventMember, member_table
from loginwright_runtime.login.platform_spelling import MAPS_OF_USERS


def event(**members: JsonValue) -> Any:  # its members are what the JSON says
    return read_event(members)


@pytest.mark.parametrize(
    ("platform", "python"),
    [
        ("continentCode", "continent_code"),
        ("countryCode3", "country_code3"),
        ("UntrustedIP", "untrusted_ip"),
        ("ImpossibleTravel", "impossible_travel"),
        ("isSocial", "is_social"),
        ("akamaiUserRisk", "akamai_user_risk"),
        ("user_id", "user_id"),
    ],
)
def test_name_of_the_platform_is_written_as_python_does(platform: str, python: str) -> None:
    assert snake_case(platform) == python


@pytest.mark.parametrize("member", member_table(), ids=lambda member: member.python_path)
def test_every_documented_member_is_read_under_its_python_name(member: EventMember) -> None:
    value: JsonValue = {"theirKey": {"anotherKey": 1}} if member.type == "map" else "here"
    members: JsonValue = value
    for name in reversed(member.path.split(".")[1:]):
        key = name.removesuffix("[]")
        members = {key: [members] if name.endswith("[]") else members}
    assert isinstance(members, dict)

    read: Any = read_event(members)
    for name in member.python_path.split(".")[1:]:
        read = getattr(read, name.removesuffix("[]"))
        read = read[0] if name.endswith("[]") else read
    assert read == value
    if member.path.rpartition(".")[2] in USER_MAPS:
        assert (type(read), type(read["theirKey"])) == (dict, dict)


def test_the_worker_knows_the_maps_of_users_as_the_rest_of_the_runtime_does() -> None:
    assert {snake_case(name) for name in USER_MAPS} == MAPS_OF_USERS


def test_camel_case_member_is_read_in_snake_case() -> None:
    login = event(request={"geoip": {"continentCode": "EU"}})
    assert login.request.geoip.continent_code == "EU"


def test_assessment_is_reached_through_every_level() -> None:
    login = event(
        authentication={"riskAssessment": {"assessments": {"UntrustedIP": {"confidence": "low"}}}}
    )
    assert login.authentication.risk_assessment.assessments.untrusted_ip.confidence == "low"


def test_object_in_a_list_has_attributes() -> None:
    login = event(user={"identities": [{"isSocial": True}]})
    assert login.user.identities[0].is_social is True


def test_absent_member_reads_none() -> None:
    login = event(user={})
    assert login.authorization is None
    assert login.user.phone_number is None


def test_member_that_nobody_documents_is_there_in_snake_case() -> None:
    assert event(experiment={"variationId": "b"}).experiment.variation_id == "b"


@pytest.mark.parametrize(
    "name", ["metadata", "user_metadata", "app_metadata", "query", "body", "secrets", "vars"]
)
def test_map_with_keys_of_a_user_stays_a_dict(name: str) -> None:
    part = event(part={name: {"favouriteColour": {"isDark": True}}}).part
    assert type(part[name]) is dict
    assert type(part[name]["favouriteColour"]) is dict


def test_profile_data_of_an_identity_stays_a_dict() -> None:
    login = event(user={"identities": [{"profileData": {"givenName": "Ada"}}]})
    assert type(login.user.identities[0].profile_data) is dict


def test_item_is_found_under_both_names() -> None:
    user = event(user={"enrolledFactors": []}).user
    assert user["enrolledFactors"] is user["enrolled_factors"]
    assert "enrolled_factors" in user
    assert "enrolledFactors" in user
    assert user.get("enrolled_factors") == []


def test_absent_item_is_a_key_error_and_get_gives_the_default() -> None:
    user = event(user={}).user
    with pytest.raises(KeyError):
        user["nickname"]
    assert user.get("nickname", "Ada") == "Ada"
    assert "nickname" not in user


def test_assigned_member_is_read_back() -> None:
    login = event(configuration={})
    login.configuration = {"API_KEY": "k"}
    login.user = EventPart()
    login.user.nickname = "Ada"
    assert login.configuration["API_KEY"] == "k"
    assert login["user"]["nickname"] == "Ada"


def test_assignment_in_snake_case_replaces_the_member_of_the_platform() -> None:
    user = event(user={"enrolledFactors": [{"type": "otp"}]}).user
    user.enrolled_factors = []
    assert dict(user) == {"enrolledFactors": []}


def test_list_is_changed_in_place() -> None:
    login = event(authorization={"roles": ["member"]})
    login.authorization.roles.append("admin")
    assert login.authorization.roles == ["member", "admin"]


def test_member_is_deleted_by_either_name() -> None:
    user = event(user={"enrolledFactors": [], "email": "a@b.c"}).user
    del user.enrolled_factors
    del user["email"]
    assert user == {}
    with pytest.raises(AttributeError, match="nickname"):
        del user.nickname


def test_event_is_json_as_the_platform_has_it() -> None:
    members: dict[str, JsonValue] = {"request": {"geoip": {"continentCode": "EU"}}}
    assert json.loads(json.dumps(read_event(members))) == {
        "request": {"geoip": {"continentCode": "EU"}}
    }


def test_copy_stands_by_itself() -> None:
    login = event(user={"name": "Ada"})
    other = copy.deepcopy(login)
    other.user.name = "Grace"
    assert login.user.name == "Ada"
    assert isinstance(other, Event)


def test_unknown_protocol_method_is_not_taken_for_a_member() -> None:
    assert not hasattr(event(), "__html__")


def test_printed_event_reads_as_it_is_written() -> None:
    login = event(request={"geoip": {"continentCode": "EU"}, "query": {"a": "b"}})
    assert repr(login) == (
        "Event(request=EventPart(geoip=EventPart(continent_code='EU'), query={'a': 'b'}))"
    )


def test_printed_event_holds_no_secret() -> None:
    assert repr(event(secrets={"KEY": "hunter2"})) == "Event(secrets={'KEY': '***'})"


def test_dir_offers_the_names_of_python() -> None:
    assert "continent_code" in dir(event(geoip={"continentCode": "EU"}).geoip)


def test_merge_changes_the_object_that_the_action_holds() -> None:
    login = event(transaction={"metadata": {"old": 1}})
    held = login.transaction.metadata
    replace_members(login, "transaction.metadata", {"new": 2})
    assert held == {"new": 2}


def test_merge_makes_what_is_missing() -> None:
    login = event()
    replace_members(login, "transaction.metadata", {"new": 2})
    assert login.transaction.metadata == {"new": 2}


def test_answer_has_attributes_and_its_parts_too() -> None:
    answer: Any = read_answer({"roles": [{"id": "rol_1"}]})
    assert answer.roles[0].id == "rol_1"
    assert repr(answer).startswith(Answer.__name__)
    assert answer.next is None


def test_answer_that_is_no_object_stays_as_it_is() -> None:
    assert read_answer("token") == "token"
    answers: Any = read_answer([{"id": "a"}])
    assert answers[0].id == "a"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(st.dictionaries(st.text(), json_values, max_size=6))
def test_any_event_keeps_every_value(members: dict[str, JsonValue]) -> None:
    assert read_event(copy.deepcopy(members)) == members


@given(st.dictionaries(st.text(min_size=1), st.integers(), max_size=8))
def test_any_member_is_read_under_its_own_name(members: dict[str, JsonValue]) -> None:
    login = read_event(members)
    assert all(login[name] == value for name, value in members.items())
