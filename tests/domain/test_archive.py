"""The archive as a file: it says the same when it is read again, and what is wrong is refused with its place alone."""

import copy
import itertools
import json
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from interview_coach.domain.archive import (
    Archive,
    ArchivedAttempt,
    ArchivedNote,
    ArchivedPlace,
    ArchivedQuestion,
    ArchivedReview,
    ArchivedSavedSearch,
    ArchivedSession,
    ArchivedTranscript,
    ArchivedTurn,
    TurnPlace,
    is_archive,
    read,
    written,
)
from interview_coach.domain.archive_laws import check
from interview_coach.domain.errors import CoachError, Fault
from interview_coach.domain.models import (
    AttemptState,
    Criterion,
    DecidedPoint,
    Mode,
    Origin,
    PointStatus,
    RatingStatus,
    SelfRating,
    SessionState,
    TextLayout,
)
from interview_coach.domain.scheduling import Grade

GOLDEN = Path(__file__).parent.parent / "data" / "archive" / "version-1.json"
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)

TEXTS = st.text(max_size=12)
WORDS = st.text(min_size=1, max_size=12)
UIDS = st.text(min_size=1, max_size=6)
FIRST, LAST = date(1, 1, 4), date(9999, 12, 28)
DAYS = st.dates(FIRST, LAST)
MOMENTS = st.builds(datetime.combine, DAYS, st.times(), st.just(UTC))
SCORES = st.none() | st.floats(1, 10)
LISTS = st.lists(WORDS, max_size=2).map(tuple)
TURNS = st.builds(
    ArchivedTurn,
    position=st.integers(1, 10**9),
    number=TEXTS,
    stage=TEXTS,
    question=TEXTS,
    answer=st.none() | TEXTS,
    feedback=st.none() | TEXTS,
    written=st.none() | TEXTS,
    asks=st.booleans(),
    status=st.sampled_from(RatingStatus),
    clarity=SCORES,
    confidence=SCORES,
    technical_depth=SCORES,
    summary=st.none() | TEXTS,
    plain_rating=st.booleans(),
    unreadable=st.lists(st.tuples(st.sampled_from(Criterion), TEXTS), max_size=2).map(tuple),
    asks_for=st.none() | UIDS,
    points=LISTS,
    note=st.none() | st.builds(ArchivedNote, text=WORDS, changed=MOMENTS),
)
TRANSCRIPTS = st.builds(
    ArchivedTranscript,
    uid=UIDS,
    title=WORDS,
    role=st.none() | TEXTS,
    company=st.none() | TEXTS,
    origin=st.sampled_from(Origin),
    source=TEXTS,
    held=st.none() | DAYS,
    imported=MOMENTS,
    content_hash=WORDS,
    layout=st.builds(TextLayout, encoding=TEXTS, byte_order_mark=st.booleans(), newline=TEXTS, preamble=TEXTS),
    turns=st.lists(TURNS, max_size=2).map(tuple),
)
QUESTIONS = st.builds(
    ArchivedQuestion,
    uid=UIDS,
    stage=TEXTS,
    text=WORDS,
    flagged=st.booleans(),
    suspended=st.booleans(),
    tags=LISTS,
    wordings=LISTS,
    added=MOMENTS,
    reference_seen=st.none() | MOMENTS,
    points=LISTS,
)
SESSIONS = st.builds(
    ArchivedSession,
    uid=UIDS,
    mode=st.sampled_from(Mode),
    state=st.sampled_from(SessionState),
    title=TEXTS,
    started=MOMENTS,
    last_step=MOMENTS,
    finished=st.none() | MOMENTS,
    places=st.lists(
        st.builds(
            ArchivedPlace,
            question=UIDS,
            turn=st.none() | st.builds(TurnPlace, transcript=UIDS, position=st.integers(1, 9)),
        ),
        min_size=1,
        max_size=2,
    ).map(tuple),
)
ATTEMPTS = st.builds(
    ArchivedAttempt,
    uid=UIDS,
    session=UIDS,
    place=st.integers(1, 9),
    question=UIDS,
    number=st.integers(1, 9),
    state=st.sampled_from(AttemptState),
    text=TEXTS,
    seconds=st.floats(0, 1e9),
    blind=st.booleans(),
    day=DAYS,
    started=MOMENTS,
    saved=st.none() | MOMENTS,
    first_rating=st.builds(SelfRating, clarity=st.none() | st.integers(1, 10)),
    points=st.lists(
        st.builds(
            DecidedPoint,
            text=TEXTS,
            decided=st.none() | st.sampled_from(PointStatus),
            score=st.none() | st.floats(0, 1),
        ),
        max_size=2,
    ).map(tuple),
    resolution=st.none() | TEXTS,
    key_points=LISTS,
    review=st.none()
    | st.builds(
        ArchivedReview,
        grade=st.sampled_from(Grade),
        proposed=st.none() | st.sampled_from(Grade),
        reviewed=MOMENTS,
        day=DAYS,
        due=DAYS,
        stability=st.floats(0.001, 36500),
        difficulty=st.floats(1, 10),
    ),
)
ARCHIVES = st.builds(
    Archive,
    format=st.just("interview-coach"),
    version=st.just(1),
    made=MOMENTS,
    program=TEXTS,
    transcripts=st.lists(TRANSCRIPTS, max_size=2).map(tuple),
    questions=st.lists(QUESTIONS, max_size=2).map(tuple),
    sessions=st.lists(SESSIONS, max_size=2).map(tuple),
    attempts=st.lists(ATTEMPTS, max_size=2).map(tuple),
    saved_searches=st.lists(
        st.builds(ArchivedSavedSearch, uid=UIDS, name=WORDS, text=WORDS, added=MOMENTS), max_size=2
    ).map(tuple),
)


