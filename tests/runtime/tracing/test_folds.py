"""Steps, logs and warnings of an outcome, folded from the record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loginwright_runtime.tracing.folds import logs_of, steps_of, warnings_of
from loginwright_runtime.tracing.masking import Masker, masked
from loginwright_runtime.tracing.record import (
    CallMade,
    HandlerBegan,
    HandlerEnded,
    LogWritten,
    RunRecord,
)
from recorded_logins import LOGIN, TOKEN_OUT

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonObject, JsonValue


def methods_of(step: JsonObject) -> list[JsonValue]:
    calls = step["calls"]
    assert isinstance(calls, list)
    return [call["method"] for call in calls if isinstance(call, dict)]


def test_each_handler_is_a_step_with_its_calls_over_all_legs() -> None:
    steps = steps_of(LOGIN)
    assert [(step["seq"], step["action"], step["handler"]) for step in steps] == [
        (1, "ask", "onExecutePostLogin"),
        (9, "ask", "onContinuePostLogin"),
    ]
    assert [step["duration_ms"] for step in steps] == [0.7, 1.25]
    assert [methods_of(step) for step in steps] == [
        ["redirect.encodeToken", "redirect.sendUserTo"],
        ["redirect.validateToken", "user.setUserMetadata", "cache.get"],
    ]


def test_a_read_carries_its_result_and_a_change_carries_none() -> None:
    calls = steps_of(LOGIN)[0]["calls"]
    assert isinstance(calls, list)
    assert calls[0] == {
        "seq": 2,
        "method": "redirect.encodeToken",
        "args": [{"secret": "the shared secret of all", "payload": {"email": "ada@example.com"}}],
        "read": True,
        "result": TOKEN_OUT,
        "line": 12,
    }
    assert calls[1] == {
        "seq": 4,
        "method": "redirect.sendUserTo",
        "args": [
            "https://my-app.example.com/?lang=english",
            {"query": {"session_token": TOKEN_OUT}},
        ],
        "read": False,
        "result": None,
        "line": 14,
    }


def test_what_a_debugger_evaluated_is_no_call_of_the_login() -> None:
    assert "access.deny" not in str(steps_of(LOGIN))


def test_a_handler_that_still_runs_has_no_duration() -> None:
    began = HandlerBegan(1, 0.0, 1, "a", "onExecutePostLogin", 0)
    call = CallMade(2, 0.0, 1, "a", "access.deny", ["no"], 3)
    assert steps_of(RunRecord("tx", "f", "v", (began, call), (b"{}",))) == [
        {
            "seq": 1,
            "action": "a",
            "handler": "onExecutePostLogin",
            "duration_ms": None,
            "calls": [
                {
                    "seq": 2,
                    "method": "access.deny",
                    "args": ["no"],
                    "read": False,
                    "result": None,
                    "line": 3,
                }
            ],
        }
    ]


def test_an_end_without_a_beginning_is_passed_over() -> None:
    ended = HandlerEnded(1, 0.0, 1, "a", "onExecutePostLogin", "returned", 1.0)
    assert steps_of(RunRecord("tx", "f", "v", (ended,))) == []


def test_logs_and_warnings_have_the_shape_of_an_outcome() -> None:
    assert logs_of(LOGIN) == [
        {
            "seq": 3,
            "action": "ask",
            "level": "log",
            "text": "Hello Ada <ada@example.com> from 203.0.113.7",
            "line": 13,
        }
    ]
    assert warnings_of(LOGIN) == [
        {"code": "odd-argument", "action": "ask", "line": 14, "message": "Ada Lovelace is odd"}
    ]


def test_a_fold_of_a_masked_record_is_masked() -> None:
    record = masked(LOGIN, Masker(["the shared secret of all", "Lovelace"]))
    assert "the shared secret" not in str(steps_of(record))
    assert warnings_of(record)[0]["message"] == "Ada *** is odd"


def test_logs_are_ordered_by_seq_and_never_by_clock() -> None:
    later = LogWritten(1, 99.0, 1, "a", "log", "first")
    earlier = LogWritten(2, 1.0, 1, "a", "log", "second")
    record = RunRecord("tx", "f", "v", (later, earlier))
    assert [line["text"] for line in logs_of(record)] == ["first", "second"]
