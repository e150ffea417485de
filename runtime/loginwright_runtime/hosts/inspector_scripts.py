"""Which script of V8 is which file of the flow."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loginwright_runtime.hosts.code_places import CodePlaces
    from loginwright_runtime.login.json_values import JsonObject, JsonValue

_WORKERS = (Path(__file__).resolve().parent / "workers").as_uri() + "/"
_API = "loginwright:api"


class Scripts:
    """Remembers the scripts that V8 has told of; Node's own are of no interest."""

    def __init__(self, places: CodePlaces) -> None:
        """Know no script yet."""
        self._places = places
        self._paths: dict[str, str] = {}
        self._own: set[str] = set()

    def parsed(self, params: JsonObject) -> None:
        """Take note of a script."""
        script, url = str(params.get("scriptId")), str(params.get("url"))
        path = self._places.path_of_url(url)
        if path is not None:
            self._paths[script] = path
        elif url.startswith(_WORKERS) or url.endswith(_API):
            self._own.add(script)

    def path(self, script: JsonValue) -> str | None:
        """Return a script's path in the flow; None when it is not the flow's."""
        return self._paths.get(script) if isinstance(script, str) else None

    def is_own(self, script: JsonValue) -> bool:
        """Tell whether the worker itself is what the script belongs to."""
        return script in self._own
