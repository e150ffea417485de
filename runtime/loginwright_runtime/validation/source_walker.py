"""Walks a whole source: the module's own code, then each handler it exports, then the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import override

from loginwright_runtime.validation.collected import TooMuchCodeError
from loginwright_runtime.validation.facts import Handler
from loginwright_runtime.validation.scopes import Scope
from loginwright_runtime.validation.statements import StatementWalker
from loginwright_runtime.validation.syntax_tree import (
    Assign,
    Expression,
    Index,
    Member,
    Name,
    Record,
    Statement,
)
from loginwright_runtime.validation.values import (
    EXPORTS,
    MODULE,
    FunctionValue,
    RecordValue,
    Value,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from loginwright_runtime.extension_points import HandlerName
    from loginwright_runtime.flow.model import Language
    from loginwright_runtime.validation.collected import Collected, Place

_JAVASCRIPT: Mapping[str, HandlerName] = {
    "onExecutePostLogin": "onExecutePostLogin",
    "onContinuePostLogin": "onContinuePostLogin",
}
_PYTHON: Mapping[str, HandlerName] = {
    "on_execute_post_login": "onExecutePostLogin",
    "on_continue_post_login": "onContinuePostLogin",
}


def walk_source(tree: tuple[Statement, ...], language: Language) -> tuple[Collected, bool]:
    """Collect the facts of a source.

    Args:
        tree: Its statements.
        language: Decides how handlers are exported and names are looked up.

    Returns:
        The facts, and whether all of the code could be followed.
    """
    walker = _SourceWalker(language)
    try:
        walker.walk_module(tree)
    except (TooMuchCodeError, RecursionError):
        return walker.found, False
    return walker.found, True


class _SourceWalker(StatementWalker):
    def __init__(self, language: Language) -> None:
        super().__init__(language)
        self._module = Scope()

    def walk_module(self, tree: tuple[Statement, ...]) -> None:
        self.walk(tree, self._module)
        if self.language == "python":
            self._find_python_handlers()
        for name, (_, value) in tuple(self.found.handlers.items()):
            if isinstance(value, FunctionValue):
                self.run(name, value)
        self.run_never_called()

    def _find_python_handlers(self) -> None:
        self.found.exports_unseen = self._module.find("*") is not None
        for spelt, name in _PYTHON.items():
            value = self._module.find(spelt)
            if value is None:
                continue
            place = (1, 1)
            if isinstance(value, FunctionValue):
                code, _ = self.functions[value.index]
                place = (code.line, code.column)
            self._export(name, value, place)

    # --- JavaScript's exports ---------------------------------------------------------------------

    @override
    def assign(self, assign: Assign, scope: Scope) -> Value:
        around = self.trail.handler
        if isinstance(assign.target, Member) and around is None:
            self.trail.handler = _JAVASCRIPT.get(assign.target.name)
        value = super().assign(assign, scope)
        self.trail.handler = around
        if isinstance(assign.target, Member) and assign.target.name == "exports":
            self._export_all(assign, value, scope)
        return value

    @override
    def bind(self, target: Expression, value: Value, scope: Scope, *, declares: bool) -> None:
        exports = isinstance(target, Name) and target.name == "exports"
        if not exports or self.language == "python":
            super().bind(target, value, scope, declares=declares)
        if isinstance(target, Index) and self.evaluate(target.object, scope) == EXPORTS:
            self.found.exports_unseen = True

    @override
    def set_member(self, target: Member, value: Value, scope: Scope) -> None:
        super().set_member(target, value, scope)
        name = _JAVASCRIPT.get(target.name)
        if name is not None and self.evaluate(target.object, scope) == EXPORTS:
            self._export(name, value, (target.line, target.column))

    def _export_all(self, assign: Assign, value: Value, scope: Scope) -> None:
        if not isinstance(assign.target, Member):
            return
        if self.evaluate(assign.target.object, scope) != MODULE:
            return
        if isinstance(value, FunctionValue):
            self.found.exports_function = True
        elif isinstance(value, RecordValue):
            # What a name stands for may have been given more members on the way.
            changed = not isinstance(_assigned(assign), Record) and not _JAVASCRIPT.keys() & set(
                value.members
            )
            self.found.exports_unseen = changed or not value.complete
            self._export_members(assign, value)
        else:
            self.found.exports_unseen = True

    def _export_members(self, assign: Assign, value: RecordValue) -> None:
        places = dict(_places(assign))
        for spelt, name in _JAVASCRIPT.items():
            if spelt in value.members:
                place = places.get(spelt, (assign.line, assign.column))
                self._export(name, value.members[spelt], place)

    def _export(self, name: HandlerName, value: Value, place: Place) -> None:
        self.found.handlers[name] = (Handler(name, *place), value)


def _assigned(assign: Assign) -> Expression:
    """Return what ``a = b = …`` gives to all of them."""
    value = assign.value
    while isinstance(value, Assign):
        value = value.value
    return value


def _places(assign: Assign) -> Iterator[tuple[str, Place]]:
    """Return where the members of an exported object literal stand."""
    value = _assigned(assign)
    if isinstance(value, Record):
        for key, member in value.members:
            if key is not None:
                yield key, (member.line, member.column)
