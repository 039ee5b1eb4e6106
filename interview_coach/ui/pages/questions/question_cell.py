"""How the list paints a question: its text with the words of the search marked, and below it where else they stand."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from interview_coach.domain.listing import Column
from interview_coach.domain.models import Question
from interview_coach.services.searching import ListedQuestion
from interview_coach.ui import icons
from interview_coach.ui.pages.questions.model import ROW, BankModel, elsewhere_words
from interview_coach.ui.theme import current_theme

_Index = QModelIndex | QPersistentModelIndex

#: From the edge of a cell to its text, in logical pixels.
_SIDE = 8

_LEFT_OUT = "…"

translate = QCoreApplication.translate

Spans = Sequence[tuple[int, int]]


def row_height(*, with_excerpts: bool) -> int:
    """Return the height of a row, with or without the second line that says where else words stand."""
    theme = current_theme()
    height = QFontMetrics(theme.font()).height() + round(16 * theme.text_scale)
    return height + QFontMetrics(theme.font("small")).height() + 2 if with_excerpts else height


class QuestionCell(QStyledItemDelegate):
    """Paints the question's column. What is marked is bold and on a ground of its own, so not told by colour alone."""

    def __init__(self, rows: BankModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows = rows

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one cell."""
        row: ListedQuestion | None = index.data(ROW)
        if row is None:
            super().paint(painter, option, index)
            return
        theme = current_theme()
        shown = QStyleOptionViewItem(option)
        self.initStyleOption(shown, index)
        text, shown.text = shown.text, ""
        style = shown.widget.style() if shown.widget is not None else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, shown, painter, shown.widget)
        area: QRect = option.rect.adjusted(_SIDE, 0, -_SIDE, 0)
        elsewhere = row.elsewhere
        body, small = theme.font(), theme.font("small")
        line, below = QFontMetrics(body).height(), QFontMetrics(small).height()
        top = area.top() + (area.height() - line - (below + 2 if elsewhere is not None else 0)) // 2
        painter.save()
        painter.setClipRect(option.rect)
        first = QRect(area.left(), top, area.width(), line)
        if Column.MARKS not in self._rows.columns:
            _draw_marks(painter, first, row.question)
        painter.setPen(theme.color("text"))
        _draw(painter, body, first, text, row.marks)
        if elsewhere is not None:
            lead, excerpt = elsewhere_words(elsewhere)
            taken = QFontMetrics(small).horizontalAdvance(lead)
            room = QRect(area.left(), top + line + 2, area.width(), below)
            painter.setPen(theme.color("muted"))
            _draw(painter, small, room, lead, ())
            room.setLeft(room.left() + taken)
            _draw(painter, small, room, excerpt.text, excerpt.marks)
        painter.restore()


def _draw_marks(painter: QPainter, area: QRect, question: Question) -> None:
    """Draw at the right end of a line what is marked, where no column says it, and leave the rest of the line."""
    theme = current_theme()
    side = area.height() - 2
    if question.flagged:
        area.setRight(area.right() - side - 4)
        icons.paint(
            painter,
            QRectF(area.right() + 4, area.top() + 1, side, side),
            "flag-filled",
            theme.color("accent"),
            theme.icons,
        )
    if question.suspended:
        small, word = theme.font("small"), translate("bank", "suspended")
        wide = QFontMetrics(small).horizontalAdvance(word)
        area.setRight(area.right() - wide - 8)
        painter.setFont(small)
        painter.setPen(theme.color("muted"))
        painter.drawText(
            QRect(area.right() + 8, area.top(), wide + 1, area.height()), Qt.AlignmentFlag.AlignVCenter, word
        )


def _draw(painter: QPainter, font: QFont, area: QRect, text: str, spans: Spans) -> None:
    """Draw a line with some of it marked; one that is too long begins where the first mark can be seen."""
    bold = QFont(font)
    bold.setWeight(QFont.Weight.Bold)
    usual, wide = QFontMetrics(font), QFontMetrics(bold)
    room = area.width() - sum(wide.horizontalAdvance(text[a:b]) - usual.horizontalAdvance(text[a:b]) for a, b in spans)
    text, spans = _in_view(usual, text, spans, room)
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    layout.setTextOption(option)
    theme = current_theme()
    formats = []
    for start, end in spans:
        marked = QTextLayout.FormatRange()
        marked.start, marked.length = start, end - start
        marked.format.setFontWeight(QFont.Weight.Bold)
        marked.format.setBackground(theme.color("mark-partly"))
        marked.format.setForeground(theme.color("text"))
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
