"""Who speaks: the label at the beginning of a line, what it says about who asks, and which labels are speakers.

``Interviewer:``, ``**Sarah (Hiring Manager):**``, ``[00:01:02] Anna:``, ``Q1. INTERVIEWER:``, ``A:`` … Words that mean
a role are believed at once; a name is a speaker only if it comes again and stands where somebody begins to speak.
"""

import re
from collections.abc import Sequence
from enum import Enum
from functools import cache, lru_cache
from typing import NamedTuple


class Side(Enum):
    """What a speaker does in an interview."""

    ASKS = "asks"
    ANSWERS = "answers"
    MODEL = "gives the answer that was hoped for"
    JUDGES = "judges"


class Role(NamedTuple):
    """What a label says about its speaker. A weak one (AI, You) only counts where what is said does not contradict."""

    side: Side
    strong: bool
    formal: bool = False


class Label(NamedTuple):
    """The beginning of a line that may name a speaker.

    ``key`` is equal for the labels of one speaker, ``name`` is how it is written. ``stage`` is what stands in brackets
    behind a question's label. ``timed`` and ``marked`` say that a time stands beside it, or that it is set off (bold,
    in brackets). ``heading`` says that the line is a Markdown heading, ``rest`` is the text behind the label.
    """

    key: str
    name: str
    role: Role | None
    rest: str
    number: str | None = None
    stage: str | None = None
    timed: bool = False
    marked: bool = False
    heading: bool = False
    dotted: bool = False


_ASKS = Role(Side.ASKS, strong=True)
_ANSWERS = Role(Side.ANSWERS, strong=True)
_QUESTION = Role(Side.ASKS, strong=True, formal=True)
_ANSWER = Role(Side.ANSWERS, strong=True, formal=True)
_MODEL = Role(Side.MODEL, strong=True)
_JUDGES = Role(Side.JUDGES, strong=True)
_MAY_ASK = Role(Side.ASKS, strong=False)
_MAY_ANSWER = Role(Side.ANSWERS, strong=False)

_ROLE_WORDS = {
    _ASKS: """interviewer interviewers recruiter examiner panelist panellist panel facilitator moderator questioner hr
        entrevistador entrevistadora recruteur recruteuse intervieweur interviewerin 面试官 面接官 면접관 интервьюер
        собеседующий mülakatçı pewawancara intervistatore المحاور साक्षात्कारकर्ता""",
    _ANSWERS: """candidate interviewee applicant respondent examinee candidato candidata entrevistado entrevistada
        candidat candidate bewerber bewerberin kandidat kandidatin 候选人 应聘者 求职者 応募者 候補者 지원자 кандидат
        соискатель aday المرشح उम्मीदवार""",
    _QUESTION: """question ques q frage pregunta pergunta domanda вопрос 问 問 问题 質問 질문 سؤال प्रश्न
        follow-up followup""",
    _ANSWER: """answer ans a antwort respuesta réponse resposta risposta ответ 答 回答 答案 답변 جواب उत्तर
        response reply""",
    _MAY_ASK: "ai assistant bot chatgpt gpt chatbot coach system host agent",
    _MAY_ANSWER: "user you me human student guest i participant",
}
#: Words that may stand beside a role: "Mock Interviewer 2", "Candidate's answer".
_BESIDE_ROLES = frozenset(
    ("the", "mock", "ai", "lead", "senior", "job", "virtual", "main", "technical", "hr", "your", "my", "first",
     "second", "question", "answer", "response", "reply", "s", "sample", "interview", "human", "no", "number", "team",
     "says", "asks", "said", "asked", "answers", "replies", "on"),
)  # fmt: skip
#: What stands in brackets behind the name of somebody who asks: "Carl (CTO)".
_OFFICES = frozenset(
    ("interviewer", "recruiter", "manager", "lead", "hr", "cto", "ceo", "vp", "director", "founder", "head",
     "panel", "panelist", "host", "moderator", "chair", "talent", "recruiting", "principal", "staff"),
)  # fmt: skip
_APPLIES = frozenset(("candidate", "interviewee", "applicant", "guest", "me", "respondent"))

