"""What the rules and the designer know about a source before it runs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias
from urllib.parse import urlsplit

from loginwright_runtime.extension_points import HandlerName
from loginwright_runtime.flow.model import Language
from loginwright_runtime.validation.sources import SyntaxFault
from loginwright_runtime.validation.values import (
    SIGNED_WITH,
    ConstantValue,
    Hole,
    RecordValue,
    TextValue,
    Value,
    checked,
    literal,
    sources,
)

SUSPENDING: frozenset[str] = frozenset(
    {
        "redirect.sendUserTo",
        "prompt.render",
        "authentication.challengeWith",
        "authentication.challengeWithAny",
        "authentication.enrollWith",
        "authentication.enrollWithAny",
    }
)
"""Calls after which the login may wait for its browser (reference §1.5)."""

DENYING: frozenset[str] = frozenset(
    {"access.deny", "session.revoke", "refreshToken.revoke", "validation.error"}
)
"""Calls that end the login as a denial (reference §2)."""

METADATA_WRITES: frozenset[str] = frozenset({"user.setUserMetadata", "user.setAppMetadata"})

DEFAULT_TOKEN_PARAMETER = "session_token"  # noqa: S105 - a parameter's name (reference §2.3)

ReplySource: TypeAlias = Literal["token", "query", "body"]
SecretKind: TypeAlias = Literal[
    "private key", "JSON Web Token", "access key", "password in a URL", "secret"
]
TextCheckKind: TypeAlias = Literal["ends", "contains", "matches"]


@dataclass(frozen=True, slots=True)
class Handler:
    """An exported handler, by JavaScript's name in both languages."""

    name: HandlerName
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Guard:
    """A condition on the way to a call: an ``if`` around it or an early exit before it.

    Attributes:
        sources: What the condition is made of, as in ``values.Hole``.
        checked: Those of them it compares, in contrast to testing their presence.
        closed: The way that does not lead to the call denies, throws or suspends as well. Told
            only for conditions about silence (security.md 4); True for all others.
    """

    line: int
    column: int
    sources: frozenset[str] = frozenset()
    checked: frozenset[str] = frozenset()
    closed: bool = True


@dataclass(frozen=True, slots=True)
class ApiCall:
    """A call of the api, once for each handler and each set of arguments.

    Attributes:
        method: JavaScript's name, ``idToken.setCustomClaim``.
        line: Line of the method's name, as a stack trace tells it.
        column: Its column.
        handler: Which handler gets there; None for a function nobody is seen to call.
        arguments: In JavaScript's order; Python's keyword arguments are put in their places.
        guards: Conditions on the way, from the outside in.
        earlier: Indexes (in ``SourceFacts.api_calls``) of calls that may have been made before
            this one, in the same handler.
        foreign: Python code spells the method as JavaScript does, so the call throws.
        asked: What is asked for before it is called, by ``?.``: beginnings of ``method``.
    """

    method: str
    line: int
    column: int
    handler: HandlerName | None
    arguments: tuple[Value, ...] = field(default=(), repr=False)
    guards: tuple[Guard, ...] = ()
    earlier: frozenset[int] = frozenset()
    foreign: bool = False
    asked: tuple[str, ...] = ()

    def argument(self, index: int) -> Value:
        """Return an argument; undefined where none was given."""
        return self.arguments[index] if index < len(self.arguments) else ConstantValue()

    def option(self, index: int, name: str) -> Value:
        """Return a member of an options argument; undefined where it has none."""
        options = self.argument(index)
        if isinstance(options, RecordValue):
            return options.members.get(name, ConstantValue())
        return ConstantValue()

    @property
    def redirect_host(self) -> str | None:
        """Host that ``sendUserTo`` leads to, lower case, when the code says so literally."""
        if self.method != "redirect.sendUserTo":
            return None
        return literal_host(self.argument(0))

    @property
    def redirect_secret(self) -> str | None:
        """Name of the secret that signs the token sent along with ``sendUserTo``."""
        made_of = sources(self.argument(0)) | sources(self.argument(1))
        names = sorted(one for one in made_of if one.startswith(SIGNED_WITH))
        return names[0].removeprefix(SIGNED_WITH) if names else None


