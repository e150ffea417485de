"""A drill as a scenario, so that ``loginwright test`` runs it ever after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from loginwright_designer.simulation.drills import DrillResult, Verdict

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonObject
    from loginwright_runtime.simulation import Scenario

translate = QCoreApplication.translate


def scenario_of_drill(result: DrillResult, scenario: Scenario, before: int = 0) -> Scenario | None:
    """Return a scenario that sends what a drill sent, and expects what should come of it.

    What the action accepted although it should not have is expected to fail: the scenario then
    differs until the action checks it.

    Args:
        result: What became of the drill.
        scenario: The one that the login began with.
        before: How many of its answers were given before the one that the drill spoils.

    Returns:
        None where no scenario can send it; ``result.unsaved`` says why.
    """
    reply = result.reply
    if reply is None:
        return None
    goes_on = result.outcome is not None and result.outcome.status in ("allowed", "suspended")
    rest = scenario.resume[before + 1 :] if goes_on and reply.send_times == 1 else ()
    name = translate("Simulation", "{scenario}: {drill}")
    return scenario.model_copy(
        update={
            "name": name.format(scenario=scenario.name, drill=result.drill.value),
            "resume": (*scenario.resume[:before], reply, *rest),
            "expect": _expected(result),
        }
    )


def _expected(result: DrillResult) -> JsonObject:
    """Return the part of the outcome that is the point of the drill."""
    outcome = result.outcome
    if outcome is None:
        return {"status": "suspended"}
    if result.verdict is Verdict.ACCEPTED:
        return {"status": "failed"}
    if outcome.error is None:
        return {"status": outcome.status}
    error = outcome.error
    return {"status": outcome.status, "error": {"code": error.code, "kind": error.kind}}
