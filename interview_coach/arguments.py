"""What may be said on the command line. Standard library only: a mistake in it is answered at once."""

import argparse
from pathlib import Path

from interview_coach import __version__
from interview_coach.paths import DATA_DIR_VARIABLE

PROGRAM = "interview-coach"

#: What goes into the log: this and what is graver.
LOG_LEVELS = ("debug", "info", "warning", "error")
LOG_LEVEL = "info"

#: The largest id that the database can hold.
_LARGEST_ID = 2**63 - 1

#: The formats that are written.
EXPORTS = ("json", "turns", "markdown", "html", "csv", "anki")

#: The formats that a person can name.
FORMATS = ("turns", "apkg", "anki", "captions", "json", "dialogue", "markdown", "csv", "text")

_EXIT_CODES = """\
Without a command the window opens; without a display the same practice runs in the terminal.

exit codes: 0 ok, 1 unexpected, 2 usage, 65 bad input or newer data, 66 input missing, 73 cannot create output,
74 input/output, disk full or read-only, 75 data in use, 77 permission, 130 Ctrl-C"""

_PRACTICE = """\
Practise in the terminal: answer, rate yourself, compare, note one line for next time.

Type the answer in as many lines as you like and end it with a line that holds a single "." (a line ".." stands
for "."). At a keyboard Ctrl-D after text ends it as well. The first line of an answer may be :skip, :pause or :quit;
the last two leave the session to be resumed, as does the end of the input: an answer that it cuts off stays a draft.
Without options the session that was left is resumed, else the first transcript not yet practised begins."""


_QUESTIONS = """\
List the questions of the bank: all, or those that are all that is asked for.

A search is what the line above the list takes in the window. Its words have to be there, in the question, its recorded
answers, your own answers, notes or tags: pool finds pooling, "connection pool" the two words together, -pool what has
it not. Filters are stage:technical, tag:redis, from:nebula (where it was asked), is:due, is:flagged, is:untried,
is:suspended, and rated:<6 for your lowest score of last time. What cannot be understood is told on standard error. A
search that begins with a "-" is given as --search=-pool."""


_RESTORE = """\
Put a backup in the place of the data, also where that is damaged or gone. The backup is checked first. What was there
is kept: as a backup of its own, or set aside as it is where it cannot be read."""


_EXPORT = """\
Write out what you practised, or what the bank holds. Without a choice it is everything; of turns, the only transcript.

json      everything about it, to be imported again, here or elsewhere; of a transcript without your answers
turns     the turn transcript: an interview as it was read, a session or questions with your answers and ratings
markdown  a report for note programs        html  the same as one web page
csv       a table for spreadsheets          anki  a text file of cards for Anki"""


_COMPARE = """\
Compare an answer with a reference: which of its points the answer mentions, and where. It says what was mentioned,
never whether it is right. No data folder is opened.

The files are texts in UTF-8; - is standard input. A batch is JSON lines, answered line by line: {"id", "question",
"references": [text], "answer"} by {"id", "coverage"}, and {"id", "question", "points": [text], "answer"} by {"id",
"coverage", "points": [{"score", "status", "evidence": [[start, end]]}]}. A line that can't be read is answered by
{"id", "error"}, and the exit code then is 65. Texts may have 100,000 characters."""


