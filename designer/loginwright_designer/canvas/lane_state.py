"""The lane as a value: what every card, pill and stretch of line shows (desktop.md, "The lane")."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, TypeAlias

EXECUTE: Literal["onExecutePostLogin"] = "onExecutePostLogin"
CONTINUE: Literal["onContinuePostLogin"] = "onContinuePostLogin"


class CardState(StrEnum):
    """What the login shown did at a card."""

    NOT_RUN = "not_run"
    RUNNING = "running"
    RAN = "ran"
    STALE = "stale"
    PAUSED = "paused"
    WAITING = "waiting"
    DENIED = "denied"
    FAILED = "failed"
    CANNOT_LEAVE = "cannot_leave"
    HERE = "here"
    LATER = "later"
    CUT_OFF = "cut_off"
    TURNED_OFF = "turned_off"
    MISSING = "missing"


class PillState(StrEnum):
    """What became of a pill: the code may do it, the login is there, or came through."""

    MAY_HAPPEN = "may_happen"
    AWAY = "away"
    RETURNED = "returned"
    CANNOT_LEAVE = "cannot_leave"
    DONE = "done"
    NOT_PASSED = "not_passed"
    LATER = "later"
    CUT_OFF = "cut_off"


class Travel(StrEnum):
    """How a stretch of the line is drawn."""

    TRAVELLED = "travelled"
    NOT_YET = "not_yet"
    LEAP = "leap"
    CUT = "cut"
    LATER = "later"


class PillKind(StrEnum):
    """What a pill stands for."""

    SIGNED_IN = "signed_in"
    SILENT = "silent"
    REFRESHED = "refreshed"
    SITE = "site"
    FORM = "form"
    CHALLENGE = "challenge"
    ENROLMENT = "enrolment"
    MFA_AT_END = "mfa_at_end"
    PROFILE = "profile"
    TOKENS = "tokens"


@dataclass(frozen=True, slots=True)
class AtNow:
    """The newest state of the login is shown.

    Attributes:
        running: The action whose handler has been running for 300 ms and more, or None.
        over: Nothing moves the login on any more; one that was away then was ended there.
    """

    running: str | None = None
    over: bool = False


@dataclass(frozen=True, slots=True)
class PausedAt:
    """The debugger has stopped the code.

    Attributes:
        action: The action concerned.
        handler: Its handler.
        line: Where known; None is before the handler's first line.
    """

    action: str
    handler: str = EXECUTE
    line: int | None = None


@dataclass(frozen=True, slots=True)
class PastAt:
    """A recorded step is looked at; nothing runs.

    Attributes:
        seq: Of the last entry that is shown as having happened.
    """

    seq: int


LanePosition: TypeAlias = AtNow | PausedAt | PastAt


@dataclass(frozen=True, slots=True)
class CoveredLines:
    """How many lines of an action's code the scenarios come to, as it was measured.

    Attributes:
        reached: How many they do.
        total: How many there are.
        words: Which scenarios come to the action.
    """

    reached: int
    total: int
    words: str = ""


@dataclass(frozen=True, slots=True)
class CannotRun:
    """What keeps an action from running here, whatever its code says.

    Attributes:
        text: As its card says it: "Cannot run: no Node".
        remedy: What is wrong and what to do about it, in whole sentences.
    """

    text: str
    remedy: str


@dataclass(frozen=True, slots=True)
class CardNotes:
    """What the window knows of an action beside its code.

    Attributes:
        problems: How many problems it has.
        blocked: Whether one of them is an error, which stops a run.
        needs_secret: A declared secret without a value on this desk, or None.
        lines: Which lines the scenarios come to; None while nobody knows.
        cannot_run: What keeps it from running here, or None.
    """

    problems: int = 0
    blocked: bool = False
    needs_secret: str | None = None
    lines: CoveredLines | None = None
    cannot_run: CannotRun | None = None


@dataclass(frozen=True, slots=True)
class LanePill:
    """A pill, in words and as a state.

    Attributes:
        kind: What it stands for.
        state: What became of it.
        text: What stands in it.
        note: What stands behind that, quieter: "later", "1 key".
        spoken: The same for who cannot see it.
        travel: The line that leads to it.
    """

    kind: PillKind
    state: PillState
    text: str
    note: str = ""
    spoken: str = ""
    travel: Travel = Travel.NOT_YET


@dataclass(frozen=True, slots=True)
class ReturnCard:
    """The half card of the handler that a login comes back to.

    Attributes:
        state: What the login did there; ``MISSING`` where the code has no such handler.
        text: The handler's name.
        note: The state in words.
        travel: The line that leads to it.
    """

    state: CardState
    text: str
    note: str
    travel: Travel = Travel.NOT_YET


@dataclass(frozen=True, slots=True)
class RedirectPart:
    """The way out of an action and back into it, drawn inside its bracket.

    Attributes:
        pill: The site or form.
        back: Where the login resumes.
    """

    pill: LanePill
    back: ReturnCard


@dataclass(frozen=True, slots=True)
class LaneCard:
    """An action on the lane.

    Attributes:
        action: Its id.
        number: Its place, from 1.
        name: What people call it.
        sentence: What its code does, in a few words.
        language: The language in full, for the accessible name.
        glyph: The language in two letters.
        icon: Name of the drawing in its tile.
        enabled: Whether it runs.
        state: What the login shown did there.
        line: Its second line: the sentence, or what the last run did.
        took: How long that took, as the line ends with it; empty where it does not say so.
        spoken: The state in words.
        mfa: "MFA: any, at the end" where it asked for it.
        problems: How many problems it has.
        blocked: Whether one of them is an error.
        needs_secret: A declared secret without a value, or None.
        lines: Which lines the scenarios come to; None while nobody knows.
        cannot_run: What keeps it from running here, or None.
        redirect: The way out and back, or None.
        between: Pills between this card and the next one.
        travel: The line that leads to it.
    """

    action: str
    number: int
    name: str
    sentence: str
    language: str
    glyph: str
    icon: str
    enabled: bool
    state: CardState
    line: str
    spoken: str
    took: str = ""
    mfa: str = ""
    problems: int = 0
    blocked: bool = False
    needs_secret: str | None = None
    lines: CoveredLines | None = None
    cannot_run: CannotRun | None = None
    redirect: RedirectPart | None = None
    between: tuple[LanePill, ...] = ()
    travel: Travel = Travel.NOT_YET


@dataclass(frozen=True, slots=True)
class Marker:
    """Where the login stands: at which card, and at which part of it.

    Attributes:
        action: The action; None is the end of the lane.
        part: The card itself, the pill in its bracket, or its return card.
    """

    action: str | None
    part: Literal["card", "pill", "return"] = "card"


@dataclass(frozen=True, slots=True)
class Lane:
    """A whole flow, with what a login made of it.

    Attributes:
        flow_name: What people call the flow.
        start: How the login came.
        cards: The actions in order.
        ends: The engine's own steps, as far as they are drawn.
        past: Whether a recorded step is looked at.
        cut: Whether the login ended before it reached the engine's own steps.
        marker: Where the login stands, or None.
        unread: What is wrong where nothing of the flow could be read: a title and a text.
    """

    flow_name: str
    start: LanePill
    cards: tuple[LaneCard, ...]
    ends: tuple[LanePill, ...]
    past: bool = False
    cut: bool = False
    marker: Marker | None = None
    unread: tuple[str, str] | None = None

    def card(self, action: str) -> LaneCard | None:
        """Return the card of an action, or None."""
        return next((card for card in self.cards if card.action == action), None)
