"""Anki packages of every age, made here, and files that only look like one."""

import io
import json
import os
import sqlite3
import struct
import tempfile
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from interview_coach.transcripts import anki_collection, anki_package
from interview_coach.transcripts.entries import Entry, NoTurns
from interview_coach.transcripts.source import Source

SAMPLE = Path(__file__).parents[3] / "shared" / "import_samples" / "42_system_design_primer.apkg"

NOTES = "CREATE TABLE notes (id integer primary key, guid text, mid integer, mod, usn, tags text, flds text, sfld)"
CARDS = "CREATE TABLE cards (id integer primary key, nid integer, did integer, ord integer, odid integer)"
OLD = f"CREATE TABLE col (id integer primary key, ver, models text, decks text, tags text); {NOTES}; {CARDS};"
NEW = f"""
CREATE TABLE col (id integer primary key, ver, models text, decks text, tags text); {NOTES}; {CARDS};
CREATE TABLE notetypes (id integer NOT NULL PRIMARY KEY, name text NOT NULL COLLATE unicase, mtime_secs, usn,
  config blob NOT NULL);
CREATE UNIQUE INDEX idx_notetypes_name ON notetypes (name);
CREATE TABLE fields (ntid integer NOT NULL, ord integer NOT NULL, name text NOT NULL COLLATE unicase, config blob,
  PRIMARY KEY (ntid, ord)) without rowid;
CREATE UNIQUE INDEX idx_fields_name_ntid ON fields (name, ntid);
CREATE TABLE templates (ntid integer NOT NULL, ord integer NOT NULL, name text NOT NULL COLLATE unicase, mtime_secs,
  usn, config blob, PRIMARY KEY (ntid, ord)) without rowid;
CREATE TABLE decks (id integer PRIMARY KEY NOT NULL, name text NOT NULL COLLATE unicase, mtime_secs, usn, common blob,
  kind blob);
CREATE UNIQUE INDEX idx_decks_name ON decks (name);
CREATE TABLE tags (tag text NOT NULL PRIMARY KEY COLLATE unicase) without rowid;
"""

TYPES = {
    11: ("Basic (and reversed card)", ["Front", "Back"], ["{{Front}}", "{{Back}}"], 0),
    12: ("Lückentext", ["Text", "Back Extra"], ["{{cloze:Text}}"], 1),
    13: ("Mine", ["Reply", "Ask", "Picture"], ["{{#Ask}}<h1>{{type:Ask}}</h1>{{/Ask}}"], 0),
    14: ("Image Occlusion", ["Occlusion", "Image"], ["{{cloze:Occlusion}}"], 1),
}
DECKS = {1: "Default", 21: "Backend::Python", 22: "Backend::SQL", 23: "Tonight"}
#: Number, note type, tags, fields, and of each card its deck and, where it is lent to another one, its home.
ROWS = [
    (300, 12, "", ("A {{c1::join::verb}} puts {{c2::rows}} together.", "<i>Always.</i>"), [(22, 0), (22, 0)]),
    (100, 11, " python marked ", ("<b>What is a list?</b>", "<pre>[1,\n 2]</pre>"), [(21, 0), (21, 0)]),
    (200, 13, "", ("The reply", "The question?", "<img src=x.jpg>"), [(23, 21)]),
    (400, 14, "", ("{{c1::image-occlusion:rect}}", "<img src=y.png>"), [(22, 0)]),
    (500, 11, "", ("", "an answer alone"), []),
    (600, 99, "", ("No type?", "None."), []),
]
EXPECTED = [
    Entry("What is a list?", "```\n[1,\n 2]\n```", tags=("Backend", "Python", "python")),
    Entry("The question?", "The reply", tags=("Backend", "Python")),
    Entry("A [… (verb)] puts […] together.", "A join puts rows together.\n\nAlways.", tags=("Backend", "SQL")),
    Entry("No type?", "None."),
]


