"""Trash: what lies in it, put back, and deleted for good without a trace in the live files."""

from datetime import timedelta

import pytest

from interview_coach.domain.errors import CoachError, Fault
from interview_coach.domain.models import Mode, PointsOwner, PointsOwnerKind, SelfRating, SessionState
from interview_coach.domain.practice import Step
from interview_coach.domain.trash import KEPT_FOR, TrashKind

NOTHING = SelfRating()
FIVE = SelfRating(clarity=5, confidence=5)

CANARY = """\
Turn 1 [HR]
Q: Why zzcanary-question-one here?

A: Because zzcanary-recorded-one.

Feedback: {"clarity": 8, "confidence": 9, "technical_depth": 0, "summary": "A zzcanary-summary."}

Turn 2 [HR]
Q: And zzcanary-question-two?

A: Then zzcanary-recorded-two.
"""


@pytest.fixture
def canary(services, tmp_path):
    """A transcript with words that stand nowhere else; its id."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    file = folder / "zzcanary-name.txt"
    file.write_text(CANARY)
    return services.importing.import_file(file).transcript_id


def answer(session, text="An answer", line=""):
    session.view()
    session.submit(text, 10.0)
    session.rate(FIVE)
    return session.finish_question((), NOTHING, line)


def traces(folder, *words):
    """Files of the data folder, but for backups, that hold one of the words in the encodings SQLite writes."""
    return [
        (path.name, word)
        for path in folder.rglob("*")
        if path.is_file() and "backups" not in path.parts and "elsewhere" not in path.parts
        for word in words
        if word.encode() in path.read_bytes() or word.encode("utf-16-le") in path.read_bytes()
    ]


def assert_sound(services, all_rows):
    """Nothing points at what is gone, and every reading service and session works."""
    with services.database.raw() as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    services.today.view()
    services.questions.details(services.questions.ids())
    services.searching.find_text("zzcanary")
    services.questions.stages()
    for entry in services.transcripts.listed():
        services.transcripts.conversation(entry.transcript.id)
        services.transcripts.written(entry.transcript.id)
    for entry in services.progress.sessions():
        services.progress.attempts(session_id=entry.session.id)
        services.practice.session(entry.session.id).view()
    for entry in services.progress.attempts():
        services.progress.attempt(entry.attempt.id)
    services.trash.listed()
    assert all_rows(services)


class TestListed:
    def test_what_lies_there_newest_first(self, services, clock, canary):
        answer(services.practice.session(services.practice.start_default()), "first words")
        services.tending.delete_questions([3, 4, 5])
        clock.advance(days=1)
        services.tending.delete_attempts([1])
        services.tending.delete_transcript(canary)
        transcript, attempt, questions = services.trash.listed()
        assert (transcript.kind, transcript.transcripts, transcript.questions) == (TrashKind.TRANSCRIPT, 1, 2)
        assert transcript.title == "Zzcanary name"
        assert (attempt.kind, attempt.attempts) == (TrashKind.ATTEMPTS, 1)
        assert (questions.kind, questions.questions) == (TrashKind.QUESTIONS, 3)
        assert attempt.moved - questions.moved == timedelta(days=1)
        assert attempt.title == services.questions.entries([1])[0].question.text

    def test_put_back_is_as_it_was(self, services, canary, all_rows):
        answer(services.practice.session(services.practice.start_transcript(canary)))
        before = all_rows(services)
        for delete in (
            lambda: services.tending.delete_questions([1, 2]),
            lambda: services.tending.delete_attempts([1]),
            lambda: services.tending.delete_transcript(1),
            lambda: services.tending.delete_transcript(canary),
        ):
            delete()
            (entry,) = services.trash.listed()
            services.tending.put_back(entry.id)
            assert all_rows(services) == before

    def test_several_entries_each_for_itself(self, services):
        services.tending.delete_questions([1])
        services.tending.delete_questions([2])
        services.tending.delete_transcript(1)
        transcript, second, _first = services.trash.listed()
        services.tending.put_back(second.id)
        assert services.questions.ids() == (2,)
        services.tending.put_back(transcript.id)
        assert 1 not in services.questions.ids()
        assert 3 in services.questions.ids()


class TestWantedAgain:
    """What is deleted is deleted in one go; what the person does with it afterwards must not go with it."""

    def later(self, services, clock):
        clock.advance(days=KEPT_FOR.days + 1)
        services.keep_house()
        return [entry.attempt.text for entry in services.progress.attempts()]

    @pytest.mark.parametrize("begun", [True, False])
    @pytest.mark.parametrize("deleted", ["question", "transcript"])
    @pytest.mark.parametrize("step", ["save_draft", "submit", "skip"])
    def test_an_answer_to_a_question_that_was_deleted_meanwhile_stays(self, services, clock, begun, deleted, step):
        session = services.practice.session(services.practice.start_default(count=1))
        if begun:
            session.view()
        if deleted == "question":
            services.tending.delete_questions([1])
        else:
            services.tending.delete_transcript(1)
        view = session.view()
        if step == "save_draft":
            session.save_draft(view.attempt_id, "typed after that", 1.0)
        else:
            getattr(session, step)("typed after that", 1.0)
        assert [entry.attempt.text for entry in services.progress.attempts()] == ["typed after that"]
        assert 1 in services.questions.ids()
        assert self.later(services, clock) == ["typed after that"]

    def test_an_older_answer_stays_in_trash(self, services, clock):
        for text in ("deleted with it", "typed after that"):
            session = services.practice.session(services.practice.start_transcript(1, count=1))
            view = session.view()
            if text == "typed after that":
                services.tending.delete_questions([view.question_id])
            session.submit(text, 1.0)
        (entry,) = services.trash.listed()
        assert (entry.questions, entry.attempts) == (0, 1)
        assert self.later(services, clock) == ["typed after that"]

    def test_an_answer_that_is_put_back_brings_its_question(self, services, clock):
        answer(services.practice.session(services.practice.start_default(count=1)))
        (entry,) = services.progress.attempts()
        services.tending.delete_attempts([entry.attempt.id])
        (moved,) = services.trash.listed()
        services.tending.delete_questions([entry.question.id])
        services.tending.put_back(moved.id)
        assert entry.question.id in services.questions.ids()
        assert services.trash.listed() == ()
        assert self.later(services, clock) == ["An answer"]

    def test_an_answer_given_before_putting_back_was_taken_back_stays(self, services, clock):
        session = services.practice.session(services.practice.start_default(count=1))
        services.tending.delete_questions([1])
        services.tending.put_back(services.trash.listed()[0].id)
        session.view()
        session.submit("typed while it was back", 1.0)
        services.tending.undo()
        assert self.later(services, clock) == ["typed while it was back"]
        assert 1 in services.questions.ids()

    def test_another_transcript_asks_again_what_went_along_with_one(self, services, canary, clock, tmp_path):
        before = services.questions.ids()
        services.tending.delete_transcript(canary)
        corrected = tmp_path / "elsewhere" / "corrected.txt"
        corrected.write_text(CANARY.replace("Then zz", "And then zz"))
        report = services.importing.import_file(corrected)
        assert services.questions.ids() == before
        self.later(services, clock)
        assert services.practice.start_transcript(report.transcript_id)

    @pytest.mark.usefixtures("canary")
    def test_but_not_what_was_deleted_for_itself(self, services, tmp_path):
        services.tending.delete_questions(services.searching.find_text("zzcanary-question-two").ids)
        before = services.questions.ids()
        corrected = tmp_path / "elsewhere" / "corrected.txt"
        corrected.write_text(CANARY.replace("Then zz", "And then zz"))
        services.importing.import_file(corrected)
        assert services.questions.ids() == before


class TestThirtyDays:
    def test_then_it_goes_for_good(self, services, clock):
        services.tending.delete_questions([1])
        clock.advance(days=1)
        services.tending.delete_questions([2])
        clock.moment += KEPT_FOR - timedelta(days=1)
        assert services.trash.erase_old() == 0
        clock.advance(seconds=1)
        assert services.trash.erase_old() == 1
        assert [entry.questions for entry in services.trash.listed()] == [1]
        clock.advance(days=1)
        assert services.trash.erase_old() == 1
        assert services.trash.erase_old() == 0
        assert services.trash.listed() == ()
        assert len(services.questions.ids()) == 8

    def test_a_clock_set_back_erases_nothing(self, services, clock):
        services.tending.delete_questions([1])
        clock.advance(days=-400)
        assert services.trash.erase_old() == 0


class TestErase:
    def test_a_transcript_leaves_no_trace(self, services, canary, tmp_path, all_rows):
        services.tending.tag([11], add=["zzcanary-tag"])
        services.tending.edit(11, "Why zzcanary-reworded?", "zzcanary-stage")
        session = services.practice.session(services.practice.start_transcript(canary))
        session.view()
        session.skip("", 1.0)
        services.tending.delete_questions([11, 12])
        services.tending.delete_transcript(canary)
        assert traces(tmp_path, "zzcanary")
        services.trash.erase(tuple(entry.id for entry in services.trash.listed()))
        assert traces(tmp_path, "zzcanary") == []
        assert_sound(services, all_rows)
        services.close()
        assert traces(tmp_path, "zzcanary") == []

    def test_an_attempt_leaves_no_trace(self, services, tmp_path, all_rows):
        session = services.practice.session(services.practice.start_default(count=2))
        view = session.view()
        session.save_draft(view.attempt_id, "zzpersonal draft", 1.0)
        session.submit("zzpersonal words", 5.0)
        view = session.rate(FIVE)
        points = [point.model_copy(update={"text": "zzpersonal point"}) for point in view.comparison.points]
        session.finish_question(points, FIVE, "zzpersonal line")
        answer(session, "kept words", "kept line")
        services.tending.delete_attempts([1])
        (entry,) = services.trash.listed()
        services.trash.erase((entry.id,))
        assert traces(tmp_path, "zzpersonal") == []
        assert [each.attempt.text for each in services.progress.attempts()] == ["kept words"]
        assert services.practice.session(session.id).view().step is Step.DONE
        assert_sound(services, all_rows)

    def test_a_question_takes_its_answers_along(self, services, tmp_path, all_rows):
        services.tending.edit(1, "What is zzpersonal to you?", "INTRO")
        session = services.practice.session(services.practice.start_default(count=2))
        answer(session, "zzpersonal words", "zzpersonal line")
        answer(session)
        services.tending.delete_questions([1])
        services.trash.erase(tuple(entry.id for entry in services.trash.listed()))
        assert traces(tmp_path, "zzpersonal") == []
        assert_sound(services, all_rows)
        file = tmp_path / "again.txt"
        file.write_text("Turn 1 [HR]\nQ: What is zzpersonal to you?\n\nA: All.\n")
        assert services.importing.import_file(file).questions_new == 1

    def test_what_was_merged_goes_with_its_signpost(self, services, tmp_path, all_rows):
        services.tending.edit(2, "What is zzmerged here?", "INTRO")
        services.tending.merge(1, 2)
        answer(services.practice.session(services.practice.start_default(count=2)))
        services.tending.delete_questions([1])
        services.trash.erase(tuple(entry.id for entry in services.trash.listed()))
        assert traces(tmp_path, "zzmerged") == []
        assert_sound(services, all_rows)

    @pytest.mark.parametrize("mode", list(Mode))
    @pytest.mark.parametrize("reached", ["not", "draft", "submitted", "rated"])
    def test_a_paused_session_goes_on_past_an_erased_question(self, services, clock, all_rows, mode, reached):
        session = services.practice.session(services.practice.start_default(mode, count=3))
        session.view()
        if reached == "not":
            gone = 2
        else:
            gone = 1
            session.save_draft(session.view().attempt_id, "half", 1.0)
            if reached in ("submitted", "rated"):
                session.submit("whole", 1.0)
            if reached == "rated" and mode is Mode.PRACTICE:
                session.rate(FIVE)
        session.pause()
        services.tending.delete_questions([gone])
        services.trash.erase(tuple(entry.id for entry in services.trash.listed()))
        session = services.practice.session(session.id)
        asked = []
        for _ in range(20):
            clock.advance(seconds=5)
            view = session.view()
            if view.step is Step.DONE:
                break
            asked.append(view.question_id)
            if view.step is Step.ANSWER:
                session.submit("words", 1.0)
            elif view.step is Step.RATE:
                session.rate(FIVE)
            else:
                session.finish_question((), NOTHING, "")
        assert view.step is Step.DONE
        assert set(asked) == {1, 2, 3} - {gone}
        assert_sound(services, all_rows)
        entry = services.progress.sessions()[0]
        assert entry.session.state is SessionState.FINISHED

    def test_a_session_with_nothing_left_to_ask_is_finished(self, services, all_rows):
        session = services.practice.session(services.practice.start_default(count=2))
        answer(session)
        session.pause()
        services.tending.delete_questions([2])
        services.trash.erase(tuple(entry.id for entry in services.trash.listed()))
        (entry,) = services.progress.sessions()
        assert entry.session.state is SessionState.FINISHED
        assert services.today.view().resume == ()
        assert_sound(services, all_rows)

    def test_a_transcript_that_a_session_replays(self, services, canary, tmp_path, all_rows):
        session = services.practice.session(services.practice.start_transcript(canary))
        answer(session, "my own words")
        session.pause()
        services.tending.delete_transcript(canary)
        services.trash.erase(tuple(entry.id for entry in services.trash.listed()))
        assert traces(tmp_path, "zzcanary-recorded", "zzcanary-name", "zzcanary-summary", "question-two") == []
        assert services.progress.attempts()[0].attempt.text == "my own words"
        assert services.practice.session(session.id).view().step is Step.DONE
        assert_sound(services, all_rows)

    def test_an_older_version_goes_with_the_newer_one(self, services, tmp_path, all_rows):
        (tmp_path / "elsewhere").mkdir()
        newer = tmp_path / "elsewhere" / "zzcanary-name.txt"
        newer.write_text(CANARY)
        services.importing.import_file(newer)
        newer.write_text(CANARY.replace("recorded-two", "recorded-three"))
        report = services.importing.import_file(newer)
        assert report.standing.value == "update"
        services.tending.delete_transcript(report.transcript_id)
        services.trash.erase(tuple(entry.id for entry in services.trash.listed()))
        assert traces(tmp_path, "zzcanary") == []
        assert len(services.transcripts.listed()) == 1
        assert_sound(services, all_rows)

    def test_nothing_can_be_taken_back_after_it(self, services):
        services.tending.flag([1], flagged=True)
        services.tending.delete_questions([2])
        services.trash.erase(tuple(entry.id for entry in services.trash.listed()))
        assert services.tending.last is None

    def test_it_tells_which_backups_still_hold_it(self, services, canary):
        before = services.backups.make().created
        services.tending.delete_transcript(canary)
        held = services.backups.make().created
        services.tending.delete_questions([1])
        question, transcript = services.trash.listed()
        erased = services.trash.erase((transcript.id,))
        assert erased.entries == 1
        assert erased.backups[0] == held
        assert before in erased.backups
        after = services.backups.make().created
        assert after not in services.trash.erase((question.id,)).backups or after != held

    def test_what_is_not_there_any_more_stops_it_whole(self, services, all_rows):
        services.tending.delete_questions([1])
        (entry,) = services.trash.listed()
        before = all_rows(services)
        with pytest.raises(CoachError) as refused:
            services.trash.erase((entry.id, 99))
        assert refused.value.fault is Fault.INPUT_MISSING
        assert all_rows(services) == before
        services.trash.erase((entry.id,))
        with pytest.raises(CoachError):
            services.trash.erase((entry.id,))
        with pytest.raises(CoachError):
            services.tending.put_back(entry.id)


def recorded(turn_id):
    return PointsOwner(kind=PointsOwnerKind.RECORDED, id=turn_id)


def own(attempt_id):
    return PointsOwner(kind=PointsOwnerKind.OWN, id=attempt_id)


def of_question(question_id):
    return PointsOwner(kind=PointsOwnerKind.QUESTION, id=question_id)


def erase_all(services):
    services.trash.erase(tuple(entry.id for entry in services.trash.listed()))


class TestWhatWasMadeOfReferences:
    """Points, notes and pins go for good with what they belong to, and stay with what stays."""

    def turns(self, services, transcript_id):
        with services.database.begin() as work:
            return [turn.id for turn in work.transcripts.turns(transcript_id)]

    def seen(self, services, turn_id):
        with services.database.begin() as work:
            return work.references.points(recorded(turn_id)), work.references.note(turn_id)

    def test_those_of_a_transcript(self, services, canary, tmp_path, all_rows):
        one, two = self.turns(services, canary)
        services.tending.set_points(recorded(one), ["zzcanary-point", "another zzcanary-point"])
        services.tending.annotate(two, "zzcanary-note")
        services.tending.delete_transcript(canary)
        erase_all(services)
        assert traces(tmp_path, "zzcanary") == []
        rows = all_rows(services)
        assert (rows["key_point"], rows["note"]) == ([], [])
        assert_sound(services, all_rows)

    @pytest.mark.parametrize("where", ["listed", "in Trash"])
    @pytest.mark.parametrize("kept", ["points", "note", "both"])
    def test_an_equal_answer_elsewhere_keeps_them(self, services, canary, tmp_path, all_rows, where, kept):
        one, two = self.turns(services, canary)
        other_file = tmp_path / "elsewhere" / "other.txt"
        other_file.write_text("\n".join(CANARY.splitlines()[:4]) + "\n")
        other = services.importing.import_file(other_file).transcript_id
        (same,) = self.turns(services, other)
        if kept != "note":
            services.tending.set_points(recorded(one), ["a point", "another"])
        if kept != "points":
            services.tending.annotate(one, "a note")
        services.tending.set_points(recorded(two), ["zzgone point"])
        services.tending.annotate(two, "zzgone note")
        before = self.seen(services, same)
        services.tending.delete_transcript(canary)
        going = services.trash.listed()[0].id
        if where == "in Trash":
            services.tending.delete_transcript(other)
        assert self.seen(services, same) == before
        services.trash.erase((going,))
        assert self.seen(services, same) == before
        assert traces(tmp_path, "zzgone") == []
        assert_sound(services, all_rows)
        if where == "listed":
            services.tending.delete_transcript(other)
        erase_all(services)
        rows = all_rows(services)
        assert (rows["key_point"], rows["note"]) == ([], [])

    def test_the_newest_that_can_be_seen_keeps_them(self, services, canary, tmp_path):
        one, _ = self.turns(services, canary)
        services.tending.set_points(recorded(one), ["a point"])
        services.tending.annotate(one, "a note")
        imported = []
        for number in range(3):
            file = tmp_path / "elsewhere" / f"other-{number}.txt"
            file.write_text("\n".join(CANARY.splitlines()[:4]) + f"\n\nTurn 2 [HR]\nQ: {number}?\n\nA: {number}.\n")
            imported.append(services.importing.import_file(file).transcript_id)
        services.tending.delete_transcript(canary)
        going = services.trash.listed()[0].id
        services.tending.delete_transcript(imported[2])
        services.trash.erase((going,))
        with services.database.raw() as connection:
            holders = connection.execute("SELECT turn_id FROM key_point UNION ALL SELECT turn_id FROM note").fetchall()
        assert holders == [(self.turns(services, imported[1])[0],)] * 2

    def test_what_an_equal_answer_has_of_its_own_stays_as_it_is(self, services, canary, tmp_path):
        one, two = self.turns(services, canary)
        file = tmp_path / "elsewhere" / "other.txt"
        file.write_text("Turn 1 [HR]\nQ: zzcanary-other?\n\nA: Because zzcanary-recorded-one.\n")
        (same,) = self.turns(services, services.importing.import_file(file).transcript_id)
        for turn in (one, same):
            services.tending.set_points(recorded(turn), [f"point of {turn}"])
            services.tending.annotate(turn, f"note on {turn}")
        with services.database.begin() as work:
            questions = [work.transcripts.turn(turn).question_id for turn in (one, same)]
        services.tending.merge(*questions)
        services.tending.delete_transcript(canary)
        erase_all(services)
        assert self.seen(services, same) == ((f"point of {same}",), f"note on {same}")
        assert two

    def test_an_older_version_that_holds_them_goes_with_the_newer_one(self, services, canary, tmp_path, all_rows):
        one, _ = self.turns(services, canary)
        services.tending.set_points(recorded(one), ["zzcanary-point"])
        services.tending.annotate(one, "zzcanary-note")
        file = tmp_path / "elsewhere" / "zzcanary-name.txt"
        file.write_text(CANARY.replace("recorded-two", "recorded-three"))
        update = services.importing.import_file(file).transcript_id
        assert self.seen(services, self.turns(services, update)[0]) == (("zzcanary-point",), "zzcanary-note")
        services.tending.delete_transcript(update)
        erase_all(services)
        assert traces(tmp_path, "zzcanary") == []
        rows = all_rows(services)
        assert (rows["key_point"], rows["note"]) == ([], [])

    def practised(self, services, texts):
        session = services.practice.session(services.practice.start_default(count=len(texts)))
        made = []
        for text in texts:
            made.append(session.view().attempt_id)
            answer(session, text)
        return made

    def test_those_of_an_attempt(self, services, tmp_path, all_rows):
        gone, kept = self.practised(services, ["zzpersonal words", "kept words"])
        for attempt in (gone, kept):
            services.tending.set_points(own(attempt), [f"{'zzpersonal' if attempt == gone else 'kept'} point"])
            services.tending.pin(attempt)
        with services.database.begin() as work:
            work.attempts.change(kept, reference_attempt_id=gone)
            work.attempts.change(gone, reference_attempt_id=kept)
        services.tending.delete_attempts([gone])
        erase_all(services)
        assert traces(tmp_path, "zzpersonal") == []
        with services.database.begin() as work:
            assert work.references.pinned_of([1, 2]) == {2: kept}
            assert work.references.points(own(kept)) == ("kept point",)
            assert [work.attempts.get(each).reference_attempt_id for each in (gone, kept)] == [None, None]
        assert [row[1] for row in all_rows(services)["pin"]] == [kept]
        assert_sound(services, all_rows)

    def test_those_of_a_question(self, services, tmp_path, all_rows):
        self.practised(services, ["zzpersonal words", "kept words"])
        services.tending.set_points(of_question(1), ["zzpersonal point"])
        services.tending.set_points(of_question(2), ["kept point"])
        services.tending.set_points(own(1), ["zzpersonal own point"])
        services.tending.pin(1)
        services.tending.delete_questions([1])
        erase_all(services)
        assert traces(tmp_path, "zzpersonal") == []
        rows = all_rows(services)
        assert ([row[-1] for row in rows["key_point"]], rows["pin"]) == (["kept point"], [])
        assert_sound(services, all_rows)

    def test_those_of_a_question_that_was_merged_into_it(self, services, tmp_path, all_rows):
        self.practised(services, ["of the first", "zzmerged words"])
        services.tending.set_points(of_question(1), ["zzfirst point"])
        services.tending.set_points(of_question(2), ["zzmerged point"])
        services.tending.pin(2)
        services.tending.merge(1, 2)
        services.tending.delete_questions([1])
        erase_all(services)
        assert traces(tmp_path, "zzmerged", "zzfirst") == []
        rows = all_rows(services)
        assert (rows["key_point"], rows["pin"]) == ([], [])
        assert_sound(services, all_rows)

    def test_a_point_that_was_changed_and_a_note_that_was_removed_leave_no_trace_once_the_file_is_written_anew(
        self, services, tmp_path
    ):
        services.tending.set_points(recorded(1), ["zzformer point"])
        services.tending.set_points(recorded(1), ["point"])
        services.tending.annotate(1, "zzformer note")
        services.tending.annotate(1, None)
        services.tending.delete_questions([9])
        erase_all(services)
        assert traces(tmp_path, "zzformer") == []

    def test_thirty_days_later_they_are_gone_too(self, services, canary, clock, tmp_path):
        one, _ = self.turns(services, canary)
        services.tending.annotate(one, "zzcanary-note")
        services.tending.delete_transcript(canary)
        clock.advance(days=KEPT_FOR.days + 1)
        services.trash.erase_old()
        assert traces(tmp_path, "zzcanary") == []


def test_a_spoilt_date_does_not_empty_trash(services, clock):
    """To SQLite a bare number is older than any date: what it marks is not erased for that."""
    services.tending.delete_questions([1])
    with services.database.raw() as connection:
        connection.execute("UPDATE trash SET moved_at = 2")
    clock.advance(days=1)
    with pytest.raises(CoachError):
        services.trash.erase_old()
    with services.database.raw() as connection:
        assert connection.execute("SELECT erased_at FROM trash").fetchall() == [(None,)]
