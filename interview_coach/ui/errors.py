"""Bad luck in the words of the window."""

from PySide6.QtCore import QCoreApplication

from interview_coach.domain.errors import CoachError, Fault

translate = QCoreApplication.translate


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
        Fault.READ_ONLY: translate("errors", "The disk or the file is read-only."),
        Fault.CANNOT_CREATE: translate("errors", "The file cannot be created."),
        Fault.DISK_FULL: translate("errors", "The disk is full."),
        Fault.INPUT_OUTPUT: translate("errors", "The disk answers with an error."),
        Fault.INPUT_MISSING: translate("errors", "It is not there any more."),
        Fault.BAD_INPUT: translate("errors", "It cannot be read."),
    }
    return words[error.fault]
