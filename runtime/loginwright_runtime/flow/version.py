"""The version of a flow: one digest over all that decides how it runs."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import orjson

from loginwright_runtime.flow.model import FLOW_FORMAT, Flow
from loginwright_runtime.flow.packages import find_installed, package_digests, read_lock_leniently

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loginwright_runtime.flow.json_text import JsonObject

UNKNOWN_VERSION = "sha256:"


def digest(data: bytes) -> str:
    """Return the SHA-256 of ``data`` as ``sha256:<hex>``."""
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def flow_document(flow: Flow) -> JsonObject:
    """Return the members of ``flow.json`` in the order contract.md shows, defaults written out."""
    return {
        "format": FLOW_FORMAT,
        "name": flow.name,
        "trigger": flow.trigger,
        "settings": {
            "custom_claims": flow.settings.custom_claims,
            "profile_writes": flow.settings.profile_writes,
        },
        "actions": [
            {
                "id": action.id,
                "name": action.name,
                "code": action.code,
                "language": action.language,
                "enabled": action.enabled,
                "secrets": list(action.secrets),
            }
            for action in flow.actions
        ],
    }


def flow_version(
    document: JsonObject, files: Mapping[str, bytes], packages: Mapping[str, str]
) -> str:
    """Return the version of a flow (contract.md, "Bundle").

    Neither the formatting of ``flow.json`` nor the order of files matters, and scenarios do not
    count.

    Args:
        document: The flow as ``flow_document`` gives it.
        files: Code, ``package.json`` and the lock.
        packages: Path of each installed package file → digest.
    """
    content = {
        "flow": document,
        "files": {path: digest(data) for path, data in files.items()} | dict(packages),
    }
    return digest(orjson.dumps(content, option=orjson.OPT_SORT_KEYS))


def installed_digests(flow: Flow) -> dict[str, str]:
    """Return the digest of each package file the flow can load, following its lock.

    Raises:
        FlowError: A package file cannot be read.
    """
    if flow.packages is None:
        return {}
    return package_digests(find_installed(flow.packages, read_lock_leniently(flow.files)))


def with_version(flow: Flow, packages: Mapping[str, str] | None = None) -> Flow:
    """Return the flow with the version of its content.

    Args:
        flow: A flow, edited perhaps.
        packages: What ``installed_digests`` said; asked anew when None. An editor keeps it, so
            that a keystroke does not read ``node_modules``.
    """
    known = installed_digests(flow) if packages is None else packages
    version = flow_version(flow_document(flow), flow.files, known)
    return flow.model_copy(update={"version": version})
