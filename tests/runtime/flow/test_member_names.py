"""Names that every system can hold."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loginwright_runtime.flow.member_names import clashing_names, folded, name_fault


@pytest.mark.parametrize(
    "name",
    [
        "flow.json",
        "actions/favourite-colour.js",
        "node_modules/@scope/pkg/.eslintrc",
        "lib/naïve 1.js",
        "lib/console.js",
        "lib/com10.js",
    ],
)
def test_ordinary_names_are_allowed(name: str) -> None:
    assert name_fault(name) is None


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("", "empty"),
        ("lib/" + "x" * 1021, "too long"),
        ("lib\\x.js", "backslash"),
        ("/etc/passwd", "absolute"),
        ("../x", "plain relative"),
        ("lib/../x", "plain relative"),
        ("lib/./x", "plain relative"),
        ("lib//x", "plain relative"),
        ("lib/", "plain relative"),
        ("C:/x", "not every system"),
        ("lib/x:stream", "not every system"),
        ("lib/x\0", "not every system"),
        ("lib/x\x7f", "not every system"),
        ("lib/what?.js", "not every system"),
        ("lib/\ud800", "not every system"),
        ("lib/x.", "dot or a space"),
        ("lib /x", "dot or a space"),
        ("lib/con", "reserves"),
        ("lib/NUL.txt", "reserves"),
        ("aux/x.js", "reserves"),
        ("lib/com1 .js", "reserves"),
        ("lib/LPT³.js", "reserves"),
        ("lib/CONIN$", "reserves"),
    ],
)
def test_names_that_some_system_cannot_hold_are_refused(name: str, reason: str) -> None:
    fault = name_fault(name)
    assert fault is not None
    assert reason in fault


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("lib/a.js", "lib/a.js"),
        ("lib/a.js", "lib/A.js"),
        ("lib/é.js", "lib/e\u0301.js"),
        ("lib/straße.js", "lib/STRASSE.js"),
        ("lib/ﬁle.js", "lib/file.js"),
        ("lib/a", "lib/a/b.js"),
        ("lib/A", "lib/a/b.js"),
    ],
)
def test_names_that_some_system_takes_for_one_clash(first: str, second: str) -> None:
    assert clashing_names([first, second]) == ((first, second),)


def test_folders_that_some_system_takes_for_one_clash() -> None:
    assert clashing_names(["lib/A/x.js", "lib/a/y.js"]) == (("lib/A/", "lib/a/y.js"),)


def test_a_file_clashes_with_a_folder_of_its_name() -> None:
    assert clashing_names(["lib/a/b.js", "lib/A"]) == (("lib/a/", "lib/A"),)


def test_names_side_by_side_do_not_clash() -> None:
    assert clashing_names(["lib/a/x.js", "lib/a/y.js", "lib/ab.js", "actions/a"]) == ()


@given(st.text())
def test_folding_forgets_case_and_unicode_form(name: str) -> None:
    assert folded(unicodedata.normalize("NFD", name)) == folded(unicodedata.normalize("NFC", name))
    assert folded(folded(name)) == folded(name)


PARTS = st.sampled_from(["a", "A", "é", "e\u0301", "b"])


@given(st.lists(st.lists(PARTS, min_size=1, max_size=3).map("/".join), max_size=6))
def test_names_without_a_clash_give_one_file_each_on_any_system(names: list[str]) -> None:
    if not clashing_names(names):
        merged = {folded(name) for name in names}
        assert len(merged) == len(names)
        assert not any(other.startswith(f"{name}/") for name in merged for other in merged)
