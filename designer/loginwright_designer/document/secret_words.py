"""What is said of a secret's value, and of the place where values are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from PySide6.QtCore import QCoreApplication

from loginwright_designer.document.keyring_store import InKeyring, InMemory

if TYPE_CHECKING:
    from loginwright_designer.document.keyring_store import Keeping
    from loginwright_designer.document.secret_facts import SecretFacts

translate = QCoreApplication.translate


def length_words(facts: SecretFacts) -> str:
    """Return "43 characters · check 3F9A"."""
    words = translate("Secrets", "{count} characters · check {check}")
    if facts.characters == 1:
        words = translate("Secrets", "1 character · check {check}")
    return words.format(count=facts.characters, check=facts.check)


def warning_words(facts: SecretFacts) -> tuple[str, ...]:
    """Return what may be wrong with a value, a phrase each: too short, white space in it."""
    found: list[str] = []
    if facts.is_short:
        short = translate("Secrets", "shorter than the 32 bytes HS256 asks for (RFC 7518 §3.2)")
        found.append(short)
    if facts.outer_space:
        found.append(translate("Secrets", "begins or ends with white space"))
    if facts.inner_space:
        found.append(translate("Secrets", "has white space or a line end inside"))
    return tuple(found)


def keeping_words(keeping: Keeping) -> str:
    """Return where values are kept, and where it is only in memory, why."""
    match keeping:
        case InKeyring(keyring):
            return translate("Secrets", "Values are kept in {keyring}.").format(keyring=keyring)
        case InMemory(reason):
            words = translate("Secrets", "Values are in memory only until this window closes.")
            return f"{words} {translate('Secrets', reason)}"
        case _:
            assert_never(keeping)
