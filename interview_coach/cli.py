"""The commands: data on standard output, messages on standard error, one JSON document with ``--json``.

The keys and their meaning are a contract with other programs: more may follow, none changes.
"""

import json
import os
import shutil
import sys
import textwrap
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from interview_coach import logs
from interview_coach.domain.backups import Backup, Contents
from interview_coach.domain.errors import CoachError, Fault
from interview_coach.domain.models import (
    Attempt,
    AttemptState,
    Criterion,
    Mode,
    PointStatus,
    RecordedRating,
    SelfRating,
)
from interview_coach.domain.search_language import Is, Search, State, Tagged, parse, written
from interview_coach.domain.selection import Order
from interview_coach.error_report import recorded
from interview_coach.exit_codes import BAD_INPUT, OK
from interview_coach.exit_codes import of as exit_code_of
from interview_coach.finding_sentences import sentences
from interview_coach.flaw_sentences import sentence
from interview_coach.folder import DataFolder
from interview_coach.paths import resource
from interview_coach.search_sentences import hint_sentence
from interview_coach.services.bank import QuestionDetail, TranscriptEntry
from interview_coach.services.clock import SystemClock
from interview_coach.services.exporting import EVERYTHING, Chosen, Format, Kind, Options
from interview_coach.services.importing import FileReport, Standing, counts
from interview_coach.services.opening import Services, open_services
from interview_coach.services.practice import PracticeService
from interview_coach.services.progress import AttemptEntry, SessionEntry
from interview_coach.services.recovery import RecoveryService
from interview_coach.settings import read_preferences
from interview_coach.streams import one_line, tell
from interview_coach.terminal import practise_in_terminal

#: Questions that are fetched in one unit of work.
_AT_ONCE = 200

#: How much of a question stands in a sentence.
_SHORT = 100

_STDOUT = "-"

_DUE = Is((State.DUE,))


def run(data_dir: Path, options: Namespace) -> int:
    """Run a command on a data folder and return the exit code; raises CoachError for bad luck that ends it."""
    if options.command == "restore":
        return _restore(data_dir, options)
    if options.command == "check":
        return _check(data_dir, options)
    with _opened(data_dir, options) as services:
        match options.command:
            case "practice":
                return _practice(services, options)
            case "import":
                return _import(services, options)
            case "transcripts":
                return _transcripts(services, options)
            case "questions":
                return _questions(services, options)
            case "today":
                return _today(services, options)
            case "stats":
                return _stats(services, options)
            case "sessions":
                return _sessions(services, options)
            case "attempts":
                return _attempts(services, options)
            case "export":
                return _export(services, options)
            case "backup":
                return _backup(services, options)
            case unknown:
                raise LookupError(f"the parser knows a command that is not here: {unknown}")


def practise(data_dir: Path, log_level: str, *, read_only: bool = False) -> int:
    """Practise in the terminal where no window can be had: go on with the session that was left, or begin one."""
    with _opened(data_dir, Namespace(command="practice", log_level=log_level, read_only=read_only)) as services:
        return _practise(services.practice, services.practice.to_resume())


@contextmanager
def _opened(data_dir: Path, options: Namespace) -> Iterator[Services]:
    with _claimed(data_dir, options) as folder:
        preferences = read_preferences(folder.settings)
        services = open_services(
            folder.database, resource("transcripts"), SystemClock(), preferences, read_only=options.read_only
        )
        logs.opened()
        if services.database.migrated_from is not None:
            logs.migrated(services.database.migrated_from)
        try:
            if not options.read_only and options.command not in ("backup", "check"):
                _keep_house(services)
            yield services
        finally:
            services.close()


@contextmanager
def _claimed(data_dir: Path, options: Namespace) -> Iterator[DataFolder]:
    folder = DataFolder.claim_to_read(data_dir) if options.read_only else DataFolder.claim(data_dir)
    try:
        with recorded(None if options.read_only else folder.path, options.log_level):
            yield folder
    finally:
        folder.release()


