"""The post-login api as Python actions call it; generated, see documentation.py."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping, Sequence
from typing import Protocol

from loginwright_runtime.login.json_values import JsonInput, JsonValue


class AccessApi(Protocol):
    """``api.access``."""

    def deny(
        self,
        reason: str,
    ) -> PostLoginAPI:
        """Records a denial."""
        ...


class AccessTokenApi(Protocol):
    """``api.access_token``."""

    def set_custom_claim(
        self,
        key: str,
        value: JsonInput,
    ) -> PostLoginAPI:
        """Adds a claim to the access token."""
        ...

    def add_scope(
        self,
        scope: str,
    ) -> PostLoginAPI:
        """Adds a scope to those granted."""
        ...

    def remove_scope(
        self,
        scope: str,
    ) -> PostLoginAPI:
        """Removes a scope from those granted."""
        ...


class IdTokenApi(Protocol):
    """``api.id_token``."""

    def set_custom_claim(
        self,
        key: str,
        value: JsonInput,
    ) -> PostLoginAPI:
        """Adds a claim to the ID token."""
        ...


class AuthenticationApi(Protocol):
    """``api.authentication``."""

    def challenge_with(
        self,
        factor: Mapping[str, JsonInput],
        *,
        additional_factors: JsonInput = ...,
    ) -> PostLoginAPI:
        """Suspends the login after this action until the user has passed the factor or one of `additionalFactors`."""
        ...

    def challenge_with_any(
        self,
        factors: Sequence[Mapping[str, JsonInput]],
    ) -> PostLoginAPI:
        """As challengeWith, with a choice of factors."""
        ...

    def enroll_with(
        self,
        factor: Mapping[str, JsonInput],
        *,
        additional_factors: JsonInput = ...,
    ) -> PostLoginAPI:
        """Suspends the login after this action until the user has enrolled the factor or one of `additionalFactors`."""
        ...

    def enroll_with_any(
        self,
        factors: Sequence[Mapping[str, JsonInput]],
    ) -> PostLoginAPI:
        """As enrollWith, with a choice of factors in the order given."""
        ...

    def record_method(
        self,
        provider_url: str,
    ) -> PostLoginAPI:
        """Records a custom method in `event.authentication.methods` for later actions."""
        ...

    def set_primary_user(
        self,
        primary_user_id: str,
    ) -> PostLoginAPI:
        """Makes another user the login's user once this action has returned."""
        ...


class CacheApi(Protocol):
    """``api.cache``."""

    def get(
        self,
        key: str,
    ) -> JsonValue:
        """Returns `{value, expires_at}` or undefined."""
        ...

    def set(
        self,
        key: str,
        value: JsonInput,
        *,
        ttl: JsonInput = ...,
        expires_at: JsonInput = ...,
    ) -> JsonValue:
        """Keeps a string for the flow, 15 minutes by default, 24 hours at most."""
        ...

    def delete(
        self,
        key: str,
    ) -> JsonValue:
        """Removes a key."""
        ...


class GroupsApi(Protocol):
    """``api.groups``."""

    def get_user_groups(
        self,
        *,
        take: JsonInput = ...,
        from_: JsonInput = ...,
    ) -> Awaitable[JsonValue]:
        """Answers `{groups, next?}` from the host's directory."""
        ...

    def has_group_membership(
        self,
        groups: Sequence[str],
    ) -> Awaitable[JsonValue]:
        """Answers `{memberships}`: `{is_member, matches?}` for each group id or name."""
        ...


class RolesApi(Protocol):
    """``api.roles``."""

    def get_user_effective_roles(
        self,
        *,
        take: JsonInput = ...,
        from_: JsonInput = ...,
    ) -> Awaitable[JsonValue]:
        """Answers `{roles, next?}` from the host's directory, at most 100 a page."""
        ...

    def get_user_effective_roles_by_ids(
        self,
        ids: Sequence[str],
    ) -> Awaitable[JsonValue]:
        """Answers `{roles}`: those of the ids (at most 100) that the user has."""
        ...

    def get_user_effective_roles_by_names(
        self,
        names: Sequence[str],
    ) -> Awaitable[JsonValue]:
        """Answers `{roles}`: those of the names (at most 50) that the user has."""
        ...


