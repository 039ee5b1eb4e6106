"""The bank tended: every deed does what it says, and is taken back to the very row."""

import pytest

from interview_coach.domain.errors import CoachError, Fault
from interview_coach.domain.models import (
    MOST_POINTS,
    Mode,
    PointsOwner,
    PointsOwnerKind,
    PointStatus,
    SelfRating,
    SessionState,
)
from interview_coach.domain.practice import Step
from interview_coach.domain.trash import Deed, Done
from interview_coach.services.tending import DEPTH
from interview_coach.storage import parts

NOTHING = SelfRating()
FIVE = SelfRating(clarity=5, confidence=5)

SECOND = """\
Turn 1 [HR]
Q: Tell us what you know about our company

A: I read your reports.

Turn 2 [TECHNICAL]
Q: How do you size a pool?

A: From the database side.

Turn 3 [HR]
Q: Why do you want to leave?

A: To learn more.
"""


@pytest.fixture
def second(services, tmp_path):
    """A second transcript; the id of it."""
    file = tmp_path / "second.txt"
    file.write_text(SECOND)
    return services.importing.import_file(file).transcript_id


def practised(services, clock, *, transcript=1, count=3, texts=("first words", "second words", "third words")):
    """A finished session with an answer to each of its questions; its id."""
    session = services.practice.session(services.practice.start_transcript(transcript, count=count))
    for text in texts[:count]:
        clock.advance(seconds=30)
        session.view()
        session.submit(text, 10.0)
        view = session.rate(FIVE)
        points = [point.model_copy(update={"decided": PointStatus.SAID}) for point in view.comparison.points]
        session.finish_question(points, NOTHING, f"say {text} first")
    return session.id


def texts(services):
    return {entry.question.id: entry.question.text for entry in services.questions.entries(services.questions.ids())}


def question(services, question_id):
    return services.questions.entries([question_id])[0].question


def owner(kind, owner_id):
    return PointsOwner(kind=kind, id=owner_id)


RECORDED, OWN, QUESTION = PointsOwnerKind.RECORDED, PointsOwnerKind.OWN, PointsOwnerKind.QUESTION

DEEDS = {
    Deed.POINTS_CHANGED: lambda tending: tending.set_points(owner(RECORDED, 1), ["It's 100 %; -- ?", "b\n\n  c"]),
    Deed.NOTED: lambda tending: tending.annotate(2, "PgBouncer isn't a library"),
    Deed.PINNED: lambda tending: tending.pin(1),
    Deed.EDITED: lambda tending: tending.edit(2, "Why here?\nAnd why now?", "SMALL TALK"),
    Deed.TAGGED: lambda tending: tending.tag([1, 2, 3], add=["sql", "hard one"]),
    Deed.FLAGGED: lambda tending: tending.flag([1, 2], flagged=True),
    Deed.SUSPENDED: lambda tending: tending.suspend([1, 2, 3], suspended=True),
    Deed.MERGED: lambda tending: tending.merge(1, 2),
    Deed.DELETED_QUESTIONS: lambda tending: tending.delete_questions([1, 2, 9]),
    Deed.DELETED_TRANSCRIPT: lambda tending: tending.delete_transcript(1),
    Deed.DELETED_ATTEMPTS: lambda tending: tending.delete_attempts([1, 3]),
}


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.value.replace(" ", "-"))
def test_each_deed_changes_the_bank_and_is_taken_back_to_the_row(services, clock, second, all_rows, deed):
    assert second == 2
    practised(services, clock)
    services.practice.session(services.practice.start_default()).view()
    before = all_rows(services)
    done = DEEDS[deed](services.tending)
    assert done.deed is deed
    assert services.tending.last == done
    assert all_rows(services) != before
    assert services.tending.undo() == done
    assert all_rows(services) == before
    assert services.tending.last is None
    assert services.tending.undo() is None


