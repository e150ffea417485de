"""Rules that hold for what comes next in any login whatsoever."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from loginwright_runtime.api.factors import CHALLENGE_TYPES
from loginwright_runtime.flow.model import Action
from loginwright_runtime.transaction.next_step import (
    EndAllowed,
    EndDenied,
    EndWithError,
    LeaveByFactor,
    LeaveByForm,
    LeaveByRedirect,
    LoginSurroundings,
    NextStep,
    RunHandler,
    SkipFactorStep,
    next_step,
)
from loginwright_runtime.transaction.state import (
    Breakage,
    Denial,
    FactorStep,
    Leaving,
    LoginTransaction,
    Multifactor,
)

types = st.sampled_from(["otp", "phone", "push", "push-notification", "recovery-code"])
some_types = st.lists(types, max_size=3).map(tuple)
lines = st.one_of(st.none(), st.integers(1, 9))
factors = st.lists(types.map(lambda one: {"type": one}), max_size=3).map(tuple)
steps = st.builds(
    FactorStep,
    kind=st.sampled_from(["challenge", "enrollment"]),
    factors=factors,
    action=st.just("a0"),
    line=lines,
)
ways = st.one_of(
    st.builds(
        Leaving,
        kind=st.just("redirect"),
        action=st.just("a0"),
        line=lines,
        url=st.just("https://x.com/"),
    ),
    st.builds(
        Leaving, kind=st.just("form"), action=st.just("a0"), line=lines, form_id=st.just("ap_1")
    ),
)
logins = st.builds(
    LoginTransaction,
    id=st.just("0" * 32),
    user_id=st.just("auth0|0001"),
    position=st.integers(0, 4),
    handler=st.sampled_from(["onExecutePostLogin", "onContinuePostLogin"]),
    suspensions=st.integers(0, 4),
    multifactor=st.one_of(
        st.none(),
        st.builds(
            Multifactor,
            provider=st.sampled_from(["any", "none", "guardian", "duo"]),
            satisfied=st.booleans(),
        ),
    ),
    asked_challenge=st.booleans(),
    factor_steps=st.lists(steps, max_size=2).map(tuple),
    passed_factors=some_types,
    denials=st.lists(
        st.builds(
            Denial,
            reason=st.text(max_size=3),
            how=st.just("deny"),
            action=st.just("a0"),
            line=lines,
        ),
        max_size=2,
    ).map(tuple),
    breakage=st.one_of(st.none(), st.just(Breakage("A limit was passed.", "a0", 1))),
    leaving=st.one_of(st.none(), ways),
)
flows = st.lists(st.booleans(), max_size=4).map(
    lambda enabled: tuple(
        Action(
            id=f"a{index}",
            name=f"A{index}",
            code=f"actions/a{index}.js",
            language="javascript",
            enabled=on,
            secrets=(),
        )
        for index, on in enumerate(enabled)
    )
)
surroundings = st.builds(
    LoginSurroundings,
    interactive=st.booleans(),
    token_endpoint=st.booleans(),
    available_factors=st.one_of(st.none(), some_types),
    enrolled_factors=st.one_of(st.none(), some_types),
    session_methods=some_types,
    max_suspensions=st.integers(1, 3),
)
Case = tuple[LoginTransaction, tuple[Action, ...], LoginSurroundings]
cases: st.SearchStrategy[Case] = st.tuples(logins, flows, surroundings)
LEAVES = LeaveByRedirect | LeaveByForm | LeaveByFactor


def owes_mfa(tx: LoginTransaction) -> bool:
    """Tell whether MFA is owed at the end of the flow."""
    owed = tx.multifactor
    if owed is None or owed.provider == "none":
        return False
    return not owed.satisfied and not tx.asked_challenge


def came(case: Case) -> NextStep:
    """Return what comes next."""
    return next_step(*case)


@given(cases)
def test_exactly_one_thing_comes_next_and_always_the_same(case: Case) -> None:
    step = came(case)
    kinds = (RunHandler, LEAVES, SkipFactorStep, EndDenied, EndWithError, EndAllowed)
    assert [isinstance(step, kind) for kind in kinds].count(True) == 1
    assert came(case) == step


@given(cases)
def test_nobody_ever_leaves_a_login_that_is_not_interactive(case: Case) -> None:
    if not case[2].interactive:
        assert not isinstance(came(case), LEAVES)


@given(cases)
def test_a_denied_login_ends_and_is_never_allowed(case: Case) -> None:
    tx, step = case[0], came(case)
    if tx.denials:
        assert isinstance(step, EndDenied | EndWithError)
    if tx.denials and tx.breakage is None:
        assert step == EndDenied(tx.denials[-1])


@given(cases)
def test_a_login_is_allowed_only_when_nothing_more_is_owed(case: Case) -> None:
    tx, flow, _ = case
    nothing_owed = (
        tx.breakage is None
        and not tx.denials
        and not tx.factor_steps
        and tx.leaving is None
        and not any(action.enabled for action in flow[tx.position :])
        and not owes_mfa(tx)
    )
    assert isinstance(came(case), EndAllowed) == nothing_owed


@given(cases)
def test_a_handler_runs_only_when_nothing_stands_before_it(case: Case) -> None:
    tx, flow, _ = case
    step = came(case)
    if isinstance(step, RunHandler):
        assert (tx.breakage, tx.denials, tx.factor_steps, tx.leaving) == (None, (), (), None)
        assert flow[step.position].enabled
        assert not any(action.enabled for action in flow[tx.position : step.position])
        same = step.position == tx.position
        assert step.handler == (tx.handler if same else "onExecutePostLogin")


@given(cases)
def test_a_login_leaves_no_more_often_than_it_may(case: Case) -> None:
    tx, _, around = case
    if isinstance(came(case), LEAVES):
        assert tx.suspensions < around.max_suspensions


@given(cases)
def test_a_factor_is_asked_for_only_where_it_was_named_and_could_be_passed(case: Case) -> None:
    tx, _, around = case
    step = came(case)
    if not isinstance(step, LeaveByFactor) or step.action is None:
        return
    first = tx.factor_steps[0]
    named = [factor["type"] for factor in first.factors]
    assert (step.kind, step.line) == (first.kind, first.line)
    assert step.factors
    assert set(step.factors) <= set(named) <= CHALLENGE_TYPES
    done = {*tx.passed_factors, *around.session_methods}
    if step.kind == "challenge":
        assert not done & set(step.factors)
    else:
        assert not set(around.enrolled_factors or ()) & set(step.factors)
        assert done or not around.enrolled_factors


@given(cases)
def test_a_challenge_is_skipped_only_when_every_factor_was_passed(case: Case) -> None:
    tx, _, around = case
    if isinstance(came(case), SkipFactorStep):
        first = tx.factor_steps[0]
        done = {*tx.passed_factors, *around.session_methods}
        push = {"push", "push-notification"}
        if done & push:
            done |= push
        assert first.kind == "challenge"
        assert first.factors
        assert {factor["type"] for factor in first.factors} <= done


@given(cases)
def test_an_end_by_a_rule_says_why_in_a_code_an_application_knows(case: Case) -> None:
    step = came(case)
    if isinstance(step, EndWithError):
        codes = {"access_denied", "interaction_required", "mfa_required"}
        assert step.code in codes
        assert step.description
        assert (step.code == "mfa_required") <= case[2].token_endpoint
