"""Files that a person takes away: what is in them, and what they must not be written over."""

import csv
import io
import json
import os
import stat
from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interview_coach.domain.errors import CoachError, Fault
from interview_coach.domain.models import Mode, SelfRating
from interview_coach.folder import DataFolder
from interview_coach.services.exporting import (
    ENDINGS,
    EVERYTHING,
    OWN_FILES,
    OWN_FOLDERS,
    Chosen,
    Format,
    Kind,
    Options,
    Unwritable,
    save_file,
)
from interview_coach.services.interview_days import claimed_figures
from interview_coach.services.reporting import ReportService
from interview_coach.transcripts import turn_format

REPORTS = (Format.MARKDOWN, Format.HTML, Format.CSV, Format.ANKI)
RECORDED = "intersection of technology and finance"  # in the recorded answer to the first question of the sample


def answer(services, texts, mode=Mode.PRACTICE, transcript=1):
    """Practise the first questions of a transcript; return the session's id. None skips, and compares nothing."""
    session_id = services.practice.start_transcript(transcript, mode)
    session = services.practice.session(session_id)
    for text in texts:
        session.view()
        if text is None:
            session.skip("", 1.0)
            continue
        session.submit(text, 30.0)
        if text.strip():
            session.rate(SelfRating(clarity=4, confidence=7))
        view = session.view()
        session.finish_question(view.comparison.points, SelfRating(clarity=5), "say it sooner")
    return session_id


def session(session_id):
    return Chosen(Kind.SESSION, (session_id,))


class TestFiles:
    @pytest.mark.parametrize("name", ["coach.sqlite3", "coach.sqlite3-wal", "backups/*.sqlite3"])
    def test_nothing_is_written_over_a_database(self, services, tmp_path, name):
        services.backups.make()
        (target,) = tmp_path.glob(name)
        before = target.read_bytes()
        for write in (save_file, services.exporting.write):
            with pytest.raises(CoachError) as refused:
                write(target, b"a transcript")
            assert refused.value.fault is Fault.CANNOT_CREATE
            assert str(target) in str(refused.value)
            assert target.read_bytes() == before

    def test_another_file_is_replaced(self, tmp_path):
        target = tmp_path / "transcript.txt"
        for content in (b"first", b""):
            save_file(target, content)
            assert target.read_bytes() == content

    @pytest.mark.parametrize("name", ["settings.json", "WINDOW.json", "lock", "owner.json", "coach.sqlite3-shm"])
    def test_nothing_takes_the_place_of_the_programs_own_files(self, services, tmp_path, name):
        with pytest.raises(CoachError) as refused:
            services.exporting.write(tmp_path / name, b"a report")
        assert refused.value.fault is Fault.CANNOT_CREATE
        assert not (tmp_path / name).exists()

    @pytest.mark.parametrize("folder", ["backups", "set-aside", "log"])
    def test_nothing_is_put_into_the_programs_own_folders(self, services, tmp_path, folder):
        (tmp_path / folder / "deep").mkdir(parents=True, exist_ok=True)
        for target in (tmp_path / folder / "x.html", tmp_path / folder / "deep" / "x.html"):
            with pytest.raises(CoachError):
                services.exporting.write(target, b"a report")
            assert not target.exists()

    @pytest.mark.skipif(os.name == "nt", reason="links take rights there")
    def test_nor_through_a_link(self, services, tmp_path):
        elsewhere = tmp_path / "elsewhere"
        elsewhere.mkdir()
        (elsewhere / "x.json").symlink_to(tmp_path / "settings.json")
        (elsewhere / "loop").symlink_to(elsewhere / "loop")
        for name in ("x.json", "loop", "loop/x"):
            with pytest.raises(CoachError):
                services.exporting.write(elsewhere / name, b"a report", "x.json")
        assert not (tmp_path / "settings.json").exists()

    def test_the_programs_own_are_those_of_the_folder(self, tmp_path):
        folder = DataFolder.claim(tmp_path)
        try:
            own = {folder.settings.name, folder.window.name}
        finally:
            folder.release()
        assert own | {path.name for path in tmp_path.iterdir() if path.is_file()} <= {*OWN_FILES, "coach.sqlite3"}
        assert {path.name for path in tmp_path.iterdir() if path.is_dir()} <= set(OWN_FOLDERS)

    def test_beside_them_there_is_room(self, services, tmp_path):
        assert services.exporting.write(tmp_path / "mine.html", b"x") == tmp_path / "mine.html"

    @pytest.mark.skipif(os.name == "nt", reason="no modes there")
    @pytest.mark.parametrize("mask", [0o000, 0o077])
    def test_a_folder_takes_it_under_a_safe_name(self, services, tmp_path, mask):
        folder = tmp_path / "out"
        folder.mkdir()
        before = os.umask(mask)
        try:
            name = services.exporting.name(Chosen(Kind.QUESTIONS, (1, 2), "../../a/b: c?"), ".md")
            written = services.exporting.write(folder, b"x", name)
        finally:
            os.umask(before)
        assert written.parent == folder
        assert written.name == "a b c.md"
        assert stat.S_IMODE(written.stat().st_mode) == 0o600

    def test_names(self, services):
        done = answer(services, [])
        names = [
            services.exporting.name(chosen, ".md")
            for chosen in (session(done), Chosen(Kind.TRANSCRIPT, (1,)), EVERYTHING, Chosen(Kind.QUESTIONS, (1, 2)))
        ]
        assert names == [
            "Your practice of 2 March 2026.md",
            "Nebula Systems, Senior Python Backend Engineer.md",
            "Your interview practice.md",
            "Your questions.md",
        ]
        assert services.exporting.name(Chosen(Kind.QUESTIONS, (1,)), ".md").startswith("What inspired you to pursue")


