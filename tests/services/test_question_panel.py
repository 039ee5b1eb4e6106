"""One question with all that belongs to it, and what of it may be seen before the person asks for it."""

from dataclasses import asdict
from datetime import date, timedelta

import pytest

from interview_coach.domain.models import Origin, PointsOwner, PointsOwnerKind, PointStatus, SelfRating
from interview_coach.domain.preferences import Preferences
from interview_coach.services.opening import open_services
from interview_coach.services.question_panel import ATTEMPTS_SHOWN, LONGEST_SPLIT, QuestionPanelService

NOTHING = SelfRating()
FIVE = SelfRating(clarity=5, confidence=6)
MINE = "I lead with the numbers: latency fell by half. Then I say why the pool was too large."

UNANSWERED = """Turn 1 [HR]
Q: Why would you leave a team that you like?

Feedback: null
"""


@pytest.fixture
def panel(services, clock):
    return QuestionPanelService(services.database, clock)


@pytest.fixture
def session(services, clock):
    started = services.practice.session(services.practice.start_default())
    clock.advance(seconds=5)
    return started


def compare(session, text="An answer of mine.", rating=FIVE):
    """Bring a session's next question to Compare and return its view."""
    session.view()
    session.submit(text, 10.0)
    return session.rate(rating) if text else session.view()


def finish(session, text="An answer of mine.", line="", said=0, rating=FIVE, *, again=False):
    """Answer the next question, decide on all of its points, and return the attempt's id."""
    view = compare(session, text, rating)
    points = [
        point.model_copy(update={"decided": PointStatus.SAID if place < said else PointStatus.MISSED})
        for place, point in enumerate(view.comparison.points)
    ]
    (session.try_again if again else session.finish_question)(points, NOTHING, line)
    return view.attempt_id


def asked_in(services, tmp_path, count, answer="An answer of number {0}.", held="", question="What is a zeppelin?"):
    """Bring in so many transcripts that ask one question, and return its id."""
    for number in range(1, count + 1):
        file = tmp_path / f"interview {number}{held}.txt"
        turns = [f"Turn 1 [TECHNICAL]\nQ: {question}\nA: {answer.format(number)}\nFeedback: null\n"]
        turns += [f"Turn {n} [HR]\nQ: Other {number} {n}?\nA: Yes.\nFeedback: null\n" for n in (2, 3)]
        file.write_text("\n".join(turns))
        services.importing.import_paths([file])
    return next(iter(services.searching.find_text(question.split()[-1].rstrip("?")).ids))


def seen(services, question_id):
    with services.database.begin() as work:
        return work.questions.seen(question_id)


def next_is_marked(services, clock, question_id, look):
    """Say whether the answer in a session that begins now is marked as given after a look."""
    clock.advance(minutes=1)
    session = services.practice.session(services.practice.start_default())
    assert session.view().question_id == question_id
    look(question_id)
    return not session.view().blind


def test_no_recorded_answer_is_in_the_view_and_none_counts_as_seen(session, panel):
    question_id = session.view().question_id
    view = panel.view(question_id)
    answers = [held.answer.text for held in panel.recorded(question_id, 9).answers]
    assert view.recorded == (Origin.RECORDED,)
    assert answers
    assert not any(text[:20] in str(asdict(view)) for text in answers)
    assert view.points == ()  # they would be its sentences


def test_a_look_at_the_question_leaves_the_next_answer_blind_and_one_at_its_answer_does_not(services, session, panel):
    question_id = session.view().question_id
    panel.view(question_id)
    assert session.view().blind
    assert seen(services, question_id) is None
    panel.recorded(question_id, 1)
    assert not session.view().blind


def test_ones_own_reference_is_shown_at_once_and_counts_as_seen(services, session, panel, clock):
    attempt_id = finish(session, MINE)
    question_id = services.progress.attempts()[0].question.id
    services.tending.pin(attempt_id)
    assert not next_is_marked(services, clock, question_id, lambda _: None)
    assert next_is_marked(services, clock, question_id, panel.view)
    view = panel.view(question_id)
    assert (view.pinned.text, view.pinned.number) == (MINE, 1)
    assert view.owner == PointsOwner(kind=PointsOwnerKind.OWN, id=attempt_id)
    assert view.points == ("I lead with the numbers: latency fell by half.", "Then I say why the pool was too large.")
    assert not view.edited


def test_points_that_the_person_edited_are_shown_at_once_and_count_as_seen(services, session, panel):
    question_id = session.view().question_id
    owner = panel.view(question_id).owner
    assert owner.kind is PointsOwnerKind.RECORDED
    services.tending.set_points(owner, ["One", "Two"])
    assert session.view().blind
    view = panel.view(question_id)
    assert (view.points, view.edited) == (("One", "Two"), True)
    assert not session.view().blind
    assert panel.recorded(question_id, 1).points == ()  # the view has them


def test_who_looks_twice_writes_once_and_again_only_after_a_new_step(services, session, panel, clock):
    question_id = session.view().question_id
    panel.recorded(question_id, 1)
    first = seen(services, question_id)
    clock.advance(minutes=5)
    panel.recorded(question_id, 1)
    assert seen(services, question_id) == first
    services.practice.start_default()
    clock.advance(minutes=5)
    panel.recorded(question_id, 1)
    assert seen(services, question_id) == clock.now()


