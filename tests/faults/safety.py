"""Backups, a new beginning or a deletion for good in a process of its own: ``safety.py WHAT FOLDER``.

Says what is done once it is.
"""

import sys
from pathlib import Path

from story import StepClock, open_folder, say

from interview_coach.services.recovery import RecoveryService

what, folder = sys.argv[1], Path(sys.argv[2])
clock = StepClock()
if what == "begin":
    RecoveryService(folder / "coach.sqlite3", clock).start_new()
    say("begun")
else:
    services = open_folder(folder, clock)
    if what == "erase":
        services.trash.erase(tuple(entry.id for entry in services.trash.listed()))
        say("erased")
    else:
        for n in range(2):
            clock.tick()
            services.backups.make()
            say(f"made {n}")
    services.close()
