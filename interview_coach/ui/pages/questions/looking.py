"""Looks for what is typed, off the GUI thread: what was typed last is looked for next, and all else is let go."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from interview_coach.domain.listing import AS_IT_FITS, Sorting
from interview_coach.domain.search_language import Search, Vocabulary
from interview_coach.services.searching import Found, ListedQuestion, SearchService
from interview_coach.ui.tasks import Lane, Tasks

#: Rows that are read along with what is found, so that they are painted at once: about a screen full.
SCREEN = 32


class _Wish(NamedTuple):
    """What is wanted; ``afresh`` where the bank may have changed since it was last looked at."""

    search: Search
    sorting: Sorting
    afresh: bool


class _Outcome(NamedTuple):
    wish: _Wish
    found: Found
    first: Sequence[ListedQuestion]


class Looking(QObject):
    """Finds questions in the background.

    ``found`` carries a Found and the rows of the list's first page, ready to be shown; where it is not complete, the
    whole follows. ``vocabulary_known`` carries what filters can name by now.
    """

    found = Signal(object, object)
    vocabulary_known = Signal(object)

    def __init__(self, service: SearchService, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._service = service
        self._tasks = tasks
        self._wish: _Wish | None = None
        self._running: _Wish | None = None
        self._unlearnt = False
        self._learning = 0
        self._shows_nothing = True

    @property
    def busy(self) -> bool:
        """Whether what is wanted has not been found yet, or not all of it."""
        return self._running is not None

    @property
    def learning(self) -> bool:
        """Whether it is still being asked what filters can name."""
        return self._learning > 0

    def look(self, search: Search, sorting: Sorting, *, afresh: bool = False) -> None:
        """Look for something, in the place of what was looked for before."""
        waiting = self._wish is not None and self._wish is not self._running and self._wish.afresh
        self._wish = _Wish(search, sorting, afresh or waiting)
        if self._running is None:
            self._begin(self._wish)

    def _begin(self, wish: _Wish) -> None:
        self._running = wish
        service = self._service

        def quick() -> _Outcome:
            if wish.afresh:
                service.refresh()
            unshown = self._shows_nothing and not wish.search.parts and wish.sorting == AS_IT_FITS
            found = service.first(SCREEN) if unshown else service.quick(wish.search, wish.sorting)
            first = service.listed(found.ids[:SCREEN], found.search.words)
            return _Outcome(wish, found, first)

        self._tasks.run(quick, self._on_found, self._on_failed, lane=Lane.SHOWING)

    def _find(self, wish: _Wish) -> None:
        service = self._service

        def find() -> _Outcome:
            found = service.find(wish.search, wish.sorting)
            return _Outcome(wish, found, service.listed(found.ids[:SCREEN], found.search.words))

        self._tasks.run(find, self._on_found, self._on_failed, lane=Lane.SHOWING)

    def _on_found(self, outcome: _Outcome) -> None:
        self._unlearnt = self._unlearnt or outcome.wish.afresh
        wish = self._wish
        if wish is not None and wish is not outcome.wish:
            self._begin(wish)
            return
        self._shows_nothing = False
        if not outcome.found.complete:
            self._find(outcome.wish)
        else:
            self._running = self._wish = None
        self.found.emit(outcome.found, outcome.first)
        if outcome.found.complete and self._unlearnt:
            self._unlearnt = False
            self._learn()

    def _learn(self) -> None:
        """Ask, once the list is shown, what filters can name, and read what a search for a common word needs."""
        service = self._service

        def learn() -> Vocabulary:
            known = service.vocabulary()
            service.warm()
            return known

        self._learning += 1
        self._tasks.run(learn, self._on_learnt, self._on_not_learnt, lane=Lane.SHOWING)

    def _on_learnt(self, vocabulary: Vocabulary) -> None:
        self._learning -= 1
        self.vocabulary_known.emit(vocabulary)

    def _on_not_learnt(self, error: BaseException) -> None:
        self._learning -= 1
        raise error

    def _on_failed(self, error: BaseException) -> None:
        self._running = self._wish = None
        raise error
