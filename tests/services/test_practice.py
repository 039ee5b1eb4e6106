"""The practice loop over a real database: from the first question to the last, back, and on another day."""

import threading
from datetime import timedelta

import pytest

from interview_coach.domain.errors import CoachError, Fault
from interview_coach.domain.models import AttemptState, Criterion, Mode, PointStatus, SelfRating, SessionState
from interview_coach.domain.practice import Step
from interview_coach.domain.preferences import Preferences
from interview_coach.services.today import MOST_OFFERED

NOTHING = SelfRating()
FIVE = SelfRating(clarity=5, confidence=5)


@pytest.fixture
def session(services, clock):
    started = services.practice.session(services.practice.start_default())
    clock.advance(seconds=5)
    return started


def attempts(services):
    return [entry.attempt for entry in services.progress.attempts()]


def answer(session, text="An answer", rating=FIVE):
    session.submit(text, 10.0)
    session.rate(rating)
    return session.finish_question((), NOTHING, "")


def test_the_sample_from_the_first_question_to_the_last(services, session, clock, sample):
    stages, questions = [], []
    for place in range(1, 11):
        view = session.view()
        assert (view.step, view.place, view.places, view.attempt_number) == (Step.ANSWER, place, 10, 1)
        assert view.comparison is None
        stages.append(view.stage)
        questions.append(view.question)
        technical = view.stage == "TECHNICAL"
        assert (Criterion.TECHNICAL_DEPTH in view.criteria) is technical
        view = session.submit(f"Answer {place}", 30.0 + place)
        assert (view.step, view.text, view.comparison) == (Step.RATE, f"Answer {place}", None)
        view = session.rate(SelfRating(clarity=place))
        assert view.step is Step.COMPARE
        assert view.comparison.reference.text in sample.read_text(encoding="utf-8")
        assert view.comparison.reference.rating.clarity == 8
        assert {same.criterion for same in view.comparison.reference.same_scores} >= {Criterion.CLARITY}
        points = [point.model_copy(update={"decided": PointStatus.MISSED}) for point in view.comparison.points]
        assert points
        clock.advance(minutes=1)
        view = session.finish_question(points, SelfRating(clarity=1), f" say  more {place}\n")
    assert stages == ["INTRO", "HR", "HR", "TECHNICAL", "TECHNICAL", "TECHNICAL", *stages[6:]]
    asked = [line[3:] for line in sample.read_text(encoding="utf-8").splitlines() if line.startswith("Q: ")]
    assert questions == asked
    assert (view.step, view.state, view.place) == (Step.DONE, SessionState.FINISHED, 10)
    assert (view.summary.answered, view.summary.skipped) == (10, 0)
    assert view.summary.seconds == pytest.approx(sum(30.0 + place for place in range(1, 11)))
    stored = attempts(services)
    assert [one.text for one in stored] == [f"Answer {place}" for place in range(1, 11)]
    assert [one.first_rating.clarity for one in stored] == list(range(1, 11))
    assert {one.second_look.clarity for one in stored} == {1}
    assert [one.resolution for one in stored] == [f"say more {place}" for place in range(1, 11)]
    assert all(one.blind and one.reference_turn_id and one.points for one in stored)
    (entry,) = services.progress.sessions()
    assert (entry.attempts, entry.session.questions, entry.session.state) == (10, 10, SessionState.FINISHED)
    assert services.today.view().resume == ()


def test_a_mock_interview_asks_rates_and_compares_in_three_rounds(services, clock):
    session = services.practice.session(services.practice.start_default(Mode.MOCK, count=3))
    steps = []
    view = session.view()
    while view.step is not Step.DONE:
        clock.advance(seconds=1)
        steps.append((view.step, view.place))
        assert (view.comparison is not None) is (view.step is Step.COMPARE)
        if view.step is Step.ANSWER:
            view = session.skip("no", 1) if view.place == 2 else session.submit(f"Answer {view.place}", 1)
        elif view.step is Step.RATE:
            view = session.rate(FIVE)
        else:
            view = session.finish_question((), NOTHING, "")
    assert steps == [
        (Step.ANSWER, 1), (Step.ANSWER, 2), (Step.ANSWER, 3), (Step.RATE, 1), (Step.RATE, 3),
        (Step.COMPARE, 1), (Step.COMPARE, 3),
    ]  # fmt: skip
    assert view.state is SessionState.FINISHED
    assert all(one.blind for one in attempts(services))


