"""Start the program: the window, or a command.

What is imported decides how soon a person sees something, so every import beyond the interpreter's own is late here:
``--version`` needs none, a mistake on the command line only argparse, a command no Qt.
"""

import gc
import sys

from interview_coach import __version__

TYPE_CHECKING = False  # typing's own constant would have typing imported
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence
    from pathlib import Path


def main(argv: "Sequence[str] | None" = None) -> int:
    """Run the program with the arguments after its name, and return what it ends with (``exit_codes``)."""
    arguments = sys.argv[1:] if argv is None else list(argv)
    if arguments == ["--version"] and sys.stdout is not None:
        sys.stdout.write(f"interview-coach {__version__}\n")
        return 0
    from interview_coach import streams

    streams.prepare()
    try:
        code = _run(arguments)
        sys.stdout.flush()
    except SystemExit as stop:  # argparse: its message is written
        return stop.code if isinstance(stop.code, int) else 0
    except BaseException as error:
        return _failed(error)
    return code


def _run(arguments: list[str]) -> int:
    from interview_coach.paths import data_folder

    if not arguments or (len(arguments) == 2 and arguments[0] == "--data-dir"):
        return _window(data_folder(arguments[1] if arguments else None))  # argparse would hold up the first paint
    from interview_coach.arguments import parse

    options = parse(arguments)
    if options.self_test:
        return _self_test()
    if options.command == "compare":
        return _compare(options)
    folder = data_folder(options.data_dir)
    if options.command is None:
        return _window(folder, options.log_level, read_only=options.read_only)
    # Collecting garbage while modules are imported finds none, and takes a tenth of the time.
    gc.disable()
    from interview_coach.cli import run

    gc.freeze()
    gc.enable()
    return run(folder, options)


def _compare(options: "Namespace") -> int:
    """Compare without the data folder, and without what the other commands need."""
    gc.disable()
    from interview_coach.compare_command import run

    gc.freeze()
    gc.enable()
    return run(options)


def _window(folder: "Path", log_level: str = "info", *, read_only: bool = False) -> int:
    """Open the window; where none can be had, say why and practise in the terminal."""
    from interview_coach import display, streams

    reason = display.why_no_window()
    if reason is None:
        gc.disable()
        try:
            from interview_coach.app import run_window
        except ImportError as error:
            reason = display.missing_library(error)
            if reason is None:
                raise
        finally:
            gc.enable()
        if reason is None:
            return run_window(folder, log_level=log_level, read_only=read_only)
    streams.tell(reason)
    from interview_coach.cli import practise

    return practise(folder, log_level, read_only=read_only)


def _self_test() -> int:
    from interview_coach import display, streams

    try:
        from interview_coach.app import self_test
    except ImportError as error:
        reason = display.missing_library(error)
        if reason is None:
            raise
        streams.tell(reason)
        return 1
    return self_test()


def _failed(error: BaseException) -> int:
    """Say in one line what went wrong, never with a value from it, and return the exit code."""
    from interview_coach import exit_codes, streams, traces
    from interview_coach.domain.errors import CoachError

    if isinstance(error, KeyboardInterrupt):
        return exit_codes.INTERRUPTED
    if isinstance(error, CoachError):
        streams.tell(str(error))
        return exit_codes.of(error)
    if isinstance(error, BrokenPipeError):
        streams.silence()  # the reader has what it wanted
        return exit_codes.OK
    if isinstance(error, OSError):
        streams.silence()
        streams.tell(f"Input/output error: {(error.strerror or type(error).__name__).lower()}.")
        return exit_codes.INPUT_OUTPUT
    where = traces.own_place(error)
    streams.tell(f"Something unexpected happened: {type(error).__name__} in {where}. What was saved is kept.")
    return exit_codes.UNEXPECTED


if __name__ == "__main__":
    sys.exit(main())
