"""Exports of tenants for tests, as the platform's deployment tool writes them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from flow_folders import JAVASCRIPT, write_files

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from pydantic import JsonValue

HIDDEN = "_VALUE_NOT_SHOWN_"  # What the tool writes in the place of a secret's value.


def exported(
    name: str,
    code: bytes = JAVASCRIPT,
    /,
    *,
    folder: str = "actions",
    secrets: Sequence[str] = (),
    packages: Mapping[str, str] | None = None,
    **members: JsonValue,
) -> dict[str, bytes]:
    """Return the two files of an action, or of a module with another ``folder``."""
    described: dict[str, JsonValue] = {
        "name": name,
        "code": f"./{folder}/{name}/code.js",
        "runtime": "node22",
        "status": "built",
        "dependencies": [
            {"name": package, "version": version} for package, version in (packages or {}).items()
        ],
        "secrets": [{"name": secret, "value": HIDDEN} for secret in secrets],
        "supported_triggers": [{"id": "post-login", "version": "v3"}],
        "deployed": True,
        **members,
    }
    return {
        f"{folder}/{name}.json": json.dumps(described, indent=2).encode(),
        f"{folder}/{name}/code.js": code,
    }


def triggers(*names: str, **others: JsonValue) -> dict[str, bytes]:
    """Return the file that says what runs after a login, in order."""
    bindings: dict[str, JsonValue] = {
        "post-login": [{"action_name": name, "display_name": name} for name in names],
        **others,
    }
    return {"triggers/triggers.json": json.dumps(bindings).encode()}


def write_export(folder: Path, *parts: Mapping[str, bytes]) -> Path:
    """Write an export and return its folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for files in parts:
        write_files(folder, files)
    return folder
