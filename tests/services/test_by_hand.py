"""Questions written by hand: added and changed with stage, tags, reference and points, each one step to undo."""

import pytest

from interview_coach.domain.errors import CoachError, Fault
from interview_coach.domain.models import MOST_POINTS, Origin, PointsOwner, PointsOwnerKind, SelfRating
from interview_coach.domain.trash import Deed, Hindered, Hindrance
from interview_coach.services.by_hand import SOURCE, TITLE, NewQuestion
from interview_coach.services.exporting import EVERYTHING, Format
from interview_coach.transcripts import turn_format

TEXT = "How do you keep a queue from growing without end?"
REFERENCE = "I bound it.\n\nThen I say what happens when it is full."
WHOLE = NewQuestion(TEXT, "TECHNICAL", ("queues", "hard one"), REFERENCE, ("bound it", "say what happens\nwhen full"))
TWIN = "Turn 1 [HR]\nQ: Why us?\n\nA: The work.\n\nTurn 2 [HR]\nQ: Tea?\n\nA:\n"


@pytest.fixture
def tending(services):
    return services.tending


@pytest.fixture
def twin(services, tmp_path):
    """A transcript with a question that was answered and one that was not: the ids of these, and of the transcript."""
    file = tmp_path / "twin.txt"
    file.write_text(TWIN)
    transcript = services.importing.import_file(file).transcript_id
    turns = services.transcripts.conversation(transcript).turns
    return *(kept.question_id for kept in turns), transcript


def by_hand(services):
    """The transcripts that were written by hand, by their order."""
    return [
        entry.transcript
        for entry in services.transcripts.listed()
        if (entry.transcript.source, entry.transcript.title) == (SOURCE, TITLE)
    ]


def turns_of(services, transcript_id):
    with services.database.begin() as work:
        return work.transcripts.turns(transcript_id)


def turn_texts(services, transcript_id):
    return [(kept.turn.number, kept.turn.question, kept.turn.answer) for kept in turns_of(services, transcript_id)]


def hindrance(what, *arguments):
    with pytest.raises(Hindered) as refused:
        what(*arguments)
    assert refused.value.fault is Fault.BAD_INPUT
    assert TEXT not in str(refused.value)
    return refused.value.hindrance


def stored_points(services, kind, owner_id):
    with services.database.begin() as work:
        return work.references.points(PointsOwner(kind=kind, id=owner_id))


