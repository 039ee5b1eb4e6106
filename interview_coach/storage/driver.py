"""SQLite's own connection below SQLAlchemy's, for what speaks to it directly."""

import sqlite3

from sqlmodel import Session


def driver(connection: object) -> sqlite3.Connection:
    """Return what an engine's pool lent, as the driver that it must be."""
    if not isinstance(connection, sqlite3.Connection):
        raise TypeError("the engine's driver is not sqlite3")
    return connection


def driver_of(session: Session) -> sqlite3.Connection:
    """Return the connection on which a session's transaction runs."""
    return driver(session.connection().connection.driver_connection)