@pytest.mark.parametrize(
    ("prepare", "deed"),
    [
        (lambda tending: tending.flag([1, 2], flagged=True), lambda tending: tending.flag([1, 2], flagged=False)),
        (
            lambda tending: tending.suspend([1, 2], suspended=True),
            lambda tending: tending.suspend([1, 2], suspended=False),
        ),
        (lambda tending: tending.tag([1, 2], add=["sql", "b"]), lambda tending: tending.tag([1], remove=["sql"])),
        (lambda tending: tending.delete_questions([1, 2]), lambda tending: tending.put_back(1)),
        (lambda tending: tending.delete_transcript(1), lambda tending: tending.put_back(1)),
        (lambda tending: tending.delete_attempts([1]), lambda tending: tending.put_back(1)),
        (lambda tending: tending.merge(1, 2), lambda tending: tending.merge(3, 1)),
        (
            lambda tending: tending.set_points(owner(OWN, 1), ["a", "b"]),
            lambda tending: tending.set_points(owner(OWN, 1), ["b", "a", "c"]),
        ),
        (
            lambda tending: tending.set_points(owner(QUESTION, 1), ["a", "b"]),
            lambda tending: tending.set_points(owner(QUESTION, 1), []),
        ),
        (lambda tending: tending.annotate(1, "a"), lambda tending: tending.annotate(1, "b")),
        (lambda tending: tending.annotate(1, "a"), lambda tending: tending.annotate(1, None)),
        (lambda tending: tending.pin(1), lambda tending: tending.unpin(1)),
        (lambda tending: tending.pin(1), lambda tending: tending.merge(2, 1)),
        (lambda tending: tending.set_points(owner(QUESTION, 1), ["a"]), lambda tending: tending.merge(2, 1)),
        (lambda tending: tending.edit(1, "New words", "HR"), lambda tending: tending.edit(1, "Newer words", "HR")),
    ],
    ids=[
        *("unflag", "resume", "untag", "put-questions", "put-transcript", "put-attempt", "merge-again"),
        *(
            "points-again",
            "points-away",
            "note-again",
            "note-away",
            "unpin",
            "pin-merged",
            "points-merged",
            "edit-again",
        ),
    ],
)
def test_what_undoes_a_deed_by_hand_is_taken_back_as_well(services, clock, all_rows, prepare, deed):
    practised(services, clock)
    rows = [all_rows(services)]
    prepare(services.tending)
    rows.append(all_rows(services))
    deed(services.tending)
    assert all_rows(services) not in rows[1:]
    services.tending.undo()
    assert all_rows(services) == rows[1]
    services.tending.undo()
    assert all_rows(services) == rows[0]


class TestEdit:
    def test_it_keeps_its_id_and_stays_known_by_its_former_text(self, services, second, tmp_path):
        assert second == 2
        number = len(services.questions.ids())
        services.tending.edit(2, "  What draws you to us?  ", " SMALL TALK ")
        edited = question(services, 2)
        assert (edited.text, edited.stage) == ("What draws you to us?", "SMALL TALK")
        again = tmp_path / "again.txt"
        again.write_text(SECOND.replace("A: To learn more.", "A: To learn much more."))
        assert services.importing.import_file(again).questions_new == 0
        assert len(services.questions.ids()) == number

    @pytest.mark.parametrize("text", ["", "   ", "\n", " \t\n"])
    def test_a_question_needs_words(self, services, all_rows, text):
        before = all_rows(services)
        with pytest.raises(CoachError) as refused:
            services.tending.edit(1, text, "HR")
        assert refused.value.fault is Fault.BAD_INPUT
        assert all_rows(services) == before
        assert services.tending.last is None

    def test_the_text_of_another_question_is_refused_by_its_sense(self, services, all_rows):
        before = all_rows(services)
        with pytest.raises(CoachError) as refused:
            services.tending.edit(1, question(services, 2).text.upper() + "  ", "HR")
        assert refused.value.fault is Fault.BAD_INPUT
        assert question(services, 2).text not in str(refused.value)
        assert all_rows(services) == before

    def test_its_own_former_text_may_come_back(self, services):
        first = question(services, 1).text
        services.tending.edit(1, "Other words", "INTRO")
        services.tending.edit(1, first, "INTRO")
        assert question(services, 1).text == first

    def test_a_text_that_cannot_be_stored_as_it_is_is_stored_all_the_same(self, services, all_rows):
        before = all_rows(services)
        services.tending.edit(1, "Half \ud800 a pair, and 'quotes' \x00 and ? and %s", "INTRO")
        assert question(services, 1).text.startswith("Half \ufffd a pair, and 'quotes' ")
        assert "\0" not in question(services, 1).text
        services.tending.undo()
        assert all_rows(services) == before

    def test_a_question_that_is_gone_or_in_trash_is_not_there(self, services):
        services.tending.delete_questions([2])
        for gone in (2, 999):
            with pytest.raises(CoachError) as refused:
                services.tending.edit(gone, "New words", "HR")
            assert refused.value.fault is Fault.INPUT_MISSING
        assert services.tending.last.deed is Deed.DELETED_QUESTIONS


