"""Where secret values come from: a mapping, a file, a folder, the environment, or one by one.

Values never appear in an error or a ``repr`` (security.md 23).
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, cast

from typing_extensions import override

from loginwright_runtime.extension_points import SecretRequest, SecretSource
from loginwright_runtime.flow.secret_names import is_secret_name
from loginwright_runtime.stores.secret_values import (
    MAX_SECRET_BYTES,
    SecretTable,
    SecretValues,
    check_value,
    secret_problem,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

ENVIRONMENT_PREFIX = "LOGINWRIGHT_SECRET_"

_MAX_FILE_BYTES = 4_000_000


class MappingSecrets:
    """Secrets from a mapping, by name or by action and name."""

    def __init__(self, values: SecretValues) -> None:
        """Copy ``{"NAME": "v"}`` or ``{"action-id": {"NAME": "v"}}``; SecretError for others."""
        self._table = SecretTable(values)

    async def secrets(self, request: SecretRequest) -> Mapping[str, str]:
        """Return the values found; those under the action's id come before those for all."""
        return self._table.of(request.action_id, request.names)

    @override
    def __repr__(self) -> str:
        return f"MappingSecrets({self._table!r})"


class FileSecrets:
    """Secrets from a JSON file (``--secrets``), read once, when the source is made."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        """Read ``{"NAME": "v"}`` or ``{"action-id": {"NAME": "v"}}``.

        Raises:
            SecretError: The file cannot be read or has another shape; names file, JSON path,
                reason and remedy, never a value.
        """
        self._file = os.fspath(path)
        self._table = SecretTable(_read_object(self._file), file=self._file)

    async def secrets(self, request: SecretRequest) -> Mapping[str, str]:
        """Return the values found; those under the action's id come before those for all."""
        return self._table.of(request.action_id, request.names)

    @override
    def __repr__(self) -> str:
        return f"FileSecrets({self._file!r}, {self._table!r})"


class DirectorySecrets:
    """Secrets from a folder with one file a name, as container platforms mount them.

    Each is read when it is asked for, so that a value the platform rotates is seen by the next
    login. One line end at the end of a file (LF or CR LF) does not belong to the value; all else
    does. Links are followed.
    """

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        """Remember the folder; SecretError when it is none."""
        self._folder = os.fspath(folder)
        if not Path(self._folder).is_dir():
            raise secret_problem(
                "There is no such folder.", "Name the folder that holds them.", file=self._folder
            )

    async def secrets(self, request: SecretRequest) -> Mapping[str, str]:
        """Return the values of the files found; SecretError when one cannot be read."""
        read = {
            name: self._read(Path(self._folder, name))
            for name in request.names
            if is_secret_name(name)
        }
        return {name: value for name, value in read.items() if value is not None}

    def _read(self, path: Path) -> str | None:
        try:
            with path.open("rb") as file:
                content = file.read(MAX_SECRET_BYTES + 3)  # a line end and one byte too many
        except FileNotFoundError:
            return None
        except OSError as error:
            raise secret_problem(
                f"The secret cannot be read: {error.strerror}.",
                "Make it a file that the user of this process may read.",
                file=str(path),
            ) from None
        content = content.removesuffix(b"\r\n" if content.endswith(b"\r\n") else b"\n")
        return check_value(_text(content, str(path)), file=str(path))

    @override
    def __repr__(self) -> str:
        return f"DirectorySecrets({self._folder!r})"


class EnvironmentSecrets:
    """Secrets from variables named ``LOGINWRIGHT_SECRET_<NAME>``."""

    def __init__(self, environ: Mapping[str, str] | None = None) -> None:
        """Copy the variables of ``environ`` that begin so; None takes ``os.environ``."""
        self._values = {
            name.removeprefix(ENVIRONMENT_PREFIX): value
            for name, value in (os.environ if environ is None else environ).items()
            if name.startswith(ENVIRONMENT_PREFIX)
        }

    async def secrets(self, request: SecretRequest) -> Mapping[str, str]:
        """Return the values found; SecretError when one is too long or no valid UTF-8."""
        return {
            name: check_value(self._values[name], file=ENVIRONMENT_PREFIX + name)
            for name in request.names
            if name in self._values
        }

    @override
    def __repr__(self) -> str:
        return f"EnvironmentSecrets({', '.join(sorted(self._values))})"


class ChainedSecrets:
    """Several sources, of which the first that knows a name gives its value (contract.md)."""

    def __init__(self, *sources: SecretSource) -> None:
        """Ask ``sources`` in this order."""
        self._sources = sources

    async def secrets(self, request: SecretRequest) -> Mapping[str, str]:
        """Return the values found; a source is asked only for names still missing."""
        found: dict[str, str] = {}
        for source in self._sources:
            missing = tuple(name for name in request.names if name not in found)
            if missing:
                asked = SecretRequest(request.flow_name, request.action_id, missing)
                found.update(await source.secrets(asked))
        return found

    @override
    def __repr__(self) -> str:
        return f"ChainedSecrets({', '.join(type(source).__name__ for source in self._sources)})"


class _TwiceError(ValueError):
    """A key stands twice in one object."""


def _read_object(file: str) -> Mapping[str, object]:
    try:
        with Path(file).open("rb") as opened:
            content = opened.read(_MAX_FILE_BYTES + 1)
    except OSError as error:
        raise secret_problem(
            f"The file cannot be read: {error.strerror}.",
            "Name a JSON file that the user of this process may read.",
            file=file,
        ) from None
    if len(content) > _MAX_FILE_BYTES:
        raise secret_problem(
            "The file is larger than 4 MB.", "Name the file that holds the secrets.", file=file
        )
    parsed = _parse(_text(content.removeprefix(b"\xef\xbb\xbf"), file), file)
    if isinstance(parsed, dict):
        return cast("dict[str, object]", parsed)
    raise secret_problem(
        "The file holds no JSON object.", 'Write {"NAME": "value"}.', file=file, path="$"
    )


def _parse(text: str, file: str) -> object:
    try:
        return json.loads(text, object_pairs_hook=_without_repetition)
    except json.JSONDecodeError as error:
        problem = secret_problem(
            f"The file is no JSON: line {error.lineno}, column {error.colno}.",
            "Correct it there.",
            file=file,
        )
    except _TwiceError:
        problem = secret_problem(
            "A key stands twice in one object.", "Keep one of them.", file=file, path="$"
        )
    except (ValueError, RecursionError):  # a number of thousands of digits, or deep nesting
        problem = secret_problem(
            "The file cannot be read as JSON.", 'Write {"NAME": "value"}.', file=file, path="$"
        )
    raise problem  # outside the handlers, so that no document hangs on the error


def _without_repetition(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise _TwiceError
    return members


def _text(content: bytes, file: str) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError:
        pass
    raise secret_problem("The file is no UTF-8.", "Write it in UTF-8.", file=file)
