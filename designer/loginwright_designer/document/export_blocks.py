"""What to paste after an export: try the bundle, put it on a server, run it from Python."""

from __future__ import annotations

import json
import shlex
import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from PySide6.QtCore import QCoreApplication

from loginwright_runtime.stores.secret_sources import ENVIRONMENT_PREFIX

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from loginwright_designer.document.draft import Draft
    from loginwright_designer.document.flow_export import ExportWritten
    from loginwright_runtime.simulation import ScenarioFile

translate = QCoreApplication.translate

BlockKind: TypeAlias = Literal["try", "server", "python"]
PLACEHOLDER = "put-the-real-value-here-32-bytes-or-more"
_DELIMITER = "SCENARIO"
COMMAND = "loginwright"

_PYTHON = """\
import asyncio
import secrets

import loginwright_runtime as lw

BUNDLE = {bundle}
SECRETS = {secrets}


async def first_login() -> lw.Outcome:
    async with lw.FlowEngine(
        lw.load_flow(BUNDLE),
        users=lw.MemoryUserStore([{{"user_id": "auth0|0001", "email": "ada@example.com"}}]),
        suspensions=lw.MemorySuspensionStore(),  # on a server: lw.SqliteStore("logins.db")
        secrets=lw.MappingSecrets(SECRETS),  # on a server: lw.DirectorySecrets("/run/secrets")
        signer=lw.DevelopmentSigner(),  # on a server: lw.load_signer(…).signer
        hostnames={{"localhost"}},
        store_keys=[secrets.token_bytes(32)],
    ) as engine:
        client = lw.Client(client_id="spa", name="My SPA")
        login = lw.LoginRequest(user_id="auth0|0001", client=client, browser=lw.NoBrowser())
        return await engine.start(login)


match asyncio.run(first_login()):
    case lw.Allowed() as outcome:
        print("Allowed:", outcome.tokens.id_token)
    case lw.Suspended() as outcome:
        print("The browser has to go to", outcome.url)
    case lw.Denied() | lw.Failed() as outcome:
        print("No tokens:", lw.oauth_error(outcome, endpoint="authorize"))
"""


@dataclass(frozen=True, slots=True)
class PasteBlock:
    """Text that works as it is pasted.

    Attributes:
        kind: Which of the three.
        title: Its heading.
        note: What comes of it, one sentence.
        text: The lines; values of secrets are placeholders.
    """

    kind: BlockKind
    title: str
    note: str
    text: str = field(repr=False)


def command_here(path: str | None = None) -> str:
    """Return how a shell of this desk finds ``loginwright``: by its name, else by its place.

    Args:
        path: Folders to look in; None takes those of the environment.
    """
    own = Path(sys.executable).parent / COMMAND
    if shutil.which(COMMAND, path=path) is not None or not own.is_file():
        return COMMAND
    return str(own)


def paste_blocks(
    written: ExportWritten, chosen: ScenarioFile | None = None, command: str = COMMAND
) -> tuple[PasteBlock, ...]:
    """Return the three blocks for a bundle.

    Args:
        written: The export.
        chosen: The scenario to try; None, or one that is not allowed to sign in, takes the first
            that is, so that the block ends with exit status 0.
        command: What a shell of this desk runs; a server has ``loginwright``.
    """
    scenario = trial_scenario(written.draft, chosen)
    tried = translate("Export", "Runs the default login.")
    if scenario is not None and scenario.scenario is not None:
        words = translate("Export", "Runs {name} in a shell.")
        tried = words.format(name=scenario.scenario.name)
    trial = _trial(written, scenario, shlex.quote(command))
    return (
        PasteBlock("try", translate("Export", "Try it"), tried, "\n".join(trial)),
        PasteBlock(
            "server",
            translate("Export", "On a server"),
            translate("Export", "Puts it in place beside its secrets, and checks it there."),
            "\n".join(_placing(written)),
        ),
        PasteBlock(
            "python",
            translate("Export", "In Python"),
            translate("Export", "Begins one login; docs/runtime.md tells the rest."),
            _PYTHON.format(
                bundle=json.dumps(str(written.file)),
                secrets=_python_secrets(written.secrets),
            ),
        ),
    )


def trial_scenario(draft: Draft, chosen: ScenarioFile | None) -> ScenarioFile | None:
    """Return the scenario to try a bundle with: one whose login is allowed."""
    wanted = [entry for entry in (chosen, *draft.scenarios) if entry is not None]
    allowed = (entry for entry in wanted if _is_allowed(entry))
    return next(allowed, chosen if chosen is not None and chosen.scenario else None)


def _is_allowed(entry: ScenarioFile) -> bool:
    expected = None if entry.scenario is None else entry.scenario.expect
    return expected is not None and expected.get("status") == "allowed"


def _trial(written: ExportWritten, scenario: ScenarioFile | None, command: str) -> Iterator[str]:
    plain = [name for name in written.secrets if name.isidentifier()]
    odd = [name for name in written.secrets if not name.isidentifier()]
    for name in plain:
        yield f"export {ENVIRONMENT_PREFIX}{name}={PLACEHOLDER}"
    before = "".join(f"'{ENVIRONMENT_PREFIX}{name}={PLACEHOLDER}' " for name in odd)
    line = f"{'env ' if odd else ''}{before}{command} run {_quoted(written)}"
    if scenario is None:
        yield line
    elif written.with_scenarios:
        yield f"{line} --scenario {shlex.quote(scenario.stem)}"
    else:
        yield f"{line} --scenario - <<'{_DELIMITER}'"
        yield scenario.content.decode(errors="replace").rstrip("\n")
        yield _DELIMITER


def _placing(written: ExportWritten) -> Iterator[str]:
    bundle = shlex.quote(f"login/{written.file.name}")
    yield "mkdir -p login/secrets"
    yield "chmod 700 login/secrets"
    yield f"cp {_quoted(written)} login/"
    for name in written.secrets:
        file = f"login/secrets/{name}"
        yield f"[ -e {file} ] || printf %s {PLACEHOLDER} > {file}"
    yield f"loginwright validate {bundle}"
    if written.with_scenarios and written.draft.scenarios:
        yield f"loginwright test {bundle} --secrets-dir login/secrets"


def _quoted(written: ExportWritten) -> str:
    return shlex.quote(str(written.file))


def _python_secrets(names: Sequence[str]) -> str:
    if not names:
        return "{}"
    lines = "".join(f"    {json.dumps(name)}: {json.dumps(PLACEHOLDER)},\n" for name in names)
    return f"{{\n{lines}}}"
