"""How a login came back is said in words that tell one answer from another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loginwright_designer.simulation.stop_words import came_back_words
from loginwright_runtime.tracing.record import CameBack, RunRecord

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonObject
    from loginwright_runtime.tracing.record import SuspensionKind


@pytest.mark.parametrize(
    ("kind", "detail", "words"),
    [
        ("redirect", {"method": "POST"}, "Came back by POST."),
        ("challenge", {"factor": "otp", "passed": True}, "One-time password: passed."),
        ("challenge", {"factor": "otp", "passed": False}, "One-time password: failed."),
        ("enrollment", {"factor": "otp", "passed": True}, "One-time password: enrolled."),
        ("enrollment", {"factor": "otp", "passed": False}, "One-time password: not enrolled."),
        ("form", {"form": "ap_terms_of_use"}, "The form was sent."),
    ],
)
def test_an_answer_is_told_by_what_it_was(
    kind: SuspensionKind, detail: JsonObject, words: str
) -> None:
    entry = CameBack(1, 0, 2, kind, "step-up", detail)
    assert came_back_words(RunRecord("t", "F", "v", (entry,))) == words
