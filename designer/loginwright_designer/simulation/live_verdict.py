"""What ``validateToken`` would say of an answer at the desk, in words, before it is sent."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from loginwright_designer.simulation.desk import Answer, Desk, live_checks
from loginwright_designer.simulation.desk_words import validate_line
from loginwright_runtime.errors import ScenarioError
from loginwright_runtime.tracing.record import TokenCheck

if TYPE_CHECKING:
    from typing import Self

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class LiveVerdict:
    """What is known of an answer before it is sent.

    Attributes:
        checks: The seven rows; empty where nothing is checked.
        message: Of the platform, or why the answer cannot be made; empty for none.
        line: Of ``validateToken``, where known.
        unmade: The answer cannot be made.
    """

    checks: tuple[TokenCheck, ...] = field(default=(), repr=False)
    message: str = ""
    line: int | None = None
    unmade: bool = False

    @classmethod
    def of(cls, answer: Answer, desk: Desk) -> Self:
        """Judge an answer.

        Args:
            answer: As it stands.
            desk: The login.
        """
        line = validate_line(desk)
        try:
            report = live_checks(answer, desk)
        except ScenarioError as error:
            return cls((), error.problems[0].message, line, unmade=True)
        if report is None:
            return cls()
        message = report.error.message if report.error is not None else ""
        return cls(report.checks, message, line)

    @property
    def accepted(self) -> bool:
        """Whether every row passes."""
        return bool(self.checks) and all(row.passed for row in self.checks)

    @property
    def title(self) -> str:
        """The verdict in one line."""
        if self.unmade:
            return translate("RedirectDesk", "This answer cannot be made")
        if self.accepted:
            return translate("RedirectDesk", "validateToken would accept this")
        if self.checks or self.message:
            return translate("RedirectDesk", "validateToken would refuse this")
        return translate("RedirectDesk", "No validateToken: nothing checks this answer for you")
