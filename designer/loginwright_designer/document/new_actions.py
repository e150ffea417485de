"""Actions made of what somebody brings along: pasted code, a file, a template."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QCoreApplication

from loginwright_designer.document.action_edits import NewAction, copy_of
from loginwright_designer.document.draft import EditRefused
from loginwright_designer.document.language_guess import guess_language, guess_name
from loginwright_runtime.errors import FlowError
from loginwright_runtime.flow.action_names import language_of
from loginwright_runtime.flow.folder import read_flow_folder
from loginwright_runtime.flow.source_files import MAX_FILE_BYTES
from loginwright_runtime.validation import secrets_read

if TYPE_CHECKING:
    from pathlib import Path

    from loginwright_runtime.flow.model import Language

NewActions: TypeAlias = Sequence[NewAction] | EditRefused

_BLANK: dict[Language, bytes] = {
    "javascript": b"""\
/**
 * Runs after a user has logged in, and when a refresh token is used.
 *
 * @param {Event} event - Who logs in, where from, and to which application.
 * @param {PostLoginAPI} api - Changes what comes of the login.
 */
exports.onExecutePostLogin = async (event, api) => {
};
""",
    "python": b'''\
from loginwright_runtime import Event, PostLoginAPI


async def on_execute_post_login(event: Event, api: PostLoginAPI) -> None:
    """Runs after a user has logged in, and when a refresh token is used."""
''',
}
translate = QCoreApplication.translate


def action_of_code(code: bytes) -> NewAction:
    """Return an action with pasted code, byte for byte, and the secrets that the code reads.

    Starts a Node process for JavaScript, which takes some 50 ms: not on a GUI thread. Nothing of
    the code is run.

    Args:
        code: As it was pasted; its name is what it suggests.
    """
    text = code.decode(errors="replace")
    language = guess_language(text)
    called = guess_name(text) or translate("Edits", "New action")
    return NewAction(called, language, code, secrets_read(code, language))


def actions_of_files(paths: Sequence[Path]) -> NewActions:
    """Return an action for each file of code, named after it; refused when one cannot be used.

    Blocks as ``action_of_code`` does, and on the disk.
    """
    actions: list[NewAction] = []
    for path in paths:
        language = language_of(path.name)
        if language is None:
            message = translate(
                "Edits", "{file} is no action: its name does not tell the language."
            )
            remedy = translate("Edits", "Bring a file that ends in .js, .cjs or .py.")
            return EditRefused(message.format(file=path.name), remedy)
        try:
            with path.open("rb") as file:
                code = file.read(MAX_FILE_BYTES)
        except OSError as error:
            message = translate("Edits", "{file} cannot be read: {reason}.")
            remedy = translate("Edits", "Bring a file that you may read.")
            return EditRefused(message.format(file=path.name, reason=error.strerror), remedy)
        secrets = secrets_read(code, language)
        suffix = os.path.splitext(path.name)[1]
        actions.append(NewAction(_title(path.stem), language, code, secrets, suffix))
    return actions


def actions_of_template(folder: Path) -> NewActions:
    """Return the actions of a template, as its flow lists them.

    Blocks on the disk: not on a GUI thread.
    """
    try:
        flow = read_flow_folder(folder)
    except FlowError as error:
        return EditRefused(error.problems[0].message, error.problems[0].remedy)
    return [copy_of(flow, action, action.name) for action in flow.actions]


def blank_action(language: Language) -> NewAction:
    """Return an action that does nothing yet."""
    return NewAction(translate("Edits", "New action"), language, _BLANK[language])


def _title(stem: str) -> str:
    words = re.sub(r"[-_\s]+", " ", stem).strip()
    return words[:1].upper() + words[1:]
