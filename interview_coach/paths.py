"""Where the program's own files and the person's data are: in a checkout, in a wheel, in a frozen build."""

import os
import sys
from pathlib import Path

#: Name of the data folder in the system's place for such folders.
FOLDER_NAME = "interview-coach"

#: Names the data folder in the environment; ``--data-dir`` goes before it.
DATA_DIR_VARIABLE = "INTERVIEW_COACH_DATA_DIR"


def resource(relative: str) -> Path:
    """Return the path of a file that the program ships, e.g. ``resource("themes/light.toml")``."""
    return _resources() / relative


def data_folder(named: str | None) -> Path:
    """Return the data folder: the one that was named on the command line, or in the environment, or the system's."""
    chosen = named or os.environ.get(DATA_DIR_VARIABLE)
    return Path(chosen) if chosen else default_data_folder()


def default_data_folder() -> Path:
    """Return the system's place for the data folder; nothing is created."""
    import platformdirs  # late: only needed where no folder was named

    return Path(platformdirs.user_data_dir(FOLDER_NAME, appauthor=False))


def _resources() -> Path:
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen is not None:
        return Path(frozen) / "resources"
    package = Path(__file__).resolve().parent
    inside = package / "resources"
    return inside if inside.is_dir() else package.parent / "resources"
