"""What counts as a good end of one self-test."""

import importlib


def test_a_self_test_that_says_more_or_less_than_ok_is_bad() -> None:
    complaint = importlib.import_module("self_tests").complaint
    assert complaint(0, "ok 1\n", "") is None
    assert complaint(0, "ok\nok\n", "")
    assert complaint(0, "", "")
    assert complaint(0, "not ok\n", "")
    assert complaint(0, "ok\n", "warning")
    assert "signal 11" in complaint(-11, "ok\n", "")
