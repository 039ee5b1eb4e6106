"""How an answer is said: how long it takes to say."""

#: Words a minute of someone who speaks calmly and to be understood.
WORDS_A_MINUTE = 140


def spoken_seconds(words: int, words_a_minute: int = WORDS_A_MINUTE) -> float:
    """Return how many seconds words take to say; ValueError where either number makes no sense."""
    if words < 0 or words_a_minute <= 0:
        raise ValueError("words are counted from 0 and spoken at some rate")
    return words * 60 / words_a_minute
