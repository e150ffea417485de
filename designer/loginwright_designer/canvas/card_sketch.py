"""Sketches an action from its code: icon, sentence, and the ways it may leave."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from loginwright_designer.canvas.lane_state import CONTINUE
from loginwright_runtime.validation.facts import DENYING, METADATA_WRITES

if TYPE_CHECKING:
    from loginwright_runtime.validation.facts import SourceFacts

translate = QCoreApplication.translate

CLAIMS = frozenset({"idToken.setCustomClaim", "accessToken.setCustomClaim"})
CHALLENGES = frozenset({"authentication.challengeWith", "authentication.challengeWithAny"})
ENROLMENTS = frozenset({"authentication.enrollWith", "authentication.enrollWithAny"})
MFA = frozenset({"multifactor.enable"}) | CHALLENGES | ENROLMENTS
LEAVES_FOR_SITE = "redirect.sendUserTo"
LEAVES_FOR_FORM = "prompt.render"

_COMMENT_SENTENCE = re.compile(
    r"""\A\s*(?:/\*\*?\s*\*?\s*|//\s*|\#\s*|[rR]?["']{3}\s*)  # where a first comment begins
        (?P<sentence>[A-Z][^@\n*"']{3,80}?)[.]?\s*(?:\*/|["']{3}|\n)""",
    re.VERBOSE,
)
_HANDLER_SENTENCE = re.compile(
    r"""/\*\*\s*\*?\s*(?P<sentence>[A-Z][^@\n*"']{3,80}?)[.]?\s*(?:\n(?:(?!\*/).)*)?\*/\s*
        exports\.onExecutePostLogin\b""",
    re.VERBOSE | re.DOTALL,
)
"""Of the comment before the handler; one before it in the file may be about a constant."""
_MOST_READ = 2000
_DAYS = re.compile(rb"\b(?:getUTCDay|getDay|isoweekday|weekday)\b")


@dataclass(frozen=True, slots=True)
class Sketch:
    """What a card shows of its code.

    Attributes:
        icon: Name of the drawing in its tile.
        sentence: What the code does.
        site: The host it may send people to; an empty text where the code does not say which.
        form: Whether it may show a form.
        challenges: Whether it may challenge.
        enrols: Whether it may enrol.
        comes_back: Whether it has the handler that a login resumes in.
    """

    icon: str
    sentence: str
    site: str | None = None
    form: bool = False
    challenges: bool = False
    enrols: bool = False
    comes_back: bool = False

    @property
    def leaves(self) -> bool:
        """Whether it has a bracket."""
        return self.site is not None or self.form


def sketch_of(source: bytes, facts: SourceFacts | None) -> Sketch:
    """Return what a card shows of an action's code.

    Args:
        source: As it stands in the file.
        facts: What is known of it; None while it is being read.
    """
    said = _first_sentence(source)
    if facts is None:
        return Sketch("file-code", said or "")
    methods = frozenset(call.method for call in facts.api_calls)
    site = None
    if LEAVES_FOR_SITE in methods:
        site = next(iter(facts.redirect_hosts), "")
    return Sketch(
        icon=_icon(methods, source),
        sentence=said or _described(methods, whole=facts.unread is None),
        site=site,
        form=LEAVES_FOR_FORM in methods,
        challenges=bool(methods & CHALLENGES),
        enrols=bool(methods & ENROLMENTS),
        comes_back=facts.exports(CONTINUE) or facts.exports_unseen or facts.unread is not None,
    )


def _first_sentence(source: bytes) -> str | None:
    code = source[:_MOST_READ].decode("utf-8", "replace")
    found = _HANDLER_SENTENCE.search(code) or _COMMENT_SENTENCE.match(code[:400])
    return found["sentence"].strip() if found else None


def _icon(methods: frozenset[str], source: bytes) -> str:
    pictures = (
        ("external-link", frozenset({LEAVES_FOR_SITE})),
        ("file-check", frozenset({LEAVES_FOR_FORM})),
        ("calendar-off" if _DAYS.search(source) else "ban", DENYING),
        ("shield-check", MFA),
        ("key-round", CLAIMS),
        ("user-pen", METADATA_WRITES),
    )
    return next((icon for icon, calls in pictures if methods & calls), "file-code")


def _described(methods: frozenset[str], *, whole: bool) -> str:
    """Return up to two things the code may do, as one sentence.

    Args:
        methods: What it calls, as far as it could be read.
        whole: It could be read to its end.
    """
    things = (
        (
            frozenset({LEAVES_FOR_SITE}),
            translate("Lane", "Sends the user away"),
            translate("Lane", "sends the user away"),
        ),
        (
            frozenset({LEAVES_FOR_FORM}),
            translate("Lane", "Shows a form"),
            translate("Lane", "shows a form"),
        ),
        (DENYING, translate("Lane", "May deny the login"), translate("Lane", "may deny the login")),
        (MFA, translate("Lane", "May ask for MFA"), translate("Lane", "may ask for MFA")),
        (CLAIMS, translate("Lane", "Sets claims"), translate("Lane", "sets claims")),
        (
            METADATA_WRITES,
            translate("Lane", "Writes to the profile"),
            translate("Lane", "writes to the profile"),
        ),
    )
    found = [(first, second) for calls, first, second in things if methods & calls]
    if not found:
        nothing = translate("Lane", "Asks for nothing")
        return nothing if whole else translate("Lane", "Not read as a whole")
    if len(found) == 1:
        return found[0][0]
    return translate("Lane", "{first}, {second}").format(first=found[0][0], second=found[1][1])
