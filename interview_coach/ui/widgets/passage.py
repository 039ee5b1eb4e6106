"""A text as high as what it holds, with the words marked that were searched for, and code in a font of its own."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import (
    QFont,
    QFontDatabase,
    QFontMetrics,
    QKeyEvent,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from interview_coach.domain.fences import closes_fence, opening_fence
from interview_coach.domain.marking import marks
from interview_coach.domain.search_language import Words
from interview_coach.ui.theme import current_theme
from interview_coach.ui.widgets.labels import button
from interview_coach.ui.widgets.marked_text import Mark, MarkedText

#: Characters of a text that show at first, and how many more each time that more is asked for.
AT_FIRST, MORE = 6_000, 30_000

#: So many places are marked in a text; nobody looks at more.
_MOST_MARKS = 200

#: What is kept free above and below what is brought into view.
_AIR = 24

_NO_FENCE = 0


class Passage(QWidget):
    """A text, of which a very long one shows in parts."""

    def __init__(self, name: str, title: str, *, size: str = "body") -> None:
        super().__init__()
        self._whole = ""
        self._words: tuple[Words, ...] = ()
        self._shown = AT_FIRST
        self.text = FittedText(name, title, size=size)
        self.more = button(self.tr("Show more of it"), f"{name}_more", role="link")
        self.more.clicked.connect(self._on_more)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(4)
        rows.addWidget(self.text)
        rows.addWidget(self.more)

    def set_title(self, title: str) -> None:
        """Let a screen reader call the text so."""
        self.text.setAccessibleName(title)

    def show_text(self, text: str, words: Sequence[Words]) -> None:
        """Show a text with the words marked; the same one as far as it was shown."""
        if text != self._whole:
            self._shown = AT_FIRST
        elif self._words == tuple(words):
            return
        self._whole, self._words = text, tuple(words)
        self._show()

    def _show(self) -> None:
        part = self._whole[: self._shown]
        if part != self.text.source:
            self.text.show_text(part)
        found = marks(part, self._words)[:_MOST_MARKS] if self._words else ()
        self.text.set_marks([Mark(start, end, None, "plain") for start, end in found])
        self.more.setVisible(len(part) < len(self._whole))

    def _on_more(self) -> None:
        self._shown += MORE
        self._show()
        if self.more.isHidden():
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)


class FittedText(MarkedText):
    """A text as high as what it holds: what is around it scrolls. Tab stops at it, so that it can be copied."""

    # Here rather than in __init__: Qt tells of a change of style while that is still under way.
    _dress_code: "_Dress | None" = None
    _numbered: tuple[str, ...] = ()

    def __init__(self, name: str, title: str, *, size: str = "body") -> None:
        super().__init__(name, title)
        self.source = ""
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._dress_code = _Dress(self.document(), size)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)

    def show_text(self, text: str) -> None:
        """Show a text without marks."""
        self.source = text
        self._numbered = ()
        super().show_text(text)
        root = self.document().rootFrame()
        layout = root.frameFormat()
        layout.setBottomMargin(0)  # the height of the last line leaves room enough
        root.setFrameFormat(layout)
        self._fit()

    def show_points(self, points: Sequence[str]) -> None:
        """Show points, each behind its number."""
        numbered = [
            f"{number}.\n{point}" if opening_fence(point.partition("\n")[0]) else f"{number}. {point}"
            for number, point in enumerate(points, 1)
        ]
        if "\n".join(numbered) == self.source:
            return
        self.show_text("\n".join(numbered))
        self._numbered = tuple(numbered)
        self._indent()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the keys that scroll to what is around."""
        keys = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End)
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if plain and event.key() in keys:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the width."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._dress_code is not None:
            self._dress_code.rehighlight()
            self._indent()

    def _on_range(self, _least: int, _most: int) -> None:
        """Stay where Tab stops, whether there is more than shows or not."""

    def _bring_into_view(self, place: int) -> None:
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._spans[place][0])
        area = self.cursorRect(cursor)
        self._scroll_to(area.bottom())
        self._scroll_to(area.top())

    def _scroll_to(self, height: int) -> None:
        """Let what is scrolled around the text show what stands so far below the top of the text."""
        around = self.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        inside = None if around is None else around.widget()
        if around is not None and inside is not None:
            around.ensureVisible(0, self.mapTo(inside, self.rect().topLeft()).y() + height, 0, _AIR)

    def _indent(self) -> None:
        """Let the lines of each point stand in one line, right of its number."""
        room = QFontMetrics(current_theme().font()).horizontalAdvance(f"{len(self._numbered)}. ")
        block = self.document().begin()
        for point in self._numbered:
            for line in range(point.count("\n") + 1):
                layout = QTextBlockFormat()
                layout.setLeftMargin(room)
                layout.setTextIndent(0 if line else -room)
                layout.setTopMargin(0 if line or block.blockNumber() == 0 else 6)
                QTextCursor(block).mergeBlockFormat(layout)
                block = block.next()
        self._fit()

    def _fit(self, *_: object) -> None:
        height = self.content_height()
        if self.minimumHeight() != height or self.maximumHeight() != height:
            self.setFixedHeight(height)


class _Dress(QSyntaxHighlighter):
    """The type of a text: its size, and a font of fixed width for fenced code."""

    def __init__(self, document: QTextDocument, size: str) -> None:
        super().__init__(document)
        self._size = size

    def highlightBlock(self, text: str) -> None:
        """Dress one line. Its state is the fence that it leaves open: twice its length, one more for tildes."""
        before = self.previousBlockState()
        fence = "" if before in (_NO_FENCE, -1) else ("`" if before % 2 == 0 else "~") * (before // 2)
        opened = "" if fence else opening_fence(text) or ""
        closed = bool(fence) and closes_fence(text, fence)
        now = opened or ("" if closed else fence)
        self.setCurrentBlockState(2 * len(now) + (now[0] == "~") if now else _NO_FENCE)
        theme, made = current_theme(), QTextCharFormat()
        made.setFontPointSize(theme.points(self._size))
        if fence or opened:
            made.setFontFamilies([QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()])
            made.setFontPointSize(theme.points("body"))
            if opened or closed:
                made.setForeground(theme.color("muted"))
        elif self._size == "heading":
            made.setFontWeight(QFont.Weight.DemiBold)
        self.setFormat(0, len(text.encode("utf-16-le", "surrogatepass")) // 2, made)
