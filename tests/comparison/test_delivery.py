import json
import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview_coach.comparison.delivery import FactKind, as_json, delivery_facts, spoken_seconds
from interview_coach.comparison.english import is_english
from interview_coach.comparison.words import count_words


def test_a_rough_number_that_could_be_a_year_is_a_figure():
    text = "We had about 2000 client connections in 2019."
    fact = delivery_facts(text).fact(FactKind.FIGURES)
    assert [text[start:end] for start, end in fact.spans] == ["2000 client"]


def test_seconds_of_speech():
    assert spoken_seconds(0) == 0
    assert spoken_seconds(140) == 60
    assert spoken_seconds(118) == pytest.approx(50.6, abs=0.1)
    assert spoken_seconds(100, words_a_minute=200) == 30
    for words, rate in ((-1, 140), (10, 0), (10, -5)):
        with pytest.raises(ValueError, match="rate"):
            spoken_seconds(words, rate)


def marked(kind, text):
    """The words of a text on which a fact of it rests."""
    fact = delivery_facts(text).fact(kind)
    return [text[start:end] for start, end in fact.spans]


@pytest.mark.parametrize(
    ("text", "hedges"),
    [
        ("I think we maybe, probably, perhaps lost it.", ["I think", "maybe", "probably", "perhaps"]),
        ("It was, I guess, a bit slow and more or less done.", ["I guess", "a bit", "more or less"]),
        ("I don’t think it was. I’d say I’m not sure.", ["I don’t think", "I’d say", "I’m not sure"]),
        ("We kind of fixed it. It sort of broke.", ["kind of", "sort of"]),
        ("It was a little bit slow.", ["a little bit"]),
        ("That kind of worked, this sort of helps.", ["kind of", "sort of"]),
        ("I think about 30 of them; in a way, yes.", ["I think", "in a way"]),
        ("It was a bit of a mess.", ["a bit"]),
        ("I  think\nso.", ["I  think"]),
        # the same words, but they hold nothing back
        ("A Redis list is a kind of queue, and this kind of cache is the best sort of cache.", []),
        ("What kind of work? That kind of thing, and the same sort of task. That was kind of you.", []),
        ("I think through the failure first; I think about the user and I think in terms of cost.", []),
        ("That is how I think and what I think on.", []),
        ("The flag is a bit mask: set a bit, a bit field, a bit of code.", []),
        ("I believe in tests. We did it in a way that scales.", []),
        ("I, think of it. Kind, of course. I think", ["I think"]),
        # what is code or an address says nothing of the kind
        ("The word is `maybe`, see https://maybe.example/probably.\n\n```\nI think maybe\n```\n", []),
    ],
)
def test_hedges(text, hedges):
    assert marked(FactKind.HEDGES, text) == hedges


@pytest.mark.parametrize(
    ("text", "fillers"),
    [
        ("Um, it was, uh, the cache. Hmm.", ["Um", "uh", "Hmm"]),
        ("So, we basically, you know, rebuilt it.", ["So", "basically", "you know"]),
        ("It was, like, slow and, well, it was like, really slow.", ["like", "well", "like"]),
        ("He was like “no” and I was like: why?", ["like", "like"]),
        ("You know, it was hard. It was hard, you know.", ["You know", "you know"]),
        ("It was wrong, right? Okay, I mean, to be honest, yes.", ["right", "Okay", "I mean", "to be honest"]),
        # the same words with a meaning of their own
        ("An ER diagram. You know that the pool is full, and do you know, or if you know, tell me.", []),
        ("I used tools like Redis, and it looked like a leak. It was like a cache. I like it.", []),
        ("I saw what the leak looked like, and left.", []),
        ("It went well, and so we stayed as well. Turn right, then left. We actually did it.", []),
        ("When you know how it works, you know what to do.", []),
    ],
)
def test_fillers(text, fillers):
    assert marked(FactKind.FILLERS, text) == fillers


