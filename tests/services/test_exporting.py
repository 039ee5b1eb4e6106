"""Files that a person takes away, and what they must not be written over."""

import pytest

from interview_coach.domain.errors import CoachError, Fault
from interview_coach.services.exporting import save_file


@pytest.mark.parametrize("name", ["coach.sqlite3", "coach.sqlite3-wal", "backups/*.sqlite3"])
def test_nothing_is_written_over_a_database(services, tmp_path, name):
    services.backups.make()
    (target,) = tmp_path.glob(name)
    before = target.read_bytes()
    with pytest.raises(CoachError) as refused:
        save_file(target, b"a transcript")
    assert refused.value.fault is Fault.CANNOT_CREATE
    assert str(target) in str(refused.value)
    assert target.read_bytes() == before


def test_another_file_is_replaced(tmp_path):
    target = tmp_path / "transcript.txt"
    for content in (b"first", b""):
        save_file(target, content)
        assert target.read_bytes() == content
