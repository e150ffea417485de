"""SAML settings that actions make, and the limits over which they are ignored."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from api_calls import codes, effect, meaning
from loginwright_runtime.api.saml_methods import SAML_SETTERS, SamlSetter
from loginwright_runtime.transaction.effects import SamlSet

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonValue

REFERENCE_LIMITS = {
    "setAttribute": 2048,
    "setAudience": 2048,
    "setRecipient": 2048,
    "setDestination": 2048,
    "setNameIdentifierFormat": 512,
    "setNameIdentifierProbes": 512,
    "setAuthnContextClassRef": 512,
    "setSigningCert": 4096,
    "setEncryptionCert": 4096,
    "setEncryptionPublicKey": 4096,
    "setCert": 4096,
    "setKey": 4096,
}
A_VALUE: dict[str, JsonValue] = {
    "string": "text",
    "boolean": True,
    "number": 60,
    "strings": ["a"],
    "attribute": "text",
}


def args(setter: SamlSetter, value: JsonValue) -> list[JsonValue]:
    """Return the arguments that set a value."""
    return ["name", value] if setter.name == "setAttribute" else [value]


@pytest.mark.parametrize("setter", SAML_SETTERS, ids=lambda setter: setter.name)
def test_a_setting_is_kept_under_its_own_name(setter: SamlSetter) -> None:
    value = setter.choices[0] if setter.choices else A_VALUE[setter.kind]
    name = "name" if setter.name == "setAttribute" else None
    asked = effect(f"samlResponse.{setter.name}", *args(setter, value))
    assert asked == SamlSet(setter.setting, value, name)
    assert f"set{setter.setting[0].upper()}{setter.setting[1:]}" == setter.name


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("setSignatureAlgorithm", ("rsa-sha256", "rsa-sha1")),
        ("setDigestAlgorithm", ("sha256", "sha1")),
        ("setEncryptionAlgorithm", ("aes256-cbc", "aes256-gcm")),
    ],
)
def test_an_algorithm_that_the_platform_does_not_know_is_ignored_with_a_warning(
    name: str, known: tuple[str, ...]
) -> None:
    for algorithm in known:
        asked = effect(f"samlResponse.{name}", algorithm)
        assert isinstance(asked, SamlSet)
        assert asked.value == algorithm
    for odd in ("md5", "", "RSA-SHA256"):
        assert codes(meaning(f"samlResponse.{name}", odd)) == ["argument-ignored"]


def test_the_limits_are_those_of_the_reference() -> None:
    limits = {setter.name: setter.limit for setter in SAML_SETTERS if setter.limit is not None}
    assert limits == REFERENCE_LIMITS


@pytest.mark.parametrize(("name", "limit"), REFERENCE_LIMITS.items())
def test_a_setting_over_its_limit_is_ignored_with_a_warning(name: str, limit: int) -> None:
    setter = next(one for one in SAML_SETTERS if one.name == name)
    for text, fits in (("v" * limit, True), ("v" * (limit + 1), False), ("\u00fc" * limit, False)):
        value: JsonValue = [text] if setter.kind == "strings" else text
        found = meaning(f"samlResponse.{name}", *args(setter, value))
        assert bool(found.effects) is fits
        assert codes(found) == ([] if fits else ["argument-ignored"])


def test_the_eleventh_name_identifier_probe_is_one_too_many() -> None:
    ten: list[JsonValue] = ["probe"] * 10
    asked = effect("samlResponse.setNameIdentifierProbes", ten)
    assert asked == SamlSet("nameIdentifierProbes", ten)
    assert codes(meaning("samlResponse.setNameIdentifierProbes", [*ten, "one"])) == [
        "argument-ignored"
    ]


def test_an_attribute_name_has_room_for_a_kilobyte() -> None:
    assert meaning("samlResponse.setAttribute", "n" * 1024, "v").effects != ()
    assert codes(meaning("samlResponse.setAttribute", "n" * 1025, "v")) == ["argument-ignored"]


@pytest.mark.parametrize("value", [None, 7, True, 1.5, ["a", 1, None]])
def test_an_attribute_takes_scalars_and_lists_of_them(value: JsonValue) -> None:
    assert effect("samlResponse.setAttribute", "a", value) == SamlSet("attribute", value, "a")
