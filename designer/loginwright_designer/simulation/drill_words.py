"""Names drills and what came of them, in the user's language; files keep the values themselves."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from loginwright_designer.simulation.drills import Verdict
from loginwright_designer.simulation.spoiled_replies import Drill

translate = QCoreApplication.translate


def drill_name(drill: Drill) -> str:
    """Return what people call a drill: "another user's sub"."""
    return {
        Drill.NO_TOKEN: translate("Drills", "no token"),
        Drill.ECHOED: translate("Drills", "the token that was sent out, echoed back"),
        Drill.WRONG_SECRET: translate("Drills", "signed with another secret"),
        Drill.ALG_NONE: translate("Drills", "alg: none"),
        Drill.CLAIM_ALTERED: translate("Drills", "a claim altered afterwards"),
        Drill.OTHER_SUB: translate("Drills", "another user's sub"),
        Drill.OTHER_STATE: translate("Drills", "another login's state in the token"),
        Drill.WRONG_URL_STATE: translate("Drills", "a wrong state in the URL"),
        Drill.OTHER_BROWSER: translate("Drills", "another browser"),
        Drill.OTHER_HOSTNAME: translate("Drills", "another hostname"),
        Drill.EXPIRED: translate("Drills", "an expired token"),
        Drill.TWICE: translate("Drills", "the same reply twice"),
        Drill.DOUBLE_CLICK: translate("Drills", "a double click"),
        Drill.GET_FOR_POST: translate("Drills", "GET for POST, or the other way round"),
        Drill.AFTER_AN_HOUR: translate("Drills", "after an hour"),
        Drill.NEVER: translate("Drills", "never"),
    }[drill]


def verdict_words(verdict: Verdict) -> str:
    """Return how the flow did in a drill: "Refused, as it should be"."""
    return {
        Verdict.REFUSED: translate("Drills", "Refused, as it should be"),
        Verdict.ACCEPTED: translate("Drills", "Accepted: this action does not check it"),
        Verdict.AS_THE_PLATFORM: translate("Drills", "As on the platform"),
        Verdict.NOT_APPLICABLE: translate("Drills", "Not applicable"),
    }[verdict]
