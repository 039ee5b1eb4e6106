"""The recorded interviews: a list, and one opened as the whole conversation with its ratings."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from interview_coach.domain.models import KeptTurn, Origin
from interview_coach.services.bank import Conversation, TranscriptEntry, TranscriptService
from interview_coach.ui import moments, reference_dialogs
from interview_coach.ui.commands import Commands
from interview_coach.ui.deeds import Deeds
from interview_coach.ui.finding_words import FindingWords
from interview_coach.ui.rating_words import judge_sentence, note_line, rating_line, same_scores_sentence
from interview_coach.ui.theme import set_role
from interview_coach.ui.widgets.column import WIDEST_LIST, Column
from interview_coach.ui.widgets.conversation_text import ConversationText
from interview_coach.ui.widgets.labels import button, label
from interview_coach.ui.widgets.rows_model import RowsModel
from interview_coach.ui.widgets.table import Table
from interview_coach.ui.widgets.wrapping_row import WrappingRow


class TranscriptsPage(QWidget):
    """Enter opens a transcript, Esc or the button leads back. Opening one shows recorded answers, and says so.

    Del moves the chosen one to Trash.
    """

    practise_requested = Signal(int, str)
    import_requested = Signal()

    def __init__(
        self, transcripts: TranscriptService, deeds: Deeds, commands: Commands, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("transcripts_page")
        set_role(self, "page")
        self._transcripts = transcripts
        self._deeds = deeds
        self._commands = commands
        commands.delete.triggered.connect(self._on_delete)
        commands.note.triggered.connect(self._on_note)
        self._entries: dict[int, TranscriptEntry] = {}
        self._shown: Conversation | None = None
        self._finding_words = FindingWords(self)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._list())
        self._pages.addWidget(self._conversation())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)

    def refresh(self) -> None:
        """Show the list as it is now."""
        self.renew()
        self._back()

    def renew(self) -> None:
        """Show the list afresh and leave the focus where it is. Where the chosen one is gone, the next is chosen."""
        chosen, place = self._chosen(), self.table.currentIndex().row()
        self._entries = {entry.transcript.id: entry for entry in self._transcripts.listed()}
        self._rows.set_ids(tuple(self._entries))
        self._count.setText(self.tr("%n transcript(s)", "", len(self._entries)))
        if self._entries:
            row = -1 if chosen is None else self._rows.row_of(chosen)
            self.table.selectRow(row if row >= 0 else min(max(place, 0), len(self._entries) - 1))
        for control in (self.open_button, self.delete_button, self.practise_button, self.mock_button):
            if control.hasFocus() and not self._entries:
                self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            control.setEnabled(bool(self._entries))
        self._show_hint()
        shown = self._shown
        if self._pages.currentIndex() == 1 and shown is not None and shown.entry.transcript.id in self._entries:
            turn = self.text.current_part
            self._show_conversation(self._transcripts.conversation(shown.entry.transcript.id))
            if turn is not None:
                self.text.show_part(turn)
        self._offer()

    def open_transcript(self, transcript_id: int) -> None:
        """Open one of the list's transcripts; where it is not there any more the list stays."""
        row = self._rows.row_of(transcript_id)
        if row >= 0:
            self.table.choose([row])
            self._on_open()

    # --- the list

    def _list(self) -> QWidget:
        page = Column(widest=WIDEST_LIST)
        self._count = label("", "muted", name="transcript_count", wraps=False)
        import_button = button(self.tr("Import…"), "import_button")
        import_button.clicked.connect(self.import_requested)
        head = WrappingRow((label(self.tr("Transcripts"), "title", wraps=False), self._count), (import_button,))
        self._rows: RowsModel[TranscriptEntry] = RowsModel(
            (
                (self.tr("Title"), lambda entry: entry.transcript.title),
                (self.tr("Origin"), self._origin_word),
                (self.tr("Turns"), lambda entry: str(entry.turns)),
                (self.tr("Came in"), lambda entry: moments.day(entry.transcript.imported.astimezone().date())),
            ),
            lambda ids: [self._entries[transcript_id] for transcript_id in ids],
            self,
        )
        self.table = Table("transcript_table", self.tr("Transcripts"), 0)
        self.table.show_rows(self._rows)
        self.table.opened.connect(self._on_open)
        self.table.selectionModel().currentRowChanged.connect(self._show_hint)
        self._hint = label("", "muted", name="transcript_hint")
        self.practise_button = button(self.tr("Practise this interview"), "practise_button", role="primary")
        self.practise_button.clicked.connect(self._on_practise)
        self.mock_button = button(self.tr("Mock interview"), "transcript_mock_button")
        self.mock_button.clicked.connect(self._on_mock)
        self.open_button = button(self.tr("Open"), "open_button")
        self.open_button.clicked.connect(self._on_open)
        self.delete_button = button(self.tr("Delete"), "transcript_delete_button")
        self.delete_button.clicked.connect(self._commands.delete.trigger)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.table.addAction(self._commands.delete)
        buttons = WrappingRow((self.open_button, self.delete_button), (self.mock_button, self.practise_button))
        page.content.addWidget(head)
        page.content.addWidget(self.table, 1)
        page.content.addWidget(self._hint)
        page.content.addWidget(buttons)
        return page

    def _chosen(self) -> int | None:
        row = self.table.currentIndex().row()
        return self._rows.id_at(row) if 0 <= row < self._rows.rowCount() else None

    def _show_hint(self, *_: object) -> None:
        chosen = self._chosen()
        entry = None if chosen is None else self._entries.get(chosen)
        if entry is None:
            self._hint.setText(self.tr("Import a transcript to begin: a text file of turns, questions and answers."))
            return
        stages = " · ".join(f"{stage} {turns}" for stage, turns in entry.stages.items())
        lines = [stages, same_scores_sentence(entry.findings)]
        self._hint.setText("\n".join(line for line in lines if line))

    def _origin_word(self, entry: TranscriptEntry) -> str:
        return self.tr("recorded") if entry.transcript.origin is Origin.RECORDED else self.tr("written for practice")

    # --- one conversation

    def _conversation(self) -> QWidget:
        page = Column(widest=WIDEST_LIST)
        self._title = label("", "title", name="conversation_title")
        self._about = label("", "muted", name="conversation_about")
        self.text = ConversationText("conversation_text", self.tr("The whole conversation"))
        self.back_button = button(self.tr("Back to the list"), "back_button")
        self.back_button.setShortcut("Esc")
        self.back_button.clicked.connect(self._back)
        self.note_button = button(self.tr("Add a note"), "conversation_note_button")
        self.note_button.clicked.connect(self._commands.note.trigger)
        self.text.part_changed.connect(self._offer)
        practise = button(self.tr("Practise this interview"), "practise_open_button", role="primary")
        practise.clicked.connect(self._on_practise)
        buttons = WrappingRow((self.back_button, self.note_button), (practise,))
        page.content.setSpacing(12)
        page.content.addWidget(self._title)
        page.content.addWidget(self._about)
        page.content.addWidget(self.text, 1)
        page.content.addWidget(buttons)
        QWidget.setTabOrder(self.text, self.back_button)
        QWidget.setTabOrder(self.back_button, self.note_button)
        QWidget.setTabOrder(self.note_button, practise)
        return page

    def _on_open(self, *_: object) -> None:
        chosen = self._chosen()
        if chosen is None:
            return
        self._show_conversation(self._transcripts.conversation(chosen))
        self._pages.setCurrentIndex(1)
        self._offer()
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_conversation(self, conversation: Conversation) -> None:
        self._shown = conversation
        transcript = conversation.entry.transcript
        self._title.setText(transcript.title)
        about = [transcript.role, transcript.company, transcript.source]
        if transcript.held is not None:
            about.append(moments.day(transcript.held))
        report = self._finding_words.lines(conversation.findings, len(conversation.turns))
        lines = [" · ".join(dict.fromkeys(word for word in about if word))]
        if any(kept.turn.feedback is not None for kept in conversation.turns):
            lines.append(judge_sentence(transcript.origin))
        lines += report
        self._about.setText("\n".join(lines))
        self.text.begin()
        for kept in conversation.turns:
            self._add_turn(kept, conversation.notes.get(kept.id))
        self.text.end()

    def _add_turn(self, kept: KeptTurn, note: str | None) -> None:
        turn = kept.turn
        self.text.begin_part(kept.id)
        self.text.add_heading(self.tr("Turn {0} · {1}").format(turn.number, turn.stage))
        self.text.add_question(turn.question)
        if not turn.asks:
            self.text.add_note(self.tr("The interviewer failed here: this is no question of the bank"))
        if turn.answer is None:
            self.text.add_note(self.tr("There is no recorded answer"))
        else:
            self.text.add_text(turn.answer)
        if note:
            self.text.add_note(note_line(note))
        self.text.add_note(rating_line(turn.rating))
        if turn.rating.summary:
            self.text.add_note(f"“{turn.rating.summary}”")
        if turn.rating.as_written is not None:
            self.text.add_note(self.tr("As written: {0}").format(turn.rating.as_written))

    def _back(self) -> None:
        self._pages.setCurrentIndex(0)
        self._offer()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _offer(self) -> None:
        """Let Delete be given while the list is shown and holds something, a note while a recorded answer is read."""
        listed = self._pages.currentIndex() == 0
        turn = None if listed else self._turn_read()
        self.note_button.setEnabled(turn is not None)
        if turn is not None and self._shown is not None:
            noted = turn.id in self._shown.notes
            words = self.tr("Change the note on turn {0}…") if noted else self.tr("Add a note to turn {0}…")
            self.note_button.setText(words.format(turn.turn.number))
            self.note_button.setAccessibleName(self.note_button.text())
        if self.isVisible():
            commands = (self._commands.delete,) if listed and self._entries else ()
            self._commands.set_bank(commands if turn is None else (self._commands.note,))

    def _turn_read(self) -> KeptTurn | None:
        """Return the turn in which the text cursor stands, where it has a recorded answer to a question."""
        turns = () if self._shown is None else self._shown.turns
        here = next((kept for kept in turns if kept.id == self.text.current_part), None)
        return here if here is not None and here.turn.answer is not None and here.question_id is not None else None

    def _on_note(self) -> None:
        turn, shown = self._turn_read(), self._shown
        if turn is not None and shown is not None and self.isVisible() and self._pages.currentIndex() == 1:
            reference_dialogs.edit_note(
                self,
                turn.turn.answer or "",
                shown.notes.get(turn.id, ""),
                lambda note: self._deeds.annotate(turn.id, note),
            )

    def _on_delete(self) -> None:
        chosen = self._chosen()
        if chosen is not None and self.isVisible():
            self._deeds.delete_transcript(chosen)

    def _on_practise(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self.practise_requested.emit(chosen, "practice")

    def _on_mock(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self.practise_requested.emit(chosen, "mock")