class MultifactorApi(Protocol):
    """``api.multifactor``."""

    def enable(
        self,
        provider: str,
        *,
        allow_remember_browser: JsonInput = ...,
        provider_options: JsonInput = ...,
    ) -> PostLoginAPI:
        """Owes MFA at the end of the flow."""
        ...


class PromptApi(Protocol):
    """``api.prompt``."""

    def render(
        self,
        prompt_id: str,
        *,
        fields: JsonInput = ...,
        vars: JsonInput = ...,
    ) -> PostLoginAPI:
        """Suspends the login after this action to show a form."""
        ...


class RedirectApi(Protocol):
    """``api.redirect``."""

    def encode_token(
        self,
        *,
        secret: JsonInput = ...,
        payload: JsonInput = ...,
        expires_in_seconds: JsonInput = ...,
    ) -> JsonValue:
        """Returns an HS256 token with `iss`, `sub`, `iat`, `exp`, `ip` and the payload's members."""
        ...

    def send_user_to(
        self,
        url: str,
        *,
        query: JsonInput = ...,
    ) -> PostLoginAPI:
        """Sends the user away once this action has returned."""
        ...

    def validate_token(
        self,
        *,
        secret: JsonInput = ...,
        token_parameter_name: JsonInput = ...,
    ) -> JsonValue:
        """Returns the payload of the token that came back, or throws with the platform's message."""
        ...

    def can_redirect(
        self,
    ) -> JsonValue:
        """Tells whether somebody can be sent away in this login."""
        ...


class RefreshTokenApi(Protocol):
    """``api.refresh_token``."""

    def revoke(
        self,
        reason: str,
    ) -> PostLoginAPI:
        """Denies the login and asks the host to revoke the presented refresh token."""
        ...

    def set_expires_at(
        self,
        absolute_ms: float,
    ) -> PostLoginAPI:
        """Shortens the refresh token's life."""
        ...

    def set_idle_expires_at(
        self,
        ms: float,
    ) -> PostLoginAPI:
        """Shortens the refresh token's idle life."""
        ...

    def set_metadata(
        self,
        key: str,
        value: str | None,
    ) -> PostLoginAPI:
        """Sets a string, null deletes."""
        ...

    def delete_metadata(
        self,
        key: str,
    ) -> PostLoginAPI:
        """Removes one key of the refresh token's metadata."""
        ...

    def evict_metadata(
        self,
    ) -> PostLoginAPI:
        """Removes all metadata of the refresh token."""
        ...


class RulesApi(Protocol):
    """``api.rules``."""

    def was_executed(
        self,
        rule_id: str,
    ) -> JsonValue:
        """Always false: there are no rules here."""
        ...


class SessionApi(Protocol):
    """``api.session``."""

    def revoke(
        self,
        reason: str,
        *,
        preserve_refresh_tokens: JsonInput = ...,
    ) -> PostLoginAPI:
        """Denies the login and asks the host to end the session, and its refresh tokens unless `preserveRefreshTokens`."""
        ...

    def set_expires_at(
        self,
        absolute_ms: float,
    ) -> PostLoginAPI:
        """Shortens the session."""
        ...

    def set_idle_expires_at(
        self,
        ms: float,
    ) -> PostLoginAPI:
        """Shortens the session's idle life."""
        ...

    def set_cookie_mode(
        self,
        mode: str,
    ) -> PostLoginAPI:
        """`persistent` or `non-persistent`."""
        ...

    def set_metadata(
        self,
        key: str,
        value: str | None,
    ) -> PostLoginAPI:
        """Sets a string, null deletes."""
        ...

    def delete_metadata(
        self,
        key: str,
    ) -> PostLoginAPI:
        """Removes one key of the session's metadata."""
        ...

    def evict_metadata(
        self,
    ) -> PostLoginAPI:
        """Removes all metadata of the session."""
        ...


