"""Finds out what the sources of a flow do, without running them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from loginwright_runtime.hosts.node_command import find_node
from loginwright_runtime.validation.facts import SecretsHandedOn, SourceFacts
from loginwright_runtime.validation.inventory import Inventory
from loginwright_runtime.validation.javascript import read_javascript
from loginwright_runtime.validation.python_source import read_python
from loginwright_runtime.validation.source_walker import walk_source
from loginwright_runtime.validation.sources import ReadSource

if TYPE_CHECKING:
    from loginwright_runtime.flow.model import Flow, Language
    from loginwright_runtime.validation.collected import Collected

_SUFFIXES: Mapping[str, Language] = {
    ".js": "javascript",
    ".cjs": "javascript",
    ".mjs": "javascript",
    ".py": "python",
}
_NAMES_AT_RUN_TIME = re.compile(
    rb"\b(?:globals|locals|vars|exec|setattr)\s*\(|\b__dict__\b|\bglobal\s+on_execute_post_login\b"
)
"""Ways of Python to make a name of the module that no statement at its top level shows."""
_TOO_MUCH = "there is more code than can be followed"
_MAX_SOURCE_BYTES = 400_000
_MAX_TOTAL_BYTES = 4_000_000


@dataclass(frozen=True, slots=True)
class Analysis:
    """The facts of every source of a flow.

    Attributes:
        sources: By file.
        node_modules: Names of the modules that Node brings along; empty when Node was not asked.
    """

    sources: Mapping[str, SourceFacts] = field(repr=False)
    node_modules: frozenset[str] = frozenset()


def analyse_sources(flow: Flow, *, known: Analysis | None = None) -> Mapping[str, SourceFacts]:
    """Return the facts of every JavaScript and Python source of a flow, by file.

    Args:
        flow: As for ``analyse``.
        known: As for ``analyse``.
    """
    return analyse(flow, known=known).sources


def analyse(flow: Flow, *, known: Analysis | None = None) -> Analysis:
    """Find out what every source of a flow does.

    Starts one Node process when there is JavaScript to read, which takes some 50 ms: not on a GUI
    thread.

    Args:
        flow: Its code is read from memory, never from disk.
        known: An earlier analysis; the facts of a source that has not changed are taken over.
    """
    older = known or Analysis({})
    languages = source_languages(flow)
    kept: dict[str, SourceFacts] = {}
    changed: dict[str, bytes] = {}
    for file, language in languages.items():
        facts = older.sources.get(file)
        if facts is not None and _is_of(facts, flow.files[file], language):
            kept[file] = facts
        else:
            changed[file] = flow.files[file]
    javascript = {
        file: source for file, source in changed.items() if languages[file] == "javascript"
    }
    long = _too_long(flow, languages)
    node = find_node() if javascript else None
    answer = read_javascript(javascript, node, syntax_only=long)
    for file, source in changed.items():
        read = answer.sources.get(file) or read_python(file, source)
        if file in long and read.fault is None:
            read = ReadSource(unread=_TOO_MUCH)
        kept[file] = facts_of(file, languages[file], source, read)
    in_order = {file: kept[file] for file in languages}
    return Analysis(in_order, answer.builtins or older.node_modules)


def _too_long(flow: Flow, languages: Mapping[str, Language]) -> frozenset[str]:
    """Return the sources that are only compiled: large ones, and all behind too many others."""
    actions = {action.code for action in flow.actions}
    long: set[str] = set()
    total = 0
    for file in sorted(languages, key=lambda file: file not in actions):
        size = len(flow.files[file])
        if size > _MAX_SOURCE_BYTES or total + size > _MAX_TOTAL_BYTES:
            long.add(file)
        else:
            total += size
    return frozenset(long)


def _is_of(facts: SourceFacts, source: bytes, language: Language) -> bool:
    return facts.language == language and facts.digest == _digest(source)


def source_languages(flow: Flow) -> dict[str, Language]:
    """Return the language of every source: by its action, else by its suffix."""
    told: dict[str, Language] = {action.code: action.language for action in flow.actions}
    languages: dict[str, Language] = {}
    for file in flow.files:
        suffix = file[file.rfind(".") :] if "." in file else ""
        language: Language | None = told.get(file) or _SUFFIXES.get(suffix)
        if language is not None:
            languages[file] = language
    return languages


def facts_of(file: str, language: Language, source: bytes, read: ReadSource) -> SourceFacts:
    """Return the facts of one source that has been read."""
    digest = _digest(source)
    if read.tree is None:
        return SourceFacts(file, language, digest, read.fault, read.unread)
    found, complete = walk_source(read.tree, language)
    inventory = Inventory()
    inventory.take(read.tree)
    return SourceFacts(
        file=file,
        language=language,
        digest=digest,
        unread=read.unread if complete else _TOO_MUCH,
        handlers=tuple(handler for handler, _ in found.handlers.values()),
        exports_unseen=found.exports_unseen or _names_itself(found, source, language),
        exports_function=found.exports_function,
        api_calls=tuple(found.calls),
        api_additions=frozenset(found.api_additions),
        secret_reads=tuple(found.secret_reads),
        secrets_unseen=found.secrets_unseen,
        secrets_handed_on=tuple(found.secrets_handed_on),
        modules=tuple(inventory.modules),
        event_reads=tuple(found.event_reads),
        reply_reads=tuple(found.reply_reads),
        text_checks=tuple(found.text_checks),
        clock_reads=tuple(found.clock_reads),
        secret_likes=tuple(inventory.secret_likes),
    )


def _names_itself(found: Collected, source: bytes, language: Language) -> bool:
    """Tell whether a Python module without a handler may make one where no statement shows it."""
    if language != "python" or "onExecutePostLogin" in found.handlers:
        return False
    return _NAMES_AT_RUN_TIME.search(source) is not None


@dataclass(frozen=True, slots=True)
class SourceSecrets:
    """The secrets that a source reads.

    Attributes:
        names: In the order of the code.
        handed_on: Where it may read others: ``event.secrets`` goes elsewhere as a whole, or a
            name is computed.
        unread: Why not all names can be told, in words, or None; code that does not compile
            reads none.
    """

    names: tuple[str, ...]
    handed_on: tuple[SecretsHandedOn, ...] = ()
    unread: str | None = None


def source_secrets(source: bytes, language: Language) -> SourceSecrets:
    """Return the secrets that a source reads, as far as that can be told.

    Args:
        source: As it stands in the file.
        language: Its language.
    """
    file = "action"
    if language == "python":
        read = read_python(file, source)
    else:
        read = read_javascript({file: source}, find_node()).sources[file]
    facts = facts_of(file, language, source, read)
    in_order = sorted(facts.secret_reads, key=lambda read: (read.line, read.column))
    names = tuple(dict.fromkeys(read.name for read in in_order))
    return SourceSecrets(names, facts.secrets_handed_on, facts.unread)


def secrets_read(source: bytes, language: Language) -> tuple[str, ...]:
    """Return the names of the secrets that a source reads, in the order of the code.

    Args:
        source: As it stands in the file; code that does not compile reads none.
        language: Its language.
    """
    return source_secrets(source, language).names


def _digest(source: bytes) -> str:
    return hashlib.sha256(source).hexdigest()
