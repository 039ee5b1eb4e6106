"""Dialogues of an interview: who speaks stands at the beginning of a line.

``Interviewer:`` / ``Candidate:``, ``Q:`` / ``A:``, ``Q1. INTERVIEWER:``, names, bold names, names with times, labels on
a line of their own; sections, scores and what a judge wrote between the turns.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from interview_coach.domain.models import Problem
from interview_coach.transcripts.conversation import Utterance, asks, judges, quoted, told
from interview_coach.transcripts.entries import Found, Likeness, NoTurns
from interview_coach.transcripts.held import Header, header_of
from interview_coach.transcripts.source import Source
from interview_coach.transcripts.speakers import Label, Role, Side, label_of, one_key_each, role_of, speaking
from interview_coach.transcripts.spoken_text import as_read, asked_code, fenced_lines, is_rule, loose_marks_off
from interview_coach.transcripts.stages import stage_named


class _Section(NamedTuple):
    """A heading within the file: what it says, how deep it is, and whether it can only be one."""

    text: str
    level: int
    surely: bool


class _Part(NamedTuple):
    """A stretch of lines: a heading, what somebody says, or neither."""

    first: int
    label: Label | None
    section: _Section | None
    lines: list[str]


_HEADING = r"[ \t]{0,3}(?P<signs>#{1,6})[ \t]+(?P<text>.*?)[ \t#]*"
_DECORATED = (
    r"[ \t]*(?P<sign>[-=*~_#+─━<>•:]{2,40})[ \t]*(?P<text>[^\s\-=*~_#+─━].{0,78}?)[ \t]*"
    r"(?P<end>[-=*~_#+─━<>•:]{2,40})[ \t]*"
)
_BRACKETED = r"[ \t]*[\[【(](?P<text>[^\[\]()【】\n]{2,60})[\]】)][ \t]*"
_ROUND = (
    r"(?i)(?:round|part|section|stage|phase|day|session|segment)[ \t]*(?:#|no\.?)?[ \t]*"
    r"(?:\d{1,2}|[ivx]{1,4}\b|[a-h]\b|one|two|three|four|five)"
    r"(?:[ \t]*of[ \t]*\d{1,2})?[ \t]*[:.)\-–—|]*[ \t]*(?P<name>.*)"
)
_PLAIN_HEADINGS = (
    r"(?i)(?:(?:full|mock|the|sample|complete|job|technical)[ ])*(?:interview|transcript|conversation|dialogue"
    r"|dialog|questions?|q ?& ?a|questions? (?:and|&) answers?|begin|start|main)"
    r"(?:[ ](?:transcript|begins|starts|start|questions?|log"
    r"|session|simulation|dialogue|conversation))*:?"
)
_END = (
    r"(?i)\W*(?:(?:this is )?(?:the )?end (?:of (?:the )?)?(?:mock )?"
    r"(?:interview|transcript|recording|session|conversation)"
    r"|(?:interview|transcript|recording|session) (?:ends?|ended|concluded|completed?|over))\W*"
)
_OPTION = r"[ \t]*(?:[-*+][ \t]+)?[\(\[]?[A-Fa-f][.)\]:][ \t]+\S|[ \t]*[-*+][ \t]+\[[ xX]\]"
_CONFIDENT_TURNS = 2
_LONGEST_BARE = 70
_LONGEST_HEADING = 300
_TURN_FORMAT = r"(?m)^Turn \d+ \[[^\[\]\n]+\][ \t]*\nQ:"
_CUE = r"(?m)^[ \t]*(?:\d{1,2}:)?\d{1,2}:\d{2}[.,]\d{1,3}[ \t]+-->"


def likeness(source: Source) -> Likeness | None:
    """Return how much a file looks like a dialogue."""
    sample = source.sample
    if not sample.strip() or sample.startswith("WEBVTT") or len(re.findall(_CUE, sample)) > 1:
        return None
    if re.match(r"\s*(?:\{|\[\s*[\[{\"])", sample) or re.search(_TURN_FORMAT, sample):
        return None
    lines = _rows_as_lines(sample.split("\n"))
    places = _labels(lines, Header())
    talking = [label for label in places.values() if label.role is None or label.role.side in (Side.ASKS, Side.ANSWERS)]
    if len(talking) < _CONFIDENT_TURNS:
        return None
    names = {label.name for label in talking}
    if len({name.upper() for name in names if len(name) == 1} - {"Q", "I"}) > 2:
        return None  # A: B: C: D: are what there is to choose from
    sides = [label.role.side for label in talking if label.role]
    both = {Side.ASKS, Side.ANSWERS} <= set(sides)
    pairs = sum(one.key != other.key for one, other in pairwise(talking))
    blocks = sum(1 for line, before in zip(lines, ["", *lines], strict=False) if line.strip() and not before.strip())
    first = sorted(names, key=[label.name for label in talking].index)[:2]
    reason = "its lines begin with " + " and ".join(f"“{name}:”" for name in first)
    if len({label.key for label in talking}) < 2:
        formal = all(label.role and label.role.formal for label in talking)
        headings = sum(label.heading for label in talking) * 2 > len(talking)
        return Likeness(0.5 if formal and not headings else 0.2, reason)
    dense = len(talking) * 10 >= blocks
    headings = sum(label.heading for label in talking) * 2 > len(talking)
    if not dense or pairs * 2 < len(talking):
        return Likeness(0.3, reason)
    if both and len(sides) * 2 >= len(talking):
        formal = all(label.role and label.role.formal for label in talking if label.role)
        score = 0.85 if formal else 0.9
        return Likeness(0.6 if headings and formal else score if pairs >= _CONFIDENT_TURNS else 0.7, reason)
    return Likeness(0.75 if pairs >= _CONFIDENT_TURNS + 1 else 0.5, reason)


def read(source: Source, *, interviewer: str | None = None) -> Found:
    """Read a dialogue. ``interviewer`` is the speaker whom the person names. Raises NoTurns, UnreadableText."""
    lines = _rows_as_lines(source.text.split("\n"))
    header = Header()
    labels = _labels(lines, header)
    if not labels:
        raise NoTurns(
            "no line begins with who speaks, such as “Interviewer:” and “Candidate:” or “Q:” and “A:”"
            if source.text.strip()
            else "the file is empty"
        )
    problems: list[Problem] = list(source.text_problems)
    parts = _parts(lines, labels)
    if all(label.role and label.role.formal and label.role.side is Side.ASKS for label in labels.values()):
        parts = [answered for part in parts for answered in _answered_below(part)]
    utterances = _utterances(parts, header, problems)
    found = told(utterances, interviewer=interviewer, problems=problems)
    return Found(
        entries=found.entries,
        problems=found.problems,
        title=header.title,
        role=header.role,
        company=header.company,
        held=header.held,
        speakers=found.speakers,
        interviewer=found.interviewer,
    )


def _rows_as_lines(lines: list[str]) -> list[str]:
    """Return the lines with the rows of a table that says who speaks as lines "speaker: text"."""
    ruled = re.compile(r"[ \t]*\|[ \t:|-]+\|?[ \t]*")
    rows = {
        place: found
        for place, line in enumerate(lines)
        if line[:1] == "|" and not ruled.fullmatch(line) and (found := _row(line)) is not None
    }
    roles = [role_of(speaker) for speaker, _ in rows.values()]
    if sum(role is not None and role.strong and role.side is not Side.JUDGES for role in roles) < _CONFIDENT_TURNS:
        return lines
    if not any(role is not None and role.side is Side.ANSWERS for role in roles):
        return lines
    first = next((place for place, line in enumerate(lines) if ruled.fullmatch(line)), 0)
    rewritten = [
        f"{rows[place][0]}: {rows[place][1]}" if place in rows else "" if ruled.fullmatch(line) else line
        for place, line in enumerate(lines)
    ]
    if first and first - 1 in rows:
        rewritten[first - 1] = ""
    return rewritten


def _row(line: str) -> tuple[str, str] | None:
    """Return who speaks in a table's row, and what, None where the row has not the cells for it."""
    cells = [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))]
    if len(cells) > 2 and not any(char.isalpha() for char in cells[0]):
        cells = cells[1:]
    if len(cells) < 2 or not cells[0] or len(cells[0]) > _LONGEST_BARE or ":" in cells[0]:
        return None
    return cells[0].strip("*_ "), " ".join(filter(None, cells[1:]))


