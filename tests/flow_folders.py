"""Flow folders, npm packages and bundles for tests, as somebody would have written them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pydantic import JsonValue

JAVASCRIPT = b"exports.onExecutePostLogin = async (event, api) => {};\n"
PYTHON = b"async def on_execute_post_login(event, api): ...\n"


def action(action_id: str = "colour", **members: JsonValue) -> dict[str, JsonValue]:
    """An entry of ``actions``."""
    entry: dict[str, JsonValue] = {
        "id": action_id,
        "name": action_id.title(),
        "code": f"actions/{action_id}.js",
        **members,
    }
    return entry


def document(*actions: JsonValue, **members: JsonValue) -> dict[str, JsonValue]:
    """The members of a ``flow.json``."""
    return {
        "format": "loginwright/flow@1",
        "name": "Customer login",
        "actions": list(actions),
        **members,
    }


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files below a folder, and the folders they stand in."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def write_folder(
    folder: Path,
    flow: JsonValue = None,
    files: Mapping[str, bytes] | None = None,
) -> Path:
    """Write a flow folder with one JavaScript action unless told otherwise; return it."""
    written = document(action()) if flow is None else flow
    write_files(folder, {"actions/colour.js": JAVASCRIPT} if files is None else files)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "flow.json").write_text(json.dumps(written, indent=2), encoding="utf-8")
    return folder


def package(
    path: str, version: str = "1.0.0", files: Mapping[str, bytes] | None = None
) -> dict[str, bytes]:
    """The files of an installed package: its manifest, its code and what else is given."""
    manifest = {"name": path.rpartition("node_modules/")[2], "version": version}
    return {
        f"{path}/package.json": json.dumps(manifest).encode(),
        f"{path}/index.js": b"module.exports = 1;\n",
        **{f"{path}/{name}": data for name, data in (files or {}).items()},
    }


def lock(packages: Mapping[str, JsonValue]) -> bytes:
    """A ``package-lock.json`` that npm could have written."""
    entries: dict[str, JsonValue] = {"": {"name": "flow"}, **packages}
    return json.dumps({"lockfileVersion": 3, "packages": entries}, indent=2).encode()