REVIEW = {
    "grade": 3,
    "proposed": 2,
    "reviewed": "2026-03-02T12:00:27Z",
    "day": "2026-03-02",
    "due": "2026-03-04",
    "stability": 2.3065,
    "difficulty": 2.118103970459016,
}
SEARCH = {"uid": "s1", "name": "Pools", "text": "tag:pooling", "added": "2026-03-02T12:00:27Z"}


@pytest.fixture
def golden():
    """An archive of the first version, and what it can hold since."""
    archive = json.loads(GOLDEN.read_bytes())
    compared = next(attempt for attempt in archive["attempts"] if "compared" in attempt)
    assert compared is archive["attempts"][0]
    return {
        **archive,
        "attempts": [{**compared, "review": dict(REVIEW)}, *archive["attempts"][1:]],
        "saved_searches": [dict(SEARCH)],
    }


def test_a_file_with_reviews_and_saved_searches_is_read(golden):
    content = json.dumps(golden).encode()
    check(read(content))
    review = read(content).attempts[0].review
    assert (review.grade, review.proposed, review.due) == (Grade.GOOD, Grade.HARD, date(2026, 3, 4))
    assert json.loads(written(read(content))) == golden


def refusal(content):
    """What is said to an archive, as JSON or bytes, that is refused."""
    content = content if isinstance(content, bytes) else json.dumps(content).encode()
    with pytest.raises(CoachError) as raised:
        check(read(content))
    assert raised.value.fault is Fault.BAD_INPUT
    return str(raised.value)


@given(ARCHIVES)
@settings(max_examples=200, deadline=None)
def test_what_is_written_is_read_again_to_the_last_digit(archive):
    assert read(written(archive)) == archive


def test_a_file_of_the_first_version_is_read_for_ever():
    archive = read(GOLDEN.read_bytes())
    check(archive)
    assert written(archive) == GOLDEN.read_bytes()
    assert [question.text for question in archive.questions][:2] == ["Why us?", "Tea?"]
    assert archive.attempts[0].text == "answer 0"


def test_a_byte_order_mark_and_another_layout_of_the_same_json_are_fine(golden):
    archive = read(json.dumps(golden).encode())
    assert read(b"\xef\xbb\xbf" + json.dumps(golden, ensure_ascii=True).encode()) == archive


def test_moments_of_another_zone_are_the_same_moments(golden):
    golden["made"] = NOON.astimezone(timezone(timedelta(hours=5))).isoformat()
    assert read(json.dumps(golden).encode()).made == NOON


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_any_bytes_are_refused_in_a_sentence(content):
    assert "no archive" in refusal(content)
    assert not is_archive(content)


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"{}", b'{"format": "x", "version": 1}', b'{"format": "interview-coach"}', b"[" * 100_000],
    ids=["nothing", "a list", "an object", "another's", "no version", "deep"],
)
def test_what_is_no_archive_is_called_so(content):
    assert "no archive" in refusal(content)


def test_an_archive_that_was_cut_off_is_refused():
    assert "not whole" in refusal(GOLDEN.read_bytes()[:-20])


def test_an_archive_of_a_newer_program_is_refused_as_that():
    content = b'{"format": "interview-coach", "version": 2, "who": "knows"}'
    assert is_archive(content)
    with pytest.raises(CoachError) as raised:
        read(content)
    assert raised.value.fault is Fault.NEWER_DATA


