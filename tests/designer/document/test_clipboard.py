"""Actions travel over the clipboard into another flow, and nothing secret with them."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from designer_drafts import done, draft_of, empty_draft, ids, names, sample_draft
from loginwright_designer.document.action_edits import set_enabled
from loginwright_designer.document.clipboard import copy_actions, paste_actions, read_actions
from loginwright_designer.document.code_edits import change_code
from loginwright_designer.document.draft import EditRefused


def test_copied_action_arrives_in_another_flow() -> None:
    copied = copy_actions(sample_draft(), {"ask-favourite-colour"})
    edit = done(paste_actions(draft_of("A"), copied, 0))
    assert names(edit.after) == ["Ask favourite colour", "A"]
    assert edit.after.flow.actions[0].secrets == ("MY_SHARED_SECRET",)
    assert edit.name == "Paste Ask favourite colour"
    source = sample_draft().flow.files["actions/ask-favourite-colour.js"]
    assert edit.after.flow.files["actions/ask-favourite-colour.js"] == source


def test_pasting_twice_gives_ids_of_their_own() -> None:
    copied = copy_actions(draft_of("A", "B"), {"b", "a"})
    once = done(paste_actions(draft_of("A"), copied))
    assert ids(done(paste_actions(once.after, copied)).after) == ["a", "a-2", "b", "a-3", "b-2"]
    assert once.name == "Paste 2 actions"


def test_code_that_is_not_utf_8_arrives_byte_for_byte() -> None:
    odd = done(change_code(draft_of("A"), "actions/a.js", b"\xff\x00\xfe")).after
    pasted = done(paste_actions(empty_draft(), copy_actions(odd, {"a"}))).after
    assert pasted.flow.files["actions/a.js"] == b"\xff\x00\xfe"


def test_action_that_is_off_arrives_off() -> None:
    off = done(set_enabled(draft_of("A"), {"a"}, enabled=False)).after
    assert not done(
        paste_actions(empty_draft(), copy_actions(off, {"a"}))
    ).after.flow.enabled_actions


ENTRY: dict[str, object] = {
    "name": "A",
    "language": "javascript",
    "suffix": None,
    "enabled": True,
    "secrets": [],
}


@pytest.mark.parametrize("code", [{"base64": "*"}, {"base64": 1}, 5, None])
def test_code_that_is_none_is_refused(code: object) -> None:
    document = {"format": "loginwright/clipboard@1", "actions": [{**ENTRY, "code": code}]}
    assert read_actions(json.dumps(document).encode()) is None


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello",
        b'{"format": "loginwright/clipboard@2", "actions": []}',
        b'{"format": "loginwright/clipboard@1", "actions": []}',
        b'{"format": "loginwright/clipboard@1", "actions": [{"name": "A"}]}',
        json.dumps(
            {
                "format": "loginwright/clipboard@1",
                "actions": [
                    {
                        "name": "A",
                        "language": "javascript",
                        "suffix": "/../../x.js",
                        "enabled": True,
                        "secrets": [],
                        "code": "",
                    }
                ],
            }
        ).encode(),
    ],
)
def test_what_is_no_copied_action_is_refused(content: bytes) -> None:
    assert isinstance(paste_actions(empty_draft(), content), EditRefused)


@given(st.recursive(st.none() | st.text(), lambda inner: st.dictionaries(st.text(), inner)))
def test_strange_json_is_read_as_nothing(value: object) -> None:
    assert read_actions(json.dumps(value).encode()) is None
