"""Builds flows out of pieces of code and tells what validation says of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from loginwright_runtime.flow.model import Action, Flow, FlowSettings, Language
from loginwright_runtime.validation import analyse_sources, validate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loginwright_runtime.validation import SourceFacts

_ENDINGS: Mapping[Language, str] = {"javascript": ".js", "python": ".py"}


@dataclass(frozen=True, slots=True)
class Code:
    """The code of one action.

    Attributes:
        text: The whole file.
        name: What people call the action; its id and file are made of it.
        language: Of the code.
        secrets: Names that the action declares.
        enabled: Whether it runs.
    """

    text: str
    name: str = "Action"
    language: Language = "javascript"
    secrets: tuple[str, ...] = ()
    enabled: bool = True

    @property
    def file(self) -> str:
        return f"actions/{self.name.lower()}{_ENDINGS[self.language]}"


def on_execute(body: str, name: str = "Action", secrets: tuple[str, ...] = ()) -> Code:
    """A JavaScript action whose handler begins in line 1; ``body`` begins in line 2."""
    handler = "exports.onExecutePostLogin = async (event, api) => {\n"
    return Code(f"{handler}{body}\n}};\n", name, secrets=secrets)


def on_execute_in_python(body: str, name: str = "Action", secrets: tuple[str, ...] = ()) -> Code:
    """A Python action whose handler begins in line 1; ``body`` begins in line 2."""
    indented = "\n".join(f"    {line}" for line in body.splitlines())
    handler = "async def on_execute_post_login(event, api):\n"
    return Code(f"{handler}{indented}\n", name, "python", secrets)


def flow_of(
    *codes: Code,
    files: Mapping[str, str] | None = None,
    custom_claims: Literal["uri", "any"] = "uri",
) -> Flow:
    """A flow of these actions, in this order."""
    return Flow(
        name="Checked",
        settings=FlowSettings(custom_claims=custom_claims),
        actions=tuple(
            Action(
                id=code.name.lower(),
                name=code.name,
                code=code.file,
                language=code.language,
                enabled=code.enabled,
                secrets=code.secrets,
            )
            for code in codes
        ),
        files={
            **{code.file: code.text.encode() for code in codes},
            **{path: text.encode() for path, text in (files or {}).items()},
        },
        version="sha256:0",
    )


def found(flow: Flow) -> list[str]:
    """Every problem as ``rule file:line``, in the order of validate."""
    return [
        f"{problem.rule} {problem.file}:{problem.line}" if problem.file else problem.rule
        for problem in validate(flow)
    ]


def marked(rule: str, *codes: Code) -> list[str]:
    """The places that one rule marks in a flow of these actions, as ``file:line``."""
    problems = validate(flow_of(*codes))
    return [f"{problem.file}:{problem.line}" for problem in problems if problem.rule == rule]


def facts_of(code: Code) -> SourceFacts:
    """What is known about one action's code."""
    return analyse_sources(flow_of(code))[code.file]
