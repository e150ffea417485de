"""The window's title: the login's state first, so that the task bar shows it (desktop.md)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from loginwright_designer.simulation.states import Controls

PROGRAM: Final = "Loginwright"
_NOT_SAVED: Final = "*"


def window_title(controls: Controls | None, flow_name: str, *, dirty: bool) -> str:
    """Return what stands in the title bar: "● Away, Customer login* (past)".

    Args:
        controls: What the login is doing; None before anything is known.
        flow_name: Empty where no flow is open.
        dirty: Something in the flow is not saved.
    """
    if not flow_name:
        return PROGRAM
    named = f"{flow_name}{_NOT_SAVED}" if dirty else flow_name
    return named if controls is None else controls.title(named)
