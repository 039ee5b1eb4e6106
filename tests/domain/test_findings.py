import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview_coach.domain.findings import (
    AskedTwice,
    FailedRatings,
    NoAnswers,
    NotRated,
    PersonalData,
    SameScore,
    ShortAnswers,
    SimilarQuestions,
    UnreadableRatings,
    findings,
    scores_that_do_not_vary,
)
from interview_coach.domain.models import Criterion, RatingStatus, RecordedRating, Turn
from interview_coach.domain.personal import PersonalKind, personal_kinds

LONG = "I would first ask who uses it, then measure, and only then decide what to change there."


def test_a_score_that_is_the_same_in_every_rated_turn_is_found():
    scores = {
        Criterion.CLARITY: [8.0] * 10,
        Criterion.CONFIDENCE: [8.0, 9.0, 8.0],
        Criterion.TECHNICAL_DEPTH: [7.0] * 3,
    }
    assert scores_that_do_not_vary(scores) == (
        SameScore(criterion=Criterion.CLARITY, score=8.0, turns=10),
        SameScore(criterion=Criterion.TECHNICAL_DEPTH, score=7.0, turns=3),
    )


def test_two_equal_scores_say_nothing():
    assert scores_that_do_not_vary({Criterion.CLARITY: [8.0, 8.0]}) == ()
    assert scores_that_do_not_vary({}) == ()


def rated(clarity=8.0, confidence=9.0, depth=7.0):
    return RecordedRating(
        status=RatingStatus.RATED, clarity=clarity, confidence=confidence, technical_depth=depth, summary="Fine."
    )


def turn(question="Why?", answer=LONG, rating=None, **fields):
    return Turn(number="1", stage="HR", question=question, answer=answer, rating=rating or rated(), **fields)


def varied(number, **fields):
    """A turn that nothing is to be said about."""
    scores = (number % 9 + 1.0, (number + 1) % 9 + 1.0, (number + 2) % 9 + 1.0)
    return turn(**({"question": f"Question {number}?", "rating": rated(*scores)} | fields))


def test_a_transcript_of_which_nothing_is_to_be_said():
    assert findings([]) == ()
    assert findings([varied(number) for number in range(20)]) == ()


def test_ratings_that_are_missing_failed_or_unreadable():
    unreadable = ((Criterion.CLARITY, '"high"'),)
    turns = [
        varied(1),
        varied(2, rating=RecordedRating()),
        varied(3, rating=RecordedRating(status=RatingStatus.FAILED)),
        varied(4, rating=RecordedRating(status=RatingStatus.UNREADABLE)),
        varied(5, rating=RecordedRating(status=RatingStatus.RATED, confidence=3, unreadable=unreadable)),
        varied(6, rating=RecordedRating(as_written="null")),
    ]
    assert findings(turns) == (
        NotRated(turns=(2, 6)),
        FailedRatings(turns=(3,)),
        UnreadableRatings(turns=(4, 5)),
    )


def test_scores_that_do_not_vary_are_taken_from_the_turns():
    assert findings([turn(f"{number}?", rating=rated(8, number, 5 + number % 2)) for number in (1, 2, 3)]) == (
        SameScore(criterion=Criterion.CLARITY, score=8.0, turns=3),
    )


@pytest.mark.parametrize(
    ("answer", "short"),
    [
        ("Yes.", True),
        (" ".join(["word"] * 14), True),
        (" ".join(["word"] * 15), False),
        ("I don't know what's well-known there, it's Node.js.", True),
        ("```python\nfor i in range(10):\n    print(i, i * i, i ** 3)\nprint(sum(x for x in data))\n```", False),
        ("因为它更快,也更容易测试和维护,而且简单。", False),
        ("不知道。", True),
        ("— … !!! ??? --- *** ;;; … — … !!! ??? --- *** ;;;", True),
    ],
)
def test_very_short_answers(answer, short):
    assert findings([varied(1, answer=answer)]) == ((ShortAnswers(turns=(1,)),) if short else ())


def test_turns_without_an_answer():
    assert findings([varied(1), varied(2, answer=None)]) == (NoAnswers(turns=(2,)),)


def test_a_turn_in_which_the_interviewer_failed_is_looked_at_for_personal_data_alone():
    failed = turn("(Error: quota of jane@mail.net)", None, RecordedRating(as_written="null"), asks=False)
    assert findings([failed, failed]) == (PersonalData(kind=PersonalKind.EMAIL, turns=(1, 2)),)


def test_questions_that_are_asked_twice_or_nearly():
    turns = [
        varied(1, question="Why Python?"),
        varied(2, question="why  python"),
        varied(3, question="Why Python?\n```\na\n```"),
        varied(4, question="Why use Python?"),
        varied(5, question="Why Python?\n```\na\n```"),
    ]
    assert findings(turns, [(4, 1), (1, 4), (1, 2), (2, 4), (3, 5)]) == (
        AskedTwice(turns=(1, 2)),
        AskedTwice(turns=(3, 5)),
        SimilarQuestions(pairs=((1, 4), (2, 4))),
    )


