"""The post-login api as one table (reference §2); shims, docs and completion come from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from loginwright_runtime.api.saml_methods import SAML_SETTERS
from loginwright_runtime.api.shapes import MethodShape

Kind: TypeAlias = Literal[
    "any",
    "string",
    "text",
    "boolean",
    "milliseconds",
    "object",
    "strings",
    "factor",
    "factors",
    "metadata",
    "provider",
    "cookie_mode",
    "attribute",
    "number",
]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of an api method.

    Attributes:
        name: As the reference names it.
        kind: What it accepts; anything else is odd: recorded, ignored and warned about.
        optional: It may be left out.
    """

    name: str
    kind: Kind
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Method:
    """One method of the api.

    Attributes:
        name: JavaScript's, such as ``idToken.setCustomClaim``.
        parameters: In order.
        does: What it does here, one or two sentences.
        source: Where the rule comes from.
        answers: ``api`` (chainable), a ``value`` of its own, or ``undefined``.
        waits: It can throw or answers a value, so the action waits for the reply.
        read: It changes nothing; its result is part of the record (contract.md, ``calls``).
        promise: In JavaScript it returns a Promise.
        options: Name of the parameter whose members are keyword arguments in Python.
        option_names: The members of that parameter, for docs and completion.
    """

    name: str
    parameters: tuple[Parameter, ...]
    does: str
    source: str = "reference §2"
    answers: Literal["api", "value", "undefined"] = "api"
    waits: bool = False
    read: bool = False
    promise: bool = False
    options: str | None = None
    option_names: tuple[str, ...] = ()

    @property
    def shape(self) -> MethodShape:
        """What a worker's shim needs to know."""
        return MethodShape(
            name=self.name,
            waits=self.waits,
            answers=self.answers,
            promise=self.promise,
            parameters=tuple(parameter.name for parameter in self.parameters),
            options=self.options,
        )

    @property
    def required(self) -> int:
        """How many leading parameters must be given."""
        return sum(1 for parameter in self.parameters if not parameter.optional)


def _p(name: str, kind: Kind, *, optional: bool = False) -> Parameter:
    return Parameter(name, kind, optional)


_KEY = _p("key", "string")
_REASON = _p("reason", "text")
_CLAIM = (_KEY, _p("value", "any"))
_FACTOR_OPTIONS = ("additionalFactors",)

_ACCESS = (
    Method(
        "access.deny",
        (_REASON,),
        "Records a denial; the login ends when this action has returned and no later action runs. "
        "Metadata already asked for is still written. Extra arguments are ignored with a warning.",
        "seed; reference §1.3",
    ),
    Method(
        "accessToken.setCustomClaim",
        _CLAIM,
        "Adds a claim to the access token. A name that is refused is left out with a warning.",
        "seed; reference §2, §4.3",
    ),
    Method(
        "accessToken.addScope",
        (_p("scope", "string"),),
        "Adds a scope to those granted. Throws for anything but a non-empty string without spaces.",
        "reference §2, §8 row 11",
        waits=True,
    ),
    Method(
        "accessToken.removeScope",
        (_p("scope", "string"),),
        "Removes a scope from those granted. Throws as addScope does.",
        "reference §2, §8 row 11",
        waits=True,
    ),
    Method(
        "idToken.setCustomClaim",
        _CLAIM,
        "Adds a claim to the ID token. A name that is refused is left out with a warning.",
        "seed; reference §2, §4.3",
    ),
)

_AUTHENTICATION = (
    Method(
        "authentication.challengeWith",
        (_p("factor", "factor"), _p("options", "object", optional=True)),
        "Suspends the login after this action until the user has passed the factor or one of "
        "`additionalFactors`; goes on with the next action. Overrides `multifactor.enable`.",
        "reference §1.5, §2",
        "undefined",
        options="options",
        option_names=_FACTOR_OPTIONS,
    ),
    Method(
        "authentication.challengeWithAny",
        (_p("factors", "factors"),),
        "As challengeWith, with a choice of factors.",
        "reference §1.5, §2",
        "undefined",
    ),
    Method(
        "authentication.enrollWith",
        (_p("factor", "factor"), _p("options", "object", optional=True)),
        "Suspends the login after this action until the user has enrolled the factor or one of "
        "`additionalFactors`.",
        "reference §1.5, §2",
        "undefined",
        options="options",
        option_names=_FACTOR_OPTIONS,
    ),
    Method(
        "authentication.enrollWithAny",
        (_p("factors", "factors"),),
        "As enrollWith, with a choice of factors in the order given.",
        "reference §1.5, §2",
        "undefined",
    ),
    Method(
        "authentication.recordMethod",
        (_p("provider_url", "string"),),
        "Records a custom method in `event.authentication.methods` for later actions. Throws "
        "outside `onContinuePostLogin`. Never enters `amr` by itself.",
        "reference §2; security.md 7",
        waits=True,
    ),
    Method(
        "authentication.setPrimaryUser",
        (_p("primary_user_id", "string"),),
        "Makes another user the login's user once this action has returned. Throws when called "
        "twice in a login; the login fails when the two are not linked.",
        "reference §2; security.md 5",
        "undefined",
        waits=True,
    ),
)

