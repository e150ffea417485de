"""What completion and hover say of a place of the code; no window needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loginwright_designer.code_editor.completion import completion_items
from loginwright_designer.code_editor.hover import hover_doc
from loginwright_designer.code_editor.local_names import local_names
from loginwright_runtime.api.methods import METHODS
from loginwright_runtime.api.names import python_method
from loginwright_runtime.login.event_table import member_table

if TYPE_CHECKING:
    from loginwright_designer.code_editor.completion import CompletionItem
    from loginwright_runtime.flow.model import Language

SECRETS = ("MY_SHARED_SECRET", "other-key")


def _proposed(text: str, language: Language = "javascript") -> list[CompletionItem]:
    return completion_items(text, len(text), language, SECRETS)


def _labels(text: str, language: Language = "javascript") -> list[str]:
    return [item.label for item in _proposed(text, language)]


def _completed(text: str, language: Language = "javascript") -> str:
    item = _proposed(text, language)[0]
    return text[: len(text) - item.replaced] + item.insert


@pytest.mark.parametrize("language", ["javascript", "python"])
def test_every_member_of_the_event_is_proposed_behind_its_owner(language: Language) -> None:
    for row in member_table():
        path = row.path if language == "javascript" else row.python_path
        owner, _, name = path.replace("[]", "[0]").rpartition(".")
        if owner != "event.secrets":
            assert name in _labels(f"x = {owner}.", language)


@pytest.mark.parametrize("language", ["javascript", "python"])
def test_every_method_of_the_api_is_proposed_behind_its_group(language: Language) -> None:
    for name in METHODS:
        spelled = name if language == "javascript" else python_method(name)
        group, _, method = spelled.rpartition(".")
        assert method in _labels(f"  api.{group}.", language)


def test_a_method_comes_with_brackets_and_the_cursor_between_them() -> None:
    item = _proposed("api.idToken.setC")[0]

    assert (item.insert, item.replaced, item.caret_back) == ("setCustomClaim()", 4, 1)
    assert "claim" in item.doc


def test_brackets_that_are_there_already_are_not_written_again() -> None:
    item = completion_items("api.access.de('x')", 13, "javascript")[0]

    assert (item.insert, item.caret_back) == ("deny", 0)


def test_python_options_are_shown_as_keywords() -> None:
    assert _proposed("api.redirect.encode", "python")[0].detail.startswith("(secret=…")


def test_what_begins_as_typed_comes_before_what_merely_holds_it() -> None:
    labels = _labels("event.user.user")

    assert labels[0].startswith("user")
    assert _labels("event.user.mail") == ["email", "email_verified"]


def test_chains_are_followed_through_optional_members_and_items_of_lists() -> None:
    assert "isSocial" in _labels("event.user?.identities?.[0]?.")
    assert "is_social" in _labels("event.user.identities[index].", "python")


def test_the_arguments_of_a_handler_may_have_other_names() -> None:
    javascript = "exports.onExecutePostLogin = async (e, a) => {\n  "
    python = "async def on_execute_post_login(e: Event, a: PostLoginAPI) -> None:\n    "

    assert "user" in _labels(f"{javascript}e.")
    assert "redirect" in _labels(f"{javascript}a.")
    assert "id_token" in _labels(f"{python}a.", "python")


def test_a_secret_is_read_by_a_dot_in_javascript_and_by_key_in_python() -> None:
    assert _completed("event.secrets.MY") == "event.secrets.MY_SHARED_SECRET"
    assert _completed("event.secrets.MY", "python") == 'event.secrets["MY_SHARED_SECRET"]'
    assert _completed("event.secrets.other") == 'event.secrets["other-key"]'
    assert _completed('event.secrets["MY', "python") == 'event.secrets["MY_SHARED_SECRET"]'


def test_nothing_is_proposed_behind_an_object_nobody_knows() -> None:
    assert _labels("console.") == []
    assert _labels("my.event.") == []


def test_a_bare_name_gets_the_names_of_the_file() -> None:
    text = "const { a, b: renamed } = event;\nfunction helper(first) {}\nlet token = 1;\n"

    assert _labels(text) == ["a", "first", "helper", "renamed", "token"]
    assert _labels(f"{text}he") == ["helper"]


def test_python_names_come_from_assignments_loops_imports_and_parameters() -> None:
    text = (
        "import os, json as j\nasync def on_x(event: Event, api: PostLoginAPI) -> None:\n"
        "    a, b = 1, 2\n    for k in a: pass\n    if a == other: pass\n    f(keyword=1)\n"
    )

    names = local_names(text, "python")
    assert {"os", "json", "j", "on_x", "event", "api", "a", "b", "k"} <= set(names)
    assert not {"Event", "other", "pass", "if", "f"} & set(names)


@given(
    text=st.text("abe.vnt?[]'\"\n pi_$(){}", max_size=60),
    language=st.sampled_from(["javascript", "python"]),
)
def test_completion_never_replaces_more_than_there_is(text: str, language: Language) -> None:
    line = text.rpartition("\n")[2]
    for item in completion_items(text, len(text), language, SECRETS):
        assert item.replaced <= len(line)


def test_hover_tells_what_a_method_does_with_its_arguments() -> None:
    text = "\n  api.redirect.sendUserTo(url);"
    doc = hover_doc(text, text.index("UserTo"), "javascript")

    assert doc is not None
    assert doc.title == "api.redirect.sendUserTo"
    assert doc.detail.startswith("(url")
    assert text[doc.start : doc.end] == "sendUserTo"


def test_hover_on_an_owner_is_about_the_owner() -> None:
    doc = hover_doc("event.user.email", 8, "javascript")

    assert doc is not None
    assert doc.title == "event.user"


def test_hover_says_whether_a_secret_is_declared() -> None:
    known = hover_doc("event.secrets.MY_SHARED_SECRET", 16, "javascript", SECRETS)
    unknown = hover_doc("event.secrets.TYPO", 16, "javascript", SECRETS)

    assert known is not None
    assert unknown is not None
    assert (known.detail, unknown.detail) == ("secret", "not declared")


def test_hover_knows_nothing_of_names_of_the_actions_own() -> None:
    assert hover_doc("const payload = 1", 8, "javascript") is None
    assert hover_doc("", 0, "javascript") is None
