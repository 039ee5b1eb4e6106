"""Captions of a recorded interview: WebVTT and SRT. Cues become utterances, utterances questions and answers."""

import html
import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from interview_coach.domain.models import Problem
from interview_coach.transcripts.conversation import Utterance, asks, quoted, told
from interview_coach.transcripts.entries import Entry, Found, Likeness, NoTurns
from interview_coach.transcripts.source import Source
from interview_coach.transcripts.speakers import Label, key_of, label_of, role_of, speaking
from interview_coach.transcripts.spoken_text import without_decoration


class _Cue(NamedTuple):
    """What is shown at one time: where it stands in the file, when it begins and ends (in seconds), and its lines."""

    line: int
    start: float
    end: float
    lines: tuple[str, ...]


class _Piece(NamedTuple):
    """A stretch of a cue that one speaker says; ``changes`` says that somebody else begins, without saying who."""

    line: int
    label: Label | None
    changes: bool
    text: str


_TIME = r"(?:(?P<{0}h>\d{{1,4}}):)?(?P<{0}m>\d{{1,2}}):(?P<{0}s>\d{{1,2}})(?:[.,](?P<{0}f>\d{{1,3}}))?"
_TIMING = rf"[ \t]*{_TIME.format('a')}[ \t]*-{{1,2}}>[ \t]*{_TIME.format('b')}(?=[ \t]|\Z).*"
_BLOCK = r"(?:NOTE|STYLE|REGION)(?=[ \t]|\Z)"
_VOICE = r"<v(?:\.[^\s<>]{0,60})?[ \t]+([^<>\n]{1,80})>"
_TAG = r"</?(?:[a-zA-Z](?:[^<>\n]{0,200})?|\d[\d:.,]{0,20})>|\{\\[^{}\n]{0,60}\}"
_SOUND = r"\W*(?:[\[(（【*♪][^\]\n]{0,80}[\])）】*♪])?[\W♪]*"
_CHANGE = r"[ \t]*(?:>>+|&gt;&gt;|[-–—](?=[ \t]*\S)|»)[ \t]*"
_CAPITAL_QUESTION = (
    r"(?:What|How|Why|When|Where|Which|Who|Can|Could|Would|Do|Did|Does|Are|Is|Have|Tell|Describe|Explain)"
    r"(?:'s|’s|'re|’re)?[ ]"
)
#: A file that repeats lines does so in so many of its cues.
_ROLLING = 0.3
_LONGEST_REPEAT = 60
_REPEATED = 2
#: So many words of one cue are not said again by chance.
_NO_CHANCE = 4
_REACTIONS = """
great thanks thank okay ok alright right good nice perfect excellent interesting cool awesome wonderful sure fantastic
gotcha understood let lets let's moving next now so and well yes yeah hello hi welcome first finally lovely brilliant
fine
"""
#: What leads over to a question is a short sentence, and there are few.
_LONGEST_LEAD = 14
_MOST_LEADS = 4


def likeness(source: Source) -> Likeness | None:
    """Return how much a file looks like captions."""
    sample = source.sample
    cues = 0
    for found in re.finditer("->", sample):
        start = sample.rfind("\n", 0, found.start()) + 1
        end = sample.find("\n", found.end())
        if found.start() - start > 40:
            continue
        if re.fullmatch(_TIMING, sample[start : end if end >= 0 else len(sample)][:200]):
            cues += 1
            if cues > 1:
                break
    if re.match(r"\s*WEBVTT(?=[ \t\n]|\Z)", sample):
        return Likeness(0.97 if cues else 0.6, "it begins with “WEBVTT”")
    if cues == 0:
        return None
    return Likeness(0.95 if cues > 1 else 0.6, "it has times with an arrow between them, as captions do")


