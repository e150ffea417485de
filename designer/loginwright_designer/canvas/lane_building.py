"""Builds the lane of a flow from its code, a run record, and where the user looks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from loginwright_designer.canvas import lane_words as words
from loginwright_designer.canvas.card_building import CardBuilder, is_over
from loginwright_designer.canvas.card_sketch import sketch_of
from loginwright_designer.canvas.lane_state import (
    CONTINUE,
    AtNow,
    CardNotes,
    CardState,
    Lane,
    LaneCard,
    LanePill,
    LanePosition,
    Marker,
    PastAt,
    PausedAt,
    PillKind,
    PillState,
    Travel,
)
from loginwright_designer.canvas.record_fold import FoldedRun, Folding, text_member
from loginwright_runtime.tracing.record import CameBack, Left

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loginwright_runtime.flow.model import Flow
    from loginwright_runtime.tracing.record import RunRecord
    from loginwright_runtime.validation.facts import SourceFacts

REFRESH_PROTOCOL = "oauth2-refresh-token"


def lane_of(
    flow: Flow,
    facts: Mapping[str, SourceFacts],
    record: RunRecord | None = None,
    position: LanePosition | None = None,
    *,
    notes: Mapping[str, CardNotes] | None = None,
    stale: bool = False,
    folding: Folding | None = None,
) -> Lane:
    """Return what the canvas shows.

    Args:
        flow: Its actions.
        facts: What is known of their code, by the action's id; an action without facts is drawn
            plain.
        record: The login, or None: nothing has run.
        position: Where the user looks; None is now, with nothing running.
        notes: Problems and missing secrets, by the action's id.
        stale: Whether the flow was edited after this login; nothing of it is then green.
        folding: Remembers what was folded for the lane before.
    """
    looking = position or AtNow()
    until = looking.seq if isinstance(looking, PastAt) else None
    folds = folding or Folding()
    folded = folds.fold(record, until)
    whole = folds.fold(record) if until is not None else folded
    builder = CardBuilder(folded, whole, looking, begun=record is not None)
    cards: list[LaneCard] = []
    for number, action in enumerate(flow.actions, start=1):
        sketch = sketch_of(flow.files.get(action.code, b""), facts.get(action.id))
        note = (notes or {}).get(action.id, CardNotes())
        cards.append(builder.card(action, number, sketch, note))
    ends = _Ends(folded, whole, past=until is not None, over=is_over(looking)).pills()
    return Lane(
        flow_name=flow.name,
        start=_start(whole, begun=record is not None),
        cards=_with_detours([_aged(card) for card in cards] if stale else cards, ends),
        ends=ends,
        past=until is not None,
        cut=builder.stopped and not builder.cut,
        marker=_marker(looking, folded, cards),
    )


def _start(whole: FoldedRun, *, begun: bool) -> LanePill:
    transaction = whole.context.get("transaction")
    prompt = transaction.get("prompt") if isinstance(transaction, dict) else None
    kind = PillKind.SIGNED_IN
    if text_member(transaction, "protocol") == REFRESH_PROTOCOL:
        kind = PillKind.REFRESHED
    elif isinstance(prompt, list) and "none" in prompt:
        kind = PillKind.SILENT
    state = PillState.DONE if begun else PillState.MAY_HAPPEN
    return LanePill(kind, state, words.pill_name(kind), spoken=words.pill_name(kind))


def _aged(card: LaneCard) -> LaneCard:
    """Return a card whose result is from before the last edit."""
    if card.state is not CardState.RAN:
        return card
    redirect = card.redirect
    if redirect is not None and redirect.back.state is CardState.RAN:
        redirect = replace(redirect, back=replace(redirect.back, state=CardState.STALE))
    spoken = words.before_edit(card.spoken)
    return replace(card, state=CardState.STALE, spoken=spoken, redirect=redirect)


def _with_detours(cards: list[LaneCard], ends: tuple[LanePill, ...]) -> tuple[LaneCard, ...]:
    """Return the cards; the line passes a turned-off one as it goes on behind it."""
    onward = ends[0].travel if ends else Travel.NOT_YET
    result: list[LaneCard] = []
    for card in reversed(cards):
        if card.state is CardState.TURNED_OFF:
            result.append(replace(card, travel=onward))
        else:
            result.append(card)
            onward = card.travel
    return tuple(reversed(result))


def _marker(looking: LanePosition, folded: FoldedRun, cards: list[LaneCard]) -> Marker | None:
    match looking:
        case PausedAt(action=action, handler=handler):
            return Marker(action, "return" if handler == CONTINUE else "card")
        case AtNow() | PastAt():
            pass
    last = folded.last
    if last is None:
        return None
    at = getattr(last, "action", None)
    card = next((card for card in cards if card.action == at), None)
    if card is None:
        return Marker(None)
    if isinstance(last, Left | CameBack):
        return Marker(card.action, "pill")
    run = folded.actions.get(card.action)
    return Marker(card.action, "return" if run is not None and run.continued else "card")


@dataclass(frozen=True, slots=True)
class _Ends:
    """The engine's own steps after the last action."""

    folded: FoldedRun
    whole: FoldedRun
    past: bool
    over: bool

    def pills(self) -> tuple[LanePill, ...]:
        found = (self._mfa(), self._profile(), self._tokens())
        return tuple(pill for pill in found if pill is not None)

    @property
    def _cut(self) -> bool:
        ended = self.folded.ended
        return ended is not None and ended.status != "allowed"

    def _mfa(self) -> LanePill | None:
        folded, kind = self.folded, PillKind.MFA_AT_END
        if folded.back is not None:
            state, text = words.factor(folded.back)
            return self._pill(kind, state, note=text, travel=Travel.TRAVELLED)
        if folded.left is not None and self.over:
            return self._pill(kind, PillState.CUT_OFF, travel=Travel.TRAVELLED)
        if folded.left is not None:
            return self._pill(kind, PillState.AWAY, note=words.awaited(), travel=Travel.TRAVELLED)
        if self._cut or self.whole.asks_mfa is None:
            return None
        if folded.tokens:
            return self._pill(kind, PillState.DONE, travel=Travel.TRAVELLED)
        return self._open(kind, will=self.whole.left is not None or self.whole.tokens)

    def _profile(self) -> LanePill | None:
        folded, kind = self.folded, PillKind.PROFILE
        if folded.profile_at_end or (folded.tokens and folded.keys):
            note = words.keys_written(len(folded.keys))
            travel = Travel.NOT_YET if self._denied_by_action else Travel.TRAVELLED
            return self._pill(kind, PillState.DONE, note=note, travel=travel)
        if self._cut:
            return None
        if folded.tokens:
            unchanged = words.profile_unchanged()
            return self._pill(kind, PillState.DONE, unchanged, travel=Travel.TRAVELLED)
        return self._open(kind, will=self.whole.profile_at_end or self.whole.tokens)

    def _tokens(self) -> LanePill | None:
        if self.folded.tokens:
            return self._pill(PillKind.TOKENS, PillState.DONE, travel=Travel.TRAVELLED)
        return None if self._cut else self._open(PillKind.TOKENS, will=self.whole.tokens)

    @property
    def _denied_by_action(self) -> bool:
        return self._cut and text_member(self.folded.error, "action") is not None

    def _open(self, kind: PillKind, *, will: bool) -> LanePill:
        """Return a pill that has not been reached; in the past the recorded login gets there."""
        if self.past and will:
            return self._pill(kind, PillState.LATER, note=words.later_note(), travel=Travel.LATER)
        return self._pill(kind, PillState.MAY_HAPPEN, travel=Travel.NOT_YET)

    @staticmethod
    def _pill(
        kind: PillKind, state: PillState, text: str = "", *, note: str = "", travel: Travel
    ) -> LanePill:
        shown = text or words.pill_name(kind)
        said = words.end_spoken(shown, note, reached=state is not PillState.MAY_HAPPEN)
        return LanePill(kind, state, shown, note, said, travel)
