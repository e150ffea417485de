"""Gives names their values: declarations, assignments and patterns."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from loginwright_runtime.validation.collected import Collected
from loginwright_runtime.validation.syntax_tree import (
    Assign,
    Choice,
    Expression,
    Function,
    Index,
    Items,
    Logical,
    Member,
    Name,
    Record,
    Spread,
)
from loginwright_runtime.validation.trail import Trail
from loginwright_runtime.validation.values import (
    SECRETS,
    ApiValue,
    Derived,
    EventValue,
    ItemsValue,
    Value,
    derived,
    join,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loginwright_runtime.flow.model import Language
    from loginwright_runtime.validation.scopes import Scope

_CONVENTIONS: dict[str, Value] = {"event": EventValue(), "api": ApiValue()}


class BindingWalker(ABC):
    """Walks assignments.

    Attributes:
        language: Of the source.
        found: The facts so far.
        trail: The way to the present place.
        functions: Every function seen, with the names it sees; ``FunctionValue`` points here.
    """

    def __init__(self, language: Language) -> None:
        """Begin with nothing known."""
        self.language: Language = language
        self.found = Collected(language=language)
        self.trail = Trail()
        self.functions: list[tuple[Function, Scope]] = []

    @abstractmethod
    def evaluate(self, expression: Expression, scope: Scope) -> Value:
        """Return what an expression is; a part of the event is noted by whoever uses it."""

    @abstractmethod
    def member(self, expression: Expression, owner: Value, name: str) -> Value:
        """Return a member of a value that was read from ``expression``."""

    def use(self, expression: Expression, scope: Scope) -> Value:
        """Return what an expression is, and note what it reads of the event."""
        value = self.evaluate(expression, scope)
        self.note(expression, value)
        return value

    def use_all(self, expressions: Iterable[Expression], scope: Scope) -> tuple[Value, ...]:
        """Use several expressions in order."""
        return tuple(self.use(expression, scope) for expression in expressions)

    def hand_on(self, expression: Expression, scope: Scope) -> Value:
        """Return what an expression is, for who goes on with it: ``event.secrets`` is not noted.

        Whoever loses it on the way calls ``lose``.
        """
        value = self.evaluate(expression, scope)
        if value != SECRETS:
            self.note(expression, value)
        return value

    def lose(self, expression: Expression, value: Value, result: Value) -> None:
        """Note ``event.secrets`` that were handed on and are not what came of it."""
        if value == SECRETS != result:
            self.note(expression, value)

    def note(self, expression: Expression, value: Value) -> None:
        """Note what an expression reads of the event, unless a mere alias is meant."""
        alias = isinstance(expression, Name) and not _is_whole_part(value)
        of_ways = isinstance(expression, Logical | Choice) and value == SECRETS
        if of_ways or (isinstance(expression, Member | Index | Name) and not alias):
            self.found.read(value, (expression.line, expression.column), self.trail)

    def assign(self, assign: Assign, scope: Scope) -> Value:
        """Give a name, a member or a pattern its value."""
        value = self.evaluate(assign.value, scope)
        if not _is_alias(value):
            self.note(assign.value, value)
        self.bind(assign.target, value, scope, declares=assign.declares)
        return value

    def bind(self, target: Expression, value: Value, scope: Scope, *, declares: bool) -> None:
        """Bind a target to a value.

        Args:
            target: A name, a member or a pattern.
            value: What it gets.
            scope: Where names are made.
            declares: The names are new.
        """
        match target:
            case Name(name=name) if declares:
                scope.declare(name, value, self.trail.depth)
            case Name(name=name):
                local = self.language == "python"
                scope.assign(name, value, self.trail.depth, local=local)
                if value == SECRETS != scope.find(name):
                    self.found.escaped(value, (target.line, target.column))
            case Member():
                self.found.escaped(value, (target.line, target.column))
                self.set_member(target, value, scope)
            case Record(members=members):
                self._take_apart(members, value, scope, declares=declares)
            case Items(items=items):
                self._take_items(items, value, scope, declares=declares)
            case Assign(target=inner, value=default):
                either = join(value, self.use(default, scope))
                if value == SECRETS != either:
                    self.found.escaped(value, (target.line, target.column))
                self.bind(inner, either, scope, declares=declares)
            case Spread(value=inner):
                self.bind(inner, derived((value,)), scope, declares=declares)
            case _:
                self.found.escaped(value, (target.line, target.column))
                self.use(target, scope)

    def set_member(self, target: Member, value: Value, scope: Scope) -> None:
        """Give a member a value; what the action itself puts on ``api`` is remembered."""
        owner = self.evaluate(target.object, scope)
        if isinstance(owner, ApiValue):
            member = self.member(target.object, owner, target.name)
            if isinstance(member, ApiValue):
                self.found.api_additions.add(".".join(member.path))

    def _take_apart(
        self,
        members: tuple[tuple[str | None, Expression], ...],
        value: Value,
        scope: Scope,
        *,
        declares: bool,
    ) -> None:
        for key, inner in members:
            if key is None:
                self.found.escaped(value, (inner.line, inner.column))
                self.bind(inner, derived((value,)), scope, declares=declares)
                continue
            part = self.member(inner, value, key)
            if not _is_alias(part) and not isinstance(inner, Record | Items):
                self.found.read(part, (inner.line, inner.column), self.trail)
            self.bind(inner, part, scope, declares=declares)

    def _take_items(
        self, targets: tuple[Expression, ...], value: Value, scope: Scope, *, declares: bool
    ) -> None:
        items = value.items if isinstance(value, ItemsValue) else ()
        for index, target in enumerate(targets):
            part = items[index] if index < len(items) else derived((value,))
            self.bind(target, part, scope, declares=declares)

    def conventional(self, target: Expression, value: Value) -> Value:
        """Return ``event`` and ``api`` for parameters of these names whose value is unknown."""
        if isinstance(target, Name) and isinstance(value, Derived):
            return _CONVENTIONS.get(target.name, value)
        return value


def _is_whole_part(value: Value) -> bool:
    """Tell ``event.user`` and its like from a member inside them."""
    return isinstance(value, EventValue) and len(value.path) == 1


def _is_alias(value: Value) -> bool:
    """Tell values that are read only where the name that holds them is used."""
    return isinstance(value, EventValue) and len(value.path) < 2