_CACHE = (
    Method(
        "cache.get",
        (_KEY,),
        "Returns `{value, expires_at}` or undefined.",
        "reference §2, §4.5",
        "value",
        waits=True,
        read=True,
    ),
    Method(
        "cache.set",
        (_KEY, _p("value", "any"), _p("options", "object", optional=True)),
        "Keeps a string for the flow, 15 minutes by default, 24 hours at most; answers "
        "`{type, record}` or `{type, code}` and never throws for a limit.",
        "reference §2, §4.5",
        "value",
        waits=True,
        options="options",
        option_names=("ttl", "expires_at"),
    ),
    Method(
        "cache.delete",
        (_KEY,),
        "Removes a key; answers `{type}` or `{type, code}`.",
        "reference §2, §4.5",
        "value",
        waits=True,
    ),
)

_MFA_AND_FORMS = (
    Method(
        "multifactor.enable",
        (_p("provider", "provider"), _p("options", "object", optional=True)),
        "Owes MFA at the end of the flow; the last call wins and `none` cancels. The login is "
        "suspended once more after the last action until a challenge has passed.",
        "seed; reference §2; security.md 1",
        options="options",
        option_names=("allowRememberBrowser", "providerOptions"),
    ),
    Method(
        "prompt.render",
        (_p("promptId", "string"), _p("promptOptions", "object", optional=True)),
        "Suspends the login after this action to show a form; `onContinuePostLogin` of the same "
        "action then reads `event.prompt`. Not together with a redirect.",
        "reference §1.5, §2",
        "undefined",
        options="promptOptions",
        option_names=("fields", "vars"),
    ),
)

_REDIRECT = (
    Method(
        "redirect.encodeToken",
        (_p("options", "object"),),
        "Returns an HS256 token with `iss`, `sub`, `iat`, `exp`, `ip` and the payload's members. "
        "Throws a TypeError for an empty secret or a payload that is no object.",
        "reference §2.1",
        "value",
        waits=True,
        read=True,
        options="options",
        option_names=("secret", "payload", "expiresInSeconds"),
    ),
    Method(
        "redirect.sendUserTo",
        (_p("url", "string"), _p("options", "object", optional=True)),
        "Sends the user away once this action has returned; `state` is added to the URL. Throws "
        "for a URL that is not absolute, not http(s), has user info or control characters or is "
        "over 8 kB.",
        "seed; reference §2.2; security.md 15",
        waits=True,
        options="options",
        option_names=("query",),
    ),
    Method(
        "redirect.validateToken",
        (_p("options", "object"),),
        "Returns the payload of the token that came back, or throws with the platform's message.",
        "reference §2.3; security.md 14",
        "value",
        waits=True,
        read=True,
        options="options",
        option_names=("secret", "tokenParameterName"),
    ),
    Method(
        "redirect.canRedirect",
        (),
        "Tells whether somebody can be sent away in this login.",
        "reference §1.5; security.md 3",
        "value",
        waits=True,
        read=True,
    ),
)

_REFRESH_TOKEN = (
    Method(
        "refreshToken.revoke",
        (_REASON,),
        "Denies the login and asks the host to revoke the presented refresh token; only in a "
        "refresh token exchange.",
        "reference §2",
        "undefined",
    ),
    Method(
        "refreshToken.setExpiresAt",
        (_p("absoluteMs", "milliseconds"),),
        "Shortens the refresh token's life; of several calls the earliest counts.",
        "reference §2",
        "undefined",
    ),
    Method(
        "refreshToken.setIdleExpiresAt",
        (_p("ms", "milliseconds"),),
        "Shortens the refresh token's idle life; of several calls the earliest counts.",
        "reference §2",
        "undefined",
    ),
    Method(
        "refreshToken.setMetadata",
        (_KEY, _p("value", "metadata")),
        "Sets a string, null deletes; a key or value against the rules fails the login.",
        "reference §2, §4.4",
        "undefined",
    ),
    Method(
        "refreshToken.deleteMetadata",
        (_KEY,),
        "Removes one key of the refresh token's metadata.",
        "reference §2, §4.4",
        "undefined",
    ),
    Method(
        "refreshToken.evictMetadata",
        (),
        "Removes all metadata of the refresh token.",
        "reference §2, §4.4",
        "undefined",
    ),
)

