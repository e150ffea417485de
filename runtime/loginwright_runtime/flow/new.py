"""New flow folders: a blank one, one from a template, or one around existing actions."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from loginwright_runtime.errors import FlowError, Problem
from loginwright_runtime.flow.action_names import language_of, slug, unique_id
from loginwright_runtime.flow.flow_files import MAX_CODE_BYTES
from loginwright_runtime.flow.folder import read_flow_folder
from loginwright_runtime.flow.fresh_folder import check_target, write_fresh
from loginwright_runtime.flow.model import Action, Flow, Language
from loginwright_runtime.flow.secret_names import is_secret_name
from loginwright_runtime.flow.source_files import (
    MAX_FILE_BYTES,
    read_scenario_files,
)
from loginwright_runtime.flow.version import UNKNOWN_VERSION

SecretNames: TypeAlias = (
    Callable[[Language, bytes], Collection[str]] | Mapping[Path, Collection[str]]
)

_BLANK = b"""\
/**
 * Runs after a user has logged in, and when a refresh token is used.
 *
 * @param {Event} event - Who logs in, where from, and to which application.
 * @param {PostLoginAPI} api - Changes what comes of the login.
 */
exports.onExecutePostLogin = async (event, api) => {
};

/**
 * Runs when the user comes back from a redirect that this action asked for.
 *
 * @param {Event} event - The login, with the request that brought the user back.
 * @param {PostLoginAPI} api - Changes what comes of the login.
 */
exports.onContinuePostLogin = async (event, api) => {
};
"""


@dataclass(frozen=True, slots=True)
class _Draft:
    """A flow that stands nowhere yet, and the scenarios that come with it."""

    flow: Flow
    scenarios: Mapping[str, bytes]


def create_flow(
    path: Path,
    *,
    name: str,
    template: Path | None = None,
    code_files: Sequence[Path] = (),
    secrets: SecretNames | None = None,
) -> Flow:
    """Make a flow folder that runs at once, and return its flow.

    Without template and code files it holds one blank JavaScript action with both handlers.

    Args:
        path: The folder; it must not exist or be empty.
        name: What people call the flow.
        template: A flow folder to copy, packages left out, or the code of one action.
        code_files: Existing actions, in execution order. They are copied byte for byte; ids come
            from their names, languages from their suffixes.
        secrets: Names of the secrets that each piece of code reads: asked with language and code,
            or looked up by path. Names that cannot be declared are passed over.

    Raises:
        FlowError: The folder is not empty, or a file cannot be used; nothing is written then.
    """
    check_target(path)
    if template is not None and template.is_dir():
        draft = _from_folder(template, name)
        given = _read_code(code_files, secrets, draft.flow)
    else:
        draft = _Draft(Flow(name=name, version=UNKNOWN_VERSION), {})
        given = _read_code([template, *code_files] if template else code_files, secrets, draft.flow)
    flow = given if given.actions else _blank(given)
    return write_fresh(path, flow, draft.scenarios)


def _from_folder(template: Path, name: str) -> _Draft:
    flow = read_flow_folder(template)
    scenarios = read_scenario_files(Path(os.path.realpath(template))).files
    return _Draft(flow.model_copy(update={"name": name}), scenarios)


def _blank(flow: Flow) -> Flow:
    action = Action(
        id="new-action", name="New action", code="actions/new-action.js", language="javascript"
    )
    files = {**flow.files, action.code: _BLANK}
    return flow.model_copy(update={"actions": (action,), "files": files})


def _read_code(paths: Sequence[Path], secrets: SecretNames | None, flow: Flow) -> Flow:
    """Return the flow with an action more for each of the files."""
    actions = list(flow.actions)
    files = dict(flow.files)
    problems: list[Problem] = []
    for path in paths:
        code = _checked(path, _read(path))
        language = language_of(path.name)
        if isinstance(code, Problem):
            problems.append(code)
        elif language is None:
            message = "The name does not tell the language."
            remedy = "End it in .js, .cjs or .py."
            problems.append(_problem("unknown-language", message, remedy, path))
        else:
            taken = {action.id for action in actions} | {_stem(file) for file in files}
            action_id = unique_id(slug(path.stem), taken)
            action = Action(
                id=action_id,
                name=_title(path.stem),
                code=f"actions/{action_id}{path.suffix}",
                language=language,
                secrets=_declared(secrets, path, language, code),
            )
            actions.append(action)
            files[action.code] = code
    if problems:
        raise FlowError(*problems)
    return flow.model_copy(update={"actions": tuple(actions), "files": files})


def _read(path: Path) -> bytes | Problem:
    try:
        with path.open("rb") as file:
            return file.read(MAX_FILE_BYTES)
    except FileNotFoundError:
        return _problem("missing-file", "There is no such file.", "Correct the path.", path)
    except OSError as error:
        message = f"The file cannot be read: {error.strerror}."
        return _problem("unreadable-file", message, "Name a file that you may read.", path)


def _checked(path: Path, code: bytes | Problem) -> bytes | Problem:
    if isinstance(code, Problem):
        return code
    if len(code) > MAX_CODE_BYTES:
        message = f"The code has {len(code):,} bytes; {MAX_CODE_BYTES:,} are allowed."
        return _problem("code-too-large", message, "Move parts of it to packages or lib/.", path)
    try:
        code.decode()
    except UnicodeDecodeError:
        return _problem("not-utf-8", "The code is not UTF-8.", "Save the file as UTF-8.", path)
    return code


def _declared(
    secrets: SecretNames | None, path: Path, language: Language, code: bytes
) -> tuple[str, ...]:
    if secrets is None:
        return ()
    names = secrets(language, code) if callable(secrets) else secrets.get(path, ())
    return tuple(name for name in dict.fromkeys(names) if is_secret_name(name))


def _stem(file: str) -> str:
    return os.path.splitext(os.path.basename(file))[0]


def _title(stem: str) -> str:
    words = re.sub(r"[-_\s]+", " ", stem).strip() or "Action"
    return words[0].upper() + words[1:]


def _problem(rule: str, message: str, remedy: str, path: Path) -> Problem:
    return Problem(rule, "error", message, remedy, str(path))