def test_an_empty_answer_is_valid_and_goes_to_compare_unrated(services, session):
    view = session.submit("  \n", 4.0)
    assert view.step is Step.COMPARE
    (attempt,) = attempts(services)
    assert attempt.state is AttemptState.SUBMITTED
    assert attempt.first_rating == NOTHING
    assert session.undo().step is Step.ANSWER


def test_an_answer_that_was_rated_and_then_emptied_is_not_rated(services, session):
    session.submit("Something", 4.0)
    session.rate(FIVE)
    session.undo()
    session.undo()
    session.submit("", 4.0)
    assert attempts(services)[0].first_rating == NOTHING


def test_a_skipped_question_keeps_its_text_and_does_not_come_again(services, session):
    view = session.skip("half a thought", 3.0)
    assert view.place == 2
    skipped = attempts(services)[0]
    assert (skipped.state, skipped.text) == (AttemptState.SKIPPED, "half a thought")
    view = session.undo()
    assert (view.place, view.step, view.text) == (1, Step.ANSWER, "half a thought")


def test_trying_again_is_a_further_attempt_in_the_same_place_and_not_blind(services, session):
    session.submit("First", 1)
    session.rate(FIVE)
    view = session.try_again((), SelfRating(clarity=2), "start with the point")
    assert (view.place, view.attempt_number, view.text, view.step) == (1, 2, "", Step.ANSWER)
    assert view.last_resolution == "start with the point"
    assert view.comparison is None
    view = answer(session, "Second")
    assert view.place == 2
    first, second = attempts(services)
    assert (first.blind, second.blind) == (True, False)
    assert (first.place, second.place, second.number) == (1, 1, 2)
    assert first.second_look.clarity == 2


def test_a_question_tried_again_is_answered_once(services, session):
    session.submit("First", 1)
    session.rate(FIVE)
    session.try_again((), NOTHING, "")
    answer(session, "Second")
    (entry,) = services.progress.sessions()
    assert (entry.attempts, entry.answered) == (2, 1)


def test_a_draft_begun_after_the_reference_was_seen_is_not_blind_from_the_start(services, session):
    session.submit("First", 1)
    session.rate(FIVE)
    session.try_again((), NOTHING, "")
    session.skip("Second, given up", 1)
    assert [one.blind for one in attempts(services)] == [True, False]


def test_the_view_says_whether_the_person_has_looked(session):
    assert session.view().blind
    assert session.submit("first", 1.0).blind
    compared = session.rate(SelfRating(clarity=5))
    assert compared.blind  # it was rated before looking
    assert not session.undo().blind  # a rating given now is not


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=400), timedelta()])
def test_trying_again_is_not_blind_where_the_clock_went_back(services, session, clock, back):
    session.submit("First", 1)
    clock.moment -= back
    session.rate(FIVE)
    session.try_again((), NOTHING, "")
    answer(session, "Second")
    assert [one.blind for one in attempts(services)] == [True, False]


@pytest.mark.parametrize("back", [timedelta(), timedelta(hours=1)])
def test_an_answer_after_the_conversation_was_opened_is_not_blind(services, session, clock, back):
    session.submit("First", 1)
    session.rate(FIVE)
    session.finish_question((), NOTHING, "")
    session.pause()
    clock.moment -= back
    services.transcripts.conversation(1)
    session = services.practice.session(session.id)
    answer(session, "Second")
    assert [one.blind for one in attempts(services)] == [True, False]


def test_an_answer_that_was_begun_before_the_conversation_was_opened_is_not_blind(services, session):
    session.save_draft(session.view().attempt_id, "Half", 1)
    services.transcripts.conversation(1)
    session.submit("Half, and the rest", 2)
    assert not attempts(services)[0].blind


def test_a_rating_after_the_conversation_was_opened_is_not_blind(services, session):
    session.submit("All", 1)
    services.transcripts.conversation(1)
    session.rate(FIVE)
    assert not attempts(services)[0].blind


def test_an_attempt_opened_elsewhere_shows_its_reference_too(services, session, clock, sample):
    session.submit("First", 1)
    session.rate(FIVE)
    first = attempts(services)[0].id
    clock.advance(hours=1)
    again = services.practice.session(services.practice.start_transcript(1))
    clock.advance(seconds=1)
    detail = services.progress.attempt(first)
    assert detail.reference.text in sample.read_text("utf-8")
    again.submit("Second", 1)
    assert not attempts(services)[1].blind


