"""The parts of an engine that the command line chooses: options, secrets, signer, network."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from loginwright_runtime.engine.options import EngineOptions
from loginwright_runtime.errors import OptionsError, Problem
from loginwright_runtime.login.fault_words import fault_in_words
from loginwright_runtime.stores.secret_sources import (
    ChainedSecrets,
    DirectorySecrets,
    EnvironmentSecrets,
    FileSecrets,
    MappingSecrets,
)
from loginwright_runtime.tokens.development_signer import DevelopmentSigner

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic_core import ErrorDetails

    from loginwright_runtime.cli.arguments import EngineArguments
    from loginwright_runtime.cli.screen import Screen
    from loginwright_runtime.cli.values import ValueReader
    from loginwright_runtime.extension_points import SecretSource, TokenSigner
    from loginwright_runtime.simulation import Network


def engine_options(arguments: EngineArguments) -> EngineOptions:
    """Return the options of ``--config``, or the defaults.

    Raises:
        OptionsError: The file cannot be read, or says what no option is.
    """
    if arguments.config is None:
        return EngineOptions()
    import tomllib

    file = arguments.config
    try:
        # Some editors write a byte order mark, which TOML does not know.
        members = tomllib.loads(Path(file).read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise _fault(file, None, f"The file cannot be read: {error.strerror}.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise _fault(file, None, f"This is not TOML: {error}.") from None
    try:
        return EngineOptions.model_validate(members)
    except ValidationError as error:
        raise OptionsError(
            *(
                _problem(file, str(detail["loc"][0]), detail)
                for detail in error.errors(include_input=False, include_url=False)
            )
        ) from None


def _problem(file: str, key: str, fault: ErrorDetails) -> Problem:
    if fault["type"] == "extra_forbidden":
        known = ", ".join(sorted(EngineOptions.model_fields))
        return Problem(
            "unknown-key",
            "error",
            f'There is no option "{key}".',
            f"Known are {known}.",
            file,
            path=f"$.{key}",
        )
    reason, remedy = fault_in_words(fault)
    return Problem(
        "invalid-value",
        "error",
        f'The option "{key}" cannot be used: {reason}.',
        f"{remedy} docs/command-line.md lists the options.",
        file,
        path=f"$.{key}",
    )


def _fault(file: str, key: str | None, message: str) -> OptionsError:
    path = None if key is None else f"$.{key}"
    return OptionsError(
        Problem("invalid-config", "error", message, "Name a TOML file of options.", file, path=path)
    )


def network_of(
    arguments: EngineArguments, options: EngineOptions, default: Network
) -> tuple[Network | None, Network]:
    """Return what ``--network`` says, and what counts where neither it nor a scenario says any."""
    fallback = options.network if "network" in options.model_fields_set else default
    match arguments.network:
        case "open":
            return "open", fallback
        case "none":
            return "none", fallback
        case _:
            return None, fallback


def secret_source(
    arguments: EngineArguments, values: ValueReader, environ: Mapping[str, str] = os.environ
) -> SecretSource:
    """Return where secrets come from; the first hit wins (contract.md, "Secrets").

    Raises:
        SecretError: A secrets file or folder cannot be used.
        BadInputError: Standard input was read before.
    """
    sources: list[SecretSource] = []
    if arguments.secrets == "-":
        members, _name = values.object(arguments.secrets, "--secrets")
        sources.append(MappingSecrets(_as_secrets(members)))
    elif arguments.secrets is not None:
        sources.append(FileSecrets(arguments.secrets.removeprefix("@")))
    if arguments.secrets_dir is not None:
        sources.append(DirectorySecrets(arguments.secrets_dir))
    return ChainedSecrets(*sources, EnvironmentSecrets(environ))


def _as_secrets(members: Mapping[str, object]) -> dict[str, str | Mapping[str, str]]:
    """Return members as MappingSecrets takes them; it judges every one of them itself."""
    values: dict[str, str | Mapping[str, str]] = members  # type: ignore[assignment]  # judged there
    return values


def token_signer(arguments: EngineArguments, options: EngineOptions, screen: Screen) -> TokenSigner:
    """Return what signs tokens: the key of ``--signing-key``, or the development key.

    Raises:
        OptionsError: An issuer is set and no key given, or the key cannot be used.
    """
    if arguments.signing_key is None:
        if options.issuer is not None:
            message = "An issuer is set, and the development key signs for none but its own."
            remedy = "Give that issuer's key with --signing-key, or leave the issuer unset."
            raise OptionsError(
                Problem(
                    "issuer-without-key",
                    "error",
                    message,
                    remedy,
                    arguments.config,
                    path="$.issuer",
                )
            )
        return DevelopmentSigner()
    from loginwright_runtime.tokens.signing_key_file import load_signer

    loaded = load_signer(Path(arguments.signing_key))
    screen.problems(loaded.problems)
    if loaded.signer.algorithm != options.algorithm:
        message = (
            f"The key signs {loaded.signer.algorithm}, and the algorithm is {options.algorithm}."
        )
        remedy = f'Set algorithm = "{loaded.signer.algorithm}" in --config, or bring another key.'
        raise OptionsError(Problem("wrong-key", "error", message, remedy, arguments.signing_key))
    return loaded.signer
