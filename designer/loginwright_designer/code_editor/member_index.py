"""The runtime's own tables of event and api, arranged by what stands before a dot."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal, TypeAlias

from PySide6.QtCore import QCoreApplication

from loginwright_runtime.api.methods import METHODS, Method
from loginwright_runtime.api.names import python_method, snake_case
from loginwright_runtime.login.event_table import EventMember, member_table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loginwright_runtime.flow.model import Language

translate = QCoreApplication.translate

MemberKind: TypeAlias = Literal["member", "method", "group"]


@dataclass(frozen=True, slots=True)
class Member:
    """One member of event or api as a language spells it.

    Attributes:
        path: With its owner, ``event.request.geoip.countryCode``; items of a list are ``[]``.
        kind: A member of the event, a method of the api, or a group of methods.
        detail: Type or arguments, short.
        doc: What it is or does.
        takes_arguments: Whether a method has any.
    """

    path: str
    kind: MemberKind
    detail: str
    doc: str
    takes_arguments: bool = False

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rpartition(".")[2]

    @property
    def owner(self) -> str:
        """What stands before the last dot."""
        return self.path.rpartition(".")[0]


@cache
def members_by_path(language: Language) -> Mapping[str, Member]:
    """Return every member of event and api, by its path."""
    members = [_event_member(row, language) for row in member_table()]
    groups = dict.fromkeys(name.partition(".")[0] for name in METHODS)
    members += [_group(name, language) for name in groups]
    members += [_method(method, language) for method in METHODS.values()]
    return {member.path: member for member in members}


@cache
def members_by_owner(language: Language) -> Mapping[str, tuple[Member, ...]]:
    """Return the members that may stand behind a path and a dot, by name."""
    owners: dict[str, list[Member]] = {}
    for member in members_by_path(language).values():
        owners.setdefault(member.owner, []).append(member)
    return {
        owner: tuple(sorted(members, key=lambda member: member.name.lower()))
        for owner, members in owners.items()
    }


def _event_member(row: EventMember, language: Language) -> Member:
    path = row.path if language == "javascript" else row.python_path
    detail = row.type
    if row.optional:
        detail = translate("Completion", "{type}, may be absent").format(type=row.type)
    return Member(path, "member", detail, row.doc)


def _group(name: str, language: Language) -> Member:
    spelled = name if language == "javascript" else snake_case(name)
    names = ", ".join(
        _name(method, language).rpartition(".")[2]
        for method in METHODS.values()
        if method.name.partition(".")[0] == name
    )
    said = translate("Completion", "Has {names}.").format(names=names)
    return Member(f"api.{spelled}", "group", translate("Completion", "methods"), said)


def _method(method: Method, language: Language) -> Member:
    return Member(
        f"api.{_name(method, language)}",
        "method",
        _arguments(method, language),
        method.does,
        takes_arguments=bool(method.parameters),
    )


def _name(method: Method, language: Language) -> str:
    return method.name if language == "javascript" else python_method(method.name)


def _arguments(method: Method, language: Language) -> str:
    """Return the arguments as they are written, with the members of an options object."""
    parts = []
    for parameter in method.parameters:
        if parameter.name == method.options and method.option_names:
            names = ", ".join(method.option_names)
            part = f"{{ {names} }}"
            if language == "python":
                part = ", ".join(f"{snake_case(name)}=…" for name in method.option_names)
        else:
            part = parameter.name if language == "javascript" else snake_case(parameter.name)
        parts.append(f"{part}?" if parameter.optional and language == "javascript" else part)
    text = f"({', '.join(parts)})"
    return (
        translate("Completion", "{arguments} → promise").format(arguments=text)
        if method.promise
        else text
    )
