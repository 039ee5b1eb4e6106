"""Whether an answer tells a story: a situation, a task, an action and a result, each with a sentence that says it.

Interviewers who ask for past behaviour (Janz's behaviour description interview, 1982) listen for four parts, known by
their first letters, STAR: the situation, where and when it was and what was the case; the task, what had to be reached
and what of it was the person's own; the action, what the person then did; the result, what came of it. A lesson learned
is welcome but no result.

What is found is a hint ("found here"), with the sentence, never a verdict: the rules are cue words and places, they
don't understand. Every sentence gets points for each part, from the lists below; the best one that reaches the
threshold is shown. Where a part is not found it may be there all the same. In languages other than English nothing is
found.
"""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from interview_coach.comparison.english import is_english
from interview_coach.comparison.words import Span


class StoryPart(StrEnum):
    """The parts of a story, in the order in which they are told."""

    SITUATION = "situation"
    TASK = "task"
    ACTION = "action"
    RESULT = "result"


class StoryParts(NamedTuple):
    """For each part the place of the sentence that was found to tell it; None where none was found."""

    situation: Span | None = None
    task: Span | None = None
    action: Span | None = None
    result: Span | None = None


#: How many of the parts were found, in the very sentence, of how many that are there: in the 16 held-out answers of
#: tests/data/story, which were written for this and are no real interviews. The tests measure it again.
MEASURED: Mapping[StoryPart, tuple[int, int]] = MappingProxyType(
    {
        StoryPart.SITUATION: (14, 15),
        StoryPart.TASK: (13, 14),
        StoryPart.ACTION: (14, 15),
        StoryPart.RESULT: (11, 12),
    }
)

#: The parts that are worth showing: of those that are there, at least two in three were found.
OFFERED = frozenset(part for part, (found, there) in MEASURED.items() if 3 * found >= 2 * there)


def story_parts(text: str) -> StoryParts:
    """Return where each part of the story is told; None for a part that is not found, or not worth showing."""
    sentences = _sentences(text) if is_english(text) else []
    if len(sentences) > _LONGEST_STORY:
        return StoryParts()
    points = _Points([words for _, words in sentences])
    found = {part: points.best(part) for part in StoryPart if part in OFFERED}
    return StoryParts(**{part.value: sentences[place][0] for part, place in found.items() if place is not None})


#: How much of a sentence is looked at, in characters: what a sentence tells shows in its beginning.
_LOOKED_AT = 400
#: How many sentences a story has at most; in more nothing is looked for.
_LONGEST_STORY = 1000


def _sentences(text: str) -> list[tuple[Span, str]]:
    """Return the sentences that are no code, where they stand and as they are looked at."""
    from interview_coach.comparison.sentences import PassageKind, passages  # late: its patterns are not for a start

    return [
        ((start, end), " ".join(text[start : min(end, start + _LOOKED_AT)].lower().replace("’", "'").split()))
        for start, end, kind in passages(text)
        if kind is not PassageKind.CODE
    ]


# --- cues: what is looked for in a sentence, in small letters