CANARY = "zzcanary"


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("attempts", 1, CANARY), 1, "attempt 2 holds something that this version does not know"),
        ((CANARY,), 1, "the file holds something that this version does not know"),
        (("attempts", 0, "text"), 5, "“text” of attempt 1 is not what it must be"),
        (("attempts", 0, "seconds"), -1, "“seconds” of attempt 1"),
        (("attempts", 0, "seconds"), 1e400, "“seconds” of attempt 1"),
        (("attempts", 0, "first_rating", "clarity"), 11, "“clarity” of “first_rating” of attempt 1"),
        (("attempts", 0, "points", 0, "score"), 1.5, "“score” of point 1 of attempt 1"),
        (("attempts", 0, "points", 0, "decided"), CANARY, "“decided” of point 1 of attempt 1"),
        (("attempts", 0, "number"), 0, "“number” of attempt 1"),
        (("attempts", 0, "number"), 10**30, "“number” of attempt 1"),
        (("attempts", 0, "day"), CANARY, "“day” of attempt 1"),
        (("attempts", 0, "blind"), CANARY, "“blind” of attempt 1"),
        (("transcripts", 0, "turns", 2, "clarity"), 0.5, "“clarity” of turn 3 of transcript 1"),
        (("transcripts", 0, "turns", 2), CANARY, "turn 3 of transcript 1 is not what it must be"),
        (("transcripts", 0, "title"), "", "“title” of transcript 1"),
        (("transcripts", 0, "imported"), "2026-03-02T12:00:00", "“imported” of transcript 1"),
        (("transcripts", 0, "imported"), "0001-01-01T00:00:00Z", "“imported” of transcript 1"),
        (("transcripts", 0, "imported"), 5, "“imported” of transcript 1"),
        (("transcripts", 0, "layout", "newline"), None, "“newline” of “layout” of transcript 1"),
        (("sessions", 0, "places"), [], "“places” of session 1"),
        (("questions", 0, "tags", 0), "", "tag 1 of question 1"),
        (("questions", 0, "text"), None, "“text” of question 1"),
        (("questions",), {}, "“questions” of the file"),
        (("version",), "1", "no archive"),
        (("made",), CANARY, "“made” of the file"),
        # what does not agree
        (("attempts", 0, "question"), CANARY, "“question” of attempt 1 is not there"),
        (("attempts", 0, "session"), CANARY, "“session” of attempt 1 is not there"),
        (("attempts", 0, "place"), 9, "“place” of attempt 1 is not there"),
        (("attempts", 0, "trash"), 7, "“trash” of attempt 1 is not there"),
        (("attempts", 0, "reference_attempt"), CANARY, "“reference_attempt” of attempt 1 is not there"),
        (("attempts", 1, "reference_turn"), {"transcript": CANARY, "position": 1}, "“reference_turn” of attempt 2"),
        (("attempts", 0, "review"), None, None),
        (("attempts", 0, "compared"), None, "“review” of attempt 1 is that of an answer that was not compared"),
        (("attempts", 0, "review", "grade"), 5, "“grade” of “review” of attempt 1"),
        (("attempts", 0, "review", "proposed"), "good", "“proposed” of “review” of attempt 1"),
        (("attempts", 0, "review", "reviewed"), "2026-03-02", "“reviewed” of “review” of attempt 1"),
        (("attempts", 0, "review", "due"), "9999-12-31", "“due” of “review” of attempt 1"),
        (("attempts", 0, "review", "stability"), 0, "“stability” of “review” of attempt 1"),
        (("attempts", 0, "review", "stability"), 1e400, "“stability” of “review” of attempt 1"),
        (("attempts", 0, "review", "difficulty"), 10.5, "“difficulty” of “review” of attempt 1"),
        (("attempts", 0, "review", CANARY), 1, "“review” of attempt 1 holds something"),
        (("saved_searches", 0, "name"), "", "“name” of saved search 1"),
        (("saved_searches", 0, "text"), 5, "“text” of saved search 1"),
        (("attempts", 0, "rated"), None, "“state”, “submitted”, “rated” and “compared” of attempt 1 do not agree"),
        (("attempts", 0, "state"), "draft", "of attempt 1 do not agree"),
        (("attempts", 1, "number"), 1, "attempt 2 is there twice: it is the same as attempt 1"),
        (("sessions", 0, "state"), "finished", "“state” and “finished” of session 1 do not agree"),
        (("sessions", 0, "transcript"), CANARY, "“transcript” of session 1 is not there"),
        (("sessions", 0, "places", 1, "question"), CANARY, "“question” of place 2 of session 1 is not there"),
        (("sessions", 0, "places", 1, "turn", "position"), 9, "“turn” of place 2 of session 1 is not there"),
        (("questions", 0, "transcript"), CANARY, "“transcript” of question 1 is not there"),
        (("questions", 0, "merged_into"), "00000005-0000-4000-8000-000000000000", "refers to itself in a circle"),
        (("questions", 1, "merged_into"), CANARY, "“merged_into” of question 2 is not there"),
        (("questions", 1, "trash"), 9, "“trash” of question 2 is not there"),
        (("questions", 0, "pin", "attempt"), CANARY, "“pin” of question 1 is not there"),
        (("transcripts", 0, "superseded_by"), "00000001-0000-4000-8000-000000000000", "in a circle"),
        (("transcripts", 0, "superseded_by"), CANARY, "“superseded_by” of transcript 1 is not there"),
        (("transcripts", 0, "turns", 1, "asks_for"), CANARY, "“asks_for” of turn 2 of transcript 1 is not there"),
        (("transcripts", 0, "turns", 1, "position"), 1, "turn 2 of transcript 1 is there twice"),
    ],
)
def test_what_is_wrong_is_told_by_its_place(golden, path, value, said):
    *way, last = path
    inner = golden
    for step in way:
        inner = inner.setdefault(step, {}) if isinstance(inner, dict) else inner[step]
    inner[last] = value
    if said is None:
        check(read(json.dumps(golden).encode()))
        return
    sentence = refusal(golden)
    assert said in sentence
    assert CANARY not in sentence


