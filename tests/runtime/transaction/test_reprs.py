"""No repr of a login in progress shows a secret or whose login it is (security.md 23)."""

from __future__ import annotations

import pytest

from loginwright_runtime.api.arguments import read_call
from loginwright_runtime.api.call import Reply, WorkerCall
from loginwright_runtime.transaction.effects import (
    ClaimSet,
    Denied,
    FactorAsked,
    FormRendered,
    HolderMetadataSet,
    MetadataSet,
    MfaEnabled,
    Placed,
    PrimaryUserSet,
    SamlSet,
    TransactionMetadataSet,
    UserSentAway,
)
from loginwright_runtime.transaction.effects_of_call import CallContext, Meaning
from loginwright_runtime.transaction.next_step import LoginSurroundings, next_step
from loginwright_runtime.transaction.outcome import Allowed, FlowInfo
from loginwright_runtime.transaction.redirect_target import redirect_target
from loginwright_runtime.transaction.state import LoginTransaction, apply

CANARY = "hunter2-canary"
ASKED = (
    ClaimSet("id_token", "https://my-app.example.com/colour", CANARY),
    MetadataSet("user_metadata", "colour", CANARY),
    MfaEnabled("duo", {"providerOptions": {"skey": CANARY}}),
    FactorAsked("challenge", ({"type": "phone", "options": {"number": CANARY}},)),
    HolderMetadataSet("session", "colour", CANARY),
    PrimaryUserSet(CANARY),
    TransactionMetadataSet("colour", CANARY),
    SamlSet("key", CANARY),
)
LEAVING = (
    UserSentAway(f"https://example.com/?token={CANARY}"),
    FormRendered("ap_1", {"colour": CANARY}, {"colour": CANARY}),
    Denied(f"because of {CANARY}"),
)


@pytest.mark.parametrize("effect", [*ASKED, *LEAVING])
def test_an_effect_hides_what_was_asked_for(effect: object) -> None:
    assert CANARY not in repr(effect)


@pytest.mark.parametrize("leaving", LEAVING)
def test_a_login_hides_what_was_set_and_whose_it_is(
    leaving: UserSentAway | FormRendered | Denied,
) -> None:
    before = LoginTransaction(id="0" * 32, user_id=CANARY, primary_user=(CANARY, CANARY))
    effects = tuple(Placed(effect, "one", 1) for effect in (*ASKED, leaving))
    login, notes = apply(before, effects, {"user_metadata": {"colour": CANARY}})
    step = next_step(login, (), LoginSurroundings(interactive=True))
    assert CANARY not in repr((before, effects, login, notes, step))


def test_a_call_and_its_reply_hide_arguments_and_result() -> None:
    sent = WorkerCall("redirect.encodeToken", [{"secret": CANARY, "payload": {"a": CANARY}}])
    call = read_call(sent)
    context = CallContext("uri", continuing=False, now=0, transaction_metadata={"a": CANARY})
    shown = (sent, call, Reply(CANARY, merge={"transaction.metadata": {"a": CANARY}}), context)
    assert CANARY not in repr(shown)
    assert CANARY not in repr(Meaning(ASKED))
    assert CANARY not in repr(redirect_target(f"https://example.com/{CANARY}", {}))


def test_an_outcome_names_its_kind_only() -> None:
    outcome = Allowed(
        transaction_id=CANARY, flow=FlowInfo(name="Customer login", version=""), user={"a": CANARY}
    )
    assert repr(outcome) == str(outcome) == "Allowed(…)"
