"""Finds out what calls give: of the api, of modules, of methods of known values."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from typing_extensions import override

from loginwright_runtime.api.methods import METHODS, Method
from loginwright_runtime.login.platform_spelling import camel_case
from loginwright_runtime.validation.email_checks import email_checks, is_address
from loginwright_runtime.validation.expressions import ExpressionWalker
from loginwright_runtime.validation.facts import ClockRead
from loginwright_runtime.validation.syntax_tree import Call, Compare, Expression, Member, Name
from loginwright_runtime.validation.values import (
    CAN_REDIRECT,
    SECRETS,
    ApiValue,
    ConstantValue,
    Derived,
    EventValue,
    FunctionValue,
    Hole,
    ItemsValue,
    ModuleValue,
    NowValue,
    OutgoingToken,
    RecordValue,
    RegexValue,
    ReplyValue,
    TextValue,
    Value,
    derived,
    literal,
    sources,
    text_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from loginwright_runtime.validation.scopes import Scope

_SAME_TEXT = frozenset(
    [
        "toLowerCase",
        "toUpperCase",
        "toLocaleLowerCase",
        "trim",
        "trimEnd",
        "trimStart",
        "toString",
        "valueOf",
        "normalize",
        "lower",
        "upper",
        "strip",
        "casefold",
    ]
)
_SAME_VALUE = frozenset({"Object.freeze", "structuredClone", "Array.from", "Set"})
_ITERATING = frozenset({"forEach", "map", "flatMap", "filter", "some", "every", "find"})
_PRINTING = frozenset({"console", "JSON", "print"})
_CONVERTING = frozenset(
    {"String", "decodeURI", "decodeURIComponent", "encodeURI", "encodeURIComponent", "str"}
)
_CUTTING = frozenset(
    [
        "at",
        "concat",
        "get",
        "join",
        "padEnd",
        "pop",
        "removeprefix",
        "removesuffix",
        "replace",
        "replaceAll",
        "shift",
        "slice",
        "split",
        "substr",
        "substring",
    ]
)
_MOMENTS = frozenset({"datetime.datetime.now", "datetime.datetime.today", "datetime.date.today"})
_CLOCK_METHODS = frozenset({"getDay", "getHours", "getDate", "weekday", "isoweekday"})
_CLOCK_MEMBERS = frozenset({"hour", "day"})
_MAX_ITEMS = 8


class CallWalker(ExpressionWalker):
    """Walks calls; entering a function of the source is the business of its subclass."""

    @abstractmethod
    def enter(self, function: FunctionValue, arguments: tuple[Value, ...] | None) -> Value:
        """Walk a function of the source and return what it gives.

        Args:
            function: Which.
            arguments: What it gets; None when something unknown calls it.
        """

    @abstractmethod
    def room(self, function: FunctionValue) -> int:
        """Return how many arguments ``enter`` follows into a function now; 0 for none."""

    @override
    def call(self, call: Call, scope: Scope) -> Value:
        match call.callee:
            case Member(object=inner, name=name):
                owner = self.evaluate(inner, scope)
                callee = self.member(inner, owner, name)
                if not isinstance(callee, ApiValue | FunctionValue | ModuleValue):
                    return self._method_call(call, scope, owner, name)
            case _:
                callee = self.evaluate(call.callee, scope)
        match callee:
            case ApiValue(path=path) if path:
                return self._api_call(callee, call, scope)
            case FunctionValue():
                return self._own_call(callee, call, scope)
            case ModuleValue(name=module):
                return self._module_call(module, call, scope)
            case _:
                name = call.callee.name if isinstance(call.callee, Name) else ""
                return self._named_call(name, call, scope)

    def _own_call(self, callee: FunctionValue, call: Call, scope: Scope) -> Value:
        given = tuple(self.hand_on(argument, scope) for argument in call.arguments)
        room = self.room(callee)
        for index, (argument, value) in enumerate(zip(call.arguments, given, strict=True)):
            if index >= room:
                self.lose(argument, value, Derived())
        options = () if call.options is None else (self.use(call.options, scope),)
        return self.enter(callee, (*given, *options))

    def _arguments(self, call: Call, scope: Scope) -> tuple[Value, ...]:
        given = self.use_all(call.arguments, scope)
        return given if call.options is None else (*given, self.use(call.options, scope))

    @override
    def run_unseen(self, values: Iterable[Value]) -> None:
        for value in values:
            for function in _functions(value):
                self.enter(function, None)

    # --- the api ----------------------------------------------------------------------------------

    def _api_call(self, callee: ApiValue, call: Call, scope: Scope) -> Value:
        name = ".".join(callee.path)
        method = METHODS.get(name)
        given = self.use_all(call.arguments, scope)
        if method is not None and self.language == "python":
            given = _with_platform_names(method, given)
        if call.options is not None:
            options = self.use(call.options, scope)
            if method is not None and isinstance(options, RecordValue):
                given = _with_keywords(method, given, options)
        self.run_unseen(given)
        place = (call.line, call.column)
        asked = tuple(".".join(callee.path[: len(callee.path) - names]) for names in call.asked)
        self.found.call(name, place, given, self.trail, foreign=callee.foreign, asked=asked)
        return _answer(name, method, given)

    # --- functions and constructors ---------------------------------------------------------------

    def _named_call(self, name: str, call: Call, scope: Scope) -> Value:
        arguments = self._arguments(call, scope)
        first = arguments[0] if arguments else ConstantValue()
        match name:
            case "require" | "import" if literal(first) is not None:
                return ModuleValue(literal(first) or "")
            case "Date" if call.creates and (not arguments or isinstance(first, NowValue)):
                return NowValue()
            case "URL" if call.creates:
                return _url(arguments)
            case "RegExp" if literal(first) is not None:
                return RegexValue(literal(first) or "")
            case _ if name in _SAME_VALUE and arguments:
                return first
            case _ if name in _CONVERTING:
                return text_of(arguments[:1])
            case _:
                return self._unknown_call(name, arguments)

    def _module_call(self, name: str, call: Call, scope: Scope) -> Value:
        arguments = self._arguments(call, scope)
        if name in _MOMENTS and not arguments:
            return NowValue()
        if name == "re.compile" and arguments:
            return RegexValue(literal(arguments[0]) or "")
        if name in ("re.search", "re.match", "re.fullmatch") and len(call.arguments) > 1:
            pattern = RegexValue(literal(arguments[0]) or "")
            self._check_address(call, pattern, name, call.arguments[1], arguments[1:])
        return self._unknown_call(name, arguments)

    def _unknown_call(self, name: str, arguments: tuple[Value, ...]) -> Value:
        if name.partition(".")[0] not in _PRINTING:
            for value in arguments:
                if value != SECRETS:  # noted already, where it stands
                    self.found.escaped(value, (1, 1))
        self.run_unseen(arguments)
        return derived(arguments, by_check=True)

    # --- methods ----------------------------------------------------------------------------------

    def _method_call(self, call: Call, scope: Scope, owner: Value, name: str) -> Value:
        inner = call.callee.object if isinstance(call.callee, Member) else call.callee
        if isinstance(inner, Name) and f"{inner.name}.{name}" in _SAME_VALUE and call.arguments:
            return self.use(call.arguments[0], scope)
        if isinstance(inner, Name) and owner == Derived():
            return self._foreign_call(inner.name, name, call, scope)
        if name == "get" and self.language == "python":
            return self._item(call, scope, owner, inner)
        self.note(inner, owner)
        arguments = self._arguments(call, scope)
        subject = call.arguments[0] if isinstance(owner, RegexValue) and arguments else inner
        self._check_address(call, owner, name, subject, arguments)
        if isinstance(owner, NowValue) and name in _CLOCK_METHODS:
            self.found.clock_reads[ClockRead(f"{name}()", call.line, call.column)] = None
        return self._method_result(owner, name, arguments)

    def _foreign_call(self, owner: str, name: str, call: Call, scope: Scope) -> Value:
        """A method of something that the source does not make itself, ``Date.now()``."""
        arguments = self._arguments(call, scope)
        if (owner, name) == ("Date", "now"):
            return NowValue()
        self._check_address(call, Derived(), name, Name(0, 0, owner), arguments)
        return self._unknown_call(f"{owner}.{name}", arguments)

    def _item(self, call: Call, scope: Scope, owner: Value, inner: Expression) -> Value:
        """Python's ``get`` with a literal key reads a member."""
        arguments = self._arguments(call, scope)
        key = literal(arguments[0]) if arguments else None
        if key is None or not isinstance(owner, EventValue | ReplyValue | RecordValue):
            self.note(inner, owner)
            return derived((owner, *arguments))
        part = self.member(inner, owner, key)
        self.found.read(part, (call.line, call.column), self.trail)
        return part

    def _method_result(self, owner: Value, name: str, arguments: tuple[Value, ...]) -> Value:
        if name in _SAME_TEXT:
            return owner
        if isinstance(owner, TextValue) and name == "format":
            before = (literal(owner) or "").partition("{")[0]
            return TextValue((before, Hole(sources(derived(arguments)))))
        if isinstance(owner, ItemsValue) and owner.complete and name in _ITERATING:
            self._run_for_each(owner, arguments)
            return derived((owner, *arguments), by_check=True)
        self._unknown_call("", arguments)
        return derived((owner, *arguments), by_check=name not in _CUTTING)

    def _run_for_each(self, items: ItemsValue, arguments: tuple[Value, ...]) -> None:
        for function in (value for value in arguments if isinstance(value, FunctionValue)):
            for item in items.items[:_MAX_ITEMS]:
                self.enter(function, (item,))

    # --- what rules ask about ---------------------------------------------------------------------

    def _check_address(
        self,
        call: Call,
        owner: Value,
        name: str,
        subject: Expression,
        arguments: tuple[Value, ...],
    ) -> None:
        value = arguments[0] if isinstance(owner, RegexValue) and arguments else owner
        if not is_address(subject, value):
            return
        whole = is_address(subject, value, whole=True)
        for kind, text in email_checks(owner, name, arguments):
            if whole or kind != "contains":
                self.found.checks_text(kind, text, (call.line, call.column))

    @override
    def compare(self, compare: Compare, scope: Scope) -> Value:
        left, right = self.use(compare.left, scope), self.hand_on(compare.right, scope)
        text = literal(left)
        contains = compare.operator in ("in", "not in")
        if right == SECRETS:
            known = SECRETS if text is None or not contains else EventValue((*SECRETS.path, text))
            self.found.read(known, (compare.line, compare.column), self.trail)
        if isinstance(right, ApiValue) and contains and text is not None:
            right = ApiValue((*right.path, text))
        within = text if contains and self.language == "python" else None
        if within is not None and is_address(compare.right, right, whole=True):
            self.found.checks_text("contains", within, (compare.line, compare.column))
        return derived((left, right), by_check=True)

    @override
    def member(self, expression: Expression, owner: Value, name: str) -> Value:
        if isinstance(owner, NowValue) and name in _CLOCK_MEMBERS and self.language == "python":
            self.found.clock_reads[ClockRead(name, expression.line, expression.column)] = None
        return super().member(expression, owner, name)


