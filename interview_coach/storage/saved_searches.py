"""Searches that the person keeps under a name."""

from datetime import datetime
from uuid import uuid4

from sqlalchemy import Delete, Update, delete, insert, select, update
from sqlmodel import Session, col

from interview_coach.domain.errors import CoachError, Fault
from interview_coach.domain.saved_searches import SavedSearch, name_key
from interview_coach.storage.tables import SavedSearchRow


class SavedSearchRepository:
    """The saved searches. No two have names that differ in nothing but capitals and white space."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def listed(self) -> tuple[SavedSearch, ...]:
        """Return all of them by name."""
        rows = self._session.execute(select(SavedSearchRow)).scalars()
        return tuple(sorted((_saved(row) for row in rows), key=lambda saved: (name_key(saved.name), saved.id)))

    def add(self, name: str, text: str, added: datetime) -> SavedSearch:
        """Keep a search under a name; what was kept under the same name is replaced, and keeps its place.

        Raises CoachError, BAD_INPUT, where the name or the search is empty.
        """
        name, text = _name(name), text.strip()
        if not text:
            raise CoachError(Fault.BAD_INPUT, "There is no search to keep: type one first.")
        same = self._named(name)
        if same is None:
            values = {"uid": str(uuid4()), "name": name, "text": text, "added_at": added}
            self._session.execute(insert(SavedSearchRow).values(**values))
        else:
            values = {"name": name, "text": text, "added_at": added}
            self._session.execute(update(SavedSearchRow).where(col(SavedSearchRow.id) == same.id).values(**values))
        kept = self._named(name)
        if kept is None:
            raise LookupError("the search that was just kept is gone")
        return kept

    def rename(self, search_id: int, name: str) -> None:
        """Give a saved search another name.

        Raises CoachError, BAD_INPUT, where the name is empty or another's, INPUT_MISSING where there is no such search.
        """
        name = _name(name)
        same = self._named(name)
        if same is not None and same.id != search_id:
            raise CoachError(Fault.BAD_INPUT, "Another saved search has this name already.")
        self._change(update(SavedSearchRow).where(col(SavedSearchRow.id) == search_id).values(name=name), search_id)

    def remove(self, search_id: int) -> None:
        """Forget a saved search. Raises CoachError, INPUT_MISSING, where there is none."""
        self._change(delete(SavedSearchRow).where(col(SavedSearchRow.id) == search_id), search_id)

    def _change(self, statement: Update | Delete, search_id: int) -> None:
        if not self._session.execute(statement).rowcount:  # type: ignore[attr-defined]
            raise CoachError(Fault.INPUT_MISSING, f"There is no saved search {search_id}.")

    def _named(self, name: str) -> SavedSearch | None:
        return next((saved for saved in self.listed() if name_key(saved.name) == name_key(name)), None)


def _name(typed: str) -> str:
    name = " ".join(typed.split())
    if not name:
        raise CoachError(Fault.BAD_INPUT, "A saved search needs a name.")
    return name


def _saved(row: SavedSearchRow) -> SavedSearch:
    if row.id is None:
        raise LookupError("the row has no id yet")
    return SavedSearch(id=row.id, uid=row.uid, name=row.name, text=row.text, added=row.added_at)
