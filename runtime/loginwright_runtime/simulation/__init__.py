"""Scenarios: a login to simulate, its answers to suspensions, and what should come of it.

The names below are public and loaded when they are first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loginwright_runtime.simulation.checks import scenario_problems
    from loginwright_runtime.simulation.event import (
        SimulatedLogin,
        directory_of_roles,
        simulated_login,
        whole_event,
    )
    from loginwright_runtime.simulation.expectations import ABSENT, Difference, differences
    from loginwright_runtime.simulation.loading import (
        find_scenario,
        list_scenarios,
        load_scenario,
        pick_scenario,
        scenario_file_name,
        scenario_json,
        write_scenario,
    )
    from loginwright_runtime.simulation.many import ScenarioResult, UnusableScenario, run_scenarios
    from loginwright_runtime.simulation.mfa import (
        AskMfa,
        MfaAnswer,
        MfaAnswers,
        is_owed_mfa,
        mfa_answer,
    )
    from loginwright_runtime.simulation.model import (
        SCENARIO_FORMAT,
        AnyReply,
        DirectoryName,
        FactorReply,
        FormReply,
        Network,
        RedirectReply,
        Reply,
        Scenario,
        ScenarioDirectory,
        parse_moment,
    )
    from loginwright_runtime.simulation.placeholder_secrets import PlaceholderSecrets
    from loginwright_runtime.simulation.reading import ScenarioFile, read_scenario
    from loginwright_runtime.simulation.replies import Away, resume_request, secret_names
    from loginwright_runtime.simulation.running import LoginOutcome, ScenarioRun, run_scenario
    from loginwright_runtime.simulation.settings import SimulationSettings
    from loginwright_runtime.simulation.stores import ProfileStore, SimulationStores

_HOME_OF = {
    "ABSENT": "expectations",
    "AnyReply": "model",
    "AskMfa": "mfa",
    "Away": "replies",
    "Difference": "expectations",
    "DirectoryName": "model",
    "FactorReply": "model",
    "FormReply": "model",
    "LoginOutcome": "running",
    "MfaAnswer": "mfa",
    "MfaAnswers": "mfa",
    "Network": "model",
    "PlaceholderSecrets": "placeholder_secrets",
    "ProfileStore": "stores",
    "RedirectReply": "model",
    "Reply": "model",
    "SCENARIO_FORMAT": "model",
    "Scenario": "model",
    "ScenarioDirectory": "model",
    "ScenarioFile": "reading",
    "ScenarioResult": "many",
    "ScenarioRun": "running",
    "SimulatedLogin": "event",
    "SimulationSettings": "settings",
    "SimulationStores": "stores",
    "UnusableScenario": "many",
    "differences": "expectations",
    "directory_of_roles": "event",
    "find_scenario": "loading",
    "is_owed_mfa": "mfa",
    "list_scenarios": "loading",
    "load_scenario": "loading",
    "mfa_answer": "mfa",
    "parse_moment": "model",
    "pick_scenario": "loading",
    "read_scenario": "reading",
    "resume_request": "replies",
    "run_scenario": "running",
    "run_scenarios": "many",
    "scenario_file_name": "loading",
    "scenario_json": "loading",
    "scenario_problems": "checks",
    "secret_names": "replies",
    "simulated_login": "event",
    "whole_event": "event",
    "write_scenario": "loading",
}

__all__ = [
    "ABSENT",
    "SCENARIO_FORMAT",
    "AnyReply",
    "AskMfa",
    "Away",
    "Difference",
    "DirectoryName",
    "FactorReply",
    "FormReply",
    "LoginOutcome",
    "MfaAnswer",
    "MfaAnswers",
    "Network",
    "PlaceholderSecrets",
    "ProfileStore",
    "RedirectReply",
    "Reply",
    "Scenario",
    "ScenarioDirectory",
    "ScenarioFile",
    "ScenarioResult",
    "ScenarioRun",
    "SimulatedLogin",
    "SimulationSettings",
    "SimulationStores",
    "UnusableScenario",
    "differences",
    "directory_of_roles",
    "find_scenario",
    "is_owed_mfa",
    "list_scenarios",
    "load_scenario",
    "mfa_answer",
    "parse_moment",
    "pick_scenario",
    "read_scenario",
    "resume_request",
    "run_scenario",
    "run_scenarios",
    "scenario_file_name",
    "scenario_json",
    "scenario_problems",
    "secret_names",
    "simulated_login",
    "whole_event",
    "write_scenario",
]


if not TYPE_CHECKING:  # a checker would take any name for one of ours

    def __getattr__(name: str) -> object:
        """Load a public name when it is first asked for (PEP 562)."""
        home = _HOME_OF.get(name)
        if home is None:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value: object = getattr(import_module(f"{__name__}.{home}"), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    """List the public names."""
    return sorted(__all__)