def _with_keywords(
    method: Method, given: tuple[Value, ...], keywords: RecordValue
) -> tuple[Value, ...]:
    """Put Python's keyword arguments where JavaScript has them (contract.md, Python actions)."""
    rest = dict(keywords.members)
    arguments: list[Value] = list(given)
    for parameter in method.parameters[len(given) :]:
        if parameter.name == method.options and parameter.name not in rest:
            arguments.append(RecordValue(rest, keywords.complete))
            break
        arguments.append(rest.pop(parameter.name, ConstantValue()))
    return tuple(arguments)


def _with_platform_names(method: Method, given: tuple[Value, ...]) -> tuple[Value, ...]:
    """Spell the keys of an options dict as the platform does."""
    return (
        tuple(
            RecordValue({camel_case(key): member for key, member in value.members.items()})
            if isinstance(value, RecordValue) and parameter.name == method.options
            else value
            for value, parameter in zip(given, method.parameters, strict=False)
        )
        + given[len(method.parameters) :]
    )


def _answer(name: str, method: Method | None, arguments: tuple[Value, ...]) -> Value:
    match name:
        case "redirect.encodeToken":
            return OutgoingToken(_secret_name(arguments))
        case "redirect.validateToken":
            return ReplyValue()
        case "redirect.canRedirect":
            return Derived(frozenset({CAN_REDIRECT}))
        case _ if method is not None and method.answers == "api":
            return ApiValue()
        case _:
            return Derived()