@pytest.mark.parametrize(
    ("text", "own", "others"),
    [
        ("I did it, I’m sure, I've said I'd do it and I’ll do it.", 5, 0),
        ("We did it and we’re glad that we've done it; I helped us with my own.", 1, 3),
        ("i did it and i'm glad that i fixed it", 3, 0),
        ("My team, me and our boss.", 0, 0),
        ("The I/O of Part I is slow. Parts I, II and III. A type I error.", 0, 0),
        ("In part I was lucky; the part I wrote was fine.", 2, 0),
        ("For i in the list, take x[i] and i++ and the last i.", 0, 0),
        ("“I said so,” I said (I did).", 3, 0),
        ("I. Introduction to the thing\n\nII. The end of it", 0, 0),
        ("As the manual says:\n\n```\nI think we did\n```\n`I` and `we`", 0, 0),
    ],
)
def test_who_did_it(text, own, others):
    delivery = delivery_facts(text)
    assert (delivery.fact(FactKind.I).count, delivery.fact(FactKind.WE).count) == (own, others)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("We cut it by 30%, by 12.5 % and by 35 percent.", ["30%", "12.5 %", "35 percent"]),
        ("It took 250ms, then 40 ms; now 1,200 requests.", ["250ms", "40 ms", "1,200 requests"]),
        ("It cost $5 million, €40,000, 300 euros or 20 €.", ["$5 million", "€40,000", "300 euros", "20 €"]),
        ("We were 3x faster with 40GB and 10-15 users.", ["3x", "40GB", "10-15 users"]),
        ("Six hours for twenty-five people, two hundred requests and a two-week trial.",
         ["Six hours", "twenty-five people", "two hundred requests", "two-week"]),
        ("We had zero downtime and 41 of 90 (about 45) then.", ["zero downtime", "41", "90", "45"]),
        ("We fell from 14 to 3 per quarter, with 2000 users.", ["14", "3", "2000 users"]),
        ("Within 2 weeks. About 30 of us. I had 7.", ["2 weeks", "30", "7"]),
        # they name, number or date something
        ("In 2019 and since 2021 we have had the Python 3 and 3.11.2 code.", []),
        ("It was on 3 May, at 9:30, or May 3, on HTTP/2 with S3, on port 5432, with status 404.", []),
        ("There are two: 1) this and 2) that.\n\n1. The first\n2. The second", []),
        ("We had one hour and 1 of them, two of them, and a second; it is O(1), 24/7, 3D, 4xx and 007.", []),
        ("The 1st and 2nd of the 64-bit ones, in Sprint 3 of version 2, with #12 and [3].", []),
        ("Two years ago, 3 weeks ago, on the 192.168.0.1 it was.", []),
        ("The limit is `30%`.\n\n```\ntimeout = 30 s\n```\n", []),
    ],
)  # fmt: skip
def test_figures(text, figures):
    assert marked(FactKind.FIGURES, text) == figures


@pytest.mark.parametrize(
    ("text", "openings"),
    [
        ("There was a meeting. There were two. There's a way.", ["There was", "There were", "There's"]),
        ("It was decided to move. Then it was later moved.", ["It was decided", "it was later moved"]),
        ("The cache was rebuilt by us. The tests have been quickly written.",
         ["The cache was rebuilt", "The tests have been quickly written"]),
        ("- The pool was sized. The rest must be done.\n- Our plan got approved.",
         ["The pool was sized", "The rest must be done", "Our plan got approved"]),
        # somebody did it, or nothing was done
        ("I was asked to help. We were given a week. He was moved.", []),
        ("The team was excited. The page was slow. It was a mess. The wall was red.", []),
        ("The old, rusty and quite forgotten machine in the cellar was replaced.", []),
        ("The very old machine down in the cellar was replaced.", []),
        ("We saw that it was decided.", []),
    ],
)  # fmt: skip
def test_passive_openings(text, openings):
    assert marked(FactKind.PASSIVE_OPENINGS, text) == openings