_RULES_AND_SESSION = (
    Method(
        "rules.wasExecuted",
        (_p("ruleId", "string"),),
        "Always false: there are no rules here.",
        "reference §2",
        "value",
        waits=True,
        read=True,
    ),
    Method(
        "session.revoke",
        (_REASON, _p("options", "object", optional=True)),
        "Denies the login and asks the host to end the session, and its refresh tokens unless "
        "`preserveRefreshTokens`.",
        "reference §2",
        "undefined",
        options="options",
        option_names=("preserveRefreshTokens",),
    ),
    Method(
        "session.setExpiresAt",
        (_p("absoluteMs", "milliseconds"),),
        "Shortens the session; of several calls the earliest counts.",
        "reference §2",
        "undefined",
    ),
    Method(
        "session.setIdleExpiresAt",
        (_p("ms", "milliseconds"),),
        "Shortens the session's idle life; of several calls the earliest counts.",
        "reference §2",
        "undefined",
    ),
    Method(
        "session.setCookieMode",
        (_p("mode", "cookie_mode"),),
        "`persistent` or `non-persistent`; the last call wins.",
        "reference §2",
        "undefined",
    ),
    Method(
        "session.setMetadata",
        (_KEY, _p("value", "metadata")),
        "Sets a string, null deletes; a key or value against the rules fails the login.",
        "reference §2, §4.4",
        "undefined",
    ),
    Method(
        "session.deleteMetadata",
        (_KEY,),
        "Removes one key of the session's metadata.",
        "reference §2, §4.4",
        "undefined",
    ),
    Method(
        "session.evictMetadata",
        (),
        "Removes all metadata of the session.",
        "reference §2, §4.4",
        "undefined",
    ),
)

_USER = (
    Method(
        "transaction.setMetadata",
        (_KEY, _p("value", "any")),
        "Sets a string, number or boolean that lives as long as the login and is visible at once "
        "in `event.transaction.metadata`; null removes. Throws when a limit is passed.",
        "reference §2, §4.2, §4.4",
        waits=True,
    ),
    Method(
        "user.setAppMetadata",
        (_KEY, _p("value", "any")),
        "Sets a top-level key of the user's app_metadata; null removes it, undefined takes back "
        "an earlier call. One write after the last action.",
        "seed; reference §1.6, §4.4",
    ),
    Method(
        "user.setUserMetadata",
        (_KEY, _p("value", "any")),
        "Sets a top-level key of the user's user_metadata; null removes it, undefined takes back "
        "an earlier call. One write after the last action.",
        "seed; reference §1.6, §4.4",
    ),
    Method(
        "validation.error",
        (_p("errorCode", "text"), _p("errorMessage", "text")),
        "Ends the login as a denial with the message; the code stays in the record.",
        "reference §2",
    ),
)

_DIRECTORY = (
    Method(
        "groups.getUserGroups",
        (_p("params", "object", optional=True),),
        "Answers `{groups, next?}` from the host's directory.",
        "reference §2",
        "value",
        waits=True,
        read=True,
        promise=True,
        options="params",
        option_names=("take", "from"),
    ),
    Method(
        "groups.hasGroupMembership",
        (_p("groups", "strings"),),
        "Answers `{hasMembership, groups}` for group ids or names.",
        "reference §2",
        "value",
        waits=True,
        read=True,
        promise=True,
    ),
    Method(
        "roles.getUserEffectiveRoles",
        (_p("params", "object", optional=True),),
        "Answers `{roles, next?}` from the host's directory, at most 100 a page.",
        "reference §2",
        "value",
        waits=True,
        read=True,
        promise=True,
        options="params",
        option_names=("take", "from"),
    ),
    Method(
        "roles.getUserEffectiveRolesByIds",
        (_p("ids", "strings"),),
        "Answers `{roles}`: those of the ids (at most 100) that the user has.",
        "reference §2",
        "value",
        waits=True,
        read=True,
        promise=True,
    ),
    Method(
        "roles.getUserEffectiveRolesByNames",
        (_p("names", "strings"),),
        "Answers `{roles}`: those of the names (at most 50) that the user has.",
        "reference §2",
        "value",
        waits=True,
        read=True,
        promise=True,
    ),
)

_SAML = tuple(
    Method(
        f"samlResponse.{setter.name}",
        (
            (_p("name", "string"), _p("value", "attribute"))
            if setter.name == "setAttribute"
            else (_p(setter.parameter, setter.kind),)
        ),
        f"{setter.does} Kept in the outcome's `saml` for the host; without effect elsewhere.",
        "reference §2, §4.6",
        "undefined",
    )
    for setter in SAML_SETTERS
)

METHODS: dict[str, Method] = {
    method.name: method
    for method in (
        *_ACCESS,
        *_AUTHENTICATION,
        *_CACHE,
        *_DIRECTORY,
        *_MFA_AND_FORMS,
        *_REDIRECT,
        *_REFRESH_TOKEN,
        *_RULES_AND_SESSION,
        *_SAML,
        *_USER,
    )
}
"""Every method of reference §2, by JavaScript's name."""

SHAPES: tuple[MethodShape, ...] = tuple(method.shape for method in METHODS.values())
"""What workers are told."""
