"""What is typed is checked once its user pauses, and only what still holds is shown."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from loginwright_designer.code_editor.editor_signals import SettledCode
from loginwright_designer.code_editor.line_marks import CodeProblem
from loginwright_designer.code_editor.syntax_check import (
    TypedCodeCheck,
    problems_in_file,
    syntax_problems,
)
from loginwright_runtime.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from loginwright_designer.code_editor.editor import CodeEditor
    from loginwright_runtime.flow.model import Language

ODD = CodeProblem(1, 1, "error", "Odd.")


def _settle(editor: CodeEditor) -> None:
    editor.code_settled.emit(SettledCode(editor.revision, editor.text()))


async def test_problems_of_what_was_typed_are_marked(
    make_editor: Callable[..., CodeEditor],
) -> None:
    async def check(code: str) -> tuple[CodeProblem, ...]:
        return (ODD,) if "odd" in code else ()

    editor = make_editor("odd")
    checked = TypedCodeCheck(editor, check)

    _settle(editor)
    await checked.finish()
    shown = [editor.view.marks.problems]

    editor.set_text("fine")
    _settle(editor)
    await checked.finish()
    shown.append(editor.view.marks.problems)

    assert shown == [(ODD,), ()]
    await checked.close()


async def test_what_is_typed_during_a_check_is_checked_next_and_old_news_are_dropped(
    make_editor: Callable[..., CodeEditor],
) -> None:
    go_on = asyncio.Event()
    seen: list[str] = []

    async def check(code: str) -> tuple[CodeProblem, ...]:
        seen.append(code)
        if code == "old":
            await go_on.wait()
            return (ODD,)
        return ()

    editor = make_editor("old")
    checked = TypedCodeCheck(editor, check)
    _settle(editor)
    await asyncio.sleep(0)
    editor.set_text("newer")
    _settle(editor)
    editor.set_text("newest")
    _settle(editor)
    go_on.set()
    await checked.finish()

    assert seen == ["old", "newest"]
    assert editor.view.marks.problems == ()
    await checked.close()


@pytest.mark.parametrize(
    ("language", "code", "line"),
    [("javascript", "const a = 1;\nconst b = ;\n", 2), ("python", "a = 1\nb = \n", 2)],
)
async def test_the_runtime_says_where_code_cannot_be_read(
    language: Language, code: str, line: int
) -> None:
    problems = await syntax_problems(code, language)

    assert [(one.line, one.severity) for one in problems] == [(line, "error")]
    assert problems[0].message.startswith("The code cannot be read")


@pytest.mark.parametrize("language", ["javascript", "python"])
async def test_code_that_can_be_read_has_no_syntax_problem(language: Language) -> None:
    assert await syntax_problems("a = 1\n", language) == ()


def test_problems_of_other_files_are_not_this_files() -> None:
    mine = Problem("rule", "warning", "Odd.", "Mend it.", "actions/a.js", 3, 5)
    nowhere = Problem("rule", "warning", "Odd.", "Mend it.", "actions/a.js")
    other = Problem("rule", "error", "Odd.", "Mend it.", "actions/b.js", 1, 1)

    found = problems_in_file([mine, nowhere, other], "actions/a.js")

    assert [(one.line, one.column) for one in found] == [(3, 5), (1, None)]
