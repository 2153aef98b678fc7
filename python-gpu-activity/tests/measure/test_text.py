from hypothesis import given
from hypothesis import strategies as st

from autolift_device.measure.text import TAIL_BYTES, clean, last_line, shorten, tail


@given(st.binary(max_size=5000))
def test_a_tail_is_short_valid_text_without_controls(output: bytes) -> None:
    text = tail(output)
    assert len(text.encode()) <= TAIL_BYTES
    assert all(char in "\n\t" or ord(char) >= 32 for char in text)


def test_escape_sequences_go_whole() -> None:
    assert clean(
        b"\x1b[1;31mred\x1b[0m \x1b]0;title\x07\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\ \x1b(Bplain"
    ) == ("red link plain")


def test_text_that_reorders_itself_is_put_straight() -> None:
    assert clean("a\u202eb\u2066c".encode()) == "abc"


def test_the_last_line_is_the_last_that_says_something() -> None:
    assert last_line(b"Traceback\nValueError: bad\n\n  \n") == "ValueError: bad"


def test_shortening_counts_as_javascript_does() -> None:
    short = shorten("\N{GRINNING FACE}" * 400, 480)
    assert len(short.encode("utf-16-le")) // 2 <= 480
    assert short.endswith("…")
