"""The small words of languages: those that carry little of what a text says, and show what it is written in."""

from collections import Counter
from functools import cache

_ENGLISH = """
a an the this that these those it its i me my mine we us our ours you your yours he him his she her hers they them
their theirs who whom whose which what when where why how myself yourself itself ourselves themselves
am is are was were be been being do does did done doing have has had having will would shall should can could may
might must let lets
of in on at by for with to from as into onto out up down off over under about between through during after before
above below upon
and or but if because so than then else though although since whether also just only very too here there
each any all some such own both few more most other another same not no nor again further once until while against
however therefore thus hence e.g i.e eg ie etc
cannot i'm i'd i've i'll it'd it'll that'd that'll you're you've you'd you'll we're we've we'd we'll they're they've
they'd they'll he'd he'll she'd she'll there'll
don't doesn't didn't isn't aren't wasn't weren't won't wouldn't shouldn't couldn't can't hasn't haven't hadn't mustn't
"""

# Of other languages only what is no word in English.
_OTHERS = """
der das und ist nicht ein eine einen einem einer ich mit für auf wir sie dass wird werden durch oder auch sind
le la les des et est une pour nous que je dans avec sur pas ce qui au aux du sont par plus il elle vous
el los las y es una por con para como más pero su lo se del al yo nosotros muy está
il di che è per non sono della del con una gli più anche come nel questo io noi
os um uma não com para mais como dos das por eu nós ao foi está isso
het een en niet ik van dat zijn met voor wij ook naar wordt maar
och att det som är jag på av för inte med vi har till den
og det som er jeg på av til ikke med vi har også blev
nie się że na jest do jak ale są przez oraz tego dla jestem
ve bir bu için ile çok daha olarak ben biz değil gibi
a az és egy hogy nem volt meg ezt csak mint
je se na že ve jsem jako ale nebo při aby
"""

_NEGATIONS = frozenset(["not", "no", "never", "none", "nothing", "neither", "nor", "without", "cannot"])


@cache
def english_function_words() -> frozenset[str]:
    """Return the words that hold an English sentence together, in small letters."""
    return frozenset(_ENGLISH.split())


@cache
def other_function_words() -> frozenset[str]:
    """Return such words of other languages, all that are known."""
    return frozenset(word for words in _others() for word in words)


def is_negation(word: str) -> bool:
    """Return whether an English word in small letters turns what is said into its opposite."""
    return word in _NEGATIONS or word.endswith("n't")


def is_english(counts: Counter[str]) -> bool:
    """Return whether counted words in small letters are English, as far as can be told cheaply.

    Where in doubt they are. They are not where most are written in other letters, or where another language has more of
    its small words there.
    """
    if 2 * sum(count for word, count in counts.items() if _in_other_letters(word)) > counts.total():
        return False
    english = sum(counts[word] for word in english_function_words() & counts.keys())
    return all(sum(counts[word] for word in small & counts.keys()) <= english for small in _others())


def _in_other_letters(word: str) -> bool:
    """Return whether a word has letters past those that Latin languages use."""
    return any(char.isalpha() and char > "\u024f" for char in word)


@cache
def _others() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(line.split()) - english_function_words() for line in _OTHERS.strip().splitlines())
