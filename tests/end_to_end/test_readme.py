"""What the README says is true: its commands, its scenario and its example run as they stand."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import jwt
import pytest

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMAND = Path(sys.executable).parent / "loginwright"


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


def run(*words: str, cwd: Path, status: int = 0, environment: dict[str, str] | None = None) -> str:
    done = subprocess.run(
        [COMMAND, *words],
        cwd=cwd,
        env=os.environ | (environment or {}),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == status, done.stderr + done.stdout
    return done.stdout


def test_it_opens_with_a_picture_and_the_two_commands() -> None:
    assert README.startswith("<picture>")
    shown = re.findall(r'(?:src|srcset)="([^"]+)"', README)
    assert shown == ["docs/images/designer/away-dark.png", "docs/images/designer/away-light.png"]
    assert [picture for picture in shown if not (ROOT / picture).exists()] == []
    assert [line.split("#")[0].strip() for line in blocks("")[0].splitlines()] == [
        "make run",
        "make test",
    ]


def test_every_link_leads_somewhere() -> None:
    targets = re.findall(r"\]\(([^)#]+)\)", README)
    assert targets
    missing = [target for target in targets if not (ROOT / target).exists()]
    assert missing == []


def test_the_example_has_at_most_twenty_lines_and_prints_a_token() -> None:
    (example,) = blocks("python")
    assert len(example.splitlines()) <= 20
    done = subprocess.run(
        [sys.executable, "-c", example],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    claims = jwt.decode(done.stdout.strip(), options={"verify_signature": False})
    assert claims["sub"] == "auth0|0001"


def test_a_new_flow_runs_is_tested_and_exported_at_once(tmp_path: Path) -> None:
    run("new", "checkout-login", cwd=tmp_path)
    run("validate", "checkout-login", cwd=tmp_path)
    run("run", "checkout-login", cwd=tmp_path)
    run("test", "checkout-login", cwd=tmp_path)
    run("export", "checkout-login", "-o", "checkout-login.loginflow", cwd=tmp_path)
    run("run", "checkout-login.loginflow", cwd=tmp_path)


def test_the_scenario_of_the_readme_is_met(tmp_path: Path) -> None:
    (scenario,) = blocks("json")
    code = ROOT / "resources/samples/customer-login/actions/ask-favourite-colour.js"
    run("new", "flow", "--from", str(code), cwd=tmp_path)
    (tmp_path / "flow" / "scenarios").mkdir(exist_ok=True)
    (tmp_path / "flow" / "scenarios" / "teal.json").write_text(scenario, encoding="utf-8")
    secret = {"LOGINWRIGHT_SECRET_MY_SHARED_SECRET": "x" * 40}
    run("test", "flow", "--scenario", "teal", cwd=tmp_path, environment=secret)


def test_a_login_left_in_a_store_is_resumed_by_another_process(tmp_path: Path) -> None:
    code = ROOT / "resources/samples/customer-login/actions/ask-favourite-colour.js"
    run("new", "flow", "--from", str(code), cwd=tmp_path)
    secret = {"LOGINWRIGHT_SECRET_MY_SHARED_SECRET": "x" * 40}
    left = run(
        "run", "flow", "--store", "logins.db", "--json", cwd=tmp_path, status=4, environment=secret
    )
    suspension = json.loads(left)["suspension"]
    sent = suspension["url"].partition("session_token=")[2].partition("&")[0]
    before = jwt.decode(sent, "x" * 40, algorithms=["HS256"])
    reply = jwt.encode(
        before | {"state": suspension["state"], "favorite_color": "teal"}, "x" * 40, "HS256"
    )
    words = ["resume", "--store", "logins.db", "--state", suspension["state"], "--json"]
    back = run(*words, "--body", f"session_token={reply}", cwd=tmp_path, environment=secret)
    assert json.loads(back)["user"]["user_metadata"] == {"favorite_color": "teal"}
    run(*words, "--body", f"session_token={reply}", cwd=tmp_path, status=5, environment=secret)


def test_its_way_to_a_suspended_login_ends_suspended(tmp_path: Path) -> None:
    block = README.partition("## Leave, and come back")[2].split("```")[1]
    new, secret, left, back = block.strip().splitlines()
    name, _, value = secret.removeprefix("export ").partition("=")
    assert len(value) >= 32
    run(*new.split()[1:], cwd=tmp_path)
    words = left.partition("#")[0].split()[1:]
    told = run(*words, cwd=tmp_path, status=4, environment={name: value})
    assert "resume --store logins.db --state" in told
    assert back.startswith("loginwright resume --store logins.db --state STATE")


@pytest.mark.parametrize("name", ["command-line", "runtime", "api-support", "semantics", "rules"])
def test_every_page_it_names_says_something(name: str) -> None:
    assert len((ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")) > 1000
