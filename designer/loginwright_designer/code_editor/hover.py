"""What a name in the code is, for the card that the mouse or a key brings up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from loginwright_designer.code_editor.code_chain import chain_at, handler_names
from loginwright_designer.code_editor.completion import SECRETS
from loginwright_designer.code_editor.member_index import members_by_path

if TYPE_CHECKING:
    from collections.abc import Collection

    from loginwright_runtime.flow.model import Language

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class HoverDoc:
    """What there is to say about a name.

    Attributes:
        title: The name with its owner.
        detail: Type or arguments, short.
        doc: What it is or does.
        start: Where the name begins, counted in characters of the file.
        end: Where it ends.
    """

    title: str
    detail: str
    doc: str
    start: int
    end: int


def hover_doc(
    text: str, position: int, language: Language, secrets: Collection[str] = ()
) -> HoverDoc | None:
    """Return what is known of the name at ``position``; None for a name of the action's own.

    Args:
        text: The whole file.
        position: Of a character of the name, counted in characters.
        language: Decides the spelling.
        secrets: Names of the secrets that the action declares.
    """
    line_start = text.rfind("\n", 0, position) + 1
    line_end = text.find("\n", position)
    line = text[line_start : line_end if line_end >= 0 else len(text)]
    chain = chain_at(line, position - line_start)
    if chain is None:
        return None
    path = handler_names(text, language).path(chain[0])
    start, end = line_start + chain[1], line_start + chain[2]
    found = _known(path, language, secrets)
    return None if found is None else HoverDoc(path, *found, start, end)


def _known(path: str, language: Language, secrets: Collection[str]) -> tuple[str, str] | None:
    member = members_by_path(language).get(path)
    if member is not None:
        return member.detail, member.doc
    owner, _, name = path.rpartition(".")
    return _secret(name in secrets) if owner == SECRETS else _root(path)


def _secret(declared: bool) -> tuple[str, str]:
    if declared:
        return translate("Hover", "secret"), translate(
            "Hover", "Declared by this action. Its value comes from outside the flow."
        )
    return translate("Hover", "not declared"), translate(
        "Hover", "This action declares no such secret, so it reads as nothing."
    )


def _root(name: str) -> tuple[str, str] | None:
    if name == "event":
        return translate("Hover", "object"), translate(
            "Hover", "Who is logging in, and how. Changes an action makes to it are dropped."
        )
    if name == "api":
        return translate("Hover", "object"), translate("Hover", "Changes what comes of the login.")
    return None