@pytest.mark.parametrize("kind", ["transcripts", "questions", "sessions", "attempts", "trash", "saved_searches"])
def test_nothing_is_there_twice(golden, kind):
    golden[kind].append(copy.deepcopy(golden[kind][0]))
    assert "is there twice" in refusal(golden)


def test_a_pin_is_an_answer_to_its_question(golden):
    golden["questions"][1]["pin"] = golden["questions"][0].pop("pin")
    assert "“pin” of question 2 is an answer to another question" in refusal(golden)


def test_only_one_session_is_open(golden):
    golden["sessions"][0]["state"] = "open"
    golden["sessions"].append({**copy.deepcopy(golden["sessions"][0]), "uid": "another"})
    assert "session 2 is open, and so is another" in refusal(golden)


def test_a_place_has_one_draft(golden):
    draft = {
        **{name: golden["attempts"][0][name] for name in ("session", "place", "question", "blind", "day", "started")},
        "state": "draft",
    }
    golden["attempts"] += [{**draft, "uid": f"draft {number}", "number": number} for number in (50, 51)]
    assert "is a second draft at its place" in refusal(golden)


def test_half_a_surrogate_pair_is_no_text(golden):
    content = json.dumps(golden).replace("answer 0", "\\ud800").encode()
    assert "no archive" in refusal(content)


def test_a_hostile_list_ends_at_its_first_fault():
    content = (
        b'{"format": "interview-coach", "version": 1, "made": "2026-01-01T00:00:00Z", "program": "1", "attempts": [%s]}'
    )
    content %= b",".join([b"1"] * 300_000)
    assert "attempt 1 is not" in refusal(content)
    with pytest.raises(ValidationError) as raised:
        Archive.model_validate_json(content)
    assert raised.value.error_count() == 1


def test_a_long_chain_of_merged_questions_is_gone_through_once(golden):
    links = [{"uid": f"q{n}", "stage": "", "text": "x", "added": "2026-01-01T00:00:00Z"} for n in range(20_000)]
    for link, after in itertools.pairwise(links):
        link["merged_into"] = after["uid"]
    golden["questions"] += links
    check(read(json.dumps(golden).encode()))


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_whatever_is_put_anywhere_is_taken_or_refused_without_being_told(data):
    golden = json.loads(GOLDEN.read_bytes())
    inner = golden
    while isinstance(inner, dict | list) and inner:
        step = data.draw(st.sampled_from(sorted(inner) if isinstance(inner, dict) else range(len(inner))))
        if not isinstance(inner[step], dict | list) or not inner[step] or data.draw(st.integers(0, 3)) == 0:
            inner[step] = data.draw(
                st.sampled_from([None, True, -1, 0, 1, 2.5, 10**20, "", CANARY, [], [CANARY], {}, {CANARY: CANARY}])
            )
            break
        inner = inner[step]
    sentence = what_is_said(json.dumps(golden).encode())
    assert CANARY not in sentence


def what_is_said(content):
    """What is said to an archive that is refused; nothing where it is not."""
    try:
        check(read(content))
    except CoachError as error:
        return str(error)
    return ""
