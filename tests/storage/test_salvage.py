"""What is read of damaged files: all that is there, and never a byte changed."""

import contextlib
import random
import shutil
import sqlite3
from pathlib import Path

import pytest

from interview_coach.domain.errors import CoachError, Fault
from interview_coach.storage import migrations
from interview_coach.storage.salvage import salvage
from interview_coach.storage.search_index import SOURCES

SCHEMA = Path(__file__).parent.parent / "data" / "schema" / "5.sql"
PAGE = 4096


def answer(number):
    """Answers of many lengths, some of which need several pages each."""
    return f"Answer {number}: " + "I weighed it, and found — naturally — another way. " * (
        number % 7 * (60 if number % 5 == 0 else 4)
    )


def connect(path):
    return contextlib.closing(sqlite3.connect(path, isolation_level=None))


@pytest.fixture(scope="module")
def practised(tmp_path_factory):
    """A database of some hundred pages: 10 questions, 400 answers."""
    path = tmp_path_factory.mktemp("practised") / "coach.sqlite3"
    with connect(path) as connection:
        connection.executescript(SCHEMA.read_text(encoding="utf-8"))
        connection.execute("BEGIN")
        for n in range(6, 401):
            moment = f"2026-03-03 10:{n % 60:02}:00.000000"
            connection.execute(
                "INSERT INTO attempt (id, uid, session_id, place, question_id, number, state, text, seconds, blind, "
                "day, started_at, submitted_at) VALUES (?, ?, 1, 5, 5, ?, 'submitted', ?, 1.5, 0, '2026-03-03', ?, ?)",
                (n, f"uid-{n}", n, answer(n), moment, moment),
            )
            connection.execute("INSERT INTO self_rating VALUES (?, 'first', 'clarity', ?)", (n, n % 10 + 1))
        connection.execute("COMMIT")
    return path


@pytest.fixture
def path(practised, tmp_path):
    return Path(shutil.copy(practised, tmp_path / "coach.sqlite3"))


@pytest.fixture(scope="module")
def whole(practised):
    return by_sql(practised)


@pytest.fixture(scope="module")
def pages(practised):
    """The pages of each table and index."""
    with connect(practised) as connection:
        try:
            rows = connection.execute("SELECT name, pageno, pagetype, ncell FROM dbstat").fetchall()
        except sqlite3.OperationalError:
            pytest.skip("this SQLite cannot tell which pages a table has")
    found = {}
    for name, page, kind, cells in rows:
        found.setdefault(name, {})[page] = (kind, cells)
    return found


def by_sql(path):
    with connect(path) as connection:
        connection.row_factory = sqlite3.Row
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            name: [dict(row) for row in connection.execute(f"SELECT * FROM {name} ORDER BY rowid")]  # noqa: S608
            for name in names
            if not name.startswith(("sqlite_", *(source.search for source in SOURCES)))
        }


def overwrite(path, numbers, chance=None):
    with path.open("r+b") as file:
        for number in numbers:
            file.seek((number - 1) * PAGE)
            file.write(chance.randbytes(PAGE) if chance else b"\xa5" * PAGE)


def read(path):
    """Salvage a file, and see that neither it nor anything beside it has changed."""
    before = {file.name: file.read_bytes() for file in path.parent.iterdir()}
    found = salvage(path)
    assert {file.name: file.read_bytes() for file in path.parent.iterdir()} == before
    return found


def texts(rows):
    return {row["id"]: row["text"] for row in rows}


def test_of_a_whole_database_everything_is_read(path, whole):
    found = read(path)
    assert found.tables == whole
    assert found.unreadable == {}


def test_a_database_of_an_older_schema_is_read(tmp_path):
    path = tmp_path / "old.sqlite3"
    with connect(path) as connection:
        connection.executescript((SCHEMA.parent / "1.sql").read_text(encoding="utf-8"))
    found = read(path)
    assert found.unreadable == {}
    older = by_sql(path)
    for name, rows in older.items():
        assert [{column: row[column] for column in (rows or [{}])[0]} for row in found.tables[name]] == rows
    assert {row["suspended"] for row in found.tables["question"]} == {0}


@pytest.mark.parametrize("older", range(1, migrations.NEWEST))
def test_older_schemas_have_the_first_of_the_columns(older):
    """The reader takes it so; a migration that orders them anew must tell it."""

    def columns(target):
        with connect(":memory:") as connection:
            migrations.migrate(connection, target)
            names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            return {name: [row[1] for row in connection.execute(f"PRAGMA table_info({name})")] for name in names}

    newest = columns(None)
    for name, had in columns(older).items():
        assert newest[name][: len(had)] == had