def _labels(lines: Sequence[str], header: Header) -> dict[int, Label]:
    """Return the labels of speakers and judges by their line; fill the header from the lines above the first."""
    code = fenced_lines(lines)
    candidates: dict[int, Label] = {}
    for place, line in enumerate(lines):
        if place in code or not line.strip():
            continue
        if (label := label_of(line)) is not None:
            candidates[place] = label
    _without_options(lines, candidates)
    _read_header(lines, candidates, header)
    dotted = {label.role for label in candidates.values() if label.dotted and label.role}
    for place in [place for place, label in candidates.items() if label.dotted]:
        if len(dotted) == 1:  # "A. …" alone is the first of several options
            del candidates[place]
    for place, label in list(candidates.items()):
        if label.role is None and (asking := header.people.get(label.key)) is not None:
            candidates[place] = label._replace(role=Role(Side.ASKS if asking else Side.ANSWERS, strong=True))
    if any(
        label.role and label.role.side is Side.ANSWERS and not label.role.formal and label.number
        for label in candidates.values()
    ):  # who speaks is numbered through, not what is asked
        for place, label in list(candidates.items()):
            if not (label.role and label.role.formal):
                candidates[place] = label._replace(number=None)
    same = one_key_each(list(candidates.values()))
    candidates = {place: label._replace(key=same.get(label.key, label.key)) for place, label in candidates.items()}
    accepted = speaking(list(candidates.values()), frozenset(header.people))
    return {place: label for place, label in candidates.items() if label.key in accepted}


