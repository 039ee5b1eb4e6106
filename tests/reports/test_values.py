"""Which questions and answers a report holds, each once."""

from interview_coach.domain.models import AttemptState
from interview_coach.reports.values import ReportKind, gathered, latest_answer


def test_a_question_of_two_sessions_is_one_with_all_its_answers(build):
    first = build.question(attempts=(build.attempt(number=2),), notes=("one",))
    second = build.question(attempts=(build.attempt(number=1), build.attempt(number=2)), notes=("one", "two"))
    other = build.question(uid="question-2")
    report = build.report(kind=ReportKind.SESSION, sessions=(build.session(other, first), build.session(second)))

    questions = gathered(report)

    assert [question.uid for question in questions] == ["question-2", "question-1"]
    assert [attempt.number for attempt in questions[1].attempts] == [1, 2]
    assert questions[1].notes == ("one", "two")
    assert questions[1].recorded == first.recorded


def test_the_own_answer_is_the_pinned_one_else_the_last_submitted(build):
    earlier, later = build.attempt(number=1, text="one"), build.attempt(number=2, text="two")
    draft = build.attempt(number=3, text="three", state=AttemptState.DRAFT)
    empty = build.attempt(number=4, text=" \n")
    assert latest_answer(build.question(attempts=(later, earlier, draft, empty))) == later
    pinned = build.attempt(number=1, text="one", pinned=True)
    assert latest_answer(build.question(attempts=(pinned, later))) == pinned
    assert latest_answer(build.question(attempts=(draft, empty))) is None
