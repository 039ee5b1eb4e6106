"""From who said what to questions and answers.

A turn is what the interviewer says and the answer that follows. Nothing that was said goes lost: what became part of no
question is a problem of the result.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import NamedTuple

from interview_coach.domain.models import Problem
from interview_coach.transcripts.asking_words import requests_elsewhere
from interview_coach.transcripts.entries import Entry, Found, NoTurns
from interview_coach.transcripts.speakers import Role, Side, key_of
from interview_coach.transcripts.spoken_text import without_decoration, without_number


class Utterance(NamedTuple):
    """What one speaker says in one go. ``key`` is equal for one speaker, ``name`` is how the file writes it.

    ``stage`` and ``tags`` are those of the section that it stands in.
    """

    key: str
    name: str
    role: Role | None
    text: str
    line: int
    number: str | None = None
    stage: str | None = None
    tags: tuple[str, ...] = ()


@dataclass(slots=True)
class _Draft:
    """A question in the making."""

    first: Utterance
    asked: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    feedback: list[str] = field(default_factory=list)
    last_answer: str = ""
    clarified: bool = False
    asking: bool = False

    def ask(self, text: str) -> None:
        """Add to what is asked."""
        self.asked.append(text)
        self.asking = self.asking or asks(text)

    @property
    def formal(self) -> bool:
        return self.first.role is not None and self.first.role.formal

    @property
    def question(self) -> str:
        return "\n\n".join(self.asked)

    @property
    def answer(self) -> str:
        return "\n\n".join(self.answers)


# What asks although it has no question mark: from the beginning of a sentence on.
_REQUEST = (
    r"(?:^|[.!:;,]\s+|\n)[\"“(]*(?:(?:please|now|so|then|next|and|ok|okay|first|great|also|let's say|could you|"
    r"can you|would you|i(?:'d| would) (?:like|love) (?:you )?to|start by|begin by|go ahead and|let's start with|"
    r"let's begin|to start|for example|finally|lastly|briefly)[,:]?\s+){0,3}"
    r"(?:tell (?:me|us)|explain|describe|walk (?:me|us)|talk (?:me|us|about|through)|give (?:me|us|an?|some)|share|"
    r"name (?:an?|some|the|two|three|a few)|list|discuss|compare|contrast|define|differentiate|implement|"
    r"write (?:an?|the|code|some|me)|design|introduce yourself|imagine|suppose|consider|elaborate|"
    r"summari[sz]e|outline|rate|show (?:me|us|an?|the|how)|draw|sketch|refactor|optimi[sz]e|demonstrate|enumerate|"
    r"clarify|expand on|prioriti[sz]e|analy[sz]e|debug|prove|evaluate|assess|convert|check (?:if|whether)|create an?|"
    r"build an?|differences? between|pros and cons|"
    r"hear about|hear more|know (?:about|more|how|what|why)|understand (?:how|what|why)|take (?:me|us) through|"
    r"help me understand|convince (?:me|us)|sell (?:me|us)|estimate|calculate|solve|find the|given an?|reverse|"
    r"think of|identify|illustrate|state the|mention|justify|distinguish|pitch|recall|provide)\b"
)
_ASKING_SIGN = (
    r"[?？؟⁇¿]|;(?=\s*$)(?<=[\u0370-\u03ff];)|(?:吗|呢|ですか|ますか|か|까요|습니까|나요)[。.]?\s*$|请|請|ください"
)
_UNPUNCTUATED = (
    r"\W*(?:(?:so|and|okay|ok|now|well|then|um|uh|right|alright) ){0,3}"
    r"(?:(?:what|why|how|where|when|which|who)(?:'s|'re|'d)?(?: (?!(?:i|we|you|he|she|it|they|that)\b)\w+)? "
    r"(?:is|are|was|were|do|does|did|would|will|can|could|should|have|has|made)\b"
    r"(?! (?:that|why|what|how|it|because)\b)"
    r"|(?:can|could|would|will|do|did|have|are|were) you\b|what about\b|how about\b|(?:is|are) there\b)"
)
_OUT_OF = r"\d{1,3}(?:\.\d+)?[ ]?(?:/|out of|von|sur|de)[ ]?(?:10|5|100|ten)\b"
_VERDICT = (
    r"\W*(?:(?:i|we)(?:'d|’d| would|'ll|’ll| will)?(?: \w+)? (?:give|rate|score|grade)(?! (?:myself|my\b|me\b))"
    rf"[^\n]{{0,80}}?{_OUT_OF}"
    rf"|(?:[A-Za-z][A-Za-z /'-]{{1,30}}[:=–-][ \t]*[*_]*)?{_OUT_OF}\W*$"
    rf"|(?![^\n]{{0,90}}\b(?:i|we|my|our|me|us)\b)[^\n]{{0,90}}[.!,–—(-][ ]*\(?{_OUT_OF}\W*$"
    rf"|(?=[^\n]{{0,200}}\b(?:answer|response|candidate|explanation)\b)[^\n]{{0,200}}?{_OUT_OF})"
)
# Words with which greetings, thanks and reactions begin.
_GREETINGS = """
hello hi hey thanks thank welcome morning afternoon evening bye goodbye pleasure nice glad great good okay ok perfect
excellent wonderful alright right sounds interesting see understood sure yes yeah cool fine well we let next moving my
hola buenos buenas gracias bienvenido bienvenida adiós perfecto vale muy
bonjour bonsoir merci bienvenue parfait enchanté revoir très
hallo guten danke willkommen schön vielen tschüss wiedersehen freut gut
olá bom boa obrigado obrigada tchau prazer muito
ciao buongiorno buonasera grazie benvenuto arrivederci piacere
здравствуйте привет добрый доброе спасибо хорошо отлично понятно до ясно рад рада
merhaba teşekkürler günaydın witam dzień dziękuję dag bedankt welkom
नमस्ते नमस्कार धन्यवाद ठीक مرحبا مرحباً شكرا شكراً أهلا أهلاً السلام
"""
_GREETING_WITHOUT_SPACES = r"\W*(?:你好|您好|谢谢|再见|欢迎|好的|好，|こんにちは|ありがとう|本日は|はい|안녕|감사|반갑)"
# Words that only show that one listens.
_NODS = """
m mm mmm hm hmm mhm mmhm mmhmm uh huh uhuh aha ah oh right okay ok yes yeah yep sure i see interesting great nice good
cool wow alright exactly got it makes sense true fine absolutely of course go on please continue
"""
_COMMONEST = """
the a an of to and in is are was your you what how why do did tell about with for it that
"""
#: A greeting stands among so many words at the beginning.
_AT_FIRST = 3
#: An answer of fewer characters only greets back; in English one of so many words is more than a reaction.
_BRIEF = 8
_SOME_WORDS = 5
#: An answer to small talk has at most so many words.
_FEW_WORDS = 20
#: How much is quoted in a problem.
_QUOTED = 60
#: Unanswered questions of one speaker in a row are one question only in a file in which the others answer.
_FEW_ANSWERS = 0.3


def asks(text: str) -> bool:
    """Return whether a text asks something: it has a question mark, or requests as interviewers do."""
    if re.search(_ASKING_SIGN, text[-_SAMPLE:]) or re.search(_ASKING_SIGN, text[:_SAMPLE]):
        return True
    beginning = text[:_SAMPLE].replace("’", "'")
    if re.search(_REQUEST, beginning, re.IGNORECASE) or requests_elsewhere(beginning):
        return True
    # Automatic captions have no punctuation at all.
    return re.search(r"[.!,;:]", beginning) is None and re.match(_UNPUNCTUATED, beginning, re.IGNORECASE) is not None


#: How much of an utterance is looked at to judge whether it asks.
_SAMPLE = 5_000


def judges(line: str) -> bool:
    """Return whether a line is somebody's verdict on an answer: "I'd give 7 out of 10", "Clarity: 8/10"."""
    if not any(char.isdecimal() for char in line[:300]):
        return False
    return re.match(_VERDICT, line[:300], re.IGNORECASE) is not None


