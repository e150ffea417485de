"""The values of a flow's secrets while it is on the desk."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal

from loginwright_designer.document.background_thread import BackgroundThread
from loginwright_designer.document.keyring_store import InMemory, Keeping, KeptValues, KeyringStore
from loginwright_designer.document.secret_facts import SecretFacts, generate_secret, secret_facts
from loginwright_runtime.errors import Problem, SecretError
from loginwright_runtime.stores.secret_sources import MappingSecrets
from loginwright_runtime.stores.secret_values import check_value
from loginwright_runtime.tracing.masking import Masker

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from loginwright_designer.document.draft import Draft
    from loginwright_runtime.extension_points import SecretSource

NOT_ASKED = InMemory("The keyring has not been asked yet.")
NOT_TRUSTED = InMemory("The folder is not trusted, so the keyring is left alone.")


@dataclass(frozen=True, slots=True)
class SecretsChange:
    """Values came, changed or went.

    Attributes:
        names: Whose; never the values.
        keeping: Where values are kept now.
    """

    names: tuple[str, ...]
    keeping: Keeping


@dataclass(frozen=True, slots=True)
class MissingSecret:
    """A declared secret that has no value.

    Attributes:
        name: Its name.
        actions: Names of the enabled actions that declare it, in order.
    """

    name: str
    actions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SecretSetting:
    """What surrounds the values.

    Attributes:
        store: The system's keyring, or none.
        check_key: This user's key for ``check_letters``.
        trusted: Whether the folder may use the keyring.
        deferred: Keep values in memory until ``keep_all``: the sample at its first start.
    """

    store: KeyringStore
    check_key: bytes = field(repr=False)
    trusted: bool
    deferred: bool = False


class SecretDesk(QObject):
    """Holds values in memory, and in the keyring where there is one and the folder is trusted.

    Values are no part of a draft: no edit, journal, clipboard or ``repr`` has them. The keyring is
    asked on a thread of its own, because it may ask its user in turn.
    """

    secrets_changed = Signal(object)  # SecretsChange: values came, changed or went

    def __init__(self, folder: Path, setting: SecretSetting, parent: QObject | None = None) -> None:
        """Begin without values; ``load`` brings those that were kept."""
        super().__init__(parent)
        self._path = folder
        self._store = setting.store
        self._key = setting.check_key
        self._trusted = setting.trusted
        self._deferred = setting.deferred
        self._values: dict[str, str] = {}
        self._keeping: Keeping = NOT_ASKED if setting.trusted else NOT_TRUSTED
        self._thread = BackgroundThread("keyring", self)

    @property
    def keeping(self) -> Keeping:
        """Where values are kept, and where only in memory, why."""
        return self._keeping

    def value(self, name: str) -> str | None:
        """Return a value, for showing it while a button is held and for copying it."""
        return self._values.get(name)

    def facts(self, name: str) -> SecretFacts | None:
        """Return what may be shown of a value, None where there is none."""
        value = self._values.get(name)
        return None if value is None else secret_facts(value, self._key)

    def facts_of(self, value: str) -> SecretFacts:
        """Return what may be shown of a value that is being typed."""
        return secret_facts(value, self._key)

    def missing(self, draft: Draft) -> tuple[MissingSecret, ...]:
        """Return the secrets that a run needs and that have no value."""
        needed: dict[str, list[str]] = {}
        for action in draft.flow.enabled_actions:
            for name in action.secrets:
                if name not in self._values:
                    needed.setdefault(name, []).append(action.name)
        return tuple(MissingSecret(name, tuple(actions)) for name, actions in needed.items())

    def set_values(self, values: Mapping[str, str]) -> Problem | None:
        """Take values over, all or none; what is wrong with one otherwise, without saying it."""
        try:
            for name, value in values.items():
                check_value(value, path=name)
        except SecretError as error:
            return error.problems[0]
        empty = next((name for name, value in values.items() if not value), None)
        if empty is not None:
            message = QCoreApplication.translate("Secrets", "The value is empty.")
            remedy = QCoreApplication.translate("Secrets", "Write, generate or import one.")
            return Problem("secrets", "error", message, remedy, path=empty)
        self._values.update(values)
        self._tell(values)
        self._keep(dict(values))
        return None

    def generate(self, *names: str) -> None:
        """Give names random values of 32 bytes."""
        self.set_values({name: generate_secret() for name in names})

    def forget(self, name: str) -> None:
        """Drop a value, from the keyring too."""
        if self._values.pop(name, None) is not None:
            self._tell([name])
            self._keep({name: None})

    def load(self, names: Collection[str]) -> None:
        """Fetch kept values; ``secrets_changed`` follows. What was set meanwhile stays."""
        if self._trusted and not self._deferred:
            asked = tuple(dict.fromkeys(names))
            self._thread.run(partial(self._store.load, self._path, asked), self._on_loaded)

    def allow_keyring(self) -> None:
        """Use the keyring from now on: the folder's user trusts it."""
        self._trusted = True
        if self._keeping == NOT_TRUSTED:
            self._keeping = NOT_ASKED
            self._tell(())
        self.keep_all()

    def leave_keyring(self) -> None:
        """Use the keyring no more: the folder's user trusts it no longer."""
        self._trusted = False
        self._keeping = NOT_TRUSTED
        self._tell(())

    def keep_all(self) -> None:
        """Put every value into the keyring, where that is allowed: the first save of a sample."""
        self._deferred = False
        self._keep(dict(self._values))

    def move_to(self, folder: Path, *, trusted: bool) -> None:
        """Go on in the folder that the flow was saved into.

        Args:
            folder: Which, be it another one or not.
            trusted: Whether its user trusts it, so that the keyring may be used (security.md 29).
        """
        self._path = folder
        if trusted:
            self.allow_keyring()

    def source(self) -> SecretSource:
        """Return the values as they are now, for an engine that runs what its user asked for."""
        return MappingSecrets(dict(self._values))

    def masker(self) -> Masker:
        """Return what hides the values that are loaded now, in every text."""
        return Masker(self._values.values())

    def close(self) -> None:
        """Finish what the keyring was asked for, and end the thread."""
        self._thread.close(finish=True)
        self._values.clear()
        self.deleteLater()

    def _keep(self, values: Mapping[str, str | None]) -> None:
        if self._trusted and not self._deferred and values:
            self._thread.run(partial(self._store.keep, self._path, values), self._on_kept)

    def _on_loaded(self, kept: KeptValues) -> None:
        new = {name: value for name, value in kept.values.items() if name not in self._values}
        self._values.update(new)
        self._keeping = kept.keeping
        self._tell(new)

    def _on_kept(self, keeping: Keeping) -> None:
        if keeping != self._keeping:
            self._keeping = keeping
            self._tell(())

    def _tell(self, names: Collection[str]) -> None:
        self.secrets_changed.emit(SecretsChange(tuple(names), self._keeping))