#: A word that stands in so many names is no name of one person.
_NAMESAKES = 20
#: What stands before a name and is no part of it.
_TITLES = frozenset(("dr", "mr", "mrs", "ms", "prof", "professor", "sir", "herr", "frau"))
_JUDGED = (
    r"(?:(?:ai|judge|interviewer|coach|evaluator|panel|expert|my|self|overall|final|total|mentor|reviewer|answer|"
    r"performance|technical|communication)(?:'s)?[ -]+)*"
    r"(?:feedback|evaluation|scores?|ratings?|assessment|verdict|grade|marks|judge|evaluator|critique|remarks?)"
    r"(?: (?:on|for|to|of|from) .*)?"
    r"|(?:ai|judge|interviewer|coach|evaluator|panel|reviewer)(?:'s)? (?:notes?|comments?)"
)
_HOPED_FOR = (
    r"(?:a )?(?:model|ideal|sample|expected|suggested|reference|better|improved|correct|good|perfect|example|strong"
    r"|best) (?:candidate )?(?:answer|response|reply)"
)

#: Words that begin many lines with a colon and name nobody.
_WORDS_OF_NOBODY = """
note notes example examples tip tips hint hints result results situation task tasks action actions step steps output
input code solution solutions explanation pros cons advantage advantages disadvantage disadvantages complexity time
space summary conclusion key points point difficulty topic topics tag tags source sources reference references link
links warning important todo ps definition use usage syntax option options approach approaches case cases context
background strengths strength weaknesses weakness improvement improvements suggestion suggestions technical overview
goal goals scope idea ideas problem problems cause causes fix impact lesson lessons outcome why how what when where
who which first second third fourth finally next then also remember however caution fact facts figure table chapter
section part round phase stage day week level title subject company role position date duration location format type
mode language total overall final average requirements requirement functional assumptions assumption trade-offs
tradeoffs tradeoff benefits drawbacks features feature rule rules test tests method methods class function parameters
returns return throws error errors exception description details detail skills experience education email phone
website url http https interview transcript questions answers agenda end start begin introduction read write create
update delete get post put patch select from insert pre-requisites prerequisites resources architecture design
database frontend backend client server cache api security performance scalability reliability availability
consistency latency throughput cost storage network monitoring testing deployment estimate estimation true false yes
no ok okay sure well so but and or if else null none thanks thank hello hi dear regards expectation expectations
laughter laughs pause music applause silence inaudible crosstalk speed accuracy precision recall memory best worst
good bad better answer question attention priority rest
"""
_NOBODY = frozenset(_WORDS_OF_NOBODY.split())
_NAME = r"[^\W\d_][\w'’.\-]*(?:[ /&]+(?:[\w'’.\-]+))*"
_TIME = r"(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?(?: ?[AaPp][Mm])?"
_TIMES = rf"{_TIME}(?:[ \t]*(?:-->|-|–|to)[ \t]*{_TIME})?"
_BEGINNING = (
    r"[ \t\u200b\ufeff]*(?:>[ \t]?){0,9}[ \t]*(?:[-*+•–‣◦][ \t]+)?(?P<heading>#{1,6}[ \t]+)?"
    rf"(?:<(?:b|p|strong)>){{0,3}}(?P<mark>[*_]{{0,3}})(?P<time>[\[(]{_TIMES}[\])]|{_TIMES}(?=[ \t\-–|]))?"
    r"[ \t]*(?:[-–|:][ \t]+)?(?:(?P<ordinal>\d{1,6})[.)][ \t]+)?"
    r"(?P<emoji>[^\w\s\[(<*_\"'“«#>|`~\-+=.,:;/\\]{1,6}[ \t]*)?"
    r"(?P<mark2>[*_]{0,3})(?:<(?:b|strong)>)?"
)
_FORMAL = (
    r"(?P<word>question|ques|q|answer|ans|a)(?P<no>[ \t]*(?:no\.?|number|[#.])?[ \t]*"
    r"(?P<number>\d{1,6})(?:[a-z](?=[.:)])|[ ]?(?:/|of)[ ]?\d{1,4})?)?"
    r"[ \t]*(?P<bracket>[\[(][^\])\n]{1,40}[\])])?[*_]{0,3}[ \t]*"
    r"(?:(?P<sign>[:：.)]|[-–—](?=[ \t])|(?=[ \t][A-Z])|\Z))"
)
#: How far into a line a label may reach.
_REACH = 70
_LONGEST_NAME = 45
_MOST_NAME_WORDS = 5


