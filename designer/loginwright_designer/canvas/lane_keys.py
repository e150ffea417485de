"""Collects the number that is typed after ``M``: where an action is to go."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Placing:
    """The number as far as it is typed.

    Attributes:
        name: What is placed.
        count: How many places there are.
        digits: What was typed so far.
    """

    name: str
    count: int
    digits: str = ""

    def typed(self, digit: str) -> Placing:
        """Return the number with one digit more; digits that lead past the last place are lost."""
        digits = (self.digits + digit).lstrip("0")
        if digits and int(digits) > self.count:
            return self
        return Placing(self.name, self.count, digits)

    def taken_back(self) -> Placing:
        """Return the number with one digit less."""
        return Placing(self.name, self.count, self.digits[:-1])

    @property
    def place(self) -> int | None:
        """The place, from 1, or None as long as nothing is typed."""
        return int(self.digits) if self.digits else None

    def words(self) -> str:
        """Say what is typed, and how it goes on."""
        if self.place is None:
            text = translate(
                "Lane", "Move {name} to place 1 to {count}: type the number, then Enter"
            )
            return text.format(name=self.name, count=self.count)
        text = translate("Lane", "Move {name} to {place} of {count}: Enter moves, Esc cancels")
        return text.format(name=self.name, place=self.place, count=self.count)
