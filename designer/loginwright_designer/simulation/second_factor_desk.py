"""A login that waits for a second factor, an enrolment or a form: who is asked, and for what."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

import orjson
from PySide6.QtCore import QCoreApplication

from loginwright_designer.simulation.desk import AnswerField
from loginwright_designer.simulation.source_place import SourcePlace
from loginwright_designer.simulation.stop_words import answered_by
from loginwright_runtime.api.factors import CHALLENGE_TYPES, ENROLL_TYPES
from loginwright_runtime.simulation import FactorReply, FormReply

if TYPE_CHECKING:
    from collections.abc import Collection

    from loginwright_runtime.flow.model import Flow
    from loginwright_runtime.login.json_values import JsonObject, JsonValue
    from loginwright_runtime.simulation import AnyReply, Away
    from loginwright_runtime.transaction.outcome import SuspensionInfo
    from loginwright_runtime.validation.facts import SourceFacts

QuestionKind: TypeAlias = Literal["challenge", "enrollment", "form"]

translate = QCoreApplication.translate

_USUAL = (
    "otp",
    "push-notification",
    "phone",
    "email",
    "webauthn-roaming",
    "webauthn-platform",
    "recovery-code",
)
"""Factors in the order in which they are offered where the action names none."""

_ASKING = {
    "challenge": ("authentication.challengeWith", "authentication.challengeWithAny"),
    "enrollment": ("authentication.enrollWith", "authentication.enrollWithAny"),
    "form": ("prompt.render",),
}
_FIELDS, _VARS = "prompt.fields.", "prompt.vars."


@dataclass(frozen=True, slots=True)
class Question:
    """What a login that is away asks, and the answer that makes the first Send right.

    Attributes:
        kind: What it waits for.
        action: Name of the action that asks; None is MFA owed at the end.
        user_id: Who is asked.
        next_action: Name of the action that runs once it is passed; None: the login ends there.
        factors: Those that may answer, in order; empty for a form.
        factor: The one that is proposed.
        passed: Whether it is proposed to pass.
        form_id: Of the form.
        fields: What the browser sends of the form.
        variables: What the host adds to it.
        action_id: Id of the action that asks.
        place: The call that asks, where known.
    """

    kind: QuestionKind
    action: str | None
    user_id: str = field(repr=False)
    next_action: str | None = None
    factors: tuple[str, ...] = ()
    factor: str = ""
    passed: bool = True
    form_id: str = ""
    fields: tuple[AnswerField, ...] = ()
    variables: tuple[AnswerField, ...] = ()
    action_id: str | None = None
    place: SourcePlace | None = None

    @property
    def title(self) -> str:
        """Who holds the login now, as the status bar says it: "Away at the second factor"."""
        return translate("SecondFactorDesk", "Away at {who}").format(who=answered_by(self.kind))

    @property
    def sentence(self) -> str:
        """Who asks whom for what, one sentence."""
        if self.action is None:
            text = translate(
                "SecondFactorDesk",
                "MFA is owed after the last action: {user} is asked for a second factor.",
            )
            return text.format(user=self.user_id)
        texts = {
            "challenge": translate("SecondFactorDesk", "{action} asks {user} for a second factor."),
            "enrollment": translate("SecondFactorDesk", "{action} asks {user} to enrol a factor."),
            "form": translate("SecondFactorDesk", "{action} shows {user} the form {form}."),
        }
        return texts[self.kind].format(action=self.action, user=self.user_id, form=self.form_id)

    @property
    def asked_by(self) -> str:
        """Who asks: an action, or the engine after the last one."""
        owed = translate("SecondFactorDesk", "MFA at the end")
        return owed if self.action is None else self.action

    @property
    def next_sentence(self) -> str:
        """What runs once the answer is there."""
        if self.kind == "form":
            return translate("SecondFactorDesk", "Next: onContinuePostLogin, with event.prompt.")
        failed = translate("SecondFactorDesk", "Not passed, the login is denied.")
        if self.kind == "enrollment":
            failed = translate("SecondFactorDesk", "Not enrolled, the login is denied.")
        if self.next_action is None:
            text = translate("SecondFactorDesk", "Next: the profile is written, tokens are issued.")
            return f"{text} {failed}"
        text = translate("SecondFactorDesk", "Next: {action}.").format(action=self.next_action)
        return f"{text} {failed}"


def question_of(
    away: Away,
    flow: Flow,
    facts: SourceFacts | None = None,
    reply: AnyReply | None = None,
    available: Collection[str] | None = None,
) -> Question | None:
    """Return what a login that is away asks; None where it waits for another site.

    Args:
        away: Where it waits.
        flow: What it runs.
        facts: Of the code that asks; None where it cannot be read.
        reply: The scenario's answer to this suspension, whose values are proposed.
        available: Factors that the scenario's user could pass; None: every one.
    """
    suspension = away.suspension
    if suspension.kind == "redirect":
        return None
    names = {action.id: action.name for action in flow.actions}
    asking = None if suspension.action is None else names.get(suspension.action, suspension.action)
    question = Question(
        suspension.kind,
        asking,
        away.user_id,
        _next_action(flow, suspension.action),
        action_id=suspension.action,
        place=_place(suspension, facts),
    )
    if suspension.kind == "form":
        return _about_form(question, suspension, facts, reply)
    return _about_factor(question, suspension, reply, available)


def factor_reply(factor: str, *, passed: bool) -> FactorReply:
    """Return the answer to a challenge or an enrolment, as a scenario holds it."""
    return FactorReply(factor=factor, passed=passed)


def form_reply(fields: tuple[AnswerField, ...], variables: tuple[AnswerField, ...]) -> FormReply:
    """Return the answer to a form, as a scenario holds it; a field without a name is not sent."""
    return FormReply(fields=_members(fields), vars=_members(variables))


def field_text(value: JsonValue) -> str:
    """Return a value as it stands in its field: a text as it is, all else as JSON.

    A text that would be read as JSON stands in quotation marks.
    """
    if isinstance(value, str) and field_value(value) == value:
        return value
    return orjson.dumps(value).decode()


def field_value(text: str) -> JsonValue:
    """Return the value that a field's text is: JSON where it is some, else the text itself."""
    try:
        value: JsonValue = orjson.loads(text)
    except orjson.JSONDecodeError:
        return text
    return value


