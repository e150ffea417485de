"""The table of the event's members, held against reference §3."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loginwright_runtime.hosts.workers import python_event
from loginwright_runtime.login.event import Event
from loginwright_runtime.login.event_building import LoginSoFar, event_for_handler, event_frame
from loginwright_runtime.login.event_table import EventMember, member_table
from loginwright_runtime.login.requests import (
    Authentication,
    Client,
    HttpRequest,
    LoginRequest,
    NoBrowser,
    ResourceServer,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loginwright_runtime.login.json_values import JsonValue

REFERENCE = """
agent? agent.agent_id agent.agent_metadata agent.name
authentication? authentication.methods
authentication.methods[].name authentication.methods[].timestamp authentication.methods[].type?
authentication.riskAssessment?
authentication.riskAssessment.confidence authentication.riskAssessment.version
authentication.riskAssessment.assessments
authentication.riskAssessment.assessments.UntrustedIP?
authentication.riskAssessment.assessments.UntrustedIP.confidence
authentication.riskAssessment.assessments.UntrustedIP.code
authentication.riskAssessment.assessments.UntrustedIP.details?
authentication.riskAssessment.assessments.UntrustedIP.details.ip?
authentication.riskAssessment.assessments.UntrustedIP.details.matches?
authentication.riskAssessment.assessments.UntrustedIP.details.source?
authentication.riskAssessment.assessments.UntrustedIP.details.category?
authentication.riskAssessment.assessments.NewDevice?
authentication.riskAssessment.assessments.NewDevice.confidence
authentication.riskAssessment.assessments.NewDevice.code
authentication.riskAssessment.assessments.NewDevice.details?
authentication.riskAssessment.assessments.NewDevice.details.device?
authentication.riskAssessment.assessments.NewDevice.details.useragent?
authentication.riskAssessment.assessments.ImpossibleTravel?
authentication.riskAssessment.assessments.ImpossibleTravel.confidence
authentication.riskAssessment.assessments.ImpossibleTravel.code
authentication.riskAssessment.assessments.AgentDetection?
authentication.riskAssessment.assessments.AgentDetection.confidence
authentication.riskAssessment.assessments.AgentDetection.code
authentication.riskAssessment.assessments.AgentDetection.details?
authentication.riskAssessment.assessments.AgentDetection.details.provider?
authentication.riskAssessment.supplemental?
authentication.riskAssessment.supplemental.akamai?
authentication.riskAssessment.supplemental.akamai.akamaiBot?
authentication.riskAssessment.supplemental.akamai.akamaiBot.type?
authentication.riskAssessment.supplemental.akamai.akamaiBot.action?
authentication.riskAssessment.supplemental.akamai.akamaiBot.botCategory?
authentication.riskAssessment.supplemental.akamai.akamaiBot.botScore?
authentication.riskAssessment.supplemental.akamai.akamaiBot.botScoreResponseSegment?
authentication.riskAssessment.supplemental.akamai.akamaiBot.botnetId?
authentication.riskAssessment.supplemental.akamai.akamaiUserRisk?
authentication.riskAssessment.supplemental.akamai.akamaiUserRisk.action?
authentication.riskAssessment.supplemental.akamai.akamaiUserRisk.allow?
authentication.riskAssessment.supplemental.akamai.akamaiUserRisk.emailDomain?
authentication.riskAssessment.supplemental.akamai.akamaiUserRisk.general?
authentication.riskAssessment.supplemental.akamai.akamaiUserRisk.ouid?
authentication.riskAssessment.supplemental.akamai.akamaiUserRisk.requestid?
authentication.riskAssessment.supplemental.akamai.akamaiUserRisk.risk?
authentication.riskAssessment.supplemental.akamai.akamaiUserRisk.score?
authentication.riskAssessment.supplemental.akamai.akamaiUserRisk.status?
authentication.riskAssessment.supplemental.akamai.akamaiUserRisk.trust?
authentication.riskAssessment.supplemental.akamai.akamaiUserRisk.username?
authentication.riskAssessment.supplemental.akamai.akamaiUserRisk.uuid?
authorization? authorization.roles
client client.client_id client.name client.metadata
client.refresh_token? client.refresh_token.policies?
client.refresh_token.policies[].audience client.refresh_token.policies[].scope
configuration
connection connection.id connection.name connection.strategy connection.metadata?
custom_domain? custom_domain.domain custom_domain.domain_metadata
experiment? experiment.experiment_id experiment.variation_id experiment.config
experiment.is_control
organization? organization.id organization.name organization.display_name organization.metadata
prompt? prompt.id prompt.fields? prompt.vars?
refresh_token? refresh_token.id refresh_token.client_id? refresh_token.user_id?
refresh_token.session_id? refresh_token.created_at? refresh_token.idle_expires_at?
refresh_token.expires_at? refresh_token.last_exchanged_at? refresh_token.rotating?
refresh_token.resource_servers? refresh_token.resource_servers[].audience
refresh_token.resource_servers[].scopes refresh_token.device?
refresh_token.device.initial_asn? refresh_token.device.initial_ip?
refresh_token.device.initial_user_agent? refresh_token.device.last_asn?
refresh_token.device.last_ip? refresh_token.device.last_user_agent?
refresh_token.metadata? refresh_token.session_transfer?
refresh_token.session_transfer.parent_refresh_token?
refresh_token.session_transfer.parent_refresh_token.id?
refresh_token.session_transfer.parent_refresh_token.metadata?
request request.ip request.method request.query request.body request.hostname?
request.language? request.user_agent? request.asn?
request.geoip request.geoip.countryCode? request.geoip.countryCode3?
request.geoip.countryName? request.geoip.cityName? request.geoip.latitude?
request.geoip.longitude? request.geoip.timeZone? request.geoip.subdivisionCode?
request.geoip.subdivisionName? request.geoip.continentCode?
resource_server? resource_server.identifier
secrets
security_context? security_context.ja3? security_context.ja4?
session? session.id session.user_id? session.created_at? session.updated_at?
session.authenticated_at? session.idle_expires_at? session.expires_at?
session.last_interacted_at? session.clients? session.clients[].client_id
session.device? session.device.initial_asn? session.device.initial_ip?
session.device.initial_user_agent? session.device.last_asn? session.device.last_ip?
session.device.last_user_agent? session.cookie? session.cookie.mode? session.metadata?
session.actor? session.actor.sub session.actor.act?
session.session_transfer? session.session_transfer.parent_refresh_token?
session.session_transfer.parent_refresh_token.id?
session.session_transfer.parent_refresh_token.metadata?
session_transfer_token? session_transfer_token.client_id session_transfer_token.scope
session_transfer_token.request session_transfer_token.request.ip
session_transfer_token.request.asn? session_transfer_token.request.user_agent?
session_transfer_token.request.geoip? session_transfer_token.request.geoip.countryCode?
session_transfer_token.request.geoip.countryCode3?
session_transfer_token.request.geoip.countryName? session_transfer_token.request.geoip.cityName?
session_transfer_token.request.geoip.latitude? session_transfer_token.request.geoip.longitude?
session_transfer_token.request.geoip.timeZone?
session_transfer_token.request.geoip.subdivisionCode?
session_transfer_token.request.geoip.subdivisionName?
session_transfer_token.request.geoip.continentCode?
stats stats.logins_count
tenant tenant.id
transaction? transaction.id? transaction.protocol? transaction.requested_scopes
transaction.acr_values transaction.ui_locales transaction.locale? transaction.login_hint?
transaction.redirect_uri? transaction.state? transaction.prompt? transaction.response_mode?
transaction.response_type? transaction.requested_authorization_details?
transaction.requested_authorization_details[].type transaction.linking_id?
transaction.correlation_id? transaction.metadata transaction.actor? transaction.actor.sub
transaction.actor.act? transaction.actor_token_type? transaction.subject_token_type?
user user.user_id user.email? user.email_verified? user.name? user.given_name?
user.family_name? user.nickname? user.picture? user.phone_number? user.phone_verified?
user.username? user.created_at? user.updated_at? user.last_password_reset?
user.user_metadata user.app_metadata user.identities user.identities[].connection?
user.identities[].provider? user.identities[].user_id? user.identities[].profileData?
user.identities[].isSocial? user.multifactor? user.enrolledFactors?
user.enrolledFactors[].type user.enrolledFactors[].options?
"""
"""Every member that reference §3 names; ``?`` stands behind what may be absent."""

MEMBERS = member_table()
BY_PATH = {member.path: member for member in MEMBERS}


def test_the_table_has_every_member_of_the_reference_and_no_other() -> None:
    named = {f"event.{path}" for path in REFERENCE.split()}
    written = {f"{member.path}{'?' if member.optional else ''}" for member in MEMBERS}
    assert written == named
    assert len(BY_PATH) == len(MEMBERS)


def test_python_spellings_are_unique() -> None:
    assert len({member.python_path for member in MEMBERS}) == len(MEMBERS)


@pytest.mark.parametrize("member", MEMBERS, ids=lambda member: member.path)
def test_a_member_is_spelled_as_the_worker_reads_it(member: EventMember) -> None:
    platform, python = member.path.split("."), member.python_path.split(".")
    assert [python_event.snake_case(name) for name in platform] == python
    assert member.doc.endswith((".", "?", "…"))


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("event.request.geoip.latitude", "number"),
        ("event.stats.logins_count", "number"),
        ("event.user.email_verified", "boolean"),
        ("event.user.email", "string"),
        ("event.user", "object"),
        ("event.user.user_metadata", "map"),
        ("event.secrets", "map"),
        ("event.authorization.roles", "list of string"),
        ("event.transaction.prompt", "list of string"),
        ("event.authentication.methods", "list of object"),
        ("event.session.clients", "list of object"),
        ("event.organization.metadata", "map"),
    ],
)
def test_a_member_says_of_what_type_it_is(path: str, kind: str) -> None:
    assert BY_PATH[path].type == kind


def test_members_come_depth_first_after_the_part_they_belong_to() -> None:
    seen: set[str] = {"event"}
    for member in MEMBERS:
        owner = member.path.rpartition(".")[0].removesuffix("[]")
        assert owner in seen
        seen.add(member.path)


def paths(value: JsonValue, path: str) -> Iterator[str]:
    """Return the path of every member that the table could name."""
    member = BY_PATH.get(path.removesuffix("[]"))
    if isinstance(value, list):
        for item in value:
            yield from paths(item, f"{path}[]")
    elif isinstance(value, dict) and (member is None or member.type != "map"):
        for key, inner in value.items():
            yield f"{path}.{key}"
            yield from paths(inner, f"{path}.{key}")


def test_every_event_the_engine_builds_consists_of_members_of_the_table() -> None:
    request = LoginRequest(
        user_id="auth0|0001",
        client=Client(client_id="my-spa"),
        request=HttpRequest(geoip={"countryCode": "DE"}, hostname="login.example.com", asn="1"),
        authentication=Authentication(methods=({"name": "pwd", "timestamp": "t"},)),
        session={"id": "s"},
        refresh_token={"id": "r"},
        resource_server=ResourceServer(identifier="https://api.example.com"),
        organization={"id": "o", "name": "o", "display_name": "O", "metadata": {}},
        browser=NoBrowser(),
    )
    frame = event_frame(request, request.request, "1", ("admin",))
    so_far = LoginSoFar(
        methods=({"name": "mfa", "type": "otp", "timestamp": "t"},),
        prompt={"id": "ap_1", "fields": {}, "vars": {}},
    )
    event = event_for_handler(frame, {"user_id": "auth0|0001", "email": "a@b.c"}, so_far)
    assert set(paths(event, "event")) - BY_PATH.keys() == set()


def test_a_member_without_a_type_is_no_attribute_of_the_types() -> None:
    with pytest.raises(AttributeError, match="my_own_member"):
        _ = Event().my_own_member
