"""How the list paints a question: its text with the words of the search marked, and below it where else they stand.

Every cell is painted here and none by the style: through a style sheet a screen of rows takes four times as long, and
it is painted after each key that is typed.
"""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from interview_coach.domain.listing import Column
from interview_coach.domain.models import Question
from interview_coach.ui import icons
from interview_coach.ui.pages.questions.model import BankModel, elsewhere_words
from interview_coach.ui.theme import Theme, current_theme

_Index = QModelIndex | QPersistentModelIndex

#: From the edge of a cell to its text, in logical pixels.
_SIDE = 8

_LEFT_OUT = "…"

translate = QCoreApplication.translate

Spans = Sequence[tuple[int, int]]

# Made once: combining flags takes as long as painting with them.
_LINE = int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
_CHOSEN, _POINTED = QStyle.StateFlag.State_Selected, QStyle.StateFlag.State_MouseOver


class Type:
    """A size of the theme's type with the measures of its letters, made once for a whole screen of rows."""

    def __init__(self, theme: Theme, size: str) -> None:
        self.usual = theme.font(size)
        self.bold = QFont(self.usual)
        self.bold.setWeight(QFont.Weight.Bold)
        self.metrics, self.bold_metrics = QFontMetrics(self.usual), QFontMetrics(self.bold)
        self.height = self.metrics.height()


def row_height(*, with_excerpts: bool) -> int:
    """Return the height of a row, with or without the second line that says where else words stand."""
    theme = current_theme()
    height = QFontMetrics(theme.font()).height() + round(16 * theme.text_scale)
    return height + QFontMetrics(theme.font("small")).height() + 2 if with_excerpts else height


class Cell(QStyledItemDelegate):
    """Paints a cell: its ground, as the row is chosen or pointed at, and a line of text."""

    def __init__(self, rows: BankModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows = rows
        self.follow_theme()

    def follow_theme(self) -> None:
        """Take colours and type of the theme as it is now."""
        self._theme = theme = current_theme()
        self._body, self._small = Type(theme, "body"), Type(theme, "small")
        self._text, self._muted = theme.color("text"), theme.color("muted")
        self._chosen, self._pointed = theme.color("soft"), theme.color("hover")

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one cell."""
        self._paint_ground(painter, option)
        area: QRect = option.rect.adjusted(_SIDE, 0, -_SIDE, 0)
        painter.setPen(self._text)
        painter.setFont(self._body.usual)
        text = self._rows.text_at(index.row(), index.column())
        painter.drawText(area, _LINE, self._body.metrics.elidedText(text, Qt.TextElideMode.ElideRight, area.width()))

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        state = option.state
        if state & _CHOSEN:
            painter.fillRect(option.rect, self._chosen)
        elif state & _POINTED:
            painter.fillRect(option.rect, self._pointed)


class QuestionCell(Cell):
    """Paints the question's column. What is marked is bold and on a ground of its own, so not told by colour alone."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one cell."""
        row = self._rows.shown(index.row())
        if row is None:
            super().paint(painter, option, index)
            return
        self._paint_ground(painter, option)
        body, small = self._body, self._small
        area: QRect = option.rect.adjusted(_SIDE, 0, -_SIDE, 0)
        elsewhere = row.elsewhere
        top = area.top() + (area.height() - body.height - (small.height + 2 if elsewhere is not None else 0)) // 2
        first = QRect(area.left(), top, area.width(), body.height)
        if Column.MARKS not in self._rows.columns and (row.question.flagged or row.question.suspended):
            self._draw_marks(painter, first, row.question)
        painter.setPen(self._text)
        self._draw(painter, body, first, self._rows.text_at(index.row(), index.column()), row.marks)
        if elsewhere is not None:
            lead, excerpt = elsewhere_words(elsewhere)
            room = QRect(area.left(), top + body.height + 2, area.width(), small.height)
            painter.setPen(self._muted)
            self._draw(painter, small, room, lead, ())
            room.setLeft(room.left() + small.metrics.horizontalAdvance(lead))
            self._draw(painter, small, room, excerpt.text, excerpt.marks)

    def _draw_marks(self, painter: QPainter, area: QRect, question: Question) -> None:
        """Draw at the right end of a line what is marked, where no column says it, and leave the rest of the line."""
        theme, small = self._theme, self._small
        side = area.height() - 2
        if question.flagged:
            area.setRight(area.right() - side - 4)
            flag = QRectF(area.right() + 4, area.top() + 1, side, side)
            icons.paint(painter, flag, "flag-filled", theme.color("accent"), theme.icons)
        if question.suspended:
            word = translate("bank", "suspended")
            wide = small.metrics.horizontalAdvance(word)
            area.setRight(area.right() - wide - 8)
            painter.setFont(small.usual)
            painter.setPen(self._muted)
            there = QRect(area.right() + 8, area.top(), wide + 1, area.height())
            painter.drawText(there, Qt.AlignmentFlag.AlignVCenter, word)

    def _draw(self, painter: QPainter, kind: Type, area: QRect, text: str, spans: Spans) -> None:
        """Draw a line with some of it marked; one that is too long begins where the first mark can be seen."""
        usual, wide = kind.metrics, kind.bold_metrics
        wider = sum(wide.horizontalAdvance(text[a:b]) - usual.horizontalAdvance(text[a:b]) for a, b in spans)
        text, spans = _in_view(usual, text, spans, area.width() - wider)
        if not spans:
            painter.setFont(kind.usual)
            painter.drawText(area, _LINE, text)
            return
        layout = QTextLayout(text, kind.usual)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.NoWrap)
        layout.setTextOption(option)
        formats = []
        for start, end in spans:
            marked = QTextLayout.FormatRange()
            marked.start, marked.length = start, end - start
            marked.format.setFontWeight(QFont.Weight.Bold)
            marked.format.setBackground(self._theme.color("mark-partly"))
            marked.format.setForeground(self._text)
            formats.append(marked)
        layout.setFormats(formats)
        layout.beginLayout()
        layout.createLine()
        layout.endLayout()
        layout.draw(painter, QPointF(area.left(), area.top()))


def _in_view(metrics: QFontMetrics, text: str, spans: Spans, width: int) -> tuple[str, Spans]:
    """Return what fits of a text, with an ellipsis where something is left out, and its marks."""
    start = 0
    if spans and metrics.horizontalAdvance(text[: spans[0][1]]) > width * 9 // 10:
        start = spans[0][0]
        while start and metrics.horizontalAdvance(text[start - 1 : spans[0][0]]) < width // 4:
            start -= 1
        blank = text.find(" ", start, spans[0][0])
        start = blank + 1 if start and blank >= 0 else start
    shown = (_LEFT_OUT if start else "") + text[start:]
    shift = (len(_LEFT_OUT) if start else 0) - start
    elided = metrics.elidedText(shown, Qt.TextElideMode.ElideRight, width)
    room = len(elided) - (1 if elided != shown else 0)
    moved = [(a + shift, min(b + shift, room)) for a, b in spans if a >= start and a + shift < room]
    return elided, moved
