"""The bars about a folder: whether it is trusted, found unsaved, open elsewhere, not written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, assert_never

from PySide6.QtCore import QCoreApplication, Signal

from loginwright_designer.dialogs.notice_bar import NoticeBar
from loginwright_designer.document.document_changes import (
    NeedsPlace,
    NotWritable,
    OpenElsewhere,
    SaveWouldLose,
)
from loginwright_designer.document.flow_words import unread_title
from loginwright_designer.document.folder import ChangedOutside, Saved, SaveRefused
from loginwright_designer.simulation.visible_text import visible_line
from loginwright_designer.theme.roles import Role

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from loginwright_designer.document.document_changes import ReadOnly, SaveAnswer
    from loginwright_designer.document.recovery import Recovery
    from loginwright_designer.theme.theme import Theme
    from loginwright_runtime.errors import Problem

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class TrustWanted:
    """Let a folder's actions run.

    Attributes:
        folder: Which one.
    """

    folder: Path


class TrustBar(NoticeBar):
    """A folder that nobody has trusted yet is shown and edited, and never run (security.md 29).

    Args:
        theme: The colours.
        parent: Qt's owner.
    """

    trust_wanted = Signal(object)  # TrustWanted: the user knows who wrote it
    looked_only = Signal()  # the bar may go; the folder stays untrusted

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "shield", Role.PAUSED, "paused_tint", parent)
        self._folder: Path | None = None
        self.look_button = self.add_offer(
            translate("TrustBar", "Look only"), self.looked_only.emit, "quiet"
        )
        self.trust_button = self.add_offer(translate("TrustBar", "Trust and run"), self._on_trust)

    def show_folder(self, folder: Path) -> None:
        """Ask about a folder."""
        self._folder = folder
        words = translate("TrustBar", "{name} is not trusted, so nothing of it runs.")
        text = translate(
            "TrustBar",
            "Its actions would run on this computer, with your secrets and the network. "
            "Trust it if you know who wrote it. Looking at it and editing it is safe.",
        )
        self.show_words(words.format(name=visible_line(folder.name)), text)
        self.trust_button.setToolTip(str(folder))

    def _on_trust(self) -> None:
        if self._folder is not None:
            self.trust_wanted.emit(TrustWanted(self._folder))


class RecoveryBar(NoticeBar):
    """Unsaved changes of a window that ended without saving.

    Args:
        theme: The colours.
        parent: Qt's owner.
    """

    bring_back_wanted = Signal(object)  # Recovery: put it on the desk, as one edit
    difference_wanted = Signal(object)  # Recovery: show it beside what is saved
    drop_wanted = Signal(object)  # Recovery: forget it

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "history", Role.INFO, "info_tint", parent)
        self._recovery: Recovery | None = None
        self.drop_button = self.add_offer(translate("RecoveryBar", "Drop"), self._on_drop, "quiet")
        self.difference_button = self.add_offer(
            translate("RecoveryBar", "Show difference"), self._on_difference
        )
        self.back_button = self.add_offer(translate("RecoveryBar", "Bring back"), self._on_back)

    def show_recovery(self, recovery: Recovery) -> None:
        """Offer what was found."""
        self._recovery = recovery
        moment = recovery.written_at.astimezone()
        words = translate("RecoveryBar", "Unsaved changes of {time} were found.")
        count = len(recovery.files)
        text = translate("RecoveryBar", "{count} files, last changed on {date}.")
        if count == 1:
            text = translate("RecoveryBar", "1 file, last changed on {date}.")
        self.show_words(
            words.format(time=moment.strftime("%H:%M")),
            text.format(count=count, date=moment.strftime("%Y-%m-%d")),
        )

    def _on_back(self) -> None:
        if self._recovery is not None:
            self.bring_back_wanted.emit(self._recovery)

    def _on_difference(self) -> None:
        if self._recovery is not None:
            self.difference_wanted.emit(self._recovery)

    def _on_drop(self) -> None:
        if self._recovery is not None:
            self.drop_wanted.emit(self._recovery)


class LeftBehindBar(NoticeBar):
    """Unsaved changes of a flow whose folder has gone.

    Args:
        theme: The colours.
        parent: Qt's owner.
    """

    later_wanted = Signal(object)  # Recovery: ask again at the next start
    drop_wanted = Signal(object)  # Recovery: forget it
    save_as_wanted = Signal(object)  # Recovery: all of the flow, for another folder

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "history", Role.INFO, "info_tint", parent)
        self._recovery: Recovery | None = None
        later, drop = translate("LeftBehindBar", "Later"), translate("LeftBehindBar", "Drop")
        self.later_button = self.add_offer(later, self._on_later, "quiet")
        self.drop_button = self.add_offer(drop, self._on_drop)
        self.as_button = self.add_offer(translate("LeftBehindBar", "Save as…"), self._on_save_as)

    def show_recovery(self, recovery: Recovery) -> None:
        """Offer what was found."""
        self._recovery = recovery
        self.as_button.setVisible(recovery.is_whole)
        words = translate("LeftBehindBar", "Unsaved changes of {name} are kept.")
        if recovery.is_whole:
            words = translate("LeftBehindBar", "The flow {name} is kept, unsaved.")
        text = translate("LeftBehindBar", "Its folder has gone: {folder}.")
        if not recovery.is_whole:
            text = translate(
                "LeftBehindBar",
                "Its folder has gone: {folder}. They are offered once it is there again.",
            )
        self.show_words(
            words.format(name=visible_line(recovery.folder.name)),
            text.format(folder=visible_line(str(recovery.folder))),
        )

    def _on_later(self) -> None:
        if self._recovery is not None:
            self.later_wanted.emit(self._recovery)

    def _on_drop(self) -> None:
        if self._recovery is not None:
            self.drop_wanted.emit(self._recovery)

    def _on_save_as(self) -> None:
        if self._recovery is not None:
            self.save_as_wanted.emit(self._recovery)


class ReadOnlyBar(NoticeBar):
    """Why this window takes no edits.

    Args:
        theme: The colours.
        parent: Qt's owner.
    """

    take_over_wanted = Signal(object)  # OpenElsewhere: edit here although another window does
    try_again_wanted = Signal(object)  # OpenElsewhere: see whether it was closed
    file_wanted = Signal(object)  # Problem: open its file, which cannot be read here

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "eye", Role.INFO, "info_tint", parent)
        self._reason: OpenElsewhere | None = None
        self._problem: Problem | None = None
        self.again_button = self.add_offer(
            translate("ReadOnlyBar", "Try again"), self._on_again, "quiet"
        )
        self.over_button = self.add_offer(translate("ReadOnlyBar", "Take over"), self._on_over)
        self.file_button = self.add_offer("", self._on_file)

    def show_reason(self, reason: ReadOnly) -> None:
        """Say why."""
        elsewhere = isinstance(reason, OpenElsewhere)
        self.again_button.setVisible(elsewhere)
        self.over_button.setVisible(elsewhere)
        self._problem = reason.problem if isinstance(reason, NotWritable) else None
        self.file_button.setVisible(isinstance(reason, NotWritable) and reason.unread)
        self.show_look("eye", Role.INFO, "info_tint")
        match reason:
            case OpenElsewhere(holder):
                self._reason = reason
                words = translate(
                    "ReadOnlyBar",
                    "Process {pid} on {host} has it open. Taking over is for a window that hangs: "
                    "what it has not saved may be lost.",
                )
                self.show_words(
                    translate("ReadOnlyBar", "Another window edits this flow."),
                    words.format(pid=holder.pid, host=visible_line(holder.host)),
                )
            case NotWritable(problem, unread=True):
                self._reason = None
                text = translate("ReadOnlyBar", "Open {file}").format(file=problem.file)
                self.file_button.show_text(text)
                self.show_look("circle-x", Role.DANGER, "danger_tint")
                self.show_words(
                    unread_title(problem),
                    translate(
                        "ReadOnlyBar",
                        "Nothing of the flow can be shown, edited or run until it is mended.",
                    ),
                )
            case NotWritable(problem):
                self._reason = None
                self.show_words(
                    translate("ReadOnlyBar", "This flow can only be looked at."), _said(problem)
                )
            case _ as unreachable:
                assert_never(unreachable)

    def _on_again(self) -> None:
        if self._reason is not None:
            self.try_again_wanted.emit(self._reason)

    def _on_file(self) -> None:
        if self._problem is not None:
            self.file_wanted.emit(self._problem)

    def _on_over(self) -> None:
        if self._reason is not None:
            self.take_over_wanted.emit(self._reason)


class LostFolderBar(NoticeBar):
    """The folder of the flow has gone; the flow itself is on the desk.

    Args:
        theme: The colours.
        parent: Qt's owner.
    """

    save_wanted = Signal()  # write it where it was
    save_as_wanted = Signal()  # choose another folder

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "triangle-alert", Role.DANGER, "danger_tint", parent)
        self.save_button = self.add_offer(
            translate("LostFolderBar", "Save it there again"), self.save_wanted.emit
        )
        self.as_button = self.add_offer(
            translate("LostFolderBar", "Save as…"), self.save_as_wanted.emit
        )

    def show_lost(self, problem: Problem, folder: Path) -> None:
        """Say what happened to the folder."""
        where = visible_line(str(folder))
        kept = translate("LostFolderBar", "All of the flow is still here; save it to keep it.")
        match problem.rule:
            case "missing-folder":
                strong = translate("LostFolderBar", "The folder of this flow is gone.")
                text = translate("LostFolderBar", "{folder} was moved or deleted. {kept}")
            case "missing-file":
                strong = translate("LostFolderBar", "The flow is gone from its folder.")
                text = translate("LostFolderBar", "{folder} holds no flow.json any more. {kept}")
            case _:
                strong = translate("LostFolderBar", "The folder of this flow cannot be read.")
                text = translate("LostFolderBar", "{said} What is shown here is kept.")
        self.save_button.setVisible(problem.rule in {"missing-folder", "missing-file"})
        self.show_words(strong, text.format(folder=where, kept=kept, said=_said(problem)))


class SaveProblemBar(NoticeBar):
    """A save that did not succeed; what is on the desk is still there.

    Args:
        theme: The colours.
        parent: Qt's owner.
    """

    save_wanted = Signal()  # try again
    save_as_wanted = Signal()  # choose another folder
    save_anyway_wanted = Signal()  # lose what cannot be kept

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "triangle-alert", Role.DANGER, "danger_tint", parent)
        self.anyway_button = self.add_offer(
            translate("SaveProblemBar", "Save anyway"), self.save_anyway_wanted.emit
        )
        self.again_button = self.add_offer(
            translate("SaveProblemBar", "Try again"), self.save_wanted.emit
        )
        self.as_button = self.add_offer(
            translate("SaveProblemBar", "Save as…"), self.save_as_wanted.emit
        )

    def show_answer(self, answer: SaveAnswer) -> bool:
        """Say what is in the way of a save; False when nothing is, so that the bar may go."""
        self.anyway_button.setVisible(isinstance(answer, SaveWouldLose))
        self.again_button.setVisible(isinstance(answer, SaveRefused))
        not_saved = translate("SaveProblemBar", "Not saved.")
        match answer:
            case Saved() | ChangedOutside():
                return False
            case SaveRefused(problems):
                self.show_words(not_saved, _said(problems[0]))
            case NeedsPlace():
                text = translate(
                    "SaveProblemBar",
                    "The sample that comes with Loginwright stays as it is. "
                    "Choose a folder for your copy.",
                )
                self.show_words(not_saved, text)
            case SaveWouldLose(problems):
                text = translate("SaveProblemBar", "This part of flow.json would be lost: {said}")
                self.show_words(not_saved, text.format(said=_said(problems[0])))
            case _ as unreachable:
                assert_never(unreachable)
        return True


def _said(problem: Problem) -> str:
    place = f"{problem.file}: " if problem.file else ""
    return visible_line(f"{place}{problem.message} {problem.remedy}".strip())


class ExceptionBar(NoticeBar):
    """Says what the code has thrown, while it stands still for that.

    Args:
        theme: The colours.
        parent: Qt's owner.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "triangle-alert", Role.DANGER, "danger_tint", parent)
        self.hide()

    def show_thrown(self, text: str, *, caught: bool | None) -> None:
        """Say it.

        Args:
            text: Name and message, as the language writes them.
            caught: Whether the code itself catches it; None where nobody can know yet.
        """
        if caught is None:
            strong = translate("Bars", "The code has thrown; whether it is caught shows later.")
        elif caught:
            strong = translate("Bars", "The code has thrown, and catches it itself.")
        else:
            strong = translate("Bars", "The code has thrown, and nothing catches it.")
        self.show_words(strong, visible_line(text))