@dataclass(frozen=True, slots=True)
class SecretRead:
    """``event.secrets.NAME``."""

    name: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class SecretsHandedOn:
    """``event.secrets`` as a whole, or by a computed name, where nobody can see what is read."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class ModuleUse:
    """A required or imported module.

    Attributes:
        name: As the code writes it.
        optional: Its absence is handled (it stands in a ``try``).
        names: What a Python import takes out of it, dotted; some may be modules themselves.
        required: By ``require()``, which loads no ES module.
    """

    name: str
    line: int
    column: int
    optional: bool = False
    names: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True, slots=True)
class EventRead:
    """A member of the event that the code reads.

    Attributes:
        path: Below ``event``, as the platform spells it: ``request.geoip.continentCode``.
        handler: Which handler reads it, or None where that cannot be told.
    """

    path: str
    line: int
    column: int
    handler: HandlerName | None = None


@dataclass(frozen=True, slots=True)
class ReplyRead:
    """A member of what a site sends back: of its token, its query or its form."""

    name: str
    line: int
    column: int
    source: ReplySource


@dataclass(frozen=True, slots=True)
class TextCheck:
    """A test of an e-mail address against a literal text or pattern."""

    kind: TextCheckKind
    text: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class ClockRead:
    """A part of the present date that depends on the zone."""

    what: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class SecretLike:
    """A literal that looks like a secret; its text is kept nowhere."""

    kind: SecretKind
    line: int
    column: int
    name: str | None = None


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """All that is known about one source file.

    Attributes:
        file: Path below the flow folder.
        digest: SHA-256 of the source, hex.
        fault: Why it cannot run, or None.
        unread: Why some or all facts are missing, in words, or None.
        exports_unseen: It may export more than ``handlers`` (computed exports, another module's).
        exports_function: It exports a function instead of handlers (the platform's old shape).
        secrets_unseen: It may read secrets that ``secret_reads`` does not name.
        secrets_handed_on: Where it does so with ``event.secrets`` itself.
        api_additions: Members the code itself puts on ``api``.
    """

    file: str
    language: Language
    digest: str
    fault: SyntaxFault | None = None
    unread: str | None = None
    handlers: tuple[Handler, ...] = ()
    exports_unseen: bool = False
    exports_function: bool = False
    api_calls: tuple[ApiCall, ...] = ()
    api_additions: frozenset[str] = frozenset()
    secret_reads: tuple[SecretRead, ...] = ()
    secrets_unseen: bool = False
    secrets_handed_on: tuple[SecretsHandedOn, ...] = ()
    modules: tuple[ModuleUse, ...] = ()
    event_reads: tuple[EventRead, ...] = ()
    reply_reads: tuple[ReplyRead, ...] = ()
    text_checks: tuple[TextCheck, ...] = ()
    clock_reads: tuple[ClockRead, ...] = ()
    secret_likes: tuple[SecretLike, ...] = ()

    def exports(self, name: HandlerName) -> bool:
        """Tell whether the source exports this handler."""
        return any(handler.name == name for handler in self.handlers)

    def calls(self, *methods: str) -> tuple[ApiCall, ...]:
        """Return the calls of some methods, in the order of the code."""
        return tuple(call for call in self.api_calls if call.method in methods)

    def before(self, call: ApiCall) -> tuple[ApiCall, ...]:
        """Return the calls that may have been made before ``call``, in the order of the code."""
        return tuple(self.api_calls[index] for index in sorted(call.earlier))

    @property
    def redirect_hosts(self) -> tuple[str, ...]:
        """Hosts the source sends people to, each once, where it says so literally."""
        hosts = (call.redirect_host for call in self.api_calls)
        return tuple(dict.fromkeys(host for host in hosts if host is not None))

    @property
    def token_parameters(self) -> tuple[str, ...]:
        """Parameters that ``validateToken`` reads, each once (reference §2.3)."""
        names: list[str] = []
        for call in self.calls("redirect.validateToken"):
            given = call.option(0, "tokenParameterName")
            name = DEFAULT_TOKEN_PARAMETER if given == ConstantValue() else literal(given)
            if name is not None:
                names.append(name)
        return tuple(dict.fromkeys(names))


def literal_host(value: Value) -> str | None:
    """Return the host of a URL whose beginning is literal, lower case, or None."""
    if not isinstance(value, TextValue) or not isinstance(value.parts[0], str):
        return None
    known = value.parts[0]
    scheme, separator, rest = known.partition("://")
    ends = len(value.parts) == 1 or any(mark in rest for mark in "/?#")
    if not separator or not ends:
        return None
    try:
        return urlsplit(f"{scheme}://{rest}").hostname
    except ValueError:
        return None


def host_sources(value: Value) -> frozenset[str]:
    """Return what decides about the host of a URL: nothing when its beginning is literal.

    What was compared, or made by a function that cannot be followed, does not count.
    """
    from_parts: set[str] = set()
    if not isinstance(value, TextValue):
        return sources(value) - checked(value)
    before = "" if isinstance(value.parts[0], str) else "x://"
    for part in value.parts:
        if isinstance(part, Hole):
            from_parts |= part.sources - part.checked
            before += "x"
        else:
            before += part
        if "://" in before and any(mark in before.partition("://")[2] for mark in "/?#"):
            break
    return frozenset(from_parts)
