"""Drills and verdicts have words of their own, whatever is kept in files."""

from __future__ import annotations

from loginwright_designer.simulation.drill_words import drill_name, verdict_words
from loginwright_designer.simulation.drills import Verdict
from loginwright_designer.simulation.spoiled_replies import Drill


def test_every_drill_is_called_what_its_scenario_is_called() -> None:
    assert [drill_name(drill) for drill in Drill] == [drill.value for drill in Drill]


def test_every_verdict_has_words() -> None:
    assert [verdict_words(one) for one in Verdict] == [one.value for one in Verdict]
