"""English, too, has plural forms: every text with a number has both, compiled."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QTranslator

import interview_coach
from interview_coach import paths

UI = Path(interview_coach.__file__).parent / "ui"
NUMBERED = sorted(
    {text for path in UI.rglob("*.py") for text in re.findall(r'"([^"\n]*%n[^"\n]*)"', path.read_text("utf-8"))}
)
CATALOGUE = paths.resource("translations/interview_coach_en.ts").read_text("utf-8")


@pytest.fixture(scope="module")
def english():
    translator = QTranslator()
    assert translator.load(str(paths.resource("translations/interview_coach_en.qm")))
    return translator


def context_of(text):
    return re.findall(r"<name>([^<]*)</name>", CATALOGUE[: CATALOGUE.index(f"<source>{text}</source>")])[-1]


def test_there_are_texts_with_numbers():
    assert len(NUMBERED) >= 6


@pytest.mark.parametrize("text", NUMBERED)
def test_one_and_many_differ_where_the_text_says_so(english, text):
    one, many = (english.translate(context_of(text), text, None, number) for number in (1, 2))
    assert one == text.replace("(s)", "")
    assert many == text.replace("(s)", "s")
