"""The methods about the session and the refresh token."""

from __future__ import annotations

from loginwright_runtime.api.method import Method, Parameter

_KEY = Parameter("key", "string")
_REASON = Parameter("reason", "text")

REFRESH_TOKEN: tuple[Method, ...] = (
    Method(
        "refreshToken.revoke",
        (_REASON,),
        "Denies the login and asks the host to revoke the presented refresh token; only in a "
        "refresh token exchange.",
        "reference §2",
    ),
    Method(
        "refreshToken.setExpiresAt",
        (Parameter("absoluteMs", "milliseconds"),),
        "Shortens the refresh token's life; of several calls the earliest counts.",
        "reference §2",
    ),
    Method(
        "refreshToken.setIdleExpiresAt",
        (Parameter("ms", "milliseconds"),),
        "Shortens the refresh token's idle life; of several calls the earliest counts.",
        "reference §2",
    ),
    Method(
        "refreshToken.setMetadata",
        (_KEY, Parameter("value", "metadata")),
        "Sets a string, null deletes; a key or value against the rules fails the login.",
        "reference §2, §4.4",
    ),
    Method(
        "refreshToken.deleteMetadata",
        (_KEY,),
        "Removes one key of the refresh token's metadata.",
        "reference §2, §4.4",
    ),
    Method(
        "refreshToken.evictMetadata",
        (),
        "Removes all metadata of the refresh token.",
        "reference §2, §4.4",
    ),
)

RULES_AND_SESSION: tuple[Method, ...] = (
    Method(
        "rules.wasExecuted",
        (Parameter("ruleId", "string"),),
        "Always false: there are no rules here.",
        "reference §2",
        "value",
        waits=True,
        read=True,
    ),
    Method(
        "session.revoke",
        (_REASON, Parameter("options", "object", optional=True)),
        "Denies the login and asks the host to end the session, and its refresh tokens unless "
        "`preserveRefreshTokens`.",
        "reference §2",
        options="options",
        option_names=("preserveRefreshTokens",),
    ),
    Method(
        "session.setExpiresAt",
        (Parameter("absoluteMs", "milliseconds"),),
        "Shortens the session; of several calls the earliest counts.",
        "reference §2",
    ),
    Method(
        "session.setIdleExpiresAt",
        (Parameter("ms", "milliseconds"),),
        "Shortens the session's idle life; of several calls the earliest counts.",
        "reference §2",
    ),
    Method(
        "session.setCookieMode",
        (Parameter("mode", "cookie_mode"),),
        "`persistent` or `non-persistent`; the last call wins.",
        "reference §2",
    ),
    Method(
        "session.setMetadata",
        (_KEY, Parameter("value", "metadata")),
        "Sets a string, null deletes; a key or value against the rules fails the login.",
        "reference §2, §4.4",
    ),
    Method(
        "session.deleteMetadata",
        (_KEY,),
        "Removes one key of the session's metadata.",
        "reference §2, §4.4",
    ),
    Method(
        "session.evictMetadata",
        (),
        "Removes all metadata of the session.",
        "reference §2, §4.4",
    ),
)