def _keep_house(services: Services) -> None:
    """Make the day's backup and empty Trash of what is old; where that fails it is told, and the command goes on."""
    try:
        made = services.keep_house()
        if made is not None:
            logs.backup_made(made.size)
    except CoachError as error:
        logs.bad_luck(error)
        tell(f"The day's backup was not made. {error}")


def _practice(services: Services, options: Namespace) -> int:
    practice = services.practice
    mode = Mode.MOCK if options.mock else Mode.PRACTICE
    session_id: int | None
    if options.transcript is not None:
        session_id = practice.start_transcript(services.transcripts.find(options.transcript), mode, options.count)
    elif options.stage is not None:
        session_id = practice.start_stage(_stage(services, options.stage), mode, options.count)
    elif options.due:
        due = services.searching.find(Search("", (_DUE,))).ids
        if not due:
            raise CoachError(Fault.INPUT_MISSING, "No question is due.")
        session_id = practice.start_chosen(
            due, title=written(_DUE), mode=mode, count=options.count, order=Order.BY_STAGE
        )
    elif options.search is not None:
        _tell_hints(parse(options.search, services.searching.vocabulary()))
        session_id = practice.start_search(options.search, mode, options.count)
    elif options.mock or options.count is not None:
        session_id = practice.start_default(mode, options.count)
    else:
        session_id = practice.to_resume()
    return _practise(practice, session_id)


def _practise(practice: PracticeService, session_id: int | None) -> int:
    return practise_in_terminal(practice.session(practice.start_default() if session_id is None else session_id))


def _import(services: Services, options: Namespace) -> int:
    from interview_coach.services.reading import Choice  # late: not needed by any other command

    reports = services.importing.import_paths(
        options.paths, dry_run=options.dry_run, choice=Choice(format=options.format), alone=True
    )
    logs.imported(*counts(reports))
    for report in reports:
        for problem in report.problems:
            line = f":{problem.line}" if problem.line else ""
            tell(f"{report.path}{line}: {problem.message}")
        if report.error is not None:
            tell(_named(report.path, report.error))
    if options.json:
        _write_json(
            {
                "files": [_report_json(report) for report in reports],
                "questions_new": sum(report.questions_new for report in reports),
                "questions_known": sum(report.questions_known for report in reports),
            }
        )
    else:
        for report in reports:
            if report.error is None:
                _write(_report_sentence(report, dry_run=options.dry_run))
                for near in report.near:
                    _write(f"    may be the same: {_quoted(near.text)} – {_quoted(near.other_text)}")
    if not all(report.near_looked_for for report in reports):
        tell("There are too many questions to look for other wordings of all of them.")
    failed = next((report.error for report in reports if report.error is not None), None)
    return OK if failed is None else exit_code_of(failed)


def _transcripts(services: Services, options: Namespace) -> int:
    listed = services.transcripts.listed()
    if options.json:
        _write_json([_transcript_json(entry, _findings(services, entry)) for entry in listed])
        return OK
    rows = []
    for entry in listed:
        stages = ", ".join(f"{stage} {turns}" for stage, turns in entry.stages.items())
        notes = [entry.transcript.title, stages, *_findings(services, entry)]
        rows.append([str(entry.transcript.id), str(entry.turns), entry.transcript.origin, *notes])
    _write_table(["ID", "TURNS", "ORIGIN", "TITLE"], rows, "There are no transcripts yet.")
    return OK


def _questions(services: Services, options: Namespace) -> int:
    found = _found(services, options)
    if options.count:
        if options.json:
            _write_json({"count": len(found)})
        else:
            _write(str(len(found)))
        return OK
    shown = found[: options.limit]
    parts = [shown[start : start + _AT_ONCE] for start in range(0, len(shown), _AT_ONCE)]
    if options.json:
        _write_json([_question_json(detail) for part in parts for detail in services.questions.details(part)])
        return OK
    rows = [
        [str(entry.question.id), entry.question.stage, str(entry.attempts), entry.question.text]
        for part in parts
        for entry in services.questions.entries(part)
    ]
    _write_table(["ID", "STAGE", "ANSWERED", "QUESTION"], rows, "There are no such questions.")
    return OK


