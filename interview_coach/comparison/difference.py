"""The word difference between two answers: what was added, what was taken out, what went to another place.

First both are divided at runs of words that stand once in either, in the same order (Heckel 1978, "A technique for
isolating differences between files"); the words between two such runs are matched by their longest common subsequence,
by rapidfuzz. Case and the marks around a word don't count in this. Then it is made readable: a few common words that
match by chance between two larger changes join the changes, and a change that could stand in several places goes to
the end of a sentence if it can (the semantic clean-up and the lossless shift of Fraser's diff-match-patch). Runs of
words that stand once in what was taken out, and once in what was added elsewhere, have moved.

"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby, pairwise
from operator import itemgetter
from typing import NamedTuple

from interview_coach.comparison.words import count_words, words


class Change(StrEnum):
    """What became of a piece of text between the earlier answer and the later one."""

    SAME = "same"
    INSERTED = "inserted"
    DELETED = "deleted"
    MOVED_HERE = "moved here"
    MOVED_AWAY = "moved away"


#: The changes whose text stands in the earlier answer, and those whose text stands in the later one.
BEFORE = frozenset((Change.SAME, Change.DELETED, Change.MOVED_AWAY))
AFTER = frozenset((Change.SAME, Change.INSERTED, Change.MOVED_HERE))


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of either answer; ``move`` is the number of a move, from 1, the same at both of its ends."""

    change: Change
    text: str
    move: int | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """Two answers in one row of pieces.

    The texts of the pieces of ``BEFORE`` joined are the earlier answer, those of ``AFTER`` the later one, both to the
    last character. No two neighbours have the same change and move; where words were replaced, those taken out come
    first. White space that alone has changed is a piece, too. A word that changed only in its case or in the marks
    around it is taken out and added anew. Both ends of a move have the same words, case and marks aside.

    ``inserted``, ``deleted`` and ``moved`` count words. ``likeness`` is the share, from 0 to 1, of all words of both
    answers that the other one has as well, in the same order or moved, case and marks aside.
    """

    pieces: tuple[Piece, ...]
    inserted: int
    deleted: int
    moved: int
    likeness: float


#: Words in a row that are never joined to the changes around them, and the fewest that are called moved.
BLOCK = 5

#: From this likeness on two answers are nearly the same word for word: about one word in ten was replaced.
NEARLY = 0.9

#: Answers of fewer words are nearly the same only if all words are, and of still fewer never: "I don't know yet".
_SHORT = 20
_TOO_SHORT = 5

# Words of one text times words of the other that are compared at once: 10,000 each, for which 13 MB are needed.
_AT_ONCE = 100_000_000

# What ends a sentence, what parts its parts, and what may stand behind either.
_STOPS = (".", "!", "?", "…", "。", "！", "？")
_PAUSES = (",", ";", ":", "–", "—", "、", "，")
_CLOSING = "\"'”’»›)]}*_"

_SAME_LETTER = str.maketrans({"’": "'", "ʼ": "'", "‐": "-", "‑": "-", "\u00ad": None})


class _Token(NamedTuple):
    """What stands between white space, cut where a word begins in its midst. ``key`` is the word; or marks alone."""

    start: int
    end: int
    key: str
    is_word: bool


class _Answer(NamedTuple):
    """One of the answers; equal keys have equal numbers in both."""

    text: str
    tokens: Sequence[_Token]
    keys: Sequence[int]

    def written(self, place: int) -> str:
        token = self.tokens[place]
        return self.text[token.start : token.end]

    def start(self, place: int) -> int:
        return self.tokens[place].start if place < len(self.tokens) else len(self.text)

    def end(self, place: int) -> int:
        return self.tokens[place - 1].end if place else 0

    def space(self, place: int) -> str:
        return self.text[self.end(place) : self.start(place)]

    def words(self, first: int, last: int) -> int:
        return sum(self.tokens[place].is_word for place in range(first, last))


class _Run(NamedTuple):
    """Tokens of one answer and as many of the other, by their places."""

    before: int
    after: int
    size: int

    @property
    def before_end(self) -> int:
        return self.before + self.size

    @property
    def after_end(self) -> int:
        return self.after + self.size


