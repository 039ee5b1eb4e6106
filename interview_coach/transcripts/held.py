"""What a file says about an interview before it begins: company, role, date, who takes part."""

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from interview_coach.transcripts.speakers import key_of
from interview_coach.transcripts.spoken_text import as_read

_KEYS = {
    "company": "company organisation organization employer firm unternehmen firma empresa entreprise",
    "role": "role position job vacancy rolle stelle puesto poste cargo",
    "date": "date held datum fecha data",
    "asks": "interviewer interviewers recruiter panel interviewed_by conducted_by",
    "answers": "candidate interviewee applicant candidate_name name",
    "section": "round stage interview_type type interview_round",
    "title": "title subject",
    "other": """duration location time format level experience mode persona topic topics difficulty recording language
        participants attendees platform file id session session_id generated generated_on length setting venue via
        department team transcript transcribed_by status version tags source author recording_date interview_id
        years_of_experience seniority method channel link url attendee present participant total_questions questions
        project category""",
}
_QUALIFIERS = ("interview_", "job_", "target_", "the_", "applied_", "recording_")
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()  # noqa: SIM905 (a list of words)
#: A header's value is no sentence.
_LONGEST_VALUE = 120
_GREETINGS = frozenset(
    ("hello", "hi", "hey", "welcome", "thanks", "thank", "yes", "no", "sure", "good", "okay", "ok", "well", "great",
     "so", "tell", "explain", "describe", "please", "what", "how", "why", "i", "absolutely", "of", "certainly"),
)  # fmt: skip
_LONGEST_PERSON = 6
#: A name in a script without capital letters is no longer, or it is what somebody says.
_LONGEST_CASELESS = 16
_SENTENCE_SIGNS = r"[.?!…。！？؟।]$|[，、。？！；]"


@dataclass(slots=True)
class Header:
    """What the head of a file says. ``people`` are keys of those whom it names, with whether they ask."""

    title: str | None = None
    company: str | None = None
    role: str | None = None
    held: date | None = None
    section: str | None = None
    people: dict[str, bool] = field(default_factory=dict)

    def take(self, line: str) -> bool:
        """Take over what a line of the head says; return whether it is such a line."""
        found = False
        for part in re.split(r"\s+[|•·]\s+", line) if "|" in line or "•" in line or "·" in line else [line]:
            key, value = header_of(part)
            if key is None:
                return found
            found = True
            if key == "company":
                self.company = self.company or value or None
            elif key == "role":
                self.role = self.role or value or None
            elif key == "date":
                self.held = self.held or day_of(value)
            elif key == "section":
                self.section = self.section or value or None
            elif key == "title":
                self.title = self.title or value or None
            elif key in ("asks", "answers"):
                for person in re.split(r"\s*(?:,|;|&|\band\b)\s*", re.sub(r"\([^()]*\)", "", value)):
                    if person:
                        self.people[key_of(person)] = key == "asks"
                        self.people[key_of(person.split()[0])] = key == "asks"
        return found


def header_of(line: str) -> tuple[str | None, str]:
    """Return which thing a head's line is about, and what it says; None where it is no such line."""
    plain = re.sub(r"^[\s>*\-+•#_]+", "", line)
    name, colon, value = plain.partition(":")
    if not colon or line.lstrip().startswith("#"):
        return None, ""
    value = as_read([value.strip().strip("*_ ")])
    words = re.sub(r"[*_\s\-]+", " ", name).strip().lower().replace(" ", "_")
    if len(value) > _LONGEST_VALUE or len(words) > _LONGEST_VALUE // 4:
        return None, ""
    keys = _keys()
    for qualifier in ("", *_QUALIFIERS):
        if words.startswith(qualifier) and (key := keys.get(words.removeprefix(qualifier))):
            break
    else:
        if words in ("job_title", "position_title", "applied_for", "position_applied_for", "role_applied_for"):
            return "role", value
        if words in ("company_name", "client"):
            return "company", value
        return None, ""
    if key in ("asks", "answers") and not _names_somebody(value):
        return None, ""
    return key, value


@cache
def _keys() -> dict[str, str]:
    return {word: key for key, names in _KEYS.items() for word in names.split()}


def _names_somebody(value: str) -> bool:
    words = re.findall(r"[\w'’.\-]+", value)
    if not words or len(words) > _LONGEST_PERSON * 2 or re.search(_SENTENCE_SIGNS, value.rstrip()):
        return False
    if not any(char.isupper() or char.islower() for char in value):  # a script without capital letters
        longest = _LONGEST_CASELESS if " " in value or "·" in value else _LONGEST_CASELESS // 3
        return len(words) <= _LONGEST_PERSON // 2 and len(value) <= longest
    person = re.sub(r"[(,–-].*", "", value).split()
    return (
        0 < len(person) <= _LONGEST_PERSON
        and all(not word[:1].islower() for word in person)
        and person[0].lower().strip(",.!") not in _GREETINGS
    )


def day_of(value: str) -> date | None:
    """Return the day that a text names, None where it names none or could mean two."""
    if found := re.search(r"\b(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\b", value):
        return _day(found[1], found[2], found[3])
    if found := re.search(r"\b(\d{1,2})(?:st|nd|rd|th)?\.? +([A-Za-z]{3})[a-z]*\.?,? +(\d{4})\b", value):
        return _day(found[3], _month(found[2]), found[1])
    if found := re.search(r"\b([A-Za-z]{3})[a-z]*\.? +(\d{1,2})(?:st|nd|rd|th)?,? +(\d{4})\b", value):
        return _day(found[3], _month(found[1]), found[2])
    if found := re.search(r"\b(\d{1,2})([./-])(\d{1,2})\2(\d{4})\b", value):
        first, second = int(found[1]), int(found[3])
        if found[2] == "." or first > 12 or first == second:
            return _day(found[4], second, first)
        if second > 12:
            return _day(found[4], first, second)
    return None


def _month(name: str) -> int:
    return _MONTHS.index(name.lower()) + 1 if name.lower() in _MONTHS else 0


def _day(year: str | int, month: str | int, day: str | int) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