class TestTags:
    def test_tags_are_put_on_taken_off_and_kept_apart(self, services):
        services.tending.tag([1, 2], add=["  sql ", "", "system   design", "sql"])
        services.tending.tag([2], add=["hard"], remove=["sql"])
        assert question(services, 1).tags == ("sql", "system design")
        assert question(services, 2).tags == ("hard", "system design")
        assert services.tending.tags() == ("hard", "sql", "system design")

    def test_what_some_and_what_all_of_the_chosen_have(self, services):
        services.tending.tag([1, 2, 3], add=["all"])
        services.tending.tag([2], add=["one"])
        services.tending.flag([1, 2], flagged=True)
        services.tending.suspend([1, 2, 3], suspended=True)
        chosen = services.tending.chosen([1, 2, 3])
        assert (chosen.tags_of_all, chosen.tags_of_some) == (("all",), ("one",))
        assert (chosen.flagged, chosen.suspended) == (False, True)
        assert services.tending.chosen([1, 2]).flagged
        nothing = services.tending.chosen([])
        assert (nothing.tags_of_all, nothing.flagged, nothing.suspended) == ((), False, False)

    def test_more_questions_than_a_statement_takes(self, services, tmp_path, all_rows):
        file = tmp_path / "many.txt"
        file.write_text("\n".join(f"Turn {n} [HR]\nQ: Question number {n}?\n\nA: Yes.\n" for n in range(1, 1301)))
        services.importing.import_file(file)
        ids = services.questions.ids()
        assert len(ids) > 2 * parts.AT_ONCE
        before = all_rows(services)
        services.tending.tag(ids, add=["many"])
        services.tending.flag(ids, flagged=True)
        assert services.tending.suspend(ids, suspended=True).count == len(ids)
        chosen = services.tending.chosen(ids)
        assert (chosen.tags_of_all, chosen.tags_of_some) == (("many",), ())
        assert chosen.flagged
        assert chosen.suspended
        assert services.tending.delete_questions(ids).count == len(ids)
        assert services.questions.ids() == ()
        for _ in range(4):
            services.tending.undo()
        assert all_rows(services) == before


