"""The lock files: exact versions with hashes of all that is installed, for every system and every Python that is known.

test.lock holds all that the program, the backend that builds it and the tests need; run.lock the part of it without the
tests; bundle.lock that part and what makes the bundle. None names the address of a package index: where packages come
from is for each machine's own pip to know.
"""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

from pythons import OLDEST, dotted
from steps import UNAVAILABLE, Stop, say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from environment import Environment

HEAD = "# Written by `python3 packaging/bootstrap.py lock`, not by hand.\n"


def renew(environment: Environment, arguments: Sequence[str]) -> None:
    """Write the lock files from pyproject.toml; `arguments` go to `uv pip compile`, as `--upgrade`.

    Raises Stop where there is no uv or it finds no versions that fit.
    """
    beside = environment.scripts / "uv"
    uv = str(beside) if beside.exists() else shutil.which("uv")
    if uv is None:
        raise Stop("Writing the lock files needs uv: install it on this machine or in .venv.", UNAVAILABLE)
    test, run, bundle = (environment.lock(group) for group in ("test", "run", "bundle"))
    _compile(environment.root, uv, test, ["--group", "dev", "--group", "build", *arguments])
    _compile(environment.root, uv, run, ["--group", "build", "--constraints", str(test), *arguments])
    also = ["--group", "build", "--group", "bundle", "--constraints", str(test)]
    _compile(environment.root, uv, bundle, [*also, *arguments])


def _compile(root: Path, uv: str, lock: Path, arguments: Sequence[str]) -> None:
    command = [
        uv, "pip", "compile", "pyproject.toml", "--quiet", "--no-config", "--universal", "--generate-hashes",
        "--python-version", dotted(OLDEST), "--no-build", "--no-header", "--no-annotate", "--no-emit-index-url",
        "--no-emit-find-links", "--output-file", str(lock), *arguments,
    ]  # fmt: skip
    done = subprocess.run(command, cwd=root, stdout=subprocess.DEVNULL, check=False)
    if done.returncode != 0:
        raise Stop(f"uv found no versions for {lock.name}, see above.", UNAVAILABLE)
    lock.write_text(HEAD + lock.read_text(encoding="utf-8"), encoding="utf-8")
    say(f"{lock.relative_to(root)} is up to date.")
