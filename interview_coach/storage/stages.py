"""The stages that there are, each once, whatever number of rows there are."""

import sqlite3

from interview_coach.storage.moments import words


def distinct_stages(connection: sqlite3.Connection, table: str) -> tuple[str, ...]:
    """Return the stages in a table: one step in its index for each. Raises ValueError where one is no text."""
    rows = connection.execute(
        f"WITH RECURSIVE step (stage) AS (SELECT min(stage) FROM {table} UNION ALL "  # noqa: S608  (our own names)
        f"SELECT (SELECT min(stage) FROM {table} WHERE {table}.stage > step.stage) FROM step WHERE step.stage NOTNULL) "
        "SELECT stage FROM step WHERE stage NOTNULL"
    )
    return tuple(words(stage) for (stage,) in rows)
