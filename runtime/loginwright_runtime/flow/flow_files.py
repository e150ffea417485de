"""From what a flow's files say to the flow, with every problem on the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loginwright_runtime.errors import Problem
from loginwright_runtime.flow.document import FlowDocument, read_document
from loginwright_runtime.flow.json_text import JsonFile, JsonObject, read_json
from loginwright_runtime.flow.member_names import clashing_names, name_fault
from loginwright_runtime.flow.migrations import FormatHistory, upgrade_file
from loginwright_runtime.flow.model import Flow
from loginwright_runtime.flow.version import UNKNOWN_VERSION

if TYPE_CHECKING:
    from loginwright_runtime.flow.listed_actions import ListedAction

FLOW_FILE = "flow.json"
TRIGGERS_FILE = "triggers/triggers.json"  # of an export of the platform, which is no flow yet
MAX_CODE_BYTES = 100_000
MAX_FLOW_FILE_BYTES = 1_000_000
_Refused = Mapping[str, Problem]


@dataclass(frozen=True, slots=True)
class ReadFlow:
    """A flow as far as it could be read.

    Attributes:
        flow: Without a version yet; None when ``flow.json`` holds no JSON object.
        problems: Errors and warnings, those of ``flow.json`` first.
        older: The members of ``flow.json`` as they stood there, when they had to be migrated.
    """

    flow: Flow | None
    problems: tuple[Problem, ...]
    older: JsonObject | None = None


def assemble(
    flow_file: bytes,
    files: Mapping[str, bytes],
    refused: _Refused,
    history: FormatHistory,
    name: str = FLOW_FILE,
) -> ReadFlow:
    """Put a flow together from the content of its files; touches no disk.

    Args:
        flow_file: Content of ``flow.json``.
        files: Code, ``package.json`` and the lock.
        refused: Files that are there and could not be read.
        history: Formats of ``flow.json`` that can be read.
        name: What problems call ``flow.json``.
    """
    if len(flow_file) > MAX_FLOW_FILE_BYTES:
        message = f"The file has more than {MAX_FLOW_FILE_BYTES:,} bytes."
        return _unreadable(
            Problem("file-too-large", "error", message, "Write it anew, or restore it.", name),
            refused,
        )
    file = read_json(flow_file, name)
    if isinstance(file, Problem):
        return _unreadable(file, refused)
    document = _read(file, history)
    if document is None:
        return ReadFlow(None, (*file.problems, *refused.values()))
    for listed in document.actions:
        _check_code(file, listed, files, refused)
    codes = {listed.action.code for listed in document.actions}
    unnamed = (problem for path, problem in refused.items() if path not in codes)
    problems = (*file.problems, *unnamed, *_unportable(files))
    flow = Flow(
        name=document.name,
        settings=document.settings,
        actions=tuple(listed.action for listed in document.actions),
        files=files,
        version=UNKNOWN_VERSION,
    )
    older = file.value if not file.located and isinstance(file.value, dict) else None
    return ReadFlow(flow, problems, older)


def _unreadable(problem: Problem, refused: _Refused) -> ReadFlow:
    return ReadFlow(None, (problem, *refused.values()))


def _read(file: JsonFile, history: FormatHistory) -> FlowDocument | None:
    """Read the document; one of an unknown format is guessed at without further reports."""
    members = upgrade_file(file, history)
    if members is not None:
        return read_document(file, members)
    if not isinstance(file.value, dict):
        return None
    guess = JsonFile(file.file, file.text, file.value, located=False)
    return read_document(guess, file.value)


def _check_code(
    file: JsonFile, listed: ListedAction, files: Mapping[str, bytes], refused: _Refused
) -> None:
    code, place = listed.action.code, (*listed.place, "code")
    if not listed.code_readable:
        return
    problem = _refusal(code, refused)
    if problem is not None:
        message = f"The file {code} cannot be used. {problem.message}"
        file.report(problem.rule, place, message, problem.remedy)
    elif code not in files:
        message = f"There is no file {code}."
        file.report("missing-file", place, message, "Create the file, or correct the path.")
    elif len(files[code]) > MAX_CODE_BYTES:
        size = f"The code {code} has {len(files[code]):,} bytes; {MAX_CODE_BYTES:,} are allowed."
        file.report("code-too-large", place, size, "Move parts of it to packages or to lib/.")
    elif not _is_utf8(files[code]):
        message = f"The code {code} is not UTF-8."
        file.report("not-utf-8", place, message, "Save the file as UTF-8.")


def _refusal(code: str, refused: _Refused) -> Problem | None:
    """Return why a file, or a folder above it, could not be read."""
    parts = code.split("/")
    for length in range(len(parts), 0, -1):
        problem = refused.get("/".join(parts[:length]))
        if problem is not None:
            return problem
    return None


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _unportable(files: Mapping[str, bytes]) -> list[Problem]:
    problems: list[Problem] = []
    for path in files:
        fault = name_fault(path)
        if fault is not None:
            problems.append(_warn_of_name(path, f"The name {fault}, so no bundle can hold it."))
    for first, second in clashing_names(files):
        message = f"Some systems take this name and {first} for one, so no bundle can hold both."
        problems.append(_warn_of_name(second, message))
    return problems


def _warn_of_name(path: str, message: str) -> Problem:
    return Problem("unportable-name", "warning", message, "Rename the file.", path)
