"""How scenarios are run, whichever they are."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from loginwright_runtime.engine import EngineOptions
from loginwright_runtime.extension_points import (
    ActionHost,
    SecretSource,
    TokenSigner,
)
from loginwright_runtime.simulation.mfa import MfaAnswers
from loginwright_runtime.simulation.model import Network

if TYPE_CHECKING:
    from loginwright_runtime.debugging.protocol import Debugger  # noqa: TC004 - loaded only where somebody debugs


@dataclass(frozen=True, slots=True)
class SimulationSettings:
    """How scenarios are run, whichever they are.

    Attributes:
        secrets: Values of the secrets that actions declare and replies are signed with.
        host: Runs action code; None: a pool of worker processes for this run.
        signer: Signs tokens; None leaves them out.
        options: What a login does not carry.
        network: Overrides the scenario's; None takes the scenario's, else what ``options`` were
            given, else ``none``: never their default, which is for servers.
        mfa: Answers MFA that is still owed after the last action; a scenario's own answer wins.
        debugger: Looks on.
        record_lines: Write every line that is reached into the record; slow.
    """

    secrets: SecretSource
    host: ActionHost | None = None
    signer: TokenSigner | None = None
    options: EngineOptions = field(default_factory=EngineOptions)
    network: Network | None = None
    mfa: MfaAnswers = "pass"
    debugger: Debugger | None = None
    record_lines: bool = False
