"""The three blocks of a receipt run as they are pasted."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from designer_drafts import done, draft_of, sample_draft
from exported_flows import exported
from loginwright_designer.document.action_edits import declare_secret
from loginwright_designer.document.export_blocks import (
    PasteBlock,
    command_here,
    paste_blocks,
    trial_scenario,
)

if TYPE_CHECKING:
    from loginwright_designer.document.draft import Draft


def pasted(block: PasteBlock, folder: Path) -> subprocess.CompletedProcess[str]:
    """Paste a block into a shell, or into a file of Python."""
    programs = str(Path(sys.executable).parent)
    environment = {**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}
    words = ["sh", "-e"] if block.kind != "python" else [sys.executable, "-"]
    return subprocess.run(
        words,
        input=block.text,
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def blocks(target: Path, draft: Draft | None = None, *, with_scenarios: bool) -> list[PasteBlock]:
    return list(paste_blocks(exported(target, draft, with_scenarios=with_scenarios)))


@pytest.mark.parametrize("with_scenarios", [True, False])
def test_try_it_prints_the_claims_of_the_first_login(tmp_path: Path, with_scenarios: bool) -> None:
    trial = blocks(tmp_path / "it's here.loginflow", with_scenarios=with_scenarios)[0]
    done_ = pasted(trial, tmp_path)
    assert done_.returncode == 0, done_.stderr
    assert 'https://my-app.example.com/roles  ["admin"]' in done_.stdout


def test_try_it_runs_in_a_shell_that_knows_no_loginwright(tmp_path: Path) -> None:
    written = exported(tmp_path / "a.loginflow", None, with_scenarios=True)
    nowhere = tmp_path / "bin"
    nowhere.mkdir()
    trial = paste_blocks(written, command=command_here(str(nowhere)))[0]
    assert f"{Path(sys.executable).parent}/loginwright run " in trial.text
    assert pasted(trial, tmp_path).returncode == 0


def test_a_shell_that_knows_loginwright_is_told_its_name(tmp_path: Path) -> None:
    known = tmp_path / "loginwright"
    known.write_text("#!/bin/sh\n", encoding="utf-8")
    known.chmod(0o755)
    assert command_here(str(tmp_path)) == "loginwright"


@pytest.mark.parametrize("with_scenarios", [True, False])
def test_on_a_server_puts_the_bundle_in_place_and_checks_it(
    tmp_path: Path, with_scenarios: bool
) -> None:
    server = blocks(tmp_path / "a.loginflow", with_scenarios=with_scenarios)[1]
    done_ = pasted(server, tmp_path)
    assert done_.returncode == 0, done_.stderr + done_.stdout
    secret = tmp_path / "login" / "secrets" / "MY_SHARED_SECRET"
    secret.write_text("what the server really has, kept when pasted again", encoding="utf-8")
    pasted(server, tmp_path)
    assert secret.read_text(encoding="utf-8").startswith("what the server")


def test_in_python_begins_a_login(tmp_path: Path) -> None:
    python = blocks(tmp_path / "a.loginflow", with_scenarios=False)[2]
    done_ = pasted(python, tmp_path)
    assert done_.returncode == 0, done_.stderr
    assert done_.stdout.startswith(("Allowed:", "The browser has to go to", "No tokens:"))


def test_a_flow_without_secrets_or_scenarios_has_blocks_that_run(tmp_path: Path) -> None:
    for block in blocks(tmp_path / "a.loginflow", draft_of("Nothing"), with_scenarios=True):
        assert pasted(block, tmp_path).returncode == 0


def test_a_secret_whose_name_no_shell_takes_is_given_all_the_same(tmp_path: Path) -> None:
    draft = draft_of("Nothing")
    draft = done(declare_secret(draft, draft.flow.actions[0].id, "api-key")).after
    trial = blocks(tmp_path / "a.loginflow", draft, with_scenarios=False)[0]
    assert pasted(trial, tmp_path).returncode == 0


def test_no_block_holds_a_value(tmp_path: Path) -> None:
    for block in blocks(tmp_path / "a.loginflow", with_scenarios=True):
        assert "MY_SHARED_SECRET" in block.text
        assert "put-the-real-value-here" in block.text


def test_the_scenario_to_try_is_the_chosen_one_where_it_is_allowed_to_sign_in() -> None:
    draft = sample_draft()
    allowed = draft.scenario("scenarios/from-north-america.json")
    denied = draft.scenario("scenarios/on-a-saturday.json")
    assert trial_scenario(draft, allowed) is allowed
    tried = trial_scenario(draft, denied)
    assert tried is not None
    assert tried.file == "scenarios/first-login.json"