class TestAdd:
    def test_all_of_it_in_one_step_and_taken_back_to_the_row(self, services, tending, all_rows):
        before = all_rows(services)
        done = tending.add(WHOLE)
        assert (done.deed, done.count) == (Deed.ADDED, 1)
        (detail,) = services.questions.details([done.added_id])
        assert (detail.question.text, detail.question.stage) == (TEXT, "TECHNICAL")
        assert detail.question.tags == ("hard one", "queues")
        ((kept, transcript),) = detail.turns
        assert (kept.turn.number, kept.turn.stage, kept.turn.question) == ("1", "TECHNICAL", TEXT)
        assert (kept.turn.answer, kept.turn.feedback, kept.turn.asks) == (REFERENCE, None, True)
        assert (transcript.title, transcript.source, transcript.origin) == (TITLE, SOURCE, Origin.WRITTEN)
        assert stored_points(services, PointsOwnerKind.RECORDED, kept.id) == WHOLE.points
        assert tending.undo() == done
        assert all_rows(services) == before

    def test_without_a_reference_there_is_no_turn_and_the_points_are_the_questions(self, services, tending, all_rows):
        before = all_rows(services)
        added = tending.add(NewQuestion(TEXT, "HR", points=("one", "two"))).added_id
        assert by_hand(services) == []
        assert added in services.questions.ids()
        assert stored_points(services, PointsOwnerKind.QUESTION, added) == ("one", "two")
        assert added in services.searching.find_text("queue growing").ids
        tending.undo()
        assert all_rows(services) == before

    @pytest.mark.parametrize("reference", [None, "", " \n\t "])
    def test_a_reference_without_words_is_none(self, services, tending, reference):
        tending.add(NewQuestion(TEXT, "HR", reference=reference))
        assert by_hand(services) == []

    def test_a_second_one_goes_behind_the_first_and_numbers_count_on(self, services, tending):
        tending.add(WHOLE)
        tending.add(NewQuestion("And why?", "BEHAVIORAL", reference="For the load."))
        (transcript,) = by_hand(services)
        assert turn_texts(services, transcript.id) == [("1", TEXT, REFERENCE), ("2", "And why?", "For the load.")]
        assert services.transcripts.listed()[-1].stages == {"TECHNICAL": 1, "BEHAVIORAL": 1}

    def test_they_are_practised_like_any_other(self, services, tending):
        added = tending.add(WHOLE).added_id
        (transcript,) = by_hand(services)
        session = services.practice.session(services.practice.start_transcript(transcript.id))
        session.view()
        session.submit("I bound it", 5.0)
        comparison = session.rate(SelfRating(clarity=5)).comparison
        assert comparison.reference.text == REFERENCE
        assert comparison.reference.origin is Origin.WRITTEN
        assert tuple(point.text for point in comparison.points) == WHOLE.points
        assert services.progress.attempts()[0].attempt.question_id == added

    def test_in_trash_or_superseded_it_is_not_written_to(self, services, tending, tmp_path):
        tending.add(WHOLE)
        (first,) = by_hand(services)
        tending.delete_transcript(first.id)
        tending.add(NewQuestion("And why?", "HR", reference="For the load."))
        (second,) = by_hand(services)
        assert turn_texts(services, second.id) == [("1", "And why?", "For the load.")]
        file = tmp_path / "second.txt"
        file.write_bytes(services.transcripts.written(second.id))
        assert services.importing.import_file(file).standing.value == "update"
        tending.add(NewQuestion("And how?", "HR", reference="With care."))
        (third,) = by_hand(services)
        assert third.id not in (first.id, second.id)
        assert turn_texts(services, third.id) == [("1", "And how?", "With care.")]

    def test_the_question_stays_when_that_transcript_is_deleted(self, services, tending):
        added = tending.add(WHOLE).added_id
        done = tending.delete_transcript(by_hand(services)[0].id)
        assert (done.along, done.stayed) == (0, 1)
        assert added in services.questions.ids()

    @pytest.mark.parametrize("text", ["", "  ", "\n\t", "\0"])
    def test_it_needs_words(self, tending, text):
        assert hindrance(tending.add, NewQuestion(text, "HR")) is Hindrance.NO_WORDS

    def test_a_known_question_is_refused_by_any_of_its_wordings(self, services, tending, all_rows):
        first = services.questions.entries([1])[0].question.text
        tending.edit(1, "Other words for it", "INTRO")
        before = all_rows(services)
        for text in (first.upper(), " other  WORDS for it?! "):
            with pytest.raises(Hindered) as refused:
                tending.add(NewQuestion(text, "HR", reference="x"))
            assert refused.value.hindrance is Hindrance.IN_BANK
            assert refused.value.known == "Other words for it"
        assert all_rows(services) == before

    def test_one_in_trash_is_said_to_be_there(self, services, tending):
        first = services.questions.entries([1])[0].question.text
        tending.delete_questions([1])
        assert hindrance(tending.add, NewQuestion(first, "HR")) is Hindrance.IN_TRASH
        assert hindrance(tending.edit, 2, first, "HR") is Hindrance.IN_TRASH

    @pytest.mark.parametrize(
        ("new", "wrong"),
        [
            (NewQuestion(TEXT, "HR", reference='So.\nFeedback: {"clarity": 8}'), "reference"),
            (NewQuestion(TEXT, "HR", reference="So.\nFeedback: null"), "reference"),
            (NewQuestion(TEXT, "HR", reference="So.\nTurn 3 [HR]\nQ: And this?"), "reference"),
            (NewQuestion(f"{TEXT}\nA: no", "HR", reference="So."), "question"),
            (NewQuestion(TEXT, "H[R]", reference="So."), "stage"),
            (NewQuestion(TEXT, "", reference="So."), "stage"),
            (NewQuestion(TEXT, "H\nR", reference="So."), "stage"),
        ],
    )
    def test_what_the_turn_format_would_read_otherwise_is_refused(self, services, tending, all_rows, new, wrong):
        before = all_rows(services)
        assert hindrance(tending.add, new).value == f"{wrong} reads otherwise"
        assert all_rows(services) == before
        assert tending.last is None

    @pytest.mark.parametrize(
        "reference",
        [
            "Feedback: is what I ask for.",
            "Turn 3 [HR] is hard",
            "A: one\nB: two",
            "```\nfor ever:",
            "None",
            "x\r\ny",
            "\ud800",
        ],
    )
    def test_all_else_is_held_and_reads_back(self, services, tending, reference):
        tending.add(NewQuestion(TEXT, "HR", reference=reference))
        tending.add(NewQuestion("And why?", "HR", reference="For the load."))
        (transcript,) = by_hand(services)
        file = turn_format.read(services.transcripts.written(transcript.id))
        assert file.turns == tuple(kept.turn for kept in turns_of(services, transcript.id))
        assert file.turns[0].answer == reference.replace("\r\n", "\n").replace("\ud800", "\ufffd")
        assert file.problems == () or reference.startswith("```") or "Turn" in reference or "Feedback" in reference

    def test_points_need_words_and_are_not_too_many(self, services, tending, all_rows):
        before = all_rows(services)
        with pytest.raises(CoachError):
            tending.add(NewQuestion(TEXT, "HR", points=("one", " ")))
        many = NewQuestion(TEXT, "HR", points=("one",) * (MOST_POINTS + 1))
        assert hindrance(tending.add, many) is Hindrance.TOO_MANY_POINTS
        assert all_rows(services) == before

    def test_it_cannot_be_taken_back_once_a_transcript_asks_it(self, services, tending, all_rows, tmp_path):
        tending.add(WHOLE)
        file = tmp_path / "again.txt"
        file.write_text(f"Turn 1 [HR]\nQ: {TEXT}\n\nA: Other words.\n")
        services.importing.import_file(file)
        before = all_rows(services)
        with pytest.raises(CoachError) as refused:
            tending.undo()
        assert refused.value.fault is Fault.BAD_INPUT
        assert all_rows(services) == before


