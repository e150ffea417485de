"""Placeholder secrets: what background runs use in place of real ones (security.md 29)."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loginwright_runtime.extension_points import SecretRequest


class PlaceholderSecrets:
    """Gives every name a value of its own that is always the same and worth nothing."""

    async def secrets(self, request: SecretRequest) -> Mapping[str, str]:
        """Return a value of 44 characters for each name."""
        return {name: placeholder(name) for name in request.names}


def placeholder(name: str) -> str:
    """Return the placeholder of a secret's name."""
    digest = hashlib.sha256(f"loginwright/placeholder:{name}".encode()).hexdigest()
    return f"placeholder-{digest[:32]}"
