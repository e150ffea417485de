"""A record inside a sealed suspension: packed and unpacked without a loss."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loginwright_runtime.errors import TraceError
from loginwright_runtime.tracing.packing import pack, unpack
from loginwright_runtime.tracing.record import RecordEntry, RunRecord
from recorded_logins import LOGIN, entries

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonObject


def travelled(record: RunRecord) -> RunRecord:
    return unpack(orjson.loads(orjson.dumps(pack(record))))


def test_a_packed_record_comes_back_equal_and_unmasked() -> None:
    assert travelled(LOGIN) == LOGIN


@given(st.lists(entries, max_size=6), st.lists(st.text(max_size=5), max_size=3))
def test_any_record_survives(some: list[RecordEntry], events: list[str]) -> None:
    record = RunRecord("tx", "f", "v", tuple(some), tuple(event.encode() for event in events))
    assert travelled(record) == record


def test_an_empty_record_survives() -> None:
    assert travelled(RunRecord("tx", "f", "v")) == RunRecord("tx", "f", "v")


def test_packed_is_smaller_than_the_trace() -> None:
    bare = replace(LOGIN, events=())
    assert len(orjson.dumps(pack(bare))) < len(orjson.dumps(bare))


@pytest.mark.parametrize(
    "changes",
    [
        {"format": "loginwright/trace@2"},
        {"format": None},
        {"transaction_id": 7},
        {"flow": ["name"]},
        {"entries": {}},
        {"events": None},
        {"entries": [["dream", 1]]},
        {"entries": [7]},
        {"entries": [["log", 1]]},
        {"entries": [["log", 1, 2.0, 1, "a", "log", "text", 7, "one more"]]},
        {"entries": [["token_checked", 1, 2.0, 1, "a", None, [["state"]]]]},
    ],
)
def test_another_format_is_refused_with_a_remedy(changes: JsonObject) -> None:
    with pytest.raises(TraceError, match="version of Loginwright that suspended it"):
        unpack({**pack(RunRecord("tx", "f", "v")), **changes})