class _Fragment(NamedTuple):
    change: Change
    move: int | None
    text: str


class _Hunk(NamedTuple):
    """What stands between two runs that both answers have: places of the first token and behind the last."""

    before: int
    before_end: int
    after: int
    after_end: int


def difference(before: str, after: str) -> Difference:
    """Return what has become of an earlier answer in a later one.

    The work grows with the length of the texts and no faster: between what stands once in either, no more than 10,000
    words are compared with 10,000 at once, and of longer stretches the halves.
    """
    one, other = _answers(before, after)
    alike = [run for run in _alike(one.keys, other.keys) if run.size]
    kept = _slid(_written_alike(_without_noise(alike, one, other), one, other), one, other)
    hunks = _hunks(kept, one, other)
    moves = _moves(hunks, one, other)
    gone = sum(one.words(hunk.before, hunk.before_end) for hunk in hunks)
    new = sum(other.words(hunk.after, hunk.after_end) for hunk in hunks)
    moved = sum(other.words(move.after, move.after_end) for move in moves)
    pieces = tuple(_pieces(hunks, moves, one, other))
    return Difference(pieces, new - moved, gone - moved, moved, _likeness((*alike, *kept, *moves), one, other))


def nearly_the_same(before: str, after: str) -> bool:
    """Return whether the later answer is nearly word for word the earlier one.

    It is from a likeness of NEARLY on. In answers of fewer than 20 words a single one can make the difference, so all
    must be the same; answers of fewer than five are never pointed out.
    """
    fewer, more = sorted((count_words(before), count_words(after)))
    if fewer < _TOO_SHORT or 2 * fewer < NEARLY * (fewer + more):
        return False
    return difference(before, after).likeness >= (1.0 if fewer < _SHORT else NEARLY)


def _answers(before: str, after: str) -> tuple[_Answer, _Answer]:
    numbers: dict[str, int] = {}
    both = []
    for text in (before, after):
        tokens = list(_tokens(text))
        both.append(_Answer(text, tokens, [numbers.setdefault(token.key, len(numbers)) for token in tokens]))
    return both[0], both[1]


def _tokens(text: str) -> Iterator[_Token]:
    found = iter(words(text))
    word = next(found, None)
    for chunk in re.finditer(r"\S+", text):
        start, end = chunk.span()
        key = None
        while word is not None and word.start < end:
            if key is not None:
                yield _Token(start, word.start, key, is_word=True)
                start = word.start
            key = _key(text[word.start : word.end])
            word = next(found, None)
        yield _Token(start, end, text[start:end] if key is None else key, is_word=key is not None)


def _key(word: str) -> str:
    if word.isascii():
        return word.lower()
    return unicodedata.normalize("NFKC", word.translate(_SAME_LETTER)).casefold()


def _alike(one: Sequence[int], other: Sequence[int]) -> Iterator[_Run]:
    """Yield the runs of keys that both have in the same order."""
    shorter = min(len(one), len(other))
    head = 0
    while head < shorter and one[head] == other[head]:
        head += 1
    tail = 0
    while tail < shorter - head and one[-1 - tail] == other[-1 - tail]:
        tail += 1
    yield _Run(0, 0, head)
    here, there = head, head
    tails = _Run(len(one) - tail, len(other) - tail, tail)
    for run in (*_blocks(one, other, _Hunk(here, tails.before, there, tails.after)), tails):
        yield from _common(one, other, _Hunk(here, run.before, there, run.after))
        yield run
        here, there = run.before_end, run.after_end


def _blocks(one: Sequence[int], other: Sequence[int], hunk: _Hunk) -> Iterator[_Run]:
    """Yield the runs of BLOCK keys and more that hold what stands once in either, in the same order in both."""
    here, there = hunk.before, hunk.after
    for before, after in _anchors(one, other, hunk):
        if before < here or after < there:
            continue
        back, forth = 0, BLOCK
        while back < min(before - here, after - there) and one[before - back - 1] == other[after - back - 1]:
            back += 1
        most = min(hunk.before_end - before, hunk.after_end - after)
        while forth < most and one[before + forth] == other[after + forth]:
            forth += 1
        yield _Run(before - back, after - back, back + forth)
        here, there = before + forth, after + forth


