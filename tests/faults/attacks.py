"""Real processes, attacked from outside: killed or failed at a chosen system call, and what became of them."""

import os
import re
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
STORY = [sys.executable, str(HERE / "story.py")]
COACH = [sys.executable, "-m", "interview_coach"]

#: Seconds after which a process counts as stuck.
PATIENCE = 120

#: Calls that change what is on the disk, or make it last.
CHANGING = "pwrite64,write,fdatasync,fsync,ftruncate,unlink,unlinkat,rename,renameat,renameat2,mkdir,link,openat"


@dataclass(frozen=True)
class Call:
    """The nth call of a name in a process, and the file that it is about."""

    name: str
    nth: int
    path: str = ""

    def __str__(self) -> str:
        return f"{self.name} {self.nth} ({Path(self.path).name})"


@dataclass(frozen=True)
class Outcome:
    """What became of a process: how it ended, what it said, and what the tracer saw of it, if there was one."""

    code: int
    said: str
    errors: str
    trace: str = ""

    @property
    def killed(self) -> bool:
        return self.code == -signal.SIGKILL and (not self.trace or "+++ killed by SIGKILL +++" in self.trace)

    @property
    def injected(self) -> bool:
        return "(INJECTED)" in self.trace

    def lines(self) -> list[str]:
        """Return the whole lines that were said."""
        return self.said.split("\n")[:-1]


def environment(**more: str) -> dict[str, str]:
    """Return the environment of the processes: this checkout's program, no window on the person's screen."""
    kept = {name: value for name, value in os.environ.items() if name != "INTERVIEW_COACH_DATA_DIR"}
    return {**kept, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen", "PYTHONHASHSEED": "0", **more}


def run(
    command: Sequence[str | Path],
    *,
    inject: Sequence[str] = (),
    calls: str = "",
    text: str = "",
    env: Mapping[str, str] | None = None,
) -> Outcome:
    """Run a command to its end, under the tracer where something is to be injected or ``calls`` to be recorded.

    ``inject`` holds strace's expressions, e.g. ``pwrite64:error=ENOSPC:when=3+``. The process and what it started are
    ended after PATIENCE seconds, which fails the test.
    """
    with tempfile.TemporaryDirectory(prefix="trace-") as folder:
        record = Path(folder) / "record"
        if inject or calls:
            traced = calls or ",".join(sorted({one.split(":")[0] for one in inject}))
            tampering = [word for one in inject for word in ("-e", f"inject={one}")]
            tracer = ["strace", "-f", "-y", "-s", "0", "-o", str(record), "-e", f"trace={traced}"]
            command = [*tracer, *tampering, *command]
        with subprocess.Popen(
            [*map(str, command)],
            cwd=ROOT,
            env=dict(env or environment()),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,
        ) as process:
            try:
                said, errors = process.communicate(text, timeout=PATIENCE)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                said, errors = process.communicate()
                raise AssertionError(f"stuck after {PATIENCE} s: {command}\n{said[-2000:]}\n{errors[-2000:]}") from None
        trace = record.read_text(errors="replace") if record.exists() else ""
    return Outcome(process.returncode, said, errors, trace)


def rehearse(command: Sequence[str | Path], place: Path, *, text: str = "", whole: bool = True) -> list[Call]:
    """Run a command once, unharmed, and return its changing calls on what lies under ``place``, in order."""
    done = run(command, calls=CHANGING, text=text)
    if whole and done.code != 0:
        raise AssertionError(f"the rehearsal ended with {done.code}: {done.errors}")
    seen: Counter[tuple[str, str]] = Counter()
    calls = []
    for line in done.trace.splitlines():
        matched = re.match(r"(\d+) +(\w+)\((.*)", line)
        if matched is None:
            continue
        process, name, arguments = matched.groups()
        seen[process, name] += 1
        if str(place) in arguments and not (name == "openat" and "O_CREAT" not in arguments):
            paths = re.findall(rf"{re.escape(str(place))}[^\">]*", arguments)
            if not paths[-1].endswith("interview.txt"):  # the story's own
                calls.append(Call(name, seen[process, name], paths[-1]))
    return calls


def kill_at(call: Call) -> str:
    """Return the expression for a kill on the way into a call, which is then not carried out."""
    return f"{call.name}:signal=KILL:when={call.nth}"


def fail_at(call: Call, error: str, *, lasting: bool = False) -> str:
    """Return the expression for a call that fails, once or from then on."""
    return f"{call.name}:error={error}:when={call.nth}{'+' if lasting else ''}"


def can_trace() -> str:
    """Return why no process can be traced here, or nothing; found out by doing it."""
    try:
        done = run(
            [sys.executable, "-S", "-c", "import os; os.fsync(1)"],
            inject=["fsync:error=EIO:when=1"],
            env=dict(os.environ),
        )
    except OSError as error:
        return f"strace: {os.strerror(error.errno or 0).lower()}"
    if not done.injected:
        return f"strace can't inject here: {done.errors.strip()[:200]}"
    return ""


def small_disk(place: Path, size: str = "1m") -> list[str]:
    """Return a prefix that runs a command with a small disk of its own mounted at a place."""
    script = f'mount -t tmpfs -o size={size},mode=700 none "$0" && exec "$@"'
    own = ["unshare", "-m"] if os.geteuid() == 0 else ["unshare", "-rm"]
    return [*own, "sh", "-c", script, str(place)]


def can_mount(place: Path) -> str:
    """Return why no disk can be mounted here, or nothing; found out by doing it."""
    try:
        done = run([*small_disk(place), "true"])
    except OSError as error:
        return f"unshare: {os.strerror(error.errno or 0).lower()}"
    return "" if done.code == 0 else f"no disk can be mounted here: {done.errors.strip()[:200]}"
