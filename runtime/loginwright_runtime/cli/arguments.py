"""What each command was given (contract.md, "Command line"), as values."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Arguments:
    """What every command has."""

    json: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineArguments(Arguments):
    """What every command that runs logins has."""

    secrets: str | None = field(default=None, repr=False)
    secrets_dir: str | None = None
    config: str | None = None
    network: str | None = None
    mfa: str = "pass"
    signing_key: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewArguments(Arguments):
    """Of ``new``."""

    dir: str
    template: str | None = None
    from_: list[str] = field(default_factory=list[str])


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignerArguments(Arguments):
    """Of ``designer``."""

    flow: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RunArguments(EngineArguments):
    """Of ``run``."""

    flow: str
    scenario: str | None = None
    event: str | None = None
    store: str | None = None
    trace: str | None = None
    unredacted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumeArguments(EngineArguments):
    """Of ``resume``."""

    store: str
    state: str = field(repr=False)
    method: str | None = None
    query: list[str] = field(default_factory=list[str], repr=False)
    body: list[str] = field(default_factory=list[str], repr=False)
    passed: str | None = None
    not_passed: str | None = None
    field: list[str] = field(default_factory=list[str], repr=False)
    request: str | None = None
    now: str | None = None
    trace: str | None = None
    unredacted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DebugArguments(EngineArguments):
    """Of ``debug``."""

    flow: str
    scenario: str | None = None
    record_lines: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DapArguments(EngineArguments):
    """Of ``dap``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TestArguments(EngineArguments):
    """Of ``test``."""

    __test__ = False

    flow: str
    junit: str | None = None
    scenario: list[str] = field(default_factory=list[str])
    strict: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ValidateArguments(Arguments):
    """Of ``validate``."""

    flow: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportArguments(Arguments):
    """Of ``export``."""

    flow: str
    output: str
    with_scenarios: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class KeysArguments(Arguments):
    """Of ``keys``."""

    jwks: bool = False
