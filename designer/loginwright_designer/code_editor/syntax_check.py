"""Checks what is typed, away from the window's thread, and shows what was found."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QObject

from loginwright_designer.code_editor.line_marks import CodeProblem
from loginwright_runtime.flow.model import Action, Flow, Language
from loginwright_runtime.validation import analyse, flow_problems

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loginwright_designer.code_editor.editor import CodeEditor
    from loginwright_designer.code_editor.editor_signals import SettledCode
    from loginwright_runtime.errors import Problem

CodeCheck: TypeAlias = Callable[[str], Awaitable[tuple[CodeProblem, ...]]]
"""Finds the problems of a file's code; must not hold up the event loop."""

_FILES: dict[Language, str] = {"javascript": "actions/typed.js", "python": "actions/typed.py"}
_SYNTAX = "syntax-error"


class TypedCodeCheck(QObject):
    """Has the code of one editor checked whenever its user stops typing for a moment.

    One check runs at a time. What was typed meanwhile is checked next, and what a check says of
    code that has changed since is not shown.
    """

    def __init__(self, editor: CodeEditor, check: CodeCheck) -> None:
        """Watch ``editor``; an event loop has to run by the time something is typed."""
        super().__init__(editor)
        self._editor = editor
        self._check = check
        self._waiting: SettledCode | None = None
        self._task: asyncio.Task[None] | None = None
        editor.code_settled.connect(self._on_code_settled)

    async def finish(self) -> None:
        """Wait until what was typed so far has been checked."""
        if self._task is not None:
            await self._task

    async def close(self) -> None:
        """Check no more."""
        self._editor.code_settled.disconnect(self._on_code_settled)
        self._waiting = None
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def _on_code_settled(self, code: SettledCode) -> None:
        self._waiting = code
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._check_all())

    async def _check_all(self) -> None:
        while self._waiting is not None:
            code, self._waiting = self._waiting, None
            problems = await self._check(code.text)
            if self._editor.revision == code.revision:
                marks = self._editor.view.marks
                self._editor.set_marks(replace(marks, problems=problems))


def problems_in_file(problems: Iterable[Problem], file: str) -> tuple[CodeProblem, ...]:
    """Return the problems of one file as the editor shows them; without a line, on the first."""
    return tuple(
        CodeProblem(
            problem.line or 1,
            problem.column if problem.line else None,
            problem.severity,
            problem.message,
            problem.remedy,
            problem.rule,
        )
        for problem in problems
        if problem.file == file
    )


async def syntax_problems(code: str, language: Language) -> tuple[CodeProblem, ...]:
    """Return what keeps code from being read at all, as the runtime's validation says it.

    Takes some 50 ms for JavaScript, which Node reads; done in a thread of the event loop.
    """
    return await asyncio.to_thread(_syntax_problems, code, language)


def _syntax_problems(code: str, language: Language) -> tuple[CodeProblem, ...]:
    file = _FILES[language]
    action = Action(id="typed", name="typed", code=file, language=language)
    flow = Flow(name="typed", actions=(action,), files={file: code.encode()}, version="")
    found = flow_problems(flow, analyse(flow))
    return problems_in_file((one for one in found if one.rule == _SYNTAX), file)
