"""Samples and templates are found in a checkout and in an installed package."""

from __future__ import annotations

from pathlib import Path

import pytest

from flow_folders import write_folder
from loginwright_runtime.errors import FlowError
from loginwright_runtime.flow.folder import read_flow_folder
from loginwright_runtime.flow.sample_files import (
    FlowShelf,
    sample,
    samples,
    template,
    template_or_sample,
    templates,
)

RESOURCES = Path(__file__).parents[3] / "resources"


def shelf(*places: Path) -> FlowShelf:
    return FlowShelf("template", places)


def problem_of(shelf: FlowShelf, name: str) -> str:
    with pytest.raises(FlowError) as refused:
        shelf.find(name)
    (problem,) = refused.value.problems
    assert problem.rule == "unknown-template"
    return str(problem)


def test_a_sample_of_the_checkout_is_found_by_name() -> None:
    assert sample("customer-login") == RESOURCES / "samples" / "customer-login"
    assert read_flow_folder(sample("customer-login")).name == "Customer login"


def test_a_template_of_the_checkout_is_found_by_name() -> None:
    assert template("roles-in-tokens") == RESOURCES / "templates" / "roles-in-tokens"


def test_samples_and_templates_are_listed_by_name() -> None:
    assert samples() == tuple(sorted(one.name for one in (RESOURCES / "samples").iterdir()))
    assert templates() == tuple(sorted(one.name for one in (RESOURCES / "templates").iterdir()))


def test_those_of_an_installed_package_come_first(tmp_path: Path) -> None:
    installed, checkout = tmp_path / "_templates", tmp_path / "resources"
    write_folder(installed / "one")
    write_folder(checkout / "two")
    both = shelf(installed, checkout)
    assert both.names() == ("one",)
    assert both.find("one") == installed / "one"


def test_what_holds_no_flow_is_none_of_them(tmp_path: Path) -> None:
    write_folder(tmp_path / "one")
    (tmp_path / "notes").mkdir()
    (tmp_path / "README.md").write_text("About these.")
    assert shelf(tmp_path).names() == ("one",)


def test_an_unknown_name_is_told_those_that_are_known(tmp_path: Path) -> None:
    write_folder(tmp_path / "allow-list")
    write_folder(tmp_path / "step-up")
    text = problem_of(shelf(tmp_path), "allowlist")
    assert text == (
        "There is no template 'allowlist'. Did you mean allow-list? There are: allow-list, step-up."
    )


def test_a_name_like_no_other_gets_no_guess(tmp_path: Path) -> None:
    write_folder(tmp_path / "step-up")
    text = problem_of(shelf(tmp_path), "zzz")
    assert text == "There is no template 'zzz'. There are: step-up."


@pytest.mark.parametrize("name", ["..", ".", "", "step-up/../step-up", "/step-up"])
def test_a_path_is_no_name(tmp_path: Path, name: str) -> None:
    write_folder(tmp_path / "step-up")
    assert "There is no template" in problem_of(shelf(tmp_path), name)


def test_without_any_the_installation_is_at_fault(tmp_path: Path) -> None:
    nothing = shelf(tmp_path / "missing")
    assert nothing.names() == ()
    assert problem_of(nothing, "step-up") == (
        "There is no template 'step-up'. Install Loginwright again: its templates are missing."
    )


def test_a_new_flow_can_begin_as_a_template_or_as_a_sample() -> None:
    assert template_or_sample("step-up") == template("step-up")
    assert template_or_sample("customer-login") == sample("customer-login")
    with pytest.raises(FlowError) as refused:
        template_or_sample("customer")
    [problem] = refused.value.problems
    assert "Did you mean customer-login?" in problem.remedy
    assert "step-up" in problem.remedy
