"""The one stretch in which two texts differ."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from loginwright_designer.document.changed_stretch import ChangedStretch, changed_stretch

TEXTS = st.text(alphabet="ab\n🦊", max_size=12)


@given(TEXTS, TEXTS)
def test_old_text_with_its_stretch_changed_is_the_new_text(old: str, new: str) -> None:
    found = changed_stretch(old, new)
    assert old[found.start :].startswith(found.removed)
    rest = old[found.start + len(found.removed) :]
    assert old[: found.start] + found.inserted + rest == new


@given(TEXTS, TEXTS)
def test_no_letter_at_either_end_of_the_stretch_is_the_same(old: str, new: str) -> None:
    found = changed_stretch(old, new)
    if found.removed and found.inserted:
        assert found.removed[0] != found.inserted[0]
        assert found.removed[-1] != found.inserted[-1]


def test_texts_that_are_the_same_differ_nowhere() -> None:
    assert changed_stretch("abc", "abc") == ChangedStretch(3, "", "")
