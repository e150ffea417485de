"""Says in words what the lane shows; what is spoken is never less than what is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from loginwright_designer.canvas.card_sketch import CLAIMS, LEAVES_FOR_FORM, LEAVES_FOR_SITE
from loginwright_designer.canvas.lane_state import (
    CONTINUE,
    CoveredLines,
    LaneCard,
    PillKind,
    PillState,
)
from loginwright_designer.canvas.record_fold import ASKS_MFA, text_member
from loginwright_runtime.validation.facts import METADATA_WRITES

if TYPE_CHECKING:
    from collections import Counter

    from loginwright_designer.canvas.record_fold import ActionRun, FoldedRun
    from loginwright_runtime.tracing.record import CameBack

translate = QCoreApplication.translate

LANGUAGES = {"javascript": ("JavaScript", "JS"), "python": ("Python", "Py")}


def not_run() -> str:
    """Say that a login has not come here."""
    return translate("Lane", "Not run yet")


def later() -> str:
    """Say that a recorded login comes here after the step shown."""
    return translate("Lane", "Later")


def not_reached() -> str:
    """Say that a login ended before it came here."""
    return translate("Lane", "Not reached")


def running() -> str:
    """Say that the code runs."""
    return translate("Lane", "Running")


def turned_off() -> str:
    """Say that an action does not run."""
    return translate("Lane", "Turned off")


def waiting() -> str:
    """Say that only an answer moves the login on."""
    return translate("Lane", "Waiting for the browser")


def awaited() -> str:
    """Say of a pill whose name tells the rest that an answer is waited for."""
    return translate("Lane", "waiting")


def missing() -> str:
    """Say that the handler a login would come back to is not there."""
    return translate("Lane", "missing")


def needs(secret: str) -> str:
    """Say which secret has no value."""
    return translate("Lane", "Needs {secret}").format(secret=secret)


def mfa(provider: str) -> str:
    """Say which multifactor authentication was asked for."""
    return translate("Lane", "MFA: {provider}, at the end").format(provider=provider)


def another_site() -> str:
    """Name a site whose host the code does not say."""
    return translate("Lane", "another site")


def paused(line: int | None, *, short: bool = False) -> str:
    """Say where the code is paused."""
    if line is None:
        return (
            translate("Lane", "Paused before")
            if short
            else translate("Lane", "Paused before it runs")
        )
    if short:
        return translate("Lane", "Paused at {line}").format(line=line)
    return translate("Lane", "Paused at line {line}").format(line=line)


def duration(milliseconds: float) -> str:
    """Return a duration with three digits or so."""
    if milliseconds >= 1000:
        return translate("Lane", "{number} s").format(number=f"{milliseconds / 1000:.2f}")
    digits = 2 if milliseconds < 10 else 1 if milliseconds < 100 else 0
    return translate("Lane", "{number} ms").format(number=f"{milliseconds:.{digits}f}")


def asked_for(effects: Counter[str]) -> str:
    """Say what a handler asked for."""
    said = [text for text in _kinds_of_effect(effects) if text]
    return said[0] if said else translate("Lane", "Asked for nothing")


def _kinds_of_effect(effects: Counter[str]) -> tuple[str, ...]:
    claims = sum(effects[method] for method in CLAIMS)
    keys = sum(effects[method] for method in METADATA_WRITES)
    return (
        translate("Lane", "Sent the user away") if LEAVES_FOR_SITE in effects else "",
        translate("Lane", "Showed a form") if LEAVES_FOR_FORM in effects else "",
        translate("Lane", "Asked for MFA") if ASKS_MFA in effects else "",
        _counted(claims, translate("Lane", "Set 1 claim"), translate("Lane", "Set {count} claims")),
        _counted(
            keys,
            translate("Lane", "Set 1 key"),
            translate("Lane", "Set {count} keys"),
        ),
        _counted(
            effects.total(),
            translate("Lane", "Asked for 1 change"),
            translate("Lane", "Asked for {count} changes"),
        ),
    )


BEFORE_TIME = " ·"
"""What stands between what a handler did and how long it took."""


def result(what: str, milliseconds: float) -> str:
    """Put what a handler did and how long it took together."""
    return translate("Lane", "{what} · {time}").format(what=what, time=duration(milliseconds))


def before_edit(said: str) -> str:
    """Say that a result is older than the flow."""
    return translate("Lane", "{said}, before your last edit").format(said=said)


def denied(folded: FoldedRun) -> str:
    """Say why the login was denied."""
    reason = text_member(folded.error, "description") or ""
    return translate("Lane", "Denied: {reason}").format(reason=reason)


def denied_spoken(folded: FoldedRun) -> str:
    """Say why the login was denied, and what the application gets."""
    application = text_member(folded.context, "client", "name")
    code = text_member(folded.error, "code") or "access_denied"
    gets = translate("Lane", "{application} gets {code}").format(
        application=application or translate("Lane", "The application"), code=code
    )
    return translate("Lane", "{denied} {gets}").format(denied=denied(folded), gets=gets)


def failed(line: int | None, *, short: bool = False) -> str:
    """Say where the login failed."""
    if line is None:
        return translate("Lane", "Failed")
    if short:
        return translate("Lane", "Failed at {line}").format(line=line)
    return translate("Lane", "Failed at line {line}").format(line=line)


def failed_spoken(line: int | None) -> str:
    """Say where the login failed, and what that means."""
    return translate("Lane", "{failed}, nothing written").format(failed=failed(line))


def cannot_leave_short() -> str:
    """Say on a card that a redirect could not happen."""
    return translate("Lane", "Redirect impossible")


def cannot_leave() -> str:
    """Say why a redirect could not happen."""
    return translate("Lane", "Redirect impossible: interaction_required")


def here(run: ActionRun, *, short: bool = False) -> str:
    """Say which step of an action is looked at."""
    if run.last_call is None:
        return translate("Lane", "Here")
    method, line = run.last_call
    name = method.rpartition(".")[2]
    if short and line is not None:
        return translate("Lane", "Here: line {line}").format(line=line)
    if line is None:
        return translate("Lane", "Here: {call}").format(call=name)
    return translate("Lane", "Here: {call}, line {line}").format(call=name, line=line)


def came_back(back: CameBack) -> str:
    """Say how a login came back."""
    if back.kind == "form":
        return translate("Lane", "Form answered")
    method = text_member(back.detail, "method") or "GET"
    return translate("Lane", "Came back by {method}").format(method=method)


def factor(back: CameBack) -> tuple[PillState, str]:
    """Say what came of a challenge or an enrolment."""
    if not back.detail.get("passed"):
        return PillState.NOT_PASSED, translate("Lane", "Not passed")
    name = text_member(back.detail, "factor")
    if name is None:
        return PillState.DONE, translate("Lane", "Passed")
    return PillState.DONE, translate("Lane", "Passed: {factor}").format(factor=name)


def away(host: str) -> str:
    """Say where the login is."""
    return translate("Lane", "Away at {host}").format(host=host)


def was_away(host: str) -> str:
    """Say where a login was when it was ended."""
    return translate("Lane", "Was away at {host}").format(host=host)


def keys_written(count: int) -> str:
    """Say how much of the profile was written."""
    return _counted(count, translate("Lane", "1 key"), translate("Lane", "{count} keys"))


def pill_name(kind: PillKind) -> str:
    """Return what a pill is called whatever became of it."""
    return {
        PillKind.SIGNED_IN: translate("Lane", "User signed in"),
        PillKind.SILENT: translate("Lane", "Silent login"),
        PillKind.REFRESHED: translate("Lane", "Refresh token exchanged"),
        PillKind.SITE: translate("Lane", "another site"),
        PillKind.FORM: translate("Lane", "Form"),
        PillKind.CHALLENGE: translate("Lane", "Challenge"),
        PillKind.ENROLMENT: translate("Lane", "Enrolment"),
        PillKind.MFA_AT_END: translate("Lane", "MFA at the end"),
        PillKind.PROFILE: translate("Lane", "Profile written"),
        PillKind.TOKENS: translate("Lane", "Tokens issued"),
    }[kind]


def spoken_name(card: LaneCard, count: int) -> str:
    """Return a card's accessible name: "1 of 4, Block weekends, JavaScript, not run yet"."""
    parts = [
        translate("Lane", "{number} of {count}").format(number=card.number, count=count),
        card.name,
        card.language,
        card.spoken,
        card.mfa if card.mfa not in card.spoken else "",
        _counted(
            card.problems, translate("Lane", "1 problem"), translate("Lane", "{count} problems")
        ),
        first_lower(card.cannot_run.text) if card.cannot_run else "",
        needs(card.needs_secret) if card.needs_secret else "",
        lines_spoken(card.lines) if card.lines else "",
    ]
    return translate("Lane", ", ").join(part for part in parts if part)