def read(source: Source, *, interviewer: str | None = None) -> Found:
    """Read captions. ``interviewer`` is the speaker whom the person names. Raises NoTurns, UnreadableText."""
    problems: list[Problem] = list(source.text_problems)
    cues = _without_repeats(_cues(source.text, problems))
    if not cues:
        raise NoTurns("there is no caption: no time with an arrow, such as “00:01.000 --> 00:04.000”, and text below")
    pieces = [piece for cue in cues for piece in _pieces(cue)]
    labels = [piece.label for piece in pieces if piece.label is not None]
    accepted = speaking(labels) | {label.key for label in labels if label.timed}
    pieces = [_judged(piece, accepted) for piece in pieces]
    if any(piece.label is not None for piece in pieces):
        return told(_utterances(pieces), interviewer=interviewer, problems=problems)
    if sum(piece.changes for piece in pieces) > 1:
        return _by_changes(pieces, problems)
    return _by_questions(pieces, problems)


def _cues(text: str, problems: list[Problem]) -> list[_Cue]:
    """Return the cues in the order of the file, without those that show nothing."""
    cues: list[_Cue] = []
    timing: re.Match[str] | None = None
    shown: list[str] = []
    begun = 0
    skipping = False
    before_any: list[tuple[int, str]] = []
    lines = text.split("\n")

    def close() -> None:
        if timing is not None and any(line.strip() for line in shown):
            cues.append(_Cue(begun, _seconds(timing, "a"), _seconds(timing, "b"), tuple(filter(str.strip, shown))))

    for place, line in enumerate(lines, 1):
        found = re.fullmatch(_TIMING, line) if "->" in line else None
        if found is not None:
            if shown and _is_id(lines, place):
                shown.pop()
            close()
            timing, shown, begun, skipping = found, [], place, False
        elif not line.strip():
            skipping = False
        elif re.match(_BLOCK, line) and (place == 1 or not lines[place - 2].strip()):
            skipping = True
        elif skipping:
            continue
        elif timing is not None:
            shown.append(line)
        elif not re.match(r"WEBVTT|Kind:|Language:|X-TIMESTAMP", line) and not line.strip().isdecimal():
            before_any.append((place, line))
    close()
    if len(before_any) > 1:
        what = quoted(before_any[0][1])
        problems.append(Problem(line=before_any[0][0], message=f"text before the first caption: left out (“{what}”)"))
    return cues


def _is_id(lines: Sequence[str], place: int) -> bool:
    """Return whether the line above a timing (``place`` counts from 1) is the cue's name: it follows a blank line."""
    above = place - 2
    if above < 0 or not lines[above].strip():
        return False
    return lines[above].strip().isdecimal() or above == 0 or not lines[above - 1].strip()


def _seconds(timing: re.Match[str], which: str) -> float:
    hours, minutes, seconds, parts = (timing[f"{which}{unit}"] or "0" for unit in "hmsf")
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds) + int(parts.ljust(3, "0")) / 1000


def _without_repeats(cues: list[_Cue]) -> list[_Cue]:
    """Return the cues, their lines without tags and without the words that roll on from the cue before.

    Automatic captions show the last line again while the next one grows.
    """
    if not cues:
        return []
    cues = [cue._replace(lines=tuple(" ".join(line.split()) for line in _untagged(cue.lines))) for cue in cues]
    bare = [tuple(re.sub("\0[^\1]*\1", "", line).strip() for line in cue.lines) for cue in cues]
    spoken = [" ".join(lines).split() for lines in bare]
    overlaps = [0, *(_overlap(one, other) for one, other in pairwise(spoken))]
    rolls = sum(
        overlap >= min(_REPEATED, len(words)) and overlap > 0 for overlap, words in zip(overlaps, spoken, strict=True)
    )
    rolling = rolls >= len(cues) * _ROLLING and rolls > 1
    kept: list[_Cue] = []
    for place, (cue, words, overlap) in enumerate(zip(cues, spoken, overlaps, strict=True)):
        whole = overlap == len(words) and len(words) >= _NO_CHANCE and words == spoken[place - 1]
        dropped = overlap if whole or (rolling and overlap >= min(_REPEATED, len(words))) else 0
        if dropped == 0:
            kept.append(cue)
        elif dropped < len(words):
            voice = re.match("\0[^\1]*\1", cue.lines[0])
            first, *others = _from_word(bare[place], dropped)
            kept.append(cue._replace(lines=((voice[0] if voice else "") + first, *others)))
    return kept