def _common(one: Sequence[int], other: Sequence[int], hunk: _Hunk) -> Iterator[_Run]:
    """Yield the longest common subsequence of two stretches, of very long ones that of their halves."""
    gone, new = hunk.before_end - hunk.before, hunk.after_end - hunk.after
    if not gone or not new:
        return
    if gone * new > _AT_ONCE:
        before, after = hunk.before + gone // 2, hunk.after + new // 2
        yield from _common(one, other, _Hunk(hunk.before, before, hunk.after, after))
        yield from _common(one, other, _Hunk(before, hunk.before_end, after, hunk.after_end))
        return
    # Imported here because it takes 30 ms, which the start of the program does not have.
    from rapidfuzz.distance import Indel

    opcodes = Indel.opcodes(one[hunk.before : hunk.before_end], other[hunk.after : hunk.after_end])
    for block in opcodes.as_matching_blocks():
        yield _Run(hunk.before + block.a, hunk.after + block.b, block.size)


def _anchors(one: Sequence[int], other: Sequence[int], hunk: _Hunk) -> list[tuple[int, int]]:
    """Return the places of the most runs of BLOCK keys that stand once in either and in the same order in both."""
    here = _once(one, [(hunk.before, hunk.before_end)])
    there = _once(other, [(hunk.after, hunk.after_end)])
    pairs = [(place, there[run]) for run, place in here.items() if run in there]
    pairs.sort()
    # The longest rising row, by patience sorting: the least end of a row of each length, and who stood before whom.
    ends: list[int] = []
    last: list[int] = []
    previous: list[int] = []
    for number, (_, after) in enumerate(pairs):
        length = bisect_left(ends, after)
        previous.append(last[length - 1] if length else -1)
        ends[length : length + 1] = [after]
        last[length : length + 1] = [number]
    rising = []
    number = last[-1] if last else -1
    while number >= 0:
        rising.append(pairs[number])
        number = previous[number]
    return rising[::-1]


def _once(keys: Sequence[int], stretches: Iterable[tuple[int, int]]) -> dict[tuple[int, ...], int]:
    """Return the runs of BLOCK keys that stand once in all the stretches, each with its place."""
    places: dict[tuple[int, ...], int | None] = {}
    for first, last in stretches:
        for place in range(first, last - BLOCK + 1):
            run = tuple(keys[place : place + BLOCK])
            places[run] = None if run in places else place
    return {run: place for run, place in places.items() if place is not None}


def _written_alike(alike: Iterable[_Run], one: _Answer, other: _Answer) -> list[_Run]:
    """Return the longest runs of tokens that are the same to the last character."""
    runs: list[_Run] = []
    for run in alike:
        for before, after in zip(range(run.before, run.before_end), range(run.after, run.after_end), strict=True):
            if one.written(before) != other.written(after):
                continue
            if runs and (runs[-1].before_end, runs[-1].after_end) == (before, after):
                runs[-1] = runs[-1]._replace(size=runs[-1].size + 1)
            else:
                runs.append(_Run(before, after, 1))
    return runs


def _without_noise(runs: Iterable[_Run], one: _Answer, other: _Answer) -> list[_Run]:
    """Leave out the few words that match by chance between larger changes."""
    kept: list[_Run] = [_Run(0, 0, 0)]
    for run in (*runs, _Run(len(one.tokens), len(other.tokens), 0)):
        while len(kept) > 1 and _is_noise(kept[-2], kept[-1], run):
            kept.pop()
        kept.append(run)
    return kept[1:-1]


def _is_noise(left: _Run, run: _Run, right: _Run) -> bool:
    """Return whether a run is shorter than the changes on both of its sides."""
    changed_before = max(run.before - left.before_end, run.after - left.after_end)
    changed_after = max(right.before - run.before_end, right.after - run.after_end)
    return run.size < BLOCK and run.size < min(changed_before, changed_after)


