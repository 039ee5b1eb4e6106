"""A damaged, cut, empty or missing database: told, never touched by a refused start, never a traceback."""

import json
import sys

import attacks
import pytest
from story import interview
from tally import at_once

PAGE = 4096


def overwritten(content, chance):
    """A page with something else in it."""
    page = chance.randrange(len(content) // PAGE)
    return content[: page * PAGE] + chance.randbytes(PAGE) + content[(page + 1) * PAGE :], f"page {page} random"


def zeroed(content, chance):
    page = chance.randrange(len(content) // PAGE)
    return content[: page * PAGE] + bytes(PAGE) + content[(page + 1) * PAGE :], f"page {page} zero"


def scratched(content, chance):
    """Some bytes in a row with something else in them."""
    start, size = chance.randrange(PAGE, len(content) - 64), chance.randrange(1, 64)
    return content[:start] + chance.randbytes(size) + content[start + size :], f"{size} bytes from {start}"


def misspelt(content, chance):
    """A text that is no UTF-8 any more."""
    places = [n for n in range(len(content) - 20) if content[n : n + 8] == b"measure "]
    start = chance.choice(places)
    return content[:start] + b"\xff\xfe\xff" + content[start + 3 :], f"no UTF-8 at {start}"


def flipped(content, chance):
    at = chance.randrange(len(content))
    return content[:at] + bytes([content[at] ^ 1 << chance.randrange(8)]) + content[at + 1 :], f"a bit in byte {at}"


def cut(content, chance):
    size = chance.randrange(1, len(content))
    return content[:size], f"cut at {size}"


def cut_at_a_page(content, chance):
    pages = chance.randrange(1, len(content) // PAGE)
    return content[: pages * PAGE], f"cut after page {pages}"


def header(content, chance):
    at = chance.randrange(100)
    return content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :], f"byte {at} of the header"


WAYS = (overwritten, zeroed, scratched, misspelt, flipped, cut, cut_at_a_page, header)


def damaged(tally, played, practised, scenario, number, ways=WAYS):
    """Make so many folders, each with a database that is damaged in another way; return them with what was done."""
    chance = tally.random(scenario)
    cases = []
    for n in range(number):
        folder = practised()
        content, how = ways[n % len(ways)](played.closed, chance)
        (folder / "coach.sqlite3").write_bytes(content)
        cases.append((folder, f"seed {tally.seed}, {scenario} {n}: {how}"))
    return cases


def test_every_command_shows_or_tells(tally, played, practised, tmp_path):
    (tmp_path / "import.txt").write_text(interview("Celery", 3), encoding="utf-8")
    cases = damaged(tally, played, practised, "damage", 450 if tally.full else 54)
    batches = [cases[start : start + 9] for start in range(0, len(cases), 9)]

    def walk(batch):
        done = attacks.run([sys.executable, attacks.HERE / "walk.py", *(folder for folder, _ in batch)])
        assert done.code == 0, f"{batch[len(done.lines()) :][:1]}: {done.errors}"
        for (_, case), line in zip(batch, done.lines(), strict=True):
            tally.count("damaged files")
            answer = json.loads(line)
            for command, code, told in answer["said"]:
                said = f"{case}: {command} ended with {code}: {told}"
                # 66: there is nothing left to ask; 74: a header says that nothing may be written.
                assert code in ((65,) if answer["refused"] else (0, 65, 66, 74)), said
                assert bool(told.strip()) or code == 0, said
            if answer["refused"]:
                assert answer["same"], f"{case}: a refused start changed it"

    at_once(walk, batches)


def test_every_page_of_the_window_shows_or_tells(tally, played, practised):
    def walk(point):
        folder, case = point
        done = attacks.run([sys.executable, attacks.HERE / "window.py", "walk", folder])
        tally.count("damaged files")
        seen = [json.loads(line)[0] for line in done.lines()]
        said = f"{case}: it ended with {done.code}\n{done.said[-2000:]}\n{done.errors}"
        assert done.code in (0, 65), said
        assert "Traceback" not in done.errors, said
        assert "never ready" not in seen, said
        assert "refused" in seen or "end" in seen, said

    at_once(walk, damaged(tally, played, practised, "window damage", 70 if tally.full else 8))


@pytest.mark.parametrize("beside", ["backup", "log", "backup and log"])
@pytest.mark.parametrize("content", [b"", None], ids=["empty", "missing"])
def test_an_empty_or_missing_database_is_never_replaced_silently(tally, played, practised, content, beside):
    folder = practised()
    path = folder / "coach.sqlite3"
    if "backup" in beside:
        (folder / "backups").mkdir()
        (folder / "backups" / "20260301T120000.000Z.daily.sqlite3").write_bytes(played.closed)
    if "log" in beside:
        path.with_name("coach.sqlite3-wal").write_bytes(played.log)
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    before = snapshot(folder)
    done = attacks.run([*attacks.COACH, "--data-dir", folder, "attempts"])
    tally.count("damaged files")
    assert done.code == 65, done.errors
    assert str(path) in done.errors
    assert done.errors.count("\n") == 1
    assert snapshot(folder) == before


def snapshot(folder):
    """Return what lies in a data folder, but for the claim and the log, which every start writes."""
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and file.name not in ("lock", "owner.json") and file.parent.name != "log"
    }
