"""Runs in the bundle before the program, and does what Python does by itself, but not within a program (PEP 538)."""

import os
import sys

if sys.platform == "linux":
    _chosen = next((name for name in ("LC_ALL", "LC_CTYPE", "LANG") if os.environ.get(name)), "LC_CTYPE")
    if os.environ.get(_chosen, "C") in ("C", "POSIX"):
        # Without a language: texts are UTF-8 all the same, and Qt need not say that it takes them for that.
        os.environ["LC_ALL" if _chosen == "LC_ALL" else "LC_CTYPE"] = "C.UTF-8"