def test_rows_of_every_table_are_told_from_those_of_the_others_by_their_shape(path, whole):
    assert all(whole.values())
    overwrite(path, [1])  # with it the schema: which page has which table is not known
    assert read(path).tables == whole


@pytest.mark.parametrize("seed", range(25))
def test_pages_that_are_overwritten(path, whole, pages, seed):
    chance = random.Random(seed)
    every = [page for of in pages.values() for page in of]
    hit = set(chance.sample(every, chance.choice((1, 2, 5, 20))))
    overwrite(path, hit, chance if seed % 2 else None)
    found = read(path)
    wanted, had = texts(whole["attempt"]), texts(found.tables["attempt"])
    if not hit & set(pages["attempt"]):
        assert had == wanted
    else:
        of_attempts = [pages["attempt"][page] for page in hit & set(pages["attempt"])]
        lost = sum(cells for kind, cells in of_attempts if kind == "leaf") + sum(
            1 for kind, _ in of_attempts if kind == "overflow"
        )
        same = [number for number, text in had.items() if wanted.get(number) == text]
        assert len(same) >= len(wanted) - lost
        assert all(wanted[number].startswith(text) for number, text in had.items() if text is not None)
        assert found.unreadable


@pytest.mark.parametrize("seed", range(10))
def test_a_file_that_is_cut_short(path, whole, pages, seed):
    length = random.Random(seed).randrange(PAGE * 3, path.stat().st_size)
    with path.open("r+b") as file:
        file.truncate(length)
    found = read(path)
    wanted, had = texts(whole["attempt"]), texts(found.tables["attempt"])
    kept = length // PAGE
    there = sum(cells for page, (kind, cells) in pages["attempt"].items() if kind == "leaf" and page <= kept)
    assert len(had) == there
    assert all(wanted[number].startswith(text) for number, text in had.items() if isinstance(text, str))


@pytest.mark.parametrize("lost", [16, 60, 100, 108, PAGE])
@pytest.mark.parametrize("content", [b"\0", b"\xff", b"\r"])
def test_a_first_page_that_is_lost(path, whole, lost, content):
    with path.open("r+b") as file:
        file.write(content * lost)
    found = read(path)
    assert found.tables == whole


def test_a_schema_that_is_lost_altogether(path, whole, pages):
    overwrite(path, pages["sqlite_schema" if "sqlite_schema" in pages else "sqlite_master"])
    found = read(path)
    assert found.tables == whole
    assert found.unreadable == {"": 1}


def test_every_inner_page_that_is_lost(path, whole, pages):
    inner = [page for of in pages.values() for page, (kind, _) in of.items() if kind == "internal" and page > 1]
    overwrite(path, inner)
    found = read(path)
    assert found.tables == whole
    assert found.unreadable["attempt"] == 1


def test_an_answer_of_which_a_page_is_lost_keeps_its_beginning(path, whole, pages):
    page = next(page for page, (kind, _) in pages["attempt"].items() if kind == "overflow")
    overwrite(path, [page])
    found = read(path)
    wanted, had = texts(whole["attempt"]), texts(found.tables["attempt"])
    (cut,) = [number for number in wanted if had[number] != wanted[number]]
    assert had[cut][:400] == wanted[cut][:400]


@pytest.mark.parametrize("cut", [None, 0.3, 0.7])
def test_what_stands_in_the_log_is_read(path, tmp_path, cut):
    """A copy of database and log as a crash leaves them; of a log that is torn, what was committed before."""
    with connect(path) as connection:
        connection.execute("PRAGMA journal_mode = wal")
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        for n in range(1, 301):
            connection.execute("UPDATE attempt SET text = ? WHERE id = ?", (f"newer {n} " * n, n))
        crashed = tmp_path / "crashed"
        crashed.mkdir()
        for name in (path.name, path.name + "-wal"):
            shutil.copy(path.with_name(name), crashed / name)
    if cut is not None:
        log = crashed / (path.name + "-wal")
        content = log.read_bytes()
        log.write_bytes(content[: int(len(content) * cut)] + b"\xa5" * 700)
    found = read(crashed / path.name)
    assert found.unreadable == {}
    opened = tmp_path / "opened"  # by SQLite, which then changes it
    shutil.copytree(crashed, opened)
    assert found.tables == by_sql(opened / path.name)
    newer = sum(str(row["text"]).startswith("newer") for row in found.tables["attempt"])
    assert newer == 300 if cut is None else 0 < newer < 300


