"""Finds out what expressions are known to be, and notes what they read."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from typing_extensions import override

from loginwright_runtime.api.names import snake_case
from loginwright_runtime.login.platform_spelling import camel_case
from loginwright_runtime.validation.binding import BindingWalker
from loginwright_runtime.validation.collected import TooMuchCodeError
from loginwright_runtime.validation.control_flow import Ways
from loginwright_runtime.validation.facts import Guard
from loginwright_runtime.validation.syntax_tree import (
    Assign,
    Call,
    Choice,
    Compare,
    Constant,
    Element,
    Evaluate,
    Expression,
    Function,
    Index,
    Items,
    Logical,
    Member,
    Name,
    Opaque,
    Record,
    Regex,
    Spread,
    Statement,
    Template,
    Text,
    operands,
)
from loginwright_runtime.validation.trail import Arrival, meet
from loginwright_runtime.validation.values import (
    CAN_REDIRECT,
    EXPORTS,
    MODULE,
    ApiValue,
    ConstantValue,
    Derived,
    EventValue,
    FunctionValue,
    ItemsValue,
    ModuleValue,
    RecordValue,
    RegexValue,
    ReplyValue,
    TextValue,
    Value,
    checked,
    derived,
    join,
    member,
    sources,
    text_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from loginwright_runtime.flow.model import Language
    from loginwright_runtime.validation.scopes import Scope

SILENCE: frozenset[str] = frozenset(
    {CAN_REDIRECT, "transaction.protocol", "transaction.prompt", "request.query.prompt"}
)
"""What tells that nobody can be sent away (security.md 3 and 4)."""

_MAX_STEPS = 150_000
_JAVASCRIPT_NAMES: Mapping[str, Value] = {
    "exports": EXPORTS,
    "module": MODULE,
    "undefined": ConstantValue(),
    # From which a module reads the secrets of the action that uses it (reference §7.7).
    "actions": RecordValue({"secrets": EventValue(("secrets",))}, complete=False),
}


class ExpressionWalker(BindingWalker):
    """Walks expressions; calls and functions are the business of its subclasses."""

    def __init__(self, language: Language) -> None:
        """Begin with nothing known."""
        super().__init__(language)
        self.declared: dict[str, Function] = {}
        self._indexes: dict[tuple[int, int], int] = {}
        self._steps = 0

    @abstractmethod
    def call(self, call: Call, scope: Scope) -> Value:
        """Return what a call gives."""

    @abstractmethod
    def run_unseen(self, values: Iterable[Value]) -> None:
        """Walk functions among the values: something that cannot be followed may call them."""

    @override
    def evaluate(self, expression: Expression, scope: Scope) -> Value:
        """Return what an expression is; a part of the event is noted by whoever uses it."""
        self._steps += 1
        if self._steps > _MAX_STEPS:
            raise TooMuchCodeError
        match expression:
            case Text(value=text):
                return TextValue((text,))
            case Constant(value=value):
                return ConstantValue(value)
            case Regex(pattern=pattern):
                return RegexValue(pattern)
            case Name(name=name):
                return self._name(name, scope)
            case Function():
                return self.function(expression, scope)
            case Template(parts=parts):
                return text_of(self.use_all(parts, scope))
            case Call():
                return self.call(expression, scope)
            case Member() | Index():
                return self._part(expression, scope)
            case _:
                return self._compound(expression, scope)

    def _name(self, name: str, scope: Scope) -> Value:
        known = scope.find(name)
        if known is not None:
            return known
        if self.language == "javascript":
            if name == "this":
                return EXPORTS if scope.is_module else Derived()
            return _JAVASCRIPT_NAMES.get(name, Derived())
        return Derived()

    def function(self, function: Function, scope: Scope) -> FunctionValue:
        """Return a function as a value; it is walked when something calls it."""
        key = (id(function), id(scope))
        if key not in self._indexes:
            self._indexes[key] = len(self.functions)
            self.functions.append((function, scope))
        return FunctionValue(self._indexes[key])

    def _compound(
        self,
        expression: Record
        | Items
        | Logical
        | Compare
        | Choice
        | Assign
        | Element
        | Spread
        | Opaque,
        scope: Scope,
    ) -> Value:
        match expression:
            case Record():
                return self._record(expression, scope)
            case Items(items=items):
                complete = not any(isinstance(item, Spread) for item in items)
                return ItemsValue(self.use_all(items, scope), complete)
            case Logical():
                return self._logical(expression, scope)
            case Choice():
                return self._choice(expression, scope)
            case Assign():
                return self.assign(expression, scope)
            case Compare():
                return self.compare(expression, scope)
            case Element() | Spread() | Opaque():
                values = self.use_all(operands(expression), scope)
                self.run_unseen(values)
                return derived(values)

    def compare(self, compare: Compare, scope: Scope) -> Value:
        """Return what a comparison gives: something checked."""
        return derived(self.use_all((compare.left, compare.right), scope), by_check=True)

    def _record(self, record: Record, scope: Scope) -> Value:
        members: dict[str, Value] = {}
        complete = True
        for key, expression in record.members:
            value = self.use(expression, scope)
            if key is None:
                complete = False
            else:
                members[key] = value
        return RecordValue(members, complete)

    # --- parts ------------------------------------------------------------------------------------

    def _part(self, expression: Member | Index, scope: Scope) -> Value:
        owner = self.evaluate(expression.object, scope)
        if isinstance(expression, Member):
            return self.member(expression.object, owner, expression.name)
        key = self.use(expression.key, scope)
        if isinstance(key, TextValue) and len(key.parts) == 1 and isinstance(key.parts[0], str):
            return self.member(expression.object, owner, key.parts[0])
        if isinstance(owner, ModuleValue) and owner == EXPORTS:
            self.found.exports_unseen = True
        self.note(expression.object, owner)
        return derived((owner, key))

    @override
    def member(self, expression: Expression, owner: Value, name: str) -> Value:
        match owner:
            case EventValue(path=path):
                return EventValue((*path, name))
            case ApiValue(path=path, foreign=foreign):
                python = self.language == "python"
                foreign = foreign or (python and name != snake_case(name))
                return ApiValue((*path, camel_case(name) if python else name), foreign)
            case ReplyValue(path=path):
                return ReplyValue((*path, name))
            case ModuleValue() if owner == MODULE and name == "exports":
                return EXPORTS
            case ModuleValue(name=module):
                return ModuleValue(f"{module}.{name}")
            case RecordValue() | ItemsValue() | Derived() | TextValue():
                return member(owner, name)
            case _:
                self.note(expression, owner)
                return derived((owner,))

    # --- conditions -------------------------------------------------------------------------------

    def guard(
        self, test: Expression, value: Value, instead: tuple[tuple[Statement, ...], ...]
    ) -> Guard:
        """Return a condition on the way.

        Args:
            test: The condition.
            value: What it was found to be.
            instead: What runs on the way not taken.
        """
        found = sources(value)
        closed = found.isdisjoint(SILENCE) or self._close(instead)
        return Guard(test.line, test.column, found, checked(value), closed)

    def _close(self, blocks: tuple[tuple[Statement, ...], ...]) -> bool:
        ways = Ways(self.declared.get)
        closed = ways.close(blocks)
        self._steps += ways.visited
        return closed

    def _logical(self, logical: Logical, scope: Scope) -> Value:
        left = self.hand_on(logical.left, scope)
        skipped = Arrival(self.trail.earlier, self.trail.alive)
        with self.trail.under(self.guard(logical.left, left, self.trail.rest)):
            right = self.hand_on(logical.right, scope)
            taken = Arrival(self.trail.earlier, self.trail.alive)
        meet(self.trail, (skipped, taken))
        either = logical.operator == "or"
        kept = either and not isinstance(left, Derived)
        result = join(left, right) if kept else derived((left, right))
        if either:
            self.lose(logical.left, left, result)
        self.lose(logical.right, right, result)
        return result

    def _choice(self, choice: Choice, scope: Scope) -> Value:
        test = self.use(choice.test, scope)
        before = Arrival(self.trail.earlier, self.trail.alive)
        values: list[Value] = []
        ways = (choice.then, choice.otherwise)
        arrivals: list[Arrival] = []
        for taken, other in (ways, ways[::-1]):
            instead = (Evaluate(other.line, other.column, other),)
            self.trail.earlier, self.trail.alive = before.earlier, before.alive
            with self.trail.under(self.guard(choice.test, test, (instead, *self.trail.rest))):
                values.append(self.hand_on(taken, scope))
                arrivals.append(Arrival(self.trail.earlier, self.trail.alive))
        meet(self.trail, tuple(arrivals))
        result = join(values[0], values[1])
        for way, value in zip(ways, values, strict=True):
            self.lose(way, value, result)
        return result
