"""Which actions differ between two drafts, so that a view redraws only those."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loginwright_designer.document.draft import Draft


@dataclass(frozen=True, slots=True)
class ActionChanges:
    """The difference, by action id.

    Attributes:
        added: In the order of the later draft.
        removed: In the order of the earlier draft.
        changed: Another name, file, language, secrets, or turned on or off.
        code_changed: Other bytes in their file.
        reordered: Those in both drafts stand in another order.
    """

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]
    code_changed: tuple[str, ...]
    reordered: bool


def action_changes(before: Draft, after: Draft) -> ActionChanges:
    """Return how the actions of ``after`` differ from those of ``before``."""
    old = {action.id: action for action in before.flow.actions}
    new = {action.id: action for action in after.flow.actions}
    both = [one for one in new if one in old]
    return ActionChanges(
        added=tuple(one for one in new if one not in old),
        removed=tuple(one for one in old if one not in new),
        changed=tuple(one for one in both if old[one] != new[one]),
        code_changed=tuple(
            one
            for one in both
            if before.flow.files.get(old[one].code) != after.flow.files.get(new[one].code)
        ),
        reordered=both != [one for one in old if one in new],
    )