_CUES = {
    # None of the four: what was learned, what is generally so, what leads up to the story, how it felt.
    "aside": r"""
        ^.{0,30}\bi(?:'ve| have)? (?:also )?learn(?:ed|t)\b|^.{0,30}\b(?:taught me|lessons?|looking back|hindsight)\b
        |^.{0,30}\bwhat i (?:took|learned|learnt)\b|\b(?:next time|same again|since then i|i would do
        |good example)\b|\blet me think\b|^(?:so |and |but )?i (?:really |always |still |do )?
        (?:think|believe|feel|enjoy|like|love|prefer|find|consider|know)\b|\b(?:every day|in general|generally)\.?$
        |^(?:it|that|this) was (?:quite|very|really|all|so|not|a bit|a)? ?\w+\.?$
    """,
    "label": r"^(?P<part>situation|context|background|task|goal|actions?|results?|outcome)\s?[:–-]",
    "past": r"""
        \b(?:was|were|had|did|went|came|took|got|gave|made|left|said|told|became|fell|rose|grew|lost|won|chose|kept|saw|began
        |brought|held|ran|met|led|knew|sent|paid|put|set|cut|hit|broke|bought|sold|spent|\w{2,}ed)\b
    """,
    "first person": r"^(?:and |but |so |then |also |first,? |in the end,? )*(?:i|we|i'd|i've|we'd)\b",
    # situation
    "when": r"""
        ^(?:so,? |well,? |okay,? |and |for (?:instance|example),? )*(?:
        (?:in|at|on|during|for|with|while) (?:my|our|a|an|one|the) (?:\S+ )?(?:role|job|company|position|team|project
        |year|internship|university|studies|startup|start-up|bank|employer|firm|agency|degree|course|placement|department
        |hospital|school|summer|winter|spring|autumn)\b
        |in (?:early |late )?(?:19|20)\d\d\b|last (?!but)\w+|back (?:in|when|at)\b|when (?:i|we)\b|while\b|this was\b
        |recently\b|previously\b|once\b|there (?:was|were)\b|one (?:day|morning|evening|night|week|of)\b
        |(?:about )?(?:an?|\d+|two|three|four|five|six|some|a few|a couple of|several) (?:\w+ )?
        (?:years|months|weeks|days|hours) (?:ago|before|into)\b|(?:at|in) (?:my|our) \w+)
    """,
    "setting": r"""
        \bused to\b|\bi was (?:a|an|the|one of|working|leading|managing|part of|on)\b|\bago\b|\bat the time\b
        |\bhappened\b|\bi (?:had )?(?:just )?(?:worked|joined|work) (?:at|as|for|in|with|on)?\b
        |\bwe were (?:an?|about|\w+ing|two|three|four|five|six|seven|eight|nine|ten)\b
    """,
    "state": r"^(?:\S+ ){1,9}?(?:was|were|had|kept|wanted|resigned|decided|moved|started)\b",
    # task: laid on me, or what there was to do
    "duty": r"""
        \b(?:my|our|the) (?:\w+ )?(?:task|goal|job|role|aim|mission|responsibility|objective|challenge|target|brief
        |assignment|idea|plan|point)(?: that was (?:assigned|given) to me)? (?:was|is|were)\b|\bresponsib(?:le|ility)\b
        |\b(?:up|fell|came down|down|assigned) to me\b|\bin charge of\b|\basked me to\b
        |\bwanted (?:me|us|it|them|this)\b
        |\bi(?:'d| had)? (?:was |been |got )(?:then |also )?(?:asked|tasked|supposed|expected|given|told|assigned
        |charged|challenged|hired|brought in|put in charge)\b|\bwe were (?:asked|tasked|expected)\b|\bset out to\b
        |\b(?:set|gave) (?:myself|ourselves)\b|\btook on\b|\bvolunteered\b|\bi (?:wanted|owned)\b|\baccountable\b
        |\bmy (?:manager|boss|lead) (?:asked|told|wanted)\b|\bi decided (?:that )?i(?: would|'d)\b
    """,
    "need": r"\b(?:had|needed) to\b|\bneeded (?:a|one|an|the|me|us)\b",
    "own need": r"\b(?:i|we) (?:\w+ly )?(?:had|needed) (?:to|one|an?|the)\b",
    # action
    "next": r"^(?:then|first|firstly|second|secondly|next|after that|so|finally|also|to do (?:this|that|so)|instead)\b",
    "would": r"\bi(?:'d| would| will|'ll) (?:also |then |first )?(?!be\b|like\b|have\b|say\b|not\b|never\b)[a-z]+",
    # result: said to be one, a change for the better or worse, how long it took, how much it was
    "outcome": r"""
        \bas a result\b|\bin the end\b|\bultimately\b|\bresult(?:ed|ing|s)\b|\bthe result\b|\boutcome\b
        |\b(?:lead|led|leading) to\b
        |\bwhich (?:cut|reduced|saved|increased|improved|meant|led|allowed|enabled|brought|made)\b
        |\bby (?:about |over |almost |nearly )?\d+ ?(?:%|percent)
        |\b(?:reducing|increasing|improving|cutting|saving|bringing)\b|\bthanks to\b|\bpaid off\b
        |\b(?:increase|decrease|reduction|improvement|drop|rise) (?:of|in)\b|\b(?:enabled|allowed) (?:us|me|them|the)\b
        |\bto this day\b|\bever since\b|\b(?:by|at) the end of the (?:day|week|month|year|quarter|project)\b
    """,
    "change": r"""
        \b(?:reduced|increased|improved|dropped|fell|rose|grew|doubled|halved|tripled|saved|launched|shipped|delivered
        |finished|completed|passed|achieved|reached|exceeded|won|promoted|approved|accepted|filled|missed|succeeded
        |success\w*|solved|resolved|went (?:up|down|live|through|well|smoothly)|hit|recovered|adopted|signed|renewed
        |thanked|praised|received|continued|happy|satisfied|on time|to spare|ahead of|under budget)\b
    """,
    "later": r"\b(?:within|after|by|since|later|now|still|today|the (?:next|following|first))\b",
    "figure": r"""
        \d|\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|half|third|quarter|fifth) \w+|\bzero\b
        |\bwithout (?:an?|any)\b|\bno (?:\w+ )?\w+s\b
    """,
}
_DOER = r"\b(?:i|we) (?:(?:also|then|first|just|even|both|all|simply|personally|[a-z]+ly) )*([a-z]+)"
_DEEDS = """
began bought broke brought built called caught chose cut dealt did drew drove dug explained flew fought gave got held
hid hired kept laid led left let made met overcame paid put ran rang read rebuilt rewrote rode sat sent set shot sold
sought spent split spoke stood swept taught told took went wrote threw
"""
# What ends like a deed and is a state, a wish, something that came to one's ears, or what came of it.
_NO_DEEDS = """
needed wanted liked loved enjoyed hated learned believed seemed used hoped looked worked joined failed passed finished
achieved succeeded missed delivered completed happened resigned lived stayed arrived owned volunteered reached exceeded
reduced saved disagreed feared worried discovered noticed realised realized received launched
underestimated overestimated misjudged
"""


