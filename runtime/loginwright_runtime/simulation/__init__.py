"""Scenarios: a login to simulate, its answers to suspensions, and what should come of it."""

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