def label_of(line: str) -> Label | None:
    """Return the label with which a line begins, None where it has none. Says nothing yet about who is a speaker."""
    beginning = re.match(_BEGINNING, line)
    if beginning is None:
        return None
    body = line[beginning.end() :]
    if not body:
        return None
    marked = bool(beginning["mark"] or beginning["mark2"])
    label = (
        _formal(body, line)
        or _named(body, marked=marked)
        or _in_brackets(body)
        or _before_a_time(body)
        or _without_colon(body)
    )
    if label is None:
        return None
    return label._replace(
        number=label.number or beginning["ordinal"],
        timed=label.timed or beginning["time"] is not None,
        marked=label.marked or marked,
        heading=beginning["heading"] is not None,
    )


def _formal(body: str, line: str) -> Label | None:
    """Return the label of a question or an answer: Q:, Q1., Question 3 (HR):, A1)., Answer."""
    found = re.match(_FORMAL, body, re.IGNORECASE)
    if found is None:
        return None
    word, sign, number = found["word"], found["sign"], found["number"]
    rest = body[found.end() :]
    if sign == "" and number is None and (rest or len(word) == 1):
        return None
    if sign == "" and rest and (word not in ("Q", "Question", "QUESTION") or "?" not in line):
        return None
    if sign not in ("", ":", "：") and number is None and not ((word in ("Q", "A") and sign == ".") or len(word) > 1):
        return None
    if sign == ":" and rest[:2] == "//":
        return None
    if len(word) == 1 and word.islower() and number is None and sign not in (":", "："):
        return None
    role = _QUESTION if word[0] in "qQ" else _ANSWER
    bracket = found["bracket"]
    inner = label_of(rest.lstrip(" \t*_")) if rest.strip() else None
    if inner is not None and inner.role is not None and inner.role.side is role.side and not inner.role.formal:
        return inner._replace(number=number, role=inner.role._replace(formal=True))
    return Label(
        role.side.value,
        word,
        role,
        rest,
        number=number,
        stage=bracket[1:-1].strip() if bracket else None,
        dotted=sign == "." and number is None,
    )


def _named(body: str, *, marked: bool) -> Label | None:
    """Return the label that ends with a colon."""
    at = min((place for place in (body.find(":", 0, _REACH), body.find("：", 0, _REACH)) if place > 0), default=-1)
    while at > 0 and body[at - 1].isdecimal() and body[at + 1 : at + 2].isdecimal():
        at = body.find(":", at + 1, _REACH)  # the colon stands within a time
    opened = re.search(r"[(\[]", body[: max(at, 0)])
    if opened and (closed := body.find(")" if opened[0] == "(" else "]", opened.start(), _REACH)) > at:
        at = body.find(":", closed, _REACH)  # the colon stands within a time in brackets
    if at <= 0:
        return None
    after = body[at + 1 :]
    name, note, timed = _taken_apart(body[:at])
    role = role_of(name, note)
    if role is None and (after[:1] not in ("", " ", "\t", "*", "_", '"', "“", "「") and body[at] == ":"):
        return None
    if role is None and not _may_be_a_name(name, marked=marked or timed):
        return None
    number = re.search(r"\d{1,4}$", name) if role and role.formal else None
    key = role.side.value if role and role.formal else _key(name)
    return Label(key, _shown(name, note), role, after, number[0] if number else None, timed=timed, marked=marked)


def _without_colon(body: str) -> Label | None:
    """Return the label that is a role alone in its line, or a role and a dash."""
    found = re.match(r"(?P<name>[^\W\d_][\w' ]{1,24}?)(?:(?P<sign>[ \t]+[-–—][ \t]+)|[ \t*_]*\Z)", body)
    role = role_of(found["name"]) if found else None
    if found is None or role is None or role.formal or not role.strong or role.side not in (Side.ASKS, Side.ANSWERS):
        return None
    if not found["name"][:1].isupper():
        return None
    return Label(_key(found["name"]), found["name"], role, body[found.end() :])


