"""Secrets beside actions, in words: who declares, who reads, and what does not fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from designer_drafts import done, empty_draft, sample_draft
from loginwright_designer.document.action_edits import NewAction, add_actions, set_enabled
from loginwright_designer.document.keyring_store import NO_KEYRING, InKeyring
from loginwright_designer.document.secret_facts import secret_facts
from loginwright_designer.document.secret_map import MapFix, SecretRow, secret_rows
from loginwright_designer.document.secret_wishes import SecretSaved
from loginwright_designer.document.secret_words import keeping_words, length_words, warning_words
from loginwright_runtime.validation.analysis import analyse

if TYPE_CHECKING:
    from loginwright_runtime.flow.model import Flow

KEY = b"k" * 32
READS_A_KEY = b"""\
async def on_execute_post_login(event, api):
    print(len(event.secrets["API_KEY"]))
"""
READS_NOTHING = b"async def on_execute_post_login(event, api): ...\n"
LEAVES = """\
async def on_execute_post_login(event, api):
    token = api.redirect.encode_token(secret=event.secrets["SHARED"], payload={{}})
    api.redirect.send_user_to("https://{host}/", query={{"session_token": token}})


async def on_continue_post_login(event, api):
    api.redirect.validate_token(secret=event.secrets["SHARED"])
"""


def flow_of(*actions: tuple[str, bytes, tuple[str, ...]]) -> Flow:
    new = [NewAction(name, "python", code, secrets) for name, code, secrets in actions]
    return done(add_actions(empty_draft(), new)).after.flow


def rows_of(flow: Flow) -> tuple[SecretRow, ...]:
    return secret_rows(flow, analyse(flow).sources, {})


def leaving(host: str) -> bytes:
    return LEAVES.format(host=host).encode()


def test_a_secret_names_its_actions_and_the_lines_that_read_it() -> None:
    flow = sample_draft().flow
    facts = {"MY_SHARED_SECRET": secret_facts("a" * 43, KEY)}
    (row,) = secret_rows(flow, analyse(flow).sources, facts)
    (user,) = row.declared_by
    assert (row.name, row.state) == ("MY_SHARED_SECRET", "set")
    assert (user.action_id, user.action) == ("ask-favourite-colour", "Ask favourite colour")
    assert len(user.lines) == 2
    assert row.findings == ()


def test_a_declared_secret_without_a_value_is_missing() -> None:
    (row,) = rows_of(flow_of(("Call", READS_A_KEY, ("API_KEY",))))
    assert row.state == "missing"


def test_a_read_secret_that_is_not_declared_can_be_declared() -> None:
    (row,) = rows_of(flow_of(("Call", READS_A_KEY, ())))
    assert row.state == "undeclared"
    assert row.read_by[0].lines == (2,)
    (finding,) = row.findings
    assert finding.words == "Call reads it and does not declare it, so it is not in event.secrets."
    assert finding.fix == MapFix("declare", "API_KEY", "call")
    assert finding.fix.words == "Declare it"


def test_a_declared_secret_that_is_never_read_can_be_let_go() -> None:
    (row,) = rows_of(flow_of(("Idle", READS_NOTHING, ("API_KEY",))))
    (finding,) = row.findings
    assert finding.words == "Idle declares it and never reads it."
    assert finding.fix == MapFix("undeclare", "API_KEY", "idle")


def test_nothing_is_said_of_code_that_nobody_has_looked_at() -> None:
    (row,) = secret_rows(flow_of(("Idle", READS_NOTHING, ("API_KEY",))), {}, {})
    assert row.findings == ()


def test_one_secret_for_two_sites_is_said_with_the_second_place() -> None:
    flow = flow_of(
        ("Ask", leaving("one.example.com"), ("SHARED",)),
        ("Ask again", leaving("two.example.com"), ("SHARED",)),
    )
    (row,) = rows_of(flow)
    (finding,) = row.findings
    assert finding.words.startswith(
        "It signs redirects to one.example.com and to two.example.com: either site can make the"
        " other's answer."
    )
    assert finding.fix is None
    assert finding.user is not None
    assert finding.user.action_id == "ask-again"


def test_two_redirects_to_one_site_may_share_their_secret() -> None:
    flow = flow_of(
        ("Ask", leaving("one.example.com"), ("SHARED",)),
        ("Ask again", leaving("one.example.com"), ("SHARED",)),
    )
    assert rows_of(flow)[0].findings == ()


def test_an_action_that_is_turned_off_signs_nothing() -> None:
    draft = empty_draft()
    new = [
        NewAction(name, "python", leaving(f"{name}.example.com"), ("SHARED",))
        for name in ("one", "two")
    ]
    draft = done(add_actions(draft, new)).after
    flow = done(set_enabled(draft, ["two"], enabled=False)).after.flow
    assert rows_of(flow)[0].findings == ()


def test_rows_stand_by_name() -> None:
    flow = flow_of(("Idle", READS_NOTHING, ("b", "A", "c")))
    assert [row.name for row in rows_of(flow)] == ["A", "b", "c"]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("x" * 20, ("shorter than the 32 bytes HS256 asks for (RFC 7518 §3.2)",)),
        ("x" * 32, ()),
        ("x" * 40 + "\n", ("begins or ends with white space",)),
        ("x" * 40 + " y", ("has white space or a line end inside",)),
    ],
)
def test_a_value_is_told_by_what_may_be_wrong_with_it(value: str, words: tuple[str, ...]) -> None:
    assert warning_words(secret_facts(value, KEY)) == words


def test_a_value_is_told_by_length_and_check() -> None:
    facts = secret_facts("x" * 20, KEY)
    assert length_words(facts) == f"20 characters · check {facts.check}"
    assert length_words(secret_facts("x", KEY)).startswith("1 character · check ")


def test_where_values_are_kept_is_said() -> None:
    assert keeping_words(InKeyring("Secret Service")) == "Values are kept in Secret Service."
    words = keeping_words(NO_KEYRING)
    assert words.startswith("Values are in memory only until this window closes. ")
    assert words.endswith(NO_KEYRING.reason)


def test_a_saved_value_is_in_no_repr() -> None:
    assert "canary" not in repr(SecretSaved("NAME", "canary"))
