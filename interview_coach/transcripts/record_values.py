"""The values of records as text: a list as bullets, an object as paragraphs, each under its name, code fenced."""

import re

from interview_coach.transcripts import record_keys as keys
from interview_coach.transcripts.json_text import Listed, Obj, Value, Written
from interview_coach.transcripts.record_keys import Means
from interview_coach.transcripts.record_text import cleaned, fenced, looks_like_code


def is_empty(value: Value) -> bool:
    """Return whether nothing stands there."""
    if isinstance(value, str):
        return not value.strip() or (isinstance(value, Written) and value in ("NaN", "Infinity", "-Infinity"))
    return value is None or (isinstance(value, (Listed, Obj)) and not value)


def as_text(value: Value) -> str:
    """Return a value that is the text of something, empty where it is none."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "True" if value else "False"
    if isinstance(value, Obj):
        return object_text(value)
    if isinstance(value, Listed):
        return _list_text(value)
    return ""


def _list_text(values: Listed) -> str:
    texts = [text for value in values if (text := cleaned(as_text(value)))]
    if len(texts) == 1:
        return texts[0]
    if any("\n\n" in text or "```" in text for text in texts):
        return "\n\n".join(texts)
    marked = re.compile(r"\s*(?:[-*•]|\d{1,3}[.)])\s")
    if texts and all(marked.match(text) for text in texts):
        return "\n".join(texts)
    return "\n".join("- " + text.replace("\n", "\n  ") for text in texts)


_BARE_WORDS = """
text content body value answer main description summary short explanation definition markdown
"""
_BARE = frozenset(_BARE_WORDS.split())
_CODES = frozenset(("code", "snippet", "example", "codeexample", "codesnippet", "codeblock", "sample"))
_LANGUAGES = ("language", "lang")


def object_text(value: Obj) -> str:
    """Return the parts of an object as paragraphs, each under its name but for those that only say "text"."""
    said = any(keys.plain_name(name) in _BARE for name in value)
    language = next((str(value[name]) for name in _LANGUAGES if isinstance(value.get(name), str)), "")
    parts: list[str] = []
    for name, inner in value.items():
        plain = keys.plain_name(name)
        if (
            plain in _LANGUAGES
            or keys.meaning(name) is Means.FOLLOW_UPS
            or (keys.meaning(name) is Means.FURNITURE and plain not in _CODES)
            or (said and keys.meaning(name) in (Means.SPEAKER, Means.ROLE))
            or is_empty(inner)
        ):
            continue
        text = cleaned(as_text(inner))
        if not text:
            continue
        if plain in _CODES:
            parts.append(fenced(text, language) if plain != "example" or looks_like_code(text) else text)
        elif not any(map(str.isalpha, text)) and len(value) > 1:
            continue  # a time or a mark beside the text
        elif (
            plain in _BARE or keys.meaning(name) is Means.ANSWER or (len(value) == 1 and keys.meaning(name) is not None)
        ):
            parts.append(text)
        else:
            parts.append(under_its_name(name, inner, text))
    return "\n\n".join(parts)


def under_its_name(name: str, value: Value, text: str) -> str:
    """Return the text of a value with its name before it: "Good to hear:" and a list, "Situation: …"."""
    label = keys.readable(name)
    if isinstance(value, Listed) and len(value) == 1:
        text = f"- {text}"
    between = "\n" if "\n" in text or isinstance(value, Listed) else " "
    return f"{label[:1].upper()}{label[1:]}:{between}{text}"
