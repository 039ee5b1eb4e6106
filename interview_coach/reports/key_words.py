"""A few words of an answer that bring the rest of it back to mind.

The rule is a simple one. Of the words of an answer, without code, figures and common English words, those count that
the question does not have already. A name of the trade (with capitals, digits or _ inside: pgBouncer, S3) counts most,
then what few other answers of the same interview say, then what is said more than once, then what has a capital inside
of its sentence, then what is long. Of words with the same beginning one is taken. The chosen ones are shown in the
order in which they are said. In other languages than English some common words may be among them.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from interview_coach.reports.writing import prose

_LONGEST = 30
#: Words that begin with the same so many letters are one: index, indexes, indexing.
_SAME_BEGINNING = 5

_COMMON = """
able about above across actually after again against ago all almost along already also although always among and
another any anyone anything are around ask asked away back based basically because been before began begin behind being
believe below best better between big both bring brought but call called came can cannot case certain change changes
clear clearly come comes could days did different does doing don done down during each early easy either else end enough
especially even ever every everyone everything exactly example far feel felt few find first for found four from full
further gave get gets getting give given gives giving goes going good got great had half happen happened happens hard
has have having help helped helps her here high him his hour hours how however idea important instead into its itself
job just keep keeps kept kind knew know known large last later least left less let like likely little long look looked
looking looks lot lots made main make makes making many matter maybe mean means meant might minute minutes more most
mostly move moved much must near need needed needs never new next nothing now number off often once one ones only open
order other others our out over own part parts people perhaps place point possible probably problem put quick quickly
quite rather real really reason right role run said same saw say says second see seem seems seen set several she should
show showed side simple simply since small some someone something sometimes soon still stop such sure take taken takes
taking talk talked team tell than thank that the their them themselves then there these they thing things think third
this those though thought three through time times today together told too took toward towards tried try trying turn two
under until upon use used useful uses using usually very want wanted wants was way ways week weeks well went were what
whatever when where whether which while who whole whom whose why will with within without won word words work worked
working works would wrote yeah year years yes yet you your yours yourself
matters additionally furthermore moreover ensure ensuring various strong overall effectively experience
experiencing previous senior junior principal software engineer developer manager firstly secondly thirdly finally
understand understanding provide provides providing provided implement implemented implementing approach involve
involved involves require required requires regular high higher highly depending necessary resulting
"""


class _Word(NamedTuple):
    text: str
    place: int
    is_term: bool
    is_capital: bool


def key_words(
    answers: Sequence[str], questions: Sequence[str] | None = None, count: int = 4
) -> tuple[tuple[str, ...], ...]:
    """Return so many words for each answer, fewer where it does not have them, none where it is empty.

    ``questions`` are those that the answers answer, in the same order.
    """
    candidates = [list(_words(answer)) for answer in answers]
    asked = questions or [""] * len(answers)
    said_in = Counter(beginning for words in candidates for beginning in {_beginning(word.text) for word in words})
    return tuple(
        _chosen(words, {_beginning(word.text) for word in _words(question)}, said_in, count)
        for words, question in zip(candidates, asked, strict=True)
    )


def _chosen(words: Sequence[_Word], asked: set[str], said_in: Counter[str], count: int) -> tuple[str, ...]:
    times = Counter(_beginning(word.text) for word in words)
    first: dict[str, _Word] = {}
    for word in words:
        beginning = _beginning(word.text)
        if beginning not in asked and (beginning not in first or (word.is_term and not first[beginning].is_term)):
            first[beginning] = word
    best = sorted(
        first.items(),
        key=lambda item: (
            -item[1].is_term,
            said_in[item[0]],
            -min(times[item[0]], 3),
            -item[1].is_capital,
            -min(len(item[1].text), 12),
            item[1].place,
        ),
    )[:count]
    return tuple(word.text for _, word in sorted(best, key=lambda item: item[1].place))


def _words(text: str) -> Iterator[_Word]:
    plain = prose(text)
    pattern, common = _reading()
    for place, found in enumerate(pattern.finditer(plain)):
        word = found[0].rstrip(".-'’")
        lower = word.lower()
        if "'" in word or "’" in word:  # it's, I'd; and of Redis's the name is what counts
            lower = re.split("['’]", lower)[0]
            word = word[: len(lower)]
        if len(word) > _LONGEST or lower in common or not any(map(str.isalpha, word)):
            continue
        is_term = len(word) > 1 and any(sign.isupper() or sign.isdigit() or sign == "_" for sign in word[1:])
        before = plain[max(0, found.start() - 3) : found.start()]
        begins = "\n" in before or before.rstrip()[-1:] in ("", *".!?:…")
        is_capital = len(word) > 1 and word[0].isupper() and not begins
        if is_term or is_capital or len(word) > 3:
            yield _Word(word, place, is_term, is_capital)


def _beginning(word: str) -> str:
    return word.lower()[:_SAME_BEGINNING]


@cache
def _reading() -> tuple[re.Pattern[str], frozenset[str]]:
    return re.compile(r"[^\W_][\w.+#'’-]*+"), frozenset(_COMMON.split())
