"""EngineOptions: what a login does not carry (contract.md, "Command line")."""

from __future__ import annotations

import os
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from loginwright_runtime.login.time_limits import LONGEST_SECONDS


def default_max_workers() -> int:
    """Four workers a core, at least eight (architecture.md, "Workers")."""
    return max(8, 4 * (os.cpu_count() or 1))


class EngineOptions(BaseModel):
    """Options of an engine; the same names stand in a ``--config`` file.

    Attributes:
        leg_seconds: Budget of all handlers between two suspensions (reference §4.1).
        suspension_seconds: How long a suspended login may be resumed (reference §4.2).
        queue_seconds: How long a login waits for a free worker.
        max_workers: Most workers of one engine.
        max_suspensions_per_login: More fails the login.
        algorithm: Signature of both tokens.
        issuer: ``iss`` of both tokens; needs a real signing key. None: the development issuer.
        id_token_seconds: Life of an ID token.
        access_token_seconds: Life of an access token.
        network: ``none`` makes every connection of an action fail.
        warm_modules: Keep modules between handler calls and logins, as the platform does.
        public_errors: ``message`` shows exception texts to applications, ``generic`` does not
            (security.md 8).
        redirect_hosts: Hosts that redirects may lead to; None: any (security.md 15).
        heap_mb: Heap of a JavaScript worker.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    leg_seconds: float = Field(default=20, gt=0)
    suspension_seconds: float = Field(default=3600, gt=0, le=LONGEST_SECONDS)
    queue_seconds: float = Field(default=10, gt=0)
    max_workers: int = Field(default_factory=default_max_workers, ge=1)
    max_suspensions_per_login: int = Field(default=10, ge=1)
    algorithm: Literal["RS256", "ES256"] = "RS256"
    issuer: str | None = None
    id_token_seconds: int = Field(default=36000, ge=1, le=LONGEST_SECONDS)
    access_token_seconds: int = Field(default=86400, ge=1, le=LONGEST_SECONDS)
    network: Literal["open", "none"] = "open"
    warm_modules: bool = True
    public_errors: Literal["message", "generic"] = "message"
    redirect_hosts: frozenset[str] | None = None
    heap_mb: int = Field(default=128, ge=16)
