"""The seed page's actions, unmodified, raise the problems they have and no other."""

from __future__ import annotations

import pytest

import seed_page_actions as page
from checked_code import Code, flow_of, found


@pytest.mark.parametrize(
    ("action", "problems"),
    [
        (page.ACCESS_CONTROL, ["email-suffix-without-at actions/action.js:6"]),
        (page.WEEKDAYS, ["local-day-in-utc actions/action.js:7"]),
        (page.DENY_API, []),
        (page.ADD_ROLES, []),
        (page.ENRICH_PROFILE, []),
        (page.MFA_POLICY, []),
    ],
)
def test_an_action_of_the_page_has_its_own_problems_alone(action: str, problems: list[str]) -> None:
    assert found(flow_of(Code(action))) == problems


def test_the_redirect_of_the_page_is_sound_once_its_secret_is_declared() -> None:
    declared = Code(page.REDIRECT, secrets=("MY_SHARED_SECRET",))
    assert found(flow_of(declared)) == []
    assert found(flow_of(Code(page.REDIRECT))) == ["undeclared-secret actions/action.js:12"]


def test_all_of_them_in_one_flow_get_in_each_others_way_only_at_the_redirect() -> None:
    actions = [
        Code(page.REDIRECT, "Redirect", secrets=("MY_SHARED_SECRET",)),
        Code(page.ACCESS_CONTROL, "Access"),
        Code(page.MFA_POLICY, "Policy"),
        Code(page.ADD_ROLES, "Roles"),
    ]
    assert found(flow_of(*actions)) == [
        "redirect-before-deny actions/redirect.js:20",
        "email-suffix-without-at actions/access.js:6",
        "mfa-after-redirect actions/policy.js:8",
    ]