def _without_options(lines: Sequence[str], candidates: dict[int, Label]) -> None:
    """Take out what there is to choose from: "A: …", "B: …", "C: …" in lines that follow each other.

    Two people who are called A and B don't speak in three lines A, B, C, nor in items of a list.
    """
    runs: list[list[int]] = []
    for place in sorted(candidates):
        name = candidates[place].name
        if len(name) != 1:
            continue
        if name == "A":
            runs.append([place])
        elif runs and runs[-1][-1] == place - 1 and name == chr(ord("A") + len(runs[-1])):
            runs[-1].append(place)
    listed = any(len(run) > 2 for run in runs)
    for run in runs:
        if len(run) > 1 and (listed or lines[run[0]].lstrip()[:1] in "-*+•"):
            for place in run:
                del candidates[place]


def _read_header(lines: Sequence[str], candidates: dict[int, Label], header: Header) -> None:
    """Take the lines that say something about the interview out of the candidates, as far as the head goes."""
    taken: list[int] = []
    for place, line in enumerate(lines):
        if not line.strip() or is_rule(line):
            continue
        key, _ = header_of(line.split("|")[0])
        label = candidates.get(place)
        if key is None and label is not None and label.role is not None and label.role.side is not Side.JUDGES:
            break
        if key is not None:
            taken.append(place)
    heads = [place for place in taken if header_of(lines[place].split("|")[0])[0] not in ("asks", "answers")]
    people = [place for place in taken if place not in heads]
    if len(people) == 1 and not heads and not _speaks_again(people[0], lines, candidates):
        taken = []  # "Interviewer: Anna" alone may be said by the interviewer
    elif len(people) > 1 and not heads and not _stand_apart(people, lines):
        taken = []  # so may "Interviewer: Hello" and "Candidate: Hello"
    for place in taken:
        if header.take(lines[place]):
            candidates.pop(place, None)
    first = min(candidates, default=len(lines))
    for place in range(min(first, len(lines))):
        line = lines[place]
        if line.strip() and place not in taken and not is_rule(line):
            section = _section(line)
            text = section.text if section else as_read([line.strip()])
            top = section is None or section.level == 1 or not line.lstrip().startswith("#")
            if top and header.title is None and len(text) <= _LONGEST_BARE * 2 and _names_no_part(text):
                header.title = text
            break


