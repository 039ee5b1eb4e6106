"""The bad luck that is expected, named so that command line and window can each say it in their own words.

No pydantic here: the folder's lock is taken, and may fail, before anything heavy is imported.
"""

from enum import StrEnum


class Fault(StrEnum):
    """What kind of bad luck; the command line maps each to an exit code, the window to a sentence."""

    DATA_IN_USE = "data in use"
    NEWER_DATA = "newer data"
    NOT_OUR_DATA = "not our data"
    DAMAGED_DATA = "damaged data"
    INCONSISTENT_DATA = "inconsistent data"
    NO_PERMISSION = "no permission"
    READ_ONLY = "read-only"
    OPENED_TO_READ = "opened to read"
    CANNOT_CREATE = "cannot create"
    DISK_FULL = "disk full"
    INPUT_OUTPUT = "input/output"
    INPUT_MISSING = "input missing"
    BAD_INPUT = "bad input"


class CoachError(Exception):
    """Bad luck that a person can be told about in one sentence.

    ``str(error)`` is an English sentence for the command line: what, where, what now. It never holds answer text.
    """

    def __init__(self, fault: Fault, sentence: str, *, where: str = "") -> None:
        super().__init__(sentence)
        self.fault = fault
        self.where = where
