"""The table of methods, held against the reference and the contract."""

from __future__ import annotations

import json
from dataclasses import asdict

import pytest

from loginwright_runtime.api.methods import METHODS, SHAPES, Method

REFERENCE = """
access.deny
accessToken.addScope accessToken.removeScope accessToken.setCustomClaim
authentication.challengeWith authentication.challengeWithAny
authentication.enrollWith authentication.enrollWithAny
authentication.recordMethod authentication.setPrimaryUser
cache.delete cache.get cache.set
groups.getUserGroups groups.hasGroupMembership
idToken.setCustomClaim
multifactor.enable
prompt.render
redirect.canRedirect redirect.encodeToken redirect.sendUserTo redirect.validateToken
refreshToken.deleteMetadata refreshToken.evictMetadata refreshToken.revoke
refreshToken.setExpiresAt refreshToken.setIdleExpiresAt refreshToken.setMetadata
roles.getUserEffectiveRoles roles.getUserEffectiveRolesByIds roles.getUserEffectiveRolesByNames
rules.wasExecuted
samlResponse.setAttribute samlResponse.setAudience samlResponse.setAuthnContextClassRef
samlResponse.setCert samlResponse.setCreateUpnClaim samlResponse.setDestination
samlResponse.setDigestAlgorithm samlResponse.setEncryptionAlgorithm samlResponse.setEncryptionCert
samlResponse.setEncryptionPublicKey samlResponse.setIncludeAttributeNameFormat
samlResponse.setIssuer samlResponse.setKey samlResponse.setLifetimeInSeconds
samlResponse.setMapIdentities samlResponse.setMapUnknownClaimsAsIs
samlResponse.setNameIdentifierFormat samlResponse.setNameIdentifierProbes
samlResponse.setPassthroughClaimsWithNoMapping samlResponse.setRecipient
samlResponse.setRelayState samlResponse.setSignResponse samlResponse.setSignatureAlgorithm
samlResponse.setSigningCert samlResponse.setTypedAttributes
session.deleteMetadata session.evictMetadata session.revoke session.setCookieMode
session.setExpiresAt session.setIdleExpiresAt session.setMetadata
transaction.setMetadata
user.setAppMetadata user.setUserMetadata
validation.error
"""
READS = {
    "redirect.encodeToken",
    "redirect.validateToken",
    "redirect.canRedirect",
    "cache.get",
    "rules.wasExecuted",
    "roles.getUserEffectiveRoles",
    "roles.getUserEffectiveRolesByIds",
    "roles.getUserEffectiveRolesByNames",
    "groups.getUserGroups",
    "groups.hasGroupMembership",
}
"""What contract.md ("Outcome") calls reads."""
THROWING = {
    "accessToken.addScope",
    "accessToken.removeScope",
    "authentication.recordMethod",
    "authentication.setPrimaryUser",
    "redirect.sendUserTo",
    "transaction.setMetadata",
}
each_method = pytest.mark.parametrize("method", METHODS.values(), ids=lambda method: method.name)


def test_the_table_has_every_method_of_the_reference_and_no_other() -> None:
    assert sorted(METHODS) == sorted(REFERENCE.split())


def test_a_method_stands_under_its_own_name() -> None:
    assert all(name == method.name for name, method in METHODS.items())


def test_reads_are_those_of_the_contract() -> None:
    assert {name for name, method in METHODS.items() if method.read} == READS


def test_a_call_waits_where_it_can_throw_or_answers_a_value() -> None:
    waiting = {name for name, method in METHODS.items() if method.waits}
    answering = {name for name, method in METHODS.items() if method.answers == "value"}
    assert waiting == answering | THROWING
    assert answering >= READS


def test_every_method_that_asks_for_something_can_be_chained() -> None:
    chained = {name for name, method in METHODS.items() if method.answers == "api"}
    assert chained == METHODS.keys() - READS - {"cache.set", "cache.delete"}


def test_roles_and_groups_are_promises_and_nothing_else_is() -> None:
    promises = {name for name, method in METHODS.items() if method.promise}
    assert promises == {name for name in METHODS if name.startswith(("roles.", "groups."))}


@each_method
def test_optional_parameters_come_last(method: Method) -> None:
    optional = [parameter.optional for parameter in method.parameters]
    assert optional == sorted(optional)


@each_method
def test_options_are_the_last_parameter_and_an_object_with_named_members(method: Method) -> None:
    if method.options is None:
        assert method.option_names == ()
        assert all(one.kind != "object" for one in method.parameters)
    else:
        last = method.parameters[-1]
        assert (last.name, last.kind) == (method.options, "object")
        assert method.option_index == len(method.parameters) - 1
        assert method.option_names


@each_method
def test_a_method_says_what_it_does_and_where_that_is_from(method: Method) -> None:
    assert method.does.endswith(".")
    assert "|" not in method.does + method.source
    assert any(word in method.source for word in ("seed", "reference §", "security.md"))


def test_the_shapes_that_workers_get_are_plain_json() -> None:
    rows = [asdict(shape) for shape in SHAPES]
    assert [row["name"] for row in rows] == list(METHODS)
    read_back = json.loads(json.dumps(rows))
    assert [{**row, "parameters": tuple(row["parameters"])} for row in read_back] == rows


def test_a_shape_says_what_the_shim_needs() -> None:
    shape = METHODS["redirect.sendUserTo"].shape
    assert (shape.waits, shape.answers, shape.promise) == (True, "api", False)
    assert (shape.parameters, shape.options) == (("url", "options"), "options")