class TestChosen:
    @pytest.mark.parametrize("form", Format)
    def test_what_is_not_there_is_told(self, services, form):
        for chosen in (session(9), Chosen(Kind.TRANSCRIPT, (9,)), Chosen(Kind.QUESTIONS, (999,))):
            with pytest.raises(CoachError) as missing:
                services.exporting.content(chosen, form)
            assert missing.value.fault is Fault.INPUT_MISSING

    @pytest.mark.parametrize("form", REPORTS)
    @pytest.mark.parametrize("kind", Kind)
    def test_every_report_holds_the_answers(self, services, form, kind):
        done = answer(services, ["Zebras first."])
        question = services.progress.attempts()[0].question.id
        ids = {Kind.SESSION: (done,), Kind.QUESTIONS: (question,), Kind.TRANSCRIPT: (1,), Kind.EVERYTHING: ()}[kind]
        content = services.exporting.content(Chosen(kind, ids), form).decode()
        assert "Zebras first." in content
        if form is not Format.ANKI:
            assert RECORDED in content
            assert "say it sooner" in content

    def test_a_question_has_all_its_attempts(self, services):
        for text in ("First try.", "Second try."):
            answer(services, [text])
        question = services.progress.attempts()[0].question.id
        (told,) = ReportService(services.database, services.importing._clock).of_questions([question]).questions
        assert [(attempt.number, attempt.text) for attempt in told.attempts] == [(1, "First try."), (2, "Second try.")]
        assert told.attempts[0].compared_with.transcript == "Nebula Systems, Senior Python Backend Engineer"

    def test_very_many_questions_have_the_same_answers(self, services, clock, monkeypatch):
        answer(services, ["One.", "Two.", None])
        ids = services.questions.ids()
        reports = ReportService(services.database, clock)
        by_question = reports.of_questions(ids)
        monkeypatch.setattr("interview_coach.services.reporting._BY_QUESTION", 1)
        assert reports.of_questions(ids) == by_question
        assert sum(len(question.attempts) for question in by_question.questions) == 3

    def test_points_notes_and_pins_go_along(self, services, clock):
        answer(services, ["One."])
        (entry,) = services.progress.attempts()
        (turn, _), *_ = services.questions.details([entry.question.id])[0].turns
        from interview_coach.domain.models import PointsOwner, PointsOwnerKind

        services.tending.set_points(PointsOwner(kind=PointsOwnerKind.RECORDED, id=turn.id), ["my own point"])
        services.tending.annotate(turn.id, "too smooth")
        services.tending.pin(entry.attempt.id)
        reports = ReportService(services.database, clock)
        for report in (
            reports.of_session(entry.attempt.session_id).sessions[0],
            reports.of_questions([entry.question.id]),
            reports.of_transcript(1),
            reports.of_everything(),
        ):
            told = next(question for question in report.questions if question.attempts)
            assert told.own_points == ("my own point",)
            assert told.notes == ("too smooth",)
            assert told.attempts[0].pinned

    def test_the_options(self, services):
        answer(services, ["Mine."])
        done = session(1)
        assert services.exporting.content(done, Format.CSV, Options(byte_order_mark=True)).startswith(b"\xef\xbb\xbf")
        assert not services.exporting.content(done, Format.CSV).startswith(b"\xef\xbb\xbf")
        own = services.exporting.content(done, Format.ANKI).decode()
        recorded = services.exporting.content(done, Format.ANKI, Options(recorded_answers=True)).decode()
        assert ("Mine." in own, RECORDED in own) == (True, False)
        assert ("Mine." in recorded, RECORDED in recorded) == (False, True)

    def test_everything_names_the_sessions_and_has_each_answer_once(self, services):
        answer(services, ["Zebras."])
        answer(services, ["Yaks."], Mode.PRACTICE)
        told = services.exporting.content(EVERYTHING, Format.MARKDOWN).decode()
        assert told.count("Practice · 2 March 2026") == 2
        assert (told.count("Zebras."), told.count("Yaks.")) == (1, 1)
        assert "10 questions" in told