def told(
    utterances: Sequence[Utterance], *, interviewer: str | None, problems: Iterable[Problem] = (), merges: bool = True
) -> Found:
    """Return the questions and answers of a conversation.

    ``interviewer`` is whom the person named. With ``merges`` unanswered utterances of one who asks become one question.
    Raises NoTurns where nobody asks anything.
    """
    sides, weak = _sides(utterances, interviewer)
    stray: list[tuple[int, str, str]] = []
    drafts = _drafts(utterances, sides, stray, merges=merges)
    reported = list(problems)
    if not any(draft.formal or draft.asking for draft in drafts) and interviewer is None:
        turned = {key: _turned(side) for key, side in sides.items()}
        others: list[tuple[int, str, str]] = []
        of_others = _drafts(utterances, turned, others, merges=merges)
        if sum(draft.asking for draft in of_others) * 2 > len(of_others):
            drafts, stray, sides = of_others, others, turned
            reported.append(Problem(line=0, message="only those who answer ask something: their questions are taken"))
    entries = _entries(drafts, stray)
    if not entries:
        raise NoTurns("nobody in it asks anything that is answered" if utterances else "nobody speaks in it")
    reported += _reports(stray)
    speakers: dict[str, str] = {}
    for utterance in utterances:
        if sides.get(utterance.key) in (Side.ASKS, Side.ANSWERS):
            speakers.setdefault(utterance.key, utterance.name)
    named = weak or interviewer is not None
    counted = Counter(u.key for u in utterances if sides.get(u.key) is Side.ASKS)
    asker = counted.most_common(1)[0][0] if counted else None
    if interviewer is not None and key_of(interviewer) in counted:
        asker = key_of(interviewer)
    return Found(
        entries=tuple(entries),
        problems=tuple(sorted(reported, key=lambda problem: problem.line)),
        speakers=tuple(speakers.values()) if named else (),
        interviewer=speakers.get(asker) if named and asker is not None else None,
    )


