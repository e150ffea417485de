"""What a simulated login was started with, kept, so that nothing shown differs from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from loginwright_runtime.extension_points import SecretRequest
from loginwright_runtime.flow.model import Flow
from loginwright_runtime.simulation import Scenario

if TYPE_CHECKING:
    from loginwright_runtime.extension_points import SecretSource


@dataclass(frozen=True, slots=True)
class LoginInputs:
    """Which login to simulate.

    Attributes:
        flow: Placed in its folder, as it stands on the desk.
        scenario: The login and its answers.
        file: The scenario's file, for problems.
    """

    flow: Flow = field(repr=False)
    scenario: Scenario = field(repr=False)
    file: str | None = None


@dataclass(frozen=True, slots=True)
class EditedSince:
    """What was edited since a login began; said on tabs, with Restart.

    Attributes:
        files: Sources whose text is another now, or that are gone or new.
        flow: Order, settings or names of the flow are others.
        scenario: The scenario is another.
    """

    files: tuple[str, ...] = ()
    flow: bool = False
    scenario: bool = False

    @property
    def anything(self) -> bool:
        """Whether the login shown is not what would run now."""
        return bool(self.files) or self.flow or self.scenario


def edited_since(began_with: LoginInputs, now: LoginInputs) -> EditedSince:
    """Compare what a login began with and what is on the desk.

    Args:
        began_with: The login's own inputs.
        now: Those a new login would get.
    """
    before, after = began_with.flow, now.flow
    names = sorted(set(before.files) | set(after.files))
    return EditedSince(
        files=tuple(name for name in names if before.files.get(name) != after.files.get(name)),
        flow=(before.name, before.settings, before.actions)
        != (after.name, after.settings, after.actions),
        scenario=began_with.scenario != now.scenario,
    )


@dataclass(frozen=True, slots=True)
class ReadSecrets:
    """The values of secrets as they were when a login began; a source for its engine.

    Attributes:
        values: Action id → name → value.
    """

    values: Mapping[str, Mapping[str, str]] = field(
        default_factory=lambda: MappingProxyType(dict[str, Mapping[str, str]]()), repr=False
    )

    @classmethod
    async def of(cls, flow: Flow, source: SecretSource) -> ReadSecrets:
        """Read every secret that enabled actions declare; a name without a value is left out.

        Args:
            flow: Whose actions.
            source: Where the values are.

        Raises:
            SecretError: The source cannot be read.
        """
        values: dict[str, Mapping[str, str]] = {}
        for action in flow.enabled_actions:
            if action.secrets:
                request = SecretRequest(flow.name, action.id, tuple(action.secrets))
                values[action.id] = MappingProxyType(dict(await source.secrets(request)))
        return cls(MappingProxyType(values))

    async def secrets(self, request: SecretRequest) -> Mapping[str, str]:
        """Return the values kept for an action."""
        kept = self.values.get(request.action_id, {})
        return {name: kept[name] for name in request.names if name in kept}

    def known_to_site(self, action: str | None) -> dict[str, str]:
        """Return every value by name; where two actions differ, those of ``action``."""
        known: dict[str, str] = {}
        for values in self.values.values():
            known = {**values, **known}
        return {**known, **self.values.get(action or "", {})}
