"""Which blocks of a Markdown file are questions, and what belongs to each.

The whole file is looked at first. Headings, summaries, bold lines, marked lines, list items, tables or plain lines
carry the questions: the outermost kind whose instances mostly ask. Stretches that belong to none of them are looked at
again for the others, so that a list of bullets at the end of a file with headings is not lost.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from interview_coach.domain.models import Problem
from interview_coach.transcripts.entries import Entry
from interview_coach.transcripts.markdown_answers import Parts, plain_text, take_apart
from interview_coach.transcripts.markdown_asking import (
    MAYBE,
    NO,
    SURE,
    announces_questions,
    answer_lead_in,
    asking,
    gives_source,
    is_address,
    leads_back,
    names_contents,
    names_furniture,
    names_sources,
    option_letter,
    reveals,
    says_nothing,
    ticked,
    without_box,
)
from interview_coach.transcripts.markdown_blocks import Block, Document, Holder, Kind
from interview_coach.transcripts.markdown_tables import columns, rows_of
from interview_coach.transcripts.markdown_text import decoration_at_end, without_decoration, without_number
from interview_coach.transcripts.stages import stage_named

_HEADING, _SUMMARY, _BOLD, _MARKED, _ITEM, _TABLE, _PLAIN = range(7)

#: A kind carries the questions where at least this share of it asks, and it asks this share of what the busiest kind
#: asks: three headings that ask over sixty bullets only group them.
_MOSTLY = 0.5
_BESIDE_OTHERS = 0.2
_SOME = 0.4
_MOST = 0.65
_NEARLY_ALL = 0.8
_LOWEST_HEADING = 6
_FEW = 3
_LONG_TAG = 80
_SHORT_ARTICLE = 6_000
_LONGEST_PLAIN = 400


class Questions:
    """The blocks of a file that are questions, and what belongs to each.

    ``links_ask`` is whether lines that only lead elsewhere may be questions: where nothing else is.
    """

    def __init__(self, found: Document, *, links_ask: bool) -> None:
        self.blocks = found.blocks
        self._links_ask = links_ask
        self._asks = [self._asking(block) for block in self.blocks]
        self._furniture = self._find_furniture()
        self._section = self._sections()
        #: For each question its kind; for each block the question that it belongs to.
        self._kinds: dict[int, int] = {}
        self._owner: dict[int, int] = {}
        #: Items that stand in the questions below them ("Explain the following:"), and the names of groups of items.
        self._announced: dict[int, str] = {}
        self._named: set[int] = set()
        self._askers: dict[int, int] = {}
        self._group_names: dict[int, str] = {}
        self._choose()
        self.title = found.title or self._title()

    def _asking(self, block: Block) -> float:
        if block.kind in (Kind.CODE, Kind.RULE, Kind.TABLE):
            return NO
        if block.kind is Kind.SUMMARY and reveals(without_number(block.text).text):
            return NO
        if answer_lead_in(block.text) >= 0 or (block.opens and option_letter(block.text)):
            return NO
        if self._is_contents(block):
            return NO
        return asking(without_box(block.text) if block.opens else block.text)

    def _is_contents(self, block: Block) -> bool:
        """Return whether a block is a line of a table of contents: it leads to another place in the file."""
        if self._links_ask or block.kind in (Kind.HEADING, Kind.SUMMARY) or not block.targets:
            return False
        return all(target.startswith("#") for target in block.targets)

    def _find_furniture(self) -> list[bool]:
        """Find what belongs to no question and needs no word: contents, links back, licence and the like."""
        furniture = [
            block.kind is Kind.RULE or leads_back(block.text) or self._is_contents(block) for block in self.blocks
        ]
        asking_levels = [b.level for b, asks in zip(self.blocks, self._asks, strict=True) if b.level and asks == SURE]
        deepest = min(asking_levels, default=_LOWEST_HEADING)
        level = begun = 0
        contents = False
        for position, block in enumerate([*self.blocks, None]):
            heads = block is not None and block.kind is Kind.HEADING
            ends = block is None or (heads and (block.level <= level or self._asks[position] == SURE))
            if level and (ends or (contents and block is not None and self._ends_contents(block))):
                if contents or sum(asks == SURE for asks in self._asks[begun:position]) <= 1:
                    furniture[begun:position] = [True] * (position - begun)
                level = 0
            if block is not None and heads and not level and not without_number(block.text).marked:
                contents = names_contents(block.text)
                named = block.level <= deepest and names_furniture(block.text) and not self._may_end_an_answer(position)
                if contents or named:
                    level, begun = block.level, position
        return furniture

    def _may_end_an_answer(self, position: int) -> bool:
        return position > 0 and names_sources(without_decoration(self.blocks[position].text))

    def _ends_contents(self, block: Block) -> bool:
        """Return whether a block is none of a table of contents: text, or code, or a bold line that asks."""
        if self._links_ask:
            return not block.targets and block.kind is not Kind.HEADING
        if block.kind is Kind.TABLE or block.targets:
            return False
        return block.kind in (Kind.CODE, Kind.SUMMARY, Kind.BOLD) and not block.opens

    def _sections(self) -> list[int]:
        """Return for each block the heading under which it stands, -1 before the first."""
        sections: list[int] = []
        current = -1
        for position, block in enumerate(self.blocks):
            if block.kind is Kind.HEADING:
                current = position
            sections.append(current)
        return sections

    # which blocks are questions

    def _choose(self) -> None:
        free = [not furniture for furniture in self._furniture]
        for attempt in range(8):
            offers = [self._offer(kind, free, first=attempt == 0) for kind in range(7)]
            weights = [sum(self._weight(position) for position in offer) for offer in offers]
            most = max(weights)
            if not most:
                break
            kind = next(kind for kind, weight in enumerate(weights) if weight >= most * _BESIDE_OTHERS)
            self._take(kind, offers[kind])
            for position in self._owner:
                free[position] = False
        if len(self._kinds) == 1 and not self._may_be_alone(next(iter(self._kinds))):
            self._kinds.clear()
            self._owner.clear()

    def _weight(self, position: int) -> float:
        block = self.blocks[position]
        return float(len(block.rows)) if block.kind is Kind.TABLE else max(self._asks[position], 0.1)

    def _may_be_alone(self, position: int) -> bool:
        """Return whether a single question makes a list: not where it is a phrase in a long text."""
        block = self.blocks[position]
        if block.kind is Kind.TABLE or without_number(block.text).marked:
            return True
        if self._kinds[position] == _PLAIN:
            return False
        return sum(len(other.text) for other in self.blocks) <= _SHORT_ARTICLE and not any(self._asks[:position])

    def _offer(self, kind: int, free: list[bool], *, first: bool) -> list[int]:
        """Return the blocks of a kind that are questions, none where the kind does not mostly ask."""
        if kind == _HEADING:
            return self._headings(free) if first else []
        if kind == _ITEM:
            return self._items(free, first=first)
        if kind == _TABLE:
            return [
                position
                for position, block in enumerate(self.blocks)
                if free[position] and block.kind is Kind.TABLE and columns(block, links_ask=self._links_ask)
            ]
        if kind == _PLAIN:
            return self._plain_lines(free) if first else []
        candidates = [position for position, block in enumerate(self.blocks) if free[position] and _is(kind, block)]
        if kind == _MARKED:
            return candidates
        chosen = self._mostly([(position, self._asks[position]) for position in candidates], first=first)
        if kind == _BOLD and chosen and sum("marked" in self._marks(p) for p in chosen) >= _NEARLY_ALL * len(chosen):
            marked = {position for position, block in enumerate(self.blocks) if free[position] and _is(_MARKED, block)}
            return sorted(marked.union(chosen))
        return chosen

    def _mostly(self, candidates: list[tuple[int, float]], *, first: bool, few: int = 2) -> list[int]:
        """Return those of the candidates that ask, or bear the mark of those that ask, where most do."""
        sure = [position for position, asks in candidates if asks == SURE]
        if len(sure) < few and not (sure and first and len(self.blocks) < 40):
            return []
        marks = [self._marks(position) for position in sure]
        common = {mark for mark in set().union(*marks) if sum(mark in own for own in marks) >= _NEARLY_ALL * len(marks)}
        chosen = set(sure)
        for position, asks in candidates:
            if position not in chosen and self._has_content(position):
                alike = common & self._marks(position)
                if alike and (alike - {"parted"} or asks == MAYBE or not self.blocks[position].text.endswith(":")):
                    chosen.add(position)
        kind = self.blocks[sure[0]].kind
        share = len(sure) / len(candidates)
        enough = _MOSTLY / 2 if kind in (Kind.BOLD, Kind.SUMMARY) else _MOSTLY
        return sorted(chosen) if share >= enough or len(chosen) / len(candidates) >= _NEARLY_ALL else []

    def _marks(self, position: int) -> set[str]:
        """Return what sets a question apart in this file besides its words."""
        block = self.blocks[position]
        numbered = without_number(without_decoration(block.text))
        marks = {"marked"} if numbered.marked else set()
        if numbered.numbered or any(holder.number for holder in block.opens):
            marks.add("numbered")
        if decoration_at_end(block.text):
            marks.add("decorated")
        if block.parted:
            marks.add("parted")
        return marks

    def _has_content(self, position: int) -> bool:
        """Return whether a block is followed by something of its own, which is no list of questions or links."""
        asked = links = other = 0
        for following in range(position + 1, min(len(self.blocks), position + 12)):
            block = self.blocks[following]
            if block.kind is self.blocks[position].kind and block.level <= self.blocks[position].level:
                break
            if block.kind is Kind.HEADING:
                if block.level < self.blocks[position].level:
                    break
                other += self._asks[following] != SURE
                asked += self._asks[following] == SURE
            elif block.kind is not Kind.RULE:
                links += bool(block.targets)
                asked += self._asks[following] == SURE
                other += not block.targets and self._asks[following] != SURE
        return other > 0 and other >= asked

    def _headings(self, free: list[bool]) -> list[int]:
        by_level: dict[int, list[int]] = defaultdict(list)
        for position, block in enumerate(self.blocks):
            if block.kind is Kind.HEADING and free[position] and answer_lead_in(block.text) < 0:
                by_level[block.level].append(position)
        chosen: set[int] = set()
        main = 0
        best = 0.0
        for level, positions in by_level.items():
            sure = [position for position in positions if self._asks[position] == SURE]
            maybe = [position for position in positions if self._asks[position] == MAYBE]
            groups = [p for p in positions if self._asks[p] == NO and not self._has_content(p)]
            own = len(positions) - len(groups)
            weight = len(sure) + MAYBE * len(maybe)
            numbered = sum("numbered" in self._marks(position) for position in positions)
            if not own or (not sure and not (len(maybe) >= _FEW and numbered >= _NEARLY_ALL * own)):
                continue
            counted = numbered >= _NEARLY_ALL * own and len(positions) >= _FEW and weight >= own / 4
            if not counted and (weight < own * _MOSTLY or (len(sure) < 2 and len(positions) > 1)):
                continue
            if weight > best:
                main, best = level, weight
            picked = set(sure)
            marks = [self._marks(position) - {"parted", "decorated"} for position in sure]
            needed = (
                {
                    mark
                    for mark in ("marked", "numbered")
                    if sum(mark in own_ for own_ in marks) >= _NEARLY_ALL * len(sure)
                }
                if sure
                else {"numbered"}
            )
            for position in positions:
                if position in picked:
                    continue
                fits = bool(needed & self._marks(position)) if needed else weight >= own * _MOST
                names_no_question = names_sources(without_decoration(self.blocks[position].text))
                if fits and self._has_content(position) and not names_no_question:
                    picked.add(position)
            chosen |= picked
        if not chosen:
            return []
        marked = all("marked" in self._marks(position) for position in chosen.intersection(by_level[main]))
        return sorted(position for position in chosen if self._stands(position, main, by_level, marked=marked))

    def _stands(self, position: int, main: int, by_level: dict[int, list[int]], *, marked: bool) -> bool:
        """Return whether a heading is a question of its own beside those of the main level.

        ``marked`` says that those say so themselves ("Q."): then it does if it says so, too.
        """
        level = self.blocks[position].level
        if level == main:
            return True
        if level < main:
            return self._content_before_heading(position)
        if marked and "marked" in self._marks(position):
            return True
        sure = sum(self._asks[other] == SURE for other in by_level[level])
        return sure >= _FEW and sure >= _MOST * len(by_level[level])

    def _content_before_heading(self, position: int) -> bool:
        for following in range(position + 1, len(self.blocks)):
            block = self.blocks[following]
            if block.kind is Kind.HEADING:
                return False
            if not self._furniture[following]:
                return True
        return False

    def _items(self, free: list[bool], *, first: bool) -> list[int]:
        """Return the list items that are questions: of lists that mostly ask, and of lists in their items."""
        rows: dict[int, list[int]] = defaultdict(list)
        holder_of: dict[int, Holder] = {}
        same_as: dict[int, int] = {}
        last = -1
        for position, block in enumerate(self.blocks):
            if block.opens and free[position] and block.kind in (Kind.LINE, Kind.BOLD, Kind.HEADING):
                holder = block.opens[-1]
                if holder.row not in same_as:
                    same_as[holder.row] = self._row_before(position, last, same_as)
                holder_of[position] = holder
                rows[same_as[holder.row]].append(position)
                if self._depth(position) == 1:
                    last = position
        sure = {row: sum(self._asks[p] == SURE for p in positions) for row, positions in rows.items()}
        asks = {row: sum(self._asks[p] for p in positions) for row, positions in rows.items()}
        good: set[int] = set()
        for row, positions in rows.items():
            if sure[row] < len(positions) * _MOSTLY and any(_is_option(self.blocks[p]) for p in positions):
                continue
            heading = self._section[positions[0]]
            announced = heading >= 0 and announces_questions(self.blocks[heading].text)
            if sure[row] >= len(positions) * _MOSTLY or (
                asks[row] >= len(positions) * _MOSTLY and (sure[row] or announced)
            ):
                good.add(row)
        total = sum(asks[row] for row in good)
        if total < (2 if first else 1) and not (total and len(self.blocks) < _FEW * 2):
            return []
        return self._outermost({row: rows[row] for row in good}, holder_of)

    def _depth(self, position: int) -> int:
        return sum(holder.kind == "item" for holder in self.blocks[position].holders)

    def _row_before(self, position: int, last: int, same_as: dict[int, int]) -> int:
        """Return the list that an item goes on with: code that is not indented cuts a list in two."""
        own = self.blocks[position].opens[-1].row
        if last < 0 or self._depth(position) != 1:
            return own
        before = self.blocks[last].opens[-1]
        between = [b for b in self.blocks[last + 1 : position] if before not in b.holders]
        if between and all(b.kind in (Kind.CODE, Kind.RULE) for b in between):
            return same_as[before.row]
        return own

    def _outermost(self, good: dict[int, list[int]], holder_of: dict[int, Holder]) -> list[int]:
        """Return the items of the good lists, without the lists that stand within the answer to one of them."""
        chosen: dict[int, Holder] = {}
        asking_items: set[int] = set()
        refused: set[int] = set()
        row_of = {position: row for row, positions in good.items() for position in positions}
        seen: set[int] = set()
        for position in sorted(row_of):
            row, holder = row_of[position], holder_of[position]
            above = any(id(h) in asking_items for h in self.blocks[position].holders if h is not holder)
            if row not in seen and above and position - 1 not in chosen:
                refused.add(row)
            seen.add(row)
            if row not in refused:
                chosen[position] = holder
                asking_items.add(id(holder))
        self._drop_empty_parents(chosen)
        self._add_parts(chosen, holder_of)
        return sorted(chosen)

    def _add_parts(self, chosen: dict[int, Holder], holder_of: dict[int, Holder]) -> None:
        """In a list of bare questions what stands under "Explain the following:" is a question each."""
        followed = {
            position
            for position, holder in chosen.items()
            if position + 1 < len(self.blocks)
            and position + 1 not in chosen
            and holder in self.blocks[position + 1].holders
        }
        announcing = {position for position in followed if self.blocks[position].text.endswith(":")}
        if len(followed - announcing) > len(chosen) * _BESIDE_OTHERS:
            return
        for position in announcing:
            holder = chosen[position]
            parts = []
            following = position + 1
            while following < len(self.blocks) and holder in self.blocks[following].holders:
                parts.append(following)
                following += 1
            if all(part in holder_of and not _is_option(self.blocks[part]) for part in parts):
                del chosen[position]
                self._announced[id(holder)] = self.blocks[position].text
                self._named.add(position)
                chosen.update((part, holder_of[part]) for part in parts)

    def _drop_empty_parents(self, chosen: dict[int, Holder]) -> None:
        """Drop items that do not ask and only hold questions: such an item names their group."""
        for position in list(chosen):
            following = position + 1
            if self._asks[position] == NO and following in chosen:
                inside = self.blocks[following].holders
                if chosen[position] in inside:
                    del chosen[position]

    def _plain_lines(self, free: list[bool]) -> list[int]:
        """Return short lines that end in a question mark, in a file that mostly consists of them and their answers."""
        lines = [p for p, block in enumerate(self.blocks) if free[p] and block.kind is Kind.LINE and not block.holders]
        sure = [
            p
            for p in lines
            if self._asks[p] == SURE
            and len(self.blocks[p].text) <= _LONGEST_PLAIN
            and "\n" not in self.blocks[p].text
            and self.blocks[p].text.rstrip().endswith(("?", "？", "؟"))
        ]
        return sure if len(sure) >= _FEW and len(sure) >= len(lines) / 4 else []

    # what belongs to each

    def _take(self, kind: int, positions: list[int]) -> None:
        """Make blocks questions, and give them what follows up to where something else begins."""
        for position in positions:
            self._kinds[position] = kind
        between, answered = self._answered_outside(positions) if kind == _ITEM else (True, True)
        for position in positions:
            self._owner[position] = position
        for position, limit in zip(positions, [*positions[1:], len(self.blocks)], strict=True):
            bare = position + 1 == limit or not set(self.blocks[position].opens) & set(
                self.blocks[min(position + 1, len(self.blocks) - 1)].holders
            )
            goes_on = between or (answered and (bare or limit < len(self.blocks)))
            for following in range(position + 1, self._end(position, limit, kind, interleaved=goes_on)):
                if following in self._owner:
                    break
                self._owner[following] = position

    def _answered_outside(self, positions: list[int]) -> tuple[bool, bool]:
        """Return whether the answers stand between the items of a list rather than in them, and whether there are any.

        An answer that is not indented far enough ends the list in Markdown, and is meant for its last item all the
        same; a line between two lists of bare questions is meant for none.
        """
        chosen = set(positions)
        outside = inside = 0
        for position in positions:
            holder = self.blocks[position].opens[-1]
            following = position + 1
            while following < len(self.blocks) and following not in chosen and holder in self.blocks[following].holders:
                following += 1
            if following > position + 1:
                inside += 1
            elif following < len(self.blocks) and following not in chosen:
                outside += self.blocks[following].kind is not Kind.HEADING and not self._furniture[following]
        between = outside > 1 and outside >= len(positions) * _SOME
        return between, inside + outside >= len(positions) * _MOSTLY and len(positions) > 1

    def _end(self, position: int, limit: int, kind: int, *, interleaved: bool) -> int:
        """Return the place after the last block that belongs to a question, at most where the next one begins."""
        block = self.blocks[position]
        if kind == _TABLE:
            return position + 1
        level = block.level if kind == _HEADING else self._level_above(position)
        inside = block.holders[-1] if kind == _SUMMARY and block.holders else None
        item = block.opens[-1] if kind == _ITEM else None
        code_may_follow = True
        for following in range(position + 1, limit):
            other = self.blocks[following]
            heads = other.kind is Kind.HEADING and (other.level <= level or not level)
            if heads and (item is None or item not in other.holders) and answer_lead_in(other.text) < 0:
                return following
            if inside is not None and inside not in other.holders and other.kind is not Kind.RULE:
                return following
            if item is not None and item not in other.holders and not interleaved:
                if other.kind is Kind.RULE:
                    continue
                if not (code_may_follow and other.kind is Kind.CODE):
                    return following
            if item is not None and other.kind is not Kind.CODE:
                code_may_follow = item in other.holders
            if names_furniture(other.text) and other.kind is Kind.HEADING and self._furniture[following]:
                return following
        return limit

    def _level_above(self, position: int) -> int:
        heading = self._section[position]
        return self.blocks[heading].level if heading >= 0 and self._owner.get(heading) is None else 0

    # entries

    def entries(self) -> list[Entry]:
        """Return the questions in the order of the file."""
        owned: dict[int, list[Block]] = defaultdict(list)
        for position, owner in sorted(self._owner.items()):
            if position != owner and not self._is_left_out(position):
                owned[owner].append(self.blocks[position])
        trails = self._trails()
        self._askers = {id(self.blocks[p].opens[-1]): p for p in self._kinds if self.blocks[p].opens}
        only_asks = self._only_asks(owned)
        made: list[Entry] = []
        weak: list[bool] = []
        for position in sorted(self._kinds):
            block = self.blocks[position]
            stage, tags = trails[position]
            if block.kind is Kind.TABLE:
                rows = rows_of(block, stage, tags, links_ask=self._links_ask)
                made.extend(rows)
                weak.extend([True] * len(rows))
                continue
            parts = take_apart(block, owned[position])
            entry = self._entry(position, parts, stage, tags)
            if entry is None:
                continue
            if self._is_group_of_its_own(position, entry, only_asks):
                continue
            made.append(entry)
            weak.append(self._kinds[position] in (_ITEM, _PLAIN) or bool(block.targets))
        return _without_repeats(made, weak)

    def _entry(self, position: int, parts: Parts, stage: str | None, tags: tuple[str, ...]) -> Entry | None:
        block = self.blocks[position]
        question = parts.question
        if not question:
            return None
        if (above := self._parent(position)) is not None and not _stands_alone(question):
            question = f"({above}) {question}"
        number = parts.number
        if number is None and block.opens and (written := block.opens[-1].number):
            number = written
        return Entry(question, parts.answer, block.line, stage, number, tags=tags)

    def _parent(self, position: int) -> str | None:
        """Return the question in whose list this one stands, as text."""
        if self._kinds[position] != _ITEM:
            return None
        holders = self.blocks[position].holders
        for holder in reversed(holders):
            if id(holder) in self._announced:
                return without_decoration(without_number(self._announced[id(holder)]).text).rstrip(": ")
        for holder in reversed(holders[:-1]):
            if (above := self._askers.get(id(holder))) is not None:
                return without_decoration(without_number(self.blocks[above].text).text).rstrip(":")
        return None

    def _only_asks(self, owned: dict[int, list[Block]]) -> bool:
        return sum(bool(owned[position]) for position in self._kinds) * 5 <= len(self._kinds)

    def _is_group_of_its_own(self, position: int, entry: Entry, only_asks: bool) -> bool:
        """Return whether a heading that asks has nothing but further questions under it, which it names."""
        if self._kinds[position] != _HEADING or entry.answer is not None or only_asks:
            return False
        following = position + 1
        while following < len(self.blocks) and self._furniture[following]:
            following += 1
        if following >= len(self.blocks) or following not in self._kinds:
            return False
        other = self.blocks[following]
        return other.kind is not Kind.HEADING or other.level > self.blocks[position].level

    def _is_left_out(self, position: int) -> bool:
        """Return whether a block in an answer is furniture there: a link back, or where it was read."""
        block = self.blocks[position]
        if self._furniture[position]:
            return True
        if block.kind is Kind.HEADING or block.kind is Kind.BOLD or block.kind is Kind.LINE:
            if names_sources(without_decoration(block.text)):
                return self._only_links_follow(position)
            if block.targets or is_address(block.text):
                heading = self._section[position]
                under = heading >= 0 and names_sources(without_decoration(self.blocks[heading].text))
                return under or (gives_source(block.text) and not is_address(block.text))
            return "://" in block.text and gives_source(block.text) and not is_address(block.text)
        return False

    def _only_links_follow(self, position: int) -> bool:
        owner = self._owner[position]
        following = position + 1
        while following < len(self.blocks) and self._owner.get(following) == owner:
            block = self.blocks[following]
            if block.kind is Kind.HEADING:
                break
            if not (self._furniture[following] or block.targets or "://" in block.text or is_address(block.text)):
                return False
            following += 1
        return True

    def _trails(self) -> dict[int, tuple[str | None, tuple[str, ...]]]:
        """Return for each question the stage and the topics that the headings above it name."""
        trails: dict[int, tuple[str | None, tuple[str, ...]]] = {}
        above: list[tuple[int, str]] = []
        title = self._title_position()
        for position, block in enumerate(self.blocks):
            if block.kind is Kind.HEADING:
                asks = position in self._kinds
                while above and (above[-1][0] > block.level or (above[-1][0] == block.level and not asks)):
                    above.pop()
                if position not in self._owner and position not in self._kinds and not self._furniture[position]:
                    name = _name(block.text)
                    above.append((block.level, "" if position == title else name))
            if position in self._kinds:
                groups = [holder.title for holder in block.holders if holder.title not in ("", "html", block.text)]
                groups += [self._group_of(holder, block) for holder in block.holders if holder.kind == "item"]
                names = [name for _, name in above] + [without_number(group).text for group in groups]
                stage = next((found for name in reversed(names) if name and (found := _stage(name))), None)
                if stage is None and title >= 0:
                    stage = _stage(self.blocks[title].text)
                tags = [
                    n
                    for n in names
                    if n and len(n) <= _LONG_TAG and not says_nothing(n) and not reveals(n) and asking(n) != SURE
                ]
                trails[position] = stage, tuple(dict.fromkeys(tags))
            elif block.opens and position not in self._owner and position not in self._named:
                self._group_names[id(block.opens[-1])] = without_decoration(block.text).rstrip(":")
        return trails

    def _group_of(self, holder: Holder, block: Block) -> str:
        return "" if holder in block.opens else self._group_names.get(id(holder), "")

    def _title_position(self) -> int:
        for position, block in enumerate(self.blocks):
            if block.kind is Kind.HEADING:
                levels = Counter(other.level for other in self.blocks if other.kind is Kind.HEADING)
                alone = levels[block.level] == 1 and block.level == min(levels)
                return position if alone and position <= min(self._kinds, default=-1) - 1 else -1
        return -1

    def _title(self) -> str | None:
        position = self._title_position()
        return without_decoration(self.blocks[position].text)[:200] or None if position >= 0 else None

    def problems(self) -> list[Problem]:
        """Return one problem for each stretch of text that became part of no question."""
        found: list[Problem] = []
        open_stretch = False
        first = min(self._kinds)
        used = self._used_as_names()
        for position, block in enumerate(self.blocks):
            if position in self._owner:
                open_stretch = False
                if block.unclosed:
                    found.append(
                        Problem(
                            line=block.line, message="the code fence that opens here is not closed: all below is code"
                        )
                    )
                continue
            if self._furniture[position] or position in used or self._is_badge(block):
                continue
            if not open_stretch:
                where = "before the first question" if position < first else "between or after questions"
                found.append(Problem(line=block.line, message=f"text {where}: part of none, left out"))
                open_stretch = True
        return found

    def _used_as_names(self) -> set[int]:
        headings = {position for position, block in enumerate(self.blocks) if block.kind is Kind.HEADING}
        groups = {p for p, block in enumerate(self.blocks) if block.opens and id(block.opens[-1]) in self._group_names}
        holding = {id(holder) for position in self._kinds for holder in self.blocks[position].holders}
        named = {p for p in groups if id(self.blocks[p].opens[-1]) in holding}
        summaries = {
            p
            for p, block in enumerate(self.blocks)
            if block.kind is Kind.SUMMARY and block.holders and id(block.holders[-1]) in holding
        }
        return headings | named | summaries | self._named

    def _is_badge(self, block: Block) -> bool:
        return bool(block.targets) or not any(map(str.isalnum, block.text)) or is_address(block.text)


def _is(kind: int, block: Block) -> bool:
    """Return whether a block is of the kind of carrier."""
    if kind == _SUMMARY:
        return block.kind is Kind.SUMMARY and not reveals(without_number(block.text).text)
    if kind == _BOLD:
        return block.kind is Kind.BOLD and not block.opens and answer_lead_in(block.text) < 0
    return (
        kind == _MARKED
        and block.kind in (Kind.LINE, Kind.BOLD)
        and without_number(without_decoration(block.text)).marked
        and not block.targets
    )


def _is_option(block: Block) -> bool:
    return bool(block.opens) and (ticked(block.text) is not None or option_letter(block.text) is not None)


def _name(heading: str) -> str:
    """Return a heading as the name of a topic: without its number, and without a link back in brackets."""
    bare = re.sub(r"\[\W{0,3}\]", "", heading)
    return plain_text(without_decoration(without_number(without_decoration(bare)).text)).strip(" :#")


def _stands_alone(question: str) -> bool:
    asks = asking(question)
    return len(question.split()) >= _FEW and (asks == SURE or (asks == MAYBE and question[0].isupper()))


def _without_repeats(entries: list[Entry], weak: Sequence[bool]) -> list[Entry]:
    """Leave out lines of a list or a table that repeat a question which is answered elsewhere: a table of contents."""
    known = {
        _same(entry.question) for entry, only in zip(entries, weak, strict=True) if entry.answer is not None or not only
    }
    return [
        entry
        for entry, only in zip(entries, weak, strict=True)
        if not (only and entry.answer is None and _same(entry.question) in known)
    ]


def _stage(heading: str) -> str | None:
    """Return the stage that a heading names; a chapter that introduces its topic is none."""
    bare = without_number(heading).text.strip(" :.").casefold()
    return None if bare in ("introduction", "intro", "introductory") else stage_named(heading)


def _same(question: str) -> str:
    return " ".join(re.findall(r"\w+", question.lower()))