def _turned(side: Side) -> Side:
    return {Side.ASKS: Side.ANSWERS, Side.ANSWERS: Side.ASKS}.get(side, side)


def _sides(utterances: Sequence[Utterance], interviewer: str | None) -> tuple[dict[str, Side], bool]:
    """Return on which side each speaker is, and whether any of that is a guess from what they say."""
    spoken: dict[str, list[Utterance]] = {}
    for utterance in utterances:
        spoken.setdefault(utterance.key, []).append(utterance)
    sides: dict[str, Side] = {}
    unsure: dict[str, list[Utterance]] = {}
    for key, said in spoken.items():
        role = next((utterance.role for utterance in said if utterance.role and utterance.role.strong), None)
        if role is not None:
            sides[key] = role.side
        else:
            unsure[key] = said
    named = key_of(interviewer) if interviewer else None
    if named in spoken:
        if sides.get(named) is Side.ANSWERS:
            sides = {key: _turned(side) for key, side in sides.items()}
        sides[named] = Side.ASKS
        unsure.pop(named, None)
    weak = bool(unsure)
    if unsure:
        sides |= _guessed(unsure, sides)
    return sides, weak


def _guessed(unsure: dict[str, list[Utterance]], sides: dict[str, Side]) -> dict[str, Side]:
    """Return the sides of speakers whose labels don't tell, from how much of what they say asks."""
    share = {
        key: sum(1 for utterance in said if asks(utterance.text)) / len(said) for key, said in unsure.items()
    }  # fmt: skip
    bias = {Side.ASKS: 0.2, Side.ANSWERS: -0.2}
    for key, said in unsure.items():
        if said[0].role is not None:
            share[key] += bias.get(said[0].role.side, 0.0)
    there = set(sides.values())
    if len(unsure) == 1:
        key = next(iter(unsure))
        if Side.ASKS in there and Side.ANSWERS not in there:
            return {key: Side.ANSWERS}
        if Side.ANSWERS in there and Side.ASKS not in there:
            return {key: Side.ASKS}
        return {key: Side.ASKS if share[key] >= 0.5 else Side.ANSWERS}
    order = list(unsure)
    ranked = sorted(order, key=lambda key: (-share[key], order.index(key)))
    top, last = share[ranked[0]], share[ranked[-1]]
    middle = (top + last) / 2
    found = {key: Side.ASKS if share[key] > middle else Side.ANSWERS for key in ranked}
    if top == last:
        found = dict.fromkeys(ranked, Side.ANSWERS)
    if Side.ASKS not in there:
        found[ranked[0]] = Side.ASKS
    if Side.ANSWERS not in there and Side.ANSWERS not in found.values():
        found[ranked[-1]] = Side.ANSWERS
    return found