def test_what_was_seen_before_a_session_began_does_not_matter_to_it(services, clock):
    services.transcripts.conversation(1)
    clock.advance(seconds=1)
    answer(services.practice.session(services.practice.start_default()))
    assert attempts(services)[0].blind


def test_undo_after_compare_keeps_the_mark_that_the_reference_was_seen(services, session):
    session.submit("First", 1)
    session.rate(FIVE)
    view = session.undo()
    assert (view.step, view.comparison) == (Step.RATE, None)
    view = session.undo()
    assert (view.step, view.text) == (Step.ANSWER, "First")
    session.submit("First, better", 1)
    assert not attempts(services)[0].blind


def test_each_step_is_taken_back_in_its_turn(session):
    session.submit("One", 1)
    session.rate(FIVE)
    session.finish_question((), NOTHING, "")
    session.submit("", 1)
    session.finish_question((), NOTHING, "")
    session.skip("three", 1)
    back = []
    view = session.view()
    while view.can_undo:
        view = session.undo()
        back.append((view.place, view.step))
    assert back == [
        (3, Step.ANSWER), (2, Step.COMPARE), (2, Step.ANSWER), (1, Step.COMPARE), (1, Step.RATE), (1, Step.ANSWER),
    ]  # fmt: skip
    assert session.undo() == view


@pytest.mark.parametrize("move", [timedelta(), timedelta(hours=-1), timedelta(days=-400)])
def test_undo_takes_the_last_step_whatever_the_clock_does(services, session, clock, move):
    session.submit("One", 1)
    clock.moment += move
    session.rate(FIVE)
    clock.moment += move
    session.finish_question((), NOTHING, "")
    clock.moment += move
    session.skip("two", 1)
    assert session.undo().place == 2
    view = session.undo()
    assert (view.place, view.step) == (1, Step.COMPARE)
    assert session.undo().step is Step.RATE
    one = attempts(services)[0]
    session.rate(FIVE)
    session.finish_question((), NOTHING, "")
    one = attempts(services)[0]
    assert one.submitted < one.rated < one.compared


def test_undo_after_the_last_question_opens_the_session_again(services, clock):
    session = services.practice.session(services.practice.start_default(count=1))
    view = answer(session)
    assert view.state is SessionState.FINISHED
    clock.advance(seconds=1)
    other = services.practice.start_default()
    view = session.undo()
    assert (view.state, view.step, view.place) == (SessionState.OPEN, Step.COMPARE, 1)
    assert {entry.session.id: entry.session.state for entry in services.progress.sessions()} == {
        session.id: SessionState.OPEN, other: SessionState.PAUSED,
    }  # fmt: skip
    assert session.finish_question((), NOTHING, "").state is SessionState.FINISHED


def test_trying_again_is_taken_back_only_while_nothing_was_typed(session):
    session.submit("One", 1)
    session.rate(FIVE)
    view = session.try_again((), NOTHING, "")
    empty = view.attempt_id
    assert session.undo().step is Step.COMPARE
    assert session.save_draft(empty, "too late", 1) is None
    view = session.try_again((), NOTHING, "")
    assert view.attempt_id != empty
    session.save_draft(view.attempt_id, "typed", 1)
    view = session.view()
    assert not view.can_undo
    assert session.undo().text == "typed"


def test_a_draft_that_is_saved_late_changes_nothing(services, session):
    attempt_id = session.view().attempt_id
    assert session.save_draft(attempt_id, "early", 1) is not None
    session.submit("whole", 2)
    assert session.save_draft(attempt_id, "early", 1) is None
    assert attempts(services)[0].text == "whole"
    assert session.save_draft(999, "x", 1) is None


def test_marks_given_so_far_are_kept_without_moving_on(services, session, open_program):
    attempt_id = session.submit("One", 1).attempt_id
    session.set_rating(attempt_id, SelfRating(clarity=3))
    assert (session.view().step, session.view().rating.clarity) == (Step.RATE, 3)
    view = session.rate(SelfRating(confidence=4))
    assert attempts(services)[0].first_rating == SelfRating(confidence=4)
    session.set_rating(attempt_id, FIVE)
    assert attempts(services)[0].first_rating == SelfRating(confidence=4)
    decided = (
        view.comparison.points[0].model_copy(update={"decided": PointStatus.PARTLY}),
        *view.comparison.points[1:],
    )
    session.set_comparison(attempt_id, decided, SelfRating(clarity=9), "be brief")
    services.close()
    view = open_program().practice.session(session.id).view()
    assert view.comparison.points == decided
    assert (view.comparison.second_look.clarity, view.comparison.resolution) == (9, "be brief")