class TestSuspend:
    def test_no_new_session_asks_it_until_it_may_come_again(self, services):
        services.tending.suspend([1, 2], suspended=True)

        def asked(start):
            session_id = start()
            with services.database.begin() as work:
                return [place.question_id for place in work.sessions.places(session_id)]

        starts = {
            "transcript": lambda: services.practice.start_transcript(1),
            "stage": lambda: services.practice.start_stage("HR"),
            "mixed": lambda: services.practice.start_mixed(Mode.MOCK),
            "search": lambda: services.practice.start_search("you"),
            "default": lambda: services.practice.start_default(),
        }
        for name, start in starts.items():
            assert not {1, 2} & set(asked(start)), name
        services.tending.suspend([1, 2], suspended=False)
        assert asked(starts["transcript"])[:2] == [1, 2]

    def test_what_lies_in_trash_is_not_asked_either(self, services):
        services.tending.delete_questions([1, 3])
        for start in (services.practice.start_default, services.practice.start_mixed):
            session_id = start()
            with services.database.begin() as work:
                places = work.sessions.places(session_id)
            assert not {1, 3} & {place.question_id for place in places}

    def test_it_stays_in_the_list(self, services):
        services.tending.suspend([1], suspended=True)
        assert 1 in services.questions.ids()
        assert question(services, 1).suspended

    def test_only_what_changed_counts(self, services):
        services.tending.suspend([1], suspended=True)
        assert services.tending.suspend([1, 2, 3], suspended=True).count == 2


class TestMerge:
    def numbers(self, services, question_id):
        entries = services.progress.attempts(question_id=question_id)
        return [(entry.attempt.number, entry.attempt.text) for entry in entries]

    def test_turns_wordings_tags_flag_and_attempts_are_one(self, services, clock, second, tmp_path):
        practised(services, clock)
        practised(services, clock, transcript=second, count=1, texts=("from the second",))
        other = services.searching.find_text("reports").ids[0]
        services.tending.tag([1], add=["a"])
        services.tending.tag([other], add=["b"])
        services.tending.flag([other], flagged=True)
        services.tending.merge(1, other)
        assert other not in services.questions.ids()
        merged = services.questions.details([1])[0]
        assert merged.question.tags == ("a", "b")
        assert merged.question.flagged
        assert {transcript.id for _, transcript in merged.turns} == {1, 2}
        assert self.numbers(services, 1) == [(1, "first words"), (2, "from the second")]
        assert services.questions.entries([other])[0].question.id == 1
        again = tmp_path / "third.txt"
        again.write_text(SECOND.replace("reports", "letters"))
        assert services.importing.import_file(again).questions_new == 0

    def test_both_in_one_session_and_attempts_on_both(self, services, clock, all_rows):
        practised(services, clock)
        before = all_rows(services)
        services.tending.merge(1, 2)
        assert self.numbers(services, 1) == [(1, "first words"), (2, "second words")]
        assert [entry.attempt.place for entry in services.progress.attempts(session_id=1)] == [1, 2, 3]
        assert services.practice.session(1).view().step is Step.DONE
        services.tending.undo()
        assert all_rows(services) == before

    @pytest.mark.parametrize("kept", [1, 2])
    def test_a_session_that_asks_both_goes_on_through_both(self, services, kept):
        session = services.practice.session(services.practice.start_default(count=3))
        session.view()
        session.submit("to the first", 1.0)
        session.rate(FIVE)
        services.tending.merge(kept, 3 - kept)
        view = session.finish_question((), NOTHING, "")
        assert (view.place, view.question_id) == (2, kept)
        session.submit("to the second", 1.0)
        session.rate(FIVE)
        session.finish_question((), NOTHING, "say less")
        assert self.numbers(services, kept) == [(1, "to the first"), (2, "to the second")]
        assert len(services.progress.attempts()) == 2
        assert services.today.view().resolutions[0].question_id == kept
        services.tending.undo()
        assert [text for _, text in self.numbers(services, 1)] == ["to the first"]
        assert [text for _, text in self.numbers(services, 2)] == ["to the second"]
        assert session.view().place == 3

    def test_an_answer_given_since_goes_with_its_place(self, services, clock, second):
        practised(services, clock)
        session = services.practice.session(services.practice.start_transcript(second))
        other = session.view().question_id
        session.submit("before the merge", 1.0)
        session.rate(FIVE)
        services.tending.merge(1, other)
        session.try_again((), NOTHING, "")
        session.submit("since the merge", 1.0)
        session.rate(FIVE)
        session.finish_question((), NOTHING, "")
        assert self.numbers(services, 1) == [(1, "first words"), (2, "before the merge"), (3, "since the merge")]
        services.tending.undo()
        assert self.numbers(services, 1) == [(1, "first words")]
        assert self.numbers(services, other) == [(1, "before the merge"), (2, "since the merge")]
        assert session.undo().step is Step.COMPARE

    def test_an_answer_of_a_session_begun_since_stays_with_what_it_answered(self, services, clock, second):
        practised(services, clock)
        other = services.searching.find_text("reports").ids[0]
        services.tending.merge(1, other)
        since = practised(services, clock, transcript=second, count=1, texts=("since the merge",))
        services.tending.undo()
        assert self.numbers(services, 1) == [(1, "first words"), (2, "since the merge")]
        assert self.numbers(services, other) == []
        assert services.practice.session(since).view().step is Step.DONE

    def test_a_draft_begun_since_is_kept_and_goes_on(self, services, clock, second):
        practised(services, clock)
        session = services.practice.session(services.practice.start_transcript(second))
        other = session.view().question_id
        services.tending.merge(1, other)
        view = session.view()
        assert view.question_id == 1
        session.save_draft(view.attempt_id, "half a thought", 1.0)
        services.tending.undo()
        view = session.view()
        assert (view.question_id, view.text) == (other, "half a thought")

    def test_what_was_seen_since_stays_seen(self, services, clock, second):
        services.transcripts.conversation(second)
        services.tending.merge(1, services.searching.find_text("reports").ids[0])
        clock.advance(hours=1)
        session = services.practice.session(services.practice.start_default())
        clock.advance(hours=1)
        services.transcripts.conversation(1)
        services.tending.undo()
        assert not session.view().blind

    def test_chains_answer_for_every_former_id(self, services):
        services.tending.merge(1, 2)
        services.tending.merge(3, 1)
        assert [entry.question.id for entry in services.questions.entries([1, 2, 3])] == [3, 3, 3]
        services.tending.undo()
        assert [entry.question.id for entry in services.questions.entries([1, 2, 3])] == [1, 1, 3]

    @pytest.mark.parametrize(("into", "other", "fault"), [
        (1, 1, Fault.BAD_INPUT), (1, 2, Fault.BAD_INPUT), (1, 999, Fault.INPUT_MISSING), (1, 4, Fault.INPUT_MISSING),
    ])  # fmt: skip
    def test_what_cannot_be_merged_is_refused(self, services, all_rows, into, other, fault):
        services.tending.merge(1, 2)
        services.tending.delete_questions([4])
        before = all_rows(services)
        with pytest.raises(CoachError) as refused:
            services.tending.merge(into, other)
        assert refused.value.fault is fault
        assert all_rows(services) == before


