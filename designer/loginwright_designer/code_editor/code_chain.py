"""Reads from code what stands before a place: ``event.user.``, a name, the key of a secret."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loginwright_runtime.flow.model import Language

_CHAIN = re.compile(
    r"(?<![\w$.])([A-Za-z_$][\w$]*(?:\s*\??\.\s*[A-Za-z_$][\w$]*|\??\.?\[[^\[\]\n]{0,40}\])*)\s*\??\.\s*"
    r"([\w$]*)$"
)
_NAME_BEFORE = re.compile(r"(?<![\w$.])([A-Za-z_$][\w$]*)$")
_SECRET_KEY = re.compile(r"([A-Za-z_$][\w$]*)\s*\??\.\s*secrets\s*(?:\?\.)?\[\s*([\"'])([\w-]*)$")
_ITEM = re.compile(r"\s*(?:\?\.)?\[[^\]]*\]")
_HANDLERS: dict[Language, re.Pattern[str]] = {
    "javascript": re.compile(
        r"on(?:Execute|Continue)PostLogin\s*=\s*(?:async\s*)?(?:function[\s\w$]*)?"
        r"\(\s*([\w$]+)\s*(?:,\s*([\w$]+))?"
    ),
    "python": re.compile(
        r"def\s+on_(?:execute|continue)_post_login\s*\(\s*(\w+)[^,()]*(?:,\s*(\w+))?"
    ),
}
LONGEST_CHAIN = 400
"""How much of a line before the place is looked at."""


@dataclass(frozen=True, slots=True)
class MemberPlace:
    """A name, perhaps begun, behind a dot.

    Attributes:
        owner: What stands before the dot, ``event.user.identities[]``.
        typed: What stands behind it.
        length: How many characters ``typed`` and the dot before it have.
    """

    owner: str
    typed: str
    length: int


@dataclass(frozen=True, slots=True)
class NamePlace:
    """A name of its own, perhaps begun.

    Attributes:
        typed: What there is of it.
    """

    typed: str


@dataclass(frozen=True, slots=True)
class SecretKeyPlace:
    """The name of a secret within brackets and quotes.

    Attributes:
        typed: What there is of it.
        quote: The quotation mark before it.
    """

    typed: str
    quote: str


def place_before(before: str, names: HandlerNames) -> MemberPlace | NamePlace | SecretKeyPlace:
    """Return what the end of ``before`` asks for.

    Args:
        before: The line up to the cursor.
        names: What this file calls event and api.
    """
    line = before[-LONGEST_CHAIN:]
    key = _SECRET_KEY.search(line)
    if key is not None and key[1] in names.events:
        return SecretKeyPlace(key[3], key[2])
    chain = _CHAIN.search(line)
    if chain is not None:
        length = len(line) - len(line[: chain.start(2)].rstrip()) + 1
        return MemberPlace(names.path(chain[1]), chain[2], length)
    name = _NAME_BEFORE.search(line)
    return NamePlace(name[1] if name is not None else "")


@dataclass(frozen=True, slots=True)
class HandlerNames:
    """What a file calls the arguments of its handlers.

    Attributes:
        events: Names of the event.
        apis: Names of the api.
    """

    events: frozenset[str]
    apis: frozenset[str]

    def path(self, chain: str) -> str:
        """Return a chain of members as the tables write it."""
        plain = _ITEM.sub("[]", chain).replace("?.", ".")
        plain = re.sub(r"\s+", "", plain)
        first = re.match(r"[\w$]+", plain)
        root = first[0] if first else ""
        rest = plain[len(root) :]
        if root in self.events:
            return f"event{rest}"
        return f"api{rest}" if root in self.apis else plain


def handler_names(text: str, language: Language) -> HandlerNames:
    """Return what the handlers in ``text`` call their arguments; ``event`` and ``api`` always."""
    found = _HANDLERS[language].findall(text)
    return HandlerNames(
        frozenset({"event", *(event for event, _api in found)}),
        frozenset({"api", *(api for _event, api in found if api)}),
    )


def chain_at(line: str, column: int) -> tuple[str, int, int] | None:
    """Return the chain of members that ends with the name at ``column``, and that name's ends."""
    start = end = column
    while start > 0 and _in_name(line[start - 1]):
        start -= 1
    while end < len(line) and _in_name(line[end]):
        end += 1
    if start == end or line[start].isdigit():
        return None
    before = _CHAIN.search(line[max(0, start - LONGEST_CHAIN) : start])
    name = line[start:end]
    return (f"{before[1]}.{name}" if before else name), start, end


def _in_name(character: str) -> bool:
    return character.isalnum() or character in "_$"