def _found(services: Services, options: Namespace) -> Sequence[int]:
    """Return the ids of the questions that are all that the options ask for, in the order of the list."""
    stage = None if options.stage is None else _stage(services, options.stage)
    wanted = [options.search] if options.search is not None else []
    if options.tag is not None:
        wanted.append(written(Tagged((options.tag,))))
    if options.due:
        wanted.append(written(_DUE))
    if not wanted:
        return services.questions.ids(stage=stage)
    vocabulary = services.searching.vocabulary()
    searches = [parse(text, vocabulary) for text in wanted]  # one by one: an open quotation mark ends with its text
    for search in searches:
        _tell_hints(search)
    parts = tuple(part for search in searches for part in search.parts)
    found = services.searching.find(Search(" ".join(wanted), parts)).ids
    if stage is None:
        return found
    of_stage = frozenset(services.questions.ids(stage=stage))
    return [question_id for question_id in found if question_id in of_stage]


def _tell_hints(search: Search) -> None:
    for hint in search.hints:
        tell(hint_sentence(hint))


def _today(services: Services, options: Namespace) -> int:
    agenda, view = services.agenda.view(), services.today.view()
    interview = agenda.next_interview
    resume = services.practice.to_resume()
    if options.json:
        _write_json(
            {
                "day": agenda.day.isoformat(),
                "due": list(agenda.due),
                "planned": list(agenda.planned.question_ids),
                "minutes": agenda.minutes,
                "resume": resume,
                "interview_date": None if interview is None else interview.day.isoformat(),
                "days_left": None if interview is None else interview.days_left,
                "resolutions": [kept.text for kept in view.resolutions],
            }
        )
        return OK
    rows: list[list[str]] = []
    rows += [["Interview", f"{each.day.isoformat()}, days left: {each.days_left}"] for each in agenda.interviews]
    if interview is not None:
        rows.append(
            ["Planned", f"{len(agenda.planned.question_ids)} of {interview.reached} (chosen: {interview.chosen})"]
        )
    rows.append(["Due", f"{len(agenda.due)}, of them today: {len(agenda.today.question_ids)}"])
    rows.append(["Minutes", str(agenda.minutes)])
    if resume is not None:
        rows.append(["To resume", f"session {resume}"])
    rows += [["Next time I will", kept.text] for kept in view.resolutions]
    _write_table(["TODAY", agenda.day.isoformat()], rows, "")
    return OK


def _stats(services: Services, options: Namespace) -> int:
    figures = services.figures.answers()
    if options.json:
        from interview_coach.services.figures_json import as_json  # late: other commands start without it

        _write_json(as_json(services.figures.days(), figures, services.figures.delivery()))
        return OK
    rows = []
    for stage, of in (("ALL", figures.everywhere), *figures.stages.items()):
        points = of.against_points
        rows.append(
            [
                stage,
                str(of.answers),
                " / ".join("-" if each.before is None else f"{each.before:.1f}" for each in of.looks.values()),
                " / ".join("-" if each.after is None else f"{each.after:.1f}" for each in of.looks.values()),
                "-" if points.before is None else f"{points.before:.0%}",
                "-" if points.after is None else f"{points.after:.0%}",
            ]
        )
    _write_table(["STAGE", "ANSWERS", "FIRST RATING", "SECOND LOOK", "RATED", "POINTS SAID"], rows, "")
    return OK


def _sessions(services: Services, options: Namespace) -> int:
    listed = services.progress.sessions()
    if options.json:
        _write_json([_session_json(entry) for entry in listed])
        return OK
    rows = [
        [
            str(entry.session.id),
            entry.session.mode,
            entry.session.state,
            f"{entry.session.started.astimezone():%Y-%m-%d %H:%M}",
            f"{entry.answered}/{entry.session.questions}",
            entry.session.title or "All stages",
        ]
        for entry in listed
    ]
    _write_table(["ID", "MODE", "STATE", "STARTED", "ANSWERED", "TITLE"], rows, "There are no sessions yet.")
    return OK