class TestReferences:
    def points(self, services, of):
        with services.database.begin() as work:
            return work.references.points(of)

    def pinned(self, services, question_id):
        with services.database.begin() as work:
            return work.references.pinned(question_id)

    def refused(self, services, deed):
        rows, last = all_of(services), services.tending.last
        with pytest.raises(CoachError) as refused:
            deed()
        assert all_of(services) == rows
        assert services.tending.last is last
        return refused.value.fault

    @pytest.mark.parametrize("kind", PointsOwnerKind)
    def test_points_are_stored_without_blank_edges_and_with_their_lines(self, services, clock, kind):
        practised(services, clock)
        code = "```\nif a:\n\n    b\n```"
        done = services.tending.set_points(owner(kind, 2), ["  one \n", code, "Half \ud800 a pair\0"])
        assert done == Done(deed=Deed.POINTS_CHANGED, count=1)
        assert self.points(services, owner(kind, 2)) == ("one", code, "Half \ufffd a pair")
        services.tending.set_points(owner(kind, 2), [])
        assert self.points(services, owner(kind, 2)) == ()

    @pytest.mark.parametrize("texts", [[""], ["a", " \n\t "], ["\0"], ["a"] * (MOST_POINTS + 1)])
    def test_points_without_words_and_too_many_are_refused(self, services, texts):
        assert self.refused(services, lambda: services.tending.set_points(owner(RECORDED, 1), texts)) is Fault.BAD_INPUT

    def test_as_many_as_there_may_be(self, services):
        texts = [f"Point {number}" for number in range(MOST_POINTS)]
        services.tending.set_points(owner(RECORDED, 1), texts)
        assert self.points(services, owner(RECORDED, 1)) == tuple(texts)

    @pytest.mark.parametrize("kind", PointsOwnerKind)
    def test_of_what_is_not_there_no_points_are_stored(self, services, clock, kind):
        practised(services, clock)
        assert (
            self.refused(services, lambda: services.tending.set_points(owner(kind, 99), ["a"])) is Fault.INPUT_MISSING
        )
        services.tending.delete_questions([1])
        services.tending.delete_attempts([2])
        services.tending.delete_transcript(1)
        gone = {RECORDED: 3, OWN: 2, QUESTION: 1}[kind]
        fault = self.refused(services, lambda: services.tending.set_points(owner(kind, gone), ["a"]))
        assert fault is Fault.INPUT_MISSING

    def test_a_question_that_was_merged_has_no_points_of_its_own(self, services):
        services.tending.merge(1, 2)
        fault = self.refused(services, lambda: services.tending.set_points(owner(QUESTION, 2), ["a"]))
        assert fault is Fault.INPUT_MISSING

    def test_a_turn_without_an_answer_takes_neither_points_nor_a_note(self, services, tmp_path):
        file = tmp_path / "silent.txt"
        file.write_text("Turn 1 [HR]\nQ: Anything else?\n")
        transcript = services.importing.import_file(file).transcript_id
        turn = services.transcripts.conversation(transcript).turns[0].id
        for deed in (
            lambda: services.tending.set_points(owner(RECORDED, turn), ["a"]),
            lambda: services.tending.annotate(turn, "a"),
        ):
            assert self.refused(services, deed) is Fault.BAD_INPUT

    def test_a_note_is_saved_and_removed(self, services):
        assert services.tending.annotate(4, "  a library?\nNo. ").deed is Deed.NOTED
        with services.database.begin() as work:
            assert work.references.note(4) == "a library?\nNo."
        assert services.tending.annotate(4, None).deed is Deed.NOTE_REMOVED
        with services.database.begin() as work:
            assert work.references.note(4) is None
        services.tending.undo()
        with services.database.begin() as work:
            assert work.references.note(4) == "a library?\nNo."

    def test_notes_that_cannot_be_are_refused(self, services):
        for text in ("", " \n", "\0"):
            assert self.refused(services, lambda text=text: services.tending.annotate(4, text)) is Fault.BAD_INPUT
        services.tending.delete_transcript(1)
        for turn in (4, 99):
            assert self.refused(services, lambda turn=turn: services.tending.annotate(turn, "a")) is Fault.INPUT_MISSING

    def test_an_attempt_is_pinned_in_the_place_of_another(self, services, clock):
        practised(services, clock)
        practised(services, clock, count=1, texts=("better words",))
        assert services.tending.pin(1) == Done(deed=Deed.PINNED, count=1)
        services.tending.pin(2)
        services.tending.pin(4)
        assert (self.pinned(services, 1), self.pinned(services, 2)) == (4, 2)
        services.tending.undo()
        assert self.pinned(services, 1) == 1
        assert services.tending.unpin(1) == Done(deed=Deed.UNPINNED, count=1)
        assert (self.pinned(services, 1), self.pinned(services, 2)) == (None, 2)
        services.tending.undo()
        assert self.pinned(services, 1) == 1

    def test_what_lies_in_trash_is_no_reference_until_it_is_put_back(self, services, clock):
        practised(services, clock)
        services.tending.pin(1)
        services.tending.delete_attempts([1])
        assert self.pinned(services, 1) is None
        services.tending.put_back(services.trash.listed()[0].id)
        assert self.pinned(services, 1) == 1

    def test_what_cannot_be_a_reference_is_refused(self, services):
        session = services.practice.session(services.practice.start_default(count=4))
        draft = session.view().attempt_id
        session.save_draft(draft, "half", 1.0)
        pin = services.tending.pin
        points = services.tending.set_points
        cases = [(draft, Fault.BAD_INPUT)]
        for deed in (lambda: pin(draft), lambda: points(owner(OWN, draft), ["a"])):
            assert self.refused(services, deed) is Fault.BAD_INPUT
        session.skip("skipped words", 1.0)
        empty = session.view().attempt_id
        session.submit("  \n", 1.0)
        cases += [(empty, Fault.BAD_INPUT), (99, Fault.INPUT_MISSING)]
        session.finish_question((), NOTHING, "")
        deleted = session.view().attempt_id
        session.submit("words", 1.0)
        session.rate(FIVE)
        session.finish_question((), NOTHING, "")
        services.tending.delete_attempts([deleted])
        cases.append((deleted, Fault.INPUT_MISSING))
        for attempt_id, fault in cases:
            for deed in (lambda: pin(attempt_id), lambda: points(owner(OWN, attempt_id), ["a"])):  # noqa: B023
                assert self.refused(services, deed) is fault

    def test_where_nothing_is_pinned_nothing_is_taken_off(self, services, clock):
        practised(services, clock)
        services.tending.merge(1, 2)
        for question_id in (1, 2, 99):
            fault = self.refused(services, lambda question_id=question_id: services.tending.unpin(question_id))
            assert fault is Fault.INPUT_MISSING

    def test_a_pin_whose_answer_was_removed_since_cannot_be_taken_back_and_nothing_is_lost(self, services, clock):
        practised(services, clock, count=1, texts=("of before",))
        session = services.practice.session(services.practice.start_default(count=1))
        attempt = session.view().attempt_id
        session.submit("words", 1.0)
        services.tending.pin(attempt)
        services.tending.pin(1)
        with services.database.begin() as work:
            work.attempts.remove(attempt)
        with pytest.raises(CoachError) as refused:
            services.tending.undo()
        assert refused.value.fault is Fault.BAD_INPUT
        assert self.pinned(services, 1) == 1
        assert services.tending.last is None