def test_personal_data_in_question_answer_and_feedback():
    turns = [
        varied(1, question="Is jane.doe@example.org yours?"),
        varied(2, answer=f"{LONG} My number is +49 30 1234567, see https://jane.dev."),
        varied(3, feedback='{"summary": "Mail joe@mail.net"}'),
    ]
    assert findings(turns) == (
        PersonalData(kind=PersonalKind.EMAIL, turns=(1, 3)),
        PersonalData(kind=PersonalKind.PHONE, turns=(2,)),
        PersonalData(kind=PersonalKind.LINK, turns=(2,)),
    )


@pytest.mark.parametrize(
    "text",
    ["jane@example.com", "Jane.O'Neil+cv@mail.co.uk.", "<jürgen@müller.de>", "mail:x_y@a-b.io,", "(a@b.org)"],
)
def test_e_mail_addresses(text):
    assert PersonalKind.EMAIL in personal_kinds(f"Write to {text} or not")


@pytest.mark.parametrize(
    "text",
    [
        "@app.route", "user@host", "lodash@4.17.21", "git@github.com:a/b.git", "icon@2x.png", "a @ b.com", "@Override",
        "x @b.org", "root@127.0.0.1", "postgres://u:secret@db.example.com/x", "pkg@latest", "@", "a@b", "@@ -1 +1 @@",
    ],
)  # fmt: skip
def test_what_is_no_e_mail_address(text):
    assert PersonalKind.EMAIL not in personal_kinds(f"See {text} there")


@pytest.mark.parametrize(
    "text",
    [
        "+49 30 1234567", "+14155552671", "+44 (0)20 7946 0958", "(415) 555-2671", "415-555-2671", "1-415-555-2671",
        "415.555.2671", "030 1234567 89", "0171/1234567", "07700 900 123", "01 23 45 67 89", "01.23.45.67.89",
        "0049 171 1234567", "+91-98765-43210", "(030) 1234 5678", "phone: 5551234567", "Tel. 555 1234",
        "my mobile number is 98765 43210", "call me at 5551234567",
    ],
)  # fmt: skip
def test_phone_numbers(text):
    assert PersonalKind.PHONE in personal_kinds(f"Well, {text}.")
    assert PersonalKind.PHONE in personal_kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "3.11.7", "1.0.0.12345678", "2024", "2019-2023", "2024-01-31", "2024-01-31 10:30:00", "2024-01-31T10:30:00Z",
        "31.01.2024", "01/02/2024", "01-02-2024 10", "192.168.100.200", "010.000.000.001", "10.0.0.0/8", "$1,000,000",
        "10 000 000", "+10 000 000", "1,234,567.89", "0.1234567890", "port 65535", ":08080", "#12345678", "1e10",
        "0123456789", "1700000000", "0101 1100 0011", "0xdeadbeef", "4111 1111 1111 1111", "978-0-13-468599-1",
        "00000000-0000-0000-0000-000000000000", "123e4567-e89b-12d3-a456-426614174000", "1 2 3 4 5 6 7 8 9", "99.999%",
        "RFC 7231", "issue 1234567", "1024 * 1024", "[0, 1, 2, 3, 4, 5, 6]", "12:30-14:45", "2**31 - 1 = 2147483647",
        "O(1000000)", "100-200-300", "v2.10.0-20240131", "5 000 000 000", "+1", "C++20", "16:9", "9 to 5", "24/7/365",
        "x0171 234 5678", "order #0171 234 5678", "$020 1234 5678", "a-0171 234 5678", "0171 234 5678%", "+50 000 000",
        "7 * 0171 234 567",
    ],
)  # fmt: skip
def test_what_is_no_phone_number(text):
    assert PersonalKind.PHONE not in personal_kinds(f"Well, {text}.")
    assert PersonalKind.PHONE not in personal_kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "https://docs.python.org/3/", "http://localhost:8080", "http://example.com", "www.jane.dev", "mailto:a@b.org",
        "linkedin.com/in/jane", "github.com/jane", "HTTPS://JANE.DEV", "[me](https://jane.dev)", "ftp://h.net/x",
    ],
)  # fmt: skip
def test_links(text):
    assert PersonalKind.LINK in personal_kinds(f"See {text} there")


@pytest.mark.parametrize("text", ["http:// is a scheme", "HTTP/1.1", "www", "a://b", "import github.com", "https"])
def test_what_is_no_link(text):
    assert personal_kinds(f"See {text} there") == frozenset()


ANYTHING = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from(["@", ".", "+", "0", "1", "30", " ", "-", "/", "(", ")", "://", "www.", "a", "com"]))
    .map("".join),
)  # fmt: skip


@given(st.lists(st.tuples(ANYTHING, st.none() | ANYTHING)))
def test_positions_are_those_of_turns_and_ascend(pairs):
    for finding in findings([turn(question, answer, RecordedRating()) for question, answer in pairs]):
        assert list(finding.turns) == sorted(set(finding.turns))
        assert all(1 <= position <= len(pairs) for position in finding.turns)


@pytest.mark.parametrize(
    "piece", ["@", "a@", "0", "0 ", "(0", "+1", "a.", "www.", "://", "mailto:", "1-", "a-", "https://", "é", "01."]
)
def test_a_hostile_text_takes_a_time_that_grows_with_its_length(piece):
    findings([varied(1, answer=piece * (1_000_000 // len(piece)))])
