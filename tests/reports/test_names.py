"""File names that every system takes."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interview_coach.reports.names import MOST_BYTES, safe_file_name


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("My answers", "My answers.md"),
        ("Acme: A/B \\ testing?", "Acme A B testing.md"),
        ("../../etc/passwd", "etc passwd.md"),
        ("..", "report.md"),
        ("", "report.md"),
        (" \u200b\t", "report.md"),
        (".hidden", "hidden.md"),
        ("-rf ~", "rf ~.md"),
        ("trailing. . .", "trailing.md"),
        ("con", "_con.md"),
        ("NUL", "_NUL.md"),
        ("Com1", "_Com1.md"),
        ("lpt³", "_lpt³.md"),
        ("aux.txt", "_aux.txt.md"),
        ("prn .x", "_prn .x.md"),
        ("CONIN$", "_CONIN$.md"),
        ("console", "console.md"),
        ("com10", "com10.md"),
        ("invoice\u202etxt.exe", "invoicetxt.exe.md"),
        ("a\x00b\nc\x7fd", "a b c d.md"),
        ("Gro\u0308ße", "Größe.md"),
        ("面接の練習", "面接の練習.md"),
        ("half \ud83d", "half.md"),
        ('<>:"|*', "report.md"),
    ],
)
def test_names(title, name):
    assert safe_file_name(title, ".md") == name


@pytest.mark.parametrize("sign", ["x", "é", "界", "😀"])
@pytest.mark.parametrize("before", ["", "a", "ab", "abc"])
def test_the_ending_stays_whole(sign, before):
    name = safe_file_name(before + sign * 300, ".html")
    assert name.endswith(sign + ".html")
    assert MOST_BYTES - 8 < len(name.encode()) <= MOST_BYTES


def test_a_device_with_a_long_name_fits_too():
    assert len(safe_file_name("con." + "x" * 300, ".md")) == MOST_BYTES


def test_no_letter_loses_its_accents():
    assert safe_file_name("x" * 249 + "q\u0323\u0307", ".md") == "x" * 249 + ".md"


@settings(deadline=None)
@given(
    st.text(max_size=400) | st.text(alphabet="./\\ -~conaux1\u202e\u0301\ud800😀", max_size=300),
    st.sampled_from([".md", ".html", ".csv", ".txt", ".json"]),
)
def test_any_title(title, ending):
    name = safe_file_name(title, ending)
    stem = name.removesuffix(ending)
    assert name.endswith(ending)
    assert stem
    assert len(name.encode()) <= MOST_BYTES
    assert stem == stem.strip(" ")
    assert not stem.endswith(".")
    assert not stem.startswith((".", "-"))
    assert not set(name) & set('<>:"/\\|?*')
    assert not [sign for sign in name if unicodedata.category(sign)[0] == "C" or (sign != " " and sign.isspace())]
    assert stem.split(".")[0].rstrip().lower() not in {"con", "prn", "aux", "nul", *(f"com{n}" for n in range(10))}
    assert safe_file_name(stem, ending) in (name, f"_{name}")
