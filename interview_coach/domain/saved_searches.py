"""Searches that the person keeps under a name."""

import unicodedata
from datetime import datetime

from interview_coach.domain.models import Value


class SavedSearch(Value):
    """A search that the person keeps under a name."""

    id: int
    uid: str
    name: str
    text: str
    added: datetime


def name_key(name: str) -> str:
    """Return what two names have in common that differ in nothing but capitals and white space."""
    return unicodedata.normalize("NFC", " ".join(name.split())).casefold()
