"""Imports what the next page will need while nobody waits: a module at a time, so that no key waits behind them."""

import importlib
from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer

#: How long after the start it begins, and how long it rests after each module, in milliseconds.
_BEGINS, _RESTS = 1_500, 30

#: Modules of the Questions page and of Progress, those that others need first: each takes at most about 30 ms then.
MODULES = (
    "interview_coach.domain.search_language",
    "interview_coach.domain.search_completion",
    "interview_coach.domain.search_editing",
    "interview_coach.domain.marking",
    "interview_coach.storage.search",
    "interview_coach.services.bank_snapshot",
    "interview_coach.services.searching",
    "interview_coach.ui.pages.questions.model",
    "interview_coach.ui.pages.questions.table",
    "interview_coach.ui.pages.questions.chips",
    "interview_coach.ui.pages.questions.page",
    "interview_coach.services.question_panel",
    "interview_coach.ui.pages.questions.panel",
    "interview_coach.domain.progress",
    "interview_coach.services.figures",
    "interview_coach.storage.answered",
    "PySide6.QtSvg",
    "interview_coach.ui.widgets.charts.pairs",
    "interview_coach.ui.widgets.charts.calendar",
    "interview_coach.ui.pages.progress.pictures",
    "interview_coach.ui.pages.progress.page",
)


class Preloading(QObject):
    """Imports modules in their order, until it is gone."""

    def __init__(self, modules: Sequence[str], parent: QObject) -> None:
        super().__init__(parent)
        self._left = list(modules)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._import_next)
        self._timer.start(_BEGINS)

    def _import_next(self) -> None:
        if not self._left:
            self._timer.stop()
            return
        importlib.import_module(self._left.pop(0))
        self._timer.setInterval(_RESTS)