def _from_word(lines: Sequence[str], count: int) -> tuple[str, ...]:
    """Return lines without their first words, of which there are more."""
    kept: list[str] = []
    for line in lines:
        words = line.split()
        if count >= len(words):
            count -= len(words)
        else:
            kept.append(" ".join(words[count:]))
            count = 0
    return tuple(kept)


def _overlap(before: Sequence[str], after: Sequence[str]) -> int:
    """Return with how many of its first words a cue repeats the last ones of the cue before."""
    for count in range(min(len(before), len(after), _LONGEST_REPEAT), 0, -1):
        if before[-1] == after[count - 1] and before[-count:] == after[:count]:
            return count
    return 0


def _untagged(lines: Sequence[str]) -> list[str]:
    """Return lines without tags but those that name who speaks."""
    plain = []
    for line in lines:
        voices = re.sub(_VOICE, lambda found: f"\0{found[1].strip()}\1", line)
        plain.append(html.unescape(re.sub(_TAG, "", voices)) if any(sign in voices for sign in "<&{") else voices)
    return plain


def _pieces(cue: _Cue) -> Iterator[_Piece]:
    """Cut a cue where a mark says that somebody begins to speak."""
    for line in cue.lines:
        for part in re.split(r"(?=\0)", line):
            if part.startswith("\0") and "\1" in part:
                name, text = part[1:].split("\1", 1)
                yield _Piece(cue.line, _voice(name), False, text)  # noqa: FBT003 (a value)
                continue
            text = part.replace("\0", "").replace("\1", "")
            change = re.match(_CHANGE, text)
            bare = text[change.end() :] if change else text
            label = label_of(bare)
            if label is not None and label.timed:
                label = label._replace(timed=False)
            if re.fullmatch(_SOUND, bare) and label is None:
                if change:
                    yield _Piece(cue.line, None, True, "")  # noqa: FBT003 (a value)
                continue
            yield _Piece(cue.line, label, change is not None, bare)


def _voice(name: str) -> Label:
    """Return the label of a voice tag; a time beside it marks it as sure."""
    plain = re.sub(r"\s+", " ", html.unescape(name)).strip()
    found = re.fullmatch(r"([^()]+?)\s*\(([^()]*)\)", plain)
    role = role_of(found[1], found[2]) if found else role_of(plain)
    return Label(key_of(plain), plain, role, "", timed=True)


def _judged(piece: _Piece, accepted: frozenset[str]) -> _Piece:
    """Return a piece with its text behind the label, if that is a speaker's, else with its label as text."""
    if piece.label is None:
        return piece
    if piece.label.key not in accepted:
        return piece._replace(label=None)
    return piece if piece.label.timed else piece._replace(text=piece.label.rest)


def _utterances(pieces: Sequence[_Piece]) -> list[Utterance]:
    """Join what one speaker says over many cues."""
    utterances: list[Utterance] = []
    said: list[str] = []
    label: Label | None = None
    line = 0

    def close() -> None:
        text = _joined(said)
        if text and label is not None:
            utterances.append(Utterance(label.key, label.name, label.role, text, line))
        elif text:
            utterances.append(Utterance("", "unnamed", None, text, line))

    for piece in pieces:
        if piece.label is not None and (label is None or piece.label.key != label.key):
            close()
            label, said, line = piece.label, [], piece.line
        line = line or piece.line
        said.append(piece.text)
    close()
    return utterances


def _joined(said: Sequence[str]) -> str:
    return without_decoration(" ".join(" ".join(said).split()))


_NOBODY_NAMED = "the file names no speakers: "


def _by_changes(pieces: Sequence[_Piece], problems: list[Problem]) -> Found:
    """Return questions and answers where marks say only that somebody else begins."""
    said: list[tuple[int, list[str]]] = []
    for piece in pieces:
        if piece.changes or not said:
            said.append((piece.line, []))
        said[-1][1].append(piece.text)
    told_by = [(line, text) for line, parts in said if (text := _joined(parts))]
    how = "where a mark says that another begins, what asks something is taken for the interviewer's"
    problems = [*problems, Problem(line=0, message=_NOBODY_NAMED + how)]
    utterances = [Utterance("asks" if asks(text) else "answers", "", None, text, line) for line, text in told_by]
    return _unnamed(utterances, problems)


