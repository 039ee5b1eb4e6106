"""What an attempt is compared with: recorded, pinned or written points; and what the person made of them."""

import pytest

from interview_coach.domain.errors import CoachError
from interview_coach.domain.models import PointsOwner, PointsOwnerKind, PointStatus, SelfRating
from interview_coach.domain.practice import Step
from interview_coach.services.references import PinnedAnswer, RecordedAnswer

NOTHING = SelfRating()
FIVE = SelfRating(clarity=5, confidence=5)
MINE = "I lead with the numbers: latency fell by half. Then I say why the pool was too large."

UNANSWERED = """Turn 1 [HR]
Q: Why would you leave a team that you like?

Feedback: null
"""


@pytest.fixture
def session(services, clock):
    started = services.practice.session(services.practice.start_default())
    clock.advance(seconds=5)
    return started


def compare(session, text="An answer of mine."):
    """Bring a session's next question to Compare and return its view."""
    session.submit(text, 10.0)
    return session.rate(FIVE)


def decide(points, *statuses):
    given = [*statuses, *[None] * (len(points) - len(statuses))]
    return [point.model_copy(update={"decided": status}) for point, status in zip(points, given, strict=True)]


def reset(services):
    return services.practice.session(services.practice.start_transcript(1))


def test_the_recorded_answer_is_the_reference_until_one_is_pinned(services, session):
    view = compare(session, MINE)
    assert isinstance(view.comparison.reference, RecordedAnswer)
    assert view.comparison.reference is view.comparison.recorded
    assert (view.comparison.pinned, view.comparison.pinnable, view.comparison.earlier) == (False, True, 0)
    services.tending.pin(view.attempt_id)
    here = session.view().comparison
    assert here.pinned
    assert isinstance(here.reference, RecordedAnswer)  # an answer is not compared with itself

    session.try_again((), NOTHING, "")
    again = compare(session, "Latency fell by half.").comparison
    assert again.reference == PinnedAnswer(attempt_id=view.attempt_id, number=1, day=again.reference.day, text=MINE)
    assert again.recorded.text == here.recorded.text  # shown beside it
    assert [point.text for point in again.points] == [
        "I lead with the numbers: latency fell by half.",
        "Then I say why the pool was too large.",
    ]
    assert again.owner == PointsOwner(kind=PointsOwnerKind.OWN, id=view.attempt_id)
    assert (again.pinned, again.earlier) == (False, 1)
    session.finish_question(again.points, NOTHING, "")
    first, second = services.progress.attempts()
    assert (first.attempt.reference_turn_id is not None, first.attempt.reference_attempt_id) == (True, None)
    assert (second.attempt.reference_turn_id, second.attempt.reference_attempt_id) == (None, view.attempt_id)
    assert isinstance(services.progress.attempt(second.attempt.id).reference, PinnedAnswer)
    assert services.progress.attempt(first.attempt.id).pinned


def test_what_is_decided_stays_with_the_reference_it_was_decided_on(services, session):
    first = compare(session, MINE)
    session.try_again((), NOTHING, "")
    second = compare(session, "Another answer.")
    session.set_comparison(second.attempt_id, decide(second.comparison.points, PointStatus.SAID), NOTHING, "")
    services.tending.pin(first.attempt_id)
    later = session.view().comparison
    assert isinstance(later.reference, RecordedAnswer)
    assert later.points[0].decided is PointStatus.SAID


def test_a_pin_counts_at_once_where_nothing_is_decided(services, session):
    first = compare(session, MINE)
    session.try_again((), NOTHING, "")
    second = compare(session, "Another answer.")
    services.tending.pin(first.attempt_id)
    assert isinstance(session.view().comparison.reference, PinnedAnswer)
    services.tending.undo()
    again = session.view()
    assert isinstance(again.comparison.reference, RecordedAnswer)
    assert [point.text for point in again.comparison.points] == [point.text for point in second.comparison.points]


def test_a_pinned_answer_in_trash_is_no_reference(services, session):
    first = compare(session, MINE)
    session.finish_question((), NOTHING, "")
    services.tending.pin(first.attempt_id)
    services.tending.delete_attempts([first.attempt_id])
    session = reset(services)
    assert isinstance(compare(session).comparison.reference, RecordedAnswer)
    services.tending.undo()
    assert isinstance(session.view().comparison.reference, PinnedAnswer)


def test_points_that_the_person_made_belong_to_the_reference_and_last(services, session, open_program):
    view = compare(session)
    old = [point.text for point in view.comparison.points]
    session.set_comparison(
        view.attempt_id, decide(view.comparison.points, PointStatus.SAID, PointStatus.MISSED), NOTHING, ""
    )
    made = ["A point of my own", old[1], *old[2:]]
    services.tending.set_points(view.comparison.owner, made)
    now = session.view().comparison.points
    assert [point.text for point in now] == made
    assert [point.decided for point in now[:2]] == [None, PointStatus.MISSED]  # a decision goes with its text
    session.finish_question(now, NOTHING, "")
    services.close()
    services = open_program()
    assert [point.text for point in compare(reset(services)).comparison.points] == made
    services.tending.set_points(view.comparison.owner, ())
    session = services.practice.session(services.practice.to_resume())
    assert [point.text for point in session.view().comparison.points] == old


