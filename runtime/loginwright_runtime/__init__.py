"""Loginwright's runtime: runs login flows of post-login actions, on a desk or on a server.

Everything public is reached from here and loaded when it is first asked for. The modules
``simulation``, ``tracing``, ``debugging``, ``validation`` and ``testing`` are public too.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loginwright_runtime import debugging, simulation, testing, tracing, validation
    from loginwright_runtime.api.python_types import PostLoginAPI
    from loginwright_runtime.debugging.protocol import Debugger
    from loginwright_runtime.engine.flow_engine import FlowEngine
    from loginwright_runtime.engine.options import EngineOptions
    from loginwright_runtime.errors import (
        BadInputError,
        FlowError,
        HostError,
        LoginwrightError,
        OptionsError,
        Problem,
        RateLimitedError,
        RequestError,
        ScenarioError,
        SecretError,
        SignerError,
        StoreError,
        TraceError,
    )
    from loginwright_runtime.extension_points import (
        ActionHost,
        CacheStore,
        Clock,
        Directory,
        SecretSource,
        SuspensionStore,
        TokenSigner,
        UserStore,
    )
    from loginwright_runtime.flow.loading import load_flow
    from loginwright_runtime.flow.model import Action, Flow, FlowSettings
    from loginwright_runtime.hosts.process_privacy import keep_process_private
    from loginwright_runtime.login.cookies import browser_cookie, browser_cookie_name
    from loginwright_runtime.login.event import Event
    from loginwright_runtime.login.requests import (
        Authentication,
        BindBrowser,
        ChallengeResult,
        Client,
        Connection,
        EnrollmentResult,
        FormResult,
        HttpRequest,
        LoginRequest,
        NoBrowser,
        RedirectReturn,
        ResourceServer,
        ResumeRequest,
        TokenContext,
        TransactionDetails,
    )
    from loginwright_runtime.stores.memory import (
        MemoryCacheStore,
        MemoryDirectory,
        MemorySuspensionStore,
        MemoryUserStore,
    )
    from loginwright_runtime.stores.secret_sources import (
        ChainedSecrets,
        DirectorySecrets,
        EnvironmentSecrets,
        FileSecrets,
        MappingSecrets,
    )
    from loginwright_runtime.stores.sqlite import SqliteStore
    from loginwright_runtime.tokens.development_signer import DevelopmentSigner
    from loginwright_runtime.tokens.jwks import jwk_set
    from loginwright_runtime.tokens.signers import KeySigner
    from loginwright_runtime.tokens.signing_key_file import load_signer
    from loginwright_runtime.transaction.oauth import OAuthError, oauth_error
    from loginwright_runtime.transaction.outcome import (
        Allowed,
        Denied,
        Failed,
        Outcome,
        Suspended,
    )

_HOMES: dict[str, str] = {
    "api.python_types": "PostLoginAPI",
    "debugging.protocol": "Debugger",
    "engine.flow_engine": "FlowEngine",
    "engine.options": "EngineOptions",
    "errors": "BadInputError FlowError HostError LoginwrightError OptionsError Problem "
    "RateLimitedError RequestError ScenarioError SecretError SignerError StoreError TraceError",
    "extension_points": "ActionHost CacheStore Clock Directory SecretSource "
    "SuspensionStore TokenSigner UserStore",
    "flow.loading": "load_flow",
    "flow.model": "Action Flow FlowSettings",
    "hosts.process_privacy": "keep_process_private",
    "login.cookies": "browser_cookie browser_cookie_name",
    "login.event": "Event",
    "login.requests": "Authentication BindBrowser ChallengeResult Client Connection "
    "EnrollmentResult FormResult HttpRequest LoginRequest NoBrowser RedirectReturn ResourceServer "
    "ResumeRequest TokenContext TransactionDetails",
    "stores.memory": "MemoryCacheStore MemoryDirectory MemorySuspensionStore MemoryUserStore",
    "stores.secret_sources": "ChainedSecrets DirectorySecrets EnvironmentSecrets FileSecrets "
    "MappingSecrets",
    "stores.sqlite": "SqliteStore",
    "tokens.development_signer": "DevelopmentSigner",
    "tokens.jwks": "jwk_set",
    "tokens.signers": "KeySigner",
    "tokens.signing_key_file": "load_signer",
    "transaction.oauth": "OAuthError oauth_error",
    "transaction.outcome": "Allowed Denied Failed Outcome Suspended",
}
_MODULES = ("debugging", "simulation", "testing", "tracing", "validation")
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names.split()}

__all__ = [
    "Action",
    "ActionHost",
    "Allowed",
    "Authentication",
    "BadInputError",
    "BindBrowser",
    "CacheStore",
    "ChainedSecrets",
    "ChallengeResult",
    "Client",
    "Clock",
    "Connection",
    "Debugger",
    "Denied",
    "DevelopmentSigner",
    "Directory",
    "DirectorySecrets",
    "EngineOptions",
    "EnrollmentResult",
    "EnvironmentSecrets",
    "Event",
    "Failed",
    "FileSecrets",
    "Flow",
    "FlowEngine",
    "FlowError",
    "FlowSettings",
    "FormResult",
    "HostError",
    "HttpRequest",
    "KeySigner",
    "LoginRequest",
    "LoginwrightError",
    "MappingSecrets",
    "MemoryCacheStore",
    "MemoryDirectory",
    "MemorySuspensionStore",
    "MemoryUserStore",
    "NoBrowser",
    "OAuthError",
    "OptionsError",
    "Outcome",
    "PostLoginAPI",
    "Problem",
    "RateLimitedError",
    "RedirectReturn",
    "RequestError",
    "ResourceServer",
    "ResumeRequest",
    "ScenarioError",
    "SecretError",
    "SecretSource",
    "SignerError",
    "SqliteStore",
    "StoreError",
    "Suspended",
    "SuspensionStore",
    "TokenContext",
    "TokenSigner",
    "TraceError",
    "TransactionDetails",
    "UserStore",
    "browser_cookie",
    "browser_cookie_name",
    "debugging",
    "jwk_set",
    "keep_process_private",
    "load_flow",
    "load_signer",
    "oauth_error",
    "simulation",
    "testing",
    "tracing",
    "validation",
]


if not TYPE_CHECKING:  # a checker would take any name for one of ours

    def __getattr__(name: str) -> object:
        """Load a public name when it is first asked for (PEP 562)."""
        if name in _MODULES:
            return import_module(f"{__name__}.{name}")
        home = _HOME_OF.get(name)
        if home is None:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value: object = getattr(import_module(f"{__name__}.{home}"), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    """List the public names."""
    return sorted(__all__)
