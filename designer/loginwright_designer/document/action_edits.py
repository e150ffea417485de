"""Edits of the lane: which actions a flow has, in which order, and what they are called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from loginwright_designer.document.draft import ActionsFocus, Draft, Edit, EditRefused, EditResult
from loginwright_runtime.flow.action_names import slug, unique_id
from loginwright_runtime.flow.document import MAX_ACTIONS
from loginwright_runtime.flow.member_names import folded, name_fault
from loginwright_runtime.flow.model import Action, Language
from loginwright_runtime.flow.secret_names import is_secret_name

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from loginwright_runtime.flow.model import Flow

_SUFFIXES: dict[Language, str] = {"javascript": ".js", "python": ".py"}
translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class NewAction:
    """An action that stands in no flow yet.

    Attributes:
        name: What people will call it; its id and its file's name are made of it.
        language: Of its code.
        code: Byte for byte what its file will hold.
        secrets: Names it declares; those that cannot be declared are passed over.
        suffix: Of the file; None takes the language's own.
        enabled: Whether it runs.
    """

    name: str
    language: Language
    code: bytes
    secrets: tuple[str, ...] = ()
    suffix: str | None = None
    enabled: bool = True


def add_actions(
    draft: Draft, new: Sequence[NewAction], position: int | None = None, *, name: str | None = None
) -> EditResult:
    """Put new actions into the flow.

    Args:
        draft: What is edited.
        new: In the order in which they will run.
        position: Index of the first of them afterwards; None: behind all others.
        name: Name of the edit; None: "Add Deny by audience".
    """
    if not new:
        return EditRefused(
            translate("Edits", "There is nothing to add."),
            translate("Edits", "Choose an action, a file or code."),
        )
    refused = _no_room(draft, len(new))
    if refused is not None:
        return refused
    actions: list[Action] = list(draft.flow.actions)
    files = dict(draft.flow.files)
    added: list[Action] = []
    for one in new:
        action = _placed(one, [*actions, *added], files)
        added.append(action)
        files[action.code] = one.code
    at = _clamped(len(actions) if position is None else position, len(actions))
    actions[at:at] = added
    what = name or translate("Edits", "Add {name}").format(name=_called(added))
    after = draft.with_flow(actions=tuple(actions), files=files)
    return Edit(what, draft, after, _focus(added))


def remove_actions(draft: Draft, ids: Collection[str]) -> EditResult:
    """Take actions out, with the code that no other action of the flow uses."""
    gone = _picked(draft, ids)
    if not gone:
        return _none_picked()
    left = tuple(action for action in draft.flow.actions if action.id not in ids)
    still_used = {action.code for action in left}
    dropped = {action.code for action in gone} - still_used
    files = {
        file: data
        for file, data in draft.flow.files.items()
        if file not in dropped or not file.startswith("actions/")
    }
    what = translate("Edits", "Delete {name}").format(name=_called(gone))
    index = draft.flow.actions.index(gone[0])
    near = left[min(index, len(left) - 1) :][:1]
    return Edit(what, draft, draft.with_flow(actions=left, files=files), _focus(near))


def move_actions(draft: Draft, ids: Collection[str], position: int) -> EditResult:
    """Move actions, kept in their order, so that the first of them has index ``position``."""
    moved = _picked(draft, ids)
    if not moved:
        return _none_picked()
    rest = [action for action in draft.flow.actions if action.id not in ids]
    at = _clamped(position, len(rest))
    actions = (*rest[:at], *moved, *rest[at:])
    what = translate("Edits", "Move {name}").format(name=_called(moved))
    return Edit(what, draft, draft.with_flow(actions=actions), _focus(moved))


def position_of_gap(draft: Draft, ids: Collection[str], gap: int) -> int:
    """Return where ``move_actions`` puts actions that are dropped into a gap of the lane.

    Args:
        draft: What is edited.
        ids: The actions that are dragged.
        gap: 0 before the first card, 1 behind it, and so on.
    """
    return sum(action.id not in ids for action in draft.flow.actions[: max(gap, 0)])


def duplicate_actions(draft: Draft, ids: Collection[str]) -> EditResult:
    """Put copies behind the last of the actions, each with a file of its own."""
    picked = _picked(draft, ids)
    if not picked:
        return _none_picked()
    copies = [copy_of(draft.flow, action, _copy_name(draft, action.name)) for action in picked]
    what = translate("Edits", "Duplicate {name}").format(name=_called(picked))
    position = draft.flow.actions.index(picked[-1]) + 1
    return add_actions(draft, copies, position, name=what)


def copy_of(flow: Flow, action: Action, name: str) -> NewAction:
    """Return a new action that does what one of ``flow`` does; no code where its file is missing.

    The file keeps its suffix, which tells Node and other editors what it is.
    """
    stem = action.code.rpartition("/")[2]
    suffix = stem[stem.rfind(".") :] if "." in stem else None
    code = flow.files.get(action.code, b"")
    return NewAction(name, action.language, code, action.secrets, suffix, action.enabled)


def rename_action(draft: Draft, action_id: str, name: str) -> EditResult:
    """Give an action another name; id and file stay, so that traces and scenarios still fit."""
    action = draft.action(action_id)
    if action is None:
        return _none_picked()
    plain = " ".join(name.split())
    if not plain:
        return EditRefused(
            translate("Edits", "An action needs a name."),
            translate("Edits", "Write what people should call it."),
        )
    what = translate("Edits", "Rename {name}").format(name=action.name)
    return _changed(draft, [action], {"name": plain}, what)


def set_enabled(draft: Draft, ids: Collection[str], *, enabled: bool) -> EditResult:
    """Turn actions on or off."""
    picked = _picked(draft, ids)
    if not picked:
        return _none_picked()
    words = (
        translate("Edits", "Turn on {name}") if enabled else translate("Edits", "Turn off {name}")
    )
    return _changed(draft, picked, {"enabled": enabled}, words.format(name=_called(picked)))


def declare_secret(draft: Draft, action_id: str, secret: str) -> EditResult:
    """Let an action read a secret; values are none of a flow's business."""
    action = draft.action(action_id)
    if action is None:
        return _none_picked()
    if not is_secret_name(secret):
        # Not repeated: somebody may have pasted a value where a name belongs.
        return EditRefused(
            translate("Edits", "This is not the name of a secret."),
            translate("Edits", "Use letters, digits, _ and -, a letter or _ first."),
        )
    names = tuple(dict.fromkeys((*action.secrets, secret)))
    what = translate("Edits", "Declare {secret}").format(secret=secret)
    return _changed(draft, [action], {"secrets": names}, what)


