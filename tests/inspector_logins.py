"""The sample's logins as the inspector shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lane_samples import Sample
from loginwright_designer.simulation.change_list import ChangeList, ChangesAt, change_list
from loginwright_designer.simulation.changes import AskedChanges
from loginwright_designer.simulation.event_scope import event_scope
from loginwright_designer.simulation.issued_tokens import tokens
from loginwright_designer.simulation.steps import steps
from loginwright_designer.simulation.token_list import TokenList, token_list

if TYPE_CHECKING:
    from loginwright_designer.simulation.variables import Scope

SECRETS = {"ask-favourite-colour": ("MY_SHARED_SECRET",)}


@dataclass(frozen=True)
class Logins:
    """The sample's logins."""

    sample: Sample

    def changes(
        self, scenario: str, entries: int | None = None, at: ChangesAt | None = None
    ) -> ChangeList:
        """What *Changes* shows of a login, or of its first entries."""
        record = self.sample.record(scenario, entries)
        names = {action.id: action.name for action in self.sample.flow.actions}
        return change_list(record, AskedChanges.of(record), steps(record, names), names, at)

    def tokens(self, scenario: str, entries: int | None = None) -> TokenList:
        """What *Tokens* shows of a login."""
        record = self.sample.record(scenario, entries)
        names = {action.id: action.name for action in self.sample.flow.actions}
        return token_list(record, tokens(record), AskedChanges.of(record), names)

    def event(self, scenario: str, position: int, since: int | None = None) -> Scope:
        """The event of a step."""
        record = self.sample.record(scenario)
        scope = event_scope(record, position=position, since=since, secrets=SECRETS)
        assert scope is not None
        return scope