def _stand_apart(people: Sequence[int], lines: Sequence[str]) -> bool:
    """Return whether lines that name people are a block of their own: nothing between them, and a gap below."""
    below = people[-1] + 1
    together = all(other == one + 1 for one, other in pairwise(people))
    return together and (below >= len(lines) or not lines[below].strip() or is_rule(lines[below]))


def _names_no_part(text: str) -> bool:
    return stage_named(text) is None and not re.fullmatch(_ROUND, text) and not text.endswith((".", "?", ":"))


def _speaks_again(place: int, lines: Sequence[str], candidates: dict[int, Label]) -> bool:
    label = candidates.get(place)
    return (
        label is not None
        and place + 1 < len(lines)
        and not lines[place + 1].strip()
        and any(other.key == label.key for at, other in candidates.items() if at > place)
    )


def _section(line: str) -> _Section | None:
    """Return the heading that a line is by its signs."""
    if len(line) > _LONGEST_HEADING:
        return None
    found = re.fullmatch(_HEADING, line)
    if found:
        return _Section(_plain(found["text"]), len(found["signs"]), len(found["signs"]) < 3)
    if line.lstrip()[:1] in "-=*~_#+─━<>•:" and (found := re.fullmatch(_DECORATED, line)):
        bold = found["sign"] in ("**", "__", "***")
        text = _plain(found["text"])
        if not text or text.endswith(("?", ".", "!", ",", ";")) or (bold and not _is_part(text)):
            return None
        return _Section(text, 2, surely=True)
    if line.lstrip()[:1] in "[【(" and (found := re.fullmatch(_BRACKETED, line)) and _is_part(found["text"]):
        return _Section(_plain(found["text"]), 2, surely=True)
    return None


def _plain(text: str) -> str:
    plain = as_read([text]).strip(" :-–—#*=")
    return re.sub(r"^[^\w(\"'“&]+|[^\w)\"'”?!.%+#]+$", "", plain)


def _is_known(text: str) -> bool:
    """Return whether a heading can't be part of an answer: a part of an interview, or a judge's."""
    role = role_of(text)
    return _is_part(text) or (role is not None and role.side is Side.JUDGES)


def _is_part(text: str) -> bool:
    return stage_named(text) is not None or re.fullmatch(_ROUND, text.strip()) is not None


def _topics(lines: Sequence[str], labels: dict[int, Label]) -> frozenset[int]:
    """Return the lines that name a topic between the turns: short, alone, above a question, and more than one."""
    found: set[int] = set()
    for place, label in labels.items():
        if label.role is None or label.role.side is not Side.ASKS:
            continue
        above = place - 1
        while above > 0 and (not lines[above].strip() or is_rule(lines[above])):
            above -= 1
        text = lines[above].strip() if above >= 0 else ""
        alone = above < place - 1 and above > 0 and not lines[above - 1].strip() and above not in labels
        few = 0 < len(text.split()) <= 5 and text[:1].isupper() and text[-1:].isalnum()
        if alone and few and above - 1 not in labels:
            found.add(above)
    return frozenset(found if len(found) > 1 else ())


def _bare(lines: Sequence[str], place: int, labels: dict[int, Label], topics: frozenset[int]) -> _Section | None:
    """Return the heading that a line is by what it says and where it stands: before a label or an underline."""
    line = lines[place].strip().strip("*_").strip()
    if not line or len(line) > _LONGEST_BARE or line.endswith((".", "?", "!", ",", ";")):
        return None
    if place and lines[place - 1].strip() and not is_rule(lines[place - 1]):
        return None
    if not _is_part(line) and place not in topics:
        return None
    after = place + 1
    while after < len(lines) and after < place + 4 and (not lines[after].strip() or is_rule(lines[after])):
        after += 1
    if after not in labels:
        return None
    return _Section(_plain(line), 2, surely=True)