class TestOutAndIn:
    def test_its_file_comes_in_elsewhere_as_it_was(self, services, tending, open_program, tmp_path):
        tending.add(WHOLE)
        tending.add(NewQuestion("And why?", "HR", reference="For the load."))
        (transcript,) = by_hand(services)
        file = tmp_path / "by hand.txt"
        file.write_bytes(services.transcripts.written(transcript.id))
        (tmp_path / "other").mkdir()
        other = open_program(tmp_path / "other" / "coach.sqlite3")
        report = other.importing.import_file(file)
        assert (report.turns, report.questions_new, report.problems) == (2, 2, ())
        assert other.transcripts.written(report.transcript_id) == file.read_bytes()

    def test_its_file_comes_in_here_as_an_update_that_adds_no_question(self, services, tending, tmp_path):
        added = tending.add(WHOLE).added_id
        before = services.questions.ids()
        file = tmp_path / "by hand.txt"
        file.write_bytes(services.transcripts.written(by_hand(services)[0].id))
        report = services.importing.import_file(file)
        assert (report.questions_new, report.standing.value) == (0, "update")
        assert services.questions.ids() == before
        entry = tending.entry(added)
        assert (entry.reference, entry.points, entry.points_are_own) == (REFERENCE, WHOLE.points, True)
        tending.change(added, NewQuestion(TEXT, "TECHNICAL", reference="Shorter.", points=WHOLE.points))
        assert tending.entry(added).reference == "Shorter."
        assert services.importing.import_file(file).standing.value == "known"

    def test_all_of_it_goes_out_and_comes_in_twice_without_adding(self, services, tending, open_program, tmp_path):
        tending.add(WHOLE)
        first = tending.last.added_id
        tending.add(NewQuestion("And why?", "HR", points=("the load",)))
        file = tmp_path / "all.json"
        file.write_bytes(services.exporting.content(EVERYTHING, Format.JSON))
        (tmp_path / "other").mkdir()
        other = open_program(tmp_path / "other" / "coach.sqlite3")
        assert other.importing.import_file(file).error is None
        by_text = {entry.question.text: entry.question.id for entry in other.questions.entries(other.questions.ids())}
        assert other.tending.entry(by_text[TEXT]) == tending.entry(first)
        assert other.tending.entry(by_text["And why?"]).points == ("the load",)
        assert other.importing.import_file(file).standing.value == "known"
        other.tending.add(NewQuestion("And how?", "HR", reference="With care."))
        (transcript,) = by_hand(other)
        assert [number for number, *_ in turn_texts(other, transcript.id)] == ["1", "2"]

    def test_nothing_that_the_check_looks_for(self, services, tending):
        added = tending.add(WHOLE).added_id
        tending.add(NewQuestion("And why?", "HR", points=("the load",)))
        tending.change(added, NewQuestion(TEXT, "HR", reference=""))
        assert services.checking.examine() == ()