@cache
def _cue(name: str) -> re.Pattern[str]:
    """Return a cue's pattern, compiled when it is first used."""
    return re.compile(re.sub(r"\n\s*", "", _CUES[name]))


@cache
def _verbs() -> tuple[frozenset[str], frozenset[str]]:
    return frozenset(_DEEDS.split()), frozenset(_NO_DEEDS.split())


def _does(words: str) -> bool:
    """Tell whether a sentence says what I or we did."""
    deeds, no_deeds = _verbs()
    verbs = (found[1] for found in re.finditer(_DOER, words))
    return any(verb in deeds or (verb.endswith("ed") and verb not in no_deeds) for verb in verbs)


class _Sentence:
    """The cues of one sentence; ``part`` is the one that it names itself, as in "Task: …"."""

    def __init__(self, words: str) -> None:
        self._cues = frozenset(name for name in _CUES if _cue(name).search(words))
        label = _cue("label").match(words)
        self.part = _LABELS[label["part"]] if label else None
        self.does = _does(words)

    def has(self, *names: str) -> int:
        """Return how many of the cues the sentence has."""
        return sum(name in self._cues for name in names)


_LABELS = {
    "situation": StoryPart.SITUATION,
    "context": StoryPart.SITUATION,
    "background": StoryPart.SITUATION,
    "task": StoryPart.TASK,
    "goal": StoryPart.TASK,
    "action": StoryPart.ACTION,
    "actions": StoryPart.ACTION,
    "result": StoryPart.RESULT,
    "results": StoryPart.RESULT,
    "outcome": StoryPart.RESULT,
}

_SURE = 99
#: A result needs one cue more: a sentence near the end that tells of something else than me is not yet one.
_THRESHOLDS = MappingProxyType({StoryPart.SITUATION: 3, StoryPart.TASK: 3, StoryPart.ACTION: 3, StoryPart.RESULT: 4})