def undeclare_secret(draft: Draft, action_id: str, secret: str) -> EditResult:
    """Take a secret's name from an action."""
    action = draft.action(action_id)
    if action is None:
        return _none_picked()
    names = tuple(name for name in action.secrets if name != secret)
    what = translate("Edits", "Undeclare {secret}").format(secret=secret)
    return _changed(draft, [action], {"secrets": names}, what)


def _placed(new: NewAction, actions: Collection[Action], files: Collection[str]) -> Action:
    """Return the action with an id and a file that nothing has yet, whatever thinks of case."""
    suffix = new.suffix or _SUFFIXES[new.language]
    stems = {folded(file.rpartition("/")[2].partition(".")[0]) for file in files}
    taken = {action.id for action in actions} | stems
    wanted = slug(new.name)
    if name_fault(wanted) is not None:  # Windows reserves the name
        wanted = f"action-{wanted}"
    action_id = unique_id(wanted, taken)
    secrets = tuple(name for name in dict.fromkeys(new.secrets) if is_secret_name(name))
    return Action(
        id=action_id,
        name=" ".join(new.name.split()) or action_id,
        code=f"actions/{action_id}{suffix}",
        language=new.language,
        enabled=new.enabled,
        secrets=secrets,
    )


def _changed(
    draft: Draft, actions: Sequence[Action], changes: dict[str, object], name: str
) -> Edit:
    new = {action.id: action.model_copy(update=changes) for action in actions}
    listed = tuple(new.get(action.id, action) for action in draft.flow.actions)
    return Edit(name, draft, draft.with_flow(actions=listed), _focus(list(new.values())))


def _copy_name(draft: Draft, name: str) -> str:
    taken = {action.name for action in draft.flow.actions}
    copy = translate("Edits", "{name} copy").format(name=name)
    number = 1
    candidate = copy
    while candidate in taken:
        number += 1
        candidate = f"{copy} {number}"
    return candidate


def _no_room(draft: Draft, more: int) -> EditRefused | None:
    have = len(draft.flow.actions)
    if have + more <= MAX_ACTIONS:
        return None
    message = translate("Edits", "The flow has {have} of {most} actions; {more} more do not fit.")
    return EditRefused(
        message.format(have=have, most=MAX_ACTIONS, more=more),
        translate("Edits", "Merge or remove some."),
    )


def _picked(draft: Draft, ids: Collection[str]) -> list[Action]:
    return [action for action in draft.flow.actions if action.id in ids]


def _none_picked() -> EditRefused:
    return EditRefused(
        translate("Edits", "No such action is in the flow."),
        translate("Edits", "Select an action."),
    )


def _called(actions: Sequence[Action]) -> str:
    if len(actions) == 1:
        return actions[0].name
    return translate("Edits", "{count} actions").format(count=len(actions))


def _focus(actions: Sequence[Action]) -> ActionsFocus:
    return ActionsFocus(tuple(action.id for action in actions))


def _clamped(position: int, most: int) -> int:
    return min(max(position, 0), most)
