"""What tests of the panel of secrets stand on: rows, values, and a shown panel."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loginwright_designer.document.secret_facts import secret_facts
from loginwright_designer.document.secret_map import MapFix, SecretFinding, SecretRow, SecretUser
from loginwright_designer.panels.secrets.secrets_panel import SecretsPanel

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from loginwright_designer.document.secret_facts import SecretFacts
    from loginwright_designer.theme.theme import Theme

VALUES = {"MY_SHARED_SECRET": "canary-5b1f8e0c-of-a-value-that-is-long", "SHORT": "canary-9d"}
ASK = SecretUser("ask", "Ask favourite colour", (13, 35))
IDLE = SecretUser("idle", "Idle")
UNREAD = SecretFinding(
    "Idle declares it and never reads it.", MapFix("undeclare", "API_KEY", "idle")
)


def facts_of(value: str) -> SecretFacts:
    return secret_facts(value, b"k" * 32)


def make_rows() -> tuple[SecretRow, ...]:
    return (
        SecretRow("API_KEY", (IDLE,), findings=(UNREAD,)),
        SecretRow("MY_SHARED_SECRET", (ASK,), facts=facts_of(VALUES["MY_SHARED_SECRET"])),
        SecretRow("SHORT", (ASK,), facts=facts_of(VALUES["SHORT"])),
    )


@pytest.fixture
def rows() -> tuple[SecretRow, ...]:
    """One secret that is missing, one that is set, and one that is too short."""
    return make_rows()


@pytest.fixture
def panel(theme: Theme, qtbot: QtBot, rows: tuple[SecretRow, ...]) -> SecretsPanel:
    """The panel, shown."""
    shown = SecretsPanel(theme, VALUES.get, facts_of)
    qtbot.addWidget(shown)
    shown.show_secrets(rows)
    shown.resize(240, 700)
    with qtbot.waitExposed(shown):
        shown.show()
    shown.activateWindow()
    shown.env_button.setFocus()
    qtbot.waitUntil(shown.env_button.hasFocus)
    return shown