class _Points:
    """The points of every sentence for each of the parts."""

    def __init__(self, sentences: Sequence[str]) -> None:
        read = [_Sentence(words) for words in sentences]
        #: The sentences that can tell a part, in their order.
        told = [sentence for sentence in read if not sentence.has("aside")]
        self._places = [place for place, sentence in enumerate(read) if not sentence.has("aside")]
        deeds = [
            rank
            for rank, sentence in enumerate(told)
            if sentence.does
            and not sentence.has("duty", "own need")
            and not (rank == 0 and sentence.has("when"))
            and (sentence.has("first person") or not sentence.has("outcome"))
        ]
        first, last = (deeds[0], deeds[-1]) if deeds else (len(told), len(told))
        self._of: dict[StoryPart, list[int]] = {part: [] for part in StoryPart}
        for rank, sentence in enumerate(told):
            points = {
                StoryPart.SITUATION: _situation(sentence, rank, first),
                StoryPart.TASK: _task(sentence, rank, first),
                StoryPart.ACTION: _action(sentence, rank, imagined=not deeds),
                StoryPart.RESULT: _result(sentence, rank, first, last, len(told)),
            }
            for part in StoryPart:
                named = _SURE if sentence.part is part else 0
                self._of[part].append(points[part] if sentence.part is None else named)

    def best(self, part: StoryPart) -> int | None:
        """Return the place of the first of the sentences with the most points; None where no points are enough."""
        points = self._of[part]
        rank = max(range(len(points)), key=points.__getitem__, default=None)
        return None if rank is None or points[rank] < _THRESHOLDS[part] else self._places[rank]


def _situation(sentence: _Sentence, rank: int, first: int) -> int:
    """Count for the situation: an opening that says when or where, or tells of something else than what I did."""
    return (
        2 * sentence.has("when", "setting")
        + sentence.has("state")
        + max(2 - rank, 0)
        + (rank == 0 and sentence.has("past") > sentence.has("first person", "would"))
        - (rank > 0) * 2 * sentence.has("need")
        - 3 * sentence.has("duty")
        + (rank == 0 and sentence.has("duty") and sentence.has("when"))
        - 2 * (sentence.does and not sentence.has("when", "setting"))
        - 3 * (rank > first)
    )


def _task(sentence: _Sentence, rank: int, first: int) -> int:
    """Count for the task: what was asked of me, or had to be done, before I began."""
    asked = sentence.has("duty", "need") > 0
    return (
        3 * asked
        + sentence.has("duty", "own need")
        + (asked and rank < first)
        - 2 * (rank > first)
        - (rank == 0 and sentence.has("when") > 0)
        - sentence.has("outcome")
    )


def _action(sentence: _Sentence, rank: int, *, imagined: bool) -> int:
    """Count for the action: what I or we did; in an imagined case what I would do."""
    return (
        3 * sentence.does
        + 3 * (imagined and sentence.has("would"))
        + sentence.has("next", "first person")
        - 2 * sentence.has("duty")
        - sentence.has("outcome", "own need")
        - 2 * (rank == 0 and sentence.has("when"))
    )


def _result(sentence: _Sentence, rank: int, first: int, last: int, count: int) -> int:
    """Count for the result: what is called one or is a change, how much, how soon, told last and of others than me."""
    told_of_others = not sentence.has("first person") and sentence.has("past", "later") > 0
    return (
        3 * min(sentence.has("outcome"), 1)
        + 2 * sentence.has("change")
        + sentence.has("later", "figure")
        + told_of_others
        + (rank > last)
        + (rank > 0 and 3 * rank >= 2 * (count - 1))
        + (told_of_others and rank > last and rank == count - 1)
        - 2 * (sentence.does and not sentence.has("outcome"))
        - 2 * sentence.has("duty", "would")
        - 4 * (rank < first < count and not sentence.has("outcome"))
    )