def spoken_description(card: LaneCard) -> str:
    """Return what else a card shows: its sentence, its way out and back, the pills behind it."""
    redirect = card.redirect
    parts = [card.sentence]
    if card.cannot_run is not None:
        parts.append(card.cannot_run.remedy)
    if redirect is not None:
        parts += [redirect.pill.spoken, f"{redirect.back.text}: {redirect.back.note}".rstrip(": ")]
    parts += [pill.spoken for pill in card.between]
    return ". ".join(part.rstrip(".") for part in parts if part)


def lines_covered(lines: CoveredLines, *, short: bool = False) -> str:
    """Say on the card how many lines the scenarios come to: "14/20 lines", or "14/20"."""
    text = translate("Lane", "{reached}/{total}")
    if not short:
        one = translate("Lane", "{reached}/{total} line")
        text = one if lines.total == 1 else translate("Lane", "{reached}/{total} lines")
    return text.format(reached=lines.reached, total=lines.total)


def lines_spoken(lines: CoveredLines) -> str:
    """Say the same in a sentence, with the scenarios that come to the action."""
    text = translate("Lane", "scenarios reach {reached} of {total} lines")
    said = text.format(reached=lines.reached, total=lines.total)
    return f"{said}: {lines.words}" if lines.words else said


def tooltip(card: LaneCard) -> str:
    """Return everything that the card shows elided or in short."""
    parts = [card.name, card.line]
    if card.cannot_run is not None:
        parts.append(card.cannot_run.remedy)
    if card.lines is not None:
        said = lines_spoken(card.lines)
        parts.append(said[:1].upper() + said[1:])
    return "\n".join(parts)


