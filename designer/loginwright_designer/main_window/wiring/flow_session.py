"""One flow that is open: its document, secrets, login, scenarios and breakpoints, together."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from loginwright_designer.document.flow_document import DocumentSetting, FlowDocument
from loginwright_designer.document.folder_lock import FolderLock, designer_state, folder_key
from loginwright_designer.document.keyring_store import KeyringStore
from loginwright_designer.document.secret_desk import SecretDesk, SecretSetting
from loginwright_designer.document.trust import FolderTrust
from loginwright_designer.simulation.debug_memory import DebugMemory, KeptDebugging
from loginwright_designer.simulation.login_inputs import LoginInputs
from loginwright_designer.simulation.paused_code import PausedCode
from loginwright_designer.simulation.simulated_login import SimulatedLogin
from loginwright_runtime.simulation import Scenario, SimulationSettings
from loginwright_runtime.simulation.reading import ScenarioFile
from loginwright_runtime.tokens.development_signer import DevelopmentSigner

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loginwright_designer.document.document_changes import DraftChange
    from loginwright_designer.document.folder import ReadFolder
    from loginwright_designer.simulation.breakpoint_set import BreakpointSet
    from loginwright_runtime.debugging import Breakpoint
    from loginwright_runtime.extension_points import SecretRequest

DEFAULT_SCENARIO = Scenario(name="Default login")
"""What runs in a flow that has no scenario yet."""


@dataclass(frozen=True, slots=True)
class SessionSetting:
    """What surrounds every flow that is opened.

    Attributes:
        loop: The one that Qt runs on.
        trust: Which folders may run.
        keyring: Where values of secrets are kept.
        check_key: This user's key for the letters by which values are told apart.
        state: Where journals, locks and the signer's keys lie; None takes the user's own.
    """

    loop: asyncio.AbstractEventLoop
    trust: FolderTrust
    keyring: KeyringStore
    check_key: bytes = field(repr=False)
    state: Path | None = None


@dataclass(frozen=True, slots=True)
class ScenarioChoice:
    """Another scenario is the one that runs.

    Attributes:
        entry: Its file; None: the default login.
    """

    entry: ScenarioFile | None


class _CurrentSecrets:
    """The desk's values at the moment a login begins; never a copy of an earlier one."""

    def __init__(self, desk: SecretDesk) -> None:
        self._desk = desk

    async def secrets(self, request: SecretRequest) -> Mapping[str, str]:
        """Return the values that the desk has now."""
        return await self._desk.source().secrets(request)


