"""Edits of scenarios, as values or as the text of their files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from loginwright_designer.document.draft import (
    Draft,
    Edit,
    EditRefused,
    EditResult,
    FlowFocus,
    ScenarioFocus,
)
from loginwright_designer.document.kept_expectation import kept_expectation
from loginwright_runtime.flow.action_names import slug, unique_id
from loginwright_runtime.flow.member_names import folded
from loginwright_runtime.simulation.loading import FOLDER, scenario_file_name, scenario_json
from loginwright_runtime.simulation.reading import ScenarioFile, read_scenario

if TYPE_CHECKING:
    from collections.abc import Collection

    from loginwright_runtime.login.json_values import JsonObject
    from loginwright_runtime.simulation.model import Scenario

translate = QCoreApplication.translate


def add_scenario(draft: Draft, scenario: Scenario) -> EditResult:
    """Add a scenario; name and file get a number where they are taken."""
    named = scenario.model_copy(update={"name": _free_name(draft, scenario.name)})
    file = _free_file(draft, named.name)
    what = translate("Edits", "Add the scenario {name}").format(name=named.name)
    after = draft.with_scenarios(*draft.scenarios, _written(file, named))
    return Edit(what, draft, after, ScenarioFocus(file))


def change_scenario(
    draft: Draft, file: str, scenario: Scenario, *, name: str | None = None
) -> EditResult:
    """Put a scenario in the place of what its file says.

    Args:
        draft: What is edited.
        file: ``scenarios/first-login.json``.
        scenario: The new value; its file is written as ``loginwright`` writes it.
        name: Name of the edit, "Keep what came of First login"; None: "Change First login".
    """
    entry = draft.scenario(file)
    refused = _fixed(entry)
    if refused is not None:
        return refused
    if entry is not None and entry.scenario == scenario:
        return Edit(name or "", draft, draft, ScenarioFocus(file))
    what = name or translate("Edits", "Change {name}").format(name=scenario.name)
    return _replaced(draft, file, _written(file, scenario), what)


def change_scenario_text(draft: Draft, file: str, content: bytes) -> EditResult:
    """Put a text in the place of a scenario's file, whether it can be read or not."""
    entry = draft.scenario(file)
    refused = _fixed(entry)
    if refused is not None:
        return refused
    read = read_scenario(content, file)
    name = read.stem if read.scenario is None else read.scenario.name
    what = translate("Edits", "Change {name}").format(name=name)
    return _replaced(draft, file, read, what)


def rename_scenario(draft: Draft, file: str, name: str) -> EditResult:
    """Give a scenario another name; its file follows where it was named after the old one."""
    entry = draft.scenario(file)
    refused = _fixed(entry)
    if refused is not None or entry is None or entry.scenario is None:
        return refused or _unreadable()
    plain = " ".join(name.split())
    if not plain:
        return EditRefused(
            translate("Edits", "A scenario needs a name."),
            translate("Edits", "Write what people should call it."),
        )
    old = entry.scenario.name
    new_file = file
    if file == scenario_file_name(old) and slug(plain) != slug(old):
        new_file = _free_file(draft, plain)
    renamed = _written(new_file, entry.scenario.model_copy(update={"name": plain}))
    what = translate("Edits", "Rename {name}").format(name=old)
    others = (one for one in draft.scenarios if one.file != file)
    if plain == old:
        return Edit(what, draft, draft, ScenarioFocus(file))
    return Edit(what, draft, draft.with_scenarios(*others, renamed), ScenarioFocus(new_file))


def remove_scenario(draft: Draft, file: str) -> EditResult:
    """Take a scenario out, readable or not."""
    entry = draft.scenario(file)
    if entry is None:
        return _missing()
    left = tuple(one for one in draft.scenarios if one.file != file)
    name = entry.stem if entry.scenario is None else entry.scenario.name
    what = translate("Edits", "Delete the scenario {name}").format(name=name)
    place = draft.scenarios.index(entry)
    near = left[min(place, len(left) - 1) :][:1]
    focus = ScenarioFocus(near[0].file) if near else FlowFocus()
    return Edit(what, draft, draft.with_scenarios(*left), focus)