class TestEntry:
    def test_of_a_recorded_answer_it_says_whose_it_is(self, services, tending):
        entry = tending.entry(4)
        assert entry.reference.startswith("To implement connection pooling")
        assert entry.reference_from == services.transcripts.listed()[0].transcript.title
        assert not entry.points_are_own
        assert len(entry.points) > 1
        tending.set_points(PointsOwner(kind=PointsOwnerKind.RECORDED, id=4), ["mine"])
        assert (tending.entry(4).points, tending.entry(4).points_are_own) == (("mine",), True)

    def test_of_one_written_by_hand_and_of_none(self, tending):
        entry = tending.entry(tending.add(WHOLE).added_id)
        assert (entry.text, entry.stage, entry.tags) == (TEXT, "TECHNICAL", ("hard one", "queues"))
        assert (entry.reference, entry.reference_from) == (REFERENCE, None)
        assert (entry.points, entry.points_are_own) == (WHOLE.points, True)
        bare = tending.entry(tending.add(NewQuestion("And why?", "HR")).added_id)
        assert (bare.reference, bare.reference_from, bare.points, bare.points_are_own) == (None, None, (), False)

    def test_of_a_question_that_is_gone(self, tending):
        tending.delete_questions([2])
        tending.merge(1, 3)
        for gone in (2, 3, 999):
            with pytest.raises(CoachError) as refused:
                tending.entry(gone)
            assert refused.value.fault is Fault.INPUT_MISSING

    def test_only_what_was_shown_was_seen(self, services, tending):
        def seen():
            with services.database.begin() as work:
                return work.questions.seen(4)

        tending.entry(4)
        assert seen() is None
        tending.show_reference(4)
        assert seen() is not None


