"""Bad luck in the words of the window."""

import errno

from PySide6.QtCore import QCoreApplication

from interview_coach.domain.errors import CoachError, Fault

#: What the operating system answers of disk and permission.
_DISK = {
    errno.EACCES: Fault.NO_PERMISSION,
    errno.EPERM: Fault.NO_PERMISSION,
    errno.EROFS: Fault.READ_ONLY,
    errno.ENOSPC: Fault.DISK_FULL,
    errno.EDQUOT: Fault.DISK_FULL,
    errno.EIO: Fault.INPUT_OUTPUT,
}

translate = QCoreApplication.translate


def bad_luck(error: BaseException) -> CoachError | None:
    """Return an error that is bad luck rather than a defect, None for a defect.

    That is what the program names so itself, and what the operating system answers of disk and permission where the
    program did not think of it.
    """
    if isinstance(error, CoachError):
        return error
    fault = _DISK.get(error.errno or 0) if isinstance(error, OSError) else None
    return None if fault is None else CoachError(fault, f"Bad luck: {fault.value}.")


def raise_if_unexpected(error: BaseException) -> None:
    """Let a defect go on to where defects are told (``ui.error_hook``); bad luck is the caller's to tell.

    A task's ``on_failed`` calls it last, as its error came up in a thread where nobody could catch it.
    """
    if not isinstance(error, CoachError):
        raise error


def sentence(error: BaseException) -> str:
    """Return one sentence for a person: what happened and what now. It never holds what was typed."""
    if not isinstance(error, CoachError):
        return translate("errors", "Something went wrong in the program ({0}).").format(type(error).__name__)
    words = {
        Fault.DATA_IN_USE: translate("errors", "The data folder is in use by another program."),
        Fault.NEWER_DATA: translate(
            "errors", "The data was made by a newer Interview Coach. Install that one to open it."
        ),
        Fault.NOT_OUR_DATA: translate("errors", "The file in the data folder is not a practice database."),
        Fault.DAMAGED_DATA: translate("errors", "The practice database is damaged or missing."),
        Fault.INCONSISTENT_DATA: translate(
            "errors", "The database holds something that cannot be read. “Check database” in Settings mends it."
        ),
        Fault.NO_PERMISSION: translate("errors", "There is no permission to use the file."),
        Fault.OPENED_TO_READ: translate("errors", "The data was opened to read alone, so nothing can be stored."),
        Fault.READ_ONLY: translate("errors", "The disk or the file is read-only."),
        Fault.CANNOT_CREATE: translate("errors", "The file cannot be created."),
        Fault.DISK_FULL: translate("errors", "The disk is full."),
        Fault.INPUT_OUTPUT: translate("errors", "The disk answers with an error."),
        Fault.INPUT_MISSING: translate("errors", "It is not there any more."),
        Fault.BAD_INPUT: translate("errors", "It cannot be read."),
    }
    return words[error.fault]
