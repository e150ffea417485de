"""Secrets are told from the texts that code is full of."""

from __future__ import annotations

import base64
import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loginwright_runtime.validation.secret_shapes import entropy, secret_kind

_WORDS = st.lists(st.from_regex(r"[a-z]{2,9}", fullmatch=True), min_size=1, max_size=8)


@given(_WORDS, st.sampled_from(["_", "-", " ", ".", "/"]), st.sampled_from(["apiKey", "x", None]))
def test_words_are_no_secrets_whatever_they_are_given_to(
    words: list[str], glue: str, name: str | None
) -> None:
    assert secret_kind(glue.join(words), name) is None


@given(st.binary(min_size=32, max_size=64), st.sampled_from(["API_KEY", "clientSecret", "pwd"]))
def test_coded_bytes_are_a_secret_under_a_telling_name(value: bytes, name: str) -> None:
    text = base64.urlsafe_b64encode(value).decode()
    if len(set(text)) > 8:
        assert secret_kind(text, name, identifies=True) is not None


@given(st.text(max_size=200), st.one_of(st.none(), st.text(max_size=20)))
def test_any_text_is_judged(text: str, name: str | None) -> None:
    assert secret_kind(text, name) in {
        None,
        "private key",
        "JSON Web Token",
        "access key",
        "password in a URL",
        "secret",
    }


@pytest.mark.parametrize("_", range(20))
def test_random_keys_are_secrets_without_a_name(_: int) -> None:
    assert secret_kind(secrets.token_urlsafe(48), None) == "secret"
    assert secret_kind(secrets.token_urlsafe(48), "clientId") is None
    assert secret_kind(secrets.token_urlsafe(48), None, identifies=True) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("session_token", "tokenParameterName"),
        ("https://example.com/oauth/token", "token"),
        ("${secret}-x1", "secret"),
        ("MY_SHARED_SECRET", "secret"),
        ("********", "password"),
        ("your-api-key-1", "apiKey"),
        ("short1", "password"),
        ("Bearer", "token"),
        ("abcdef0123456789abcdef0123456789abcdef01", None),
        ("https://user@example.com/", None),
        ("a password: 12345 or so", "password"),
        ("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", None),
        ("-----BEGIN PRIVATE KEY-----\nXXXX\nXXXX\n-----END PRIVATE KEY-----", "key"),
    ],
)
def test_texts_of_everyday_code_are_no_secrets(text: str, name: str | None) -> None:
    assert secret_kind(text, name) is None


def test_entropy_counts_bits_a_character() -> None:
    assert entropy("aaaa") == 0
    assert entropy("abcd") == 2