class TestWhatMayBeSeen:
    @pytest.mark.parametrize("form", REPORTS)
    def test_a_session_tells_no_reference_that_was_not_on_screen(self, services, form):
        begun = services.practice.start_transcript(1)
        running = services.practice.session(begun)
        running.view()
        options = Options(recorded_answers=True)
        assert RECORDED not in services.exporting.content(session(begun), form, options).decode()
        running.submit("Mine.", 5.0)
        assert RECORDED not in services.exporting.content(session(begun), form, options).decode()
        running.rate(SelfRating())
        running.view()
        assert RECORDED in services.exporting.content(session(begun), form, options).decode()

    def test_a_mock_interview_tells_none_before_its_end(self, services):
        begun = services.practice.start_transcript(1, Mode.MOCK, 2)
        running = services.practice.session(begun)
        for text in ("One.", "Two."):
            running.view()
            running.submit(text, 5.0)
        assert RECORDED not in services.exporting.content(session(begun), Format.HTML).decode()
        running.view()
        running.rate(SelfRating(clarity=3))
        assert RECORDED not in services.exporting.content(session(begun), Format.HTML).decode()
        running.rate(SelfRating(clarity=3))  # the last one leads to Compare
        assert RECORDED in services.exporting.content(session(begun), Format.HTML).decode()

    def test_what_was_skipped_was_not_seen(self, services):
        done = answer(services, [None])
        assert RECORDED not in services.exporting.content(session(done), Format.HTML).decode()

    def test_nor_are_points_and_notes_told_before(self, services):
        answer(services, ["One."])
        (entry,) = services.progress.attempts()
        (turn, _), *_ = services.questions.details([entry.question.id])[0].turns
        services.tending.annotate(turn.id, "too smooth")
        services.importing._clock.advance(days=1)
        again = services.practice.start_transcript(1)
        assert "too smooth" not in services.exporting.content(session(again), Format.HTML).decode()

    def test_what_lies_in_trash_is_left_out(self, services):
        done = answer(services, ["Zebras.", "Yaks."])
        first, second = services.progress.attempts()
        services.tending.delete_attempts([first.attempt.id])
        services.tending.delete_questions([second.question.id])
        for chosen in (session(done), EVERYTHING, Chosen(Kind.TRANSCRIPT, (1,))):
            for form in (*REPORTS, Format.TURNS) if chosen is not EVERYTHING else REPORTS:
                content = services.exporting.content(chosen, form).decode()
                assert "Zebras." not in content
                assert "Yaks." not in content
        told = services.exporting.content(session(done), Format.MARKDOWN).decode()
        assert "9 questions" in told

    def test_a_transcript_in_trash_is_no_reference(self, services):
        done = answer(services, ["Zebras."])
        services.tending.delete_transcript(1)
        told = services.exporting.content(session(done), Format.MARKDOWN).decode()
        assert "Zebras." in told
        assert "Recorded answer" not in told  # the points that were decided on stay with the answer
        assert "Compared with" not in told

    def test_a_merged_question_answers_for_both(self, services):
        done = answer(services, ["Zebras.", "Yaks."])
        first, second = (entry.question.id for entry in services.progress.attempts())
        services.tending.merge(first, second)
        told = services.exporting.content(session(done), Format.MARKDOWN).decode()
        assert (told.count("Zebras."), told.count("Yaks.")) == (1, 1)
        assert services.exporting.content(EVERYTHING, Format.MARKDOWN).decode().count("Yaks.") == 1


