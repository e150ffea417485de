"""The sheets that belong to the application and to no flow: new, open, preferences, about, log."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, assert_never

from PySide6.QtCore import QCoreApplication, QObject

from loginwright_designer.dialogs.about_sheet import AboutSheet
from loginwright_designer.dialogs.guide_sheet import GuideSheet
from loginwright_designer.dialogs.import_receipt import ImportReceipt
from loginwright_designer.dialogs.log_viewer import LogViewer
from loginwright_designer.dialogs.new_flow_sheet import NewFlowSheet
from loginwright_designer.dialogs.open_flow import OpenFlow
from loginwright_designer.dialogs.preferences_sheet import (
    BackgroundRunsPreferred,
    DistrustWanted,
    PreferencesSheet,
    PreferencesShown,
    ReducedMotionPreferred,
    SchemePreferred,
    ZoomPreferred,
)
from loginwright_designer.dialogs.shortcuts_sheet import ShortcutRow, ShortcutsSheet
from loginwright_designer.document.guide import guide_of
from loginwright_designer.document.keyring_store import InKeyring
from loginwright_designer.document.licences import LicenceReading, running_versions
from loginwright_designer.document.log_ring import LogRing
from loginwright_designer.document.recent_flows import recent_entries
from loginwright_designer.document.trust import trusted_by_user
from loginwright_designer.main_window.command_ids import CommandId
from loginwright_designer.main_window.command_set import RecentEntry
from loginwright_designer.main_window.menu_command import translated
from loginwright_designer.main_window.menu_commands import COMMANDS
from loginwright_designer.resource_files import resource_files

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from loginwright_designer.dialogs.open_flow import OpenFlowWanted
    from loginwright_designer.dialogs.preferences_sheet import PreferenceWish
    from loginwright_designer.document.licences import LicensedPart
    from loginwright_designer.document.new_flow import NewFlowWanted
    from loginwright_designer.main_window.wiring.opening import NotOpened, OpenedFolder
    from loginwright_designer.main_window.wiring.workbench import Workbench

translate = QCoreApplication.translate


class ApplicationSheets(QObject):
    """Opens sheets, and does what is wished in them.

    Attributes:
        log: The designer's own last log lines, without secrets.
    """

    def __init__(self, bench: Workbench) -> None:
        """Prepare; a sheet is made when it is first asked for."""
        super().__init__(bench)
        self._bench = bench
        self.log = LogRing(bench.masker, self)
        self.log.install()
        self._new: NewFlowSheet | None = None
        self._licences: LicenceReading | None = None
        self._about: AboutSheet | None = None
        self._preferences: PreferencesSheet | None = None
        self.open_flow = OpenFlow(bench.window)
        self.open_flow.flow_chosen.connect(self._on_flow_chosen)
        bench.window.commands.recent_chosen.connect(self._on_recent_chosen)
        bench.opening.opened.connect(self._on_opened)
        self.show_recent()

    def answers(self) -> Mapping[CommandId, Callable[[], object]]:
        """Return what each command does."""
        return {
            CommandId.NEW_FLOW: lambda: self.new_flow(),
            CommandId.OPEN: lambda: self.open_flow.choose(),
            CommandId.PREFERENCES: self.preferences,
            CommandId.ABOUT: self.about,
            CommandId.SHOW_LOG: self.show_log,
            CommandId.KEYBOARD_SHORTCUTS: self.shortcuts,
            CommandId.REPORT_PROBLEM: self.show_log,
            CommandId.GUIDE: self.guide,
        }

    def close(self) -> None:
        """Listen to the log no more, and end the thread."""
        self.log.uninstall()
        if self._licences is not None:
            self._licences.close()

    def new_flow(self, export: Path | None = None) -> None:
        """Ask what the new flow is called, and where it is to be.

        Args:
            export: Export of a tenant that it is to be made of.
        """
        if self._new is None:
            self._new = NewFlowSheet(self._bench.theme, self._bench.window)
            self._new.flow_wanted.connect(self._on_flow_wanted)
        self._new.open_new(export)

    def preferences(self) -> None:
        """Show what is preferred."""
        if self._preferences is None:
            self._preferences = PreferencesSheet(self._bench.theme, self._bench.window)
            self._preferences.preference_wanted.connect(self._on_preference)
        self._show_preferences()
        self._preferences.open()

    def about(self) -> None:
        """Show versions and licences."""
        if self._about is None:
            self._about = AboutSheet(self._bench.theme, self._bench.window)
            self._about.show_parts(running_versions(), ())
            self._licences = LicenceReading(resource_files(), self)
            self._licences.parts_read.connect(self._on_parts_read)
            self._licences.start()
        self._about.open()

    def show_log(self) -> None:
        """Show the designer's own log."""
        viewer = LogViewer(self._bench.theme, self._bench.window)
        viewer.show_lines(self.log.lines)
        self.log.line_added.connect(viewer.add_line)
        viewer.closed.connect(viewer.deleteLater)
        viewer.open()

    def shortcuts(self) -> None:
        """Show every key."""
        sheet = ShortcutsSheet(self._bench.theme, self._bench.window)
        commands = self._bench.window.commands
        rows = (
            ShortcutRow(
                translated(row.menu.value), commands.text(row.id), commands.shortcut(row.id)
            )
            for row in COMMANDS
        )
        sheet.show_rows(tuple(row for row in rows if row.keys))
        sheet.closed.connect(sheet.deleteLater)
        sheet.open(sheet.search)

    def guide(self) -> None:
        """Show the guide."""
        sheet = GuideSheet(self._bench.theme, self._bench.window)
        sheet.show_guide(guide_of(resource_files().guide().read_text(encoding="utf-8")))
        sheet.closed.connect(sheet.deleteLater)
        sheet.open(sheet.sections)

    def show_recent(self) -> None:
        """List the flows that were opened, in the menu."""
        entries = recent_entries(self._bench.preferences.recent_flows)
        self._bench.window.commands.show_recent(
            [
                RecentEntry(str(entry.folder), entry.name, entry.shown_folder)
                for entry in entries
                if entry.is_there
            ]
        )

    def _on_flow_wanted(self, wanted: NewFlowWanted) -> None:
        self._bench.opening.make_new(wanted)

    def _on_flow_chosen(self, wanted: OpenFlowWanted) -> None:
        self._bench.opening.open(wanted.folder)

    def _on_recent_chosen(self, entry: RecentEntry) -> None:
        self._bench.opening.open(Path(entry.key))

    def _on_opened(self, opened: OpenedFolder) -> None:
        if opened.is_new and self._new is not None:
            self._new.close_sheet()
        if opened.imported is not None:
            window, folder = self._bench.window, opened.folder.path
            receipt = ImportReceipt(self._bench.theme, window, opened.imported, folder)
            receipt.closed.connect(receipt.deleteLater)
            receipt.open(receipt.done_button)

    def tells(self, told: NotOpened) -> bool:
        """Say in a sheet why a folder was not opened or made; False where none has to do with it.

        Of the export of a tenant a flow is made, which the sheet for a new one proposes.
        """
        if told.is_export:
            self.new_flow(told.path)
        elif told.refused is None or self._new is None or not self._new.is_open:
            return False
        else:
            self._new.show_failure(told.refused)
        return True

    def _on_parts_read(self, parts: tuple[LicensedPart, ...]) -> None:
        if self._about is not None:
            self._about.show_parts(running_versions(), parts)

    def _show_preferences(self) -> None:
        if self._preferences is None:
            return
        bench = self._bench
        kept = bench.preferences
        self._preferences.show_preferences(
            PreferencesShown(
                bench.theme.choice,
                bench.theme.zoom,
                kept.reduce_motion,
                kept.background_runs,
                self._keyring_words(),
                trusted_by_user(),
            )
        )

    def _keyring_words(self) -> str:
        flow = self._bench.flow
        if flow is None:
            return ""
        keeping = flow.session.secrets.keeping
        if isinstance(keeping, InKeyring):
            words = translate("Preferences", "Values of secrets are kept in {keyring}.")
            return words.format(keyring=keeping.keyring)
        return translate("Secrets", keeping.reason)

    def _on_preference(self, wish: PreferenceWish) -> None:
        bench = self._bench
        match wish:
            case SchemePreferred(scheme):
                bench.commands.choose_scheme(scheme)
            case ZoomPreferred(zoom):
                bench.commands.zoom(zoom)
            case ReducedMotionPreferred(reduced):
                bench.commands.reduce_motion(reduced=reduced)
            case BackgroundRunsPreferred(on):
                bench.save_preferences(background_runs=on)
                if bench.flow is not None:
                    bench.flow.scenarios.background_runs = on
            case DistrustWanted(folder):
                bench.distrust(folder)
            case _:
                assert_never(wish)
        self._show_preferences()
