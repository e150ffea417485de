"""Tells literals that look like secrets from the texts that code is full of."""

from __future__ import annotations

import math
import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loginwright_runtime.validation.facts import SecretKind

_SHAPES: Mapping[SecretKind, re.Pattern[str]] = {
    "private key": re.compile(r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----(?!\s*(?:X{3}|\.{3}|…))"),
    "JSON Web Token": re.compile(r"\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]{16,}"),
    "access key": re.compile(
        r"\bAKIA[0-9A-Z]{16}\b"
        r"|\bAIza[\w-]{35}\b"
        r"|\b(?:ghp|gho|ghs|ghu)_[A-Za-z0-9]{36}\b"
        r"|\bgithub_pat_\w{40,}"
        r"|\bglpat-[\w-]{20}"
        r"|\bnpm_[A-Za-z0-9]{36}\b"
        r"|\b[rs]k_(?:live|test)_[A-Za-z0-9]{16,}"
        r"|\bxox[abeoprs]-[\w-]{10,}"
        r"|\bSG\.[\w-]{16,}\.[\w-]{16,}"
        r"|hooks\.slack\.com/services/\w+/\w+/\w{16,}"
    ),
    "password in a URL": re.compile(r"\b[a-z][a-z0-9+.-]*://[^\s/:@]+:[^\s/:@]{3,}@[^\s/]"),
}
_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_SECRET_WORDS = frozenset(
    [
        "secret",
        "password",
        "passwd",
        "passphrase",
        "pwd",
        "apikey",
        "secretkey",
        "privatekey",
        "authtoken",
        "accesstoken",
        "bearer",
    ]
)
_SECRET_PAIRS = frozenset(
    [
        *(
            f"{word} key"
            for word in ["api", "private", "access", "signing", "encryption", "hmac", "master"]
        ),
        *(f"{word} token" for word in ["auth", "access", "api", "bearer", "bot", "management"]),
    ]
)
_INNOCENT = re.compile(
    r"[a-z]+://\S*"  # a URL without credentials
    r"|[A-Za-z]+(?:[ _.:/-][A-Za-z]+)*"  # words, names of parameters, message ids
    r"|[A-Z][A-Z0-9_]*"  # the name of a setting or of a secret
    r"|.*(?:<[^>]*>|\$\{|\{\{|%s|\.\.\.|…|\*\*\*|xxxx|XXXX|example|changeme|your[-_ ]).*"
    r"|(.)\1*",
    re.DOTALL,
)
_CODED = re.compile(r"[A-Za-z0-9+/=_-]{40,512}")
_IDENTIFIES = re.compile(
    r"(id|ids|hash|hashes|digest|digests|sha|sha256|fingerprint|fingerprints|integrity|cert|"
    r"certificate|publickey|thumbprint|jwk|kid|checksum|regex|pattern|alphabet|chars|characters|charset|icon|image|"
    r"logo|svg|font|html|css)\Z"
)
_MIN_LENGTH = 8
_MIN_ENTROPY = 4.3


def secret_kind(text: str, name: str | None, *, identifies: bool = False) -> SecretKind | None:
    """Return what a literal looks like, or None.

    Args:
        text: The literal.
        name: Variable, member or parameter it is given to, or None.
        identifies: It is compared, listed or looked up, so it names something.

    A known shape is enough by itself. A name that promises a secret makes one of any text that is
    no plain word; without a name only long random text counts, unless it identifies something.
    """
    for kind, shape in _SHAPES.items():
        if shape.search(text):
            return kind
    if len(text) < _MIN_LENGTH or _INNOCENT.fullmatch(text):
        return None
    words = [word.lower() for word in _WORDS.findall(name or "")]
    if _promises_secret(words):
        return None if " " in text.strip() else "secret"
    if not identifies and _is_random(text) and not _IDENTIFIES.search("".join(words)):
        return "secret"
    return None


def entropy(text: str) -> float:
    """Return Shannon's entropy of the characters, in bits a character."""
    counts = Counter(text)
    return -sum(n / len(text) * math.log2(n / len(text)) for n in counts.values())


def _promises_secret(words: list[str]) -> bool:
    if not words:
        return False
    return words[-1] in _SECRET_WORDS or " ".join(words[-2:]) in _SECRET_PAIRS


def _is_random(text: str) -> bool:
    if not _CODED.fullmatch(text):
        return False
    classes = (str.islower, str.isupper, str.isdigit)
    mixed = all(any(test(character) for character in text) for test in classes)
    return mixed and entropy(text) >= _MIN_ENTROPY and not _is_alphabet(text)


def _is_alphabet(text: str) -> bool:
    """Tell a list of characters in their order from random ones."""
    steps = sum(ord(after) - ord(before) == 1 for before, after in pairwise(text))
    return steps > len(text) / 2
