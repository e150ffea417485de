"""Reads what a debugged login needs: flow, scenario, secrets, options; again for a restart."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from loginwright_runtime.cli.debugged_login.login import LoginInputs
from loginwright_runtime.cli.engine_parts import network_of, secret_source, token_signer
from loginwright_runtime.cli.sound_code import refuse_broken_code
from loginwright_runtime.cli.values import STDIN, ValueReader
from loginwright_runtime.errors import BadInputError, Problem
from loginwright_runtime.extension_points import SecretSource
from loginwright_runtime.flow.loading import load_flow
from loginwright_runtime.simulation import (
    Scenario,
    ScenarioFile,
    SimulationSettings,
    find_scenario,
    list_scenarios,
    load_scenario,
    pick_scenario,
)

if TYPE_CHECKING:
    from loginwright_runtime.cli.arguments import EngineArguments
    from loginwright_runtime.cli.screen import Screen
    from loginwright_runtime.engine.options import EngineOptions
    from loginwright_runtime.simulation.mfa import MfaAnswers


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which login somebody wants to debug.

    Attributes:
        flow: A flow folder or a bundle.
        scenario: Name or file; None is the default login.
        record_lines: Write every line into the record.
        stop_when_away: Wait for a person's answer to a suspension.
        secrets: Values that go before those of the command line; None: those alone.
    """

    flow: str
    scenario: str | None = None
    record_lines: bool = False
    stop_when_away: bool = True
    secrets: SecretSource | None = None


def read_inputs(
    wanted: Wanted, arguments: EngineArguments, options: EngineOptions, screen: Screen
) -> LoginInputs:
    """Read a login's inputs; nothing of the flow runs.

    Raises:
        BadInputError: Something cannot be used.
    """
    refuse_stdin(arguments, wanted.scenario)
    flow = load_flow(wanted.flow)
    scenario = _scenario_of(Path(wanted.flow), wanted.scenario)
    usable = scenario.usable()
    refuse_broken_code(flow)
    given, fallback = network_of(arguments, options, "open")
    mfa: MfaAnswers = None
    if arguments.mfa in ("pass", "fail"):
        mfa = "pass" if arguments.mfa == "pass" else "fail"
    settings = SimulationSettings(
        secrets=wanted.secrets or secret_source(arguments, ValueReader()),
        signer=token_signer(arguments, options, screen),
        options=options,
        network=given or usable.network or fallback,
        mfa=mfa,
        record_lines=wanted.record_lines,
    )
    return LoginInputs(flow, scenario, settings, wanted.stop_when_away)


def refuse_stdin(arguments: EngineArguments, scenario: str | None) -> None:
    """Refuse to read a value from standard input, which brings commands.

    Raises:
        BadInputError: A value is ``-``.
    """
    for option, value in (("--secrets", arguments.secrets), ("--scenario", scenario)):
        if value == STDIN:
            message = f"Standard input brings commands here, so that {option} cannot be read there."
            problem = Problem("usage", "error", message, f"Give {option} as a file.")
            raise BadInputError(problem)


def _scenario_of(flow: Path, wanted: str | None) -> ScenarioFile:
    if wanted is None:
        return ScenarioFile("the default login", Scenario(name="Default login"))
    known = list_scenarios(flow)
    found = find_scenario(known, wanted.removeprefix("@"))
    if found is not None:
        return found
    path = Path(wanted.removeprefix("@"))
    return load_scenario(path) if path.is_file() else pick_scenario(known, wanted)