def test_a_decision_goes_with_one_of_two_equal_points(services, session):
    view = compare(session)
    services.tending.set_points(view.comparison.owner, ["the same", "the same", "another"])
    points = session.view().comparison.points
    session.set_comparison(
        view.attempt_id, decide(points, PointStatus.SAID, PointStatus.MISSED, PointStatus.PARTLY), NOTHING, ""
    )
    services.tending.set_points(view.comparison.owner, ["another", "the same", "the same", "the same"])
    assert [point.decided for point in session.view().comparison.points] == [
        PointStatus.PARTLY,
        PointStatus.SAID,
        PointStatus.MISSED,
        None,
    ]


def test_a_question_without_a_reference_has_the_points_that_the_person_writes(services, tmp_path):
    file = tmp_path / "unanswered.txt"
    file.write_text(UNANSWERED, encoding="utf-8")
    services.importing.import_paths([file])
    session = services.practice.session(services.practice.start_transcript(2))
    view = compare(session)
    assert (view.comparison.reference, view.comparison.recorded, view.comparison.points) == (None, None, ())
    assert view.comparison.owner == PointsOwner(kind=PointsOwnerKind.QUESTION, id=view.question_id)
    services.tending.set_points(view.comparison.owner, ["Name one reason", "Say what comes next"])
    written = session.view().comparison.points
    assert [point.text for point in written] == ["Name one reason", "Say what comes next"]
    session.finish_question(decide(written, PointStatus.SAID), NOTHING, "")
    (entry,) = services.progress.attempts()
    assert not entry.attempt.has_reference
    assert [point.decided for point in entry.attempt.points] == [PointStatus.SAID, None]


def test_a_note_stands_wherever_the_recorded_answer_is_shown(services, session):
    view = compare(session)
    turn_id = view.comparison.recorded.turn_id
    assert view.comparison.recorded.note is None
    services.tending.annotate(turn_id, "It is a process, not a library")
    session.finish_question((), NOTHING, "")
    note = {turn_id: "It is a process, not a library"}
    assert services.transcripts.conversation(1).notes == note
    assert services.questions.details([view.question_id])[0].notes == note
    assert services.progress.attempt(view.attempt_id).reference.note == note[turn_id]
    assert compare(reset(services)).comparison.recorded.note == note[turn_id]


def test_what_is_proposed_is_stored_beside_what_is_decided(services, session):
    view = compare(session)
    answer = view.comparison.recorded.text
    session.try_again((), NOTHING, "")
    view = compare(session, answer)
    points = view.comparison.points
    proposal = session.propose(view.attempt_id, [point.text for point in points])
    assert proposal.delivery.words == view.comparison.words
    assert (proposal.story, proposal.repeats) == (None, None)
    beside = proposal.beside(points)
    assert [point.proposed for point in beside] == [PointStatus.SAID] * len(points)
    assert all(0 < point.score <= 1 for point in beside)
    assert [point.decided for point in beside] == [None] * len(points)
    session.finish_question(decide(beside, PointStatus.MISSED), NOTHING, "")
    stored = services.progress.attempts()[-1].attempt.points
    assert (stored[0].decided, stored[0].proposed) == (PointStatus.MISSED, PointStatus.SAID)
    assert stored[0].score == beside[0].score


def test_a_proposal_for_other_points_is_put_beside_none(session):
    view = compare(session)
    proposal = session.propose(view.attempt_id, ["something else"])
    assert proposal.beside(view.comparison.points) == view.comparison.points


def test_nearly_the_same_as_last_time_is_noticed(session):
    text = (
        "I measured the pool first, found forty idle connections, and then cut it to a quarter of its size, which held."
    )
    compare(session, text)
    session.try_again((), NOTHING, "")
    view = compare(session, text.replace("quarter", "fifth"))
    assert session.propose(view.attempt_id, []).repeats == 1
    session.try_again((), NOTHING, "")
    view = compare(session, "Now for something that has no word in common.")
    assert session.propose(view.attempt_id, []).repeats is None


def test_a_story_is_looked_for_where_stories_are_told(services, clock):
    session = services.practice.session(services.practice.start_stage("BEHAVIORAL"))
    clock.advance(seconds=1)
    told = "Our release slipped in May. I had to find out why. I measured each step. We shipped a week early."
    view = compare(session, told)
    assert session.propose(view.attempt_id, []).story is not None
    view = session.try_again((), NOTHING, "")
    assert view.step is Step.ANSWER
    view = session.submit("", 1.0)
    assert session.propose(view.attempt_id, []).story is None


def test_texts_too_long_to_compare_leave_the_points_to_the_person(session):
    view = compare(session, "word " * 25_000)
    proposal = session.propose(view.attempt_id, [point.text for point in view.comparison.points])
    assert proposal.coverage is None
    assert proposal.delivery.words == 25_000
    assert proposal.beside(view.comparison.points) == view.comparison.points


