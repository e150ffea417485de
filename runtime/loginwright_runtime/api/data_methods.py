"""The methods that keep and read data: cache, directory, metadata."""

from __future__ import annotations

from loginwright_runtime.api.method import Method, Parameter

_KEY = Parameter("key", "string")

CACHE: tuple[Method, ...] = (
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
        (_KEY, Parameter("value", "any"), Parameter("options", "object", optional=True)),
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

DIRECTORY: tuple[Method, ...] = (
    Method(
        "groups.getUserGroups",
        (Parameter("params", "object", optional=True),),
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
        (Parameter("groups", "strings"),),
        "Answers `{memberships}`: `{is_member, matches?}` for each group id or name.",
        "reference §2",
        "value",
        waits=True,
        read=True,
        promise=True,
    ),
    Method(
        "roles.getUserEffectiveRoles",
        (Parameter("params", "object", optional=True),),
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
        (Parameter("ids", "strings"),),
        "Answers `{roles}`: those of the ids (at most 100) that the user has.",
        "reference §2",
        "value",
        waits=True,
        read=True,
        promise=True,
    ),
    Method(
        "roles.getUserEffectiveRolesByNames",
        (Parameter("names", "strings"),),
        "Answers `{roles}`: those of the names (at most 50) that the user has.",
        "reference §2",
        "value",
        waits=True,
        read=True,
        promise=True,
    ),
)

USER: tuple[Method, ...] = (
    Method(
        "transaction.setMetadata",
        (_KEY, Parameter("value", "any")),
        "Sets a string, number or boolean that lives as long as the login and is visible at once "
        "in `event.transaction.metadata`; null removes. Throws when a limit is passed.",
        "reference §2, §4.2, §4.4",
        waits=True,
    ),
    Method(
        "user.setAppMetadata",
        (_KEY, Parameter("value", "any")),
        "Sets a top-level key of the user's app_metadata; null removes it, undefined takes back "
        "an earlier call. One write after the last action.",
        "seed; reference §1.6, §4.4",
    ),
    Method(
        "user.setUserMetadata",
        (_KEY, Parameter("value", "any")),
        "Sets a top-level key of the user's user_metadata; null removes it, undefined takes back "
        "an earlier call. One write after the last action.",
        "seed; reference §1.6, §4.4",
    ),
    Method(
        "validation.error",
        (Parameter("errorCode", "text"), Parameter("errorMessage", "text")),
        "Ends the login as a denial with the message; the code stays in the record.",
        "reference §2",
    ),
)
