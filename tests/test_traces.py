"""An exception told by types and places: nothing that it says or that the program held."""

import json
import sqlite3
import traceback
from pathlib import Path

import pytest
from pydantic import BaseModel, ValidationError

from interview_coach import traces
from interview_coach.domain.errors import CoachError, Fault
from interview_coach.storage.files import replace_file

CANARY = "ZZ-CANARY"

GROUPED = [("holding", kind) for kind in ("ValueError", "ExceptionGroup", "TypeError")]


class Numbers(BaseModel):
    count: int


def caught(step, *arguments):
    try:
        step(*arguments)
    except BaseException as error:
        return error
    raise AssertionError("nothing was raised")


def told(error):
    return traces.one_line(error) + repr(traces.chain(error)) + traces.own_place(error)


def raise_noted():
    held = CANARY
    error = ValueError(held, {held: held})
    error.add_note(held)
    raise error


def raise_from():
    try:
        {}[CANARY]
    except KeyError as error:
        raise LookupError(CANARY) from error


def raise_while_handling():
    try:
        {}[CANARY]
    except KeyError:
        raise LookupError(CANARY)  # noqa: B904  (this is what is tried)


def raise_hiding():
    try:
        {}[CANARY]
    except KeyError:
        raise LookupError(CANARY) from None


def raise_group():
    raise ExceptionGroup(CANARY, [ValueError(CANARY), ExceptionGroup(CANARY, [TypeError(CANARY)])])


def raise_named():
    raise type(f"a {CANARY} error", (Exception,), {})


def refuse_in_sql():
    connection, rows = sqlite3.connect(":memory:"), [(CANARY,), (CANARY,)]
    try:
        connection.execute("CREATE TABLE kept (word TEXT UNIQUE)")
        connection.executemany("INSERT INTO kept VALUES (?)", rows)
    finally:
        connection.close()


@pytest.mark.parametrize(
    "step",
    [
        raise_noted,
        raise_from,
        raise_while_handling,
        raise_group,
        raise_named,
        refuse_in_sql,
        lambda: Numbers(count=CANARY),
        lambda: json.loads(f'{{"{CANARY}": '),
        lambda: Path(CANARY).read_text(),
        lambda: compile(f"{CANARY} = ", CANARY, "exec"),
        lambda: exec(compile(f"1 / 0  # {CANARY}", CANARY, "exec"), {"__name__": CANARY + " "}),  # noqa: S102
        lambda: __import__(CANARY),
        lambda: CANARY.encode("utf-8").decode(CANARY),
    ],
)
def test_what_was_typed_is_not_in_it(step):
    error = caught(step)
    spelt_out = traceback.TracebackException.from_exception(error, capture_locals=True)
    assert CANARY in "".join(spelt_out.format())
    assert CANARY not in told(error)


def test_the_program_s_own_places_are_told_from_the_package_on():
    error = caught(replace_file, Path("/nowhere/at/all"), b"")
    line = traces.one_line(error)
    assert line.startswith("FileNotFoundError (ENOENT) at tempfile:")
    assert " < storage/files.py:" in line
    assert " replace_file < " in line
    assert str(Path.cwd()) not in line
    assert traces.own_place(error).startswith("storage/files.py, line ")
    assert traces.own_place(ValueError()) == "the start"


@pytest.mark.parametrize(
    ("step", "chain"),
    [
        (raise_noted, [("", "ValueError")]),
        (raise_from, [("", "LookupError"), ("caused by", "KeyError")]),
        (raise_while_handling, [("", "LookupError"), ("while handling", "KeyError")]),
        (raise_hiding, [("", "LookupError")]),
        (raise_group, [("", "ExceptionGroup"), *GROUPED]),
        (refuse_in_sql, [("", "sqlite3.IntegrityError (SQLITE_CONSTRAINT_UNIQUE)")]),
        (lambda: Numbers(count=""), [("", "pydantic_core._pydantic_core.ValidationError")]),
    ],
)  # fmt: skip
def test_the_chain(step, chain):
    error = caught(step)
    assert [(link.how, link.what) for link in traces.chain(error)] == chain
    assert isinstance(error, ValidationError) == (chain[0][1].startswith("pydantic"))


def test_bad_luck_is_told_by_its_kind():
    (link,) = traces.chain(CoachError(Fault.DISK_FULL, CANARY, where=CANARY))
    assert link == ("", "interview_coach.domain.errors.CoachError (disk full)", ())
    assert traces.one_line(OSError(28, CANARY)) == "OSError (ENOSPC) at nowhere"
    assert traces.one_line(OSError(CANARY)) == "OSError at nowhere"


def test_a_ring_and_a_long_way_have_an_end():
    first, second = ValueError(), TypeError()
    first.__cause__, second.__cause__ = second, first
    assert [link.what for link in traces.chain(first)] == ["ValueError", "TypeError"]

    def deeper():
        deeper()

    (link,) = traces.chain(caught(deeper))
    assert (link.what, len(link.places)) == ("RecursionError", 41)
    assert any(place.endswith("more)") for place in link.places)
    many = ExceptionGroup("", [ValueError() for _ in range(50)])
    assert len(traces.chain(many)) == 12