class TestChange:
    @pytest.mark.parametrize(
        "new",
        [
            NewQuestion("Other words", "HR", (), "Other answer.", ("other",)),
            NewQuestion("Other words", "HR", ("new", "queues"), "", ()),
            NewQuestion(TEXT, "TECHNICAL", None, None, ("other",)),
            NewQuestion("Other words", "SMALL TALK"),
        ],
        ids=["all", "emptied", "points", "text"],
    )
    def test_each_is_one_step_that_is_taken_back_to_the_row(self, services, tending, all_rows, new):
        added = tending.add(WHOLE).added_id
        before = all_rows(services)
        assert tending.change(added, new).deed is Deed.EDITED
        assert all_rows(services) != before
        tending.undo()
        assert all_rows(services) == before

    def test_what_nothing_is_said_of_stays(self, tending):
        added = tending.add(WHOLE).added_id
        before = tending.entry(added)
        tending.change(added, NewQuestion(TEXT, "TECHNICAL"))
        assert tending.entry(added) == before

    def test_tags_are_those_that_are_given(self, tending):
        added = tending.add(WHOLE).added_id
        tending.change(added, NewQuestion(TEXT, "HR", ("queues", " new  one ")))
        assert tending.entry(added).tags == ("new one", "queues")

    def test_a_recorded_answer_is_changed_in_its_place_and_nothing_else_of_its_file(self, services, tending, twin):
        first, _, transcript = twin
        before = services.transcripts.written(transcript)
        tending.change(first, NewQuestion("Why us?", "HR", reference="The people."))
        assert services.transcripts.written(transcript) == before.replace(b"The work.", b"The people.")
        assert by_hand(services) == []
        tending.undo()
        assert services.transcripts.written(transcript) == before

    def test_a_recorded_answer_is_not_emptied(self, services, tending, twin, all_rows):
        before = all_rows(services)
        new = NewQuestion("Why us?", "HR", reference=" ")
        assert hindrance(tending.change, twin[0], new) is Hindrance.RECORDED_ANSWER_EMPTIED
        assert all_rows(services) == before

    def test_what_the_format_would_read_otherwise_is_refused_in_any_transcript(self, services, tending, all_rows):
        before = all_rows(services)
        new = NewQuestion(services.questions.entries([4])[0].question.text, "HR", reference="So.\nTurn 5 [HR]\nQ: No?")
        assert hindrance(tending.change, 4, new) is Hindrance.REFERENCE_READS_OTHERWISE
        assert all_rows(services) == before

    def test_equal_answers_elsewhere_keep_their_points_and_notes(self, services, tending, twin, tmp_path):
        file = tmp_path / "third.txt"
        file.write_text("Turn 1 [HR]\nQ: Why us?\n\nA: The work.\n\nTurn 2 [HR]\nQ: Else?\n\nA: No.\n")
        third = services.importing.import_file(file).transcript_id
        (old, *_), (new, *_) = turns_of(services, twin[2]), turns_of(services, third)
        tending.set_points(PointsOwner(kind=PointsOwnerKind.RECORDED, id=old.id), ["mine"])
        tending.annotate(old.id, "a note")
        tending.change(twin[0], NewQuestion("Why us?", "HR", reference="The people."))
        texts = [turns_of(services, each)[0].turn.answer for each in (twin[2], third)]
        assert texts == ["The work.", "The people."]
        for kept in (old, new):
            assert stored_points(services, PointsOwnerKind.RECORDED, kept.id) == ("mine",)
            with services.database.begin() as work:
                assert work.references.note(kept.id) == "a note"

    def test_one_that_was_never_answered_gets_a_turn_by_hand(self, services, tending, twin):
        _, never, transcript = twin
        before = services.transcripts.written(transcript)
        tending.change(never, NewQuestion("Tea?", "HR", reference="Please.", points=("say please",)))
        assert services.transcripts.written(transcript) == before
        (own,) = by_hand(services)
        assert turn_texts(services, own.id) == [("1", "Tea?", "Please.")]
        entry = tending.entry(never)
        assert (entry.reference, entry.reference_from, entry.points) == ("Please.", None, ("say please",))

    def test_emptied_and_written_again_it_stands_in_the_same_turn(self, services, tending):
        added = tending.add(WHOLE).added_id
        tending.annotate(turns_of(services, by_hand(services)[0].id)[0].id, "a note")
        tending.change(added, NewQuestion(TEXT, "HR", reference=""))
        (own,) = by_hand(services)
        assert turn_texts(services, own.id) == [("1", TEXT, None)]
        entry = tending.entry(added)
        assert (entry.reference, entry.points, entry.points_are_own) == (None, WHOLE.points, True)
        assert services.transcripts.conversation(own.id).notes == {}
        tending.change(added, NewQuestion(TEXT, "HR", reference="Again."))
        assert turn_texts(services, own.id) == [("1", TEXT, "Again.")]
        assert tending.entry(added).points == WHOLE.points
        assert stored_points(services, PointsOwnerKind.QUESTION, added) == ()

    def test_points_go_along_when_a_reference_comes(self, services, tending):
        added = tending.add(NewQuestion(TEXT, "HR", points=("one", "two"))).added_id
        tending.change(added, NewQuestion(TEXT, "HR", reference=REFERENCE))
        assert tending.entry(added).points == ("one", "two")
        assert stored_points(services, PointsOwnerKind.QUESTION, added) == ()
        tending.change(added, NewQuestion(TEXT, "HR", reference=REFERENCE, points=()))
        assert not tending.entry(added).points_are_own

    def test_behind_an_emptied_one_an_older_recorded_answer_keeps_its_own_points(self, services, tending, twin):
        first, *_ = twin
        turn = turns_of(services, twin[2])[0]
        tending.set_points(PointsOwner(kind=PointsOwnerKind.RECORDED, id=turn.id), ["of the recorded"])
        added = tending.add(WHOLE).added_id
        tending.merge(first, added)
        assert tending.entry(first).reference == REFERENCE
        tending.change(first, NewQuestion("Why us?", "HR", reference="", points=WHOLE.points))
        entry = tending.entry(first)
        assert (entry.reference, entry.points) == ("The work.", ("of the recorded",))

    def test_turns_by_hand_follow_text_and_stage_and_recorded_ones_do_not(self, services, tending, twin):
        added = tending.add(WHOLE).added_id
        tending.change(added, NewQuestion("Queues, how?", "SMALL TALK"))
        (kept,) = turns_of(services, by_hand(services)[0].id)
        assert (kept.turn.question, kept.turn.stage) == ("Queues, how?", "SMALL TALK")
        tending.change(twin[0], NewQuestion("Why here?", "INTRO"))
        assert turns_of(services, twin[2])[0].turn.question == "Why us?"
        assert hindrance(tending.change, added, NewQuestion("Queues\nA: how?", "HR")) is (
            Hindrance.QUESTION_READS_OTHERWISE
        )

    def test_a_merged_question_is_still_asked_by_hand_as_it_was(self, services, tending, twin):
        added = tending.add(WHOLE).added_id
        tending.merge(twin[0], added)
        tending.change(twin[0], NewQuestion("Why here?", "INTRO"))
        assert turn_texts(services, by_hand(services)[0].id) == [("1", TEXT, REFERENCE)]

    def test_it_is_pinned_and_that_is_said(self, services, tending):
        session = services.practice.session(services.practice.start_default(count=1))
        session.view()
        session.submit("my words", 3.0)
        tending.pin(1)
        assert tending.entry(1).is_pinned
        assert not tending.entry(2).is_pinned