def all_of(services):
    with services.database.raw() as connection:
        return list(connection.iterdump())


class TestDelete:
    def test_a_question_goes_with_its_attempts(self, services, clock):
        practised(services, clock)
        assert services.tending.delete_questions([1]) == Done(deed=Deed.DELETED_QUESTIONS, count=1)
        assert 1 not in services.questions.ids()
        assert [entry.attempt.text for entry in services.progress.attempts()] == ["second words", "third words"]
        assert all(kept.question_id != 1 for kept in services.today.view().resolutions)

    def test_questions_that_were_answered_stay_when_their_transcript_goes(self, services, clock, second, all_rows):
        practised(services, clock, count=2)
        session = services.practice.session(services.practice.start_stage("TECHNICAL"))
        session.save_draft(session.view().attempt_id, "begun", 1.0)
        session.skip("begun", 1.0)
        session.view()  # an empty draft does not hold a question back
        before = all_rows(services)
        done = services.tending.delete_transcript(1)
        assert (done.along, done.stayed) == (7, 3)
        assert [entry.transcript.id for entry in services.transcripts.listed()] == [second]
        assert len(services.questions.ids()) == 3 + 3
        assert len(services.progress.attempts()) == 3
        services.tending.undo()
        assert all_rows(services) == before

    def test_questions_that_another_transcript_asks_stay(self, services, sample, tmp_path):
        part = tmp_path / "part.txt"
        part.write_text("\n".join(sample.read_text("utf-8").split("\n\nTurn 3 ")[:1]) + "\n")
        services.importing.import_file(part)
        kept = {question.id for question in (question(services, 1), question(services, 2))}
        first = services.transcripts.listed()[0].transcript.id
        done = services.tending.delete_transcript(first)
        assert done.stayed in (0, 2)
        assert kept <= set(services.questions.ids()) or done.stayed == 0

    def test_a_file_that_lies_in_trash_is_put_back_by_its_import(self, services, clock, sample, all_rows):
        practised(services, clock)
        before = all_rows(services)
        services.tending.delete_transcript(1)
        report = services.importing.import_file(sample)
        assert (report.standing.value, report.questions_new) == ("put back", 0)
        assert all_rows(services) == before
        services.tending.undo()  # it is back already
        assert all_rows(services) == before
        assert services.trash.listed() == ()

    def test_answers_still_worked_on_stay(self, services, clock):
        practised(services, clock)
        session = services.practice.session(services.practice.start_stage("HR"))
        draft = session.view().attempt_id
        session.save_draft(draft, "half", 1.0)
        with pytest.raises(CoachError) as refused:
            services.tending.delete_attempts([draft])
        assert refused.value.fault is Fault.BAD_INPUT
        assert services.trash.listed() == ()
        done = services.tending.delete_attempts([1, draft])
        assert (done.count, done.stayed) == (1, 1)
        assert session.view().text == "half"

    def test_what_is_gone_cannot_be_deleted_again(self, services, all_rows):
        services.tending.delete_questions([1])
        services.tending.delete_transcript(1)
        before = all_rows(services)
        for again in (
            lambda: services.tending.delete_questions([1]),
            lambda: services.tending.delete_transcript(1),
            lambda: services.tending.put_back(99),
        ):
            with pytest.raises(CoachError) as refused:
                again()
            assert refused.value.fault is Fault.INPUT_MISSING
        assert all_rows(services) == before

    def test_many_at_once_are_backed_up_first(self, services):
        services.tending.delete_questions([1])
        assert services.backups.listed() == ()
        services.tending.delete_questions([2, 3])
        assert len(services.backups.listed()) == 1