def _attempts(services: Services, options: Namespace) -> int:
    listed = services.progress.attempts(question_id=options.question, session_id=options.session)
    if options.json:
        _write_json([_attempt_json(entry) for entry in listed])
        return OK
    rows = [
        [
            str(entry.attempt.id),
            str(entry.attempt.session_id),
            entry.stage,
            entry.attempt.state,
            str(entry.words),
            "/".join(str(entry.attempt.first_rating.score(criterion) or "–") for criterion in Criterion),
            entry.question.text,
        ]
        for entry in listed
    ]
    headers = ["ID", "SESSION", "STAGE", "STATE", "WORDS", "RATING", "QUESTION"]
    _write_table(headers, rows, "There are no attempts yet.")
    return OK


def _export(services: Services, options: Namespace) -> int:
    form = Format(options.format)
    chosen = _chosen(services, options, form)
    taken_along = Options(byte_order_mark=options.bom, recorded_answers=options.recorded)
    written = services.exporting.content(chosen, form, taken_along)
    if options.out == _STDOUT:
        sys.stdout.flush()
        sys.stdout.buffer.write(written)
        sys.stdout.buffer.flush()
        return OK
    services.exporting.write(Path(options.out), written)
    return OK


def _chosen(services: Services, options: Namespace, form: Format) -> Chosen:
    """Return what is to be written; raises CoachError, INPUT_MISSING, where it is not there."""
    if options.session is not None:
        return Chosen(Kind.SESSION, (options.session,))
    if options.search is not None:
        search = parse(options.search, services.searching.vocabulary())
        _tell_hints(search)
        found = services.searching.find(search).ids
        if not found:
            raise CoachError(Fault.INPUT_MISSING, "There is no question that fits this search.")
        return Chosen(Kind.QUESTIONS, tuple(found))
    if options.transcript is not None:
        return Chosen(Kind.TRANSCRIPT, (services.transcripts.find(options.transcript),))
    return Chosen(Kind.TRANSCRIPT, (services.transcripts.only(),)) if form is Format.TURNS else EVERYTHING


def _backup(services: Services, options: Namespace) -> int:
    made = services.backups.make(options.out)
    logs.backup_made(made.size)
    listed = [made, *(backup for backup in services.backups.listed() if backup.path != made.path)]
    found = [(backup, _held(services, backup)) for backup in listed]
    if options.json:
        _write_json({"backups": [_backup_json(backup, held) for backup, held in found]})
        return OK
    rows = [
        [
            f"{backup.created.astimezone():%Y-%m-%d %H:%M:%S}",
            "?" if held is None else str(held.attempts),
            f"{backup.size / 1_000_000:.1f}",
            str(backup.path),
        ]
        for backup, held in found
    ]
    _write_table(["MADE", "ANSWERS", "MB", "FILE"], rows, "")
    return OK


def _held(services: Services, backup: Backup) -> Contents | None:
    """Return what a backup holds, None where it cannot be read any more."""
    try:
        return services.backups.look_into(backup.path)
    except CoachError as error:
        tell(str(error))
        return None


def _backup_json(backup: Backup, held: Contents | None) -> dict[str, Any]:
    return {
        "path": str(backup.path),
        "created": _moment(backup.created),
        "attempts": None if held is None else held.attempts,
        "reason": backup.reason.value,
        "size": backup.size,
    }


def _restore(data_dir: Path, options: Namespace) -> int:
    if options.read_only:
        raise CoachError(Fault.READ_ONLY, "Nothing can be restored with --read-only.")
    with _claimed(data_dir, options) as folder:
        restored = RecoveryService(folder.database, SystemClock()).restore(options.file)
    if options.json:
        kept = None if restored.kept is None else str(restored.kept)
        _write_json({"restored": str(restored.source), "kept": kept})
        return OK
    _write(f"{restored.source} is restored.")
    if restored.kept is not None:
        _write(f"What was there before is kept: {restored.kept}")
    return OK


