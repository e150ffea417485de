"""What the top bar gives up, step by step, as the window gets narrower."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from loginwright_designer.main_window.command_box import BoxForm


@dataclass(frozen=True, slots=True)
class BarForm:
    """How much of the top bar is shown in words.

    Attributes:
        least: Width of the window, at a zoom of 100 %, from which it is used.
        box: The command box.
        state_text: Whether the login's state stands beside the flow's name.
        export_text: Whether Export is a word, not only an icon.
        picker: Width of the scenario picker.
        primary_key: Whether the key stands beside the primary button's word.
        primary_icon: Whether it has its icon.
        gap: Between the parts.
        line: Whether a line stands before the scenario picker.
    """

    least: int
    box: BoxForm
    state_text: bool = False
    export_text: bool = False
    picker: int = 120
    primary_key: bool = True
    primary_icon: bool = True
    gap: int = 4
    line: bool = True


FORMS: Final = (
    BarForm(1440, BoxForm.WHOLE, state_text=True, export_text=True, picker=208, gap=8),
    BarForm(1440, BoxForm.WHOLE, state_text=True, export_text=True, picker=160, gap=8),
    BarForm(1280, BoxForm.SHORT, state_text=True, export_text=True, picker=160, gap=8),
    BarForm(1100, BoxForm.SHORT, export_text=True, picker=160, gap=8),
    BarForm(900, BoxForm.KEY, picker=140, gap=8),
    BarForm(720, BoxForm.KEY),
    BarForm(720, BoxForm.ICON),
    BarForm(0, BoxForm.ICON, primary_key=False),
    BarForm(0, BoxForm.ICON, primary_key=False, line=False),
    BarForm(0, BoxForm.ICON, primary_key=False, primary_icon=False, gap=4, line=False),
)
"""From the widest to the narrowest; the first that fits is taken."""
