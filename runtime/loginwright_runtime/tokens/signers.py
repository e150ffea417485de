"""The signers that ship: with a key object, with a desk's own key, with a key file."""

from loginwright_runtime.tokens.development_signer import DEVELOPMENT_ISSUER, DevelopmentSigner
from loginwright_runtime.tokens.key_signer import KeySigner
from loginwright_runtime.tokens.signing_key_file import LoadedSigner, load_signer

__all__ = ["DEVELOPMENT_ISSUER", "DevelopmentSigner", "KeySigner", "LoadedSigner", "load_signer"]