def _drafts(
    utterances: Sequence[Utterance], sides: dict[str, Side], stray: list[tuple[int, str, str]], *, merges: bool
) -> list[_Draft]:
    drafts: list[_Draft] = []
    count = Counter(sides[utterance.key] for utterance in utterances)
    merges = merges and count[Side.ANSWERS] + count[Side.MODEL] >= count[Side.ASKS] * _FEW_ANSWERS
    speaker = ""
    for utterance, following in zip(utterances, (*utterances[1:], None), strict=True):
        side = sides[utterance.key]
        draft = drafts[-1] if drafts else None
        if side is Side.ASKS and draft is not None and _only_nods(draft, utterance, following, sides):
            stray.append((utterance.line, utterance.text, "a word between two parts of an answer"))
            continue
        if side is Side.JUDGES:
            _judge(utterance, draft, stray)
        elif side is Side.ASKS:
            if draft is None or not _goes_on(draft, utterance, merges=merges, speaker=speaker):
                drafts.append(_Draft(utterance))
                drafts[-1].ask(utterance.text)
        elif draft is None:
            stray.append((utterance.line, utterance.text, "said before the first question"))
        elif side is Side.MODEL and draft.answers:
            draft.feedback.append(f"{utterance.name}: {utterance.text}")
        elif utterance.text:
            text = f"{utterance.name}: {utterance.text}" if draft.clarified else utterance.text
            draft.answers.append(text)
            draft.last_answer = utterance.text
        speaker = utterance.key
    return drafts


def _only_nods(draft: _Draft, said: Utterance, following: Utterance | None, sides: dict[str, Side]) -> bool:
    """Return whether the one who asks only shows that they listen, and the answer goes on."""
    if not draft.answers or following is None or sides[following.key] is not Side.ANSWERS:
        return False
    words = re.findall(r"[a-z]+", said.text[:_QUOTED].lower())
    if not 0 < len(words) <= _SOME_WORDS or len(said.text) > _QUOTED or not _nods().issuperset(words):
        return False
    if "?" in said.text or (said.role is not None and said.role.formal):
        return False
    goes_on = re.findall(r"\w+", following.text[: _QUOTED * 4])
    return len(goes_on) > _AT_FIRST and _thanks().isdisjoint(word.lower() for word in goes_on[:_AT_FIRST])


@cache
def _nods() -> frozenset[str]:
    return frozenset(_NODS.split())


@cache
def _thanks() -> frozenset[str]:
    return frozenset(("thank", "thanks", "bye", "goodbye"))


def _goes_on(draft: _Draft, utterance: Utterance, *, merges: bool, speaker: str) -> bool:
    """Return whether what is asked belongs to the last turn, and put it there; else it begins a new one."""
    formal = utterance.role is not None and utterance.role.formal
    if not utterance.text:
        return not formal
    if formal:
        if not draft.answers and not draft.formal and not draft.asking:
            draft.ask(utterance.text)
            draft.first = utterance._replace(line=draft.first.line)
            return True
        if not any(draft.asked) and not draft.answers and speaker == utterance.key:
            draft.asked, draft.first = [], utterance
            draft.ask(utterance.text)
            return True
        return False
    if not draft.answers:
        if draft.formal or draft.feedback:
            return False
        if draft.asking and not merges:
            return False
        if not draft.asking and utterance.stage != draft.first.stage:
            draft.first = draft.first._replace(stage=utterance.stage, tags=utterance.tags)
        elif utterance.stage != draft.first.stage or utterance.tags != draft.first.tags:
            return False
        draft.ask(utterance.text)
        return True
    if asks(utterance.text):
        return False
    if judges(utterance.text):
        draft.feedback.append(utterance.text)
        return True
    if draft.last_answer.rstrip("\"'”) ").endswith(("?", "？", "؟")):
        draft.clarified = True
        draft.answers.append(f"{utterance.name}: {utterance.text}")
        draft.last_answer = ""
        return True
    return False


