"""A file as a reader gets it: its name, its bytes, and its text once that is asked for."""

from functools import cached_property

from interview_coach.domain.models import Problem
from interview_coach.transcripts.text import UnreadableText, decode_leniently

#: How much of a text is looked at to guess what it is.
_SAMPLE = 200_000


class Source:
    """The bytes of one file. Nothing here touches the disk."""

    def __init__(self, name: str, content: bytes) -> None:
        self.name = name
        self.content = content

    @property
    def text(self) -> str:
        r"""The whole text, its lines ended by ``\n``, without a byte order mark. Raises UnreadableText."""
        return self._decoded[0]

    @property
    def text_problems(self) -> tuple[Problem, ...]:
        """What was odd about the encoding."""
        return self._decoded[1]

    @cached_property
    def sample(self) -> str:
        """The beginning of the text, whole lines where there are any; empty where the bytes are no text."""
        try:
            text = self.text
        except UnreadableText:
            return ""
        if len(text) <= _SAMPLE:
            return text
        return text[: text.rfind("\n", 0, _SAMPLE) + 1 or _SAMPLE]

    @cached_property
    def _decoded(self) -> tuple[str, tuple[Problem, ...]]:
        return decode_leniently(self.content)
