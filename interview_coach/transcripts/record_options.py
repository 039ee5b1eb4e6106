"""Questions with options: what they are, and which the file says is right, by its letter, its number or its text."""

import re
from typing import NamedTuple

from interview_coach.transcripts import record_keys as keys
from interview_coach.transcripts.json_text import Listed, Obj, Value
from interview_coach.transcripts.record_keys import Means
from interview_coach.transcripts.record_text import cleaned
from interview_coach.transcripts.record_values import as_text

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#: What marks its own letter: "A) Paris", "b. Rome", "(C) Madrid".
_LETTERED = r"\s*[(\[]?([A-Za-z])[)\].:][ \t]*(?=\S)"
_NAMING = r"^\s*(?:the )?(?:correct )?(?:option|choice|answer|ans)[\s_:.-]*(?=[A-Za-z](?:\W|$))"
_OPTION_TEXTS_WORDS = """
text option optiontext value answer content label title body name description
"""
_OPTION_TEXTS = frozenset(_OPTION_TEXTS_WORDS.split())
_OPTION_LETTERS = frozenset(("key", "letter", "id", "identifier", "label", "value", "option", "name"))


class Choice(NamedTuple):
    """The options of a question, and what the file says of the right one."""

    options: list[str]
    letters: list[str]
    right: list[str]  # as written
    flagged: list[int]  # the places of those that are marked as right themselves
    name: str  # of the field that says which is right


def choice_of(by_meaning: dict[Means, list[tuple[str, Value]]]) -> Choice | None:
    """Return the options of a record, None where it has none."""
    options: list[str] = []
    letters: list[str] = []
    flagged: list[int] = []
    for _, value in by_meaning.get(Means.OPTIONS, ())[:1]:
        _take_options(value, options, letters, flagged)
    lettered = sorted((keys.letter(name), as_text(value)) for name, value in by_meaning.get(Means.OPTION, ()))
    a_itself = [pair for pair in by_meaning.get(Means.ANSWER, ()) if keys.plain_name(pair[0]) == "a"]
    if not options and lettered and lettered[0][0] == "B" and a_itself:
        by_meaning[Means.ANSWER].remove(a_itself[0])
        lettered.insert(0, ("A", as_text(a_itself[0][1])))
    if not options:
        for letter, text in lettered:
            options.append(cleaned(text))
            letters.append(letter)
    if len(options) < 2:
        return None
    candidates = [*by_meaning.get(Means.RIGHT, ()), *by_meaning.get(Means.ANSWER, ())]
    if not candidates:
        return Choice(options, letters, [], flagged, "")
    name, value = candidates[0]
    return Choice(options, letters, _right_as_written(value), flagged, name)


def _take_options(value: Value, options: list[str], letters: list[str], flagged: list[int]) -> None:
    if isinstance(value, str):
        pieces = [piece for piece in re.split(r"\n|\s*[;|]\s*", value) if piece.strip()]
        if len(pieces) < 2 and len(re.findall(r"(?:^|\s)[(]?[A-Da-d][).]\s", value)) > 1:
            pieces = [piece for piece in re.split(r"(?:^|\s+)(?=[(]?[A-Da-d][).]\s)", value) if piece.strip()]
        if len(pieces) < 2:
            pieces = [piece for piece in value.split(",") if piece.strip()]
        pieces_listed = Listed()
        pieces_listed.extend(pieces)
        value = pieces_listed
    pairs: list[tuple[str, Value]] = []
    if isinstance(value, Obj):
        pairs = [(key if len(key) <= 2 else "", each) for key, each in value.items()]
    elif isinstance(value, Listed):
        pairs = [("", each) for each in value]
    for key, each in pairs:
        letter, text, is_right = _option(each) if isinstance(each, Obj) else ("", as_text(each), False)
        letter = key or letter
        if is_right:
            flagged.append(len(options))
        text = cleaned(text)
        found = re.match(_LETTERED, text) if not letter else None
        if found and ord(found[1].upper()) - ord("A") == len(options):
            letter, text = found[1].upper(), text[found.end() :]
        if text:
            options.append(text)
            letters.append(letter.upper() if len(letter) == 1 else _LETTERS[min(len(options) - 1, 25)])