def _parts(lines: Sequence[str], labels: dict[int, Label]) -> list[_Part]:
    """Return the file cut at its labels and headings; the first part has neither."""
    code = fenced_lines(lines)
    parts = [_Part(0, None, None, [])]
    topics = _topics(lines, labels)
    following = _next_marks(lines, labels, code)
    for place, line in enumerate(lines):
        if place in labels:
            label = labels[place]
            parts.append(_Part(place, label, None, [loose_marks_off(label.rest)]))
            continue
        section = None
        if place not in code and line.strip():
            section = _section(line) or _bare(lines, place, labels, topics)
            if section is not None and parts[-1].label and not (section.surely or _is_known(section.text)):
                section = section if following[place] else None  # a heading within an answer
        if section is not None:
            parts.append(_Part(place, None, section, []))
        else:
            parts[-1].lines.append(line)
    return parts


def _next_marks(lines: Sequence[str], labels: dict[int, Label], code: frozenset[int]) -> list[bool]:
    """Return for each line whether what follows it, but for blank lines and headings, is a label or the end."""
    following = [True] * len(lines)
    upcoming = True
    for place in range(len(lines) - 1, -1, -1):
        following[place] = upcoming
        line = lines[place]
        if place in labels:
            upcoming = True
        elif line.strip() and (place in code or not (is_rule(line) or re.fullmatch(_HEADING, line))):
            upcoming = False
    return following


class _Where:
    """The section that the reader stands in."""

    def __init__(self, stage: str | None) -> None:
        self.stage = stage
        self.stage_level = 0
        self.tags: tuple[tuple[int, str], ...] = ()

    def enter(self, section: _Section) -> None:
        if stage_named(section.text) is None and re.fullmatch(_PLAIN_HEADINGS, section.text):
            return
        found = re.fullmatch(_ROUND, section.text)
        name = found["name"].strip(" :-–—") if found else section.text
        stage = stage_named(section.text)
        self.tags = tuple(tag for tag in self.tags if tag[0] < section.level)
        if stage is None and found and name and len(name) <= _LONGEST_BARE:
            stage = name
        if stage is not None or found or self.stage_level >= section.level:
            self.stage, self.stage_level = stage, section.level
        if name and stage_named(name) is None:
            self.tags = (*self.tags, (section.level, name))


def _utterances(parts: Sequence[_Part], header: Header, problems: list[Problem]) -> list[Utterance]:
    stage = stage_named(header.section) if header.section else None
    where = _Where(stage)
    utterances: list[Utterance] = []
    head = True
    for part in parts:
        if part.label is not None:
            head = False
            utterances += _said(part, part.label, where)
            continue
        if part.section is not None:
            judged = role_of(part.section.text)
            if judged is not None and judged.side is Side.JUDGES and utterances:
                text = as_read(["", *part.lines])
                key = part.section.text.casefold()
                utterances.append(Utterance(key, part.section.text, judged, text, part.first + 1))
                continue
            if part.section.text != header.title or not head:
                where.enter(part.section)
        _report_stray(part, header, problems, head=head)
    return utterances


def _said(part: _Part, label: Label, where: _Where) -> list[Utterance]:
    """Return what one speaker says, and what a judge says below it."""
    tags = tuple(text for _, text in where.tags)
    stage = where.stage
    if label.stage:
        named = stage_named(label.stage)
        stage, tags = named or stage, tags if named else (*tags, label.stage)
    lines = [line for line in part.lines if not (_is_end(line))]
    cut = len(lines)
    if label.role is None or label.role.side is not Side.JUDGES:
        cut = _verdict(lines)
    split = _answered_in_line(label, lines[0]) if lines else None
    if split:
        lines[0], answer = split
        asked = Utterance(
            label.key, label.name, label.role, as_read(lines[:1]), part.first + 1, label.number, stage, tags
        )
        role = Role(Side.ANSWERS, strong=True, formal=True)
        answered = Utterance("answers", "A", role, as_read([answer, *lines[1:cut]]), part.first + 1, None, stage, tags)
        said = [asked, answered]
    else:
        said = [
            Utterance(
                label.key, label.name, label.role, as_read(lines[:cut]), part.first + 1, label.number, stage, tags
            )
        ]
    if cut < len(lines):
        judge = Role(Side.JUDGES, strong=True)
        said.append(Utterance("", "", judge, as_read(["", *lines[cut:]]), part.first + 1 + cut))
    return said