class TestTurns:
    def test_a_transcript_comes_out_byte_for_byte(self, services, sample):
        assert services.exporting.content(Chosen(Kind.TRANSCRIPT, (1,)), Format.TURNS) == sample.read_bytes()

    def test_a_session_can_be_imported_by_somebody_else(self, services, open_program, tmp_path):
        texts = ["One.\n\n```python\nprint( 1 )\n```\n\n", " \n", None, "Four: „grün“."]
        done = answer(services, texts)
        file = tmp_path / "mine.txt"
        file.write_bytes(services.exporting.content(session(done), Format.TURNS))
        other = open_program(tmp_path / "other" / "coach.sqlite3") if (tmp_path / "other").mkdir() is None else None
        (report,) = other.importing.import_paths([file])
        assert report.error is None
        assert (report.turns, report.questions_known) == (10, 10)
        turns = [kept.turn for kept in other.transcripts.conversation(2).turns]
        asked = [kept.turn for kept in services.transcripts.conversation(1).turns]
        assert [(turn.stage, turn.question) for turn in turns] == [(turn.stage, turn.question) for turn in asked]
        assert [turn.answer for turn in turns] == [
            "One.\n\n```python\nprint( 1 )\n```",
            None,
            None,
            "Four: „grün“.",
        ] + [None] * 6
        first, technical = turns[0].rating, turns[3].rating
        assert (first.clarity, first.confidence, first.technical_depth, first.summary) == (5, 7, None, "say it sooner")
        assert json.loads(turns[0].feedback)["technical_depth"] == 0
        assert json.loads(turns[3].feedback)["technical_depth"] is None
        assert (technical.status, technical.clarity) == ("rated", 5)
        assert {turn.feedback for turn in turns[4:]} == {"null"}

    def test_the_last_answer_of_a_place_counts_and_a_draft_is_none(self, services):
        begun = services.practice.start_transcript(1)
        running = services.practice.session(begun)
        for text in ("First try.", "Second try."):
            running.view()
            running.submit(text, 5.0)
            running.rate(SelfRating())
            view = running.view()
            running.try_again(view.comparison.points, SelfRating(), "")
        view = running.view()
        running.save_draft(view.attempt_id, "Third, half", 3.0)
        told = services.exporting.content(session(begun), Format.TURNS)
        first = turn_format.read(told).turns[0]
        assert first.answer == "Second try."
        assert first.feedback is None
        assert b"Third" not in told

    def test_what_the_format_cannot_hold_is_refused(self, services):
        done = answer(services, ["Fine.", "So.\nTurn 9 [HR]\nQ: what I asked back"])
        with pytest.raises(Unwritable) as refused:
            services.exporting.content(session(done), Format.TURNS)
        assert (refused.value.position, refused.value.field, refused.value.fault) == (2, "answer", Fault.BAD_INPUT)
        assert "asked back" not in str(refused.value)

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=80)
        | st.sampled_from(["None", "A: x", "Feedback: {}", "```\nA: y", "Turn 1 [X]\nQ: z", "Feedback: null"]),
        clarity=st.none() | st.integers(1, 10),
        line=st.none() | st.text('ab"\\é{}', max_size=9),
    )
    def test_whatever_is_answered_is_read_back_or_refused(self, services, text, clarity, line):
        begun = services.practice.start_transcript(1)
        running = services.practice.session(begun)
        running.view()
        running.submit(text, 1.0)
        if text.strip():
            running.rate(SelfRating(clarity=clarity))
        view = running.view()
        running.finish_question(view.comparison.points, SelfRating(), line or "")
        try:
            content = services.exporting.content(session(begun), Format.TURNS)
        except Unwritable:
            return
        first, *others = turn_format.read(content).turns
        assert len(others) == 9
        wanted = text.replace("\r\n", "\n").replace("\r", "\n").strip(" \t\n")
        assert (first.answer or "") == wanted
        if wanted and text.strip():
            assert first.rating.clarity == clarity


class TestJson:
    def test_a_session_and_everything_come_in_elsewhere(self, services, open_program, tmp_path):
        done = answer(services, ["Zebras."])
        for number, chosen in enumerate((session(done), EVERYTHING)):
            folder = tmp_path / f"other{number}"
            folder.mkdir()
            other = open_program(folder / "coach.sqlite3")
            from interview_coach.services.archiving import ArchiveService

            ArchiveService(other.database, other.importing._clock).bring_in(
                services.exporting.content(chosen, Format.JSON)
            )
            assert [entry.attempt.text for entry in other.progress.attempts()] == ["Zebras."]


