"""Writes docs/rules.md from the rules themselves."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from loginwright_runtime.validation.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from loginwright_runtime.validation.rule import Rule

_HEAD = """\
# What validate tells

`loginwright validate` and the designer's Problems list read a flow and run nothing of it. Every
problem has a rule, a severity, a message, a remedy and its place. An *error* stops a run; a
*warning* is for you to judge. This page is written from the rules themselves by
`python -m loginwright_runtime.validation.documentation`, and a test keeps it true.

## The code

JavaScript is judged by the V8 that will run it, Python by its own compiler. The rules then follow
values through constants, patterns, helpers of the same file, loops over a literal list, and every
way through `if`, `switch`, `try` and early returns. They do not follow values into packages or
into other modules, and say nothing where they cannot know: a rule that stays silent is no proof.
Sources that no enabled action uses are read too, and stop nothing.
"""
_FOLDER = """\
## Folder and bundle

All of these are errors, but for the two marked *warning*.

| rule | marks |
|---|---|
"""
_WARNINGS = frozenset(
    {
        "duplicate-secret",
        "linked-package",
        "missing-lock",
        "package-missing",
        "package-not-locked",
        "package-version",
        "packages-too-large",
        "unportable-name",
    }
)

FOLDER_RULES: Mapping[str, str] = {
    "unknown-key": "A key that the format does not know.",
    "missing-key": "A key that the format asks for.",
    "invalid-value": "A value of the wrong kind or form.",
    "missing-file": "`flow.json`, or the code of an action, is not there.",
    "path-leaves-folder": "A path or link that leaves the flow folder.",
    "duplicate-id": "Two actions with one id.",
    "duplicate-secret": "A secret that an action declares twice.",
    "unknown-language": "Code whose language neither its name nor `language` tells.",
    "code-too-large": "An action of more than 100 kB.",
    "too-many-actions": "More than 20 actions.",
    "not-utf-8": "Code that is not UTF-8.",
    "invalid-json": "A file that is not JSON.",
    "duplicate-json-key": "A key that stands twice in one object.",
    "unknown-format": "A file of a newer format, or of none.",
    "file-too-large": "A file larger than a flow may hold.",
    "flow-too-large": "More or larger files than a flow may hold.",
    "invalid-name": "A file name that is not UTF-8.",
    "unportable-name": "A file name that no bundle can hold.",
    "missing-folder": "A folder that is not there.",
    "not-a-folder": "A file where a folder is asked for.",
    "not-a-file": "Something that is no plain file.",
    "linked-folder": "A link in the place of a folder.",
    "unreadable-folder": "A folder that may not be read.",
    "unreadable-file": "A file that may not be read.",
    "missing-flow": "A path at which nothing stands.",
    "not-a-flow": "A file or folder that is no flow.",
    "unreadable-lock": "A lock of npm that cannot be read.",
    "missing-lock": "Packages in `node_modules` and no lock; `export` refuses them.",
    "package-missing": "A locked package that is not installed; `export` refuses the flow.",
    "package-not-locked": "An installed package that the lock does not name.",
    "package-version": "An installed package of another version than the lock's.",
    "linked-package": "A package that is a link, which no bundle holds.",
    "packages-too-large": "Packages that are too large for a bundle.",
    "bundle-…": "A bundle that is not exactly what `export` writes; it is refused as a whole.",
    "invalid-manifest": "A `bundle.json` that cannot be read.",
    "version-mismatch": "A bundle whose content is not the version it names.",
}
"""What the flow package tells of folders and bundles."""


def rules_page() -> str:
    """Return docs/rules.md."""
    folder = "".join(
        f"| `{rule}`{' (*warning*)' if rule in _WARNINGS else ''} | {marks} |\n"
        for rule, marks in FOLDER_RULES.items()
    )
    return f"{_HEAD}\n{_table(RULES)}\n{_FOLDER}{folder}"


def _table(rules: Iterable[Rule]) -> str:
    lines = ["| rule | severity | marks | what to do |", "|---|---|---|---|"]
    lines += [f"| `{r.id}` | {r.severity} | {r.what} | {_code(r.remedy)} |" for r in rules]
    return "\n".join(lines) + "\n"


def _code(text: str) -> str:
    return text.replace("|", "\\|")


def main() -> None:
    """Write the page into a checkout."""
    page = Path(__file__).parents[3] / "docs" / "rules.md"
    page.write_text(rules_page(), encoding="utf-8")


if __name__ == "__main__":
    main()