def _in_brackets(body: str) -> Label | None:
    """Return the label in brackets: "[Alex (Tech Lead)] …", or "(Dana)" alone in its line."""
    found = re.match(rf"\[(?P<square>[^\[\]\n]{{1,{_LONGEST_NAME}}})\](?P<rest>.*)", body, re.DOTALL)
    if found is None:
        found = re.fullmatch(rf"\((?P<square>[^()\n]{{1,{_LONGEST_NAME}}})\)(?P<rest>[ \t]*)", body)
    if found is None:
        return None
    name, note, timed = _taken_apart(found["square"])
    role = role_of(name, note)
    rest = found["rest"]
    if role is not None and role.formal and not rest.startswith(":"):
        return None  # "[A] …" is the first of several options
    if role is None and (not _may_be_a_name(name, marked=False) or (body[0] == "[" and rest[:1] not in (" ", ":"))):
        return None
    return Label(_key(name), _shown(name, note), role, rest.lstrip(" \t:*_"), timed=timed, marked=True)


def _before_a_time(body: str) -> Label | None:
    """Return the label of a line that is a name and a time, as meeting programs write it above what was said."""
    if len(body) > _REACH * 2 or not any(char.isdecimal() for char in body):
        return None
    found = re.fullmatch(rf"(?P<name>[^\d:\n].{{0,{_LONGEST_NAME}}}?)[ \t|,–-]*[\[(]?{_TIMES}[\])]?[*_ \t]*", body)
    if found is None:
        return None
    name, note, _ = _taken_apart(found["name"])
    role = role_of(name, note)
    if role is None and not _may_be_a_name(name, marked=True):
        return None
    return Label(_key(name), _shown(name, note), role, "", timed=True)


def _taken_apart(label: str) -> tuple[str, str, bool]:
    """Return a label's name, what stands in brackets or after a comma behind it, and whether a time is among that."""
    plain = re.sub(r"</?[a-z]{1,10}>|[*`]+|\b_+|_+\b", "", label).strip()
    timed = re.sub(rf"[\[(]?\b{_TIMES}[\])]?", "", plain).strip()
    found = re.fullmatch(
        r"(?P<name>[^()\[\],|]+?)[ \t]*(?:[(\[](?P<in>[^()\[\]]*)[)\]]|[,|] *(?P<after>.+)| [-–—] (?P<dash>.+))", timed
    )
    if found is None:
        return timed, "", timed != plain
    return found["name"], found["in"] or found["after"] or found["dash"] or "", timed != plain


@lru_cache(maxsize=1024)
def role_of(name: str, note: str = "") -> Role | None:
    """Return what a speaker's name, and what stands in brackets behind it, say about who asks."""
    plain = " ".join(name.lower().replace("’", "'").split())
    if re.fullmatch(_JUDGED, plain):
        return _JUDGES
    if re.fullmatch(_HOPED_FOR, plain):
        return _MODEL
    words = [word.removesuffix("'s") for word in plain.replace("/", " ").replace(".", " ").split()]
    if plain in ("hiring manager", "tech lead", "engineering manager"):
        return _ASKS
    roles = _roles()
    found = [(place, roles[word]) for place, word in enumerate(words) if word in roles]
    if found:
        others = [
            word for place, word in enumerate(words)
            if word not in roles and word not in _BESIDE_ROLES and not word.isdigit() and len(word) > 1
        ]  # fmt: skip
        role = next((role for _, role in found if not role.formal and role.strong), found[0][1])
        if not others and (role.strong or len(words) == 1 or found[0][0] == 0):
            return role
        named = len(others) <= 2 and found[0][0] == 0 and _NOBODY.isdisjoint(others) and not role.formal
        if named and role.strong and all(word[:1].isupper() for word in name.split()):
            return role
        if len(words) > 1:
            return None
    behind = frozenset(re.findall(r"\w+", note.lower()))
    if behind & _APPLIES:
        return _ANSWERS
    if behind & _OFFICES:
        return _ASKS
    return None


@cache
def _roles() -> dict[str, Role]:
    return {word: role for role, words in _ROLE_WORDS.items() for word in words.split()}