def duplicate_scenario(draft: Draft, file: str) -> EditResult:
    """Add a scenario that says the same under another name."""
    entry = draft.scenario(file)
    if entry is None:
        return _missing()
    if entry.scenario is None:
        return _unreadable()
    named = translate("Edits", "{name} copy").format(name=entry.scenario.name)
    copied = entry.scenario.model_copy(update={"name": named})
    result = add_scenario(draft, copied)
    if isinstance(result, EditRefused):
        return result
    what = translate("Edits", "Duplicate {name}").format(name=entry.scenario.name)
    return replace(result, name=what)


def import_scenario(draft: Draft, stem: str, content: bytes) -> EditResult:
    """Add a scenario file from elsewhere as it stands, readable or not.

    Args:
        draft: What is edited.
        stem: The file's name without ``.json``; it gets a number where it is taken.
        content: The whole file.
    """
    file = _free_file(draft, stem)
    entry = read_scenario(content, file)
    what = translate("Edits", "Import the scenario {name}")
    name = entry.stem if entry.scenario is None else entry.scenario.name
    after = draft.with_scenarios(*draft.scenarios, entry)
    return Edit(what.format(name=name), draft, after, ScenarioFocus(file))


def keep_as_expected(
    draft: Draft, file: str, outcome: JsonObject, paths: Collection[str]
) -> EditResult:
    """Expect from now on what came of a login, at the places that were ticked.

    Args:
        draft: What is edited.
        file: Of the scenario.
        outcome: What came, as the contract writes it.
        paths: JSON paths of the outcome, ``$.status``.
    """
    entry = draft.scenario(file)
    refused = _fixed(entry)
    if refused is not None:
        return refused
    if entry is None or entry.scenario is None:
        return _unreadable()
    expect = kept_expectation(entry.scenario.expect, outcome, paths)
    what = translate("Edits", "Keep what came of {name}").format(name=entry.scenario.name)
    kept = entry.scenario.model_copy(update={"expect": expect})
    return change_scenario(draft, file, kept, name=what)


def _written(file: str, scenario: Scenario) -> ScenarioFile:
    return ScenarioFile(file, scenario, (), scenario_json(scenario))


def _replaced(draft: Draft, file: str, entry: ScenarioFile, name: str) -> Edit:
    others = (one for one in draft.scenarios if one.file != file)
    return Edit(name, draft, draft.with_scenarios(*others, entry), ScenarioFocus(file))


def _fixed(entry: ScenarioFile | None) -> EditRefused | None:
    """Return why a scenario cannot be edited: it is not there, or of a newer format."""
    if entry is None:
        return _missing()
    if entry.newer_format is None:
        return None
    message = translate("Edits", "This scenario is of the newer format {format}.")
    remedy = translate("Edits", "Install a Loginwright that reads it; here it can be looked at.")
    return EditRefused(message.format(format=entry.newer_format), remedy)


def _missing() -> EditRefused:
    return EditRefused(
        translate("Edits", "No such scenario is in the flow."),
        translate("Edits", "Select a scenario."),
    )


def _unreadable() -> EditRefused:
    return EditRefused(
        translate("Edits", "The scenario cannot be read."),
        translate("Edits", "Correct its text first."),
    )


def _free_name(draft: Draft, wanted: str) -> str:
    taken = {entry.scenario.name for entry in draft.scenarios if entry.scenario is not None}
    candidate, number = wanted, 1
    while candidate in taken:
        number += 1
        candidate = f"{wanted} {number}"
    return candidate


def _free_file(draft: Draft, name: str) -> str:
    stems = {folded(PurePosixPath(entry.file).stem) for entry in draft.scenarios}
    return f"{FOLDER}/{unique_id(slug(name), stems)}.json"