def test_the_longest_sentence_and_its_words():
    text = "Short one. This one is the longer of them! Last one.\n\n```\na b c d e f g h i j\n```\n"
    fact = delivery_facts(text).fact(FactKind.LONGEST_SENTENCE)
    assert (fact.count, marked(FactKind.LONGEST_SENTENCE, text)) == (7, ["This one is the longer of them!"])
    items = "1. One thing. Two things here.\n2. Three"
    assert marked(FactKind.LONGEST_SENTENCE, items) == ["Two things here."]
    assert marked(FactKind.LONGEST_SENTENCE, "We ran. We hid.") == ["We ran."]  # the first of them
    assert delivery_facts("…").fact(FactKind.LONGEST_SENTENCE).count == 0
    assert delivery_facts("See https://a.example/b and `c` now.").fact(FactKind.LONGEST_SENTENCE).count == 3


@pytest.mark.parametrize(
    ("text", "count", "places"),
    [
        ("We size the connection pool of the server. The connection pool of the server is full.", 1,
         ["connection pool of the server", "connection pool of the server"]),
        # the longest first, and none inside it
        ("We measure the waiting time daily. We measure the waiting time weekly. I saw the waiting time rise.", 1,
         ["We measure the waiting time", "We measure the waiting time"]),
        ("Make sure it works; make sure it works, and MAKE SURE it works.", 1,
         ["Make sure it works", "make sure it works", "MAKE SURE it works"]),
        ("Latency fell sharply. Costs fell too. Latency fell sharply! Users stayed happy. Users stayed happy.", 2,
         ["Latency fell sharply", "Latency fell sharply", "Users stayed happy", "Users stayed happy"]),
        # not over the end of a sentence, not two words, nothing that says nothing
        ("We tested. Daily builds ran. We tested. Daily builds ran on.", 1, ["Daily builds ran", "Daily builds ran"]),
        ("The build server. A build server. In the build server of it.", 0, []),
        ("It was one of the. It was one of the.", 0, []),
        ("We `read` the big file. We `write` the big file.", 0, []),
    ],
)  # fmt: skip
def test_repeated_phrases(text, count, places):
    assert delivery_facts(text).fact(FactKind.REPEATED_PHRASES).count == count
    assert marked(FactKind.REPEATED_PHRASES, text) == places


def test_a_long_phrase_is_followed_to_its_end():
    long = " ".join(f"word{number}" for number in range(40))
    text = f"First {long} here. Second {long} there."
    assert marked(FactKind.REPEATED_PHRASES, text) == [long, long]


def test_a_phrase_said_over_and_over_is_not_marked_twice():
    text = "alpha beta gamma " * 40
    spans = delivery_facts(text).fact(FactKind.REPEATED_PHRASES).spans
    assert all(earlier[1] <= later[0] for earlier, later in pairwise(spans))


OTHERS = [
    "To był projekt, w którym ja i zespół pracowaliśmy na nowej wersji, i to się udało. We wtorek było gotowe.",
    "Wir haben die Latenz um 30 % gesenkt, und das war so gut, dass der Chef in der Woche darauf an uns dachte.",
    "I den tid var vi to, og vi havde en plan for projektet, som tog os til den anden by.",
    "Abbiamo ridotto i tempi del 30 % e i dati sono arrivati prima; i colleghi erano contenti.",
    "Wir haben 12 Tests geschrieben und 30 % der Fehler gefunden, das ist nicht viel.",
    "On a réduit les coûts de 30 % et le but a été atteint en six mois, comme prévu.",
    "We hebben de tijd met 30 % verkort en dat was in een week klaar, want het team had een goed plan.",
    "私はデータベースを改善しました。データベースは速くなりました。",
]


@pytest.mark.parametrize("text", OTHERS)
def test_in_other_languages_what_rests_on_english_lists_is_left_out(text):
    delivery = delivery_facts(text)
    assert not is_english(text)
    kinds = {fact.kind for fact in delivery.facts}
    assert kinds == {FactKind.WORDS, FactKind.FIGURES, FactKind.LONGEST_SENTENCE, FactKind.REPEATED_PHRASES}
    assert marked(FactKind.FIGURES, text) == (["30 %"] if "30 %" in text else [])
    assert delivery.fact(FactKind.REPEATED_PHRASES).count == 0
    assert delivery.fact(FactKind.HEDGES) is None
    assert as_json(delivery)["hedges"] is None