def database(schema=OLD, rows=ROWS, *, more="", wal=False):
    """The bytes of a collection, in the old schema or the new one."""
    connection = sqlite3.connect(":memory:")
    connection.create_collation("unicase", lambda one, other: (one > other) - (one < other))
    connection.executescript(schema)
    models = {
        str(key): {
            "name": name,
            "type": kind,
            "flds": [{"name": field} for field in fields],
            "tmpls": [{"qfmt": front} for front in fronts],
        }
        for key, (name, fields, fronts, kind) in TYPES.items()
    }
    decks = {str(key): {"name": name} for key, name in DECKS.items()}
    if schema == NEW:
        models, decks = "", ""
        for key, (name, fields, fronts, kind) in TYPES.items():
            config = b"\x08\x01\x1a\x03css" if kind else b"\x1a\x03css"
            connection.execute("INSERT INTO notetypes VALUES (?, ?, 0, 0, ?)", (key, name, config))
            for place, field in enumerate(fields):
                connection.execute("INSERT INTO fields VALUES (?, ?, ?, x'')", (key, place, field))
            for place, front in enumerate(fronts):
                written = front.encode()
                config = b"\x0a" + bytes([len(written)]) + written + b"\x12\x01x"
                connection.execute("INSERT INTO templates VALUES (?, ?, 'Card', 0, 0, ?)", (key, place, config))
        for key, name in DECKS.items():
            connection.execute("INSERT INTO decks VALUES (?, ?, 0, 0, x'', x'')", (key, name.replace("::", "\x1f")))
    else:
        models, decks = json.dumps(models), json.dumps(decks)
    connection.execute("INSERT INTO col VALUES (1, 11, ?, ?, '{}')", (models, decks))
    for number, kind, tags, fields, cards in rows:
        connection.execute(
            "INSERT INTO notes VALUES (?, ?, ?, 0, 0, ?, ?, 0)", (number, f"g{number}", kind, tags, "\x1f".join(fields))
        )
        for place, (deck, home) in enumerate(cards):
            connection.execute("INSERT INTO cards VALUES (?, ?, ?, ?, ?)", (number + place, number, deck, place, home))
    connection.executescript(more)
    connection.commit()
    content = bytearray(connection.serialize())
    connection.close()
    if wal:
        content[18:20] = b"\x02\x02"
    return bytes(content)


UPDATE = database(rows=[(1, 11, "", ("Please update to the latest Anki version, then import again.", ""), [])])


def zipped(members, compression=zipfile.ZIP_DEFLATED):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", compression) as package:
        for name, content in members:
            package.writestr(name, content)
    return packed.getvalue()


def read(content):
    return anki_package.read(Source("deck.apkg", content))


def reason(content):
    with pytest.raises(NoTurns) as caught:
        read(content)
    return str(caught.value).removeprefix("No turn can be read: ").rstrip(".")


@pytest.mark.skipif(not SAMPLE.exists(), reason="the sample packages are not here")
def test_a_deck_that_people_share():
    file = Source(SAMPLE.name, SAMPLE.read_bytes())
    found = anki_package.read(file)
    assert anki_package.likeness(file).score > 0.9
    assert (len(found.entries), found.problems, found.title) == (42, (), "System Design")
    assert found.entries[0].question == "Performance vs scalability"
    assert found.entries[0].tags == ("System Design",)
    assert all(entry.answer for entry in found.entries)
    for entry in found.entries:
        assert not any(
            sign in entry.question + entry.answer for sign in ("<p", "<div", "<span", "<a ", "&nbsp;", "style=")
        )
    latency = next(entry for entry in found.entries if entry.question.startswith("Latency numbers"))
    assert latency.answer.count("```") % 2 == 0
    assert "L1 cache reference                           0.5 ns" in latency.answer


