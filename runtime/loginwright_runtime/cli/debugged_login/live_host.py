"""Tells at once what actions print, while their login still runs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from typing_extensions import override

from loginwright_runtime.cli.debugged_login.happenings import PrintedLine
from loginwright_runtime.extension_points import ActionHost

if TYPE_CHECKING:
    from collections.abc import Callable

    from loginwright_runtime.extension_points import Invocation, InvocationEnd, LogLine
    from loginwright_runtime.tracing.masking import Masker


class LiveHost(ActionHost):
    """A host that passes on what is printed.

    Args:
        inner: Runs the code; stays whoever's it is.
        masker: Knows the secrets.
        printed: Told of every line.
    """

    def __init__(
        self, inner: ActionHost, masker: Masker, printed: Callable[[PrintedLine], None]
    ) -> None:
        self._inner = inner
        self._masker = masker
        self._printed = printed

    @override
    async def run(self, invocation: Invocation) -> InvocationEnd:
        def listen(line: LogLine) -> None:
            invocation.listen(line)
            action, text = invocation.action, self._masker.text(line.text)
            self._printed(PrintedLine(action.id, action.code, line.level, text, line.line))

        return await self._inner.run(replace(invocation, listen=listen))

    @override
    async def aclose(self) -> None:
        """Leave the inner host as it is."""