def test_words_are_those_that_are_counted_while_typing_and_give_the_time():
    text = "Use a pool:\n\n```\npool = Pool(10)\n```\n"
    delivery = delivery_facts(text, words_a_minute=60)
    assert delivery.words == count_words(text) == 6
    assert delivery.seconds == 6
    assert delivery.fact(FactKind.WORDS).count == 6


def test_as_json_holds_every_number_and_every_span():
    text = "I think it took 30%. We did it."
    shape = json.loads(json.dumps(as_json(delivery_facts(text))))
    spans = shape.pop("spans")
    assert shape == {
        "words": 8, "seconds": 3.4, "hedges": 1, "fillers": 0, "i": 1, "we": 1, "figures": 1, "passive_openings": 0,
        "longest_sentence": 5, "repeated_phrases": 0,
    }  # fmt: skip
    assert spans == {
        "hedges": [[0, 7]], "fillers": [], "i": [[0, 1]], "we": [[21, 23]], "figures": [[16, 19]],
        "passive_openings": [], "longest_sentence": [[0, 20]], "repeated_phrases": [],
    }  # fmt: skip


def test_places_count_code_points_of_the_text_as_it_was_typed():
    text = "\U0001f600 İt cafe\u0301 was slow, but I think that it’s done; and the soft\u00adware, maybe."
    assert marked(FactKind.HEDGES, text) == ["I think", "maybe"]
    assert marked(FactKind.I, text) == ["I"]


#: So long that work which grows as the square of the text would be seen at once.
LONG = 200_000


@pytest.mark.parametrize("piece", ["kind of ", "12 ", "the x was ", "``", "1,", "- x\n"])
def test_a_strange_long_text_is_no_more_work_than_another(piece):
    text = piece * (LONG // len(piece))
    assert delivery_facts(text).words == count_words(text)


def test_neither_is_one_sentence_with_a_long_gap():
    text = "I" + " " * LONG + "think"
    assert delivery_facts(text).fact(FactKind.HEDGES).spans == ((0, len(text)),)


PIECES = st.lists(
    st.one_of(
        st.text(max_size=8),
        st.sampled_from(
            [
                "I think ", "kind of ", "you know, ", "We ", "30 % ", "€5", " 20ms ", "two hours ", "It was decided. ",
                "There was ", "```\n", "`x` ", "\n\n- ", "1. ", "i ", "I’m ", "the connection pool size ",
                "https://a.b ",
                "e\u0301", "\u00ad", "\U0001f600", "İ", "\u2028", "maybe", ", like, ", "2019 ",
            ]
        ),
    ),
    max_size=20,
).map("".join)  # fmt: skip


@given(PIECES)
def test_spans_lie_in_the_text_in_their_order_and_apart(text):
    for fact in delivery_facts(text).facts:
        end = 0
        for start, following in fact.spans:
            assert end <= start < following <= len(text)
            end = following
        if fact.kind not in (FactKind.WORDS, FactKind.LONGEST_SENTENCE, FactKind.REPEATED_PHRASES):
            assert fact.count == len(fact.spans)


@given(PIECES)
def test_what_is_repeated_stands_there_again(text):
    fact = delivery_facts(text).fact(FactKind.REPEATED_PHRASES)
    assert 2 * fact.count <= len(fact.spans)


@given(PIECES, st.sampled_from(["maybe I think 30 %", "um, we did", "There was I"]))
def test_code_adds_words_and_nothing_else(text, code):
    fence = "\n\n~~~~~~~~\n" + code + "\n~~~~~~~~\n"
    plain = text.replace("~", "").replace("`", "")
    bare, coded = delivery_facts(plain), delivery_facts(plain + fence)
    assert coded.words == bare.words + count_words(code)
    assert coded.facts[1:] == bare.facts[1:]


def test_nothing_that_looks_for_facts_is_loaded_to_count_seconds():
    loads = "import sys; from interview_coach.comparison import delivery; print(*sys.modules)"
    modules = subprocess.run([sys.executable, "-c", loads], capture_output=True, text=True, check=True).stdout.split()
    own = {name for name in modules if name.startswith("interview_coach")}
    assert own == {"interview_coach", "interview_coach.comparison", "interview_coach.comparison.delivery"}
    assert {"pydantic", "PySide6", "typing"}.isdisjoint(modules)
