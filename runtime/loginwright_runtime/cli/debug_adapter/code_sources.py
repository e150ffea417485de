"""Names the code of a flow for an editor: files on disk, or texts by reference."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from loginwright_runtime.cli.debugged_login.errors import RefusedError
from loginwright_runtime.cli.debugged_login.sources import source_text

if TYPE_CHECKING:
    from loginwright_runtime.cli.debug_adapter.arguments import RequestArguments
    from loginwright_runtime.flow.model import Flow
    from loginwright_runtime.login.json_values import JsonObject

_CODE = (".js", ".cjs", ".mjs", ".py")
_TYPES = {".py": "text/x-python"}


class CodeSources:
    """The sources of one flow as it runs.

    A file is named by its path while the disk still holds what runs; else by a reference, so that
    the editor shows the code as it ran.

    Args:
        flow: As it was loaded.
        given: Where it was loaded from, as the client named it.
    """

    def __init__(self, flow: Flow, given: str) -> None:
        self._flow = flow
        folder = Path(given)
        self._folder = folder if folder.is_dir() else None
        self._references: list[str] = []

    def source(self, file: str) -> JsonObject:
        """Return DAP's ``Source`` for a path in the flow."""
        name = PurePosixPath(file).name
        path = self._path(file)
        if path is not None:
            return {"name": name, "path": path}
        if file not in self._references:
            self._references.append(file)
        number = self._references.index(file) + 1
        return {"name": name, "path": file, "sourceReference": number, "origin": "as it runs"}

    def file(self, source: RequestArguments) -> str | None:
        """Return the path in the flow of a client's ``Source``; None for foreign code."""
        reference = source.number("sourceReference", 0)
        if 0 < reference <= len(self._references):
            return self._references[reference - 1]
        given = source.optional_text("path")
        if given is None:
            return None
        if source_text(self._flow, given) is not None:
            return given
        return self._relative(_local_path(given))

    def content(self, arguments: RequestArguments) -> JsonObject:
        """Answer the request ``source``.

        Raises:
            RefusedError: There is no such source.
        """
        source = arguments.object("source")
        number = arguments.number("sourceReference", 0)
        file = self._references[number - 1] if 0 < number <= len(self._references) else None
        file = file or self.file(source)
        text = None if file is None else source_text(self._flow, file)
        if file is None or text is None:
            raise RefusedError("There is no such source.")
        return {
            "content": text,
            "mimeType": _TYPES.get(PurePosixPath(file).suffix, "text/javascript"),
        }

    def loaded(self) -> list[JsonObject]:
        """Return every file with code."""
        return [self.source(file) for file in sorted(self._flow.files) if file.endswith(_CODE)]

    def _path(self, file: str) -> str | None:
        folder = self._folder
        if file.startswith("node_modules/"):
            folder = None if self._flow.packages is None else Path(self._flow.packages)
        if folder is None:
            return None
        path = folder / file
        data = self._flow.files.get(file)
        try:
            same = data is None or path.read_bytes() == data
        except OSError:
            return None
        return os.path.abspath(path) if same else None

    def _relative(self, given: str) -> str | None:
        if self._folder is None:
            return None
        for folder, path in (
            (os.path.abspath(self._folder), given),
            (os.path.realpath(self._folder), _real(given)),
        ):
            if path.startswith(f"{folder}{os.sep}"):
                file = PurePosixPath(*Path(path).relative_to(folder).parts).as_posix()
                if source_text(self._flow, file) is not None:
                    return file
        return None


def _real(path: str) -> str:
    try:
        return os.path.realpath(path)
    except (OSError, ValueError):
        return path


def _local_path(given: str) -> str:
    """Return a path, also where it came as ``file:`` URI (``pathFormat`` is ``uri``)."""
    if not given.startswith("file:"):
        return os.path.normpath(given)
    try:
        return os.path.normpath(unquote(urlsplit(given).path))
    except ValueError:
        return given
