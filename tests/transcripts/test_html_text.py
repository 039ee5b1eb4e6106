"""What is read of HTML, and that nothing in it acts or takes for ever."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview_coach.domain.fences import closes_fence, opening_fence
from interview_coach.transcripts.html_text import clozed, holds_cloze, holds_tags, plain_text


@pytest.mark.parametrize(
    "text",
    [
        "", "plain", "a < b and c > d", "List<String> and Map<K, V>", "R&D, x && y", "  two\n\n  lines ", "<3", "<>",
        "a <- b <= c", "How does <script> work?", "#include <vector>", "5 < a=\"", "{{c:: x}}", "{{ name }}",
    ],
)  # fmt: skip
def test_text_without_tag_and_entity_comes_back_as_it_is(text):
    assert plain_text(text) == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("R&amp;D <b>x</b>", "R&D x"),
        ("a&nbsp;b &lt;b&gt; &#233; &notanentity;", "a b <b> é ¬anentity;"),
        ("<p>One <b>big</b> <i>w</i>orld.</p><p>Two</p>", "One big world.\n\nTwo"),
        ("<div>a</div><div><br></div><div>b</div>", "a\n\nb"),
        ("a<br>b<br/>c</br>d<br><br><br><br>e", "a\nb\nc\nd\n\ne"),
        ("<h2>Title</h2>\n<p>x\ny</p>", "Title\n\nx y"),
        ("<DIV CLASS=x>a</DIV><P>b", "a\n\nb"),
        ("x <b> bold </b> y<br>", "x bold y"),
        ("<ul><li>a<ul><li>b</li></ul></li><li><p>c</p></li></ul>after", "- a\n  - b\n- c\n\nafter"),
        ('<ol start="3"><li>x<li>y<li value=9>z</ol>', "3. x\n4. y\n9. z"),
        ("<ul><li><input type=checkbox checked>yes<li><input type=checkbox>no</ul>", "- [x] yes\n- [ ] no"),
        ("<table><tr><th>A</th><th>B</th></tr><tr><td><p>1</p></td><td>2</td></tr></table>", "A | B\n1 | 2"),
        ("O(n<sup>2</sup>), log<sub>2</sub>n, 1<sup>st</sup>, e<sup>kx</sup>", "O(n²), log₂n, 1st, e^kx"),
        ("<details><summary>Why?</summary><p>So.</p></details>", "Why?\n\nSo."),
        ("<dl><dt>a<dd>b</dl>", "a\nb"),
        ('<a href="http://x.example/?a=1&b=2">link</a>&nbsp;end', "link end"),
        ('<img src="file:///etc/passwd">|<img alt="a > b" src=x>|<img alt="paste-1.png">', "|[a > b]|"),
        ("<script>alert(1)</script>hi<style>b{}</style><!-- c -->!<svg><path/></svg>", "hi!"),
        ("<script>alert(1) hi", "<script>alert(1) hi"),
        ("<q>x</q> <o:p></o:p><kbd>Ctrl</kbd>", "“x” Ctrl"),
        ("<div>&nbsp; &nbsp; deep</div><div>&nbsp;one</div>", "    deep\none"),
        ("<anki-mathjax>x^2</anki-mathjax> \\(y\\)", "\\(x^2\\) \\(y\\)"),
        ("[sound:a.mp3]x [$]a[/$] [$$]b[/$$] [latex]q[/latex] [anki:tts lang=en]t[/anki:tts]", "x $a$ $$b$$ q t"),
        ("<p>List<String> and a < b</p>", "List<String> and a < b"),
        ("<p>x<sup>a<sup>b</sup>c</sup>d</p>", "x^abcd"),
        ("<b>a</b>\n  - b\n  - c", "a\n  - b\n  - c"),
        ("a<br>\nb\n- c<br>d", "a\nb\n- c\nd"),
    ],
)  # fmt: skip
def test_html_becomes_lines(html, text):
    assert plain_text(html) == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("use <code>x  y</code> and <code>`q`</code>!", "use `x y` and `` `q` ``!"),
        ("<code></code>x<code> </code>y", "x y"),
        ("<p><code>a</code> and <tt>b</tt></p>", "`a` and `b`"),
        ("see:<pre><code class='language-python'>def f():<br>    return 1 &lt; 2\n\n\nx</code></pre>done",
         "see:\n\n```python\ndef f():\n    return 1 < 2\n\n\nx\n```\n\ndone"),
        ("<pre>\n  a\n\tb  \n\n</pre>", "```\n  a\n\tb  \n```"),
        ("<code><pre>a\n  b</pre></code>", "```\na\n  b\n```"),
        ("<code>a<br>&nbsp;&nbsp;b</code>", "```\na\n  b\n```"),
        ("<code>wrapped\nonce</code>", "`wrapped once`"),
        ("<code>if a:\n    b</code>", "```\nif a:\n    b\n```"),
        ("<pre><div>a</div><div>  b</div></pre>", "```\na\n  b\n```"),
        ("<pre>```\nx\n```</pre>", "````\n```\nx\n```\n````"),
        ('<div class="highlight highlight-source-js"><pre>x</pre></div><pre>y</pre>', "```js\nx\n```\n\n```\ny\n```"),
        ('<pre lang="go">x</pre>', "```go\nx\n```"),
        ("<ul><li>a<pre>x</pre></li><li><pre>y</pre></li></ul>", "- a\n```\nx\n```\n-\n```\ny\n```"),
        ("<code>foo</p><p>bar", "`foo`\n\nbar"),
        ('<table class="highlighttable"><tr><td class="linenos"><div class="linenodiv"><pre>1\n2</pre></div></td>'
         '<td class="code"><div class="highlight"><pre><span></span>x = 1\ny</pre></div></td></tr></table>',
         "```\nx = 1\ny\n```"),
        ("<pre>a &amp;lt; <b>b</b>&nbsp;c</pre>", "```\na &lt; b c\n```"),
        ("x:\n```html\n<div>&amp;</div>\n```\nthen <b>b</b>", "x:\n```html\n<div>&amp;</div>\n```\nthen b"),
        ("```\na &lt; b\n```", "```\na < b\n```"),
        ("use `<div>`, not <b>x</b>", "use `<div>`, not x"),
        ("```python<br>def f():<br>&nbsp;&nbsp;return 1<br>```", "```python\ndef f():\n  return 1\n```"),
    ],
)  # fmt: skip
def test_code_is_kept(html, text):
    assert plain_text(html) == text


@pytest.mark.parametrize(
    ("written", "said", "blank"),
    [
        ("{{c1::a}}, {{c2::b::hint}}", "a, b", "[…], [… (hint)]"),
        ("{{c1::a {{c2::b}} c}}!", "a b c!", "[…]!"),
        ("{{c1::open", "open", "open"),
        ("no }} cloze {{c0::x}}", "no }} cloze x", "no }} cloze […]"),
        ("{{c1,2::a::<b>h</b>}}", "a", "[… (h)]"),
    ],
)
def test_clozes(written, said, blank):
    assert holds_cloze(written)
    assert clozed(written, blank=False) == said
    assert clozed(written, blank=True) == blank


def test_what_holds_tags():
    assert holds_tags("a <b>c</b>")
    assert holds_tags("a &amp; b")
    assert not holds_tags("a < b && List<String>")


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r\0\xa0")).map(str.strip))
def test_code_in_pre_is_kept_character_by_character(code):
    escaped = code.replace("&", "&amp;").replace("<", "&lt;")
    read = plain_text(f"<p>before</p><pre><code>\n{escaped}</code></pre>")
    if not code:
        return
    lines = read.split("\n")
    assert lines[:2] == ["before", ""]
    fence = opening_fence(lines[2])
    assert fence
    assert closes_fence(lines[-1], fence)
    assert "\n".join(lines[3:-1]) == code
    assert not any(closes_fence(line, fence) for line in lines[3:-1])


@given(st.lists(st.sampled_from(
    ["<p>", "</p>", "<ul>", "</ul>", "<li>", "<pre>", "</pre>", "<code>", "</code>", "<br>", "<td>", "<tr>", "</table>",
     "<table>", "<sup>", "</sup>", "word", " ", "\n", "&lt;", "<", ">", "\"", "<a href='", "```\n", "`", "{{c1::", "}}",
     "<!--", "-->", "<script>", "</script>", "</", "<img alt='x'>", "<div class='linenos'>", "</div>", "[sound:", "]"]
)).map("".join))  # fmt: skip
def test_any_tags_in_any_order_are_read_and_no_word_is_lost(html):
    read = plain_text(html)
    if not re.search(r"<!--|<script>|linenos|\[sound:", html):
        assert read.count("word") == html.count("word")


def test_a_deep_nesting_does_not_fill_the_memory_with_blanks():
    assert len(plain_text("<ul><li>x" * 5_000)) < 5_000 * 22


@given(st.text())
def test_any_text_is_read(text):
    plain_text(text)
    assert clozed(text, blank=False) is not None


@pytest.mark.parametrize(
    "piece",
    ["<div>", "<ul><li>x", "<!--", "<a ", '<a ="<a " ', "<a ='", "<sup>a", "<code>", "<script>", "<pre>", "<",
     "<style></style", "{{c1::", "&", "&#", "`<", "```\n", "<td>", "<table><tr><td>x", "</p>", "[latex", "<b/", "<!"],
)  # fmt: skip
def test_a_hostile_text_takes_a_time_that_grows_with_its_length(piece):
    plain_text(piece * (200_000 // len(piece)) + "<p>")
    plain_text("`" + piece * (200_000 // len(piece)))
