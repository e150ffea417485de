"""``loginwright new``: a flow folder that runs at once, or one around existing actions."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from loginwright_runtime.cli.exit_status import OK
from loginwright_runtime.cli.trusted_folders import trust
from loginwright_runtime.flow.new import create_flow
from loginwright_runtime.flow.sample_files import template_or_sample
from loginwright_runtime.validation import secrets_read

if TYPE_CHECKING:
    from collections.abc import Collection

    from loginwright_runtime.cli.arguments import NewArguments
    from loginwright_runtime.cli.early_worker import EarlyWorker
    from loginwright_runtime.cli.screen import Screen
    from loginwright_runtime.flow.model import Language


def execute(arguments: NewArguments, screen: Screen, _early: EarlyWorker) -> int:
    """Make the folder, and tell what is in it and what to do next."""
    path = Path(arguments.dir)
    base = template_or_sample(arguments.template) if arguments.template is not None else None
    flow = create_flow(
        path,
        name=_name(path),
        template=base,
        code_files=[Path(file) for file in arguments.from_],
        secrets=_secrets,
    )
    trust(path)
    needed = sorted({name for action in flow.actions for name in action.secrets})
    if screen.json:
        screen.document(
            {
                "flow": arguments.dir,
                "name": flow.name,
                "version": flow.version,
                "actions": [action.id for action in flow.actions],
                "secrets": needed,
            }
        )
        return OK
    screen.line((arguments.dir, "strong"), (f"  {flow.name}", "dim"))
    for action in flow.actions:
        screen.line((f"    {action.code}", "plain"), (f"  {action.name}", "dim"))
    if needed:
        screen.line(("    needs the secrets  ", "dim"), (", ".join(needed), "plain"))
    screen.line((f"Run it with: loginwright run {arguments.dir}", "dim"))
    return OK


def _name(path: Path) -> str:
    stem = os.path.basename(os.path.realpath(path)).replace("-", " ").replace("_", " ").strip()
    return f"{stem[:1].upper()}{stem[1:]}" or "Flow"


def _secrets(language: Language, code: bytes) -> Collection[str]:
    return secrets_read(code, language)
