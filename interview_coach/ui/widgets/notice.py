"""A quiet message below the page: one sentence, and Undo where what it tells of can be taken back."""

import shiboken6
from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QEnterEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QWidget

from interview_coach.ui import icons
from interview_coach.ui.theme import current_theme, set_role
from interview_coach.ui.widgets.key_cap import KeyCap
from interview_coach.ui.widgets.labels import button, label

#: How long a message stays, in milliseconds.
STAYS = 10_000

#: Side of the closing cross at a text size of 100 %, in logical pixels.
_CROSS = 16


class Notice(QFrame):
    """Takes its room below the page, covers nothing and never takes the focus.

    A message goes after ``STAYS`` milliseconds, but not while the mouse is over it or the focus is in it, and when the
    next one comes. Screen readers are told of it. ``undo_requested`` is emitted by its button; the message goes then.
    """

    undo_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        set_role(self, "notice")
        self._came_from: QWidget | None = None
        self._time = QTimer(self)
        self._time.setSingleShot(True)
        self._time.setInterval(STAYS)
        self._time.timeout.connect(self._on_time)
        self._text = label("", "body", self, name="notice_text")
        self.undo = button(self.tr("Undo"), "undo_notice_button", self, role="link")
        self.undo.clicked.connect(self._on_undo)
        self._key = KeyCap(self.tr("Ctrl Z"), self)
        self.close_button = button("", "close_notice_button", self, role="link")
        self.close_button.setAccessibleName(self.tr("Close the message"))
        self.close_button.setToolTip(self.tr("Close the message"))
        self.close_button.clicked.connect(self.put_away)
        for control in (self.undo, self.close_button):
            control.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the focus on the page
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 5, 12, 5)
        row.setSpacing(8)
        row.addWidget(self._text, 1)
        row.addWidget(self.undo)
        row.addWidget(self._key)
        row.addWidget(self.close_button)
        self._dress()
        self.hide()
        QApplication.instance().focusChanged.connect(self._on_focus)  # type: ignore[union-attr]

    @property
    def text(self) -> str:
        """The sentence that is shown, empty where there is none."""
        return "" if self.isHidden() else self._text.text()

    def tell(self, text: str, *, undo: bool = False) -> None:
        """Show a sentence in the place of the one that is there, with Undo where it can be taken back."""
        self._text.setText(text)
        self.setAccessibleName(text)
        if not undo and self.undo.hasFocus():
            self._give_focus_back()
        self.undo.setVisible(undo)
        self._key.setVisible(undo)
        self.undo.setAccessibleName(self.tr("Undo: {0}").format(text))
        self.show()
        self._time.start()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def put_away(self) -> None:
        """Let the message go; the focus goes back to where it came from."""
        self._time.stop()
        self._give_focus_back()
        self.hide()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Wait while the mouse is here."""
        super().enterEvent(event)
        self._time.stop()

    def leaveEvent(self, event: QEvent) -> None:
        """Go on waiting for the end."""
        super().leaveEvent(event)
        if not self.isHidden():
            self._time.start()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme and the size of text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "close_button"):
            self._dress()

    def _dress(self) -> None:
        theme = current_theme()
        side = round(_CROSS * theme.text_scale)
        self.close_button.setIcon(icons.icon("close", theme.color("muted"), theme.icons, side))
        self.close_button.setIconSize(QSize(side, side))

    def _on_undo(self) -> None:
        self.put_away()
        self.undo_requested.emit()

    def _on_time(self) -> None:
        if self.underMouse() or self._has_focus():
            self._time.start()
        else:
            self.put_away()

    def _has_focus(self) -> bool:
        return self.undo.hasFocus() or self.close_button.hasFocus()

    def _on_focus(self, old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and self.isAncestorOf(new) and old is not None and not self.isAncestorOf(old):
            self._came_from = old

    def _give_focus_back(self) -> None:
        if not self._has_focus():
            return
        back = self._came_from
        if back is not None and shiboken6.isValid(back) and back.isVisible():
            back.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.focusPreviousChild()
