"""What the desks of redirects, factors and forms have in common: opened, answered, left behind."""

from __future__ import annotations

from dataclasses import dataclass

from loginwright_designer.main_window.editor_area import TabKey
from loginwright_designer.panels.redirect_desk.redirect_desk import RedirectDesk
from loginwright_designer.panels.redirect_desk.second_factor_view import SecondFactorDesk
from loginwright_designer.simulation.desk import Desk
from loginwright_runtime.simulation import Away


@dataclass(slots=True)
class DeskPage:
    """The desk of one suspension.

    Attributes:
        view: What shows it.
        away: Where the login waits, as last seen.
        left_at: When it left, on the login's clock.
        desk: Of a redirect; None where a person is asked for a factor or a form.
    """

    view: RedirectDesk | SecondFactorDesk
    away: Away
    left_at: float
    desk: Desk | None = None

    @property
    def key(self) -> TabKey:
        """Its tab: one a suspension."""
        return desk_key(self.away)


def desk_key(away: Away) -> TabKey:
    """Return the tab of a suspension's desk."""
    return TabKey("desk", away.suspension.state or "")
