"""Today: what to do now, with the key press that starts it.

The frame is on the way to the first paint, so the view's types are imported for the type checker alone.
"""

from __future__ import annotations

from functools import partial
from operator import itemgetter
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from interview_coach.ui.theme import set_role
from interview_coach.ui.widgets.card import Card
from interview_coach.ui.widgets.column import Column
from interview_coach.ui.widgets.key_cap import KeyCap
from interview_coach.ui.widgets.labels import button, label

if TYPE_CHECKING:  # pydantic is not imported before the first paint
    from interview_coach.domain.models import Transcript
    from interview_coach.services.agenda import Agenda, Ahead, Portion
    from interview_coach.services.today import ResumeEntry, TodayView


class TodayPage(QWidget):
    """The first page. An Enter that is pressed before its data is there counts once it is.

    ``portion_requested`` carries question ids, in the order in which they are to be asked, and a title for the session.
    """

    resume_requested = Signal(int)
    transcript_requested = Signal(int, str)
    mixed_requested = Signal(str)
    stage_requested = Signal(str)
    portion_requested = Signal(object, str)
    transcripts_requested = Signal()
    import_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("today_page")
        set_role(self, "page")
        self._column = Column(self)
        self._column.content.addWidget(label(self.tr("Today"), "title", name="today_title"))
        self._body = QWidget()
        self._column.content.addWidget(self._body)
        self._column.content.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._column)
        self._primary: QPushButton | None = None
        self._mock_menu: QMenu | None = None
        self._enter_waits = False
        self.setAccessibleName(self.tr("Today"))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # it has the focus until its data is there, Tab passes it by

    def render_view(self, view: TodayView, agenda: Agenda | None = None) -> None:
        """Show what there is to do; the filled button gets the focus."""
        body = QWidget()
        rows = QVBoxLayout(body)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(16)
        self._primary = None
        self._mock_menu = None
        if agenda is not None and agenda.clock_went_back:
            words = self.tr(
                "The clock of this computer stands before your last answer. Nothing is lost; what is due is counted "
                "from that answer on."
            )
            rows.addWidget(label(words, "banner", name="clock_note"))
        if view.first_run and view.fresh is not None:
            self._add_welcome(rows, view)
        for entry in view.resume:
            self._add_resume(rows, entry, view)
        if agenda is not None:
            self._add_interview(rows, agenda)
            self._add_due(rows, agenda)
        if view.fresh is not None and not view.first_run:
            self._add_fresh(rows, view)
        if view.transcripts:
            self._add_mock(rows, view)
            self._add_stages(rows, view)
        else:
            self._add_empty(rows)
        if view.resolutions:
            self._add_resolutions(rows, view)
        self._column.content.replaceWidget(self._body, body)
        self._body.deleteLater()
        self._body = body
        body.show()  # now and not by the layout later: what is hidden keeps no focus when the window is activated
        if self.isVisible():
            self.take_focus()
        if self._enter_waits and self._primary is not None:
            self._enter_waits = False
            self._primary.click()

    def clear(self) -> None:
        """Show the frame alone, as before the data came."""
        body = QWidget()
        self._column.content.replaceWidget(self._body, body)
        self._body.deleteLater()
        self._body = body
        self._primary = None
        self._mock_menu = None
        self._enter_waits = False

    def take_focus(self) -> None:
        """Put the focus on what Enter starts."""
        (self._primary or self).setFocus(Qt.FocusReason.OtherFocusReason)

    def open_mock_menu(self) -> None:
        """Offer the interviews to choose from."""
        anchor = self.findChild(QPushButton, "mock_button")
        if self._mock_menu is not None and isinstance(anchor, QPushButton):
            _open_below(anchor, self._mock_menu)

    def start_first(self) -> None:
        """Start what is offered first, as Enter does."""
        if self._primary is not None:
            self._primary.click()
        else:
            self._enter_waits = True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Start what is offered first with Enter or Space, whatever has the focus here."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and not event.isAutoRepeat():
            self.start_first()
        else:
            super().keyPressEvent(event)

    # --- the cards

    def _add_welcome(self, rows: QVBoxLayout, view: TodayView) -> None:
        if view.fresh is None:
            return
        sentence = self.tr(
            "Answer one question at a time, rate your answer before you see anything, "
            "then look at the recorded one beside it. All of it stays on this computer."
        )
        rows.addWidget(label(sentence, "body"))
        card = Card(view.fresh.title, self._interview_words(view.fresh))
        start = self._button(self.tr("Start the sample interview"), "start_sample_button", primary=True)
        start.clicked.connect(partial(self.transcript_requested.emit, view.fresh.id, "practice"))
        card.add_control(KeyCap(self.tr("Enter")))
        card.add_control(start)
        rows.addWidget(card)
        self._add_roles(rows, view)
        import_link = button(self.tr("Import transcripts"), "import_link", role="link")
        import_link.clicked.connect(self.import_requested)
        line = QHBoxLayout()
        line.addWidget(import_link)
        line.addStretch()
        rows.addLayout(line)

    def _add_roles(self, rows: QVBoxLayout, view: TodayView) -> None:
        """Offer the other interviews by the job that they are for, on the first evening alone."""
        others = [transcript for transcript in view.transcripts if transcript != view.fresh]
        if not others:
            return
        card = Card(self.tr("Another job"), self.tr("%Ln more interview(s), by role", "", len(others)))
        choose = self._button(self.tr("Choose…"), "role_button")
        choose.setAccessibleName(self.tr("Choose an interview by role"))
        menu = QMenu(choose)
        menu.setObjectName("role_menu")
        for words, transcript in sorted(((_role_words(each), each) for each in others), key=itemgetter(0)):
            action = menu.addAction(words.replace("&", "&&"))
            action.triggered.connect(partial(self.transcript_requested.emit, transcript.id, "practice"))
        if view.more_transcripts:
            menu.addAction(self.tr("Another transcript…")).triggered.connect(self.transcripts_requested)
        choose.clicked.connect(partial(_open_below, choose, menu))
        card.add_control(choose)
        rows.addWidget(card)

    def _add_resume(self, rows: QVBoxLayout, entry: ResumeEntry, view: TodayView) -> None:
        first = self._primary is None
        title = self.tr("Go on where you stopped") if first else self._session_title(entry)
        card = Card(title, self._resume_words(entry, view, with_title=first))
        resume = self._button(self.tr("Resume"), f"resume_button_{entry.session.id}", primary=first)
        resume.setAccessibleName(self.tr("Resume: {0}").format(self._session_title(entry)))
        resume.clicked.connect(partial(self.resume_requested.emit, entry.session.id))
        if first:
            card.add_control(KeyCap(self.tr("Enter")))
        card.add_control(resume)
        rows.addWidget(card)

    def _add_interview(self, rows: QVBoxLayout, agenda: Agenda) -> None:
        interview = agenda.next_interview
        if interview is None:
            return
        planned = agenda.planned.question_ids
        lines = [self._unplanned_words(interview)]
        if planned:
            lines = [self.tr("Planned for today: {0}").format(self._portion_words(agenda.planned))]
        lines += self._reach_words(interview)
        for each in agenda.interviews[1:]:
            lines.append(self.tr("After it: interview in %Ln day(s)", "", each.days_left))
            lines += self._reach_words(each)
        card = Card(self._days_left(interview.days_left), "\n".join(lines))
        if planned:
            self._add_start(card, "start_planned_button", self.tr("Planned for today"), agenda.planned)
        rows.addWidget(card)

    def _reach_words(self, interview: Ahead) -> list[str]:
        """Return what the minutes do not reach for, nothing where they do."""
        if interview.kept == interview.chosen or not interview.days_left:
            return []
        locale = self.locale()
        if not interview.kept:
            reach = self.tr("Of {0} questions the minutes until then hold {1}, none twice and once more in the end")
            return [reach.format(locale.toString(interview.chosen), locale.toString(interview.reached))]
        reach = self.tr("Of {0} questions the minutes until then hold {1} twice and once more in the end")
        words = reach.format(locale.toString(interview.chosen), locale.toString(interview.kept))
        if interview.left_out:
            words += self.tr(", and {0} not at all").format(locale.toString(interview.left_out))
        return [words]

    def _add_due(self, rows: QVBoxLayout, agenda: Agenda) -> None:
        portion = agenda.today
        if not portion.question_ids:
            return
        words = self._portion_words(portion)
        waiting = len(set(agenda.due) - set(agenda.planned.question_ids)) - len(portion.question_ids)
        if waiting > 0 and agenda.next_interview is None:
            words += " · " + self.tr("%Ln more can wait for other days", "", waiting)
        card = Card(self.tr("Due today"), words)
        self._add_start(card, "start_due_button", self.tr("Due today"), portion)
        rows.addWidget(card)

    def _add_start(self, card: Card, name: str, title: str, portion: Portion) -> None:
        first = self._primary is None
        start = self._button(self.tr("Start"), name, primary=first)
        start.setAccessibleName(self.tr("Start: {0}").format(title))
        start.clicked.connect(partial(self._ask_for, portion.question_ids, title))
        if first:
            card.add_control(KeyCap(self.tr("Enter")))
        card.add_control(start)

    def _ask_for(self, question_ids: tuple[int, ...], title: str, *_: object) -> None:
        self.portion_requested.emit(question_ids, title)

    def _add_fresh(self, rows: QVBoxLayout, view: TodayView) -> None:
        if view.fresh is None:
            return
        first = self._primary is None
        card = Card(view.fresh.title, self.tr("A transcript you have not practised yet"))
        start = self._button(self.tr("Start"), "start_fresh_button", primary=first)
        start.setAccessibleName(self.tr("Start: {0}").format(view.fresh.title))
        start.clicked.connect(partial(self.transcript_requested.emit, view.fresh.id, "practice"))
        if first:
            card.add_control(KeyCap(self.tr("Enter")))
        card.add_control(start)
        rows.addWidget(card)

    def _add_mock(self, rows: QVBoxLayout, view: TodayView) -> None:
        card = Card(
            self.tr("Mock interview"), self.tr("All questions straight through, rating and comparing at the end")
        )
        choose = self._button(self.tr("Choose…"), "mock_button")
        choose.setAccessibleName(self.tr("Choose a mock interview"))
        self._mock_menu = QMenu(choose)
        self._mock_menu.setObjectName("mock_menu")
        for transcript in view.transcripts:
            action = self._mock_menu.addAction(transcript.title.replace("&", "&&"))
            action.triggered.connect(partial(self.transcript_requested.emit, transcript.id, "mock"))
        if view.more_transcripts:
            self._mock_menu.addAction(self.tr("Another transcript…")).triggered.connect(self.transcripts_requested)
        if len(view.transcripts) > 1:
            self._mock_menu.addSeparator()
            mixed = self._mock_menu.addAction(self.tr("All transcripts, by stage"))
            mixed.triggered.connect(partial(self.mixed_requested.emit, "mock"))
        choose.clicked.connect(self.open_mock_menu)
        card.add_control(KeyCap(self.tr("Ctrl M")))
        card.add_control(choose)
        rows.addWidget(card)

    def _add_stages(self, rows: QVBoxLayout, view: TodayView) -> None:
        first = self._primary is None
        card = Card(self.tr("Practise one stage"), self.tr("The questions of one stage from all transcripts"))
        choose = self._button(self.tr("Choose…"), "stage_button", primary=first)
        choose.setAccessibleName(self.tr("Choose a stage"))
        menu = QMenu(choose)
        menu.setObjectName("stage_menu")
        for stage in view.stages:
            menu.addAction(stage.replace("&", "&&")).triggered.connect(partial(self.stage_requested.emit, stage))
        choose.clicked.connect(partial(_open_below, choose, menu))
        if first:
            card.add_control(KeyCap(self.tr("Enter")))
        card.add_control(choose)
        rows.addWidget(card)

    def _add_empty(self, rows: QVBoxLayout) -> None:
        card = Card(self.tr("There is nothing to practise yet"), self.tr("Import a transcript to begin"))
        start = self._button(self.tr("Import transcripts"), "import_button", primary=True)
        start.clicked.connect(self.import_requested)
        card.add_control(start)
        rows.addWidget(card)

    def _add_resolutions(self, rows: QVBoxLayout, view: TodayView) -> None:
        rows.addSpacing(4)
        rows.addWidget(label(self.tr("What you meant to do next time"), "section"))
        for kept in view.resolutions:
            line = QHBoxLayout()
            line.setSpacing(16)
            line.addWidget(label(self.tr("› I will {0}").format(kept.text), "body", name="resolution"), 3)
            days = (view.day - kept.day).days
            when = self._days_ago(days)
            asked = label(f"{_short(kept.question)} · {when}", "small")
            asked.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            line.addWidget(asked, 2)
            rows.addLayout(line)

    # --- the words

    def _button(self, text: str, name: str, *, primary: bool = False) -> QPushButton:
        made = button(text, name, role="primary" if primary else "")
        if primary and self._primary is None:
            self._primary = made
        return made

    def _portion_words(self, portion: Portion) -> str:
        questions = self.tr("%Ln question(s)", "", len(portion.question_ids))
        return self.tr("{0}, {1}").format(questions, self.tr("about %Ln minute(s)", "", portion.minutes))

    def _unplanned_words(self, interview: Ahead) -> str:
        if interview.days_left == 0:
            return self.tr("All the best for it.")
        if not interview.has_plan:
            return self.tr("Its plan begins later; until then practise what is due.")
        if not interview.chosen:
            return self.tr("No question is planned for it yet; Settings says which are.")
        return self.tr("Nothing more is planned for today.")

    def _days_left(self, days: int) -> str:
        if days == 0:
            return self.tr("Interview today")
        if days == 1:
            return self.tr("Interview tomorrow")
        return self.tr("Interview in %Ln day(s)", "", days)

    def _interview_words(self, transcript: Transcript) -> str:
        if transcript.origin == "written":
            return self.tr("An interview written for practice, question by question, in its own order")
        return self.tr("A recorded interview, question by question, in its own order")

    def _session_title(self, entry: ResumeEntry) -> str:
        return entry.session.title or self.tr("All transcripts, by stage")

    def _resume_words(self, entry: ResumeEntry, view: TodayView, *, with_title: bool) -> str:
        from interview_coach.ui import moments  # late: datetime is not on the way to the first paint

        words = [self._session_title(entry)] if with_title else []
        if entry.session.mode == "mock":
            words.append(self.tr("mock interview"))
        if entry.session.mode == "mock" and entry.step == "rate":
            words.append(self.tr("rate your answers"))
        elif entry.session.mode == "mock" and entry.step == "compare":
            words.append(self.tr("compare your answers"))
        else:
            place = self.tr("question {0} of {1}").format(entry.place, entry.session.questions)
            words.append(place if entry.stage == entry.session.title else f"{entry.stage}, {place}")
        if entry.draft_saved is not None:
            saved = entry.draft_saved.astimezone(view.now.tzinfo)
            time = moments.clock_time(saved)
            days = (view.now.date() - saved.date()).days
            if days == 0:
                words.append(self.tr("draft saved {0}").format(time))
            elif days == 1:
                words.append(self.tr("draft saved yesterday {0}").format(time))
            else:
                words.append(self.tr("draft saved {0}, {1}").format(moments.day(saved.date()), time))
        return " · ".join(words)

    def _days_ago(self, days: int) -> str:
        if days <= 0:
            return self.tr("today")
        if days == 1:
            return self.tr("yesterday")
        return self.tr("%n day(s) ago", "", days)


def _open_below(anchor: QPushButton, menu: QMenu, *_: object) -> None:
    """Open a menu below its button with the first entry chosen, so that Enter takes it."""
    menu.popup(anchor.mapToGlobal(anchor.rect().bottomLeft()))
    entries = menu.actions()
    if entries:
        menu.setActiveAction(entries[0])


def _role_words(transcript: Transcript) -> str:
    """Return the job an interview is for and where; its title where neither is known."""
    return " · ".join(filter(None, (transcript.role, transcript.company))) or transcript.title


def _short(question: str, most: int = 36) -> str:
    first = " ".join(question.split())
    return first if len(first) <= most else first[: most - 1].rsplit(" ", 1)[0] + "…"