def _judge(utterance: Utterance, draft: _Draft | None, stray: list[tuple[int, str, str]]) -> None:
    about_all = utterance.key.startswith(("overall", "final", "total"))
    if draft is None or about_all:
        what = "a verdict on the whole interview" if about_all else "a verdict before the first question"
        stray.append((utterance.line, utterance.text, what))
        return
    plain = utterance.key.endswith("feedback") or utterance.key in ("evaluation", "assessment", "judge", "")
    draft.feedback.append(utterance.text if plain else f"{utterance.name}: {utterance.text}")


def _entries(drafts: list[_Draft], stray: list[tuple[int, str, str]]) -> list[Entry]:
    some_ask = any(draft.formal or draft.asking for draft in drafts)
    english = _is_english([draft.question for draft in drafts])
    entries: list[Entry] = []
    for draft in drafts:
        asking = draft.formal or draft.asking
        few = len(draft.answer.split()) <= _FEW_WORDS and "```" not in draft.answer
        if some_ask and not asking and few and not _invites(draft, english=english):
            said = f"{draft.question} {draft.answer}".strip()
            stray.append((draft.first.line, said, "small talk that asks nothing"))
            if draft.feedback and entries:
                judged = "\n\n".join(filter(None, (entries[-1].feedback, *draft.feedback)))
                entries[-1] = replace(entries[-1], feedback=judged)
            continue
        question, number = without_number(without_decoration(draft.question))
        question = without_decoration(question)
        if not question:
            if draft.answer:
                stray.append((draft.first.line, draft.answer, "an answer whose question is empty"))
            continue
        entries.append(
            Entry(
                question=question,
                answer=draft.answer or None,
                line=draft.first.line,
                stage=draft.first.stage,
                number=draft.first.number or number,
                feedback="\n\n".join(draft.feedback) or None,
                tags=draft.first.tags,
            )
        )
    return entries


def _invites(draft: _Draft, *, english: bool) -> bool:
    """Return whether what asks nothing, by its words, is answered like a question, and is no greeting or thanks.

    Of languages whose requests are not all known every remark counts, in English only one about the other person.
    """
    words = re.findall(r"[^\W\d_]+", draft.question[:_SAMPLE].lower())
    if not draft.answer or len(draft.answer) < _BRIEF or not words or not _greetings().isdisjoint(words[:_AT_FIRST]):
        return False
    if re.match(_GREETING_WITHOUT_SPACES, draft.question):
        return False
    return not english or ("your" in words and len(draft.answer.split()) >= _SOME_WORDS)


def _is_english(texts: Sequence[str]) -> bool:
    """Return whether texts are English: some of the commonest words are among what they say."""
    words = [word for text in texts for word in re.findall(r"[^\W\d_]+", text[:_SAMPLE].lower())]
    return sum(word in _commonest() for word in words) * 8 >= len(words)


@cache
def _commonest() -> frozenset[str]:
    return frozenset(_COMMONEST.split())


@cache
def _greetings() -> frozenset[str]:
    return frozenset(_GREETINGS.split())


def _reports(stray: Sequence[tuple[int, str, str]]) -> list[Problem]:
    return [
        Problem(line=line, message=f"{what}: left out (“{quoted(text)}”)") for line, text, what in stray if text.strip()
    ]


def quoted(text: str) -> str:
    """Return the beginning of a text in one line, as much as a message quotes."""
    line = " ".join(text[: _QUOTED * 4].split())
    return line if len(line) <= _QUOTED and len(text) <= _QUOTED * 4 else line[:_QUOTED].rstrip() + "…"