def _check(data_dir: Path, options: Namespace) -> int:
    """Check the database. One that cannot be opened is a finding, too."""
    try:
        with _opened(data_dir, options) as services:
            repaired = services.checking.repair() if options.repair else None
            left = services.checking.examine() if repaired is None else repaired.left
    except CoachError as error:
        if exit_code_of(error) != BAD_INPUT or not options.json:
            raise
        _write_json({"ok": False, "findings": [str(error)]})
        return BAD_INPUT
    findings = [sentence(flaw) for flaw in left]
    mended = [] if repaired is None else [sentence(flaw) for flaw in repaired.repaired]
    if options.json:
        kept = None if repaired is None or repaired.backup is None else str(repaired.backup.path)
        _write_json({"ok": not findings, "findings": findings, "repaired": mended, "kept": kept})
    else:
        for line in mended:
            _write(f"Repaired: {line}")
        if repaired is not None and repaired.backup is not None:
            _write(f"What was there before is kept: {repaired.backup.path}")
        for line in findings:
            _write(line)
        if not findings:
            _write("All is well.")
        elif not options.repair:
            tell("“check --repair” mends what can be mended, after a backup.")
    return BAD_INPUT if findings else OK


def _stage(services: Services, named: str) -> str:
    """Return the stage as the bank writes it, whatever the case in which a person did."""
    return next((stage for stage in services.questions.stages() if stage.casefold() == named.casefold()), named)


def _named(path: Path, error: CoachError) -> str:
    """Return an error's sentence with the file that it is about."""
    sentence = str(error)
    return sentence if str(path) in sentence else f"{path}: {sentence}"


def _report_sentence(report: FileReport, *, dry_run: bool) -> str:
    path = one_line(str(report.path))
    if report.arrival is not None:
        came = "would come in" if dry_run else "came in"
        parts = (
            (report.arrival.transcripts.new, "transcript"),
            (report.arrival.questions.new, "question"),
            (report.arrival.sessions.new, "session"),
            (report.arrival.attempts.new, "answer"),
        )
        return f"{path}: {', '.join(_many(number, thing) for number, thing in parts)} {came}"
    if report.standing is Standing.KNOWN:
        return f"{path}: already in the bank as “{report.title}”"
    if report.standing is Standing.PUT_BACK:
        back = "would be put back from Trash" if dry_run else "put back from Trash"
        return f"{path}: “{report.title}”, {_many(report.turns, 'turn')} {back}"
    came = "would come in" if dry_run else "came in"
    update = ", an update" if report.standing is Standing.UPDATE else ""
    return (
        f"{path}: “{report.title}”{update}, {_many(report.turns, 'turn')} {came}; "
        f"{_many(report.questions_new, 'new question')}, {report.questions_known} known"
        + (f", {len(report.near)} like others in other words" if report.near else "")
    )


def _quoted(text: str) -> str:
    line = one_line(" ".join(text.split()))
    return f"“{line}”" if len(line) <= _SHORT else f"“{line[: _SHORT - 1]}…”"


