"""``loginwright keys``: the public part of the development signing key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loginwright_runtime.cli.exit_status import OK
from loginwright_runtime.tokens.development_signer import DEVELOPMENT_ISSUER, DevelopmentSigner

if TYPE_CHECKING:
    from loginwright_runtime.cli.arguments import KeysArguments
    from loginwright_runtime.cli.early_worker import EarlyWorker
    from loginwright_runtime.cli.screen import Screen
    from loginwright_runtime.login.json_values import JsonValue

_ALGORITHMS = ("RS256", "ES256")


def execute(arguments: KeysArguments, screen: Screen, _early: EarlyWorker) -> int:
    """Print the keys, one an algorithm; they are made when there are none yet."""
    signer = DevelopmentSigner()
    keys: list[JsonValue] = []
    for algorithm in _ALGORITHMS:
        listed = signer.jwks(algorithm)["keys"]
        assert isinstance(listed, list)
        keys.extend(listed)
    if arguments.jwks:
        screen.document({"keys": keys})
    elif screen.json:
        screen.document({"issuer": DEVELOPMENT_ISSUER, "keys": keys})
    else:
        screen.line(("issuer  ", "dim"), (DEVELOPMENT_ISSUER, "plain"))
        for key in keys:
            if isinstance(key, dict):
                screen.line((f"{key['alg']}   ", "dim"), (str(key["kid"]), "plain"))
        screen.line(("--jwks prints the keys for whoever checks tokens of test logins.", "dim"))
    return OK
