"""Files of ours, and those of others that lie beside them."""

from interview_coach.storage.files import remove_leftovers


def test_only_our_own_leftovers_are_removed(tmp_path):
    """A data folder may be any folder, a home folder, too."""
    ours = [
        ".coach.sqlite3.new.q1_w2e3r.part",
        ".coach.sqlite3.new.q1_w2e3r.part-journal",
        ".settings.json.q1_w2e3r.part",
        ".unsaved-answer-20260302T120000Z-1.txt.q1_w2e3r.part",
        ".20260302T120000.000Z.daily.sqlite3.q1_w2e3r.part-wal",
    ]
    others = [".film.mkv.part", ".partners", ".party.txt", "coach.sqlite3", "draft.txt.q1_w2e3r.part"]
    for name in (*ours, *others):
        (tmp_path / name).write_text("words")
    for name in (".reading.part.q1_w2e3r", ".particle", ".cache.part"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "inside").write_text("words")
    remove_leftovers(tmp_path)
    left = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    assert left == {*others, ".particle/inside", ".cache.part/inside"}
