"""Translates Python's own statements into the syntax tree that the rules read."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from loginwright_runtime.validation.python_expressions import ExpressionTranslator
from loginwright_runtime.validation.syntax_tree import (
    Assign,
    Attempt,
    Branch,
    Element,
    Evaluate,
    Expression,
    Function,
    Import,
    Leave,
    Loop,
    Name,
    Opaque,
    Select,
    Statement,
    Template,
)


class PythonTranslator(ExpressionTranslator):
    """Translates the statements of one source."""

    def block(self, nodes: Iterable[ast.stmt]) -> tuple[Statement, ...]:
        """Return the statements of a block."""
        return tuple(statement for node in nodes for statement in self._statement(node))

    def _statement(self, node: ast.stmt) -> tuple[Statement, ...]:
        translate = _STATEMENTS.get(type(node))
        if translate is None:
            return ()
        return self.below(node.lineno, partial(translate, self, node), ())

    def assignment(self, node: ast.Assign) -> tuple[Statement, ...]:
        """``a = b = value``."""
        value = self.expression(node.value)
        place = self.at(node)
        return tuple(
            Evaluate(*place, Assign(*place, self.expression(target), value))
            for target in node.targets
        )

    def annotated(self, node: ast.AnnAssign) -> tuple[Statement, ...]:
        """``a: int = value``."""
        if node.value is None:
            return ()
        place = self.at(node)
        target, value = self.expression(node.target), self.expression(node.value)
        return (Evaluate(*place, Assign(*place, target, value)),)

    def augmented(self, node: ast.AugAssign) -> tuple[Statement, ...]:
        """``a += value``."""
        place = self.at(node)
        target = self.expression(node.target)
        sides = (target, self.expression(node.value))
        value = Template(*place, sides) if isinstance(node.op, ast.Add) else Opaque(*place, sides)
        return (Evaluate(*place, Assign(*place, target, value)),)

    def function(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> tuple[Statement, ...]:
        """``def`` and ``async def``, their decorators first."""
        place = self.at(node)
        value = Function(*place, node.name, self.parameters(node.args), self.block(node.body))
        decorators = (Evaluate(*place, self.expression(one)) for one in node.decorator_list)
        named = Assign(*place, Name(*place, node.name), value, declares=True)
        return (*decorators, Evaluate(*place, named))

    def class_(self, node: ast.ClassDef) -> tuple[Statement, ...]:
        """``class``: its methods may be called from anywhere."""
        place = self.at(node)
        members = (one.expression for one in self.block(node.body) if isinstance(one, Evaluate))
        values = tuple(
            one.value if isinstance(one, Assign) and isinstance(one.value, Function) else one
            for one in members
        )
        named = Assign(*place, Name(*place, node.name), Opaque(*place, values), declares=True)
        return (Evaluate(*place, named),)

    def loop(self, node: ast.For | ast.AsyncFor | ast.While) -> tuple[Statement, ...]:
        """``for`` and ``while``; their ``else`` comes after."""
        place = self.at(node)
        if isinstance(node, ast.While):
            head = self.expression(node.test)
        else:
            item = Element(*place, self.expression(node.iter))
            head = Assign(*place, self.expression(node.target), item)
        return (Loop(*place, (head,), self.block(node.body)), *self.block(node.orelse))

    def attempt(self, node: ast.Try | ast.TryStar) -> tuple[Statement, ...]:
        """``try``; its ``else`` belongs to what is tried."""
        rescues = tuple(self.block(handler.body) for handler in node.handlers)
        body = self.block([*node.body, *node.orelse])
        return (Attempt(*self.at(node), body, rescues, self.block(node.finalbody)),)

    def with_(self, node: ast.With | ast.AsyncWith) -> tuple[Statement, ...]:
        """``with``: its body runs in any case."""
        place = self.at(node)
        heads: list[Statement] = []
        for item in node.items:
            value = Opaque(*place, (self.expression(item.context_expr),))
            if item.optional_vars is None:
                heads.append(Evaluate(*place, value))
            else:
                target = self.expression(item.optional_vars)
                heads.append(Evaluate(*place, Assign(*place, target, value)))
        return (*heads, *self.block(node.body))

    def match(self, node: ast.Match) -> tuple[Statement, ...]:
        """``match``; a case with a guard or a pattern may not match."""
        cases: list[tuple[Expression | None, tuple[Statement, ...]]] = []
        for case in node.cases:
            place = case.pattern.lineno, case.pattern.col_offset + 1
            test: Expression | None = Opaque(*place, ())
            if isinstance(case.pattern, ast.MatchValue):
                test = self.expression(case.pattern.value)
            elif isinstance(case.pattern, ast.MatchAs) and case.pattern.pattern is None:
                test = None
            if case.guard is not None:
                known = () if test is None else (test,)
                test = Opaque(*place, (*known, self.expression(case.guard)))
            no_fall_through = Leave(*place, "jump", None)
            cases.append((test, (*self.block(case.body), no_fall_through)))
        return (Select(*self.at(node), self.expression(node.subject), tuple(cases)),)

    def import_(self, node: ast.Import) -> tuple[Statement, ...]:
        """``import a.b as c``."""
        place = self.at(node)
        return tuple(Import(*place, one.name, (_bound(one),)) for one in node.names)

    def import_from(self, node: ast.ImportFrom) -> tuple[Statement, ...]:
        """``from a import b as c``."""
        module = "." * node.level + (node.module or "")
        prefix = module if module.endswith(".") else f"{module}."
        names = tuple((one.asname or one.name, prefix + one.name) for one in node.names)
        return (Import(*self.at(node), module, names),)

    def leave(self, node: ast.Return | ast.Raise | ast.Break | ast.Continue) -> tuple[Leave]:
        """``return``, ``raise``, ``break`` and ``continue``."""
        place = self.at(node)
        match node:
            case ast.Return():
                return (Leave(*place, "return", self.maybe(node.value)),)
            case ast.Raise():
                return (Leave(*place, "throw", self.maybe(node.exc)),)
            case _:
                return (Leave(*place, "jump", None),)

    def evaluated(self, node: ast.Expr | ast.Assert | ast.Delete) -> tuple[Statement, ...]:
        """An expression as a statement."""
        place = self.at(node)
        match node:
            case ast.Expr():
                return (Evaluate(*place, self.expression(node.value)),)
            case ast.Assert():
                return (Evaluate(*place, Opaque(*place, (self.expression(node.test),))),)
            case _:
                return (Evaluate(*place, Opaque(*place, self.expressions(node.targets))),)

    def branch(self, node: ast.If) -> tuple[Statement, ...]:
        """``if``, ``elif``, ``else``."""
        test = self.expression(node.test)
        return (Branch(*self.at(node), test, self.block(node.body), self.block(node.orelse)),)


def _bound(alias: ast.alias) -> tuple[str, str]:
    if alias.asname is not None:
        return alias.asname, alias.name
    top = alias.name.partition(".")[0]
    return top, top


_Translate = Callable[[PythonTranslator, Any], tuple[Statement, ...]]

_STATEMENTS: Mapping[type[ast.stmt], _Translate] = {
    ast.Assign: PythonTranslator.assignment,
    ast.AnnAssign: PythonTranslator.annotated,
    ast.AugAssign: PythonTranslator.augmented,
    ast.FunctionDef: PythonTranslator.function,
    ast.AsyncFunctionDef: PythonTranslator.function,
    ast.ClassDef: PythonTranslator.class_,
    ast.For: PythonTranslator.loop,
    ast.AsyncFor: PythonTranslator.loop,
    ast.While: PythonTranslator.loop,
    ast.If: PythonTranslator.branch,
    ast.Try: PythonTranslator.attempt,
    ast.TryStar: PythonTranslator.attempt,
    ast.With: PythonTranslator.with_,
    ast.AsyncWith: PythonTranslator.with_,
    ast.Match: PythonTranslator.match,
    ast.Import: PythonTranslator.import_,
    ast.ImportFrom: PythonTranslator.import_from,
    ast.Return: PythonTranslator.leave,
    ast.Raise: PythonTranslator.leave,
    ast.Break: PythonTranslator.leave,
    ast.Continue: PythonTranslator.leave,
    ast.Expr: PythonTranslator.evaluated,
    ast.Assert: PythonTranslator.evaluated,
    ast.Delete: PythonTranslator.evaluated,
}
