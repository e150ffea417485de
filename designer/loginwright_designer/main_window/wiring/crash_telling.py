"""Tells of a failure that nobody caught, and does what its reader decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loginwright_designer.crash_reports import Decision
from loginwright_designer.dialogs.crash_dialog import CrashAnswer, CrashDialog
from loginwright_designer.simulation import states

if TYPE_CHECKING:
    from loginwright_designer.crash_report_text import CrashReport
    from loginwright_designer.main_window.wiring.workbench import Workbench

_OVER = (states.Idle, states.Finished, states.Failed)


def tell_crash(bench: Workbench, report: CrashReport) -> Decision:
    """Show a report, and return whether to go on."""
    flow = bench.flow
    runs = flow is not None and not isinstance(flow.session.login.state, _OVER)
    answer = CrashDialog(bench.theme, report, login_runs=runs, parent=bench.window).ask()
    if answer is CrashAnswer.RESTART_LOGIN and flow is not None:
        flow.session.login.restart()
    return Decision.QUIT if answer is CrashAnswer.QUIT else Decision.GO_ON
