"""HTML, read again with a reader of HTML; and what Qt's documents make of it."""

import re
import tomllib
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QTextDocument

from interview_coach.domain.models import DecidedPoint
from interview_coach.reports import style
from interview_coach.reports.html import page, printable
from interview_coach.reports.interview_day import DayQuestion, InterviewDay, WeakSpot
from interview_coach.reports.interview_day_page import interview_day_page, interview_day_printable
from interview_coach.reports.values import ReportKind
from interview_coach.reports.writing import shown

THEMES = Path(__file__).parents[2] / "resources" / "themes"
OWN = {
    *("html", "head", "meta", "title", "style", "body", "header", "nav", "main", "section", "article"),
    *(
        "h1",
        "h2",
        "h3",
        "h4",
        "p",
        "ul",
        "li",
        "a",
        "strong",
        "b",
        "bdi",
        "pre",
        "code",
        "table",
        "tr",
        "td",
        "th",
        "hr",
    ),
}
PAYLOAD = """<script>alert(1)</script><img src=x onerror=alert(1)> "onload='x' </style></title></pre> &lt; &amp;
<!-- --> ]]> <a href="javascript:alert(1)">x</a>

```html"><script>
</code></pre><iframe src=//evil.example>
```"""
TEXTS = st.lists(
    st.one_of(
        st.sampled_from(
            ["<b>", "</p>", "<!--", "-->", "&lt;", "&", '"', "'", "<?", "]]>", "\n", "\n\n", "```", "</style>", "<p"]
        ),
        st.text(max_size=5),
    ),
    max_size=10,
).map("".join)


class Reader(HTMLParser):
    """The elements of a page, with what they hold."""

    def __init__(self, text):
        super().__init__()
        self.open, self.tags, self.attributes, self.words = [], [], [], []
        self.headings, self.unclosed = [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        assert tag in OWN, tag
        self.tags.append(tag)
        self.attributes.append((tag, dict(attrs)))
        if tag not in ("meta", "hr"):
            self.open.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append([int(tag[1]), ""])

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] == "style":
            return
        self.words.append(data)
        if self.open and re.fullmatch("h[1-6]", self.open[-1]):
            self.headings[-1][1] += data

    def handle_comment(self, _):
        pytest.fail("a comment came out of what somebody wrote")

    def handle_pi(self, _):
        pytest.fail("an instruction came out of what somebody wrote")

    def unknown_decl(self, _):
        pytest.fail("a declaration came out of what somebody wrote")

    @property
    def text(self):
        return "".join(self.words)


def many(build, count):
    return [build.question(uid=str(place), text=f"Question {place}?") for place in range(1, count + 1)]


def day_of(text):
    return InterviewDay(
        title=text,
        opening=(text,),
        figures=(text,),
        questions=(DayQuestion(stage=text, text=text, words=(text,)),),
        weak_spots=(WeakSpot(question=text, missed=(text,), low=(text,), resolution=text),),
        to_ask=(text,),
    )


@pytest.mark.parametrize("make", [page, printable])
def test_nothing_that_was_written_becomes_an_element(build, make):
    reader = Reader(make(build.everywhere(PAYLOAD)))
    assert not reader.open
    assert "<script>alert(1)</script><img src=x onerror=alert(1)>" in reader.text
    assert "</code></pre><iframe src=//evil.example>" in reader.text
    assert {name for _, attributes in reader.attributes for name in attributes} <= {
        *("lang", "charset", "http-equiv", "content", "name", "class", "id", "aria-labelledby", "href", "dir")
    }
    assert all(attributes["href"].startswith("#") for tag, attributes in reader.attributes if tag == "a")


@settings(deadline=None)
@given(TEXTS)
def test_the_elements_do_not_depend_on_what_was_written(build, text):
    for make in (page, printable):
        reader = Reader(make(build.everywhere(text)))
        assert not reader.open
        reader.text.encode()
        for line in shown(text).split("\n"):
            if "```" not in line:
                assert line.strip() in reader.text
    for make in (interview_day_page, interview_day_printable):
        assert Reader(make(day_of(text))).tags == Reader(make(day_of("x"))).tags


