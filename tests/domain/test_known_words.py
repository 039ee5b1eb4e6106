"""Words looked up as they are typed."""

from interview_coach.domain.known_words import KnownWords

WORDS = KnownWords(("redis", "Ask a friend", "Straße", "REDIS", "cache", "rediscover", "system design"))


def test_a_word_is_known_whole_and_without_regard_to_case():
    assert WORDS.has("ASK A FRIEND")
    assert WORDS.has("STRASSE")
    assert not WORDS.has("ask")
    assert not KnownWords(()).has("")


def test_words_by_their_beginning():
    assert list(WORDS.starting_with("REDIS")) == ["redis", "rediscover"]
    assert list(WORDS.starting_with("strass")) == ["Straße"]
    assert list(WORDS.starting_with("")) == ["Ask a friend", "cache", "redis", "rediscover", "Straße", "system design"]
    assert list(WORDS.starting_with("z")) == []
    assert WORDS.begins("Sys")
    assert not WORDS.begins("design")


def test_words_by_a_part_of_them_those_that_begin_so_come_first():
    assert list(WORDS.containing("S")) == ["Straße", "system design", "Ask a friend", "redis", "rediscover"]
    assert list(WORDS.containing("design")) == ["system design"]


def test_the_nearest_is_one_that_begins_so_else_one_spelled_nearly_so():
    assert WORDS.nearest("ask") == "Ask a friend"
    assert WORDS.nearest("rdis") == "redis"
    assert WORDS.nearest("caches") == "cache"
    assert WORDS.nearest("kubernetes") is None
    assert KnownWords(()).nearest("x") is None


def test_the_nearest_is_looked_for_among_thousands_of_words():
    many = KnownWords([f"topic {number:05}" for number in range(20_000)] + ["redis"])
    assert many.nearest("rediss") == "redis"