class FlowSession(QObject):
    """Everything that belongs to the open flow, made and closed as a whole."""

    scenario_chosen = Signal(object)  # ScenarioChoice
    breakpoints_changed = Signal(object)  # BreakpointSet

    def __init__(
        self, folder: ReadFolder, setting: SessionSetting, parent: QObject | None = None
    ) -> None:
        """Open a folder that was read.

        Args:
            folder: What stands in it.
            setting: What surrounds it.
            parent: Owns this object.
        """
        super().__init__(parent)
        self.setting = setting
        trust = setting.trust
        bundled = trust.is_bundled(folder.path)
        self.document = FlowDocument(
            folder,
            DocumentSetting(FolderLock(folder.path, setting.state), setting.state, bundled=bundled),
            self,
        )
        self.secrets = SecretDesk(
            folder.path,
            SecretSetting(
                setting.keyring,
                setting.check_key,
                trusted=trust.trust_of(folder.path).may_run,
                deferred=bundled,
            ),
            self,
        )
        if bundled:
            self.secrets.generate(*self.document.draft.declared_secrets())
        else:
            self.secrets.load(self.document.draft.declared_secrets())
        self.login = SimulatedLogin(
            SimulationSettings(secrets=_CurrentSecrets(self.secrets), signer=DevelopmentSigner()),
            setting.loop,
            self,
        )
        self.paused_code = PausedCode(setting.loop, self)
        self.login.state_changed.connect(self._on_login_state)
        self._looked_into = 0
        self._scenario: str | None = None
        state = setting.state or designer_state()
        self._memory = DebugMemory(state / "debugging" / f"{folder_key(folder.path)}.json")
        kept = self._memory.load()
        flow = self.document.draft.flow
        ids = {action.id for action in flow.actions}
        self._breakpoints = kept.breakpoints.known_in(ids, set(flow.files))
        self.login.set_breakpoints(self._breakpoints.active)
        self.paused_code.set_watches(kept.watches)
        self.document.draft_changed.connect(self._on_draft_changed)
        self.choose_scenario(next((one.file for one in self.document.draft.scenarios), None))

    @property
    def may_run(self) -> bool:
        """Whether its user trusts the folder (security.md 29)."""
        return self.setting.trust.trust_of(self.document.folder.path).may_run

    @property
    def is_bundled(self) -> bool:
        """Whether it is a sample that came with Loginwright."""
        return self.setting.trust.is_bundled(self.document.folder.path)

    @property
    def scenario(self) -> ScenarioFile | None:
        """The one that runs; None is the default login."""
        return None if self._scenario is None else self.document.draft.scenario(self._scenario)

    def choose_scenario(self, file: str | None) -> None:
        """Run another scenario from now on; None is the default login."""
        known = None if file is None else self.document.draft.scenario(file)
        self._scenario = None if known is None else known.file
        self.scenario_chosen.emit(ScenarioChoice(known))

    def inputs(self) -> LoginInputs | None:
        """Return what a login would begin with; None where the scenario cannot be read."""
        entry, document = self.scenario, self.document
        flow = document.folder.placed(document.draft)
        if entry is None:
            return LoginInputs(flow, DEFAULT_SCENARIO)
        return None if entry.scenario is None else LoginInputs(flow, entry.scenario, entry.file)

    @property
    def breakpoints(self) -> BreakpointSet:
        """Where a login stops."""
        return self._breakpoints

    def set_breakpoints(self, breakpoints: BreakpointSet) -> None:
        """Stop there from now on."""
        if breakpoints != self._breakpoints:
            self._breakpoints = breakpoints
            self.login.set_breakpoints(breakpoints.active)
            self._keep()
            self.breakpoints_changed.emit(breakpoints)

    def set_watches(self, expressions: tuple[str, ...]) -> None:
        """Watch these expressions from now on."""
        self.paused_code.set_watches(expressions)
        self._keep()

    def _keep(self) -> None:
        """Remember breakpoints and watches for the next opening."""
        self._memory.save(KeptDebugging(self._breakpoints, self.paused_code.watches))

    def toggle_breakpoint(self, breakpoint_: Breakpoint) -> None:
        """Set a breakpoint, or remove it."""
        self.set_breakpoints(self._breakpoints.toggled(breakpoint_))

    async def close(self) -> None:
        """Give up the login, journal what is not saved, and end the threads."""
        await self.paused_code.close()
        await self.login.close()
        self.secrets.close()
        self.document.close()
        self.deleteLater()

    def _on_login_state(self, _: object) -> None:
        """Look into the code that stands still; before anybody asks what stands in it."""
        login = self.login
        if login.run_number != self._looked_into:
            self._looked_into = login.run_number
            self.paused_code.forget()
        sources = None if login.inputs is None else login.inputs.flow.files
        self.paused_code.show(login.pause, sources)

    def _on_draft_changed(self, change: DraftChange) -> None:
        flow = change.after.flow
        ids = {action.id for action in flow.actions}
        self.set_breakpoints(self._breakpoints.known_in(ids, set(flow.files)))
        known = None if self._scenario is None else change.after.scenario(self._scenario)
        if self._scenario is not None and known is None:
            self.choose_scenario(next((one.file for one in change.after.scenarios), None))
        elif known != (None if self._scenario is None else change.before.scenario(self._scenario)):
            self.scenario_chosen.emit(ScenarioChoice(known))
