"""Reads what a client's ``launch`` asks for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from loginwright_runtime.cli.arguments import DapArguments
from loginwright_runtime.cli.debugged_login.errors import RefusedError
from loginwright_runtime.cli.debugged_login.opening import Wanted
from loginwright_runtime.cli.debugged_login.stepper import Move
from loginwright_runtime.stores.secret_sources import MappingSecrets

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loginwright_runtime.cli.debug_adapter.arguments import RequestArguments
    from loginwright_runtime.extension_points import SecretSource
    from loginwright_runtime.login.json_values import JsonObject

_NETWORK = ("open", "none")
_MFA = ("pass", "fail", "ask")


@dataclass(frozen=True, slots=True)
class Launch:
    """A launch.

    Attributes:
        wanted: Which login.
        arguments: Those of the command line, with what the launch overrides.
        first: How the login starts.
        debugs: False: "Run Without Debugging".
    """

    wanted: Wanted
    arguments: DapArguments
    first: Move
    debugs: bool


def read_launch(asked: RequestArguments, given: DapArguments) -> Launch:
    """Read the arguments of ``launch``; members that are not known are an editor's own.

    Raises:
        RefusedError: One cannot be used.
    """
    debugs = not asked.flag("noDebug", otherwise=False)
    stop_when_away = asked.flag("stopOnSuspension", otherwise=True)
    secrets, secrets_file = _secrets(asked, given)
    wanted = Wanted(
        flow=asked.text("flow"),
        scenario=asked.optional_text("scenario") or None,
        record_lines=asked.flag("recordLines", otherwise=False),
        stop_when_away=debugs and stop_when_away,
        secrets=secrets,
    )
    arguments = replace(
        given,
        secrets=secrets_file,
        secrets_dir=asked.optional_text("secretsDir") or given.secrets_dir,
        network=_one_of(asked, "network", _NETWORK) or given.network,
        mfa=_one_of(asked, "mfa", _MFA) or given.mfa,
    )
    stops = debugs and asked.flag("stopOnEntry", otherwise=False)
    return Launch(wanted, arguments, Move("entry" if stops else "run"), debugs)


def launch_again(asked: RequestArguments, launch: Launch, given: DapArguments) -> Launch:
    """Read what a ``restart`` brings: the launch as it is written now, or nothing new.

    DAP has it in ``arguments``; nvim-dap sends its members themselves.

    Raises:
        RefusedError: It cannot be used, or names another flow.
    """
    written = asked.object("arguments") if "arguments" in asked.members else asked
    if "flow" not in written.members:
        return launch
    again = read_launch(written, given)
    if again.wanted.flow != launch.wanted.flow:
        raise RefusedError("The launch names another flow now: stop, and start again.")
    return again


def _secrets(
    asked: RequestArguments, given: DapArguments
) -> tuple[SecretSource | None, str | None]:
    """Return values that stand in the launch, or the file that holds them."""
    members = asked.members.get("secrets")
    if members is None or isinstance(members, str):
        return None, members or given.secrets
    if not isinstance(members, dict):
        raise RefusedError('"secrets" is neither a file nor an object of names and values.')
    values: dict[str, str | Mapping[str, str]] = _that_are_set(members)  # type: ignore[assignment]  # judged there
    return MappingSecrets(values), given.secrets


def _that_are_set(members: JsonObject) -> JsonObject:
    """Leave out what is empty: an editor fills a variable that is not set with nothing."""
    return {
        name: _that_are_set(value) if isinstance(value, dict) else value
        for name, value in members.items()
        if value != ""
    }


def _one_of(asked: RequestArguments, name: str, known: tuple[str, ...]) -> str | None:
    value = asked.optional_text(name)
    if value is None or value in known:
        return value
    raise RefusedError(f'"{name}" is one of {", ".join(known)}.')
