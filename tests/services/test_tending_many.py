"""Deeds on very many questions: told part by part, done and taken back whole, and little to keep for it."""

import pytest

from interview_coach.domain.trash import Deed
from interview_coach.services import tending
from interview_coach.storage import inverse

QUESTIONS = 2_500


@pytest.fixture
def many(services, tmp_path):
    """The ids of a bank with more questions than two slices."""
    file = tmp_path / "many.txt"
    file.write_text("\n".join(f"Turn {n} [HR]\nQ: Question number {n}?\n\nA: Yes.\n" for n in range(1, QUESTIONS + 1)))
    services.importing.import_file(file)
    return services.questions.ids()


DEEDS = {
    Deed.TAGGED: lambda tending, ids, watch: tending.tag(ids, add=["it's", "two"], remove=["old"], on_progress=watch),
    Deed.FLAGGED: lambda tending, ids, watch: tending.flag(ids, flagged=True, on_progress=watch),
    Deed.SUSPENDED: lambda tending, ids, watch: tending.suspend(ids, suspended=True, on_progress=watch),
}


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.value)
def test_it_is_told_part_by_part_and_taken_back_whole(services, many, all_rows, deed):
    services.tending.tag(many[::3], add=["old"])
    before = all_rows(services)
    told = []
    done = DEEDS[deed](services.tending, many, lambda *progress: told.append(progress))
    assert (done.deed, done.count) == (deed, len(many))
    assert told == [(1_000, len(many)), (2_000, len(many)), (len(many), len(many))]
    assert services.tending.undo() == done
    assert all_rows(services) == before


def test_a_tag_is_kept_in_few_statements(services, many):
    services.tending.tag(many, add=["redis"])
    kept = services.tending._steps[-1].inverse
    assert len(kept.statements) == len(many) // inverse._ROWS + 1
    assert kept.size < 10 * len(many)


def test_nothing_of_it_is_done_where_one_is_gone_or_it_ends_early(services, many, all_rows):
    before = all_rows(services)

    def fail(done, _all):
        if done > 1_000:
            raise RuntimeError("it ends here")

    with pytest.raises(RuntimeError):
        services.tending.tag(many, add=["redis"], on_progress=fail)
    assert all_rows(services) == before
    assert services.tending.last is None


def test_what_is_kept_is_bounded_and_the_last_deed_is_always_there(services, many, monkeypatch):
    services.tending.tag(many, add=["first"])
    size = services.tending._steps[-1].inverse.size
    monkeypatch.setattr(tending, "MOST_KEPT", 2 * size + size // 2)
    for name in ("second", "third"):
        services.tending.tag(many, add=[name])
    assert len(services.tending._steps) == 2
    monkeypatch.setattr(tending, "MOST_KEPT", 1)
    services.tending.tag(many, add=["fourth"])
    assert len(services.tending._steps) == 1
    services.tending.undo()
    assert services.tending.tags() == ("first", "second", "third")
    assert services.tending.last is None


def test_tags_that_are_there_stay_and_are_not_taken_back(services, many):
    services.tending.tag(many[:10], add=["sql"])
    services.tending.tag(many[:20], add=["sql"])
    services.tending.undo()
    tagged = [entry.question.id for entry in services.questions.entries(many[:30]) if entry.question.tags]
    assert tagged == list(many[:10])


def test_rows_that_come_back_are_searched_again(services, many):
    services.tending.delete_questions(many[:1500])
    services.tending.undo()
    assert services.questions.ids() == many
