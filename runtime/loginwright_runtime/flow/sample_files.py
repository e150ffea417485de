"""Where the samples and the templates that come with Loginwright stand."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from pathlib import Path

from loginwright_runtime.errors import FlowError, Problem
from loginwright_runtime.flow.flow_files import FLOW_FILE

_PACKAGE = Path(__file__).parents[1]
_CHECKOUT = _PACKAGE.parents[1]


@dataclass(frozen=True, slots=True)
class FlowShelf:
    """Flow folders of one kind that are found by name.

    Attributes:
        kind: What one of them is called: ``sample`` or ``template``.
        places: Folders that may hold them, of which the first that exists does: one in an
            installed package, one in a checkout.
    """

    kind: str
    places: tuple[Path, ...]

    def names(self) -> tuple[str, ...]:
        """Return the names of all of them, sorted; empty where none came along."""
        place = next((place for place in self.places if place.is_dir()), None)
        if place is None:
            return ()
        return tuple(sorted(one.name for one in place.iterdir() if (one / FLOW_FILE).is_file()))

    def find(self, name: str) -> Path:
        """Return the folder of one of them.

        Raises:
            FlowError: There is none of that name; the problem names those that there are.
        """
        place = next((place for place in self.places if place.is_dir()), None)
        if place is not None and Path(name).name == name and (place / name / FLOW_FILE).is_file():
            return place / name
        raise FlowError(self.unknown(name, self.names()))

    def unknown(self, name: str, known: tuple[str, ...]) -> Problem:
        """Return what to say where there is none of a name.

        Args:
            name: What was asked for.
            known: The names that there are.
        """
        rule, message = f"unknown-{self.kind}", f"There is no {self.kind} {name!r}."
        if not known:
            remedy = f"Install Loginwright again: its {self.kind}s are missing."
            return Problem(rule, "error", message, remedy)
        near = difflib.get_close_matches(name, known, n=1)
        guess = f"Did you mean {near[0]}? " if near else ""
        return Problem(rule, "error", message, f"{guess}There are: {', '.join(known)}.")


def _shelf(kind: str) -> FlowShelf:
    return FlowShelf(kind, (_PACKAGE / f"_{kind}s", _CHECKOUT / "resources" / f"{kind}s"))


_SAMPLES = _shelf("sample")
_TEMPLATES = _shelf("template")


def samples() -> tuple[str, ...]:
    """Return the names of the sample flows."""
    return _SAMPLES.names()


def sample(name: str) -> Path:
    """Return the folder of a sample flow.

    Raises:
        FlowError: There is no such sample; names those that there are.
    """
    return _SAMPLES.find(name)


def templates() -> tuple[str, ...]:
    """Return the names of the templates: flows of one action each."""
    return _TEMPLATES.names()


def template(name: str) -> Path:
    """Return the folder of a template.

    Raises:
        FlowError: There is no such template; names those that there are.
    """
    return _TEMPLATES.find(name)


def template_or_sample(name: str) -> Path:
    """Return the folder that a new flow can begin as: a template, else a sample of that name.

    Raises:
        FlowError: There is neither; names all that there are.
    """
    if name in templates():
        return template(name)
    if name in samples():
        return sample(name)
    known = tuple(sorted({*templates(), *samples()}))
    raise FlowError(_TEMPLATES.unknown(name, known))
