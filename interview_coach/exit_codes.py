"""What the program ends with: a contract with the scripts that call it, in the spirit of sysexits.h."""

from interview_coach.domain.errors import CoachError, Fault

OK = 0
UNEXPECTED = 1
USAGE = 2
BAD_INPUT = 65
INPUT_MISSING = 66
CANNOT_CREATE = 73
INPUT_OUTPUT = 74
IN_USE = 75
NO_PERMISSION = 77
INTERRUPTED = 130

#: The exit code of each kind of bad luck.
EXIT_CODES: dict[Fault, int] = {
    Fault.DATA_IN_USE: IN_USE,
    Fault.NEWER_DATA: BAD_INPUT,
    Fault.NOT_OUR_DATA: BAD_INPUT,
    Fault.DAMAGED_DATA: BAD_INPUT,
    Fault.INCONSISTENT_DATA: BAD_INPUT,
    Fault.NO_PERMISSION: NO_PERMISSION,
    Fault.READ_ONLY: INPUT_OUTPUT,
    Fault.OPENED_TO_READ: INPUT_OUTPUT,
    Fault.CANNOT_CREATE: CANNOT_CREATE,
    Fault.DISK_FULL: INPUT_OUTPUT,
    Fault.INPUT_OUTPUT: INPUT_OUTPUT,
    Fault.INPUT_MISSING: INPUT_MISSING,
    Fault.BAD_INPUT: BAD_INPUT,
}


def of(error: BaseException) -> int:
    """Return what the program ends with after an error."""
    return EXIT_CODES[error.fault] if isinstance(error, CoachError) else UNEXPECTED
