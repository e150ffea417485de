"""A crash report helps whoever mends it, and gives away nothing of whom it happened to."""

from __future__ import annotations

import re
import traceback
from base64 import b64encode
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typing_extensions import override

from loginwright_designer.crash_report_text import (
    LEFT_OUT,
    MOST_ERRORS,
    CrashReport,
    Failure,
    Hook,
    report_of,
)
from loginwright_runtime.errors import FlowError, LoginwrightError, Problem
from loginwright_runtime.flow.loading import load_flow
from loginwright_runtime.tracing.masking import Masker

SECRET = "s3cr3t-canary-of-32-bytes-or-more"


def caught(error: BaseException) -> BaseException:
    """The exception with a traceback, as a hook gets it."""
    try:
        raise error
    except type(error) as raised:
        return raised


def report(error: BaseException, words: str = "") -> CrashReport:
    return report_of(Failure(Hook.CODE, error, words), Masker([SECRET]))


def test_report_names_kind_place_versions_and_hook() -> None:
    with pytest.raises(FlowError) as refusal:
        load_flow(Path("/home/ada/missing"))
    written = report_of(Failure(Hook.LOOP, refusal.value, "Task failed"), Masker([]))
    assert re.fullmatch(r"FlowError in loginwright_runtime/flow/\w+\.py:\d+", written.title)
    lines = written.text.splitlines()
    assert lines[0].startswith("Loginwright designer ")
    assert re.match(r"Python 3\.\d+\.\d+, PySide6 6\.", lines[1])
    assert lines[2:5] == ["Noticed by: event loop", "Task failed", ""]
    assert any(
        re.fullmatch(r"  loginwright_runtime/flow/\w+\.py:\d+ in \w+", line) for line in lines
    )


def test_source_lines_are_our_own_only() -> None:
    local_line = "no place for a stranger's line"
    text = report(caught(RuntimeError(local_line.upper()))).text
    assert "elsewhere/test_crash_report_text.py" in text
    assert "raise error" not in text


def test_paths_begin_at_their_package() -> None:
    with pytest.raises(re.error) as refusal:
        re.compile("(")
    text = report(refusal.value).text
    assert "  python/re/_parser.py:" in text
    assert str(Path(re.__file__).parent) not in text


def test_local_variables_are_never_written() -> None:
    password = "correct horse battery staple"
    error = caught(TypeError("unexpected keyword argument"))
    assert password not in report(error).text


@pytest.mark.parametrize(
    "form",
    [SECRET, b64encode(SECRET.encode()).decode(), SECRET.encode().hex(), f"Bearer {SECRET}\n"],
)
@pytest.mark.parametrize("kind", [RuntimeError, LoginwrightError, ValueError, AttributeError])
def test_secret_stands_in_no_part_of_a_report(form: str, kind: type[Exception]) -> None:
    written = report(caught(kind(f"failed with {form}")), words=f"while sending {form}")
    for part in (written.text, written.title, repr(written)):
        assert form.strip() not in part


@pytest.mark.parametrize(
    "data",
    [
        "ada@example.com",
        "203.0.113.7",
        "2001:db8::8a2e:370:7334",
        "/home/ada/flows/customer-login",
        "~/flows",
        r"C:\Users\ada\flow.json",
        "https://ada.example.com/path?token=1",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl",
        "auth0|5f7c8ec7c33c6c004bbafe82",
        "'Ada Lovelace'",
        '"Ada Lovelace"',
        "“Ada Lovelace”",
        "+441234567890",
    ],
)
def test_personal_data_is_hidden_in_messages_of_our_own(data: str) -> None:
    problem = Problem("rule", "error", f"The value {data} is wrong.", "Change it.")
    text = report(caught(FlowError(problem))).text
    assert data not in text
    assert data.strip("'\"“”") not in text
    assert "FlowError: The value " in text
    assert " is wrong. Change it." in text


@pytest.mark.parametrize(
    ("error", "shown"),
    [
        (ValueError("Ada Lovelace"), f"ValueError: {LEFT_OUT}"),
        (KeyError("Ada"), f"KeyError: {LEFT_OUT}"),
        (ValueError(), "ValueError"),
        (OSError(2, "No such file or directory", "/home/ada/x"), "FileNotFoundError: No such"),
        (OSError("Ada's disk"), "OSError"),
        (
            AttributeError("'NoneType' object has no attribute 'user_id'"),
            "AttributeError: 'NoneType' object has no attribute 'user_id'",
        ),
        (
            RuntimeError("Internal C++ object (QLabel) already deleted."),
            "RuntimeError: Internal C++ object (QLabel) already deleted.",
        ),
        (TypeError("f() got 'Ada Lovelace'"), "TypeError: f() got '***'"),
    ],
)
def test_message_is_shown_only_where_it_speaks_of_code(error: Exception, shown: str) -> None:
    lines = report(caught(error)).text.splitlines()
    assert any(line.startswith(shown) for line in lines)
    assert "Ada" not in "\n".join(lines)


def test_notes_of_an_exception_are_left_out() -> None:
    error = caught(RuntimeError("broken"))
    error.add_note("Ada Lovelace")
    assert "Ada" not in report(error).text


def test_what_led_to_a_failure_is_told() -> None:
    error = RuntimeError("second")
    error.__cause__ = caught(AttributeError("first"))
    text = report(caught(error)).text
    assert text.index("RuntimeError: second") < text.index("Caused by: AttributeError: first")


def test_failures_that_came_together_are_told() -> None:
    group = ExceptionGroup("tasks", [RuntimeError("one"), TypeError("two")])
    text = report(caught(group)).text
    assert "Together with: RuntimeError: one" in text
    assert "Together with: TypeError: two" in text


def test_endless_chain_ends() -> None:
    first, second = RuntimeError("first"), RuntimeError("second")
    first.__cause__, second.__cause__ = second, first
    assert report(first).text.count("RuntimeError: ") == 2


def test_long_chain_and_deep_recursion_are_cut() -> None:
    error: BaseException = RuntimeError("0")
    for number in range(1, 30):
        error, error.__cause__ = RuntimeError(str(number)), error
    text = report(error).text
    assert text.count("RuntimeError") <= MOST_ERRORS + 1

    def dive(depth: int) -> None:
        if depth:
            dive(depth - 1)
        raise RecursionError

    with pytest.raises(RecursionError) as deep:
        dive(100)
    written = report(deep.value).text
    assert "frames left out)" in written
    assert len(written.splitlines()) < 80


def test_exception_without_a_readable_message_is_told_all_the_same() -> None:
    class UnreadableError(RuntimeError):
        @override
        def __str__(self) -> str:
            raise ValueError("no")

    assert "UnreadableError" in report(caught(UnreadableError())).text


def test_failure_without_an_exception_has_its_words_for_a_title() -> None:
    failure = Failure(Hook.QT, None, "QFile: '/home/ada/x y' is gone\nsecond line")
    written = report_of(failure, Masker([]))
    assert written.title == "QFile: '***' is gone"
    assert "second line" in written.text


@given(st.text(), st.text(min_size=8))
def test_any_message_makes_a_report_without_the_secret(message: str, secret: str) -> None:
    failure = Failure(Hook.CODE, RuntimeError(f"{message} {secret} {message}"), message)
    written = report_of(failure, Masker([secret]))
    versions_and_names = [*traceback.format_exception_only(RuntimeError()), written.title]
    if secret.strip() and not any(secret in line for line in versions_and_names):
        assert f" {secret} " not in written.text