def test_what_was_deleted_does_not_come_back(path, whole):
    """Behind the end that the log tells, and on pages that are free, stands what nobody wants to see again."""
    with connect(path) as connection:
        connection.execute("PRAGMA secure_delete = on")
        connection.execute("DELETE FROM attempt WHERE id > 100")
        connection.execute("DELETE FROM self_rating WHERE attempt_id > 100")
        connection.execute("VACUUM")
    overwrite(path, [1])
    found = read(path)
    assert [row["id"] for row in found.tables["attempt"]] == list(range(1, 101))
    assert texts(found.tables["attempt"]).items() <= texts(whole["attempt"]).items()


def test_what_the_log_has_cut_off_does_not_come_back(path, tmp_path):
    """In the file still stands what is behind the end that the log tells, until SQLite folds the log in."""
    with connect(path) as connection:
        connection.execute("PRAGMA journal_mode = wal")
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        connection.execute("PRAGMA secure_delete = off")  # as another program may have it
        connection.execute("DROP TABLE tag")  # so that every page is looked at
        connection.execute("DELETE FROM attempt WHERE id > 20")
        connection.execute("VACUUM")
        crashed = tmp_path / "crashed"
        crashed.mkdir()
        for name in (path.name, path.name + "-wal"):
            shutil.copy(path.with_name(name), crashed / name)
    assert b"Answer 400" in (crashed / path.name).read_bytes()
    assert [row["id"] for row in read(crashed / path.name).tables["attempt"]] == list(range(1, 21))


def test_a_log_of_which_a_byte_is_wrong_is_read_up_to_there(path, tmp_path):
    with connect(path) as connection:
        connection.execute("PRAGMA journal_mode = wal")
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        for n in range(1, 41):
            connection.execute("UPDATE attempt SET text = ? WHERE id = ?", (f"newer {n}", n))
        crashed = tmp_path / "crashed"
        crashed.mkdir()
        for name in (path.name, path.name + "-wal"):
            shutil.copy(path.with_name(name), crashed / name)
    log = crashed / (path.name + "-wal")
    content = bytearray(log.read_bytes())
    content[32 + 20 * (24 + PAGE) + 24 + 2000] ^= 1
    log.write_bytes(content)
    found = read(crashed / path.name)
    opened = tmp_path / "opened"
    shutil.copytree(crashed, opened)
    assert found.tables == by_sql(opened / path.name)
    assert 0 < sum(row["text"].startswith("newer") for row in found.tables["attempt"]) < 40


def test_texts_and_bytes_of_any_kind_come_out_as_they_are(path):
    with connect(path) as connection:
        connection.execute("PRAGMA ignore_check_constraints = on")
        connection.execute("UPDATE attempt SET text = CAST(x'61ff62' AS TEXT), seconds = 9e999 WHERE id = 1")
        connection.execute("UPDATE attempt SET text = x'00ff', number = -9223372036854775808 WHERE id = 2")
    one, two, *_ = read(path).tables["attempt"]
    assert one["text"].encode("utf-8", "surrogateescape") == b"a\xffb"
    assert one["seconds"] == float("inf")
    assert (two["text"], two["number"]) == (b"\x00\xff", -(2**63))


@pytest.mark.parametrize("seed", range(60))
def test_whatever_the_bytes_are_nothing_is_raised(tmp_path, practised, seed):
    chance = random.Random(seed)
    content = bytearray(practised.read_bytes())
    if seed % 3 == 0:
        content = bytearray(chance.randbytes(chance.choice((0, 1, 99, 100, 4095, 4096, 50_000))))
    for _ in range(chance.choice((10, 200, 3000))):
        if content:
            content[chance.randrange(len(content))] = chance.choice((0, 5, 13, 255, chance.randrange(256)))
    path = tmp_path / "file"
    path.write_bytes(content)
    (tmp_path / "file-wal").write_bytes(chance.randbytes(chance.choice((0, 31, 32, 5000))))
    read(path)


def test_a_page_that_leads_back_to_itself_ends(path, pages):
    root = next(page for page, (kind, _) in pages["attempt"].items() if kind == "internal")
    with path.open("r+b") as file:
        file.seek((root - 1) * PAGE + 8)
        file.write(root.to_bytes(4, "big"))
    assert read(path).unreadable["attempt"] >= 1


def test_what_cannot_be_opened_is_said(tmp_path):
    with pytest.raises(CoachError) as refused:
        salvage(tmp_path)
    assert refused.value.fault is Fault.INPUT_OUTPUT