@pytest.mark.parametrize("make", [page, printable, lambda report: interview_day_page(day_of(report.title))])
def test_what_cannot_be_shown_is_a_sign(build, make):
    written = make(build.everywhere("a\ud800b\x00c\x1b[0m"))
    assert "a\ufffdb\ufffdc\ufffd[0m" in written
    assert written.encode()


def test_nothing_runs_and_nothing_is_fetched(build):
    reader = Reader(page(build.report(*many(build, 9))))
    policy = next(
        each["content"] for _, each in reader.attributes if each.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert "script" not in reader.tags
    for sheet in (style.SCREEN, style.PRINTED):
        assert "url(" not in sheet
        assert "@import" not in sheet


def test_headings_landmarks_and_language(build):
    report = build.report(
        kind=ReportKind.SESSION, sessions=(build.session(*many(build, 2)), build.session(*many(build, 1)))
    )
    reader = Reader(page(report))
    assert ("html", {"lang": "en"}) in reader.attributes
    assert reader.tags.count("h1") == reader.tags.count("main") == reader.tags.count("header") == 1
    levels = [level for level, _ in reader.headings]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    names = [attributes["id"] for _, attributes in reader.attributes if "id" in attributes]
    assert len(names) == len(set(names))
    assert {
        attributes["aria-labelledby"] for _, attributes in reader.attributes if "aria-labelledby" in attributes
    } <= set(names)
    assert any(attributes.get("name") == "viewport" for _, attributes in reader.attributes)


def test_more_than_eight_questions_have_a_table_of_contents(build):
    assert "nav" not in Reader(page(build.report(*many(build, 8)))).tags
    reader = Reader(page(build.report(*many(build, 9))))
    names = {attributes["id"] for _, attributes in reader.attributes if "id" in attributes}
    links = [attributes["href"][1:] for tag, attributes in reader.attributes if tag == "a"]
    assert len(links) == 9
    assert set(links) <= names


def test_the_contents_of_sessions(build):
    sessions = tuple(build.session(*many(build, 5), title=title) for title in ("Monday", "Tuesday"))
    reader = Reader(page(build.report(kind=ReportKind.SESSION, sessions=sessions)))
    links = [attributes["href"] for tag, attributes in reader.attributes if tag == "a"]
    assert len(links) == len(set(links)) == 12


def test_code_keeps_its_blanks(build):
    text = "See:\n\n```python\ndef f():\n\n\treturn '  x'\n```"
    written = page(build.report(build.question(attempts=(build.attempt(text=text),))))
    assert "<code>def f():\n\n\treturn &#x27;  x&#x27;</code>" in written


def test_the_colours_are_those_of_the_themes():
    names = {"ground": "bg", "text": "text", "muted": "muted", "line": "line", "accent": "accent", "soft": "soft"}
    for theme, rules in zip(("light", "dark"), re.findall(r":root \{(.*?)\}", style.SCREEN, re.S)[:2], strict=True):
        colors = tomllib.loads((THEMES / f"{theme}.toml").read_text(encoding="utf-8"))["colors"]
        assert dict(re.findall(r"--(\w+): (#\w+)", rules)) == {own: colors[name] for own, name in names.items()}


def test_qt_shows_all_of_it(build, qapp):  # noqa: ARG001
    text = "one <b>\n  two\n\n```\n\tcode & more\n```"
    attempt = build.attempt(text=text, points=(DecidedPoint(text="a <i> point"),))
    document = QTextDocument()
    document.setHtml(printable(build.report(build.question(attempts=(attempt,)))))
    plain = document.toPlainText()
    for part in (
        "My answers",
        "one <b>",
        "  two",
        "\tcode & more",
        "not decided: a <i> point",
        "Next time I will name",
        "Too smooth.",
    ):
        assert part in plain
    assert "font-size" not in plain
    assert document.find("1. How do you pool connections?").charFormat().font().pointSizeF() == pytest.approx(13.5)
