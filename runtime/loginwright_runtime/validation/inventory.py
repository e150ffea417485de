"""Lists what a source holds wherever it stands: the modules it uses and literals like secrets."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from loginwright_runtime.validation.facts import ModuleUse, SecretLike
from loginwright_runtime.validation.secret_shapes import secret_kind
from loginwright_runtime.validation.syntax_tree import (
    Assign,
    Attempt,
    Call,
    Choice,
    Compare,
    Expression,
    Function,
    Import,
    Items,
    Logical,
    Member,
    Name,
    Record,
    Statement,
    Template,
    Text,
    expressions_of,
    operands,
    statements_of,
)

_LOOKS_UP = re.compile(r"(includes|has|indexOf|startsWith|endsWith|test|match|get|split|join)\Z")


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands around an expression."""

    name: str | None = None
    identifies: bool = False
    optional: bool = False


@dataclass(slots=True)
class Inventory:
    """What was found in one source."""

    modules: list[ModuleUse] = field(default_factory=list[ModuleUse])
    secret_likes: list[SecretLike] = field(default_factory=list[SecretLike])

    def take(self, block: tuple[Statement, ...], *, optional: bool = False) -> None:
        """List what a block holds, functions included.

        Args:
            block: Statements.
            optional: An error in them is handled around them.
        """
        for statement in block:
            for expression in expressions_of(statement):
                self._take(expression, _Around(optional=optional))
            if isinstance(statement, Import):
                self._import(statement, optional=optional)
            for index, inner in enumerate(statements_of(statement)):
                tried = isinstance(statement, Attempt) and index == 0 and bool(statement.rescues)
                self.take(inner, optional=optional or tried)

    def _import(self, statement: Import, *, optional: bool) -> None:
        names = tuple(name for _, name in statement.names)
        place = (statement.line, statement.column)
        self.modules.append(ModuleUse(statement.module, *place, optional, names))

    def _take(self, expression: Expression, around: _Around) -> None:
        match expression:
            case Text():
                self._text(expression, around)
            case Template(parts=parts):
                self._all(parts, around)
            case Assign(target=target, value=value):
                self._take(target, replace(around, name=None))
                self._take(value, replace(around, name=_name_of(target), identifies=False))
            case Record(members=members):
                for key, value in members:
                    self._take(value, replace(around, name=key, identifies=False))
            case Function(parameters=parameters, body=body):
                self._all(parameters, around)
                self.take(body, optional=around.optional)
            case Call():
                self._call(expression, around)
            case Items() | Logical() | Choice():
                listed = around.identifies or isinstance(expression, Items)
                self._all(operands(expression), replace(around, identifies=listed))
            case _:
                compared = isinstance(expression, Compare)
                self._all(operands(expression), replace(around, name=None, identifies=compared))

    def _all(self, expressions: tuple[Expression, ...], around: _Around) -> None:
        for expression in expressions:
            self._take(expression, around)

    def _call(self, call: Call, around: _Around) -> None:
        name = _name_of(call.callee)
        arguments = call.arguments
        loads = isinstance(call.callee, Name) and name in ("require", "import")
        if loads and arguments and isinstance(arguments[0], Text):
            place = (call.line, call.column)
            module, required = arguments[0].value, name == "require"
            self.modules.append(ModuleUse(module, *place, around.optional, required=required))
            return
        looks_up = name is not None and _LOOKS_UP.search(name) is not None
        inside = replace(around, name=None, identifies=looks_up)
        self._take(call.callee, inside)
        self._all(arguments, inside)
        if call.options is not None:
            self._take(call.options, inside)

    def _text(self, text: Text, around: _Around) -> None:
        kind = secret_kind(text.value, around.name, identifies=around.identifies)
        if kind is not None:
            self.secret_likes.append(SecretLike(kind, text.line, text.column, around.name))


def _name_of(expression: Expression) -> str | None:
    match expression:
        case Name(name=name) | Member(name=name):
            return name
        case _:
            return None
