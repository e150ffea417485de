"""Secrets never stand in what is shown, in whatever form an action printed them."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus

import orjson
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from loginwright_runtime.tracing.masking import Masker, masked
from loginwright_runtime.tracing.record import CallMade, LogWritten, RunRecord
from recorded_logins import LOGIN, json_values

if TYPE_CHECKING:
    from collections.abc import Callable

    from loginwright_runtime.login.json_values import JsonValue

SECRET = 'p@ss w0rd/"q\\uo+te é😀'
PLAIN = "hunter22hunter22"


def standard(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def url_safe(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode()


FORMS: dict[str, Callable[[str], str]] = {
    "itself": str,
    "json": json.dumps,
    "json unescaped": lambda text: json.dumps(text, ensure_ascii=False),
    "json in json": lambda text: json.dumps(json.dumps(text)),
    "orjson": lambda text: orjson.dumps(text).decode(),
    "python repr": repr,
    "python ascii": ascii,
    "percent": lambda text: quote(text, safe=""),
    "percent lower case": lambda text: quote(text, safe="").replace("%2F", "%2f"),
    "percent twice": lambda text: quote(quote(text)),
    "form": quote_plus,
    "base64": standard,
    "base64 unpadded": lambda text: standard(text).rstrip("="),
    "base64url": url_safe,
    "base64 in a url": lambda text: quote(standard(text), safe=""),
    "hex": lambda text: text.encode().hex(),
    "hex upper case": lambda text: text.encode().hex().upper(),
    "trailing newline": lambda text: text + "\n",
    "base64 of trailing newline": lambda text: standard(text + "\n"),
    "hex of trailing newline": lambda text: (text + "\n").encode().hex(),
}


@pytest.mark.parametrize("secret", [SECRET, PLAIN, "abcdef", "ab+/cd", "e{2,}[^x]|.*"])
@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_masked_as_a_part_of_a_text(form: str, secret: str) -> None:
    masker = Masker([secret])
    shown = masker.text(f"token: {FORMS[form](secret)}; end")
    assert shown.startswith("token: ")
    assert shown.endswith("; end")
    assert "***" in shown
    for hidden in (secret, FORMS[form](secret), standard(secret).rstrip("=")[:-1]):
        assert hidden not in shown


@pytest.mark.parametrize("before", ["", "x", "xy", "xyz"])
@pytest.mark.parametrize("after", ["", "1", "12", "123"])
@pytest.mark.parametrize("encode", [standard, url_safe])
def test_a_secret_inside_a_longer_encoding_is_masked_at_any_alignment(
    before: str, after: str, encode: Callable[[str], str]
) -> None:
    whole = encode(before + SECRET + after).rstrip("=")
    begins = len(before) * 8 // 6
    ends = -(-len((before + SECRET).encode()) * 8 // 6)
    assert Masker([SECRET]).text(whole) == f"{whole[:begins]}***{whole[ends:]}"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("abc", "***"),
        ("abc\n", "***"),
        ("abcd", "abcd"),
        ("an abc book", "an abc book"),
        ("", ""),
    ],
)
def test_a_short_secret_is_masked_only_as_a_whole(text: str, shown: str) -> None:
    assert Masker(["abc"]).text(text) == shown


def test_from_six_characters_on_a_part_is_masked() -> None:
    assert Masker(["12345"]).text("x12345x") == "x12345x"
    assert Masker(["123456"]).text("x123456x") == "x***x"


def test_a_secret_mounted_with_a_newline_is_masked_without_it() -> None:
    assert Masker([f"{PLAIN}\r\n"]).text(f"got {PLAIN}!") == "got ***!"
    assert Masker(["abc\n"]).text("abc") == "***"


def test_the_lines_of_a_key_are_masked_one_by_one_and_its_frame_is_not() -> None:
    line = "MIIEvgIBADANBgkqhkiG9w0BAQEFAASCBKgwggSkAgEAAoIBAQC7"
    masker = Masker([f"-----BEGIN PRIVATE KEY-----\n{line}\nAAAA\n-----END PRIVATE KEY-----\n"])
    assert masker.text(f"line: {line}") == "line: ***"
    assert masker.text("-----BEGIN PRIVATE KEY-----") == "-----BEGIN PRIVATE KEY-----"
    assert masker.text("AAAA") == "AAAA"


def test_of_two_secrets_that_begin_alike_the_longer_is_masked_whole() -> None:
    assert Masker(["secret-one", "secret-one-and-two"]).text("secret-one-and-two!") == "***!"


@pytest.mark.parametrize("times", [0, 1, 2, 3])
def test_backslashes_are_found_however_often_they_were_escaped(times: int) -> None:
    secret = 'C:\\\\share\\"x'
    text = secret
    for _ in range(times):
        text = json.dumps(text)
    assert "share" not in Masker([secret]).text(text)


def test_many_backslashes_take_no_time() -> None:
    masker = Masker(["\\" * 40 + "x" * 6])
    assert masker.text("\\" * 20_000 + "xxxxx") == "\\" * 20_000 + "xxxxx"


def test_values_are_masked_and_keys_are_not() -> None:
    value: JsonValue = {PLAIN: [PLAIN, {"deep": f"x{PLAIN}"}, 7, None, True]}
    assert Masker([PLAIN]).json(value) == {PLAIN: ["***", {"deep": "x***"}, 7, None, True]}


def test_a_number_that_reads_as_a_secret_is_masked() -> None:
    masker = Masker(["12345678", "123"])
    assert masker.json([12345678, 123, 1234567, 12345678.5]) == ["***", 123, 1234567, 12345678.5]


def test_a_value_without_secrets_is_returned_as_it_is() -> None:
    value: JsonValue = {"a": ["b", {"c": "d"}]}
    assert Masker([PLAIN]).json(value) is value
    assert Masker([]).json(value) is value


def test_a_short_secret_is_found_inside_json() -> None:
    masker = Masker(["abc"])
    assert masker.json({"a": ["abc", "abcd"]}) == {"a": ["***", "abcd"]}
    assert masker.finds({"a": ["abc"]})
    assert not masker.finds({"abc": ["abcd"]})


@pytest.mark.parametrize("secret", [SECRET, PLAIN, "!!!!!!", "密码密码密码"])
def test_finds_tells_whether_a_value_holds_a_secret(secret: str) -> None:
    masker = Masker([secret])
    assert masker.finds({"url": f"https://x.example/?t={quote(secret)}"})
    assert masker.finds([{"claims": standard(secret)}])
    assert not masker.finds({"url": "https://x.example/?t=other", secret: 1})


def test_a_secret_without_letters_is_masked_too() -> None:
    assert Masker(["!!!!!!"]).text("so !!!!!! much") == "so *** much"


def test_empty_secrets_hide_nothing() -> None:
    masker = Masker(["", ""])
    assert masker.text("") == ""
    assert not masker.finds(["", "x"])
    assert not masker.may_stand_in(b'""')


def test_an_object_stays_an_object() -> None:
    assert Masker([PLAIN]).object({"a": PLAIN}) == {"a": "***"}


def test_what_nests_too_deeply_to_be_written_is_masked_from_level_200_on() -> None:
    value: JsonValue = "end"
    for _ in range(900):
        value = [value]
    shown = Masker([]).json(value)
    assert orjson.dumps(shown).count(b"[") == 201
    assert b"***" in orjson.dumps(shown)


def test_a_masker_shows_how_many_secrets_and_none_of_them() -> None:
    masker = Masker([PLAIN, SECRET, PLAIN])
    assert repr(masker) == "Masker(2 secrets)"
    assert PLAIN not in str(vars(type(masker)))


@given(st.text(min_size=6, max_size=20), st.sampled_from(sorted(FORMS)), st.text(max_size=5))
@example("000000", "percent", "0")
@example("\\\x1f0000", "json", "")
@example("\\\\\n\\😀\\x", "json in json", "")
def test_no_secret_of_six_characters_survives_in_any_form(
    secret: str, form: str, around: str
) -> None:
    shown = Masker([secret]).text(f"{around}{FORMS[form](secret)}{around}")
    assert "***" in shown


@given(json_values)
def test_masking_changes_nothing_that_holds_no_secret(value: JsonValue) -> None:
    assert Masker([PLAIN, SECRET]).json(value) == value


def test_a_record_without_secrets_is_returned_as_it_is() -> None:
    assert masked(LOGIN, Masker([PLAIN])) is LOGIN
    assert masked(LOGIN, Masker([])) is LOGIN


def test_a_record_is_masked_in_entries_and_events() -> None:
    record = RunRecord(
        "tx",
        "flow",
        "v",
        (
            CallMade(1, 0.0, 1, PLAIN, "cache.set", ["k", PLAIN], 1, result=PLAIN),
            LogWritten(2, 0.0, 1, "a", "log", f"it is {PLAIN}", 2),
        ),
        (orjson.dumps({"secrets": {"S": PLAIN}}), b'{"a": 1}'),
    )
    shown = masked(record, Masker([PLAIN]))
    call, log = shown.entries
    assert isinstance(call, CallMade)
    assert isinstance(log, LogWritten)
    assert (call.action, call.args, call.result) == (PLAIN, ["k", "***"], "***")
    assert log.text == "it is ***"
    assert shown.events == (b'{"secrets":{"S":"***"}}', b'{"a": 1}')


def test_a_secret_in_an_event_alone_is_masked() -> None:
    record = replace(LOGIN, events=(orjson.dumps({"x": PLAIN}),))
    shown = masked(record, Masker([PLAIN]))
    assert shown.events == (b'{"x":"***"}',)
    assert shown.entries is record.entries


def test_a_record_that_nests_too_deeply_can_still_be_written() -> None:
    deep: JsonValue = "end"
    for _ in range(900):
        deep = {"a": deep}
    record = replace(LOGIN, entries=(CallMade(1, 0.0, 1, "a", "cache.set", ["k", deep]),))
    assert b"***" in orjson.dumps(masked(record, Masker([])).entries)