def _option(option: Obj) -> tuple[str, str, bool]:
    """Return the letter and the text of an option that is an object, and whether it says that it is right."""
    letter, text, is_right = "", "", False
    for name, inner in option.items():
        plain = keys.plain_name(name)
        said = as_text(inner).strip()
        if plain in _OPTION_LETTERS and len(said) == 1 and said.isalpha():
            letter = said.upper()
        elif plain in _OPTION_TEXTS:
            text = text or said
        elif keys.meaning(name) is Means.RIGHT:
            is_right = is_right or said.casefold() in ("true", "1", "yes")
    return letter, text or letter, is_right


def _right_as_written(value: Value) -> list[str]:
    if isinstance(value, Listed):
        return [text for each in value for text in _right_as_written(each)]
    if isinstance(value, Obj):
        for name, inner in value.items():
            if keys.plain_name(name) in ("text", "value", "option", "answer", "key", "id", "letter"):
                return _right_as_written(inner)
        return []
    text = as_text(value).strip()
    return [text] if text else []


def _letters_of(text: str, choice: Choice) -> list[int]:
    """Return the places of options that a text names by their letters: "B", "b)", "Option C", "A, C"."""
    named = re.sub(_NAMING, "", text, flags=re.IGNORECASE).strip()
    pieces = [piece.strip(" ().:]") for piece in re.split(r"[,;&/|]|\band\b", named)]
    if pieces and all(len(piece) == 1 and piece.upper() in choice.letters for piece in pieces):
        return [choice.letters.index(piece.upper()) for piece in pieces]
    found = re.match(_LETTERED, named)
    if found and found[1].upper() in choice.letters:
        place = choice.letters.index(found[1].upper())
        if _same(named[found.end() :], choice.options[place]):
            return [place]
    return []


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold().rstrip(".") == " ".join(other.split()).casefold().rstrip(".")


def _texts_of(text: str, choice: Choice) -> list[int]:
    whole = cleaned(text)
    for place, option in enumerate(choice.options):
        if _same(whole, option):
            return [place]
    pieces = [piece for piece in re.split(r"\s*[;|,]\s*", whole) if piece]
    places = [place for piece in pieces for place, option in enumerate(choice.options) if _same(piece, option)]
    return places if len(places) == len(pieces) > 1 else []


def _index(text: str) -> int | None:
    found = re.fullmatch(r"\s*(?:option|choice|answer|opt)?[\s_#.-]*(\d{1,2})(?:\.0)?\s*", text, re.IGNORECASE)
    return int(found[1]) if found else None


def counts_from_one(choices: list[Choice | None], *, otherwise: bool) -> bool | None:
    """Return whether options are numbered from 1, or from 0; None where the numbers are options' texts instead."""
    numbered = texts = 0
    zero = most = False
    for choice in choices:
        if choice is None or not choice.right:
            continue
        if re.search(r"\(\s*0\s*[-–]", choice.name):
            return False
        if re.search(r"\(\s*1\s*[-–]", choice.name):
            return True
        for written in choice.right:
            place = _index(written)
            if place is None:
                continue
            numbered += 1
            texts += bool(_texts_of(written, choice))
            zero = zero or place == 0
            most = most or place == len(choice.options)
    if numbered and texts == numbered:
        return None
    if zero:
        return False
    return True if most else otherwise


def right_options(choice: Choice, *, from_one: bool | None) -> list[str]:
    """Return the right options, each with its letter."""
    places = list(choice.flagged)
    if not places:
        for written in choice.right:
            found = _texts_of(written, choice) if from_one is None else []
            found = found or _letters_of(written, choice)
            index = _index(written)
            if not found and index is not None and from_one is not None:
                place = index - from_one
                found = [place] if 0 <= place < len(choice.options) else []
            places.extend(found or _texts_of(written, choice))
    lines = [f"{choice.letters[place]}) {choice.options[place]}" for place in dict.fromkeys(places)]
    return ["\n".join(lines)] if lines else []


def names_option(value: Value, choice: Choice) -> bool:
    """Return whether a value only says again which option is right."""
    return all(
        _texts_of(written, choice) or _letters_of(written, choice) or _index(written) is not None
        for written in _right_as_written(value)
    )


def listed(choice: Choice) -> str:
    """Return the options as lines, each with its letter."""
    return "\n".join(f"{letter}) {option}" for letter, option in zip(choice.letters, choice.options, strict=True))