def _about_factor(
    question: Question,
    suspension: SuspensionInfo,
    reply: AnyReply | None,
    available: Collection[str] | None,
) -> Question:
    known = CHALLENGE_TYPES if question.kind == "challenge" else ENROLL_TYPES
    usual = tuple(one for one in _USUAL if one in known)
    factors = suspension.factors or tuple(available or ()) or usual
    answers = reply if isinstance(reply, FactorReply) else None
    factor = answers.factor if answers is not None else factors[0]
    if factor not in factors and not suspension.factors:
        factors = (factor, *factors)
    return replace(
        question,
        factors=factors,
        factor=factor if factor in factors else factors[0],
        passed=answers.passed if answers is not None else True,
    )


def _about_form(
    question: Question,
    suspension: SuspensionInfo,
    facts: SourceFacts | None,
    reply: AnyReply | None,
) -> Question:
    form: JsonObject = suspension.form or {}
    form_id = form.get("id")
    answers = reply if isinstance(reply, FormReply) else FormReply()
    return replace(
        question,
        form_id=form_id if isinstance(form_id, str) else "",
        fields=_fields(facts, _FIELDS, form.get("fields"), answers.fields, reply is not None),
        variables=_fields(facts, _VARS, form.get("vars"), answers.vars, reply is not None),
    )


def _fields(
    facts: SourceFacts | None,
    below: str,
    shown: JsonValue,
    answered: JsonObject,
    has_answer: bool,
) -> tuple[AnswerField, ...]:
    """Return the fields of an answer: what the scenario says, else what was shown or is read."""
    lines: dict[str, list[int]] = {}
    for read in facts.event_reads if facts is not None else ():
        name = read.path.removeprefix(below).partition(".")[0]
        if read.path.startswith(below) and read.line not in lines.setdefault(name, []):
            lines[name].append(read.line)
    values: JsonObject = dict(answered)
    if not has_answer:
        values = {**dict.fromkeys(lines, ""), **(shown if isinstance(shown, dict) else {})}
    return tuple(
        AnswerField(name, value, tuple(lines.get(name, ()))) for name, value in values.items()
    )


def _members(fields: tuple[AnswerField, ...]) -> JsonObject:
    return {one.name: one.value for one in fields if one.name}


def _next_action(flow: Flow, asking: str | None) -> str | None:
    """Return the name of the enabled action after the one that asks, or None."""
    enabled = flow.enabled_actions
    ids = [action.id for action in enabled]
    if asking not in ids:
        return None
    after = ids.index(asking) + 1
    return enabled[after].name if after < len(enabled) else None


def _place(suspension: SuspensionInfo, facts: SourceFacts | None) -> SourcePlace | None:
    """Return the one call that can have asked; None where several could."""
    if facts is None or suspension.action is None:
        return None
    lines = {call.line for call in facts.calls(*_ASKING[suspension.kind])}
    return SourcePlace(suspension.action, lines.pop()) if len(lines) == 1 else None
