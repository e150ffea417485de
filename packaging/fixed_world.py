"""Makes a run of the designer the same each time: chance, clocks and durations are fixed."""

from __future__ import annotations

import asyncio
import datetime as dates
import random
import secrets
import time
from contextlib import ExitStack, contextmanager
from functools import cache
from itertools import cycle
from types import SimpleNamespace
from typing import TYPE_CHECKING
from unittest.mock import patch
from weakref import WeakKeyDictionary

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from typing_extensions import override

from loginwright_designer.document import flow_export
from loginwright_designer.main_window.wiring import recorded_wiring
from loginwright_designer.simulation import scenario_runs
from loginwright_runtime.hosts.active_run import ActiveRun
from loginwright_runtime.simulation import many, running
from loginwright_runtime.tokens import development_signer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from loginwright_runtime.flow.model import Flow
    from loginwright_runtime.simulation import ScenarioFile, SimulationSettings

NOW = dates.datetime(2026, 11, 23, 10, 0, tzinfo=dates.UTC)
"""Where the clock on the wall stands still; the sample's scenarios have the same moment."""

DURATIONS_MS = (0.15, 0.63, 1.5, 0.93, 0.43)
"""What the handlers of a login take, one after the other. Measured ones differ from run to run."""

SCENARIO_SECONDS = 0.00345

EXPONENT = 65_537


@cache
def fixed_key(algorithm: str) -> bytes:
    """Return a signing key that is the same each time, and good for pictures alone.

    Raises:
        ValueError: Nothing in the pictures is signed that way.
    """
    if algorithm != "RS256":
        raise ValueError(f"No picture has a token that {algorithm} signed.")
    chance = random.Random(algorithm)  # noqa: S311 - signs tokens that nobody is to trust
    first, second = _prime(chance), _prime(chance)
    secret = rsa.rsa_recover_private_exponent(EXPONENT, first, second)
    key = rsa.RSAPrivateNumbers(
        p=first,
        q=second,
        d=secret,
        dmp1=rsa.rsa_crt_dmp1(secret, first),
        dmq1=rsa.rsa_crt_dmq1(secret, second),
        iqmp=rsa.rsa_crt_iqmp(first, second),
        public_numbers=rsa.RSAPublicNumbers(EXPONENT, first * second),
    ).private_key()
    return key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())


def _prime(chance: random.Random) -> int:
    """Return a prime of 1024 bits whose predecessor shares no divisor with the exponent."""
    while True:
        found = chance.getrandbits(1024) | 3 << 1022 | 1
        if all(pow(base, found - 1, found) == 1 for base in (2, 3, 5)) and found % EXPONENT != 1:
            return found


async def one_by_one(
    flow: Flow,
    scenarios: Sequence[ScenarioFile],
    settings: SimulationSettings,
    *,
    at_once: int,
    finished: many.Finished,
) -> list[many.ScenarioResult]:
    """Run scenarios, however many may run at once, in their order: so durations stay theirs."""
    del at_once
    return await many.run_scenarios(flow, scenarios, settings, at_once=1, finished=finished)


class FixedDate(dates.datetime):
    """A date of which now is always the same."""

    @classmethod
    @override
    def now(cls, tz: dates.tzinfo | None = None) -> FixedDate:
        """Return ``NOW``."""
        return cls.fromtimestamp(NOW.timestamp(), tz or dates.UTC)

    @override
    def astimezone(self, tz: dates.tzinfo | None = None) -> FixedDate:
        """Stay in UTC, wherever the machine stands."""
        return self if tz is None else FixedDate.fromtimestamp(self.timestamp(), tz)


class FixedWorld:
    """Chance and durations; ``begin_anew`` lets both begin again."""

    def __init__(self) -> None:
        self._chance = random.Random()  # noqa: S311 - what it makes is to be the same each time
        self._counted: WeakKeyDictionary[object, int] = WeakKeyDictionary()
        self.begin_anew()

    def begin_anew(self) -> None:
        """Let whatever follows be what it was the last time."""
        self._chance.seed(20261123)
        self._durations = cycle(DURATIONS_MS)

    def token_bytes(self, count: int | None = None) -> bytes:
        """Return the next bytes that are by chance, and always the same."""
        return self._chance.randbytes(32 if count is None else count)

    def own_ms(self, _run: ActiveRun, _measured: float) -> float:
        """Return what the next handler took."""
        return next(self._durations)

    def seconds(self) -> float:
        """Return a moment; in each task the next one is as much later as a scenario takes."""
        task = asyncio.current_task()
        count = self._counted.get(task, 0)
        if task is not None:
            self._counted[task] = count + 1
        return count * SCENARIO_SECONDS


@contextmanager
def fixed_world() -> Iterator[FixedWorld]:
    """Fix chance, clocks and durations inside this process."""
    world = FixedWorld()
    clock = SimpleNamespace(time=time.time, perf_counter=world.seconds)
    with ExitStack() as stack:
        for patched in (
            patch.object(secrets, "token_bytes", world.token_bytes),
            patch.object(ActiveRun, "own_ms", lambda run, measured: world.own_ms(run, measured)),
            patch.object(running, "time", clock),
            patch.object(scenario_runs, "run_scenarios", one_by_one),
            patch.object(development_signer, "_new_key", fixed_key),
            patch.object(recorded_wiring, "datetime", FixedDate),
            patch.object(flow_export, "datetime", FixedDate),
        ):
            stack.enter_context(patched)
        yield world