def test_every_step_is_where_it_was_after_opening_again(services, clock, open_program):
    number = services.practice.start_default(count=2)
    path = services.database.path

    def same_after_opening(view):
        nonlocal services
        services.close()
        services = open_program(path)
        clock.advance(seconds=1)
        assert services.practice.to_resume() == number
        assert services.practice.session(number).view() == view
        return services.practice.session(number)

    session = same_after_opening(services.practice.session(number).view())
    session = same_after_opening(session.submit("One", 1))
    session = same_after_opening(session.rate(FIVE))
    session = same_after_opening(session.try_again((), NOTHING, "more"))
    session.save_draft(session.view().attempt_id, "One again", 2)
    session = same_after_opening(session.view())
    session = same_after_opening(session.skip("One again", 2))
    session.submit("Two", 1)
    session.rate(FIVE)
    assert session.finish_question((), NOTHING, "").step is Step.DONE


def test_starting_another_session_pauses_the_first_and_going_on_swaps_them(services, clock):
    first = services.practice.start_default()
    services.practice.session(first).view()
    clock.advance(seconds=1)
    second = services.practice.start_stage("TECHNICAL")

    def states():
        return {entry.session.id: entry.session.state for entry in services.progress.sessions()}

    assert states() == {first: SessionState.PAUSED, second: SessionState.OPEN}
    services.practice.session(first)
    assert states() == {first: SessionState.OPEN, second: SessionState.PAUSED}
    services.practice.session(first).pause()
    assert states() == {first: SessionState.PAUSED, second: SessionState.PAUSED}
    services.practice.abandon(first)
    assert states()[first] is SessionState.ABANDONED
    assert services.practice.to_resume() == second


def test_paused_sessions_keep_their_drafts_apart(services, clock):
    first = services.practice.session(services.practice.start_default())
    first.save_draft(first.view().attempt_id, "first", 1)
    clock.advance(seconds=1)
    second = services.practice.session(services.practice.start_default())
    second.save_draft(second.view().attempt_id, "second", 1)
    assert (first.view().text, second.view().text) == ("first", "second")
    assert (first.view().attempt_number, second.view().attempt_number) == (1, 2)


def test_a_step_out_of_order_is_our_mistake(session):
    with pytest.raises(RuntimeError, match="not at"):
        session.rate(FIVE)
    with pytest.raises(RuntimeError, match="not at"):
        session.finish_question((), NOTHING, "")
    session.submit("x", 1)
    with pytest.raises(RuntimeError, match="not at"):
        session.submit("x", 1)


def test_what_is_not_there_cannot_be_practised(services):
    for start in (
        lambda: services.practice.start_transcript(99),
        lambda: services.practice.start_stage("COOKERY"),
        lambda: services.practice.start_search("xylophone"),
        lambda: services.practice.session(99),
    ):
        with pytest.raises(CoachError) as refused:
            start()
        assert refused.value.fault is Fault.INPUT_MISSING
    assert services.progress.sessions() == ()


def test_a_short_mixed_session_has_every_stage(services):
    session = services.practice.session(services.practice.start_mixed(count=6))
    stages = []
    for _ in range(6):
        stages.append(session.view().stage)
        session.skip("", 0)
    assert stages == ["INTRO", "HR", "TECHNICAL", "BEHAVIORAL", "MANAGERIAL", "WRAP-UP"]


def test_a_search_and_a_stage_ask_what_they_say(services):
    found = services.practice.session(services.practice.start_search("connection POOLING"))
    assert "connection pooling" in found.view().question
    assert found.view().places == 2  # the words stand in the recorded answer to another question as well
    technical = services.practice.session(services.practice.start_stage("TECHNICAL")).view()
    assert (technical.stage, technical.places) == ("TECHNICAL", 3)


def test_depth_is_rated_everywhere_where_the_person_says_so(open_program):
    services = open_program(preferences=Preferences(depth_everywhere=True, aims={"INTRO": (30, 40)}))
    view = services.practice.session(services.practice.start_default()).view()
    assert view.criteria == tuple(Criterion)
    assert view.aim == (30, 40)


