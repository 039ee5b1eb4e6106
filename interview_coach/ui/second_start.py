"""A second start on the same data raises the first window and ends."""

import contextlib
import hashlib
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_RAISE = b"raise\n"

#: What the second start waits for the first one at most, in milliseconds.
_PATIENCE = 1000


class SecondStart(QObject):
    """Listens, for this user alone, for a second start on a folder; ``asked`` is emitted for each."""

    asked = Signal()

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)
        QLocalServer.removeServer(_name(folder))  # the lock is ours, so whatever is left there is of a dead process
        self._server.listen(_name(folder))

    def close(self) -> None:
        """Listen no more."""
        self._server.close()

    def _on_connection(self) -> None:
        while (connection := self._server.nextPendingConnection()) is not None:
            connection.disconnected.connect(connection.deleteLater)
            connection.write(_RAISE)
            connection.flush()
            connection.disconnectFromServer()
            self.asked.emit()


def raise_first(folder: Path) -> bool:
    """Ask the window that has a folder to come to the front; return whether one answered."""
    connection = QLocalSocket()
    connection.connectToServer(_name(folder))
    answered = connection.waitForConnected(_PATIENCE) and connection.waitForReadyRead(_PATIENCE)
    connection.abort()
    return bool(answered)


def _name(folder: Path) -> str:
    with contextlib.suppress(OSError):
        folder = folder.expanduser().resolve()
    return f"interview-coach-{hashlib.sha256(str(folder).encode()).hexdigest()[:24]}"
