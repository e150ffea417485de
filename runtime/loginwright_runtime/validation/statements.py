"""Walks the statements of a source along every way through them, and into its functions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import override

from loginwright_runtime.validation.calls import CallWalker
from loginwright_runtime.validation.facts import Guard
from loginwright_runtime.validation.scopes import Scope
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
    Select,
    Statement,
)
from loginwright_runtime.validation.trail import NONE_BEFORE, Arrival, Frame, Trail, meet
from loginwright_runtime.validation.values import (
    ApiValue,
    ConstantValue,
    Derived,
    EventValue,
    FunctionValue,
    ItemsValue,
    ModuleValue,
    Value,
    checked,
    join,
    sources,
)

if TYPE_CHECKING:
    from loginwright_runtime.extension_points import HandlerName
    from loginwright_runtime.flow.model import Language
    from loginwright_runtime.validation.control_flow import Block

_MAX_ITEMS = 8
_MAX_NESTED_CALLS = 6
_MAX_ENTRIES = 12


class StatementWalker(CallWalker):
    """Walks blocks and functions."""

    def __init__(self, language: Language) -> None:
        """Begin with nothing walked."""
        super().__init__(language)
        self._nested: tuple[int, ...] = ()
        self._entries: dict[int, int] = {}
        self._entered: set[int] = set()

    def run(self, handler: HandlerName | None, function: FunctionValue) -> None:
        """Walk a handler, or (without a name) a function that nobody is seen to call."""
        self._entries.clear()
        self.trail = Trail(handler)
        self.enter(function, None if handler is None else (EventValue(), ApiValue()))

    def run_never_called(self) -> None:
        """Walk the functions that nobody was seen to call; ``event`` and ``api`` by their names."""
        index = 0
        while index < len(self.functions):
            if id(self.functions[index][0]) not in self._entered:
                self.run(None, FunctionValue(index))
            index += 1

    # --- functions --------------------------------------------------------------------------------

    @override
    def room(self, function: FunctionValue) -> int:
        code, _ = self.functions[function.index]
        return len(code.parameters) if self._follows(function) else 0

    def _follows(self, function: FunctionValue) -> bool:
        return (
            function.index not in self._nested
            and len(self._nested) < _MAX_NESTED_CALLS
            and self._entries.get(function.index, 0) < _MAX_ENTRIES
        )

    @override
    def enter(self, function: FunctionValue, arguments: tuple[Value, ...] | None) -> Value:
        code, around = self.functions[function.index]
        if not self._follows(function):
            return Derived()
        self._entries[function.index] = self._entries.get(function.index, 0) + 1
        self._entered.add(id(code))
        frame, scope = Frame(len(self.trail.guards)), Scope(around)
        nested, self._nested = self._nested, (*self._nested, function.index)
        with self.trail.inside(frame):
            self._bind_parameters(code, arguments, scope)
            self.walk(code.body, scope)
        self._nested = nested
        return _joined(frame)

    def _bind_parameters(
        self, code: Function, arguments: tuple[Value, ...] | None, scope: Scope
    ) -> None:
        for index, parameter in enumerate(code.parameters):
            value: Value
            if arguments is None:
                value = self.conventional(parameter, Derived())
            elif index < len(arguments):
                value = self.conventional(parameter, arguments[index])
            else:
                value = ConstantValue()
            self.bind(parameter, value, scope, declares=True)

    # --- blocks -----------------------------------------------------------------------------------

    def walk(self, block: Block, scope: Scope) -> None:
        """Walk the statements of a block."""
        self._hoist(block, scope)
        around = self.trail.rest
        for index, statement in enumerate(block):
            self.trail.rest = (block[index + 1 :], *around)
            self._walk(statement, scope)
        self.trail.rest = around

    def _hoist(self, block: Block, scope: Scope) -> None:
        """Declare the functions of a block before anything in it runs."""
        for statement in block:
            match statement:
                case Evaluate(expression=Assign(value=Function() as code, declares=True) as named):
                    self.bind(named.target, self.function(code, scope), scope, declares=True)
                    if isinstance(named.target, Name):
                        self.declared[named.target.name] = code
                case _:
                    pass

    def _walk(self, statement: Statement, scope: Scope) -> None:
        match statement:
            case Evaluate(expression=expression):
                self.use(expression, scope)
            case Leave():
                self._leave(statement, scope)
            case Branch():
                self._branch(statement, scope)
            case Select():
                self._select(statement, scope)
            case Loop():
                self._loop(statement, scope)
            case Attempt():
                self._attempt(statement, scope)
            case Import(names=names):
                for name, module in names:
                    scope.declare(name, ModuleValue(module), self.trail.depth)

    def _leave(self, leave: Leave, scope: Scope) -> None:
        value = None if leave.value is None else self.use(leave.value, scope)
        trail = self.trail
        match leave.kind:
            case "return":
                trail.frame.earlier |= trail.earlier
                trail.frame.decided.extend(trail.guards[trail.frame.guards :])
                if value is not None:
                    trail.frame.returned.append(value)
            case "jump":
                trail.jumped |= trail.earlier
            case "throw":
                pass
        trail.leave()

    # --- ways -------------------------------------------------------------------------------------

    def _block_scope(self, scope: Scope) -> Scope:
        """Blocks have names of their own in JavaScript, and none in Python."""
        return scope if self.language == "python" else Scope(scope, is_function=False)

    def _way(self, guard: Guard, block: Block, scope: Scope) -> Arrival:
        """Walk one of several ways, and say how it ended."""
        known = len(self.trail.guards) + 1
        with self.trail.under(guard):
            self.walk(block, self._block_scope(scope))
            learnt = self.trail.guards[known:]
        return Arrival(self.trail.earlier, self.trail.alive, learnt)

    def _branch(self, branch: Branch, scope: Scope) -> None:
        test = self.hand_on(branch.test, scope)
        start, alive = self.trail.earlier, self.trail.alive
        rest = self.trail.rest
        then_guard = self.guard(branch.test, test, (branch.otherwise, *rest))
        otherwise_guard = self.guard(branch.test, test, (branch.then, *rest))
        then = self._way(then_guard, branch.then, scope)
        self.trail.earlier, self.trail.alive = start, alive
        otherwise = self._way(otherwise_guard, branch.otherwise, scope)
        arrivals = [then, otherwise]
        if alive and not then.alive:
            arrivals[1] = _learning(otherwise, otherwise_guard)
        if alive and not otherwise.alive:
            arrivals[0] = _learning(then, then_guard)
        meet(self.trail, tuple(arrivals))

    def _select(self, select: Select, scope: Scope) -> None:
        subject = self.use(select.subject, scope)
        start, alive = self.trail.earlier, self.trail.alive
        jumped, self.trail.jumped = self.trail.jumped, NONE_BEFORE
        arrivals: list[Arrival] = []
        falls_through = NONE_BEFORE
        for test, body in select.cases:
            if test is not None:
                self.use(test, scope)
            self.trail.earlier, self.trail.alive = start | falls_through, alive
            arrival = self._way(self._case_guard(select, subject, body), body, scope)
            falls_through = arrival.earlier if arrival.alive else NONE_BEFORE
            arrivals.append(arrival)
        leaves_by_jump = any(_jumps(body) for _, body in select.cases)
        if leaves_by_jump or all(test is not None for test, _ in select.cases):
            arrivals.append(Arrival(start | self.trail.jumped, alive))
        self.trail.jumped = jumped
        meet(self.trail, tuple(arrivals))

    def _case_guard(self, select: Select, subject: Value, body: Block) -> Guard:
        others = [block for test, block in select.cases if test is None and block is not body]
        instead = (*others[:1], *self.trail.rest)
        return self.guard(select.subject, subject, instead)

    def _loop(self, loop: Loop, scope: Scope) -> None:
        inner = self._block_scope(scope)
        heads = [head for head in loop.heads if not _takes_element(head)]
        values = self.use_all(heads, inner)
        start = Arrival(self.trail.earlier, self.trail.alive)
        jumped, self.trail.jumped = self.trail.jumped, NONE_BEFORE
        taken = [head for head in loop.heads if _takes_element(head)]
        if taken:
            values = self._take_elements(taken[0], loop, inner)
        else:
            guard = _plain_guard(loop, values)
            self._way(guard, loop.body, inner)
        end = Arrival(start.earlier | self.trail.earlier | self.trail.jumped, start.alive)
        self.trail.jumped = jumped
        meet(self.trail, (end,))

    def _take_elements(self, head: Expression, loop: Loop, scope: Scope) -> tuple[Value, ...]:
        """Walk the body for each item that is known, or once for all."""
        if not isinstance(head, Assign) or not isinstance(head.value, Element):
            return ()
        whole = self.use(head.value.iterable, scope)
        known = isinstance(whole, ItemsValue) and whole.complete
        items = whole.items[:_MAX_ITEMS] if isinstance(whole, ItemsValue) and known else ()
        each: tuple[Value, ...] = items or (Derived(sources(whole), checked(whole)),)
        for item in each:
            self.trail.alive = True
            self.bind(head.target, item, scope, declares=True)
            self._way(_plain_guard(loop, (whole,)), loop.body, scope)
        return (whole,)

    def _attempt(self, attempt: Attempt, scope: Scope) -> None:
        start, alive = self.trail.earlier, self.trail.alive
        known = len(self.trail.guards)
        self.walk(attempt.body, scope)
        learnt = self.trail.guards[known:]
        arrivals = [Arrival(self.trail.earlier, self.trail.alive, learnt)]
        tried = self.trail.earlier
        for rescue in attempt.rescues:
            self.trail.earlier, self.trail.alive = start | tried, alive
            guard = Guard(attempt.line, attempt.column)
            arrivals.append(self._way(guard, rescue, scope))
        self.trail.guards = self.trail.guards[:known]
        meet(self.trail, tuple(arrivals))
        ended = self.trail.alive
        self.walk(attempt.finally_, scope)
        self.trail.alive = self.trail.alive and ended


def _plain_guard(loop: Loop, values: tuple[Value, ...]) -> Guard:
    found = frozenset[str]().union(*map(sources, values))
    return Guard(loop.line, loop.column, found)


def _learning(arrival: Arrival, guard: Guard) -> Arrival:
    return Arrival(arrival.earlier, arrival.alive, (guard, *arrival.learnt))


def _takes_element(head: Expression) -> bool:
    return isinstance(head, Assign) and isinstance(head.value, Element)


def _jumps(body: Block) -> bool:
    return any(isinstance(statement, Leave) and statement.kind == "jump" for statement in body)


def _joined(frame: Frame) -> Value:
    """Return what a function gives; conditions inside it decide about a plain answer too."""
    result: Value = ConstantValue()
    for value in frame.returned:
        result = join(result, value)
    if not frame.decided or not isinstance(result, ConstantValue | Derived):
        return result
    found = sources(result).union(*(guard.sources for guard in frame.decided))
    compared = checked(result).union(*(guard.checked for guard in frame.decided))
    return Derived(found, compared)