class TestUndo:
    def test_the_last_deeds_are_remembered_and_older_ones_forgotten(self, services):
        for number in range(DEPTH + 5):
            services.tending.edit(1, f"Wording {number}", "HR")
        undone = 0
        while services.tending.undo() is not None:
            undone += 1
        assert undone == DEPTH
        assert question(services, 1).text == "Wording 4"

    def test_a_deed_that_failed_leaves_nothing_to_take_back(self, services):
        with pytest.raises(CoachError):
            services.tending.put_back(5)
        assert services.tending.last is None
        services.tending.flag([1], flagged=True)
        assert services.tending.undo().deed is Deed.FLAGGED

    def test_a_flag_set_in_practice_since_stays(self, services):
        services.tending.edit(1, "New words", "INTRO")
        services.practice.session(services.practice.start_default()).flag(1, flagged=True)
        services.tending.undo()
        assert question(services, 1).flagged

    def test_where_it_cannot_be_stored_it_can_be_tried_again(self, services, monkeypatch):
        services.tending.flag([1], flagged=True)
        begin = services.database.begin

        def full():
            raise CoachError(Fault.DISK_FULL, "The disk is full.")

        monkeypatch.setattr(services.database, "begin", full)
        with pytest.raises(CoachError):
            services.tending.undo()
        monkeypatch.setattr(services.database, "begin", begin)
        assert services.tending.undo().deed is Deed.FLAGGED
        assert not question(services, 1).flagged

    def test_a_session_is_where_it_was(self, services, clock):
        session_id = practised(services, clock)
        view = services.practice.session(session_id).view()
        services.tending.delete_questions([1])
        services.tending.undo()
        assert services.practice.session(session_id).view() == view
        assert view.state is SessionState.FINISHED