@pytest.mark.parametrize(
    "members",
    [
        [("collection.anki2", database()), ("media", "{}")],
        [("collection.anki2", database(wal=True)), ("media", "{}")],
        [("collection.anki2", UPDATE), ("collection.anki21", database()), ("media", "{}")],
        [("meta", b"\x08\x03"), ("collection.anki21b", zstandard.compress(database(NEW))), ("collection.anki2", UPDATE),
         ("media", zstandard.compress(b""))],
        [("meta", b"\x08\x03"), ("collection.anki21b", zstandard.compress(database(NEW, wal=True)))],
        [("collection.anki21", database(NEW)), ("collection.anki2", UPDATE)],
        [(str(number), b"\xff\xd8" * 50) for number in range(3_000)] + [("collection.anki2", database())],
    ],
    ids=["old", "old_wal", "anki21", "zstd", "zstd_wal", "new_schema", "media"],
)  # fmt: skip
@pytest.mark.parametrize("compression", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
def test_packages_of_every_age(members, compression):
    content = zipped(members, compression)
    found = read(content)
    assert list(found.entries) == EXPECTED
    assert [(problem.line, problem.message) for problem in found.problems] == [
        (0, "a note that covers parts of a picture: left out"),
        (0, "a note with nothing on its front: left out"),
    ]
    assert found.title is None
    assert anki_package.likeness(Source("x", content)).score > 0.9


def test_a_deck_gives_its_name():
    assert read(zipped([("collection.anki2", database(rows=ROWS[:2]))])).title == "Backend"


def test_note_types_that_cannot_be_read_leave_the_order_of_the_fields():
    broken = database(more="UPDATE col SET models = '[[', decks = '{\"21\": 3}'")
    assert read(zipped([("collection.anki2", broken)])).entries[0].question == "What is a list?"
    deep = database(more="UPDATE col SET models = '" + "[" * 200_000 + "'")
    assert len(read(zipped([("collection.anki2", deep)])).entries) >= 4


def test_texts_that_no_file_could_hold_are_mended():
    rows = [(1, 11, "t", ("q\0?", "a"), [(21, 0)])]
    more = (
        'UPDATE notes SET flds = CAST(x\'71FF1F61ED\' AS TEXT); UPDATE col SET decks = \'{"21": {"name": "\\ud800"}}\''
    )
    (entry,) = read(zipped([("collection.anki2", database(rows=rows, more=more))])).entries
    assert (entry.question, entry.answer, entry.tags) == ("q\ufffd", "a\ufffd", ("\ufffd", "t"))


# What is no package, or a hostile one


def damaged(content, at, by):
    return content[:at] + by + content[at + len(by) :]


def test_what_is_no_package():
    assert reason(b"") == reason(b"no zip") == "the file is no zip file, as Anki packages are, or it is cut short"
    package = zipped([("collection.anki2", database())])
    cut = "the Anki package is damaged, or was cut short on its way"
    assert reason(package[:-100]) == reason(package[: len(package) // 2]) == cut
    assert reason(zipped([("word/document.xml", "x")])) == "the zip file holds no Anki collection"
    assert reason(zipped([("../collection.anki2", database())])) == "the zip file holds no Anki collection"
    assert reason(zipped([("/collection.anki2", database())])) == "the zip file holds no Anki collection"
    assert reason(zipped([("a/collection.anki2", database())])) == "the zip file holds no Anki collection"
    assert "take that out of it" in reason(zipped([("My deck.apkg", package)]))
    assert reason(zipped([("collection.anki2", "no database" * 100)])) == (
        "the collection in the Anki package is no SQLite database"
    )
    assert reason(zipped([("collection.anki2", UPDATE)])).startswith("the Anki package was written by a newer Anki")
    assert reason(zipped([("collection.anki2", database(rows=[]))])) == "there is no note in the Anki package"
    assert reason(zipped([("collection.anki2", database(rows=ROWS[3:5]))])) == (
        "no note in the Anki package asks anything in words"
    )


def test_names_that_stand_there_twice():
    with pytest.warns(UserWarning, match="Duplicate"):
        content = zipped([("collection.anki2", database()), ("collection.anki2", database(NEW))])
    assert reason(content) == "the Anki package holds more than one collection.anki2"


def test_a_package_that_is_locked():
    content = zipped([("collection.anki2", database())])
    listed = content.index(b"PK\x01\x02")
    assert reason(damaged(content, listed + 8, b"\x01\0")) == "the Anki package is locked with a password"


def test_other_ways_of_compressing_are_not_tried():
    content = zipped([("collection.anki2", database())], zipfile.ZIP_LZMA)
    assert reason(content) == "the Anki package is compressed in a way that Anki does not use"


@pytest.mark.parametrize("promised", [0, 10, 0x7FFFFFFF, 0xFFFFFFF0])
def test_sizes_that_lie(promised):
    content = zipped([("collection.anki2", database())])
    listed = content.index(b"PK\x01\x02")
    lying = damaged(content, listed + 24, struct.pack("<I", promised))
    if promised < len(database()):
        assert reason(lying) == anki_package._DAMAGED
    else:
        assert list(read(lying).entries) == EXPECTED


@pytest.mark.parametrize("promised", [None, 1_000])
def test_bombs_are_counted_while_they_are_read(promised):
    bomb = bytes(300_000_000)
    content = zipped([("collection.anki21", bomb)])
    assert len(content) < 320_000
    if promised is not None:
        content = damaged(content, content.index(b"PK\x01\x02") + 24, struct.pack("<I", promised))
    said = reason(content)
    assert said == (
        "the notes in the Anki package are larger than 50 MB" if promised is None else anki_package._DAMAGED
    )
    twice = zipped([("collection.anki21b", zstandard.compress(bomb))])
    assert reason(twice) == "the notes in the Anki package are larger than 50 MB"


def test_a_stream_that_asks_for_much_memory_or_is_cut():
    writing = zstandard.ZstdCompressor(
        compression_params=zstandard.ZstdCompressionParameters(window_log=27, enable_ldm=False)
    ).compressobj()
    greedy = writing.compress(os.urandom(1_000)) + writing.flush()
    assert (
        reason(zipped([("collection.anki21b", greedy)])) == "the Anki package is damaged, or was cut short on its way"
    )
    assert "damaged" in reason(zipped([("collection.anki21b", zstandard.compress(database(NEW))[:-500])]))


def test_a_list_of_members_without_end():
    content = zipped([("collection.anki2", database())])
    end = content.rindex(b"PK\x05\x06")
    said = "the zip file lists more members than an Anki package has"
    assert reason(damaged(content, end + 12, struct.pack("<I", 9_000_000))) == said
    large = struct.pack("<4sQHHIIQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, 1, 1, 9_000_000, 0)
    locator = struct.pack("<4sIQI", b"PK\x06\x07", 0, end, 1)
    marked = damaged(content[end:], 12, b"\xff\xff\xff\xff")
    assert reason(content[:end] + large + locator + marked) == said


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("DROP TABLE notes; CREATE VIEW notes AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
         "SELECT i AS id, 11 AS mid, '' AS tags, 'q' AS flds FROM n",
         "the database in the Anki package has no notes"),
        ("DROP TABLE notes; CREATE VIRTUAL TABLE notes USING fts5(mid, tags, flds)",
         "the database in the Anki package has no notes"),
        ("ALTER TABLE notes ADD COLUMN sum TEXT AS (hex(zeroblob(500000000)))",
         "the database in the Anki package computes its columns, which Anki's own do not"),
        ("DROP TABLE notes; CREATE TABLE notes (id)", "the collection in the Anki package is damaged"),
        ("DROP TABLE notes", "the database in the Anki package has no notes"),
        ("PRAGMA writable_schema = on; UPDATE sqlite_master SET sql = 'CREATE TABLE notes (' WHERE name = 'notes'",
         "the collection in the Anki package is damaged"),
        ("PRAGMA writable_schema = on; UPDATE sqlite_master SET rootpage = 9999 WHERE name = 'notes'",
         "the collection in the Anki package is damaged"),
    ],
    ids=["view", "virtual", "computed", "columns", "none", "schema", "page"],
)  # fmt: skip
def test_hostile_databases(more, said):
    assert reason(zipped([("collection.anki2", database(more=more))])) == said


def test_a_schema_whose_damage_is_no_text():
    broken = PLAIN.replace(b"CREATE TABLE cards", b"CREATE T\xffBLE cards")
    assert reason(zipped([("collection.anki2", broken)])) == "the collection in the Anki package is damaged"


def test_triggers_and_views_beside_the_notes_do_nothing():
    more = (
        "CREATE VIEW decks AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
        "SELECT i AS id, 'x' AS name FROM n;"
        "CREATE TRIGGER t AFTER INSERT ON notes BEGIN DELETE FROM notes; END"
    )
    assert list(read(zipped([("collection.anki2", database(more=more))])).entries) == EXPECTED


def test_a_query_that_does_not_end_is_ended(monkeypatch):
    monkeypatch.setattr(anki_collection, "_STEPS", 10)
    monkeypatch.setattr(anki_collection, "_MOST_STEPS", 3)
    assert reason(zipped([("collection.anki2", database())])) == "the collection in the Anki package is damaged"


def test_nothing_is_written_to_the_disk(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    read(
        zipped([("collection.anki21b", zstandard.compress(database(NEW, wal=True))), ("../evil", "x"), ("media", "{}")])
    )
    assert list(tmp_path.iterdir()) == []


def test_what_other_files_look_like():
    assert anki_package.likeness(Source("x.apkg", b"text")) is None
    assert anki_package.likeness(Source("x.docx", zipped([("a", "b")]))).score == 0.3


SMALL = zipped(
    [("collection.anki2", database(rows=ROWS[:2])), ("collection.anki21b", zstandard.compress(database(NEW)))]
)
PLAIN = database(rows=ROWS[:2])


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(min_size=1, max_size=4)), max_size=4), st.booleans()
)
def test_whatever_the_bytes_are(changes, stored):
    content = zipped([("collection.anki2", PLAIN)], zipfile.ZIP_STORED) if stored else SMALL
    for place, by in changes:
        content = damaged(content, int(place * len(content)), by)
    file = Source("x.apkg", content)
    anki_package.likeness(file)
    with suppress(NoTurns):
        assert anki_package.read(file).entries


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(min_size=1, max_size=4)), max_size=4))
def test_whatever_is_in_the_database(changes):
    content = PLAIN
    for place, by in changes:
        content = damaged(content, int(place * len(content)), by)
    with suppress(NoTurns):
        assert read(zipped([("collection.anki2", content)])).entries


@given(st.binary())
def test_bytes_that_are_nothing(content):
    for made in (content, b"PK\x03\x04" + content, zipped([("collection.anki21b", content)])):
        with pytest.raises(NoTurns):
            read(made)