def parse(arguments: list[str]) -> argparse.Namespace:
    """Return the options; ``command`` is None where the window is meant.

    Raises SystemExit: 2 with a message on standard error for a mistake, 0 after --help and --version.
    """
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.command == "compare":
        _check_compare(parser, options)
    if options.command == "export":
        _check_export(parser, options)
    return options


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=PROGRAM,
        description="Rehearse job interviews alone and offline, beside recorded answers.",
        epilog=_EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"{PROGRAM} {__version__}")
    parser.add_argument(
        "--data-dir", metavar="DIR", default=None, help=f"keep everything in DIR (also as {DATA_DIR_VARIABLE})"
    )
    parser.add_argument(
        "--log-level",
        metavar="LEVEL",
        choices=LOG_LEVELS,
        default=LOG_LEVEL,
        help="what the log in the data folder tells: debug, info (the default), warning or error, and what is graver",
    )
    parser.add_argument("--read-only", action="store_true", help="change nothing, also where nothing can be changed")
    parser.add_argument(
        "--self-test", action="store_true", help="start the window in a temporary folder, answer one question, end"
    )
    # A command takes these too; SUPPRESS, since a default would wipe out what stands before the command.
    anywhere = argparse.ArgumentParser(add_help=False)
    anywhere.add_argument("--data-dir", metavar="DIR", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    anywhere.add_argument("--read-only", action="store_true", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    anywhere.add_argument("--log-level", choices=LOG_LEVELS, default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    json = argparse.ArgumentParser(add_help=False)
    json.add_argument("--json", action="store_true", help="print one JSON document")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")

    def add(name: str, does: str, *, lists: bool = True, description: str | None = None) -> argparse.ArgumentParser:
        return commands.add_parser(
            name,
            help=does,
            description=description or f"{does[0].upper()}{does[1:]}.",
            parents=[anywhere, json] if lists else [anywhere],
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )

    practice = add("practice", "practise in the terminal", lists=False, description=_PRACTICE)
    chosen = practice.add_mutually_exclusive_group()
    chosen.add_argument("--transcript", metavar="T", help="replay the interview with this id, or title that starts so")
    chosen.add_argument("--stage", metavar="S", help="the questions of one stage")
    chosen.add_argument("--due", action="store_true", help="the questions that are due today")
    chosen.add_argument("--search", metavar="Q", help="what this search finds, in the language of the search line")
    practice.add_argument("--count", metavar="N", type=_count, help="so many questions at most")
    practice.add_argument("--mock", action="store_true", help="all questions straight through, ratings at the end")

    importing = add("import", "bring files, and those in folders, into the bank")
    importing.add_argument("paths", metavar="PATH", nargs="+", type=_path, help="a file or folder")
    importing.add_argument("--dry-run", action="store_true", help="only say what would come in")
    importing.add_argument(
        "--format",
        metavar="F",
        choices=FORMATS,
        help=f"what the files are, where it is guessed wrongly: {', '.join(FORMATS)}",
    )

    add("transcripts", "list the interviews")

    questions = add("questions", "list the questions of the bank", description=_QUESTIONS)
    questions.add_argument("--stage", metavar="S", help="those of one stage")
    questions.add_argument("--tag", metavar="T", help="those with this tag")
    questions.add_argument("--search", metavar="Q", help="those that this search finds")
    questions.add_argument("--due", action="store_true", help="those that are due today")
    questions.add_argument("--limit", metavar="N", type=_count, help="the first so many")
    questions.add_argument("--count", action="store_true", help="only how many there are")

    add("today", "tell what to do now: what is due, what is planned, what was left")

    add("stats", "tell what has changed: ratings, second looks and points said, by stage")

    add("sessions", "list the sittings, newest first")

    attempts = add("attempts", "list what was answered")
    attempts.add_argument("--question", metavar="ID", type=_id, help="the answers to one question")
    attempts.add_argument("--session", metavar="ID", type=_id, help="the answers of one session")

    export = add("export", "write sessions, questions or transcripts out", lists=False, description=_EXPORT)
    export.add_argument("format", metavar="FORMAT", choices=EXPORTS, help=", ".join(EXPORTS))
    export.add_argument("out", metavar="OUT", help="the file to write or replace; - is standard output")
    taken = export.add_mutually_exclusive_group()
    taken.add_argument("--session", metavar="ID", type=_id, help="one sitting; as turns: your answers and ratings")
    taken.add_argument("--search", metavar="Q", help="the questions in which all these words occur")
    taken.add_argument("--transcript", metavar="T", help="the interview with this id, or title that starts so")
    export.add_argument(
        "--recorded", action="store_true", help="anki: the recorded answers on the cards instead of yours"
    )
    export.add_argument("--bom", action="store_true", help="csv: begin with the mark by which Excel knows UTF-8")

    compare = add("compare", "compare an answer with a reference", description=_COMPARE)
    compare.add_argument("--question", metavar="TEXT", help="the question: its own words count less")
    compare.add_argument("--reference", metavar="FILE", help="the text to compare with")
    compare.add_argument("--answer", metavar="FILE", help="the answer")
    compare.add_argument("--batch", metavar="FILE", help="many comparisons as JSON lines; - is standard input")

    backup = add("backup", "make a backup and list those that are there")
    backup.add_argument(
        "out", metavar="OUT", nargs="?", type=Path, help="a file to write or replace, or a folder to put it into"
    )

    restore = add("restore", "put a backup in the place of the data", description=_RESTORE)
    restore.add_argument("file", metavar="FILE", type=Path, help="a backup")

    check = add("check", "look for damage and for what cannot be")
    check.add_argument("--repair", action="store_true", help="mend what can be mended, after a backup")
    return parser


def _check_compare(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    """End with 2 where compare is asked for neither one comparison nor a batch, or for both."""
    needed = {"--question": options.question, "--reference": options.reference, "--answer": options.answer}
    missing = [name for name, given in needed.items() if given is None]
    if options.batch is not None:
        if len(missing) < len(needed):
            parser.error("compare: --batch stands alone, without --question, --reference and --answer")
    elif missing:
        parser.error(f"compare: {', '.join(missing)} or --batch is needed")
    elif options.reference == options.answer == "-":
        parser.error("compare: only one of --reference and --answer can be standard input")


def _check_export(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    """End with 2 where an option is given that the format does not have."""
    for given, name, only in ((options.recorded, "--recorded", "anki"), (options.bom, "--bom", "csv")):
        if given and options.format != only:
            parser.error(f"export: {name} is for {only} alone")


def _path(text: str) -> Path:
    """Read a path; an empty one, as of a variable that is not set, does not stand for the folder one is in."""
    if not text:
        raise argparse.ArgumentTypeError("a path is empty")
    return Path(text)


def _count(text: str) -> int:
    """Read a count: a whole number from 1."""
    return _whole(text, 1)


def _id(text: str) -> int:
    """Read an id."""
    return _whole(text, 0)


def _whole(text: str, lowest: int) -> int:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 20 else -1
    if not lowest <= number <= _LARGEST_ID:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from {lowest}")
    return number