def test_history_holds_every_answer_with_a_word_in_it(services, session):
    question_id = compare(session, "First").question_id
    session.try_again((), NOTHING, "")
    compare(session, "Second")
    session.try_again((), NOTHING, "")
    session.submit("  ", 1.0)
    session.finish_question((), NOTHING, "")
    history = services.progress.history(question_id)
    assert [entry.attempt.text for entry in history.entries] == ["First", "Second"]
    assert history.pinned is None
    services.tending.pin(history.entries[1].attempt.id)
    assert services.progress.history(question_id).pinned == history.entries[1].attempt.id
    assert services.progress.difference("one two", "one three").inserted == 1
    with pytest.raises(CoachError, match="no question"):
        services.progress.history(10_000)


# What was decided stays, whatever becomes of the reference.


def ticked(session, view):
    points = decide(view.comparison.points, PointStatus.SAID, PointStatus.MISSED)
    session.set_comparison(view.attempt_id, points, NOTHING, "")
    return [point.decided for point in points]


def statuses(session):
    return [point.decided for point in session.view().comparison.points]


def test_decisions_beside_a_pinned_answer_outlive_its_deletion_and_its_return(services, session):
    first = compare(session, MINE)
    services.tending.pin(first.attempt_id)
    session.try_again((), NOTHING, "")
    view = compare(session, "Latency fell.")
    before = ticked(session, view)
    services.tending.delete_attempts([first.attempt_id])
    held = session.view().comparison
    assert ([point.decided for point in held.points], held.editable) == (before, False)
    session.set_comparison(view.attempt_id, held.points, NOTHING, "")
    services.tending.undo()
    again = session.view().comparison
    assert ([point.decided for point in again.points], again.editable) == (before, True)
    assert isinstance(again.reference, PinnedAnswer)


SAME_QUESTION = """Turn 1 [INTRO]
Q: {}

A: A completely other recorded answer. It has two points.
"""


def test_decisions_beside_a_recorded_answer_outlive_the_deletion_of_its_transcript(services, session, tmp_path):
    view = compare(session)
    before = ticked(session, view)
    file = tmp_path / "other.txt"
    file.write_text(SAME_QUESTION.format(view.question), encoding="utf-8")
    services.importing.import_paths([file])
    services.tending.delete_transcript(1)
    held = session.view().comparison
    assert [point.decided for point in held.points[:2]] == before[:2]
    session.set_comparison(view.attempt_id, held.points, NOTHING, "")
    detail = services.progress.attempt(view.attempt_id)
    assert detail.reference is None  # not another one than it was compared with
    services.tending.undo()
    assert statuses(session) == before
    assert services.progress.attempt(view.attempt_id).reference is not None


def test_decisions_on_written_points_outlive_a_reference_that_comes_later(services, tmp_path):
    file = tmp_path / "unanswered.txt"
    file.write_text(UNANSWERED, encoding="utf-8")
    services.importing.import_paths([file])
    session = services.practice.session(services.practice.start_transcript(2))
    view = compare(session)
    services.tending.set_points(view.comparison.owner, ["Name one reason", "Say what comes next"])
    before = ticked(session, session.view())
    late = tmp_path / "late.txt"
    late.write_text(SAME_QUESTION.format("Why would you leave a team that you like?"), encoding="utf-8")
    services.importing.import_paths([late])
    assert statuses(session) == before


def test_a_pinned_answer_read_elsewhere_makes_the_next_answer_no_longer_blind(services, session, clock):
    first = compare(session, MINE)
    services.tending.pin(first.attempt_id)
    session.finish_question((), NOTHING, "")
    for look in (
        lambda: services.progress.attempt(first.attempt_id),
        lambda: services.progress.history(first.question_id),
    ):
        clock.advance(hours=1)
        session = reset(services)
        clock.advance(seconds=1)
        assert session.view().blind
        look()
        assert not session.view().blind


def test_very_many_claims_become_as_many_points_as_can_be_edited(services, tmp_path):
    file = tmp_path / "long.txt"
    text = " ".join(f"Claim number {number} stands here." for number in range(500))
    file.write_text(f"Turn 1 [HR]\nQ: What is there?\n\nA: {text}\n", encoding="utf-8")
    services.importing.import_paths([file])
    session = services.practice.session(services.practice.start_transcript(2))
    comparison = compare(session).comparison
    assert len(comparison.points) == 200
    assert " ".join(point.text for point in comparison.points) == text
    services.tending.set_points(comparison.owner, [*(point.text for point in comparison.points[:199]), "changed"])
    assert session.view().comparison.points[-1].text == "changed"


def test_blank_answers_are_none_to_compare_with(session):
    session.submit("\n\t \n", 1.0)
    session.try_again((), NOTHING, "")
    assert compare(session).comparison.earlier == 0


def test_answers_far_too_long_are_not_compared_word_by_word(services):
    with pytest.raises(CoachError, match="too long"):
        services.progress.difference("word " * 50_000, "word")
