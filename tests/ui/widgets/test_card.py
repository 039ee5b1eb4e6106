import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QPushButton

from interview_coach.ui.theme import current_theme
from interview_coach.ui.widgets.card import Card
from interview_coach.ui.widgets.key_cap import KeyCap
from interview_coach.ui.widgets.primary_button import PrimaryButton

pytestmark = pytest.mark.usefixtures("themed")


def test_texts_of_a_card_are_plain_and_wrap(qtbot):
    card = Card("<b>Title</b>", "detail " * 40)
    qtbot.addWidget(card)
    assert card.title.textFormat() == card.detail.textFormat() == Qt.TextFormat.PlainText
    assert card.heightForWidth(300) > card.heightForWidth(900)
    card.set_texts("Other")
    assert card.detail.isHidden()
    assert card.accessibleName() == "Other"


def test_controls_stand_at_the_right_in_their_order(qtbot):
    card, cap, button = Card("Go on where you stopped", "TECHNICAL"), KeyCap("Enter"), PrimaryButton("Resume")
    card.add_control(cap)
    card.add_control(button)
    card.resize(700, 90)
    qtbot.addWidget(card)
    card.show()
    left, right = cap.mapTo(card, cap.rect().topLeft()).x(), button.mapTo(card, button.rect().topRight()).x()
    assert card.title.geometry().right() < left < right - button.width()
    assert card.width() - right <= 24
    assert cap.height() < button.height()


def test_the_filled_button_shows_its_focus_and_does_not_move(qtbot):
    card = Card("Title")
    button, other = PrimaryButton("Resume"), QPushButton("other")
    card.add_control(other)
    card.add_control(button)
    qtbot.addWidget(card)
    card.show()
    card.activateWindow()
    qtbot.waitUntil(card.isActiveWindow)
    other.setFocus()
    theme, place = current_theme(), button.geometry()

    def ring():
        return QColor(button.grab().toImage().pixelColor(4, button.height() // 2))

    assert ring() == theme.color("accent")
    button.setFocus()
    assert ring() == theme.color("on-accent")
    assert button.geometry() == place
