"""The flow as an immutable value (contract.md, "Flow folder")."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

FLOW_FORMAT = "loginwright/flow@1"

ActionId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
SecretName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z_][A-Za-z0-9_-]{0,127}$")]
Language = Literal["javascript", "python"]


class FlowSettings(BaseModel):
    """What the flow decides about claims and profile writes.

    Attributes:
        custom_claims: ``uri`` (seed: a claim name is an http(s) URL or a URN) or ``any``.
        profile_writes: ``end`` (seed: one write after the last action) or ``each-leg``.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    custom_claims: Literal["uri", "any"] = "uri"
    profile_writes: Literal["end", "each-leg"] = "end"


class Action(BaseModel):
    """One entry of a flow: which code runs under which id, with which secrets.

    Attributes:
        id: Unique in the flow, ``[a-z0-9][a-z0-9-]{0,63}``.
        name: What people call it.
        code: POSIX path of the source below the flow folder, ``actions/…``.
        language: ``javascript`` or ``python``.
        enabled: A disabled action stays in the flow and does not run.
        secrets: Names of the secrets it may read; never values.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    id: ActionId
    name: str
    code: str
    language: Language
    enabled: bool = True
    secrets: tuple[SecretName, ...] = ()


class Flow(BaseModel):
    """A whole flow: order, settings and every source file, held in memory.

    Attributes:
        name: What people call the flow.
        settings: Claims and profile write rules.
        actions: In execution order, disabled ones included.
        files: POSIX path → content, of everything under ``actions/`` and ``lib/`` (and
            ``package.json`` and the lock where there are some).
        version: ``sha256:<hex>`` over flow.json, code and packages, not over scenarios.
        root: Folder in whose name the code runs (its stack traces, its breakpoints); None when
            the flow came from a bundle without packages.
        packages: Folder that holds ``node_modules``, or None.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    name: str
    trigger: Literal["post-login"] = "post-login"
    settings: FlowSettings = FlowSettings()
    actions: tuple[Action, ...] = ()
    files: Mapping[str, bytes] = Field(default_factory=dict, repr=False)
    version: str
    root: Path | None = None
    packages: Path | None = None

    @property
    def enabled_actions(self) -> tuple[Action, ...]:
        """The actions that run, in order."""
        return tuple(action for action in self.actions if action.enabled)

    def source(self, action: Action) -> bytes:
        """Return the source of ``action``; KeyError when the flow does not hold it."""
        return self.files[action.code]