def _may_be_a_name(name: str, *, marked: bool) -> bool:
    if not name or len(name) > _LONGEST_NAME or not re.fullmatch(_NAME, name):
        return False
    words = re.split(r"[ /&]+", name)
    if len(words) > _MOST_NAME_WORDS or not _NOBODY.isdisjoint(word.lower().strip(".") for word in words):
        return False
    if not name.isupper() and not name.islower() and not any(char.isupper() for char in name):
        return len(name) <= _LONGEST_NAME // 3  # a script without capital letters
    small = ("de", "van", "von", "der", "da", "la", "del", "bin", "al", "of", "the")
    return all(word[:1].isupper() or word.isdigit() or word.lower() in small for word in words) or (
        marked and len(words) == 1
    )


def _key(name: str) -> str:
    return " ".join(name.casefold().split())


def _shown(name: str, note: str) -> str:
    return f"{name} ({note})" if note else name


def key_of(speaker: str) -> str:
    """Return the key of a speaker as a person or a file names them."""
    return _key(_taken_apart(speaker)[0])


def one_key_each(labels: Sequence[Label]) -> dict[str, str]:
    """Return the keys of people who are named more shortly later on, or more fully, with the key that they have first.

    "Dr. Susan Reyes:", "Susan Reyes:" and "Susan:" are one, unless two people are called Susan.
    """
    words: dict[str, frozenset[str]] = {}
    for label in labels:
        if label.key not in words and role_of(label.key) is None:
            words[label.key] = frozenset(label.key.replace(".", " ").split()) - _TITLES
    by_word: dict[str, set[frozenset[str]]] = {}
    for own in words.values():
        for word in own:
            by_word.setdefault(word, set()).add(own)
    first: dict[frozenset[str], str] = {}
    found: dict[str, str] = {}
    for key, own in words.items():
        among = min((by_word[word] for word in own), key=len, default=set())
        fuller = [other for other in among if own <= other] if len(among) <= _NAMESAKES else [own]
        fullest = max(fuller, key=len, default=own)
        whole = fullest if all(other <= fullest for other in fuller) else own
        if (earlier := first.setdefault(whole, key)) != key:
            found[key] = earlier
    return found


#: What a name must come up to be a speaker, where nothing but its recurrence speaks for it.
_OFTEN = 2


def speaking(labels: Sequence[Label], known: frozenset[str] = frozenset()) -> frozenset[str]:
    """Return the keys of those labels, in the order of a file, that are speakers.

    ``known`` are the keys of people whom the file names elsewhere. Labels with a role are speakers. A name is one if it
    comes again, and where roles stand on both sides only if it stands where somebody of the other side has to speak:
    "Redis:" between a candidate and the next question is a part of the answer.
    """
    roles = [label.role for label in labels]
    sides = [role.side if role and role.side in (Side.ASKS, Side.ANSWERS) else None for role in roles]
    sure = {label.key for label, role in zip(labels, roles, strict=True) if role}
    names: dict[str, list[int]] = {}
    for place, (label, role) in enumerate(zip(labels, roles, strict=True)):
        if role is None:
            names.setdefault(label.key, []).append(place)
    timed = sum(label.timed for label in labels)
    mostly_timed = timed >= _OFTEN and timed * 2 >= len(labels)
    both = {Side.ASKS, Side.ANSWERS} <= set(sides)
    before, after = _neighbours(sides)
    for key, places in names.items():
        if mostly_timed and not any(labels[place].timed for place in places):
            continue
        said = known & {key, key.split(" ")[0]}
        if not said and len(places) < _OFTEN and not (mostly_timed or any("(" in labels[p].name for p in places)):
            continue
        fitting = sum(None in (before[place], after[place]) or before[place] is after[place] for place in places)
        if both and not mostly_timed and fitting * 2 <= len(places):
            continue
        if (
            both
            and not mostly_timed
            and not said
            and all(before[p] and after[p] is None for p in places)
            and (len(names) == 1)
        ):
            continue  # a label that recurs in the last answer alone
        sure.add(key)
    return frozenset(sure)


def _neighbours(sides: Sequence[Side | None]) -> tuple[list[Side | None], list[Side | None]]:
    """Return the nearest known side before and after each place."""
    before: list[Side | None] = []
    last: Side | None = None
    for side in sides:
        before.append(last)
        last = side or last
    after: list[Side | None] = []
    last = None
    for side in reversed(sides):
        after.append(last)
        last = side or last
    return before, after[::-1]
