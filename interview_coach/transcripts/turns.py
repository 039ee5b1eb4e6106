"""From what a reader found to turns: placeholders are no answers, guessed stages are marked so, words are judged."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass

from interview_coach.domain.models import Criterion, Problem, Turn
from interview_coach.transcripts.entries import Entry, Found
from interview_coach.transcripts.feedback import judge
from interview_coach.transcripts.stages import guess_stage

#: What stands where an answer should, without its brackets, dots and decoration.
_PLACEHOLDER = "|".join(
    (
        r"(?:(?:your|the|my|write|add|put|insert|type|enter|provide|own|an) ){0,4}answers? "
        r"(?:goes |go |comes? |will be )?(?:here|added|added soon|later|soon|below|needed|missing|pending|wanted)",
        r"(?:the )?(?:rest|answer|solution|full answer|more) (?:is|are) (?:over |right )?here",
        r"to ?do|tbd|tba|tbc|wip|fixme|n/?a|placeholder|lorem ipsum.*|coming(?: soon)?|(?:work )?in progress",
        r"to be (?:added|done|written|continued|answered|filled(?: in)?)",
        r"no (?:answer|response)(?: yet| provided| given| available)?|not (?:yet )?answered|unanswered",
        r"answer|help wanted|contributions? (?:are )?welcome|click here|see (?:here|link|above|below)",
    )
)
#: What a program writes where it was not done, in brackets or with dots: "[Processing...]".
_WORKING = r"(?:still )?(?:processing|loading|transcribing|thinking|generating|recording)"
_DECORATION = re.compile(r"[^\w/]+")
_STILL_AT_IT = re.compile(rf"[ \t]*[\[(<]+ ?{_WORKING}[ .…]*[\])>]+[ \t]*", re.IGNORECASE)
_LONGEST_PLACEHOLDER = 60

#: What is no part of an answer at its ends: spaces, and characters that nobody sees.
_EDGES = " \t\n\u200b\u200c\u200d\u2060\ufeff"
_UNFIT = re.compile("[\0\ud800-\udfff]")

_SCORE = r"[^\d\n]{0,20}?(?P<score>\d{1,2}(?:\.\d)?)(?: ?/ ?10\b| out of (?:10|ten)\b)"
_CRITERIA = {
    Criterion.CLARITY: r"\bclarity\b",
    Criterion.CONFIDENCE: r"\bconfiden(?:ce|t)\b",
    Criterion.TECHNICAL_DEPTH: r"\btechnical (?:depth|knowledge|accuracy)\b",
}
_TOTAL = r"(?<![\d./])(?P<score>\d{1,2}(?:\.\d)?)(?: ?/ ?10\b| out of (?:10|ten)\b)"


@dataclass(frozen=True, slots=True)
class Made:
    """Turns made of entries.

    ``tags`` has the words for each turn's question; ``guessed`` the turns, from 0, whose stage the file does not say.
    """

    turns: tuple[Turn, ...]
    tags: tuple[tuple[str, ...], ...]
    guessed: frozenset[int]
    problems: tuple[Problem, ...]


def make(found: Found) -> Made:
    """Return the turns of what a reader found, with what was odd, in the order of its lines. Never raises."""
    problems = list(found.problems)
    turns: list[Turn] = []
    guessed: set[int] = set()
    tags: list[tuple[str, ...]] = []
    for position, entry in enumerate(found.entries):
        turn = _turn(entry, position, problems)
        if entry.stage is None:
            guessed.add(position)
        turns.append(turn)
        tags.append(_tags(entry))
    problems.sort(key=lambda problem: problem.line)
    return Made(turns=tuple(turns), tags=tuple(tags), guessed=frozenset(guessed), problems=tuple(problems))


def is_placeholder(answer: str) -> bool:
    """Return whether a text only holds the place of an answer: "Answer here", "[Processing...]", "the rest is here"."""
    if len(answer) > _LONGEST_PLACEHOLDER:
        return False
    answer = answer.strip()
    words = _DECORATION.sub(" ", answer).strip().lower()
    if not words or re.fullmatch(_PLACEHOLDER, words):
        return True
    return not answer[-1:].isalnum() and re.fullmatch(_WORKING, words) is not None


def _turn(entry: Entry, position: int, problems: list[Problem]) -> Turn:
    def odd(message: str) -> None:
        problems.append(Problem(line=entry.line, message=message))

    question, answer = _fit(entry.question).strip(), None
    if question != entry.question.strip():
        odd("the question holds characters that are none: shown as �")
    if entry.answer is not None:
        answer = _answer(_fit(entry.answer), odd)
    stage = _stage(entry.stage) or guess_stage(question)
    feedback = None if entry.feedback is None else _feedback(_fit(entry.feedback).strip())
    rating, said = judge(feedback, stage, answer)
    for message in said:
        odd(message)
    return Turn(
        number=_number(entry.number) or str(position + 1),
        stage=stage,
        question=question,
        answer=answer,
        feedback=feedback,
        rating=rating,
        asks=bool(question),
    )


def _answer(text: str, odd: Callable[[str], None]) -> str | None:
    if is_placeholder(text.strip()):
        if text.strip():
            odd("a placeholder stands where the answer should: taken as not answered")
        return None
    if "[" in text or "(" in text or "<" in text:
        lines = text.split("\n")
        kept = [line for line in lines if not _STILL_AT_IT.fullmatch(line)]
        if len(kept) < len(lines):
            odd("a line of the answer only says that it was still being written down: left out")
            text = "\n".join(kept)
    return text.strip(_EDGES) or None


def _fit(text: str) -> str:
    r"""Return the text as a database and a file can hold it: without NUL and halves of pairs, lines ended by \n."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if text.isascii() and "\0" not in text else _UNFIT.sub("\ufffd", text)


def _stage(stage: str | None) -> str | None:
    """Return a stage as the turn format can hold it: on one line, without square brackets."""
    if stage is None:
        return None
    return " ".join(_fit(stage).replace("[", "(").replace("]", ")").split()) or None


def _number(number: str | None) -> str | None:
    return number if number is not None and re.fullmatch(r"[0-9]{1,9}", number) else None


def _tags(entry: Entry) -> tuple[str, ...]:
    words = (" ".join(_fit(tag).split())[:60] for tag in entry.tags)
    return tuple(dict.fromkeys(word for word in words if word))


def _feedback(text: str) -> str:
    """Return a judge's words as the turn format holds them: an object. Scores out of ten are taken out of prose."""
    if text.startswith("{") or text == "null":
        return text
    scores: dict[str, object] = {}
    for criterion, name in _CRITERIA.items():
        found = re.search(name + _SCORE, text, re.IGNORECASE)
        if found:
            scores[criterion.value] = _score(found["score"])
    if scores:
        return json.dumps({**scores, "summary": text}, ensure_ascii=False)
    total = re.findall(_TOTAL, text, re.IGNORECASE)
    if len(total) == 1:
        return json.dumps({"total_score": _score(total[0]), "feedback": text}, ensure_ascii=False)
    return json.dumps({"feedback": text}, ensure_ascii=False)


def _score(digits: str) -> float | int:
    return float(digits) if "." in digits else int(digits)