def _slid(runs: Iterable[_Run], one: _Answer, other: _Answer) -> list[_Run]:
    """Move what was only added, or only taken out, to where it begins and ends with a sentence, if it can be moved."""
    bounds = [_Run(0, 0, 0), *runs, _Run(len(one.tokens), len(other.tokens), 0)]
    for number in range(1, len(bounds)):
        left, right = bounds[number - 1 : number + 1]
        is_added, is_gone = right.after > left.after_end, right.before > left.before_end
        if is_added == is_gone:
            continue
        if is_added:
            by = _best_shift(other, left.after_end, right.after, left.size, right.size)
        else:
            by = _best_shift(one, left.before_end, right.before, left.size, right.size)
        bounds[number - 1] = left._replace(size=left.size + by)
        bounds[number] = _Run(right.before + by, right.after + by, right.size - by)
    return [run for run in bounds if run.size]


def _best_shift(answer: _Answer, start: int, end: int, most_back: int, most_forth: int) -> int:
    """Return by how many tokens a stretch goes on, or back, so that the same is left and its ends are best seen."""
    back = forth = 0
    while back < most_back and answer.written(start - back - 1) == answer.written(end - back - 1):
        back += 1
    while forth < most_forth and answer.written(start + forth) == answer.written(end + forth):
        forth += 1
    return max(range(-back, forth + 1), key=lambda by: (_break(answer, start + by) + _break(answer, end + by), by))


def _break(answer: _Answer, place: int) -> int:
    """Return how much of a break there is before a token: none, a comma, the end of a sentence, a line, the text."""
    if place in (0, len(answer.tokens)):
        return 4
    if "\n" in answer.space(place):
        return 3
    written = answer.written(place - 1).rstrip(_CLOSING)
    return 2 if written.endswith(_STOPS) else 1 if written.endswith(_PAUSES) else 0


def _hunks(runs: Iterable[_Run], one: _Answer, other: _Answer) -> list[_Hunk]:
    """Return what stands before, between and behind the runs, empty or not."""
    bounds = (_Run(0, 0, 0), *runs, _Run(len(one.tokens), len(other.tokens), 0))
    return [_Hunk(left.before_end, right.before, left.after_end, right.after) for left, right in pairwise(bounds)]


def _moves(hunks: Sequence[_Hunk], one: _Answer, other: _Answer) -> list[_Run]:
    """Return the runs of words that were taken out in one hunk and added in another, in the order of the later answer.

    Each goes as far as it can, and no token is in two of them, so the work is no more than there are tokens.
    """
    gone = _once(one.keys, ((hunk.before, hunk.before_end) for hunk in hunks))
    new = _once(other.keys, ((hunk.after, hunk.after_end) for hunk in hunks))
    before_ends = [hunk.before_end for hunk in hunks]
    after_ends = [hunk.after_end for hunk in hunks]
    moves: list[_Run] = []
    taken: set[int] = set()
    free = 0
    for keys, after in new.items():
        before = gone.get(keys)
        if before is None or after < free or not taken.isdisjoint(range(before, before + BLOCK)):
            continue
        origin, target = hunks[bisect_right(before_ends, before)], hunks[bisect_right(after_ends, after)]
        if origin is target:
            continue
        back, forth = 0, BLOCK
        most_back = min(before - origin.before, after - max(target.after, free))
        most_forth = min(origin.before_end - before, target.after_end - after)
        while back < most_back and _is_one_more(one, other, before - back - 1, after - back - 1, taken):
            back += 1
        while forth < most_forth and _is_one_more(one, other, before + forth, after + forth, taken):
            forth += 1
        move = _Run(before - back, after - back, back + forth)
        taken.update(range(move.before, move.before_end))
        free = move.after_end
        if other.words(move.after, move.after_end) >= BLOCK:
            moves.append(move)
    return moves


def _is_one_more(one: _Answer, other: _Answer, before: int, after: int, taken: Set[int]) -> bool:
    return one.keys[before] == other.keys[after] and before not in taken