def test_a_flag_stays_with_the_question(services, session):
    view = session.flag(session.view().question_id, flagged=True)
    assert view.flagged
    assert services.questions.entries([view.question_id])[0].question.flagged
    assert not session.flag(view.question_id, flagged=False).flagged


def test_text_that_cannot_be_stored_as_it_is_is_stored_all_the_same(services, session):
    session.save_draft(session.view().attempt_id, "caf\udcc3\udca9 and \ud83d", 1)
    view = session.submit("caf\udcc3 \0 end", 1)
    assert view.text == "caf� \0 end"
    session.rate(FIVE)
    session.finish_question((), NOTHING, "speak \udcff up")
    assert attempts(services)[0].resolution == "speak � up"


def test_today_offers_the_draft_first_and_the_last_resolutions(services, clock):
    today = services.today.view()
    assert today.first_run
    assert today.fresh is not None
    session = services.practice.session(services.practice.start_default())
    for line in ("a", "b", "c", "d"):
        clock.advance(minutes=1)
        session.submit("x", 1)
        session.rate(FIVE)
        session.finish_question((), NOTHING, line)
    saved = session.save_draft(session.view().attempt_id, "half", 1)
    today = services.today.view()
    (left,) = today.resume
    assert (left.place, left.step, left.draft_saved, left.stage) == (5, Step.ANSWER, saved, "TECHNICAL")
    assert [line.text for line in today.resolutions] == ["d", "c", "b"]
    assert (today.fresh, today.first_run) == (None, False)


def test_today_offers_the_newest_of_very_many_transcripts(services, tmp_path):
    assert not services.today.view().more_transcripts
    for number in range(MOST_OFFERED):
        file = tmp_path / f"{number:02}.txt"
        file.write_text(f"Turn 1 [HR]\nQ: Why number {number}?\n\nA: It is the next.\n")
        services.importing.import_file(file)
    today = services.today.view()
    assert today.more_transcripts
    listed = [entry.transcript for entry in services.transcripts.listed()]
    assert today.transcripts == tuple(listed[1:])
    assert today.fresh == listed[0]
    services.practice.start_default()
    assert services.today.view().fresh == listed[1]
    assert services.practice.session(services.practice.start_default()).view().question == "Why number 0?"


def test_today_has_one_resolution_a_question(services, clock):
    session = services.practice.session(services.practice.start_default())
    for line in ("old", "new"):
        session.submit("x", 1)
        session.rate(FIVE)
        clock.advance(minutes=1)
        session.try_again((), NOTHING, line)
    assert [line.text for line in services.today.view().resolutions] == ["new"]


def test_an_attempt_belongs_to_the_day_on_which_it_was_begun(services, session, clock):
    clock.moment = clock.moment.replace(hour=23, minute=59)
    session.submit("x", 1)
    session.rate(FIVE)
    session.finish_question((), NOTHING, "")
    clock.advance(hours=4)
    session.view()
    clock.advance(minutes=2)
    session.skip("", 0)
    session.skip("", 0)
    days = [one.day.isoformat() for one in attempts(services)]
    assert days == ["2026-03-02", "2026-03-02", "2026-03-03"]


def test_a_draft_is_kept_while_an_import_beside_it_fails(services, session, tmp_path, monkeypatch):
    attempt_id = session.view().attempt_id
    file = tmp_path / "long.txt"
    file.write_text("\n\n".join(f"Turn {n} [HR]\nQ: Question {n}?\n\nA: Answer {n}." for n in range(1, 350)))
    write = services.importing._write_slice
    threads = []

    def fail_late(work, read, transcript_id, start, ids):
        write(work, read, transcript_id, start, ids)
        if start == 200:
            threads.append(threading.Thread(target=session.save_draft, args=(attempt_id, "typed meanwhile", 1.0)))
            threads[0].start()
            while not services.database._turnstile._waiting:
                pass
            raise ZeroDivisionError

    with monkeypatch.context() as broken:
        broken.setattr(services.importing, "_write_slice", fail_late)
        with pytest.raises(ZeroDivisionError):
            services.importing.import_file(file)
    threads[0].join()
    assert session.view().text == "typed meanwhile"
    assert len(services.transcripts.listed()) == 1
    report = services.importing.import_file(file)
    assert (report.standing, report.questions_new, report.questions_known) == ("new", 349, 0)
