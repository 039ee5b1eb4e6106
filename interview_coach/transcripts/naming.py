"""What a transcript may be called, guessed from its questions and its file name; the person confirms or corrects it."""

import contextlib
import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from pathlib import PurePath

from interview_coach.domain.models import Names, Turn

_LONGEST_TITLE = 120
_UNTITLED = "Interview"

_OCCUPATIONS = (
    "Administrator|Analyst|Architect|Assistant|Associate|Consultant|Coordinator|Designer|Developer|Director|Engineer|"
    "Executive|Intern|Lead|Manager|Officer|Programmer|Recruiter|Representative|Researcher|Scientist|Specialist|Technician|"
    "Tester|Writer"
)
_CAPITALISED = r"[A-Z][\w&+#/-]*"
_SOLID_WORDS = rf"{_CAPITALISED}(?: (?:& )?{_CAPITALISED}){{0,3}}"

# Kept as text, which re compiles and keeps when they are first used: they are not needed to start.
#: "the Senior Python Backend Engineer role"
_ROLE = rf"\b(?:the|this|our|a|an) ((?:{_CAPITALISED} ){{0,5}}(?:{_OCCUPATIONS})) (?:role|position|job)\b"
#: "at Nebula Systems", "join Nebula Systems"; "for" and "with" are followed by tools as often as by employers.
_EMPLOYER = rf"\b(?:at|join|joining) ({_SOLID_WORDS})"


def guess_names(source_name: str, turns: Iterable[Turn]) -> Names:
    """Guess a title, a role and a company from the name of a file and the questions in it.

    Modest, since a wrong guess is worse than none: a role is one that a question names as a role, and a company one
    that a question puts the person at, named by a second question or by the file name as well.
    """
    questions = [turn.question for turn in turns if turn.asks]
    stem = _readable(PurePath(source_name.replace("\\", "/")).stem)
    roles = (question for question in questions if _names_role(question))
    role = _only(found for question in roles for found in re.findall(_ROLE, question))
    company = _company(questions, stem.casefold())
    title = f"{company}, {role}" if company and role else stem[:1].upper() + stem[1:]
    return Names(title=title[:_LONGEST_TITLE].strip() or _UNTITLED, role=role, company=company)


def guess_date(source_name: str) -> date | None:
    """Return the day that stands in the name of a file as year, month and day; None where none or several do."""
    found = set()
    for year, month, day in re.findall(r"(?<!\d)((?:19|20)\d\d)[-_.]?([01]\d)[-_.]?([0-3]\d)(?!\d)", source_name):
        with contextlib.suppress(ValueError):
            found.add(date(int(year), int(month), int(day)))
    return found.pop() if len(found) == 1 else None


def _names_role(question: str) -> bool:
    return " role" in question or " position" in question or " job" in question


def _company(questions: list[str], stem: str) -> str | None:
    named: set[str] = set()
    likely = (question for question in questions if "at " in question or "join" in question)
    for candidate in {found for question in likely for found in re.findall(_EMPLOYER, question)}:
        whole = re.compile(rf"\b{re.escape(candidate)}(?!\w)")
        mentions = sum(whole.search(question) is not None for question in questions)
        if mentions > 1 or f" {candidate.casefold()} " in f" {stem} ":
            named.add(candidate)
    return _only(named)


def _only(found: Iterable[str]) -> str | None:
    """Return what all agree on, None where there is nothing or a choice."""
    different = set(found)
    return different.pop() if len(different) == 1 else None


def _readable(stem: str) -> str:
    """Return a file's name as words: no separators, and no sign that would not be seen or would turn the line about."""
    shown = "".join(" " if unicodedata.category(sign)[0] in "CZ" else sign for sign in stem)
    return " ".join(re.sub(r"[-_.]+", " ", shown).split())