def first_lower(text: str) -> str:
    """Return a sentence's text as it stands inside another one."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def _problems(count: int) -> str:
    many = translate("Lane", "{count} problems")
    return _counted(count, translate("Lane", "1 problem"), many)


def _counted(count: int, one: str, many: str) -> str:
    if not count:
        return ""
    return one if count == 1 else many.format(count=count)


def profile_unchanged() -> str:
    """Say that there was nothing to write."""
    return translate("Lane", "Profile unchanged")


def later_note() -> str:
    """Say "later" behind the name of a pill."""
    return translate("Lane", "later")


def end_spoken(text: str, note: str, *, reached: bool) -> str:
    """Say what became of one of the engine's own steps."""
    behind = first_lower(note if reached else not_run())
    return translate("Lane", "{step}, {state}").format(step=text, state=behind) if behind else text


def no_browser() -> str:
    """Say why a site cannot be reached, behind its name."""
    return translate("Lane", "no browser")


def may_leave(host: str, *, form: bool) -> str:
    """Say that the code may send people away."""
    if form:
        return translate("Lane", "May show a form")
    return translate("Lane", "May leave for {host}").format(host=host)


def may_happen(name: str) -> str:
    """Say that the code may ask for a challenge or an enrolment."""
    return translate("Lane", "{name} possible").format(name=name)


def at_form() -> str:
    """Say that the login waits for a form."""
    return translate("Lane", "Away at the form")


def waiting_note() -> str:
    """Say "waiting" behind a name."""
    return translate("Lane", "waiting")


def denied_note() -> str:
    """Say "denied" on the return card."""
    return translate("Lane", "Denied")


def paused_back(line: int | None) -> str:
    """Say where the code is paused in the handler that a login comes back to."""
    if line is None:
        return translate("Lane", "Paused before {handler}").format(handler=CONTINUE)
    return paused(line)
