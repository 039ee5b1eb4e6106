"""Many ids, a part at a time: the bound variables of one statement stay far below SQLite's limit."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

#: Ids in one statement.
AT_ONCE = 500

T = TypeVar("T")


def parts(ids: Sequence[T]) -> Iterable[Sequence[T]]:
    """Return the ids in parts of ``AT_ONCE``, in their order."""
    return (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))
