"""The data of the window: opened off the GUI thread, closed and opened again around a restore, looked after meanwhile.

Imports little: it stands on the way to the first paint.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from interview_coach.domain.errors import CoachError
from interview_coach.ui.tasks import Tasks

if TYPE_CHECKING:  # pydantic and SQLModel are not imported before the first paint
    from concurrent.futures import Future

    from interview_coach.domain.preferences import Preferences
    from interview_coach.services.opening import Services

#: From one look at whether the day's backup is due to the next, in milliseconds.
_HOUR = 3_600_000


class _Opened(NamedTuple):
    """What came of opening: services and preferences, or an error; and of what was to be done before it."""

    services: "Services | None" = None
    preferences: "Preferences | None" = None
    error: BaseException | None = None
    outcome: object = None
    failure: CoachError | None = None


class Opening(QObject):
    """Opens and closes the data.

    ``opened`` carries services and preferences, ``refused`` the error. ``prepared`` and ``not_prepared`` tell, after
    either, what became of what was done between closing and opening. ``kept`` carries the day's backup, or None
    where it was not due, ``not_kept`` why there is none.
    """

    opened = Signal(object, object)
    refused = Signal(object)
    prepared = Signal(object)
    not_prepared = Signal(object)
    kept = Signal(object)
    not_kept = Signal(object)

    def __init__(self, tasks: Tasks, load: "Callable[[bool], tuple[Services, Preferences]]") -> None:
        super().__init__()
        self._tasks = tasks
        self._load = load
        self._services: Services | None = None
        self._running: Future[_Opened] | None = None
        self._hourly = QTimer(self)
        self._hourly.setInterval(_HOUR)
        self._hourly.timeout.connect(self._keep_house)

    def open(self, *, read_only: bool = False, first: Callable[[], Any] | None = None) -> None:
        """Open the data, after closing what is open; ``first`` is done in between, e.g. a restore.

        Where ``first`` meets bad luck the data is opened all the same.
        """
        former, self._services = self._services, None
        self._hourly.stop()

        def work() -> _Opened:
            outcome, failure = None, None
            try:
                if former is not None:
                    former.close()
                if first is not None:
                    try:
                        outcome = first()
                    except CoachError as error:
                        failure = error
                services, preferences = self._load(read_only)
            except Exception as error:  # told by whoever listens to ``refused``
                return _Opened(error=error, outcome=outcome, failure=failure)
            return _Opened(services, preferences, None, outcome, failure)

        self._running = self._tasks.run(work, self._on_opened, self.refused.emit)

    def shut(self) -> None:
        """Close the data, since it shows damage; the next piece of ordinary work finds it closed."""
        former, self._services = self._services, None
        self._hourly.stop()
        if former is not None:
            self._tasks.run(former.close, _nothing, _nothing)

    def close(self) -> None:
        """Close the data for good, once all tasks have ended."""
        running = self._running
        if running is not None and running.done() and not running.cancelled() and running.exception() is None:
            services = running.result().services
            if services is not None:
                services.close()
        if self._services is not None:
            self._services.close()

    def _on_opened(self, result: _Opened) -> None:
        self._running = None
        if result.error is not None:
            self.refused.emit(result.error)
        else:
            self._services = result.services
            self.opened.emit(result.services, result.preferences)
            self._hourly.start()
            self._keep_house()
        if result.failure is not None:
            self.not_prepared.emit(result.failure)
        elif result.outcome is not None:
            self.prepared.emit(result.outcome)

    def _keep_house(self) -> None:
        """Make the day's backup where it is due, and empty Trash of what is old."""
        services = self._services
        if services is None or services.read_only:
            return

        def tell(error: BaseException) -> None:
            if self._services is services:  # one that was broken off, since the data was closed, is no matter
                self.not_kept.emit(error)

        self._tasks.run(services.keep_house, self.kept.emit, tell)


def _nothing(_outcome: object) -> None:
    """Nothing: nobody waits for it."""