def _many(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _report_json(report: FileReport) -> dict[str, Any]:
    return {
        "path": str(report.path),
        "format": report.format,
        "transcripts": report.transcripts,
        "turns": report.turns,
        "questions_new": report.questions_new,
        "questions_known": report.questions_known,
        "near_duplicates": len(report.near),
        "problems": [{"line": problem.line, "message": problem.message} for problem in report.problems],
        "error": None if report.error is None else str(report.error),
    }


def _findings(services: Services, entry: TranscriptEntry) -> list[str]:
    return sentences(services.transcripts.report(entry.transcript.id), entry.turns)


def _transcript_json(entry: TranscriptEntry, findings: list[str]) -> dict[str, Any]:
    transcript = entry.transcript
    return {
        "id": transcript.id,
        "title": transcript.title,
        "role": transcript.role,
        "company": transcript.company,
        "origin": transcript.origin.value,
        "source": transcript.source,
        "turns": entry.turns,
        "stages": entry.stages,
        "held": None if transcript.held is None else transcript.held.isoformat(),
        "findings": findings,
    }


def _question_json(detail: QuestionDetail) -> dict[str, Any]:
    question = detail.question
    return {
        "id": question.id,
        "stage": question.stage,
        "text": question.text,
        "tags": list(question.tags),
        "flagged": question.flagged,
        "recorded": [
            {
                "transcript": transcript.id,
                "turn": kept.id,
                "answer": kept.turn.answer,
                "rating": _recorded_json(kept.turn.rating),
                "note": detail.notes.get(kept.id),
            }
            for kept, transcript in detail.turns
        ],
        "attempts": detail.attempts,
        "due": None if detail.due is None else detail.due.isoformat(),
    }


def _recorded_json(rating: RecordedRating) -> dict[str, Any]:
    return {
        **{criterion.value: _number(rating.score(criterion)) for criterion in Criterion},
        "summary": rating.summary,
        "status": rating.status.value,
        "as_written": rating.as_written,
    }


def _session_json(entry: SessionEntry) -> dict[str, Any]:
    session = entry.session
    return {
        "id": session.id,
        "mode": session.mode.value,
        "state": session.state.value,
        "started": _moment(session.started),
        "finished": _moment(session.finished),
        "questions": session.questions,
        "attempts": entry.attempts,
    }


def _attempt_json(entry: AttemptEntry) -> dict[str, Any]:
    attempt = entry.attempt
    submitted = attempt.submitted if attempt.state is AttemptState.SUBMITTED else None
    return {
        "id": attempt.id,
        "session": attempt.session_id,
        "number": attempt.number,
        "question": attempt.question_id,
        "stage": entry.stage,
        "question_text": entry.question.text,
        "state": attempt.state.value,
        "text": attempt.text,
        "words": entry.words,
        "seconds": round(attempt.seconds, 1),
        "blind": attempt.blind,
        "rating": _own_json(attempt.first_rating),
        "rating_after": _own_json(attempt.second_look) if attempt.second_look.given else None,
        "reference": _reference_json(attempt),
        "points": [
            {
                "text": point.text,
                "proposed": _status(point.proposed),
                "score": _number(point.score),
                "decided": _status(point.decided),
            }
            for point in attempt.points
        ],
        "resolution": attempt.resolution,
        "started": _moment(attempt.started),
        "submitted": _moment(submitted),
    }


def _reference_json(attempt: Attempt) -> dict[str, int] | None:
    if attempt.reference_attempt_id is not None:
        return {"attempt": attempt.reference_attempt_id}
    return None if attempt.reference_turn_id is None else {"turn": attempt.reference_turn_id}


def _own_json(rating: SelfRating) -> dict[str, int | None]:
    return {criterion.value: rating.score(criterion) for criterion in Criterion}


def _status(status: PointStatus | None) -> str | None:
    return None if status is None else status.value


def _number(number: float | None) -> int | float | None:
    """Return a number as it is written: 8, not 8.0."""
    return int(number) if number is not None and number.is_integer() else number


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _write_json(document: object) -> None:
    _write(json.dumps(document, ensure_ascii=False, indent=2))


def _write(text: str) -> None:
    sys.stdout.write(text + "\n")


def _write_table(headers: Sequence[str], rows: Sequence[Sequence[str]], nothing: str) -> None:
    """Write rows in columns; cells beyond the last header are notes, written below it.

    On a terminal the last column is wrapped to its width and the headers are bold, unless NO_COLOR forbids it.
    """
    if not rows:
        tell(nothing)
        return
    last = len(headers) - 1
    shown = [[one_line(" ".join(cell.split())) for cell in row] for row in rows]
    widths = [max(len(row[column]) for row in [headers, *shown]) for column in range(last)]
    terminal = sys.stdout.isatty()
    room = max(shutil.get_terminal_size().columns - sum(widths) - 2 * last, 20) if terminal else sys.maxsize
    head = "  ".join([*(header.ljust(width) for header, width in zip(headers, widths, strict=False)), headers[last]])
    _write(f"\033[1m{head}\033[0m" if terminal and not os.environ.get("NO_COLOR") else head)
    for row in shown:
        start = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=False))
        lines = [line for cell in row[last:] for line in (textwrap.wrap(cell, room) if terminal else [cell]) or [""]]
        _write(f"{start}  {lines[0]}")
        for line in lines[1:]:
            _write(f"{' ' * len(start)}  {line}")
