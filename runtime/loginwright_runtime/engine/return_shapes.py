"""Names what a server handed in where a return has something else (contract.md, "Python API")."""

from __future__ import annotations

from types import NoneType

from loginwright_runtime.errors import Problem
from loginwright_runtime.login.requests import (
    BindBrowser,
    ChallengeResult,
    EnrollmentResult,
    FormResult,
    HttpRequest,
    NoBrowser,
    RedirectReturn,
)

_BROWSER = (NoBrowser, BindBrowser)
_FACTOR: dict[str, tuple[type, ...]] = {
    "factor": (str,),
    "method": (str, NoneType),
    "browser": (*_BROWSER, NoneType),
}
_SHAPES: dict[type, dict[str, tuple[type, ...]]] = {
    RedirectReturn: {"request": (HttpRequest,), "browser": _BROWSER},
    ChallengeResult: _FACTOR,
    EnrollmentResult: _FACTOR,
    FormResult: {
        "fields": (dict,),
        "vars": (dict,),
        "request": (HttpRequest, NoneType),
        "browser": _BROWSER,
    },
}


def shape_problem(request: object) -> Problem | None:
    """Return what is wrong with the types of a return, None where nothing is.

    The state is not judged: a browser may bring anything or none, and what is no text is unknown.
    """
    shape = _SHAPES.get(type(request))
    if shape is None:
        kinds = ", ".join(kind.__name__ for kind in _SHAPES)
        return _problem("$", f"This is no return; there are {kinds}.")
    for name, types in shape.items():
        if not isinstance(getattr(request, name), types):
            known = " or ".join("None" if one is NoneType else one.__name__ for one in types)
            return _problem(f"$.{name}", f"It is no {known}.")
    return None


def _problem(path: str, message: str) -> Problem:
    return Problem(
        rule="malformed-return",
        severity="error",
        message=message,
        remedy="Build the return from what the browser or the server's own check brought.",
        path=path,
    )
