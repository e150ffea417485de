"""What may be written at a place of the code: members of event and api, secrets, local names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias, assert_never

from PySide6.QtCore import QCoreApplication

from loginwright_designer.code_editor.code_chain import (
    MemberPlace,
    NamePlace,
    SecretKeyPlace,
    handler_names,
    place_before,
)
from loginwright_designer.code_editor.local_names import local_names
from loginwright_designer.code_editor.member_index import Member, MemberKind, members_by_owner

if TYPE_CHECKING:
    from collections.abc import Collection

    from loginwright_runtime.flow.model import Language

ItemKind: TypeAlias = MemberKind | Literal["secret", "local"]

SECRETS = "event.secrets"
_PLAIN_NAME = re.compile(r"[A-Za-z_$][\w$]*")
translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class CompletionItem:
    """One proposal.

    Attributes:
        label: What the list shows.
        insert: What takes the place of ``replaced``.
        replaced: How many characters before the cursor it replaces.
        kind: What it is.
        detail: Type or arguments, short.
        doc: What it is or does.
        caret_back: How far before its end the cursor stands afterwards.
    """

    label: str
    insert: str
    replaced: int
    kind: ItemKind
    detail: str
    doc: str
    caret_back: int = 0


def completion_items(
    text: str, position: int, language: Language, secrets: Collection[str] = ()
) -> list[CompletionItem]:
    """Return what may be written at ``position``, what fits best first.

    Args:
        text: The whole file.
        position: Of the cursor, counted in characters; it should stand in code, not in a comment.
        language: Decides the spelling.
        secrets: Names of the secrets that the action declares.
    """
    line_start = text.rfind("\n", 0, position) + 1
    before = text[line_start:position]
    following = text[position : position + 1]
    place = place_before(before, handler_names(text, language))
    match place:
        case SecretKeyPlace(typed, quote):
            return _secret_keys(secrets, typed, quote, text[position : position + 2])
        case MemberPlace(owner) if owner == SECRETS:
            return _secret_members(secrets, place, language)
        case MemberPlace(owner, typed):
            members = members_by_owner(language).get(owner, ())
            items = [_member_item(member, typed, following) for member in members]
            return _fitting(items, typed)
        case NamePlace(typed):
            return _fitting(_names(text, language, typed), typed)
        case _:
            assert_never(place)


def _fitting(items: list[CompletionItem], typed: str) -> list[CompletionItem]:
    """Return the items that hold what was typed, those that begin with it first."""
    wanted = typed.lower()
    begin = [item for item in items if item.label.lower().startswith(wanted)]
    within = [item for item in items if wanted in item.label.lower() and item not in begin]
    return begin + within


def _member_item(member: Member, typed: str, following: str) -> CompletionItem:
    calls = member.kind == "method" and following != "("
    insert = f"{member.name}()" if calls else member.name
    back = 1 if calls and member.takes_arguments else 0
    detail, doc = member.detail, member.doc
    return CompletionItem(member.name, insert, len(typed), member.kind, detail, doc, back)


def _secret_keys(
    secrets: Collection[str], typed: str, quote: str, following: str
) -> list[CompletionItem]:
    ends = {quote: "", "]": quote}
    end = ends.get(following[:1], f"{quote}]")
    items = [
        CompletionItem(name, f"{name}{end}", len(typed), "secret", "string", _of_secrets())
        for name in sorted(secrets)
    ]
    return _fitting(items, typed)


def _secret_members(
    secrets: Collection[str], place: MemberPlace, language: Language
) -> list[CompletionItem]:
    """Secrets are a map: in Python, and for odd names, they are read by key, not by a dot."""
    items = []
    for name in sorted(secrets):
        by_dot = language == "javascript" and _PLAIN_NAME.fullmatch(name) is not None
        insert = name if by_dot else f'["{name}"]'
        replaced = len(place.typed) if by_dot else place.length
        items.append(CompletionItem(name, insert, replaced, "secret", "string", _of_secrets()))
    return _fitting(items, place.typed)


def _of_secrets() -> str:
    return translate(
        "Completion",
        "A secret that this action declares. Its value comes from outside the flow.",
    )


def _names(text: str, language: Language, typed: str) -> list[CompletionItem]:
    where = translate("Completion", "in this file")
    doc = translate("Completion", "Declared in this file.")
    declared = [name for name in local_names(text, language) if name != typed]
    return [CompletionItem(name, name, len(typed), "local", where, doc) for name in declared]
