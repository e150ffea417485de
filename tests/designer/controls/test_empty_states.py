"""What empty panels say is written alike: a title without a full stop, then sentences with one."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from source_tree import source_files

if TYPE_CHECKING:
    from collections.abc import Iterator

SAYS = frozenset({"EmptyState", "EmptyRow"})
SAYS_ANEW = frozenset({"show_texts", "show_words"})


def test_titles_of_empty_panels_have_no_full_stop_and_their_sentences_have_one() -> None:
    said = list(_said())
    titles = [title for title, _text in said if title]
    sentences = [text for _title, text in said if text]

    assert len(titles) > 15, "they are written in another way now"
    assert [title for title in titles if title.endswith(".")] == []
    assert [text for text in sentences if not text.endswith(".")] == []


def _said() -> Iterator[tuple[str, str]]:
    """Yield title and sentence of each empty panel, empty where they are put together."""
    for file in source_files():
        if "loginwright_designer" not in file.parts:
            continue
        module = ast.parse(file.read_text(encoding="utf-8"))
        calls = [node for node in ast.walk(module) if isinstance(node, ast.Call)]
        names = {_name(call) for call in calls}
        if not SAYS & names:
            continue
        for call in calls:
            if _name(call) in SAYS | SAYS_ANEW:
                words = [*filter(None, map(_words, call.args)), "", ""]
                yield words[0], words[1]
        for node in ast.walk(module):
            match node:
                case ast.Assign(targets=[ast.Name(id="title")], value=value):
                    yield _words(value) or "", ""


def _name(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


def _words(value: ast.expr) -> str | None:
    """Return what a call of ``translate`` says, also where something is put into it."""
    match value:
        case ast.Call(func=ast.Name(id="translate"), args=[_, ast.Constant(value=str(words))]):
            return words
        case ast.Call(func=ast.Attribute(value=inner, attr="format")):
            return _words(inner)
        case _:
            return None
