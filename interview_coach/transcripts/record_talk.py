"""Conversations in records: who said what, one record per utterance; they become questions and answers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from interview_coach.domain.models import Problem
from interview_coach.transcripts import conversation
from interview_coach.transcripts import record_keys as keys
from interview_coach.transcripts.entries import Entry, Found, NoTurns
from interview_coach.transcripts.json_text import Listed, Obj, Value, rendered
from interview_coach.transcripts.record_keys import Means
from interview_coach.transcripts.record_text import asks, cleaned
from interview_coach.transcripts.record_values import as_text
from interview_coach.transcripts.speakers import Role, Side, key_of, role_of

#: Roles of chat models, which say who speaks but not who asks; and those that nobody hears.
_CHAT = frozenset(("user", "assistant", "ai", "human", "bot", "gpt", "model", "chatgpt", "agent", "chatbot", "llm"))
_PEOPLE = frozenset(("user", "human"))
_UNHEARD = frozenset(["system", "developer", "tool", "function"])
_UTTERANCES_WORDS = """
text content dialogue dialog utterance message value body transcript line speech statement said says words
sentence utterancetext messagetext transcription response parts question answer data
"""
_UTTERANCES = tuple(_UTTERANCES_WORDS.split())
_SPEAKERS_WORDS = """
speaker speakername speakerlabel speakerid speakerrole from author sender participant who role type name user
sendertype party actor person
"""
_SPEAKERS = tuple(_SPEAKERS_WORDS.split())
#: Names of keys under which anything may stand: they hold a speaker only where the value is a role in a conversation.
_DOUBTFUL = frozenset(["role", "type", "name", "user", "person"])
_TIMES = frozenset(("start", "end", "starttime", "endtime", "begin", "offset", "startsec", "endsec"))
_TELLING = frozenset((*_UTTERANCES, *_SPEAKERS, *_TIMES))

#: Of so many utterances of a list all but one in so many must have a speaker and a text.
_FEW = 5


@dataclass(frozen=True, slots=True)
class Utterance:
    """What one speaker said. ``timed`` says that it is a piece of speech, which may go on in the next one."""

    speaker: str
    text: str
    line: int
    timed: bool = False
    stage: str | None = None
    feedback: str | None = None


def speaker_and_text(names: Sequence[str], values: Sequence[Sequence[Value]]) -> tuple[str, str] | None:
    """Return the names under which records have a speaker and what was said, None where they are no conversation.

    ``values`` are the values of each name.
    """
    plain = {keys.plain_name(name): place for place, name in reversed(list(enumerate(names)))}
    if "question" in plain and "answer" in plain:
        return None
    speaker = next(
        (name for name in _SPEAKERS if name in plain and _are_speakers(name, values[plain[name]])), None
    )  # fmt: skip
    if speaker is None:
        return None
    text = next((name for name in _UTTERANCES if name in plain and name != speaker), None)
    return (names[plain[speaker]], names[plain[text]]) if text else None


def _are_speakers(name: str, values: Sequence[Value]) -> bool:
    given = [as_text(value).strip() for value in values]
    given = [text for text in given if text]
    if not given or len(given) * _FEW < len(values) * (_FEW - 1):
        return False
    different = {text.casefold() for text in given}
    if name in _DOUBTFUL:
        return all(text in _CHAT | _UNHEARD or role_of(text) is not None for text in different)
    if len(different) * 2 > len(given) + 3:
        return False
    return all(len(text) <= 60 for text in different)


def utterances(talk: Sequence[tuple[int, Obj]]) -> list[Utterance] | None:
    """Return what was said in a list of records, each with its line; None where it is no conversation."""
    if len(talk) < 2:
        return None
    telling: dict[str, str] = {}
    for _, record in talk[:50]:
        for name in record:
            if (plain := keys.plain_name(name)) in _TELLING:
                telling.setdefault(plain, name)
    names = list(telling.values())
    found = speaker_and_text(names, [[record.get(name) for _, record in talk] for name in names])
    if found is None:
        return None
    speaker, text = found
    timed = any(keys.plain_name(name) in _TIMES for name in names)
    said: list[Utterance] = []
    for line, record in talk:
        stage = next((as_text(record[name]) for name in record if keys.meaning(name) is Means.STAGE), "")
        judged = next((record[name] for name in record if keys.meaning(name) is Means.FEEDBACK), None)
        said.append(
            Utterance(
                speaker=cleaned(as_text(record.get(speaker))),
                text=cleaned(_spoken(record.get(text))),
                line=line,
                timed=timed,
                stage=cleaned(stage) or None,
                feedback=(rendered(judged) if isinstance(judged, Obj) else cleaned(as_text(judged))) or None,
            )
        )
    return said


def _spoken(value: Value) -> str:
    """Return the text of an utterance, whose parts may stand in a list as chat models have them."""
    if isinstance(value, Listed):
        return "\n\n".join(text for each in value if (text := _spoken(each)))
    if isinstance(value, Obj):
        return next((_spoken(value[name]) for name in value if keys.plain_name(name) in _UTTERANCES), "")
    return as_text(value)


def is_talk(texts: Sequence[str]) -> bool:
    """Return whether bare strings are utterances with their speakers: "Interviewer: …", "Candidate: …"."""
    roles = [role_of(text.split(":", 1)[0]) if ":" in text[:40] else None for text in texts]
    return len(texts) > 1 and all(role is not None and role.strong and not role.formal for role in roles)


def of_strings(texts: Sequence[tuple[int, str]]) -> list[Utterance]:
    """Return the utterances of strings that begin with their speakers."""
    return [
        Utterance(speaker=text.split(":", 1)[0].strip(), text=cleaned(text.split(":", 1)[1]), line=line)
        for line, text in texts
    ]


def found(talks: Sequence[Sequence[Utterance]], interviewer: str | None = None) -> Found:
    """Return the questions and answers of conversations, none of which goes on in the next.

    Who asks is decided once for all of them. Raises NoTurns where nobody asks.
    """
    problems: list[Problem] = []
    heard: list[list[Utterance]] = []
    for talk in talks:
        heard.append([each for each in talk if each.text and each.speaker.casefold() not in _UNHEARD])
        unheard = next((each for each in talk if each.text and each.speaker.casefold() in _UNHEARD), None)
        if unheard is not None and not problems:
            message = f"what '{unheard.speaker}' says is part of no question: left out"
            problems.append(Problem(line=unheard.line, message=message))
    speakers = tuple(dict.fromkeys(each.speaker for talk in heard for each in talk))
    if not speakers:
        raise NoTurns("nobody says anything in it")
    asking, sure = _who_asks(heard, talks, speakers, interviewer)
    entries: list[Entry] = []
    reason: NoTurns | None = None
    for talk in heard:
        try:
            asks_here = next((each.speaker for each in talk if each.speaker in asking), None)
            told = list(_on_their_sides(talk, asking, several=len(heard) > 1))
            one = conversation.told(told, interviewer=asks_here)
        except NoTurns as error:
            reason = reason or error
            if talk:
                problems.append(Problem(line=talk[0].line, message="nobody asks anything in this talk: left out"))
        else:
            entries.extend(one.entries)
            problems.extend(one.problems)
    if not entries:
        raise reason or NoTurns("nobody asks anything in it")
    return Found(
        entries=tuple(entries),
        problems=tuple(sorted(problems, key=lambda problem: problem.line)),
        speakers=() if sure else speakers,
        interviewer=None if sure else next((speaker for speaker in speakers if speaker in asking), None),
    )


def _on_their_sides(
    talk: Sequence[Utterance], asking: frozenset[str], *, several: bool
) -> Iterator[conversation.Utterance]:
    """Return what was said with who asks as decided; pieces of speech that follow one another are one.

    In a file of several talks, as chat models are trained with, all that is asked is a question and no small talk.
    """
    joined: list[Utterance] = []
    pieces: list[list[str]] = []
    for each in talk:
        if joined and each.timed and joined[-1].speaker == each.speaker:
            pieces[-1].append(each.text)
            continue
        joined.append(each)
        pieces.append([each.text])
    for place, each in enumerate(joined):
        side = Side.ASKS if each.speaker in asking else Side.ANSWERS
        yield conversation.Utterance(
            key=key_of(each.speaker),
            name=each.speaker,
            role=Role(side, strong=True, formal=several),
            text=" ".join(pieces[place]),
            line=each.line,
            stage=each.stage,
        )
        if each.feedback is not None:
            judge = Role(Side.JUDGES, strong=True)
            yield conversation.Utterance("feedback", "Feedback", judge, each.feedback, each.line)


def _role(speaker: str) -> Role | None:
    name, _, note = speaker.partition("(")
    return role_of(name.replace("_", " ").strip(), note.rstrip(") "))


def _who_asks(
    heard: Sequence[Sequence[Utterance]],
    talks: Sequence[Sequence[Utterance]],
    speakers: tuple[str, ...],
    interviewer: str | None,
) -> tuple[frozenset[str], bool]:
    """Return the speakers who ask, and whether the file itself says who they are."""
    if interviewer is not None:
        named = frozenset(speaker for speaker in speakers if key_of(speaker) == key_of(interviewer))
        if named:
            return named, False
    letters = {speaker.casefold() for speaker in speakers if len(speaker) == 1}
    unknown = letters if "b" in letters else ()  # A and B are people, Q and A are what they do
    roles = {speaker: None if speaker.casefold() in unknown else _role(speaker) for speaker in speakers}
    strong = {speaker: role.side for speaker, role in roles.items() if role and role.strong}
    asking = frozenset(speaker for speaker, side in strong.items() if side is Side.ASKS)
    answering = frozenset(speaker for speaker, side in strong.items() if side is Side.ANSWERS)
    if asking:
        return asking, True
    if answering and len(answering) < len(speakers):
        return frozenset(speakers) - answering, True
    chat = all(speaker.casefold() in _CHAT for speaker in speakers)
    if chat and _is_interview(talks):
        return frozenset(speaker for speaker in speakers if speaker.casefold() not in _PEOPLE), False
    asked = dict.fromkeys(speakers, 0)
    spoken = dict.fromkeys(speakers, 0)
    for talk in heard:
        for each in talk:
            asked[each.speaker] += asks(each.text[-300:]) or asks(each.text[:300])
            spoken[each.speaker] += 1
    share = {speaker: round(asked[speaker] / spoken[speaker], 1) for speaker in speakers}
    if chat:  # where both ask alike, people ask and models answer
        return frozenset((max(speakers, key=lambda speaker: (share[speaker], speaker.casefold() in _PEOPLE)),)), False
    return frozenset((max(speakers, key=lambda speaker: share[speaker]),)), False


def _is_interview(talks: Sequence[Sequence[Utterance]]) -> bool:
    """Return whether a model is told to be an interviewer."""
    return any(
        "interview" in each.text[:2000].casefold()
        for talk in talks[:20] for each in talk if each.speaker.casefold() in _UNHEARD
    )  # fmt: skip