def _likeness(alike: Iterable[_Run], one: _Answer, other: _Answer) -> float:
    """Return the share of words that have their like; one that stands in several runs counts once."""
    here: set[int] = set()
    there: set[int] = set()
    for run in alike:
        here.update(place for place in range(run.before, run.before_end) if one.tokens[place].is_word)
        there.update(place for place in range(run.after, run.after_end) if other.tokens[place].is_word)
    total = one.words(0, len(one.tokens)) + other.words(0, len(other.tokens))
    return (len(here) + len(there)) / total if total else 1.0


def _pieces(hunks: Sequence[_Hunk], moves: Iterable[_Run], one: _Answer, other: _Answer) -> Iterator[Piece]:
    """Yield both answers in one row of pieces."""
    fragments = _fragments(hunks, moves, one, other)
    numbers: dict[int, int] = {}
    for (change, move), group in groupby((part for part in fragments if part.text), key=itemgetter(0, 1)):
        number = None if move is None else numbers.setdefault(move, len(numbers) + 1)
        yield Piece(change, "".join(part.text for part in group), number)


def _fragments(hunks: Sequence[_Hunk], moves: Iterable[_Run], one: _Answer, other: _Answer) -> Iterator[_Fragment]:
    away: dict[int, int] = {}
    here: dict[int, int] = {}
    for number, move in enumerate(moves):
        away.update(dict.fromkeys(range(move.before, move.before_end), number))
        here.update(dict.fromkeys(range(move.after, move.after_end), number))
    last = (len(one.tokens), len(one.tokens), len(other.tokens), len(other.tokens))
    for hunk, following in pairwise((*_with_spaces(hunks, one, other), _Hunk(*last))):
        gone = one.text[one.end(hunk.before) : one.start(hunk.before_end)]
        new = other.text[other.end(hunk.after) : other.start(hunk.after_end)]
        head = _same_space(gone, new)
        tail = _same_space(gone[head:][::-1], new[head:][::-1])
        yield _Fragment(Change.SAME, None, new[:head])
        stretch = (hunk.before, hunk.before_end, one.end(hunk.before) + head, one.start(hunk.before_end) - tail)
        yield from _cut(one, *stretch, away, Change.DELETED, Change.MOVED_AWAY)
        stretch = (hunk.after, hunk.after_end, other.end(hunk.after) + head, other.start(hunk.after_end) - tail)
        yield from _cut(other, *stretch, here, Change.INSERTED, Change.MOVED_HERE)
        yield _Fragment(Change.SAME, None, new[len(new) - tail :])
        yield _Fragment(Change.SAME, None, other.text[other.start(hunk.after_end) : other.end(following.after)])


def _with_spaces(hunks: Iterable[_Hunk], one: _Answer, other: _Answer) -> Iterator[_Hunk]:
    """Yield the hunks and, in their order, the places between them where white space alone has changed."""
    left: _Hunk | None = None
    for right in hunks:
        if left is not None:
            places = zip(range(left.before_end + 1, right.before), range(left.after_end + 1, right.after), strict=True)
            for before, after in places:
                if one.space(before) != other.space(after):
                    yield _Hunk(before, before, after, after)
        yield right
        left = right


def _same_space(one: str, other: str) -> int:
    """Return how long the white space is with which both begin."""
    length = 0
    while length < min(len(one), len(other)) and one[length] == other[length] and one[length].isspace():
        length += 1
    return length


def _cut(
    answer: _Answer, first: int, last: int, start: int, end: int, moved: Mapping[int, int], still: Change, gone: Change
) -> Iterator[_Fragment]:
    """Yield what stands between two places of a text, cut where moves begin and end; white space stays with a word."""
    if first == last:
        yield _Fragment(still, None, answer.text[start:end])
    for move, group in groupby(range(first, last), key=moved.get):
        until = max(group) + 1
        stop = answer.start(until) if until < last else end
        yield _Fragment(still if move is None else gone, move, answer.text[start:stop])
        start = stop
