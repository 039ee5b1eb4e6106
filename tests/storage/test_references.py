"""Points, notes and pins as they are stored: whose they are, where they hold, and what becomes of them."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interview_coach.domain.errors import CoachError, Fault
from interview_coach.domain.models import PointsOwner, PointsOwnerKind, SelfRating
from interview_coach.storage import parts

M = datetime(2026, 3, 2, 13, 0, tzinfo=UTC)
LATER = datetime(2026, 3, 3, 13, 0, tzinfo=UTC)

TURNS = """\
Turn 1 [HR]
Q: Why us?

A: The work.

Turn 2 [HR]
Q: Tea?

A: Please.

Turn 3 [HR]
Q: Why  US

A: The work.

Turn 4 [HR]
Q: Anything else?
"""


def recorded(turn_id):
    return PointsOwner(kind=PointsOwnerKind.RECORDED, id=turn_id)


def own(attempt_id):
    return PointsOwner(kind=PointsOwnerKind.OWN, id=attempt_id)


def of_question(question_id):
    return PointsOwner(kind=PointsOwnerKind.QUESTION, id=question_id)


@pytest.fixture
def imported(services, tmp_path):
    """A way to import turns; it returns the ids of the turns that came in."""
    folder = tmp_path / "files"
    folder.mkdir()

    def bring(name, text):
        (folder / name).write_text(text)
        transcript_id = services.importing.import_file(folder / name).transcript_id
        with services.database.begin() as work:
            return [turn.id for turn in work.transcripts.turns(transcript_id)]

    return bring


def answered(services, start, texts):
    """Answer the questions of a session; the ids of the attempts."""
    session = services.practice.session(start())
    made = []
    for text in texts:
        made.append(session.view().attempt_id)
        session.submit(text, 1.0)
        session.rate(SelfRating(clarity=5))
        session.finish_question((), SelfRating(), "")
    return made


def count(services, table):
    with services.database.raw() as connection:
        return connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608


class TestPoints:
    @pytest.mark.parametrize("kind", PointsOwnerKind)
    def test_they_are_kept_in_their_order_each_owner_for_itself(self, services, kind):
        answered(services, services.practice.start_default, ["words", "more words"])
        one, two = PointsOwner(kind=kind, id=1), PointsOwner(kind=kind, id=2)
        code = "```\nSELECT 1;\n\n  -- so\n```"
        with services.database.begin() as work:
            assert work.references.points(one) == ()
            work.references.set_points(one, ["b", code, "a", "b"])
            work.references.set_points(two, ["other"])
        with services.database.begin() as work:
            assert work.references.points(one) == ("b", code, "a", "b")
            assert work.references.points(two) == ("other",)
            for other in PointsOwnerKind:
                if other is not kind:
                    assert work.references.points(PointsOwner(kind=other, id=1)) == ()
            work.references.set_points(one, ["c"])
            assert work.references.points(one) == ("c",)
            work.references.set_points(one, [])
            assert (work.references.points(one), work.references.points(two)) == ((), ("other",))

    def test_they_hold_for_every_turn_with_the_same_answer_to_the_same_question(self, services, imported):
        first, tea, third, _ = imported("one.txt", TURNS)
        other, *_ = imported("two.txt", "Turn 1 [HR]\nQ: WHY US?\n\nA: The work.\n")
        elsewhere, *_ = imported("three.txt", "Turn 1 [HR]\nQ: Why not?\n\nA: The work.\n")
        with services.database.begin() as work:
            work.references.set_points(recorded(third), ["a", "b"])
            assert [work.references.points(recorded(turn)) for turn in (first, third, other)] == [("a", "b")] * 3
            assert [work.references.points(recorded(turn)) for turn in (tea, elsewhere)] == [(), ()]
            work.references.set_points(recorded(other), ["c"])
            assert [work.references.points(recorded(turn)) for turn in (first, third, other)] == [("c",)] * 3
        assert count(services, "key_point") == 1
        with services.database.begin() as work:
            work.references.set_points(recorded(first), [])
        assert count(services, "key_point") == 0

    def test_of_several_the_turns_own_and_then_the_newest_count(self, services, imported):
        (one,), (two,), (three,), (four,) = (
            imported(f"{n}.txt", f"Turn 1 [HR]\nQ: Question {n}?\n\nA: The work.\n") for n in range(4)
        )
        with services.database.begin() as work:
            for turn in (one, two, three):
                work.references.set_points(recorded(turn), [f"of {turn}"])
                work.references.set_note(turn, f"on {turn}", M)
            questions = [work.transcripts.turn(turn).question_id for turn in (one, two, three, four)]
            for question in questions[1:]:
                work.questions.merge(questions[0], question)
            turns = (one, two, three, four)
            assert [work.references.points(recorded(turn)) for turn in turns] == [
                (f"of {turn}",) for turn in (one, two, three, three)
            ]
            assert work.references.notes(turns) == {
                **{turn: f"on {turn}" for turn in (one, two, three)}, four: f"on {three}",
            }  # fmt: skip

    def test_only_the_exact_text_counts(self, services, imported):
        first, *_ = imported("one.txt", TURNS)
        with services.database.begin() as work:
            work.references.set_points(recorded(first), ["a"])
            work.references.set_note(first, "n", M)
        (changed, *_) = imported("one.txt", TURNS.replace("A: The work.", "A: The work!", 1))
        with services.database.begin() as work:
            assert work.references.points(recorded(changed)) == ()
            assert work.references.note(changed) is None
            assert work.references.points(recorded(first)) == ("a",)

    def test_turns_without_an_answer_share_nothing(self, services, imported):
        silent = imported("one.txt", TURNS)[3]
        (other,) = imported("two.txt", "Turn 1 [HR]\nQ: Anything else?\n")
        with services.database.begin() as work:
            work.references.set_points(recorded(silent), ["a"])
            work.references.set_note(silent, "n", M)
            assert work.references.points(recorded(other)) == ()
            assert work.references.notes([silent, other]) == {silent: "n"}

    def test_in_the_update_of_a_file_they_show_again(self, services, imported):
        first, tea, *_ = imported("one.txt", TURNS)
        with services.database.begin() as work:
            work.references.set_points(recorded(first), ["a"])
            work.references.set_note(tea, "n", M)
        new = imported("one.txt", TURNS.replace("Anything else?", "Anything more?"))
        assert not set(new) & {first, tea}
        assert len(services.transcripts.listed()) == 2
        with services.database.begin() as work:
            assert work.references.points(recorded(new[0])) == ("a",)
            assert work.references.notes(new) == {new[1]: "n"}

    def test_an_answer_that_is_edited_keeps_them_and_so_do_those_that_were_like_it(self, services, imported):
        first, _, third, _ = imported("one.txt", TURNS)
        for holder, edited in ((first, first), (third, first), (first, third)):
            with services.database.begin() as work:
                work.references.set_points(recorded(holder), ["a", "b"])
                work.references.set_note(holder, "n", M)
            services.transcripts.edit_answer(edited, f"Changed from {holder}.")
            with services.database.begin() as work:
                for turn in (first, third):
                    assert work.references.points(recorded(turn)) == ("a", "b")
                assert work.references.notes([first, third]) == {first: "n", third: "n"}
                work.references.set_points(recorded(edited), ["another's"])
                work.references.set_note(edited, "another's", M)
                other = third if edited == first else first
                assert work.references.points(recorded(other)) == ("a", "b")
                assert work.references.note(other) == "n"
            services.transcripts.edit_answer(edited, "The work.")


class TestNotes:
    def test_a_note_is_kept_replaced_and_taken_away(self, services):
        with services.database.begin() as work:
            assert work.references.note(4) is None
            work.references.set_note(4, "A separate process,\nnot a library", M)
            work.references.set_note(2, "Short", M)
            assert work.references.note(4) == "A separate process,\nnot a library"
            work.references.set_note(4, "Better", LATER)
            assert work.references.notes([4, 3, 2, 99]) == {4: "Better", 2: "Short"}
            work.references.set_note(4, None, LATER)
            assert work.references.notes(range(1, 11)) == {2: "Short"}

    def test_a_note_holds_wherever_the_answer_is_the_same(self, services, imported):
        turns = imported("one.txt", TURNS)
        (other,) = imported("two.txt", "Turn 1 [HR]\nQ: why us\n\nA: The work.\n")
        with services.database.begin() as work:
            work.references.set_note(turns[0], "n", M)
            assert work.references.notes([*turns, other]) == {turns[0]: "n", turns[2]: "n", other: "n"}
            work.references.set_note(other, "newer", LATER)
            assert work.references.notes([*turns, other]) == {turns[0]: "newer", turns[2]: "newer", other: "newer"}
            work.references.set_note(turns[2], None, LATER)
            assert work.references.notes([*turns, other]) == {}

    def test_an_answer_whose_question_was_erased_keeps_its_points_and_its_note(self, services, imported):
        first, _, third, _ = imported("one.txt", TURNS)
        with services.database.begin() as work:
            question = work.transcripts.turn(first).question_id
            work.references.set_points(recorded(first), ["a"])
            work.references.set_note(third, "n", M)
        services.tending.delete_questions([question])
        services.trash.erase((services.trash.listed()[0].id,))
        with services.database.begin() as work:
            assert work.transcripts.turn(first).question_id is None
            for turn in (first, third):
                assert work.references.points(recorded(turn)) == ("a",)
            assert work.references.notes([first, third]) == {first: "n", third: "n"}

    def test_where_the_questions_were_erased_an_answer_to_another_one_shares_nothing(self, services, imported):
        turns = imported("one.txt", "Turn 1 [HR]\nQ: Tea?\n\nA: No.\n\nTurn 2 [HR]\nQ: Sugar?\n\nA: No.\n")
        with services.database.begin() as work:
            work.references.set_points(recorded(turns[0]), ["a"])
            work.references.set_note(turns[1], "n", M)
            questions = [work.transcripts.turn(turn).question_id for turn in turns]
        services.tending.delete_questions(questions)
        services.trash.erase((services.trash.listed()[0].id,))
        with services.database.begin() as work:
            assert [work.references.points(recorded(turn)) for turn in turns] == [("a",), ()]
            assert work.references.notes(turns) == {turns[1]: "n"}

    def test_more_turns_than_a_statement_takes(self, services, imported):
        number = 2 * parts.AT_ONCE + 100
        text = "\n".join(f"Turn {n} [HR]\nQ: Tea number {n % 600}?\n\nA: Please.\n" for n in range(1, number + 1))
        turns = imported("many.txt", text)
        with services.database.begin() as work:
            for turn in turns[:600:100]:
                work.references.set_note(turn, f"on {turn}", M)
                work.references.set_points(recorded(turn), [f"of {turn}"])
            notes = work.references.notes(turns)
            twins = {turn: turns.index(turn) + 600 for turn in turns[:600:100]}
            expected = {turn: f"on {turn}" for turn in twins}
            expected |= {turns[at]: f"on {turn}" for turn, at in twins.items() if at < number}
            assert notes == expected


class TestPins:
    def test_one_attempt_of_a_question_is_its_reference(self, services):
        one, two = answered(services, services.practice.start_default, ["one", "two"])
        (again,) = answered(services, lambda: services.practice.start_transcript(1), ["one again"])
        with services.database.begin() as work:
            assert work.references.pinned(1) is None
            work.references.pin(1, one, M)
            work.references.pin(2, two, M)
            assert work.references.pinned_of([1, 2, 3]) == {1: one, 2: two}
            work.references.pin(1, again, LATER)
            work.references.pin(1, again, LATER)
            assert work.references.pinned_of(range(1, 2000)) == {1: again, 2: two}
            work.references.unpin(1)
            assert work.references.pinned(1) is None
            assert work.references.pinned(2) == two

    def test_one_that_is_taken_back_into_a_draft_is_none_until_it_is_submitted_again(self, services):
        session = services.practice.session(services.practice.start_default(count=2))
        attempt = session.view().attempt_id
        session.submit("words", 1.0)

        def pinned():
            with services.database.begin() as work:
                return work.references.pinned(1)

        services.tending.pin(attempt)
        assert pinned() == attempt
        session.undo()
        assert pinned() is None
        session.submit("", 1.0)
        assert pinned() is None
        session.undo()
        session.submit("better words", 1.0)
        assert pinned() == attempt


class TestReferenceOfAnAttempt:
    def test_the_newer_of_two_references_is_kept(self, services):
        one, two = answered(services, services.practice.start_default, ["one", "two"])

        def references():
            with services.database.begin() as work:
                attempt = work.attempts.get(two)
                return attempt.reference_turn_id, attempt.reference_attempt_id

        def change(**columns):
            with services.database.begin() as work:
                work.attempts.change(two, **columns)

        assert references() == (2, None)
        change(reference_attempt_id=one)
        assert references() == (None, one)
        change(text="still")
        assert references() == (None, one)
        change(reference_turn_id=2)
        assert references() == (2, None)
        change(reference_turn_id=None, reference_attempt_id=one)
        assert references() == (None, one)
        change(reference_attempt_id=None)
        assert references() == (None, None)

    def test_a_draft_that_was_a_reference_once_can_be_removed(self, services, all_rows):
        one, two = answered(services, services.practice.start_default, ["one", "two"])
        with services.database.begin() as work:
            work.references.pin(1, one, M)
            work.references.set_points(own(one), ["a"])
            work.attempts.change(two, reference_attempt_id=one)
            for table in ("first", "second"):
                work.attempts.set_rating(one, look=table, rating=SelfRating())
            work.attempts.remove(one)
        with services.database.begin() as work:
            assert work.attempts.get(two).reference_attempt_id is None
            assert work.references.pinned(1) is None
            assert work.references.points(own(one)) == ()
        rows = all_rows(services)
        assert (rows["pin"], rows["key_point"]) == ([], [])


class TestMerge:
    def merged(self, services, into, other):
        with services.database.begin() as work:
            work.questions.merge(into, other)
            pinned = work.references.pinned(into)
            return (None if pinned is None else work.attempts.get(pinned).text), work.references.points(
                of_question(into)
            )

    @pytest.mark.parametrize("into", [1, 2])
    def test_its_own_pin_and_points_stay(self, services, into):
        made = answered(services, services.practice.start_default, ["of 1", "of 2"])
        with services.database.begin() as work:
            for question, attempt in enumerate(made, 1):
                work.references.pin(question, attempt, M)
                work.references.set_points(of_question(question), [f"point of {question}"])
        assert self.merged(services, into, 3 - into) == (f"of {into}", (f"point of {into}",))
        assert count(services, "pin") == 1
        assert services.checking.examine() == ()

    @pytest.mark.parametrize("into", [1, 2])
    def test_those_of_the_other_are_taken_over_where_it_has_none(self, services, into):
        made = answered(services, services.practice.start_default, ["of 1", "of 2"])
        other = 3 - into
        with services.database.begin() as work:
            work.references.pin(other, made[other - 1], M)
            work.references.set_points(of_question(other), ["a", "b"])
        assert self.merged(services, into, other) == (f"of {other}", ("a", "b"))
        assert services.checking.examine() == ()

    def test_a_pin_that_lies_in_trash_gives_way_to_one_that_does_not(self, services):
        made = answered(services, services.practice.start_default, ["of 1", "of 2"])
        with services.database.begin() as work:
            for question, attempt in enumerate(made, 1):
                work.references.pin(question, attempt, M)
        services.tending.delete_attempts([made[0]])
        assert self.merged(services, 1, 2)[0] == "of 2"
        assert services.checking.examine() == ()

    def test_a_pin_in_trash_stays_where_the_other_has_none_better(self, services):
        made = answered(services, services.practice.start_default, ["of 1", "of 2"])
        with services.database.begin() as work:
            for question, attempt in enumerate(made, 1):
                work.references.pin(question, attempt, M)
        services.tending.delete_attempts(made)
        assert self.merged(services, 1, 2)[0] is None
        services.tending.put_back(services.trash.listed()[0].id)
        with services.database.begin() as work:
            assert work.references.pinned(1) == made[0]
        assert services.checking.examine() == ()

    @pytest.mark.parametrize("pinned", ["before", "since"])
    def test_after_a_merge_was_taken_back_a_pin_follows_its_attempt(self, services, clock, pinned):
        """Also one that was pinned since, and not taken back before the merge was."""
        answered(services, lambda: services.practice.start_default(count=1), ["of 1"])
        session = services.practice.session(services.practice.start_stage("HR", count=1))
        view = session.view()
        other, attempts = view.question_id, {"before": view.attempt_id}
        session.submit("of the other", 1.0)
        session.rate(SelfRating())
        if pinned == "before":
            with services.database.begin() as work:
                work.references.pin(other, attempts["before"], M)
        services.tending.merge(1, other)
        clock.advance(hours=1)
        attempts["since"] = session.try_again((), SelfRating(), "").attempt_id
        session.submit("since the merge", 1.0)
        if pinned == "since":
            with services.database.begin() as work:
                work.references.pin(1, attempts["since"], LATER)
        services.tending.undo()
        with services.database.begin() as work:
            assert work.attempts.get(attempts["since"]).question_id == other
            assert work.references.pinned_of([1, other]) == {other: attempts[pinned]}
        assert services.checking.examine() == ()

    def test_of_two_pins_that_come_to_one_question_its_own_stays(self, services):
        made = answered(services, services.practice.start_default, ["of 1", "of 2"])
        (again,) = answered(services, lambda: services.practice.start_transcript(1), ["of 1 again"])
        with services.database.begin() as work:
            work.references.pin(1, made[0], M)
            work.references.pin(3, again, M)  # astray
            assert work.references.pinned_of([1, 2, 3]) == {1: made[0]}
            work.references.let_pins_follow_attempts()
            assert work.references.pinned_of([1, 2, 3]) == {1: made[0]}
        assert count(services, "pin") == 1
        assert services.checking.examine() == ()


@pytest.mark.parametrize("table", ["key_point", "note"])
def test_what_is_no_text_is_told_and_not_handed_on(services, table):
    services.tending.set_points(recorded(1), ["a"])
    services.tending.annotate(1, "n")
    with services.database.raw() as connection:
        connection.execute(f"UPDATE {table} SET text = x'41'")  # noqa: S608
    with pytest.raises(CoachError) as told, services.database.begin() as work:
        work.references.points(recorded(1)) if table == "key_point" else work.references.notes([1])
    assert told.value.fault is Fault.INCONSISTENT_DATA


TEXTS = st.lists(st.text(min_size=1).filter(lambda text: "\0" not in text).filter(
    lambda text: not any("\ud800" <= letter <= "\udfff" for letter in text)), max_size=6)  # fmt: skip


@settings(
    max_examples=40, deadline=None, derandomize=True, database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(owner=st.sampled_from([recorded(3), of_question(3)]), first=TEXTS, second=TEXTS)
def test_what_was_set_last_is_what_is_there(services, owner, first, second):
    for texts in (first, second):
        with services.database.begin() as work:
            work.references.set_points(owner, texts)
        with services.database.begin() as work:
            assert work.references.points(owner) == tuple(texts)
