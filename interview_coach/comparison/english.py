"""Lists of English words, and whether a text is English enough for them to say something about it.

Where it is in doubt it is not, unless it is very short: what rests on these lists would be a claim about words that
nobody looked at. (The comparison with a reference asks the other way round, see ``languages``: there a doubtful text is
English, since a stem too many does no harm.) So only words that tell languages apart count here, and names alone, in
a long text, are no English.
"""

from collections.abc import Sequence
from functools import cache

from interview_coach.comparison.words import words

# What English can hardly do without, and what languages with the same letters can't; no words that are both.
_ENGLISH = """
the and of that with this would my they our from but not are you when is was had have it be been which there their
because could should will think said did what how who after before then were into your she some them these than more
about out up first can just if its i'm i've i'd i'll we're we've it's don't didn't wasn't maybe perhaps probably
basically um uh
"""
_OTHERS = """
der das und ist nicht ich wir ein eine dem zu auf für sich auch haben het een de ik wij niet dat voor zijn hebben le la
les des et est un une nous je que qui pour dans avec du au el los las y en por para del se fue os uma não com il che
di non sono gli una ho abbiamo della è och att det som jag vi är på og jeg ikke af til har w na się z że jest nie ja
"""
#: One word in so many is one of them in any English text; a text of no more may have none.
_ONE_IN = 25


def is_english(text: str) -> bool:
    """Tell whether a text is English enough for lists of English words, by the small words that every text has."""
    return are_english([plain(word.text) for word in words(text)])


def are_english(lower: Sequence[str]) -> bool:
    """Tell the same of the words of a text, each of them ``plain``."""
    own, other = (sum(map(word_set(listing).__contains__, lower)) for listing in (_ENGLISH, _OTHERS))
    if own == 0:
        return other == 0 and len(lower) <= _ONE_IN and all(map(str.isascii, lower))  # a note, a name or two
    return own > other and own * _ONE_IN >= len(lower)


def plain(word: str) -> str:
    """Return a word as the lists have it: in small letters, with one kind of apostrophe."""
    return word.lower().replace("’", "'").replace("ʼ", "'")


@cache
def word_set(listing: str) -> frozenset[str]:
    """Return the words of a list that is kept as text, which costs nothing until it is asked for."""
    return frozenset(listing.split())
