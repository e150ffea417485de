"""Validates flows: the folder or bundle, then everything the rules know about the code."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias

from loginwright_runtime.errors import FlowError, Problem
from loginwright_runtime.flow.flow_files import assemble
from loginwright_runtime.flow.folder import validate_flow_folder
from loginwright_runtime.flow.loading import load_flow
from loginwright_runtime.flow.migrations import flow_history
from loginwright_runtime.flow.model import Flow
from loginwright_runtime.flow.package_check import package_warnings
from loginwright_runtime.flow.writing import flow_json
from loginwright_runtime.validation.analysis import Analysis, analyse
from loginwright_runtime.validation.checked_flow import check
from loginwright_runtime.validation.rules import RULES

Secrets: TypeAlias = Mapping[str, Mapping[str, str]]
ExtraCheck: TypeAlias = Callable[[Path, Flow | None], Iterable[Problem]]

_NO_SECRETS: Secrets = MappingProxyType({})


def validate(
    flow: Flow | Path | str,
    *,
    secrets: Secrets = _NO_SECRETS,
    extra_checks: Iterable[ExtraCheck] = (),
) -> tuple[Problem, ...]:
    """Return every problem of a flow; nothing of it is executed.

    Args:
        flow: A folder, a bundle, or a flow held in memory.
        secrets: Values by action id and name, where they are known; none is ever repeated.
        extra_checks: Further checks of a folder or bundle, its scenarios for instance. Each gets
            the path, and the flow where it could be read.

    Returns:
        Problems of the folder or bundle first, then what keeps a folder's packages out of a
        bundle, then those of the code in the order of the actions, then those of the extra checks.
    """
    if isinstance(flow, Flow):
        return (*_document_problems(flow), *flow_problems(flow, analyse(flow), secrets=secrets))
    path = Path(flow)
    read, problems = _read(path)
    of_code = () if read is None else flow_problems(read, analyse(read), secrets=secrets)
    of_packages = _package_problems(read, problems) if read is not None and path.is_dir() else ()
    extra = (problem for one in extra_checks for problem in one(path, read))
    return (*problems, *of_packages, *of_code, *extra)


def _package_problems(flow: Flow, told: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return what an export of the folder would refuse of its packages, if not told already."""
    known = {(problem.rule, problem.file) for problem in told}
    return tuple(one for one in package_warnings(flow) if (one.rule, one.file) not in known)


def flow_problems(
    flow: Flow, analysis: Analysis, *, secrets: Secrets = _NO_SECRETS
) -> tuple[Problem, ...]:
    """Return the problems of a flow's code, from facts that are known already.

    Args:
        flow: The flow.
        analysis: What ``analyse`` said about it.
        secrets: As for ``validate``.
    """
    checked = check(flow, analysis, secrets)
    found = [problem for rule in RULES for problem in rule.problems(checked)]
    order = {action.action.code: index for index, action in reversed([*enumerate(checked.actions)])}
    last = len(order)
    return tuple(
        sorted(
            found,
            key=lambda problem: (
                order.get(problem.file or "", last),
                problem.file or "",
                problem.line or 0,
                problem.column or 0,
            ),
        )
    )


def _read(path: Path) -> tuple[Flow | None, tuple[Problem, ...]]:
    if path.is_dir():
        return validate_flow_folder(path)
    try:
        return load_flow(path), ()
    except FlowError as error:
        return None, error.problems


def _document_problems(flow: Flow) -> tuple[Problem, ...]:
    """Return what is wrong with a flow in memory as if it stood in a folder."""
    return assemble(flow_json(flow), flow.files, {}, flow_history()).problems
