"""The methods that decide how the login goes on: access, claims, MFA, forms, redirects."""

from __future__ import annotations

from loginwright_runtime.api.method import Method, Parameter

_KEY = Parameter("key", "string")
_REASON = Parameter("reason", "text")
_CLAIM = (_KEY, Parameter("value", "any"))
_FACTOR_OPTIONS = ("additionalFactors",)

ACCESS: tuple[Method, ...] = (
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
        (Parameter("scope", "string"),),
        "Adds a scope to those granted; white space around it is dropped. Throws for anything but "
        "a non-empty string without spaces in it.",
        "reference §2, §8 row 11",
        waits=True,
    ),
    Method(
        "accessToken.removeScope",
        (Parameter("scope", "string"),),
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

AUTHENTICATION: tuple[Method, ...] = (
    Method(
        "authentication.challengeWith",
        (Parameter("factor", "factor"), Parameter("options", "object", optional=True)),
        "Suspends the login after this action until the user has passed the factor or one of "
        "`additionalFactors`; goes on with the next action. Overrides `multifactor.enable`.",
        "reference §1.5, §2",
        options="options",
        option_names=_FACTOR_OPTIONS,
    ),
    Method(
        "authentication.challengeWithAny",
        (Parameter("factors", "factors"),),
        "As challengeWith, with a choice of factors.",
        "reference §1.5, §2",
    ),
    Method(
        "authentication.enrollWith",
        (Parameter("factor", "factor"), Parameter("options", "object", optional=True)),
        "Suspends the login after this action until the user has enrolled the factor or one of "
        "`additionalFactors`.",
        "reference §1.5, §2",
        options="options",
        option_names=_FACTOR_OPTIONS,
    ),
    Method(
        "authentication.enrollWithAny",
        (Parameter("factors", "factors"),),
        "As enrollWith, with a choice of factors in the order given.",
        "reference §1.5, §2",
    ),
    Method(
        "authentication.recordMethod",
        (Parameter("provider_url", "string"),),
        "Records a custom method in `event.authentication.methods` for later actions. Throws "
        "outside `onContinuePostLogin`. Never enters `amr` by itself.",
        "reference §2; security.md 7",
        waits=True,
    ),
    Method(
        "authentication.setPrimaryUser",
        (Parameter("primary_user_id", "string"),),
        "Makes another user the login's user once this action has returned. Throws when called "
        "twice in a login; the login fails when the two are not linked.",
        "reference §2; security.md 5",
        waits=True,
    ),
)

MFA_AND_FORMS: tuple[Method, ...] = (
    Method(
        "multifactor.enable",
        (Parameter("provider", "provider"), Parameter("options", "object", optional=True)),
        "Owes MFA at the end of the flow; the last call wins and `none` cancels. The login is "
        "suspended once more after the last action until a challenge has passed.",
        "seed; reference §2; security.md 1",
        options="options",
        option_names=("allowRememberBrowser", "providerOptions"),
    ),
    Method(
        "prompt.render",
        (Parameter("promptId", "string"), Parameter("promptOptions", "object", optional=True)),
        "Suspends the login after this action to show a form; `onContinuePostLogin` of the same "
        "action then reads `event.prompt`. Not together with a redirect.",
        "reference §1.5, §2",
        options="promptOptions",
        option_names=("fields", "vars"),
    ),
)

REDIRECT: tuple[Method, ...] = (
    Method(
        "redirect.encodeToken",
        (Parameter("options", "object"),),
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
        (Parameter("url", "string"), Parameter("options", "object", optional=True)),
        "Sends the user away once this action has returned; `state` is added to the URL. Throws "
        "for a URL that is not absolute, not http(s), has user info or control characters or is "
        "over 8 kB.",
        "seed; reference §2.2; security.md 15",
        waits=True,
        options="options",
        option_names=("query",),
        tells_undefined=True,
    ),
    Method(
        "redirect.validateToken",
        (Parameter("options", "object"),),
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
