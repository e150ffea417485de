"""How names of the api are spelled in Python, here and inside the worker."""

from __future__ import annotations

import pytest

from loginwright_runtime.api.methods import METHODS
from loginwright_runtime.api.names import python_method, snake_case
from loginwright_runtime.hosts.workers import python_event


@pytest.mark.parametrize(
    ("name", "spelled"),
    [
        ("deny", "deny"),
        ("setCustomClaim", "set_custom_claim"),
        ("getUserEffectiveRolesByIds", "get_user_effective_roles_by_ids"),
        ("expires_at", "expires_at"),
        ("asIs", "as_is"),
        ("from", "from_"),
        ("allowRememberBrowser", "allow_remember_browser"),
    ],
)
def test_a_name_is_spelled_as_python_spells_it(name: str, spelled: str) -> None:
    assert snake_case(name) == spelled


def test_a_method_keeps_its_namespace() -> None:
    assert python_method("idToken.setCustomClaim") == "id_token.set_custom_claim"


def test_python_spellings_are_unique() -> None:
    assert len({python_method(name) for name in METHODS}) == len(METHODS)
    for method in METHODS.values():
        names = [*(one.name for one in method.parameters), *method.option_names]
        assert len({snake_case(name) for name in names}) == len(names), method.name


def test_the_worker_spells_every_name_the_same() -> None:
    for name, method in METHODS.items():
        parts = name.split(".")
        parameters = [one.name for one in method.parameters]
        for word in (*parts, *parameters, *method.option_names):
            assert python_event.snake_case(word) == snake_case(word).removesuffix("_"), word
