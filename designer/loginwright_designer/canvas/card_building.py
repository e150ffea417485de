"""Builds one card of the lane: what the login shown did at an action."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from loginwright_designer.canvas import lane_words as words
from loginwright_designer.canvas.card_sketch import Sketch
from loginwright_designer.canvas.lane_state import (
    CONTINUE,
    AtNow,
    CardState,
    LaneCard,
    LanePill,
    LanePosition,
    PastAt,
    PausedAt,
    PillKind,
    PillState,
    RedirectPart,
    ReturnCard,
    Travel,
)
from loginwright_designer.canvas.record_fold import ActionRun, FoldedRun, host_of, text_member
from loginwright_runtime.flow.model import Action

if TYPE_CHECKING:
    from loginwright_designer.canvas.lane_state import CardNotes
    from loginwright_runtime.tracing.record import CameBack, Left

STOPPED = frozenset({CardState.DENIED, CardState.FAILED, CardState.CANNOT_LEAVE})


@dataclass(frozen=True, slots=True)
class _Seen:
    """An action and what is known of it, while its card is built."""

    action: Action
    sketch: Sketch
    run: ActionRun | None
    whole: ActionRun | None
    state: CardState


@dataclass(slots=True)
class CardBuilder:
    """Builds the cards of a lane one after the other.

    Attributes:
        folded: What had happened at the step shown.
        whole: What the record holds.
        looking: Where the user looks.
        begun: Whether there is a login at all.
        stopped: Whether a card before this one ended the login.
        cut: Whether the line was cut already.
    """

    folded: FoldedRun
    whole: FoldedRun
    looking: LanePosition
    begun: bool
    stopped: bool = False
    cut: bool = False

    def card(self, action: Action, number: int, sketch: Sketch, notes: CardNotes) -> LaneCard:
        """Return the card of the next action.

        Args:
            action: The action.
            number: Its place, from 1.
            sketch: What its code says.
            notes: What else is known of it.
        """
        run, whole = self.folded.actions.get(action.id), self.whole.actions.get(action.id)
        seen = _Seen(action, sketch, run, whole, self._state(action, run, whole))
        language, glyph = words.LANGUAGES[action.language]
        asked = run.mfa if run is not None else None
        mfa = words.mfa(asked) if asked else ""
        card = LaneCard(
            action=action.id,
            number=number,
            name=action.name,
            sentence=sketch.sentence,
            language=language,
            glyph=glyph,
            icon=sketch.icon,
            enabled=action.enabled,
            state=seen.state,
            line=self._line(seen, mfa, notes),
            spoken=self._spoken(seen),
            took=self._took(seen),
            mfa=mfa,
            problems=notes.problems,
            blocked=notes.blocked,
            needs_secret=notes.needs_secret,
            lines=notes.lines,
            cannot_run=notes.cannot_run,
            redirect=self._redirect(seen),
            between=self._between(seen),
            travel=self._travel(seen),
        )
        self.stopped = self.stopped or seen.state in STOPPED
        return card

    def _state(self, action: Action, run: ActionRun | None, whole: ActionRun | None) -> CardState:
        if not action.enabled:
            return CardState.TURNED_OFF
        if self._paused_in(action, CONTINUE):
            return CardState.RAN
        if isinstance(self.looking, PausedAt) and self.looking.action == action.id:
            return CardState.PAUSED
        if run is None:
            if whole is not None:
                return CardState.LATER
            if self._is_running(action):
                return CardState.RUNNING
            return CardState.CUT_OFF if self.stopped else CardState.NOT_RUN
        return self._reached(action, run)

    def _reached(self, action: Action, run: ActionRun) -> CardState:
        if self._ended_by(action):
            return self._how_it_ended()
        if isinstance(self.looking, PastAt) and self._is_here(action) and not run.continued:
            return CardState.HERE
        if run.left is not None and run.back is None:
            return CardState.RAN if is_over(self.looking) else CardState.WAITING
        if run.open and not run.continued:
            return self._running(action)
        return CardState.RAN

    def _how_it_ended(self) -> CardState:
        if self.folded.ended is not None and self.folded.ended.status == "denied":
            return CardState.DENIED
        if text_member(self.folded.error, "kind") == "interaction_required":
            return CardState.CANNOT_LEAVE
        return CardState.FAILED

    def _ended_by(self, action: Action) -> bool:
        ended = self.folded.ended
        return (
            ended is not None
            and ended.status != "allowed"
            and text_member(self.folded.error, "action") == action.id
        )

    def _is_here(self, action: Action) -> bool:
        return getattr(self.folded.last, "action", None) == action.id

    def _paused_in(self, action: Action, handler: str) -> bool:
        looking = self.looking
        return (
            isinstance(looking, PausedAt)
            and looking.action == action.id
            and looking.handler == handler
        )

    def _line(self, seen: _Seen, mfa: str, notes: CardNotes) -> str:
        """Return the second line of a card: what its code does, or what the login did there."""
        if seen.state is CardState.TURNED_OFF:
            return words.turned_off()
        if seen.state is CardState.NOT_RUN and notes.cannot_run is not None:
            return notes.cannot_run.text
        if not self.begun and seen.state is CardState.NOT_RUN:
            return words.needs(notes.needs_secret) if notes.needs_secret else seen.sketch.sentence
        run = seen.run
        if seen.state is CardState.RAN and run is not None:
            return words.result(mfa or words.asked_for(run.effects), run.duration_ms)
        return self._word(seen)

    @staticmethod
    def _took(seen: _Seen) -> str:
        """Return how long an action took that ran to its end."""
        if seen.state is not CardState.RAN or seen.run is None:
            return ""
        return words.duration(seen.run.duration_ms)

    def _word(self, seen: _Seen) -> str:
        run = seen.run or ActionRun()
        match seen.state:
            case CardState.NOT_RUN | CardState.MISSING:
                return words.not_run()
            case CardState.RUNNING:
                return words.running()
            case CardState.RAN | CardState.STALE:
                return words.result(words.asked_for(run.effects), run.duration_ms)
            case CardState.PAUSED:
                line = self.looking.line if isinstance(self.looking, PausedAt) else None
                return words.paused(line)
            case CardState.WAITING:
                return words.waiting()
            case CardState.HERE:
                return words.here(run)
            case CardState.LATER:
                return words.later()
            case CardState.TURNED_OFF:
                return words.turned_off()
            case CardState.DENIED | CardState.FAILED | CardState.CANNOT_LEAVE | CardState.CUT_OFF:
                return self._end_word(seen.state)
            case _:
                assert_never(seen.state)

    def _end_word(self, state: CardState) -> str:
        if state is CardState.DENIED:
            return words.denied(self.folded)
        if state is CardState.CANNOT_LEAVE:
            return words.cannot_leave_short()
        return (
            words.failed(self._error_line()) if state is CardState.FAILED else words.not_reached()
        )

    def _error_line(self) -> int | None:
        line = self.folded.error.get("line")
        return line if isinstance(line, int) else None

    def _spoken(self, seen: _Seen) -> str:
        run = seen.run
        if seen.state is CardState.DENIED:
            return words.first_lower(words.denied_spoken(self.folded))
        if seen.state is CardState.CANNOT_LEAVE:
            return words.first_lower(words.cannot_leave())
        if seen.state is CardState.WAITING and run is not None and run.left is not None:
            return words.first_lower(self._away(seen, run.left))
        word = words.first_lower(self._word(seen))
        if seen.state is CardState.FAILED:
            word = words.first_lower(words.failed_spoken(self._error_line()))
        if run is not None and run.back is not None and run.back.kind in ("redirect", "form"):
            back = words.first_lower(words.came_back(run.back))
            note = words.first_lower(self._back_note(seen, self._back_state(seen), short=False))
            return ", ".join(part for part in (word, back, note) if part)
        return word

    def _travel(self, seen: _Seen) -> Travel:
        if seen.run is not None:
            return Travel.TRAVELLED
        if self.stopped and not self.cut:
            self.cut = True
            return Travel.CUT
        return Travel.LATER if seen.whole is not None else Travel.NOT_YET

    def _redirect(self, seen: _Seen) -> RedirectPart | None:
        whole = seen.whole
        left = whole.left if whole is not None else None
        if not seen.sketch.leaves and (left is None or left.kind not in ("redirect", "form")):
            return None
        return RedirectPart(self._site(seen, left), self._back(seen))

    def _site(self, seen: _Seen, known: Left | None) -> LanePill:
        form = known.kind == "form" if known is not None else seen.sketch.site is None
        kind = PillKind.FORM if form else PillKind.SITE
        host = host_of(known) or seen.sketch.site or words.pill_name(kind)
        run = seen.run
        if run is not None and run.back is not None:
            text = words.came_back(run.back)
            return LanePill(kind, PillState.RETURNED, text, "", text, Travel.LEAP)
        if run is not None and run.left is not None and is_over(self.looking):
            text = words.was_away(host)
            return LanePill(kind, PillState.CUT_OFF, text, "", text, Travel.LEAP)
        if run is not None and run.left is not None:
            text = self._away(seen, run.left)
            return LanePill(kind, PillState.AWAY, text, "", text, Travel.LEAP)
        if seen.state is CardState.CANNOT_LEAVE:
            said = words.cannot_leave()
            return LanePill(kind, PillState.CANNOT_LEAVE, host, words.no_browser(), said)
        if known is not None and isinstance(self.looking, PastAt):
            said = words.end_spoken(host, words.later_note(), reached=True)
            return LanePill(kind, PillState.LATER, host, words.later_note(), said, Travel.LATER)
        state = PillState.CUT_OFF if seen.state is CardState.CUT_OFF else PillState.MAY_HAPPEN
        return LanePill(kind, state, host, "", words.may_leave(host, form=form))

    @staticmethod
    def _away(seen: _Seen, left: Left) -> str:
        if left.kind in ("challenge", "enrollment"):
            return words.waiting()
        if left.kind == "form":
            return words.at_form()
        return words.away(host_of(left) or seen.sketch.site or words.another_site())

    def _back(self, seen: _Seen) -> ReturnCard:
        state = self._back_state(seen)
        run = seen.run
        travel = Travel.LEAP if run is not None and run.back is not None else Travel.NOT_YET
        if state is CardState.LATER:
            travel = Travel.LATER
        return ReturnCard(state, CONTINUE, self._back_note(seen, state, short=True), travel)

    def _back_state(self, seen: _Seen) -> CardState:
        run, whole = seen.run, seen.whole
        if self._paused_in(seen.action, CONTINUE):
            return CardState.PAUSED
        if not seen.sketch.comes_back and (run is None or not run.continued):
            return CardState.MISSING
        if run is not None and run.continued:
            if seen.state in STOPPED:
                return seen.state
            past_here = isinstance(self.looking, PastAt) and self._is_here(seen.action)
            if past_here:
                return CardState.HERE
            return self._running(seen.action) if run.open else CardState.RAN
        if run is not None and run.left is not None and run.back is None:
            return CardState.CUT_OFF if is_over(self.looking) else CardState.WAITING
        if run is not None and self._is_running(seen.action) and seen.state is CardState.RAN:
            return CardState.RUNNING
        if whole is not None and whole.continued:
            return CardState.LATER
        return CardState.CUT_OFF if seen.state is CardState.CUT_OFF else CardState.NOT_RUN

    def _running(self, action: Action) -> CardState:
        return CardState.RUNNING if self._is_running(action) else CardState.NOT_RUN

    def _is_running(self, action: Action) -> bool:
        """Tell whether it has been running for long; the record may not tell yet that it began."""
        return isinstance(self.looking, AtNow) and self.looking.running == action.id

    def _back_note(self, seen: _Seen, state: CardState, *, short: bool) -> str:
        run = seen.run or ActionRun()
        match state:
            case CardState.PAUSED:
                line = self.looking.line if isinstance(self.looking, PausedAt) else None
                return words.paused(line, short=True) if short else words.paused_back(line)
            case CardState.RAN:
                return words.asked_for(run.back_effects)
            case CardState.WAITING:
                return words.waiting_note()
            case CardState.MISSING:
                return words.missing()
            case CardState.HERE:
                return words.here(run, short=short)
            case CardState.FAILED:
                return words.failed(self._error_line(), short=True) if short else ""
            case CardState.DENIED:
                return words.denied_note() if short else ""
            case CardState.LATER:
                return words.later()
            case CardState.RUNNING:
                return words.running()
            case _:
                return ""

    def _between(self, seen: _Seen) -> tuple[LanePill, ...]:
        pills = []
        left = seen.whole.left if seen.whole is not None else None
        kinds = (
            (PillKind.CHALLENGE, "challenge", seen.sketch.challenges),
            (PillKind.ENROLMENT, "enrollment", seen.sketch.enrols),
        )
        for kind, leaving, possible in kinds:
            if left is not None and left.kind == leaving:
                pills.append(factor_pill(kind, seen.run, self.looking))
            elif possible:
                name = words.pill_name(kind)
                state = PillState.MAY_HAPPEN
                pills.append(LanePill(kind, state, name, "", words.may_happen(name)))
        return tuple(pills)


def is_over(looking: LanePosition) -> bool:
    """Return whether nothing moves the login on any more, seen from where the user looks."""
    return isinstance(looking, AtNow) and looking.over


def factor_pill(kind: PillKind, run: ActionRun | None, looking: LanePosition) -> LanePill:
    """Return the pill of a challenge or an enrolment that a login came to."""
    name = words.pill_name(kind)
    back: CameBack | None = run.back if run is not None else None
    if back is not None:
        state, note = words.factor(back)
        said = words.end_spoken(name, note, reached=True)
        return LanePill(kind, state, name, note, said, Travel.TRAVELLED)
    if run is not None and run.left is not None and is_over(looking):
        return LanePill(kind, PillState.CUT_OFF, name, "", words.was_away(name), Travel.TRAVELLED)
    if run is not None and run.left is not None:
        said = words.end_spoken(name, words.waiting_note(), reached=True)
        return LanePill(kind, PillState.AWAY, name, words.waiting_note(), said, Travel.TRAVELLED)
    said = words.end_spoken(name, words.later_note(), reached=True)
    return LanePill(kind, PillState.LATER, name, words.later_note(), said, Travel.LATER)
