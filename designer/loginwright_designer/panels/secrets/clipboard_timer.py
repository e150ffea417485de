"""Takes a copied secret off the clipboard again after a minute."""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, QTimer

if TYPE_CHECKING:
    from PySide6.QtGui import QClipboard

KEPT_MS = 60_000

_SECRET_HINTS = {
    "x-kde-passwordManagerHint": b"secret",
    "org.nspasteboard.ConcealedType": b"",
    "ExcludeClipboardContentFromMonitorProcessing": b"\0\0\0\0",
}
"""What programs that keep a history of the clipboard look for before they leave something out."""


class ClipboardTimer(QObject):
    """Puts secrets on the clipboard, and takes off what is still the one it put there.

    It remembers a keyed digest of the value, not the value.

    Args:
        clipboard: The application's.
        milliseconds: How long a value stays.
        parent: Qt's owner.
    """

    def __init__(
        self,
        clipboard: QClipboard,
        milliseconds: int = KEPT_MS,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._clipboard = clipboard
        self._key = secrets.token_bytes(32)
        self._digest: bytes | None = None
        self._timer = QTimer(self, singleShot=True, interval=milliseconds)
        self._timer.timeout.connect(self.clear)

    @property
    def is_waiting(self) -> bool:
        """Whether a copied value is still to be taken off."""
        return self._timer.isActive()

    def copy(self, value: str) -> None:
        """Put a value on the clipboard, and begin to wait."""
        data = QMimeData()
        data.setText(value)
        for kind, content in _SECRET_HINTS.items():
            data.setData(kind, content)
        self._clipboard.setMimeData(data)
        self._digest = self._digest_of(value)
        self._timer.start()

    def clear(self) -> None:
        """Take the value off now, unless something else was copied meanwhile; also at the end."""
        self._timer.stop()
        digest, self._digest = self._digest, None
        if digest is not None and self._digest_of(self._clipboard.text()) == digest:
            self._clipboard.clear()

    def _digest_of(self, value: str) -> bytes:
        content = value.encode(errors="surrogatepass")
        return hashlib.blake2b(content, key=self._key).digest()
