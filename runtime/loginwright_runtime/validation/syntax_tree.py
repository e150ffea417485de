"""A small syntax tree that says the same of JavaScript and Python, for the rules to read.

Both readers (``javascript_tree``, ``python_tree``) leave out what no rule asks about: what they do
not know becomes ``Opaque`` with its children, so that nothing inside it is lost. ``await``,
parentheses and, but for what a call asks for, optional chaining disappear; string concatenation
and templates are both ``Template``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from typing_extensions import override

__all__ = [
    "Assign",
    "Attempt",
    "Branch",
    "Call",
    "Choice",
    "Compare",
    "Constant",
    "Element",
    "Evaluate",
    "Expression",
    "Function",
    "Import",
    "Index",
    "Items",
    "Leave",
    "Logical",
    "Loop",
    "Member",
    "Name",
    "Opaque",
    "Record",
    "Regex",
    "Select",
    "Spread",
    "Statement",
    "Template",
    "Text",
    "expressions_of",
    "operands",
    "statements_of",
]

MAX_DEPTH = 120
"""Deepest nesting a reader hands on; what lies deeper is left out and said so."""


@dataclass(frozen=True, slots=True)
class Node:
    """Where something stands: line and column from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Text(Node):
    """A string literal; it may be a secret, so it never shows in a repr."""

    value: str

    @override
    def __repr__(self) -> str:
        return f"Text(line={self.line}, column={self.column})"


@dataclass(frozen=True, slots=True)
class Constant(Node):
    """A number, a boolean or null."""

    value: float | bool | None


@dataclass(frozen=True, slots=True)
class Template(Node):
    """Text put together of parts: a template, an f-string or a concatenation."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A variable."""

    name: str


@dataclass(frozen=True, slots=True)
class Member(Node):
    """``object.name`` or ``object["name"]``; it stands where its name stands."""

    object: Expression
    name: str


@dataclass(frozen=True, slots=True)
class Index(Node):
    """``object[key]`` with a key that is no literal text."""

    object: Expression
    key: Expression


@dataclass(frozen=True, slots=True)
class Call(Node):
    """A call; it stands where the name of the called member stands, as in a stack trace.

    Attributes:
        options: In Python the keyword arguments, by their JavaScript spelling.
        creates: A call with ``new``.
        asked: For each ``?.`` that it hangs on, how many names of its callee stand behind:
            ``a?.b.c()`` has 2, ``a.b?.()`` has 0.
    """

    callee: Expression
    arguments: tuple[Expression, ...]
    options: Record | None = None
    creates: bool = False
    asked: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Record(Node):
    """An object literal, a dict, or an object pattern; a computed or spread member has no key."""

    members: tuple[tuple[str | None, Expression], ...]


@dataclass(frozen=True, slots=True)
class Items(Node):
    """An array literal, list, tuple or set, or an array pattern."""

    items: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Regex(Node):
    """A regular expression literal."""

    pattern: str


@dataclass(frozen=True, slots=True)
class Logical(Node):
    """``a && b`` (and), ``a || b`` and ``a ?? b`` (or)."""

    operator: Literal["and", "or"]
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Compare(Node):
    """A comparison, ``in`` included; ``not in`` and ``!=`` keep their operator."""

    operator: str
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Choice(Node):
    """``test ? then : otherwise``."""

    test: Expression
    then: Expression
    otherwise: Expression


@dataclass(frozen=True, slots=True)
class Function(Node):
    """A function or lambda; parameters are patterns, a default is an ``Assign``."""

    name: str | None
    parameters: tuple[Expression, ...]
    body: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Assign(Node):
    """A value given to a name, a member or a pattern; ``declares`` when it makes the name."""

    target: Expression
    value: Expression
    declares: bool = False


@dataclass(frozen=True, slots=True)
class Element(Node):
    """One item of an iterable, as a loop takes it."""

    iterable: Expression


@dataclass(frozen=True, slots=True)
class Spread(Node):
    """``...value``."""

    value: Expression


