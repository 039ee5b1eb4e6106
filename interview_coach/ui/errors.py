"""Bad luck in the words of the window."""

from PySide6.QtCore import QCoreApplication

from interview_coach.domain.errors import CoachError, Fault


def sentence(error: BaseException) -> str:
    """Return one sentence for a person: what happened and what now. It never holds what was typed."""
    if not isinstance(error, CoachError):
        return _tr("Something went wrong in the program ({0}).").format(type(error).__name__)
    words = {
        Fault.DATA_IN_USE: _tr("The data folder is in use by another program."),
        Fault.NEWER_DATA: _tr("The data was made by a newer Interview Coach. Install that one to open it."),
        Fault.NOT_OUR_DATA: _tr("The file in the data folder is not a practice database."),
        Fault.DAMAGED_DATA: _tr("The practice database is damaged or missing."),
        Fault.NO_PERMISSION: _tr("There is no permission to use the file."),
        Fault.READ_ONLY: _tr("The disk or the file is read-only."),
        Fault.CANNOT_CREATE: _tr("The file cannot be created."),
        Fault.DISK_FULL: _tr("The disk is full."),
        Fault.INPUT_OUTPUT: _tr("The disk answers with an error."),
        Fault.INPUT_MISSING: _tr("It is not there any more."),
        Fault.BAD_INPUT: _tr("It cannot be read."),
    }
    return words[error.fault]


def _tr(text: str) -> str:
    return QCoreApplication.translate("errors", text)
