"""Translates Python's own expressions into the syntax tree that the rules read."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, Literal, TypeVar

from loginwright_runtime.login.platform_spelling import camel_case
from loginwright_runtime.validation.syntax_tree import (
    MAX_DEPTH,
    Assign,
    Call,
    Choice,
    Compare,
    Constant,
    Element,
    Expression,
    Function,
    Index,
    Items,
    Leave,
    Logical,
    Member,
    Name,
    Opaque,
    Record,
    Spread,
    Template,
    Text,
)

_Located = ast.expr | ast.stmt | ast.keyword | ast.arg
_T = TypeVar("_T")

_COMPARISONS: Mapping[type[ast.cmpop], str] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Is: "is",
    ast.IsNot: "is not",
    ast.In: "in",
    ast.NotIn: "not in",
}


class ExpressionTranslator:
    """Translates the expressions of one source.

    Attributes:
        too_deep: First line of what was left out because it lies too deep, or None.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        """Take the decoded lines of the source, or none when all of it is ASCII."""
        self.too_deep: int | None = None
        self._lines = lines
        self._depth = 0

    # --- places -----------------------------------------------------------------------------------

    def at(self, node: _Located) -> tuple[int, int]:
        """Return line and column of a node."""
        return node.lineno, self._column(node.lineno, node.col_offset)

    def _at_name(self, node: ast.Attribute) -> tuple[int, int]:
        """Return where the attribute's name stands: that is the line a stack trace tells."""
        line, end = node.end_lineno or node.lineno, node.end_col_offset or node.col_offset
        return line, self._column(line, end - len(node.attr.encode()))

    def _column(self, line: int, offset: int) -> int:
        """Return the column in characters; Python counts bytes of UTF-8."""
        if line > len(self._lines):
            return offset + 1
        before = self._lines[line - 1].encode()[:offset]
        return len(before.decode(errors="replace")) + 1

    def below(self, line: int, translate: Callable[[], _T], too_deep: _T) -> _T:
        """Translate one level down, or give ``too_deep`` instead."""
        if self._depth >= MAX_DEPTH:
            self.too_deep = line if self.too_deep is None else self.too_deep
            return too_deep
        self._depth += 1
        try:
            return translate()
        finally:
            self._depth -= 1

    # --- expressions ------------------------------------------------------------------------------

    def expression(self, node: ast.expr) -> Expression:
        """Return one expression."""
        place = self.at(node)
        translate = _EXPRESSIONS.get(type(node), ExpressionTranslator.opaque)
        nothing: Expression = Opaque(*place, ())
        return self.below(node.lineno, partial(translate, self, node), nothing)

    def expressions(self, nodes: Iterable[ast.expr]) -> tuple[Expression, ...]:
        """Return several expressions."""
        return tuple(self.expression(node) for node in nodes)

    def maybe(self, node: ast.expr | None) -> Expression | None:
        """Return an expression that may be missing."""
        return None if node is None else self.expression(node)

    def opaque(self, node: ast.AST) -> Expression:
        """Anything the rules do not ask about, with what stands inside it."""
        place = self.at(node) if isinstance(node, ast.expr) else (1, 1)
        inside = [child for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr)]
        return Opaque(*place, self.expressions(inside))

    def constant(self, node: ast.Constant) -> Expression:
        """Texts, bytes, numbers, booleans and None."""
        place = self.at(node)
        match node.value:
            case str(value):
                return Text(*place, value)
            case bytes(value):
                return Text(*place, value.decode("latin-1"))
            case bool() | float() | None as value:
                return Constant(*place, value)
            case int(value) if abs(value) < 1 << 63:
                return Constant(*place, value)
            case _:
                return Opaque(*place, ())

    def attribute(self, node: ast.Attribute) -> Expression:
        """``object.name``."""
        return Member(*self._at_name(node), self.expression(node.value), node.attr)

    def subscript(self, node: ast.Subscript) -> Expression:
        """``object["name"]`` and ``object[key]``."""
        place = self.at(node.slice)
        value = self.expression(node.value)
        if isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str):
            return Member(*place, value, node.slice.value)
        return Index(*place, value, self.expression(node.slice))

    def call(self, node: ast.Call) -> Expression:
        """A call; it stands where the name of the called member stands."""
        callee = self.expression(node.func)
        options = None
        if node.keywords:
            members = tuple(
                (
                    None if keyword.arg is None else camel_case(keyword.arg),
                    self.expression(keyword.value),
                )
                for keyword in node.keywords
            )
            options = Record(*self.at(node.keywords[0]), members)
        return Call(callee.line, callee.column, callee, self.expressions(node.args), options)

    def dictionary(self, node: ast.Dict) -> Expression:
        """A dict literal."""
        return Record(
            *self.at(node),
            tuple(
                self._entry(key, value) for key, value in zip(node.keys, node.values, strict=True)
            ),
        )

    def _entry(self, key: ast.expr | None, value: ast.expr) -> tuple[str | None, Expression]:
        if isinstance(key, ast.Constant) and isinstance(key.value, str):
            return key.value, self.expression(value)
        if key is None:
            return None, Spread(*self.at(value), self.expression(value))
        return None, Opaque(*self.at(key), (self.expression(key), self.expression(value)))

    def items(self, node: ast.List | ast.Tuple | ast.Set) -> Expression:
        """A list, tuple or set literal, or a target that takes one apart."""
        return Items(*self.at(node), self.expressions(node.elts))

    def joined(self, node: ast.JoinedStr) -> Expression:
        """An f-string."""
        parts = (one.value if isinstance(one, ast.FormattedValue) else one for one in node.values)
        return Template(*self.at(node), self.expressions(parts))

    def logical(self, node: ast.BoolOp) -> Expression:
        """``and`` and ``or``, which Python keeps as a list."""
        place = self.at(node)
        operator: Literal["and", "or"] = "and" if isinstance(node.op, ast.And) else "or"
        first, *rest = self.expressions(node.values)
        for value in rest:
            first = Logical(*place, operator, first, value)
        return first

    def compare(self, node: ast.Compare) -> Expression:
        """A comparison; a chain is several."""
        place = self.at(node)
        sides = self.expressions([node.left, *node.comparators])
        pairs = tuple(
            Compare(*place, _COMPARISONS[type(operator)], left, right)
            for operator, left, right in zip(node.ops, sides, sides[1:], strict=False)
        )
        return pairs[0] if len(pairs) == 1 else Opaque(*place, pairs)

    def binary(self, node: ast.BinOp) -> Expression:
        """``+`` puts texts together; a long concatenation is walked along, not down."""
        if not isinstance(node.op, ast.Add):
            return self.opaque(node)
        parts: list[ast.expr] = []
        left: ast.expr = node
        while isinstance(left, ast.BinOp) and isinstance(left.op, ast.Add):
            parts.append(left.right)
            left = left.left
        return Template(*self.at(node), self.expressions([left, *reversed(parts)]))

    def comprehension(
        self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp
    ) -> Expression:
        """A comprehension: its loops, its conditions, then what it gives."""
        place = self.at(node)
        children: list[Expression] = []
        for loop in node.generators:
            item = Element(*place, self.expression(loop.iter))
            children.append(Assign(*place, self.expression(loop.target), item, declares=True))
            children.extend(self.expressions(loop.ifs))
        given = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
        return Opaque(*place, (*children, *self.expressions(given)))

    def lambda_(self, node: ast.Lambda) -> Expression:
        """``lambda``."""
        place = self.at(node)
        body = Leave(*place, "return", self.expression(node.body))
        return Function(*place, None, self.parameters(node.args), (body,))

    def walrus(self, node: ast.NamedExpr) -> Expression:
        """``name := value``."""
        return Assign(*self.at(node), self.expression(node.target), self.expression(node.value))

    def parameters(self, node: ast.arguments) -> tuple[Expression, ...]:
        """Return the parameters of a function, each with its default."""
        positional = [*node.posonlyargs, *node.args]
        defaults: list[ast.expr | None] = [None] * (len(positional) - len(node.defaults))
        defaults += node.defaults
        named = [*zip(positional, defaults, strict=True)]
        named += zip(node.kwonlyargs, node.kw_defaults, strict=True)
        return tuple(self._parameter(one, default) for one, default in named)

    def _parameter(self, node: ast.arg, default: ast.expr | None) -> Expression:
        name = Name(*self.at(node), node.arg)
        if default is None:
            return name
        return Assign(*self.at(node), name, self.expression(default), declares=True)


