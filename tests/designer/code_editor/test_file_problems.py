"""An editor shows the problems of its own file, and those without a line on the first."""

from __future__ import annotations

from loginwright_designer.code_editor.file_problems import problems_in_file
from loginwright_runtime.errors import Problem


def test_problems_of_other_files_are_not_this_files() -> None:
    mine = Problem("rule", "warning", "Odd.", "Mend it.", "actions/a.js", 3, 5)
    nowhere = Problem("rule", "warning", "Odd.", "Mend it.", "actions/a.js")
    other = Problem("rule", "error", "Odd.", "Mend it.", "actions/b.js", 1, 1)

    found = problems_in_file([mine, nowhere, other], "actions/a.js")

    assert [(one.line, one.column) for one in found] == [(3, 5), (1, None)]
