"""One criterion to rate: ten boxes in five described bands, one control for keyboard, mouse and screen reader."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QWidget

from interview_coach.ui.theme import Theme, current_theme

HIGHEST = 10

_BANDS = 5
_WRAPPED = Qt.TextFlag.TextWordWrap.value | Qt.AlignmentFlag.AlignLeft.value | Qt.AlignmentFlag.AlignTop.value
_PADDING = 8


class ScoreRow(QAbstractSlider):
    """A score of 1–10, or none.

    A slider to assistive technology: name, value and, as description, the sentence of the band. ``score_changed``
    carries int or None and is emitted for what the person does, not for ``set_score``. Digits set (0 is ten), Left,
    Right, Home and End move, Backspace and Delete take the score back, Enter asks for the next row; Up, Down and
    Ctrl+Enter are left to the page.

    ``compact`` paints the light row of the comparison (small boxes and the number, no words); ``read_only`` shows a
    score that somebody else gave, which may have decimals, and takes no focus.
    """

    score_changed = Signal(object)
    next_requested = Signal()

    def __init__(
        self,
        title: str,
        bands: Sequence[str],
        parent: QWidget | None = None,
        *,
        meaning: str = "",
        compact: bool = False,
        read_only: bool = False,
    ) -> None:
        if len(bands) not in (0, _BANDS):
            raise ValueError("a criterion has five bands")
        super().__init__(parent)
        self._title = title
        self._meaning = meaning
        self._bands = tuple(bands)
        self._compact = compact
        self._read_only = read_only
        self._score: float | None = None
        self._telling = True
        self.setRange(0, HIGHEST)
        self.setPageStep(2)
        self.setAccessibleName(title)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if read_only else Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(
            QSizePolicy.Policy.Fixed if compact else QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed
        )
        policy.setHeightForWidth(not compact)
        self.setSizePolicy(policy)
        self.valueChanged.connect(self._on_value_changed)
        self._describe()

    @property
    def score(self) -> float | None:
        """The score shown; a whole number unless the row is read-only. None is "not rated"."""
        return self._score

    def set_score(self, score: float | None) -> None:
        """Show a score without telling of a change; ValueError where it is not within 1–10."""
        if score is not None and not 1 <= score <= HIGHEST:
            raise ValueError("a score is within 1 and 10")
        self._score = score
        self._telling = False
        self.setValue(0 if score is None else int(score))
        self._telling = True
        self._describe()
        self.update()

    def sentence(self) -> str:
        """Return the sentence of the band that the score is in, empty where there is none."""
        if self._score is None or not self._bands:
            return ""
        return self._bands[min((int(self._score) - 1) // 2, _BANDS - 1)]

    def number(self) -> str:
        """Return the score as it is written beside the boxes; a dash where there is none."""
        if self._score is None:
            return "–"
        whole = self._score == int(self._score)
        return self.locale().toString(int(self._score)) if whole else self.locale().toString(float(self._score), "f", 1)

    # --- keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Set, move, take back, or ask for the next row."""
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        key, digit = event.key(), event.key() - Qt.Key.Key_0.value
        if self._read_only or not plain:
            event.ignore()
        elif 0 <= digit <= 9:
            self.setValue(digit or HIGHEST)
        elif key == Qt.Key.Key_Left:
            self.setValue(max(self.value() - 1, min(self.value(), 1)))
        elif key == Qt.Key.Key_Right:
            self.setValue(self.value() + 1)
        elif key == Qt.Key.Key_Home:
            self.setValue(1)
        elif key == Qt.Key.Key_End:
            self.setValue(HIGHEST)
        elif key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.setValue(0)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.next_requested.emit()
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Set the score of the box under the pointer."""
        if self._read_only or event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        for score, box in enumerate(self._boxes(current_theme()), 1):
            if box.adjusted(-2, -4, 2, 4).contains(event.position()):
                self.setValue(score)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Do nothing: a score is set by a click."""
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to what scrolls, so that passing over a row rates nothing."""
        event.ignore()

    # --- sizes

    def sizeHint(self) -> QSize:
        """Return a size at which the band's sentence stands beside the boxes."""
        theme = current_theme()
        if self._compact:
            last = self._boxes(theme)[-1]
            metrics = QFontMetrics(theme.font())
            return QSize(
                round(last.right()) + max(map(metrics.horizontalAdvance, ("10", "9,5"))) + 12, metrics.height() + 8
            )
        width = round(760 * theme.text_scale)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Return the smallest size; full rows wrap and shrink their boxes."""
        return self.sizeHint() if self._compact else QSize(280, self.heightForWidth(280))

    def heightForWidth(self, width: int) -> int:
        """Return the height for the longest of the sentences, so that choosing moves nothing."""
        theme = current_theme()
        if self._compact:
            return self.sizeHint().height()
        room = self._sentence_room(theme, width)
        longest = max((self._height_of(theme, band, room.width()) for band in (*self._bands, "–")), default=0)
        boxes = self._boxes(theme, width)[0]
        beside = room.top() < boxes.bottom()
        bottom = max(boxes.bottom(), room.top() + longest) if beside else room.top() + longest
        return round(bottom) + _PADDING

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme and the size of text."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.updateGeometry()
            self.update()

    # --- painting

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint the row with the colours of the theme."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
        boxes = self._boxes(theme)
        if not self._compact:
            self._paint_title(painter, theme)
        for score, box in enumerate(boxes, 1):
            self._paint_box(painter, theme, score, box)
        painter.setFont(theme.font("body", strong=not self._compact and self._score is not None))
        painter.setPen(theme.color("text" if self._score is not None else "muted"))
        beside = QRectF(boxes[-1].right() + 8, boxes[-1].top() - 8, self.width(), boxes[-1].height() + 16)
        painter.drawText(beside, Qt.AlignmentFlag.AlignVCenter, self.number())
        if not self._compact:
            painter.setFont(theme.font())
            painter.drawText(self._sentence_place(theme), _WRAPPED, self.sentence() or self._not_rated())
        painter.end()

    def _paint_title(self, painter: QPainter, theme: Theme) -> None:
        strong, small = theme.font("body", strong=True), theme.font("small")
        baseline = _PADDING + QFontMetrics(strong).ascent()
        painter.setFont(strong)
        painter.setPen(theme.color("text"))
        painter.drawText(QPointF(12, baseline), self._title)
        left = 24 + QFontMetrics(strong).horizontalAdvance(self._title)
        painter.setFont(small)
        painter.setPen(theme.color("muted"))
        meaning = QFontMetrics(small).elidedText(self._meaning, Qt.TextElideMode.ElideRight, self.width() - left - 12)
        painter.drawText(QPointF(left, baseline), meaning)

    def _paint_box(self, painter: QPainter, theme: Theme, score: int, box: QRectF) -> None:
        ink = theme.color("muted" if self._read_only else "accent")
        radius = 2 if self._compact else 5
        share = min(max((self._score or 0) - (score - 1), 0), 1)
        painter.setPen(QPen(ink if share == 1 else theme.color("line-control"), 1))
        painter.setBrush(ink if share == 1 else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        if 0 < share < 1:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink)
            painter.drawRoundedRect(
                QRectF(box.topLeft(), QPointF(box.left() + box.width() * share, box.bottom())), radius, radius
            )
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if not self._compact:
            painter.setFont(theme.font("small", strong=self._score == score))
            painter.setPen(theme.color("on-accent" if share == 1 else "muted"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.locale().toString(score))

    def _boxes(self, theme: Theme, width: int | None = None) -> list[QRectF]:
        """Return where the ten boxes stand; the two of a band stand closer together than the bands."""
        body = QFontMetrics(theme.font())
        if self._compact:
            side, within, between = round(body.height() * 0.5), 2.0, 4.0
            left, top = 6.0, (body.height() + 8 - side) / 2
        else:
            number = QFontMetrics(theme.font("body", strong=True)).horizontalAdvance("10") + 20
            within, between = 2.0, 8.0
            fit = ((self.width() if width is None else width) - 24 - number - 5 * within - 4 * between) / HIGHEST
            side = max(14, min(round(body.height() * 1.6), int(fit)))
            left, top = 12.0, float(_PADDING + body.height() + 8)
        boxes = []
        for score in range(HIGHEST):
            boxes.append(QRectF(left, top, side, side))
            left += side + (within if score % 2 == 0 else between)
        return boxes

    def _sentence_room(self, theme: Theme, width: int) -> QRect:
        """Return where the sentence stands: beside the boxes where there is room for words, else below them."""
        boxes = self._boxes(theme, width)
        number = QFontMetrics(theme.font("body", strong=True)).horizontalAdvance("10") + 24
        left = round(boxes[-1].right()) + number
        line = QFontMetrics(theme.font()).height()
        if width - left - 12 >= 16 * line:
            return QRect(left, round(boxes[0].center().y() - line), width - left - 12, 100 * line)
        return QRect(12, round(boxes[0].bottom()) + 8, max(width - 24, 1), 100 * line)

    def _sentence_place(self, theme: Theme) -> QRect:
        """Return where the sentence is painted now: a single line beside the boxes stands at their middle."""
        room = self._sentence_room(theme, self.width())
        first = self._boxes(theme)[0]
        if room.top() < first.bottom():
            line = QFontMetrics(theme.font()).height()
            if self._height_of(theme, self.sentence() or self._not_rated(), room.width()) <= line:
                room.moveTop(round(first.center().y() - line / 2))
        return room

    def _height_of(self, theme: Theme, text: str, width: int) -> int:
        return QFontMetrics(theme.font()).boundingRect(QRect(0, 0, width, 100_000), _WRAPPED, text).height()

    # --- telling

    def _not_rated(self) -> str:
        return self.tr("not rated")

    def _on_value_changed(self, value: int) -> None:
        if not self._telling:
            return
        self._score = value or None
        self._describe()
        self.update()
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.accessibleDescription()))
        self.score_changed.emit(self._score)

    def _describe(self) -> None:
        if self._score is None:
            self.setAccessibleDescription(self._not_rated())
            return
        said = self.tr("{score} of 10").replace("{score}", self.number())
        sentence = self.sentence()
        self.setAccessibleDescription(f"{said}. {sentence}" if sentence else said)
