"""The command ``compare`` as other programs meet it: real processes, the keys and exit codes of the contract."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

REFERENCE = "I would keep hot results in Redis, and I would set a TTL on them. Eviction is least recently used."
ANSWER = "The hot results go into Redis.\nI prefer tea."
TYPED = "xylophonesolo"


def run(*arguments, feed=b"", code=0, **environment):
    """Run the command, see that it ends as it should and never with a traceback, and return the finished process."""
    done = subprocess.run(
        [sys.executable, "-m", "interview_coach", "compare", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, **environment},
        input=feed,
        capture_output=True,
        check=False,
        timeout=60,
    )
    messages = done.stderr.decode()
    assert "Traceback" not in messages
    assert TYPED not in messages
    assert done.returncode == code, messages
    return done


def batch(*lines, code=0, mark=b"", end=b"\n"):
    """Send lines, each a value or bytes as they are, and return the answers."""
    sent = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
    done = run("--batch", "-", feed=mark + end.join(sent), code=code)
    return [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]


@pytest.fixture
def files(tmp_path):
    """The arguments for one comparison."""
    reference, answer = tmp_path / "reference.txt", tmp_path / "answer.txt"
    reference.write_text(REFERENCE, "utf-8")
    answer.write_text(ANSWER, "utf-8")
    return ("--question", "How would you cache?", "--reference", reference, "--answer", answer)


ROW = {"id": "a", "question": "How?", "references": ["The pool is small"], "answer": "A small pool."}
POINTS = {"id": "b", "question": "How?", "points": ["The pool is small", "TTL"], "answer": "A small pool."}


class TestOne:
    def test_json_has_the_keys_of_the_contract(self, files):
        done = run(*files, "--json")
        assert done.stderr == b""
        document = json.loads(done.stdout)
        assert document.keys() == {"coverage", "points", "english", "delivery"}
        assert [point["text"] for point in document["points"]] == [
            "I would keep hot results in Redis,",
            "and I would set a TTL on them.",
            "Eviction is least recently used.",
        ]
        assert [point["status"] for point in document["points"]] == ["said", "missed", "missed"]
        assert all(point.keys() == {"text", "score", "status", "evidence"} for point in document["points"])
        ((start, end),) = document["points"][0]["evidence"]
        assert ANSWER[start:end] == "hot results go into Redis"
        assert document["delivery"]["words"] == 9
        assert document["english"] is True
        assert 0 < document["coverage"] < 1

    def test_people_get_sign_word_number_and_phrases(self, files):
        done = run(*files)
        lines = done.stdout.decode("utf-8").splitlines()
        assert lines[0].startswith("1 of 3 points said, 0 partly, 2 missed · coverage 0.")
        assert lines[2].startswith("1 ● said 0.")
        assert lines[2].endswith("  I would keep hot results in Redis,")
        assert lines[3] == "    “hot results go into Redis”"
        assert lines[5].startswith("2 ○ missed 0.")
        assert "\x1b" not in done.stdout.decode()

    def test_partly_has_a_sign_of_its_own(self, files, tmp_path):
        (tmp_path / "reference.txt").write_text("Eviction removes the entries that were used least recently of all.")
        (tmp_path / "answer.txt").write_text("There is eviction of old keys.")
        assert "1 ◐ partly 0." in run(*files).stdout.decode("utf-8")

    def test_what_a_text_holds_cannot_trick_the_terminal(self, files, tmp_path):
        (tmp_path / "reference.txt").write_text("Redis \x1b[31m\u202eis red", "utf-8")
        (tmp_path / "answer.txt").write_text("Redis \x1b[31m\u202e is red", "utf-8")
        printed = run(*files).stdout.decode("utf-8")
        assert "\x1b" not in printed
        assert "\u202e" not in printed
        assert "Redis \\x1b[31m\\u202e is red" in printed

    def test_another_language_is_told(self, files, tmp_path):
        (tmp_path / "reference.txt").write_text("Der Verbindungspool wird klein gehalten.", "utf-8")
        (tmp_path / "answer.txt").write_text("Ich würde den Verbindungspool klein halten.", "utf-8")
        assert json.loads(run(*files, "--json").stdout)["english"] is False
        done = run(*files)
        assert "1 ● said" in done.stdout.decode("utf-8")
        assert b"does not look English" in done.stderr

    def test_an_empty_answer_and_an_empty_reference(self, files, tmp_path):
        (tmp_path / "answer.txt").write_bytes(b"")
        document = json.loads(run(*files, "--json").stdout)
        assert document["coverage"] == 0
        assert [point["status"] for point in document["points"]] == ["missed"] * 3
        (tmp_path / "reference.txt").write_bytes(b"\n")
        assert json.loads(run(*files, "--json").stdout)["points"] == []
        assert run(*files).stdout.startswith(b"The reference holds no points.\n")

    def test_people_read_how_it_is_said_below_the_points(self, files, tmp_path):
        (tmp_path / "answer.txt").write_text("I think we cut it by 30 %. Maybe more.", encoding="utf-8")
        last = run(*files).stdout.decode().splitlines()[-1]
        assert last.startswith("words 9, about 4 s spoken · hedges 2 · fillers 0 · I 1 · we 1 · figures 1")

    @pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
    def test_byte_order_marks_are_no_text(self, files, tmp_path, encoding):
        plain = json.loads(run(*files, "--json").stdout)
        (tmp_path / "answer.txt").write_bytes(ANSWER.encode(encoding))
        (tmp_path / "reference.txt").write_bytes(REFERENCE.encode(encoding))
        assert json.loads(run(*files, "--json").stdout) == plain

    def test_places_count_in_the_file_as_it_is(self, files, tmp_path):
        answer = "Well 𝔘\r\n\r\nhot results"
        (tmp_path / "answer.txt").write_bytes(answer.encode())
        ((start, end),) = json.loads(run(*files, "--json").stdout)["points"][0]["evidence"]
        assert answer[start:end] == "hot results"

    def test_standard_input_is_a_file_too(self, files):
        expected = run(*files, "--json").stdout
        for name, text in (("--answer", ANSWER), ("--reference", REFERENCE)):
            given = ["-" if files[place - 1] == name else part for place, part in enumerate(files)]
            assert run(*given, "--json", feed=text.encode()).stdout == expected

    def test_what_cannot_be_read(self, files, tmp_path):
        assert b"there is no such file" in run(*files[:-1], tmp_path / "nothing", code=66).stderr
        assert b"there is no such file" in run(*files[:-1], tmp_path / "answer.txt" / "x", code=66).stderr
        assert b"this is a folder" in run(*files[:-1], tmp_path, code=65).stderr
        for content in (b"\xff\xfe\x00", b"caf\xe9 " + TYPED.encode(), b"\x80\x81"):
            (tmp_path / "answer.txt").write_bytes(content)
            assert b"no text in UTF-8" in run(*files, code=65).stderr

    @pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read every file")
    def test_a_file_that_may_not_be_read(self, files, tmp_path):
        (tmp_path / "answer.txt").chmod(0)
        assert b"may not be read" in run(*files, code=77).stderr

    @pytest.mark.parametrize("length", [100_001, 1_000_000])
    def test_one_line_that_is_too_long_is_refused_in_words(self, files, tmp_path, length):
        for name in ("answer", "reference"):
            other = tmp_path / f"{name}.txt"
            before = other.read_bytes()
            other.write_bytes((TYPED.encode() + b" ") * (length // len(TYPED) + 1))
            done = run(*files, code=65)
            assert done.stdout == b""
            assert b"too long to be compared" in done.stderr
            assert done.stderr.count(b"\n") == 1
            other.write_bytes(before)

    @pytest.mark.parametrize(
        ("arguments", "says"),
        [
            ((), "--question, --reference, --answer or --batch is needed"),
            (("--question", "q", "--answer", "x"), "--reference or --batch is needed"),
            (("--batch", "-", "--question", "q"), "--batch stands alone"),
            (("--question", "q", "--reference", "-", "--answer", "-"), "only one"),
            (("--batches", "-"), "unrecognized"),
        ],
    )
    def test_mistakes_on_the_command_line_end_with_2(self, arguments, says):
        assert says in run(*arguments, code=2).stderr.decode()


class TestBatch:
    def test_references_are_alternatives_and_points_belong_together(self):
        one, other = batch(ROW, POINTS)
        assert one.keys() == {"id", "coverage"}
        assert one["id"] == "a"
        assert one["coverage"] > 0.5
        assert other.keys() == {"id", "coverage", "points"}
        assert [point["status"] for point in other["points"]] == ["said", "missed"]
        assert all(point.keys() == {"score", "status", "evidence"} for point in other["points"])
        assert other["points"][0]["evidence"] == [[2, 12]]

    def test_a_file_or_standard_input_with_json_or_without(self, tmp_path):
        content = (json.dumps(ROW) + "\n" + json.dumps(POINTS) + "\n").encode()
        (tmp_path / "rows.jsonl").write_bytes(content)
        expected = run("--batch", "-", feed=content).stdout
        assert run("--batch", tmp_path / "rows.jsonl").stdout == expected
        assert run("--batch", tmp_path / "rows.jsonl", "--json").stdout == expected
        run("--batch", tmp_path / "nothing", code=66)
        assert run("--batch", "-", feed=b"").stdout == b""

    def test_the_id_comes_back_as_it_was_in_the_same_order(self):
        ids = ["", "x", 7, -1, 2**70, 1.5, None, "ü𝔘\n\u2028"]
        assert [answer["id"] for answer in batch(*({**ROW, "id": one} for one in ids))] == ids
        assert run("--batch", "-", feed=json.dumps({**ROW, "id": "ü\u2028"}).encode()).stdout.isascii()

    def test_marks_line_ends_and_blank_lines(self):
        answers = batch(ROW, b"", b" \t", POINTS, b"", mark=b"\xef\xbb\xbf", end=b"\r\n")
        assert [answer["id"] for answer in answers] == ["a", "b"]

    @pytest.mark.parametrize(
        ("line", "line_id"),
        [
            (b"not json", None),
            (b"[]", None),
            (b'"text"', None),
            (b'{"id": 1', None),
            (b"\xff", None),
            (b'{"id": NaN, "question": "q", "points": [], "answer": ""}', None),
            (b'{"id": 1e999, "question": "q", "points": [], "answer": ""}', None),
            (b'{"id": ' + b"9" * 5_000 + b"}", None),
            (b"[" * 200_000, None),
            (b'{"id": ' + b"[" * 200_000, None),
            ({**ROW, "id": ["a"]}, None),
            ({**ROW, "id": True}, None),
            ({**ROW, "id": "\ud800"}, None),
            ({"id": "a"}, "a"),
            ({**ROW, "question": None}, "a"),
            ({**ROW, "answer": 5}, "a"),
            ({**ROW, "answer": "half \ud800"}, "a"),
            ({**ROW, "question": "\udfff"}, "a"),
            ({**ROW, "references": "text"}, "a"),
            ({**ROW, "references": ["fine", None]}, "a"),
            ({**ROW, "references": ["\ud83d"]}, "a"),
            ({**POINTS, "points": {"0": "text"}}, "b"),
            ({**POINTS, "points": [["text"]]}, "b"),
            ({**ROW, "answer": f"{TYPED} " * 65_536}, "a"),
            ({**POINTS, "points": ["p"] * 1_001}, "b"),
            (b'{"id": "a", "answer": "' + b"x" * 4_000_000 + b'"}', None),
        ],
    )
    def test_a_line_that_cannot_be_read_is_answered_and_the_next_one_too(self, line, line_id):
        bad, good = batch(line, ROW, code=65)
        assert bad.keys() == {"id", "error"}
        assert bad["id"] == line_id
        assert bad["error"].endswith(".")
        assert TYPED not in bad["error"]
        assert good == batch(ROW)[0]

    def test_the_last_line_may_be_one_too_long_and_without_an_end(self):
        (bad,) = batch(b"x" * 9_000_000, code=65)
        assert bad["id"] is None

    def test_anything_may_stand_in_the_texts(self):
        text = "<b>bold</b> \0 \u202e \u200b e\u0301 𝔘 &lt; %s {} \\ ' \" ; DROP"
        (answer,) = batch({"id": 1, "question": text, "points": [text], "answer": text})
        assert answer["points"][0]["status"] == "said"

    def test_each_answer_comes_as_its_line_does(self):
        process = subprocess.Popen(
            [sys.executable, "-m", "interview_coach", "compare", "--batch", "-"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        with process:
            for number in range(3):
                process.stdin.write(json.dumps({**ROW, "id": number}).encode() + b"\n")
                process.stdin.flush()
                assert json.loads(process.stdout.readline())["id"] == number
            process.stdin.close()
        assert process.returncode == 0

    def test_a_reader_that_goes_away_is_no_trouble(self):
        process = subprocess.Popen(
            [sys.executable, "-m", "interview_coach", "compare", "--batch", "-"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        process.stdout.close()
        _, messages = process.communicate(b"".join(json.dumps(ROW).encode() + b"\n" for _ in range(50)))
        assert messages == b""
        assert process.returncode == 0


class TestApart:
    def test_no_data_folder_is_made_or_looked_into(self, files, tmp_path):
        folder = tmp_path / "data"
        done = run(*files, "--data-dir", folder, HOME=str(tmp_path / "home"), INTERVIEW_COACH_DATA_DIR=str(folder))
        assert done.stderr == b""
        assert {path.name for path in tmp_path.iterdir()} == {"reference.txt", "answer.txt"}
        folder.mkdir()
        folder.chmod(0)
        assert run(*files, "--data-dir", folder).stdout == done.stdout
        assert stat.S_IMODE(folder.stat().st_mode) == 0
        folder.chmod(0o700)

    def test_nothing_heavy_is_imported(self, files):
        code = (
            "import sys\nfrom interview_coach.__main__ import main\nend = main(sys.argv[1:])\n"
            "heavy = {name.partition('.')[0] for name in sys.modules}\n"
            "heavy &= {'pydantic', 'sqlmodel', 'sqlalchemy', 'sqlite3', 'PySide6', 'asyncio', 'numpy'}\n"
            "sys.exit(f'imported: {heavy}' if heavy else end)"
        )
        done = subprocess.run(
            [sys.executable, "-c", code, "compare", *map(str, files)], cwd=ROOT, capture_output=True, check=False
        )
        assert done.returncode == 0, done.stderr.decode()


def test_a_batch_names_the_lines_that_cannot_be_read_on_standard_error():
    done = run("--batch", "-", code=65, feed=b'\n{"id": 1, "question": "q", "points": [], "answer": ""}\nnot json\n')
    assert done.stderr.decode().splitlines() == ["Line 3: This line is no JSON that can be read."]