_Translate = Callable[[ExpressionTranslator, Any], Expression]

_EXPRESSIONS: Mapping[type[ast.expr], _Translate] = {
    ast.Constant: ExpressionTranslator.constant,
    ast.JoinedStr: ExpressionTranslator.joined,
    ast.Name: lambda translator, node: Name(*translator.at(node), node.id),
    ast.Attribute: ExpressionTranslator.attribute,
    ast.Subscript: ExpressionTranslator.subscript,
    ast.Call: ExpressionTranslator.call,
    ast.Dict: ExpressionTranslator.dictionary,
    ast.List: ExpressionTranslator.items,
    ast.Tuple: ExpressionTranslator.items,
    ast.Set: ExpressionTranslator.items,
    ast.BoolOp: ExpressionTranslator.logical,
    ast.Compare: ExpressionTranslator.compare,
    ast.BinOp: ExpressionTranslator.binary,
    ast.IfExp: lambda translator, node: Choice(
        *translator.at(node), *translator.expressions([node.test, node.body, node.orelse])
    ),
    ast.Lambda: ExpressionTranslator.lambda_,
    ast.NamedExpr: ExpressionTranslator.walrus,
    ast.ListComp: ExpressionTranslator.comprehension,
    ast.SetComp: ExpressionTranslator.comprehension,
    ast.DictComp: ExpressionTranslator.comprehension,
    ast.GeneratorExp: ExpressionTranslator.comprehension,
    ast.Await: lambda translator, node: translator.expression(node.value),
    ast.Starred: lambda translator, node: Spread(
        *translator.at(node), translator.expression(node.value)
    ),
}