class SamlResponseApi(Protocol):
    """``api.saml_response``."""

    def set_attribute(
        self,
        name: str,
        value: JsonInput,
    ) -> PostLoginAPI:
        """Sets an attribute."""
        ...

    def set_audience(
        self,
        audience: str,
    ) -> PostLoginAPI:
        """Audience."""
        ...

    def set_recipient(
        self,
        recipient: str,
    ) -> PostLoginAPI:
        """Recipient."""
        ...

    def set_create_upn_claim(
        self,
        create: bool,
    ) -> PostLoginAPI:
        """UPN claim."""
        ...

    def set_passthrough_claims_with_no_mapping(
        self,
        passthrough: bool,
    ) -> PostLoginAPI:
        """Unmapped claims."""
        ...

    def set_map_unknown_claims_as_is(
        self,
        as_is: bool,
    ) -> PostLoginAPI:
        """Unknown claims."""
        ...

    def set_map_identities(
        self,
        map: bool,
    ) -> PostLoginAPI:
        """Maps identities."""
        ...

    def set_signature_algorithm(
        self,
        algorithm: str,
    ) -> PostLoginAPI:
        """Signature, rsa-sha256 or rsa-sha1."""
        ...

    def set_digest_algorithm(
        self,
        algorithm: str,
    ) -> PostLoginAPI:
        """Digest, sha256 or sha1."""
        ...

    def set_destination(
        self,
        destination: str,
    ) -> PostLoginAPI:
        """Destination of the response."""
        ...

    def set_lifetime_in_seconds(
        self,
        seconds: float,
    ) -> PostLoginAPI:
        """Lifetime."""
        ...

    def set_sign_response(
        self,
        sign: bool,
    ) -> PostLoginAPI:
        """Signs the response."""
        ...

    def set_name_identifier_format(
        self,
        format: str,
    ) -> PostLoginAPI:
        """Name identifier format."""
        ...

    def set_name_identifier_probes(
        self,
        probes: Sequence[str],
    ) -> PostLoginAPI:
        """Probes, at most 10."""
        ...

    def set_authn_context_class_ref(
        self,
        reference: str,
    ) -> PostLoginAPI:
        """Authentication context."""
        ...

    def set_signing_cert(
        self,
        certificate: str,
    ) -> PostLoginAPI:
        """Signing certificate."""
        ...

    def set_include_attribute_name_format(
        self,
        include: bool,
    ) -> PostLoginAPI:
        """Attribute name format."""
        ...

    def set_typed_attributes(
        self,
        typed: bool,
    ) -> PostLoginAPI:
        """Typed attributes."""
        ...

    def set_encryption_cert(
        self,
        certificate: str,
    ) -> PostLoginAPI:
        """Encryption certificate."""
        ...

    def set_encryption_public_key(
        self,
        key: str,
    ) -> PostLoginAPI:
        """Encryption public key."""
        ...

    def set_encryption_algorithm(
        self,
        algorithm: str,
    ) -> PostLoginAPI:
        """Encryption, aes256-cbc or aes256-gcm."""
        ...

    def set_cert(
        self,
        certificate: str,
    ) -> PostLoginAPI:
        """Certificate."""
        ...

    def set_key(
        self,
        key: str,
    ) -> PostLoginAPI:
        """Key."""
        ...

    def set_relay_state(
        self,
        relay_state: str,
    ) -> PostLoginAPI:
        """Relay state."""
        ...

    def set_issuer(
        self,
        issuer: str,
    ) -> PostLoginAPI:
        """Issuer."""
        ...


class TransactionApi(Protocol):
    """``api.transaction``."""

    def set_metadata(
        self,
        key: str,
        value: JsonInput,
    ) -> PostLoginAPI:
        """Sets a string, number or boolean that lives as long as the login and is visible at once in `event.transaction.metadata`."""
        ...


class UserApi(Protocol):
    """``api.user``."""

    def set_app_metadata(
        self,
        key: str,
        value: JsonInput,
    ) -> PostLoginAPI:
        """Sets a top-level key of the user's app_metadata."""
        ...

    def set_user_metadata(
        self,
        key: str,
        value: JsonInput,
    ) -> PostLoginAPI:
        """Sets a top-level key of the user's user_metadata."""
        ...


class ValidationApi(Protocol):
    """``api.validation``."""

    def error(
        self,
        error_code: str,
        error_message: str,
    ) -> PostLoginAPI:
        """Ends the login as a denial with the message."""
        ...


class PostLoginAPI(Protocol):
    """Changes what comes of the login: a handler's second argument."""

    access: AccessApi
    access_token: AccessTokenApi
    id_token: IdTokenApi
    authentication: AuthenticationApi
    cache: CacheApi
    groups: GroupsApi
    roles: RolesApi
    multifactor: MultifactorApi
    prompt: PromptApi
    redirect: RedirectApi
    refresh_token: RefreshTokenApi
    rules: RulesApi
    session: SessionApi
    saml_response: SamlResponseApi
    transaction: TransactionApi
    user: UserApi
    validation: ValidationApi