def _secret_name(arguments: tuple[Value, ...]) -> str | None:
    options = arguments[0] if arguments else ConstantValue()
    if not isinstance(options, RecordValue):
        return None
    match options.members.get("secret"):
        case EventValue(path=("secrets", name)):
            return name
        case _:
            return None


def _url(arguments: tuple[Value, ...]) -> Value:
    """``new URL(text, base)``: a text that is absolute overrides the base."""
    if not arguments:
        return Derived()
    if len(arguments) == 1:
        return text_of(arguments)
    if _keeps_host(arguments[0]):
        return text_of((arguments[1], arguments[0]))
    return text_of((derived(arguments),))


def _keeps_host(text: Value) -> bool:
    """Tell whether a text is a path for certain: a second slash of any kind begins a host."""
    if not isinstance(text, TextValue) or not isinstance(text.parts[0], str):
        return False
    begins = text.parts[0]
    known = len(begins) > 1 or len(text.parts) == 1
    return begins.startswith("/") and known and not begins.startswith(("//", "/\\"))


def _functions(value: Value) -> Iterator[FunctionValue]:
    match value:
        case FunctionValue():
            yield value
        case ItemsValue(items=items):
            for item in items:
                yield from _functions(item)
        case RecordValue(members=members):
            for item in members.values():
                yield from _functions(item)
        case _:
            return
