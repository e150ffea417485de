"""The setters of ``api.samlResponse`` (reference §2, limits §4.6)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class SamlSetter:
    """One setter.

    Attributes:
        name: Method name.
        parameter: Its parameter.
        kind: What that accepts.
        limit: Most bytes of UTF-8 a value may have, or None.
        does: What it is for, one sentence with the platform's default.
        choices: The only values it takes, or empty for any.
    """

    name: str
    parameter: str
    kind: Literal["string", "boolean", "number", "strings", "attribute"]
    limit: int | None
    does: str
    choices: tuple[str, ...] = ()

    @property
    def setting(self) -> str:
        """The name under which the value stands in the outcome, ``setAudience`` → ``audience``."""
        return self.name[3].lower() + self.name[4:]


_KB = 1024

SAML_SETTERS: tuple[SamlSetter, ...] = (
    SamlSetter(
        "setAttribute", "value", "attribute", 2 * _KB, "Sets an attribute; null removes it."
    ),
    SamlSetter("setAudience", "audience", "string", 2 * _KB, "Audience; the request's issuer."),
    SamlSetter("setRecipient", "recipient", "string", 2 * _KB, "Recipient; the ACS URL."),
    SamlSetter("setCreateUpnClaim", "create", "boolean", None, "UPN claim; true."),
    SamlSetter(
        "setPassthroughClaimsWithNoMapping",
        "passthrough",
        "boolean",
        None,
        "Unmapped claims; true.",
    ),
    SamlSetter("setMapUnknownClaimsAsIs", "asIs", "boolean", None, "Unknown claims; false."),
    SamlSetter("setMapIdentities", "map", "boolean", None, "Maps identities; true."),
    SamlSetter(
        "setSignatureAlgorithm",
        "algorithm",
        "string",
        None,
        "Signature, rsa-sha256 or rsa-sha1; rsa-sha256.",
        ("rsa-sha256", "rsa-sha1"),
    ),
    SamlSetter(
        "setDigestAlgorithm",
        "algorithm",
        "string",
        None,
        "Digest, sha256 or sha1; sha256.",
        ("sha256", "sha1"),
    ),
    SamlSetter("setDestination", "destination", "string", 2 * _KB, "Destination of the response."),
    SamlSetter("setLifetimeInSeconds", "seconds", "number", None, "Lifetime; 3600."),
    SamlSetter("setSignResponse", "sign", "boolean", None, "Signs the response; false."),
    SamlSetter("setNameIdentifierFormat", "format", "string", 512, "Name identifier format."),
    SamlSetter("setNameIdentifierProbes", "probes", "strings", 512, "Probes, at most 10."),
    SamlSetter("setAuthnContextClassRef", "reference", "string", 512, "Authentication context."),
    SamlSetter("setSigningCert", "certificate", "string", 4 * _KB, "Signing certificate."),
    SamlSetter(
        "setIncludeAttributeNameFormat", "include", "boolean", None, "Attribute name format; true."
    ),
    SamlSetter("setTypedAttributes", "typed", "boolean", None, "Typed attributes; true."),
    SamlSetter("setEncryptionCert", "certificate", "string", 4 * _KB, "Encryption certificate."),
    SamlSetter("setEncryptionPublicKey", "key", "string", 4 * _KB, "Encryption public key."),
    SamlSetter(
        "setEncryptionAlgorithm",
        "algorithm",
        "string",
        None,
        "Encryption, aes256-cbc or aes256-gcm; aes256-cbc.",
        ("aes256-cbc", "aes256-gcm"),
    ),
    SamlSetter("setCert", "certificate", "string", 4 * _KB, "Certificate."),
    SamlSetter("setKey", "key", "string", 4 * _KB, "Key."),
    SamlSetter("setRelayState", "relayState", "string", None, "Relay state."),
    SamlSetter("setIssuer", "issuer", "string", None, "Issuer; urn:auth0:TENANT."),
)
