"""The templates of the library: what each is for, what it needs, and words to find it by."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QCoreApplication

from loginwright_designer.resource_files import resource_files
from loginwright_runtime.errors import LoginwrightError
from loginwright_runtime.flow.folder import read_flow_folder
from loginwright_runtime.flow.model import Language
from loginwright_runtime.flow.sample_files import template, templates
from loginwright_runtime.simulation import list_scenarios

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from pathlib import Path

    from loginwright_runtime.flow.model import Flow

translate = QCoreApplication.translate

LABEL_FILE = "template.json"
OTHER_ICON = "file-code"

_METHOD = re.compile(r"(?<![-/.\w])api\.([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+)")
_ICONS_INSTEAD: Mapping[str, str] = {
    "calendar-days": "calendar-off",
    "clipboard-list": "list-tree",
    "cloud-download": "download",
    "palette": "external-link",
    "server-off": "server",
    "user-x": "shield-x",
}
"""What stands for a drawing that the designer does not bring along."""


class TemplateGroup(StrEnum):
    """Under which heading of the library a template stands, in this order."""

    ACCESS = "access"
    TOKENS = "tokens"
    STEP_UP = "step-up"
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class TemplateSecret:
    """A secret that a template needs.

    Attributes:
        name: Its name.
        purpose: What it is for, one sentence.
    """

    name: str
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class Template:
    """An action that comes with Loginwright.

    Attributes:
        name: Of its folder, ``deny-by-audience``; what a drag carries.
        title: What people call it.
        group: Its heading in the library.
        sentence: What it does.
        language: Of its code.
        icon: A drawing that the designer has.
        uses: What it is good for, in words to search by.
        secrets: What it needs.
        packages: What its code needs installed, by name.
        code: Of its action.
        methods: What it calls of the api, as the code spells it: ``access.deny``.
        scenarios: Names of the logins that show what it does, and pass.
    """

    name: str
    title: str
    group: TemplateGroup
    sentence: str
    language: Language
    icon: str = OTHER_ICON
    uses: tuple[str, ...] = ()
    secrets: tuple[TemplateSecret, ...] = ()
    packages: tuple[str, ...] = ()
    code: str = field(default="", repr=False)
    methods: tuple[str, ...] = ()
    scenarios: tuple[str, ...] = ()

    @property
    def glyph(self) -> str:
        """The language in two letters, as cards of the lane have it."""
        return "Py" if self.language == "python" else "JS"


def group_title(group: TemplateGroup) -> str:
    """Return what a group is called."""
    return {
        TemplateGroup.ACCESS: translate("Library", "Access"),
        TemplateGroup.TOKENS: translate("Library", "Tokens and profile"),
        TemplateGroup.STEP_UP: translate("Library", "Step-up and redirect"),
        TemplateGroup.ACCOUNT: translate("Library", "Account"),
    }[group]


def language_title(language: Language) -> str:
    """Return what a language is called."""
    return {"javascript": "JavaScript", "python": "Python"}[language]


def read_templates() -> tuple[Template, ...]:
    """Return all templates, by group and title; one that cannot be read is left out.

    Blocks on some 150 small files: not on a GUI thread.
    """
    icons = frozenset(resource_files().icon_names())
    read = (_read(name, template(name), icons) for name in templates())
    order = tuple(TemplateGroup)
    known = (one for one in read if one is not None)
    return tuple(sorted(known, key=lambda one: (order.index(one.group), one.title.casefold())))


def found_templates(all_of_them: Iterable[Template], words: str) -> tuple[Template, ...]:
    """Return the templates that have every one of some words, wherever it stands.

    Args:
        all_of_them: In the order in which they are to be shown.
        words: As they were typed; empty finds all.
    """
    wanted = words.casefold().split()
    return tuple(one for one in all_of_them if _has(one, wanted))


def _has(one: Template, wanted: Collection[str]) -> bool:
    secrets = (part for secret in one.secrets for part in (secret.name, secret.purpose))
    methods = (part for method in one.methods for part in (method, method.replace("_", "")))
    parts = (
        one.title,
        one.sentence,
        group_title(one.group),
        language_title(one.language),
        *one.uses,
        *one.packages,
        *secrets,
        *methods,
    )
    text = "\n".join(parts).casefold()
    return all(word in text for word in wanted)


def _read(name: str, folder: Path, icons: Collection[str]) -> Template | None:
    try:
        flow = read_flow_folder(folder)
        label = _label(folder)
        code = flow.source(flow.actions[0]).decode()
        scenarios = list_scenarios(folder)
    except (LoginwrightError, OSError, ValueError, LookupError):
        return None
    action = flow.actions[0]
    uses = _texts(label.get("uses"))
    methods = tuple(dict.fromkeys(_METHOD.findall(code)))
    purposes = label.get("secrets")
    said = cast("dict[str, object]", purposes) if isinstance(purposes, dict) else {}
    return Template(
        name=name,
        title=str(label.get("name", action.name)),
        group=_group(uses, methods),
        sentence=str(label.get("summary", "")),
        language=action.language,
        icon=_icon(str(label.get("icon", "")), icons),
        uses=uses,
        secrets=tuple(TemplateSecret(one, str(said.get(one, ""))) for one in action.secrets),
        packages=_packages(flow),
        code=code,
        methods=methods,
        scenarios=tuple(one.scenario.name for one in scenarios if one.scenario is not None),
    )


def _label(folder: Path) -> dict[str, object]:
    read: object = json.loads((folder / LABEL_FILE).read_bytes())
    if not isinstance(read, dict):
        raise TypeError(LABEL_FILE)
    return cast("dict[str, object]", read)


def _texts(value: object) -> tuple[str, ...]:
    listed = cast("list[object]", value) if isinstance(value, list) else []
    return tuple(one for one in listed if isinstance(one, str))


def _group(uses: Collection[str], methods: Collection[str]) -> TemplateGroup:
    """Return the heading: what touches account or session, then what it is good for first."""
    plain = {method.replace("_", "").casefold() for method in methods}
    if any(one.startswith("session.") or one.endswith(".setprimaryuser") for one in plain):
        return TemplateGroup.ACCOUNT
    if "access control" in uses:
        return TemplateGroup.ACCESS
    if {"mfa", "redirect", "form"} & set(uses):
        return TemplateGroup.STEP_UP
    return TemplateGroup.TOKENS


def _icon(wanted: str, icons: Collection[str]) -> str:
    if wanted in icons:
        return wanted
    instead = _ICONS_INSTEAD.get(wanted, OTHER_ICON)
    return instead if instead in icons else OTHER_ICON


def _packages(flow: Flow) -> tuple[str, ...]:
    """Return what ``package.json`` asks for."""
    if "package.json" not in flow.files:
        return ()
    read: object = json.loads(flow.files["package.json"])
    members = cast("dict[str, object]", read) if isinstance(read, dict) else {}
    wanted = members.get("dependencies")
    return tuple(sorted(cast("dict[str, object]", wanted))) if isinstance(wanted, dict) else ()
