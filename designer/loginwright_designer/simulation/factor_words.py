"""What people call the factors of a login."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate


def factor_words(factor: str) -> str:
    """Return what people call a factor; its own name where there is no other."""
    words = {
        "otp": translate("SecondFactorDesk", "One-time password"),
        "email": translate("SecondFactorDesk", "Code by email"),
        "webauthn-platform": translate("SecondFactorDesk", "Device biometrics"),
        "webauthn-roaming": translate("SecondFactorDesk", "Security key"),
        "recovery-code": translate("SecondFactorDesk", "Recovery code"),
        "phone": translate("SecondFactorDesk", "Code by phone"),
        "push": translate("SecondFactorDesk", "Push notification"),
        "push-notification": translate("SecondFactorDesk", "Push notification"),
    }
    return words.get(factor, factor)
