"""Phrases that take a claim half back (hedges), and phrases that say nothing (fillers).

* hedges: a list ("I think", "maybe", "kind of" …), but not where the same words say something else ("a kind of queue",
  "I think through").
* fillers: sounds (um), "basically", "literally"; "you know", "like", "so", "well" … only where they are set off.
"""

import re
from collections.abc import Callable
from functools import cache

from interview_coach.comparison.english import word_set
from interview_coach.comparison.prose import Prose
from interview_coach.comparison.words import Span

_HEDGES = """
maybe|perhaps|probably|possibly|presumably|supposedly|hopefully|somewhat|kinda|sorta|kind-of|sort-of|i think
i don't think|i guess|i suppose|i believe|i feel like|i'd say|i would say|i'd guess|i would guess|kind of|sort of|a bit
a little bit|more or less|to some extent|in a way|or something|i'm not sure|i am not sure|i'm not really sure
i'm not entirely sure|i'm not quite sure|as far as i know|as far as i remember|if i remember correctly|if i recall
if i'm not mistaken
"""
_FILLERS = """
um|umm|uh|uhh|uhm|er|erm|ehm|hm|hmm|basically|literally|you know|i mean|you see|like|so|well|okay|ok|actually|honestly
to be honest|anyway|right
"""
_SOUNDS = "um umm uh uhh uhm er erm ehm hm hmm basically literally"

# “A kind of queue”, “the same kind of” is a noun; “that kind of worked” is not.
_NOUN_BEFORE = """
a an the this that these what which some any each every another one no other same different new certain particular
special right wrong whole best worst common rare similar such my our your his her their its
"""
# What makes a phrase no hedge: a word before it, a word after it.
_UNLESS_AFTER = {
    "i think": "what how way why whether as than",
    "kind of": _NOUN_BEFORE,
    "sort of": _NOUN_BEFORE,
    "a bit": "flip flips flipped set sets clear cleared toggle per",
}
_UNLESS_BEFORE = {
    "i think": "through about of ahead aloud like differently critically carefully twice before out",
    "i believe": "in",
    "kind of": "you him her them",
    "a bit": "mask masks flag flags field fields vector map array string set pattern rate error shift position is of",
    "in a way": "that which to where as i we",
    "or something": "else",
}
_DONE = "was were is got went made did broke fell felt had lost knew grew ran depends works helps makes feels"


def hedges(prose: Prose) -> list[Span]:
    """Return where hedges stand."""
    return _listed(prose, _HEDGES, _is_hedge)


def fillers(prose: Prose) -> list[Span]:
    """Return where fillers stand."""
    return _listed(prose, _FILLERS, _is_filler)


def _listed(prose: Prose, listing: str, counts: Callable[[Prose, int, int, str], bool]) -> list[Span]:
    """Return where phrases of a list stand, the longest where several begin at one word, none inside another."""
    phrases = _phrases(listing)
    spans: list[Span] = []
    at = 0
    while at < len(prose.lower):
        length = 1
        for phrase in phrases.get(prose.lower[at], ()):
            last = at + len(phrase) - 1
            if (
                prose.lower[at : last + 1] == phrase
                and all(prose.joined(place) for place in range(at + 1, last + 1))
                and counts(prose, at, last, " ".join(phrase))
            ):
                spans.append(prose.span(at, last))
                length = len(phrase)
                break
        at += length
    return spans


@cache
def _phrases(listing: str) -> dict[str, list[list[str]]]:
    """Return the phrases of a list by their first words, the longest first."""
    by_first: dict[str, list[list[str]]] = {}
    for phrase in sorted((entry.split() for entry in re.split(r"[|\n]", listing.strip())), key=len, reverse=True):
        by_first.setdefault(phrase[0], []).append(phrase)
    return by_first


def _is_hedge(prose: Prose, first: int, last: int, phrase: str) -> bool:
    before, after = prose.before(first), prose.after(last)
    if before in word_set(_UNLESS_AFTER.get(phrase, "")):
        # “that kind of worked”: a verb follows, not what it is a kind of
        return before in ("this", "that") and (after.endswith("ed") or after in word_set(_DONE))
    if phrase == "i think":
        beyond = prose.after(last + 1)
        if after == "about":
            return beyond[:1].isdigit()
        if (after, beyond) in (("in", "terms"), ("on", "my")):
            return False
    if phrase == "a bit" and after == "of":
        return prose.after(last + 1) in ("a", "an")
    return after not in word_set(_UNLESS_BEFORE.get(phrase, ""))


def _is_filler(prose: Prose, first: int, last: int, phrase: str) -> bool:
    if phrase in word_set(_SOUNDS):
        return not prose.text[slice(*prose.span(first))].isupper()  # an ER diagram
    before, after = prose.before(first), prose.after(last)
    set_off = prose.set_off_before(first), prose.set_off_after(last)
    if phrase == "you know":
        if all(set_off):
            return True
        if set_off[1]:
            return before not in word_set(
                "do did don't if as let when once before how would should can could to what all"
            )
        return set_off[0] and after not in word_set(
            "that how what why where when which who whether if the your it about"
        )
    if phrase == "like":
        quoting = before in word_set("was were is be i'm he's she's it's we're they're and but so or just with")
        return set_off[1] and (set_off[0] or quoting)
    if phrase == "right":
        return set_off[0] and not prose.opens(first) and prose.gap(last + 1).lstrip()[:1] == "?"
    return all(set_off)
