import os
from pathlib import Path

import pytest

from interview_coach import paths
from interview_coach.ui.theme import apply_theme, load_theme

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# The offscreen platform says this of every window; it is the one message that is let through.
SIZE_HINTS = r"^This plugin does not support propagateSizeHints\(\)$"


def pytest_collection_modifyitems(items):
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore(SIZE_HINTS, extend=True))


@pytest.fixture
def themed(qapp):
    """The application in the light theme at 100 %."""
    apply_theme(qapp, load_theme("light", paths.resource))
    return qapp
