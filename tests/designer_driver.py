"""Drives the designer by real key and mouse events, and looks at what stands on the screen."""

from __future__ import annotations

import asyncio
import os
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QAccessible, QKeySequence, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget
from qasync import QEventLoop

from loginwright_designer.preferences import PreferencesFile
from loginwright_designer.serving import Designer
from patience import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from pathlib import Path

    from loginwright_designer.main_window.window import MainWindow
    from loginwright_designer.main_window.wiring.flow_wiring import FlowWiring
    from loginwright_designer.main_window.wiring.views import Views
    from loginwright_designer.main_window.wiring.workbench import Workbench
    from loginwright_designer.simulation import states

PICTURES = os.environ.get("LOGINWRIGHT_PICTURES")
"""Folder that the pictures of the walkthroughs go to; without one they are made and dropped."""


class Driver:
    """One start of the application.

    Args:
        application: Qt's.
        home: Of the user.
        folder: Of the flow to open, or None.
        size: Of the window.
    """

    def __init__(
        self,
        application: QApplication,
        home: Path,
        folder: Path | None = None,
        size: tuple[int, int] = (1440, 900),
    ) -> None:
        application.setStyle("Fusion")
        self._application = application
        self._loop = QEventLoop(application)
        asyncio.set_event_loop(self._loop)
        preferences = PreferencesFile(home / "config" / "loginwright" / "designer.json")
        designer = Designer(application, self._loop, preferences, home / "state" / "designer")
        self._announced: list[str] = []
        self.bench: Workbench = designer.bench
        self.window.resize(*size)
        self._served = self._loop.create_task(designer.serve(folder))
        self.until(lambda: self.bench.flow is not None)
        self.until(lambda: bool(self.flow.session.document.problems.facts) or not self.has_actions)
        self.until(lambda: self.views.library.has_templates)
        self.window.activateWindow()
        self.turn()

    @property
    def window(self) -> MainWindow:
        """The main window."""
        return self.bench.window

    @property
    def views(self) -> Views:
        """What stands in it."""
        return self.bench.views

    @property
    def flow(self) -> FlowWiring:
        """The open flow."""
        assert self.bench.flow is not None
        return self.bench.flow

    @property
    def has_actions(self) -> bool:
        """Whether the flow has any."""
        return bool(self.flow.session.document.draft.flow.actions)

    @property
    def state(self) -> states.LoginState:
        """What the login does."""
        return self.flow.session.login.state

    def until(self, reached: Callable[[], bool]) -> None:
        """Let the application run until something is so.

        It looks again and again: what tests ask for may lie in a file, in another process or in
        the time that has passed, of which nobody tells this loop.
        """

        async def wait() -> None:
            while not reached():
                if self._served.done():
                    self._served.result()
                    raise AssertionError("The application has ended.")
                await asyncio.sleep(0.005)

        self._complete(asyncio.wait_for(wait(), PATIENCE))

    def run(self, work: Coroutine[object, object, None]) -> None:
        """Let the application run until some work is done."""
        self._complete(asyncio.wait_for(work, PATIENCE))

    def until_state(self, kind: type[states.LoginState]) -> None:
        """Let the application run until the login is in a state, and has been shown."""
        self.until(lambda: isinstance(self.state, kind))
        self.turn()

    def turn(self) -> None:
        """Let everything be shown that is on its way."""

        async def turns() -> None:
            for _ in range(4):
                await asyncio.sleep(0)

        self._complete(turns())
        self.inside(self._application.processEvents)
        popup, active = QApplication.activePopupWidget(), QApplication.activeWindow()
        focused = self._application.focusWidget()
        is_lost = active is None or not active.isVisible() or focused is None
        if popup is None and is_lost and self.window.isVisible():
            # What shows windows does so when a popup closes; without a screen nothing does.
            self.window.activateWindow()
            self.inside(self._application.processEvents)

    def inside(self, act: Callable[[], object]) -> None:
        """Do something while the event loop runs, as keys and mouse come to the application."""
        done: asyncio.Future[None] = self._loop.create_future()

        def do() -> None:
            try:
                act()
            except Exception as error:  # noqa: BLE001 - it is the test's
                done.set_exception(error)
            else:
                done.set_result(None)

        self._loop.call_soon(do)
        self._complete(done)

    def press(self, *keys: str) -> None:
        """Press keys where the keyboard is: ``press("Ctrl+K", "Return")``."""
        for name in keys:
            press = partial(QTest.keySequence, self._target(), QKeySequence(name))
            self.inside(press)
            self.turn()

    def type(self, text: str) -> None:
        """Type text where the keyboard is."""
        target = self._target()
        self.inside(lambda: QTest.keyClicks(target, text))
        self.turn()

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        """Click on a widget."""
        place = at or widget.rect().center()
        left, alone = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        self.inside(lambda: QTest.mouseClick(widget, left, alone, place))
        self.turn()

    def hover(self, widget: QWidget) -> None:
        """Put the pointer on a widget."""
        QTest.mouseMove(widget)
        self.turn()

    def focus(self) -> QWidget:
        """Return what has the keyboard; it is never nothing."""
        focused = self.window.focusWidget()
        assert focused is not None, "nothing has the keyboard"
        assert focused.isVisible(), f"{focused} has the keyboard and is hidden"
        return focused

    def focus_name(self) -> str:
        """Return what a screen reader calls what has the keyboard."""
        interface = QAccessible.queryAccessibleInterface(self.focus())
        return interface.text(QAccessible.Text.Name)

    def texts(self, root: QWidget | None = None) -> list[str]:
        """Return every text that stands on the screen, whole where it is elided."""
        found: list[str] = []
        for widget in [root or self.window, *(root or self.window).findChildren(QWidget)]:
            if not widget.isVisible():
                continue
            if isinstance(widget, QLabel):
                whole = getattr(widget, "whole_text", None)
                found.append(whole() if whole is not None else widget.text())
            elif isinstance(widget, QAbstractButton):
                found.append(widget.text() or widget.accessibleName())
            elif isinstance(widget, QLineEdit):
                found.append(widget.displayText())
        return [text for text in found if text]

    def shows(self, text: str, root: QWidget | None = None) -> bool:
        """Tell whether a text stands on the screen, as a whole or as part of another."""
        return any(text in one for one in self.texts(root))

    def status(self) -> str:
        """Return what the status bar says."""
        return " · ".join(self.texts(self.views.status))

    def cards(self) -> list[str]:
        """Return the lane's rows as they are read out."""
        model = self.views.lane.model()
        role = Qt.ItemDataRole.AccessibleTextRole
        return [str(model.index(row, 0).data(role)) for row in range(model.rowCount())]

    def shows_pill(self, *words: str) -> bool:
        """Tell whether a pill of the lane that is no card says all of these words."""
        lane = self.views.lane.shown_lane()
        pills = [lane.start, *lane.ends]
        return any(all(word in pill.spoken for word in words) for pill in pills)

    def button(self, text: str, root: QWidget | None = None) -> QAbstractButton:
        """Return the visible button with a text."""
        for button in (root or self.window).findChildren(QAbstractButton):
            if button.isVisible() and text in (button.text(), button.accessibleName()):
                return button
        raise AssertionError(f"there is no button {text!r}")

    def drag_to(self, widget: QWidget, place: QPoint) -> None:
        """Move the pointer over a widget while its left button is held."""
        event = QMouseEvent(
            QEvent.Type.MouseMove,
            QPointF(place),
            QPointF(widget.mapToGlobal(place)),
            Qt.MouseButton.NoButton,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(widget, event)
        self.turn()

    def primaries(self) -> list[str]:
        """Return the words on the filled buttons of the window itself; there is one."""
        return [
            button.text()
            for button in self.window.findChildren(QAbstractButton)
            if button.property("kind") == "primary" and button.isVisible()
        ]

    def picture(self, name: str) -> None:
        """Save a picture of the window."""
        self.turn()
        picture = self.window.grab()
        assert not picture.isNull()
        assert picture.toImage().pixelColor(picture.rect().center()).isValid()
        if PICTURES:
            picture.save(f"{PICTURES}/{name}.png")

    def close(self) -> None:
        """Close the window as its user does, and wait until all has ended."""
        if self._loop.is_closed():
            return
        self.inside(self.window.close)
        self._complete(asyncio.wait_for(self._served, PATIENCE))
        self._application.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self._complete(asyncio.sleep(0))
        self._loop.close()
        asyncio.set_event_loop(None)

    def _complete(self, work: Coroutine[object, object, object] | asyncio.Future[None]) -> None:
        """Let the application run until something is done.

        ``run_until_complete`` of qasync lets Qt's events in once more after its end, when tasks
        that they wake up find no loop running.
        """
        task = asyncio.ensure_future(work, loop=self._loop)
        task.add_done_callback(lambda _: self._loop.stop())
        self._loop.run_forever()
        task.result()

    def _target(self) -> QWidget:
        popup = QApplication.activePopupWidget()
        focused = self._application.focusWidget() if popup is None else popup.focusWidget()
        return next(one for one in (focused, popup, self.window) if one is not None)


def rect_in(widget: QWidget, window: QWidget) -> QRect:
    """Return where a widget stands in a window."""
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
