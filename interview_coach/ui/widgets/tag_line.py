"""A line of tags with commas between them; known ones are offered for the last."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget


class TagLine(QLineEdit):
    """Tags to read, to change and to add."""

    def __init__(self, tags: Sequence[str], known: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(", ".join(tags), parent)
        self._before = tuple(tags)
        self.setObjectName("tags_line")
        self.setAccessibleName(self.tr("Tags, with commas between them"))
        self.setPlaceholderText(self.tr("for example: databases, hard, ask a friend"))
        self.setCompleter(_TagCompleter(known, self))

    @property
    def tags(self) -> tuple[str, ...]:
        """The tags as they stand in the line, each once."""
        return tuple(dict.fromkeys(name for part in self.text().split(",") if (name := " ".join(part.split()))))

    @property
    def changed(self) -> bool:
        """Whether other tags stand there than at first."""
        return set(self.tags) != set(self._before)


class _TagCompleter(QCompleter):
    """Completes the last of the tags in a line, keeping those before it."""

    def __init__(self, known: Sequence[str], line: QLineEdit) -> None:
        super().__init__(list(known), line)
        self._line = line
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)

    def splitPath(self, path: str) -> list[str]:
        """Look for the last tag alone."""
        return [path.rpartition(",")[2].strip()]

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        """Put the chosen tag behind those that stand before it."""
        before = self._line.text().rpartition(",")[0].strip()
        return f"{before}, {index.data()}" if before else str(index.data())