def _by_questions(pieces: Sequence[_Piece], problems: list[Problem]) -> Found:
    """Return questions and answers where nothing says who speaks: sentences that end in a question mark ask."""
    sentences: list[tuple[int, str]] = []
    begun = 0
    parts: list[str] = []
    for piece in pieces:
        for part in re.split(r"(?<=[.!?…。！？؟])[\"'”’)]*(?:\s+|(?<=[。！？]))", piece.text.strip()):
            if parts and re.match(_CAPITAL_QUESTION, part):  # what was said before had no full stop
                sentences.append((begun, _joined(parts)))
                begun, parts = 0, []
            begun = begun or piece.line
            parts.append(part)
            if re.search(r"[.!?…。！？؟][\"'”’)]*$", part):
                sentences.append((begun, _joined(parts)))
                begun, parts = 0, []
    if _joined(parts):
        sentences.append((begun, _joined(parts)))
    asking = [_asks_alone(text) for _, text in sentences]
    for place in range(len(sentences) - 1, -1, -1):  # what leads over to a question belongs to it
        if asking[place] and not (
            place + 1 < len(asking) and asking[place + 1] and not _ends_asking(sentences[place][1])
        ):
            for lead in range(place - 1, max(place - 1 - _MOST_LEADS, -1), -1):
                if asking[lead] or not _leads_over(sentences[lead][1]):
                    break
                asking[lead] = True
    utterances = [
        Utterance("asks" if asked else "answers", "", None, text, line)
        for (line, text), asked in zip(sentences, asking, strict=True)
    ]
    how = "sentences that end in a question mark are taken for the interviewer's"
    return _unnamed(utterances, [*problems, Problem(line=0, message=_NOBODY_NAMED + how)])


def _ends_asking(text: str) -> bool:
    return text.rstrip("\"'”’) ").endswith(("?", "？", "؟"))


def _asks_alone(text: str) -> bool:
    first = text[:200].lower()
    return _ends_asking(text) or (re.match(_REQUEST, first) is not None)


_REQUEST = (
    r"(?:(?:so|now|okay|ok|great|then|and|please|well|alright|first|next),? ){0,3}"
    r"(?:tell me|tell us|walk me|walk us|talk me|explain|describe|give me an|introduce yourself|share)\b"
)


@cache
def _reactions() -> frozenset[str]:
    return frozenset(_REACTIONS.split())


def _leads_over(text: str) -> bool:
    words = re.findall(r"[\w']+", text.lower().replace("’", "'"))
    if not 0 < len(words) <= _LONGEST_LEAD or words[0] not in _reactions():
        return False
    # "So I started to keep a list." is told by the one who answers.
    return words[0] not in ("so", "and", "well", "then", "now", "first", "finally") or words[1:2] not in (["i"], ["we"])


def _unnamed(utterances: Sequence[Utterance], problems: list[Problem]) -> Found:
    """Return questions and answers of utterances of which only the key says whether they ask."""
    turns: list[tuple[int, list[str], list[str]]] = []
    before: list[Utterance] = []
    for utterance in utterances:
        if utterance.key == "asks":
            if not turns or turns[-1][2]:
                turns.append((utterance.line, [], []))
            turns[-1][1].append(utterance.text)
        elif turns:
            turns[-1][2].append(utterance.text)
        else:
            before.append(utterance)
    if not turns:
        raise NoTurns("the captions name no speakers, and no sentence in them ends in a question mark")
    if before:
        what = quoted(" ".join(utterance.text for utterance in before))
        problems.append(Problem(line=before[0].line, message=f"said before the first question: left out (“{what}”)"))
    entries = tuple(
        Entry(question=" ".join(asked), answer=" ".join(answered) or None, line=line) for line, asked, answered in turns
    )
    return Found(entries, tuple(sorted(problems, key=lambda problem: problem.line)))