@dataclass(frozen=True, slots=True)
class Opaque(Node):
    """Anything else, with the expressions inside it."""

    children: tuple[Expression, ...]


Expression: TypeAlias = (
    Text
    | Constant
    | Template
    | Name
    | Member
    | Index
    | Call
    | Record
    | Items
    | Regex
    | Logical
    | Compare
    | Choice
    | Function
    | Assign
    | Element
    | Spread
    | Opaque
)


@dataclass(frozen=True, slots=True)
class Evaluate(Node):
    """An expression as a statement; declarations are ``Evaluate(Assign(…))``."""

    expression: Expression


@dataclass(frozen=True, slots=True)
class Branch(Node):
    """``if``."""

    test: Expression
    then: tuple[Statement, ...]
    otherwise: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Select(Node):
    """``switch`` or ``match``; the default has no test."""

    subject: Expression
    cases: tuple[tuple[Expression | None, tuple[Statement, ...]], ...]


@dataclass(frozen=True, slots=True)
class Loop(Node):
    """Any loop; ``heads`` are evaluated before its body."""

    heads: tuple[Expression, ...]
    body: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Attempt(Node):
    """``try`` with what handles an error and what always comes last."""

    body: tuple[Statement, ...]
    rescues: tuple[tuple[Statement, ...], ...]
    finally_: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Leave(Node):
    """``return``, ``throw``, ``break`` or ``continue``."""

    kind: Literal["return", "throw", "jump"]
    value: Expression | None


@dataclass(frozen=True, slots=True)
class Import(Node):
    """A Python import: the module (with its leading dots) and the names it binds.

    Attributes:
        names: Bound name and what it stands for, ``datetime.datetime`` for instance.
    """

    module: str
    names: tuple[tuple[str, str], ...]


Statement: TypeAlias = Evaluate | Branch | Select | Loop | Attempt | Leave | Import


def statements_of(statement: Statement) -> tuple[tuple[Statement, ...], ...]:
    """Return the blocks inside a statement, in order."""
    match statement:
        case Branch(then=then, otherwise=otherwise):
            return then, otherwise
        case Select(cases=cases):
            return tuple(body for _, body in cases)
        case Loop(body=body):
            return (body,)
        case Attempt(body=body, rescues=rescues, finally_=finally_):
            return body, *rescues, finally_
        case Evaluate() | Leave() | Import():
            return ()


def expressions_of(statement: Statement) -> tuple[Expression, ...]:
    """Return the expressions of a statement itself, not those of the blocks inside it."""
    match statement:
        case Evaluate(expression=expression):
            return (expression,)
        case Branch(test=test):
            return (test,)
        case Select(subject=subject, cases=cases):
            return subject, *(test for test, _ in cases if test is not None)
        case Loop(heads=heads):
            return heads
        case Leave(value=value):
            return () if value is None else (value,)
        case Attempt() | Import():
            return ()


def operands(expression: Expression) -> tuple[Expression, ...]:
    """Return the expressions directly inside an expression; a function's body is not among them."""
    match expression:
        case Text() | Constant() | Name() | Regex():
            return ()
        case Template(parts=children) | Items(items=children) | Opaque(children=children):
            return children
        case Member(object=inner) | Element(iterable=inner) | Spread(value=inner):
            return (inner,)
        case Function(parameters=parameters):
            return parameters
        case _:
            return _pairs(expression)


def _pairs(
    expression: Index | Call | Record | Logical | Compare | Choice | Assign,
) -> tuple[Expression, ...]:
    match expression:
        case Index(object=inner, key=key):
            return inner, key
        case Call(callee=callee, arguments=arguments, options=options):
            return (callee, *arguments) if options is None else (callee, *arguments, options)
        case Record(members=members):
            return tuple(value for _, value in members)
        case Logical(left=left, right=right) | Compare(left=left, right=right):
            return left, right
        case Choice(test=test, then=then, otherwise=otherwise):
            return test, then, otherwise
        case Assign(target=target, value=value):
            return target, value