def test_recorded_answers_come_newest_first_and_as_many_as_are_asked_for(services, panel, tmp_path):
    question_id = asked_in(services, tmp_path, 4)
    view = panel.view(question_id)
    assert len(view.recorded) == 4
    found = panel.recorded(question_id, 3)
    assert [held.answer.text for held in found.answers] == [f"An answer of number {n}." for n in (4, 3, 2)]
    assert (found.total, found.points) == (4, ("An answer of number 4.",))
    services.tending.annotate(found.answers[0].answer.turn_id, "Too short")
    assert panel.recorded(question_id, 1).answers[0].answer.note == "Too short"


def test_where_it_was_asked_and_when(services, panel, tmp_path):
    question_id = asked_in(services, tmp_path, 3, held=" 2025-11-04")
    asked = panel.view(question_id).asked
    assert [(each.held, each.stage) for each in asked] == [(date(2025, 11, 4), "TECHNICAL")] * 3
    assert [each.title for each in asked] == [f"Interview {n} 2025 11 04" for n in (3, 2, 1)]
    services.tending.delete_transcript(asked[0].transcript_id)
    assert panel.view(question_id).asked == asked[1:]
    assert len(panel.view(question_id).recorded) == 2


def test_attempts_come_newest_first_with_what_became_of_them(session, panel, clock):
    question_id = session.view().question_id
    for number in range(1, 8):
        clock.advance(days=1)
        finish(
            session, f"{'word ' * number}", said=number % 2, rating=FIVE if number < 7 else NOTHING, again=number < 7
        )
    view = panel.view(question_id)
    assert (view.answered, view.wordless, len(view.attempts)) == (7, 0, ATTEMPTS_SHOWN)
    assert [each.number for each in view.attempts] == [7, 6, 5, 4, 3]
    assert [each.words for each in view.attempts] == [7, 6, 5, 4, 3]
    assert [each.said for each in view.attempts] == [1, 0, 1, 0, 1]
    assert view.attempts[0].points == len(panel.recorded(question_id, 1).points)
    assert [each.rating for each in view.attempts[:2]] == [NOTHING, FIVE]
    assert view.attempts[0].day == (clock.now() - timedelta(days=1)).date()  # it was begun when the one before ended


def test_an_answer_without_a_word_is_counted_and_not_listed(session, panel):
    question_id = session.view().question_id
    finish(session, "")
    view = panel.view(question_id)
    assert (view.attempts, view.answered, view.wordless) == ((), 0, 1)


def test_points_nobody_decided_on_are_not_counted(session, panel):
    view = compare(session)
    session.finish_question(view.comparison.points, NOTHING, "")
    assert panel.view(view.question_id).attempts[0].said is None


def test_the_line_for_next_time_and_the_day_it_comes_back(session, panel, clock):
    question_id = session.view().question_id
    assert (panel.view(question_id).resolution, panel.view(question_id).due) == (None, None)
    finish(session, line="name the size", again=True)
    finish(session, line="say what it costs")
    view = panel.view(question_id)
    assert view.resolution == "say what it costs"
    assert view.due > view.today == clock.now().date()


def test_a_question_that_is_not_in_the_bank_is_not_shown_and_a_merged_one_is_the_other(services, panel):
    first, second = services.questions.ids()[:2]
    services.tending.merge(second, first)
    assert panel.view(first).question.id == panel.view(second).question.id == second
    services.tending.delete_questions([second])
    assert panel.view(second) is None
    assert panel.view(first) is None
    assert panel.view(987_654) is None


def test_a_question_without_any_answer_owns_its_points(services, panel, tmp_path):
    file = tmp_path / "unanswered.txt"
    file.write_text(UNANSWERED)
    services.importing.import_paths([file])
    question_id = services.searching.find_text("leave").ids[0]
    view = panel.view(question_id)
    assert (view.recorded, view.pinned, view.points) == ((), None, ())
    assert view.owner == PointsOwner(kind=PointsOwnerKind.QUESTION, id=question_id)
    assert panel.recorded(question_id, 3).answers == ()
    assert seen(services, question_id) is None
    services.tending.set_points(view.owner, ["One reason"])
    assert panel.view(question_id).points == ("One reason",)


def test_a_very_long_answer_is_not_split_where_nobody_asked_for_it(services, panel, tmp_path):
    question_id = asked_in(services, tmp_path, 1, answer="A sentence. " * (LONGEST_SPLIT // 10))
    assert panel.recorded(question_id, 1).points == ()
    assert len(panel.points_to_edit(question_id).points) > 100


def test_what_is_needed_to_edit_points(services, session, panel):
    question_id = session.view().question_id
    assert session.view().blind
    editing = panel.points_to_edit(question_id)
    assert not session.view().blind
    recorded = panel.recorded(question_id, 1)
    assert editing.owner == panel.view(question_id).owner
    assert editing.reference == recorded.answers[0].answer.text
    assert editing.points == editing.own == recorded.points
    services.tending.set_points(editing.owner, ["Mine"])
    assert panel.points_to_edit(question_id).points == ("Mine",)
    assert panel.points_to_edit(question_id).own == editing.own
    attempt_id = finish(session, MINE)
    services.tending.pin(attempt_id)
    assert panel.points_to_edit(question_id).reference == MINE


def test_nothing_is_written_where_nothing_can_be(services, session, clock, tmp_path, shipped):
    question_id = session.view().question_id
    session.pause()
    services.close()
    looked = open_services(tmp_path / "coach.sqlite3", shipped, clock, Preferences(), read_only=True)
    try:
        panel = QuestionPanelService(looked.database, clock)
        assert panel.view(question_id).question.id == question_id
        assert len(panel.recorded(question_id, 1).answers) == 1
        assert seen(looked, question_id) is None
    finally:
        looked.close()
