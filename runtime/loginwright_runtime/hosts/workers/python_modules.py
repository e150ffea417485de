"""The flow's modules: actions run from memory, ``lib`` is imported from memory, both warm or fresh.

A module is compiled once a worker, under the name of its file below the flow's root, so that a
traceback shows its lines. Modules of the flow see a copy of ``builtins``: what an action replaces
there reaches the flow's other modules, as on a shared realm, and nothing else.
"""

from __future__ import annotations

import builtins
import importlib.machinery
import linecache
import posixpath
import sys
import types
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from importlib.abc import Loader

_LIB = "lib"
_PACKAGE_FILE = "__init__.py"


class FlowFiles:
    """The source files of the flow, by their path below its root."""

    def __init__(self, root: str, files: Mapping[str, str]) -> None:
        """Keep the files; ``root`` is the folder in whose name they run."""
        self._root = root.rstrip("/") + "/"
        self.texts = files
        self._code: dict[str, types.CodeType] = {}

    def name(self, path: str) -> str:
        """Return the file name that code objects and stack frames carry."""
        return self._root + path

    def path(self, name: str) -> str | None:
        """Return the path below the root; None for a file that is not the flow's."""
        if not name.startswith(self._root):
            return None
        path = name[len(self._root) :]
        return path if path in self.texts else None

    def code(self, path: str) -> types.CodeType:
        """Return a compiled source, and let tracebacks know its lines.

        Raises:
            SyntaxError: As the compiler found it.
        """
        code = self._code.get(path)
        if code is None:
            text, name = self.texts[path], self.name(path)
            linecache.cache[name] = (len(text), None, text.splitlines(keepends=True), name)
            code = self._code[path] = compile(text, name, "exec", dont_inherit=True)
        return code


class FlowModules:
    """Loads and keeps the modules of one flow."""

    def __init__(self, files: FlowFiles) -> None:
        """Let ``import lib`` find the flow's files from now on."""
        self._files = files
        self._actions: dict[str, types.ModuleType] = {}
        self._real_builtins = dict(vars(builtins))
        self._builtins = types.ModuleType("builtins")
        vars(self._builtins).update(self._real_builtins)
        sys.modules["builtins"] = self._builtins
        if any(path.startswith(f"{_LIB}/") for path in files.texts):
            sys.meta_path.insert(0, _LibFinder(files, self._builtins))

    def forget(self) -> None:
        """Drop every module of the flow, and what they changed in ``builtins``."""
        names = [module.__name__ for module in self._actions.values()]
        names += [name for name in sys.modules if name == _LIB or name.startswith(f"{_LIB}.")]
        for name in names:
            sys.modules.pop(name, None)
        self._actions.clear()
        if vars(self._builtins) != self._real_builtins:
            vars(self._builtins).clear()
            vars(self._builtins).update(self._real_builtins)

    def loaded(self, path: str) -> types.ModuleType | None:
        """Return an action's module if it is warm."""
        return self._actions.get(path)

    def load(self, path: str) -> types.ModuleType:
        """Evaluate an action's module; it is kept only when that succeeds.

        Raises:
            BaseException: Whatever the module's own code raises, SyntaxError included.
        """
        module = types.ModuleType(path.removesuffix(".py").replace("/", "."))
        module.__file__ = self._files.name(path)
        vars(module)["__builtins__"] = self._builtins
        sys.modules[module.__name__] = module
        try:
            exec(self._files.code(path), vars(module))  # noqa: S102 - what a worker is for
        except BaseException:
            sys.modules.pop(module.__name__, None)
            raise
        self._actions[path] = module
        return module


class _LibFinder:
    """Finds ``lib`` and what is below it among the flow's files."""

    def __init__(self, files: FlowFiles, flow_builtins: types.ModuleType) -> None:
        self._files = files
        self._builtins = flow_builtins

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,
        target: types.ModuleType | None = None,
    ) -> importlib.machinery.ModuleSpec | None:
        """Return where ``fullname`` comes from; None when it is not the flow's."""
        if fullname != _LIB and not fullname.startswith(f"{_LIB}."):
            return None
        stem = fullname.replace(".", "/")
        init = f"{stem}/{_PACKAGE_FILE}"
        for source, package in ((init, True), (f"{stem}.py", False)):
            if source in self._files.texts:
                return self._spec(fullname, source, package)
        if any(name.startswith(f"{stem}/") for name in self._files.texts):
            return self._spec(fullname, init, package=True)
        return None

    def _spec(self, name: str, source: str, package: bool) -> importlib.machinery.ModuleSpec:
        loader = _LibLoader(self._files, source, self._builtins)
        origin = self._files.name(source)
        spec = importlib.machinery.ModuleSpec(
            name, cast("Loader", loader), origin=origin, is_package=package
        )
        spec.has_location = source in self._files.texts
        if package:
            spec.submodule_search_locations = [posixpath.dirname(origin)]
        return spec


class _LibLoader:
    """Evaluates one file of ``lib``; a folder without ``__init__.py`` is an empty package."""

    def __init__(self, files: FlowFiles, source: str, flow_builtins: types.ModuleType) -> None:
        self._files = files
        self._source = source
        self._builtins = flow_builtins

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType | None:
        """Return None: an ordinary module will do."""
        return None

    def exec_module(self, module: types.ModuleType) -> None:
        """Evaluate the file in ``module``."""
        vars(module)["__builtins__"] = self._builtins
        if self._source in self._files.texts:
            exec(self._files.code(self._source), vars(module))  # noqa: S102 - what a worker is for

    def get_source(self, fullname: str) -> str | None:
        """Return the source, for tracebacks and ``inspect``."""
        return self._files.texts.get(self._source)

    def is_package(self, fullname: str) -> bool:
        """Tell a package from a module."""
        return posixpath.basename(self._source) == _PACKAGE_FILE

    def get_data(self, path: str) -> bytes:
        """Return a data file of the flow (``pkgutil.get_data``).

        Raises:
            FileNotFoundError: The flow has no such file.
        """
        below = self._files.path(path)
        if below is None:
            raise FileNotFoundError(f"The flow has no file {path!r}.")
        return self._files.texts[below].encode()