def _answered_below(part: _Part) -> list[_Part]:
    """Return question and answer of a part where only questions have a label: what stands below asks no more."""
    if part.label is None:
        return [part]
    end = _end_of_question(part.lines)
    if not any(line.strip() and not is_rule(line) for line in part.lines[end:]):
        return [part]
    role = Role(Side.ANSWERS, strong=True, formal=True)
    label = Label(role.side.value, "A", role, "")
    return [
        part._replace(lines=part.lines[:end]),
        _Part(part.first + end, label, None, ["", *part.lines[end:]]),
    ]


def _end_of_question(lines: Sequence[str]) -> int:
    """Return how many lines ask: the first sentence that does, with the code that it speaks of and what to choose from.

    Where none does in the first paragraph it is the whole of that.
    """
    code = fenced_lines(lines)
    end = next((place for place, line in enumerate(lines) if not line.strip()), len(lines)) or 1
    for place in range(end):
        text = as_read([lines[place]])
        following = lines[place + 1].strip() if place + 1 < len(lines) else ""
        if place not in code and (text.endswith(("?", "？", "؟")) or (asks(text) and not following[:1].islower())):
            end = place + 1
            break
    while end < len(lines):
        upcoming = next((at for at in range(end, len(lines)) if lines[at].strip()), len(lines))
        if upcoming in code and (more := asked_code("\n".join(lines[:end]), lines[end:])):
            end += more
        elif upcoming < len(lines) and re.match(_OPTION, lines[upcoming]):
            end = upcoming + 1
        else:
            break
    return end


def _answered_in_line(label: Label, line: str) -> tuple[str, str] | None:
    """Return question and answer where both stand in one line: "Q: What is it? A: That."."""
    if label.role is None or not label.role.formal or label.role.side is not Side.ASKS:
        return None
    found = re.search(r"[?!.:]\W{0,4}\s(?:\*\*|__)?(?:A|Ans|Answer)(?:\*\*|__)?[:：](?:\*\*|__)?(?=\s)", line)
    if found is None:
        return None
    question = re.sub(r"\s(?:\*\*|__)?(?:A|Ans|Answer)(?:\*\*|__)?[:：](?:\*\*|__)?$", "", line[: found.end()])
    return question, line[found.end() :].strip()


def _is_end(line: str) -> bool:
    return len(line) <= _LONGEST_BARE and re.fullmatch(_END, line) is not None


def _verdict(lines: Sequence[str]) -> int:
    """Return where in an utterance the verdict of a judge begins: on a line of its own, not the first."""
    code = fenced_lines(lines)
    spoken = False
    for place, line in enumerate(lines):
        if place in code:
            continue
        if spoken and line.strip() and judges(line):
            return place
        spoken = spoken or bool(line.strip())
    return len(lines)


def _report_stray(part: _Part, header: Header, problems: list[Problem], *, head: bool) -> None:
    """Report text that nobody says, unless it is the head of the file or furniture."""
    left = [
        (part.first + place, line)
        for place, line in enumerate(part.lines, 1 if part.section is None else 2)
        if line.strip() and not is_rule(line) and not _is_end(line)
    ]
    if head:
        left = [
            (place, line)
            for place, line in left
            if header_of(line.split("|")[0])[0] is None
            and as_read([line.strip()]) != header.title
            and not re.fullmatch(_PLAIN_HEADINGS, _plain(line))
            and not re.fullmatch(r"\s*(?:\[!\[.*|!\[.*|<!--.*-->)\s*", line)
        ]
    if left:
        text = as_read([line for _, line in left])
        what = "text before the first question" if head else "text that nobody says"
        problems.append(Problem(line=left[0][0], message=f"{what}: left out (“{quoted(text)}”)"))