class TestHostile:
    HOSTILE = '<script>alert(1)</script><img src=x onerror=y> =1+1 | *a* [x](javascript:y) \t"q"\n#x\n=cmd()'

    def test_nothing_that_was_typed_acts(self, services):
        done = answer(services, [self.HOSTILE])
        found = []

        class Tags(HTMLParser):
            def handle_starttag(self, tag, attrs):
                found.append((tag, dict(attrs)))

        Tags().feed(services.exporting.content(session(done), Format.HTML).decode())
        assert not {"script", "img"} & {tag for tag, _ in found}
        assert not [name for _, names in found for name in names if name.startswith("on")]
        assert "<script" not in services.exporting.printable(session(done))
        markdown = services.exporting.content(session(done), Format.MARKDOWN).decode()
        assert "\\<script\\>" in markdown
        assert markdown.count("<script") == markdown.count("\\<script")
        table = list(
            csv.reader(io.StringIO(services.exporting.content(session(done), Format.CSV).decode(), newline=""))
        )
        assert not [cell for row in table for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
        cards = services.exporting.content(session(done), Format.ANKI).decode().splitlines()
        assert "#html:false" in cards[:5]

    def test_formulas_are_text(self, services):
        done = answer(services, ["=1+1", "@SUM(A1)"])
        table = list(
            csv.reader(io.StringIO(services.exporting.content(session(done), Format.CSV).decode(), newline=""))
        )
        answers = [row[table[0].index("Answer")] for row in table[1:]]
        assert answers[:2] == ["'=1+1", "'@SUM(A1)"]


def test_a_session_is_exported_while_another_answers(services, clock):
    """Each slice is a unit of work of its own: a draft is saved between two of them."""
    done = answer(services, [f"Answer {number}." for number in range(10)])
    clock.advance(days=1)
    running = services.practice.session(services.practice.start_transcript(1))
    draft = running.view().attempt_id
    saved = []

    def watch():
        saved.append(running.save_draft(draft, f"typed {len(saved)}", 1.0))

    content = services.exporting.content(session(done), Format.MARKDOWN, watch=watch).decode()
    assert len(saved) >= 3
    assert all(moment is not None for moment in saved)
    assert "Answer 9." in content
    assert running.view().text == f"typed {len(saved) - 1}"


def test_the_reading_can_be_ended(services):
    def stop():
        raise CoachError(Fault.DATA_IN_USE, "stopped")

    for chosen in (EVERYTHING, Chosen(Kind.TRANSCRIPT, (1,)), session(answer(services, ["One."]))):
        with pytest.raises(CoachError, match="stopped"):
            services.exporting.content(chosen, Format.HTML, watch=stop)


def test_the_interview_day_page(services):
    answer(services, ["I studied it. I cut latency from 800 ms to 120 ms.", None, "We are 6 engineers."])
    page = services.exporting.interview_day_page(Chosen(Kind.TRANSCRIPT, (1,))).decode()
    for words in (
        "I studied it.",
        "cut latency from 800 ms to 120 ms",
        "6 engineers",
        "next time I will say it sooner",
    ):
        assert words in page
    assert RECORDED not in page  # it is the person's own page
    small, large = services.exporting.interview_day_printable(session(1), (6.0, 8.5))
    assert "font-size: 6.0pt" in small
    assert "font-size: 8.5pt" in large


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "At Acme we cut p95 latency from 800 ms to 120 ms by caching. It saved $40,000 a year, 30 % of the bill!",
            ("cut p95 latency from 800 ms to 120 ms by caching", "saved $40,000 a year", "30 % of the bill"),
        ),
        (
            "I (who led 12 people) cut costs, e.g. 40%, and grew it by $2m.",
            ("who led 12 people", "e.g. 40%", "grew it by $2m"),
        ),
        ("30%. 30%.", ("30%",)),
        ("€5", ("€5",)),
        ("No figure in Python 3.", ()),
    ],
)
def test_the_figures_say_what_of(text, figures):
    assert claimed_figures([text]) == figures


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.sampled_from(["30 %", "$5m", "by", "(", ")", ",", "we", "\n", "x" * 60, "6 people", "`", ". "]), max_size=40
    )
)
def test_figures_are_short_and_from_the_text(parts):
    text = " ".join(parts)
    line = " ".join(text.split())
    for figure in claimed_figures([text]):
        assert figure in line
        assert len(figure) <= 60


def test_endings_are_there_for_all():
    assert set(ENDINGS) == set(Format)
