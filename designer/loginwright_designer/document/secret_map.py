"""Which secrets a flow has, which actions use each, and what does not fit together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QCoreApplication

from loginwright_designer.document.secret_facts import SecretFacts
from loginwright_runtime.validation.analysis import Analysis
from loginwright_runtime.validation.checked_flow import CheckedAction, check
from loginwright_runtime.validation.values import EventValue

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from loginwright_runtime.flow.model import Action, Flow
    from loginwright_runtime.validation.facts import SourceFacts

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class SecretUser:
    """An action that has to do with a secret.

    Attributes:
        action_id: Its id.
        action: Its name.
        lines: Of its own code, where it reads the secret.
        enabled: Whether it runs.
    """

    action_id: str
    action: str
    lines: tuple[int, ...] = ()
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class MapFix:
    """An edit that makes an action and a secret fit together.

    Attributes:
        kind: The action is to declare the secret, or to declare it no longer.
        name: Of the secret.
        action_id: Of the action.
    """

    kind: Literal["declare", "undeclare"]
    name: str
    action_id: str

    @property
    def words(self) -> str:
        """What its button says."""
        if self.kind == "declare":
            return translate("Secrets", "Declare it")
        return translate("Secrets", "Declare it no longer")


@dataclass(frozen=True, slots=True)
class SecretFinding:
    """Something about a secret that does not fit together.

    Attributes:
        words: What, one sentence.
        fix: What one press does about it, where that is safe.
        user: The action it is about, to look at its code; None where ``fix`` says enough.
    """

    words: str
    fix: MapFix | None = None
    user: SecretUser | None = None


@dataclass(frozen=True, slots=True)
class SecretRow:
    """A secret of the flow.

    Attributes:
        name: Its name.
        declared_by: Actions that declare it, in the order of the flow.
        read_by: Actions that read it and do not declare it.
        facts: What may be shown of its value; None where it has none.
        findings: What does not fit together.
    """

    name: str
    declared_by: tuple[SecretUser, ...] = ()
    read_by: tuple[SecretUser, ...] = ()
    facts: SecretFacts | None = None
    findings: tuple[SecretFinding, ...] = ()

    @property
    def state(self) -> Literal["set", "missing", "undeclared"]:
        """Whether there is a value; ``undeclared`` where no action could get one."""
        if not self.declared_by:
            return "undeclared"
        return "missing" if self.facts is None else "set"

    @property
    def users(self) -> tuple[SecretUser, ...]:
        """All actions that have to do with it."""
        return (*self.declared_by, *self.read_by)


def secret_rows(
    flow: Flow, sources: Mapping[str, SourceFacts], facts: Mapping[str, SecretFacts]
) -> tuple[SecretRow, ...]:
    """Return every secret that an action declares or reads, by name.

    Args:
        flow: The flow.
        sources: What each source does, by file, as far as it is known: nothing is said about the
            reads of an action whose code nobody has looked at.
        facts: What may be shown of each value, by name; a name without a value is absent.
    """
    checked = {one.action.id: one for one in check(flow, Analysis(sources), {}).actions}
    uses = [_ActionUse(action, checked.get(action.id)) for action in flow.actions]
    names = {name for use in uses for name in (*use.action.secrets, *use.lines)}
    return tuple(
        _row(name, uses, facts.get(name)) for name in sorted(names, key=lambda one: one.casefold())
    )


class _ActionUse:
    """What an action has to do with secrets."""

    def __init__(self, action: Action, checked: CheckedAction | None) -> None:
        self.action = action
        self.lines = _lines_read(checked)
        self.is_whole = checked is not None and not any(map(_may_read_more, checked.reached))
        self.signs = {} if checked is None else _signed_hosts(checked)

    @property
    def finds(self) -> str:
        """What the code comes upon where a secret is not declared."""
        if self.action.language == "python":
            return translate("Secrets", "it is not in event.secrets")
        return translate("Secrets", "it reads undefined")

    def user(self, name: str) -> SecretUser:
        """Return the action as a user of a secret."""
        action = self.action
        return SecretUser(action.id, action.name, self.lines.get(name, ()), action.enabled)


def _row(name: str, uses: Sequence[_ActionUse], facts: SecretFacts | None) -> SecretRow:
    declaring = [use for use in uses if name in use.action.secrets]
    reading = [use for use in uses if name in use.lines and name not in use.action.secrets]
    return SecretRow(
        name=name,
        declared_by=tuple(use.user(name) for use in declaring),
        read_by=tuple(use.user(name) for use in reading),
        facts=facts,
        findings=(
            *(_undeclared(name, use) for use in reading),
            *(_unread(name, use) for use in declaring if use.is_whole and name not in use.lines),
            *_shared(name, uses),
        ),
    )


def _undeclared(name: str, use: _ActionUse) -> SecretFinding:
    words = translate("Secrets", "{action} reads it and does not declare it, so {finds}.")
    return SecretFinding(
        words.format(action=use.action.name, finds=use.finds),
        MapFix("declare", name, use.action.id),
    )


def _unread(name: str, use: _ActionUse) -> SecretFinding:
    words = translate("Secrets", "{action} declares it and never reads it.")
    return SecretFinding(
        words.format(action=use.action.name), MapFix("undeclare", name, use.action.id)
    )


def _shared(name: str, uses: Sequence[_ActionUse]) -> Iterator[SecretFinding]:
    """Tell where two redirects to different sites are signed with it (security.md 14)."""
    signed = [(use, host) for use in uses if use.action.enabled for host in use.signs.get(name, ())]
    hosts = tuple(dict.fromkeys(host for _, host in signed))
    if len(hosts) < 2:
        return
    words = translate(
        "Secrets",
        "It signs redirects to {first} and to {second}: either site can make the other's answer."
        " Give each a secret of its own.",
    )
    other = next(use for use, host in signed if host == hosts[1])
    yield SecretFinding(words.format(first=hosts[0], second=hosts[1]), user=other.user(name))


def _lines_read(checked: CheckedAction | None) -> dict[str, tuple[int, ...]]:
    """Return lines by the names that are read; none for what only a module of the flow reads."""
    found: dict[str, dict[int, None]] = {}
    for facts in () if checked is None else checked.reached:
        for read in facts.secret_reads:
            lines = found.setdefault(read.name, {})
            if checked is not None and facts.file == checked.facts.file:
                lines[read.line] = None
    return {name: tuple(sorted(lines)) for name, lines in found.items()}


def _may_read_more(facts: SourceFacts) -> bool:
    return facts.secrets_unseen or facts.fault is not None or facts.unread is not None


def _signed_hosts(checked: CheckedAction) -> dict[str, tuple[str, ...]]:
    """Return the hosts of redirects by the secret that signs what is sent along."""
    encoded = {
        secret.path[1]
        for call in checked.calls("redirect.encodeToken")
        if isinstance(secret := call.option(0, "secret"), EventValue)
        and len(secret.path) == 2
        and secret.path[0] == "secrets"
    }
    only = next(iter(encoded)) if len(encoded) == 1 else None
    found: dict[str, tuple[str, ...]] = {}
    for call in checked.calls("redirect.sendUserTo"):
        name, host = call.redirect_secret or only, call.redirect_host
        if name is not None and host is not None:
            found[name] = (*found.get(name, ()), host)
    return found
