"""Makes a program's output fit to be shown: no control sequences, valid text, little of it."""

import re

_ESCAPES = re.compile(
    r"\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\-_]|[ -/]+[0-~])"
    r"|\x9b[0-?]*[ -/]*[@-~]"
)
_CONTROLS = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)

TAIL_BYTES = 2048


def clean(raw: bytes) -> str:
    """Text without escapes and controls; a carriage return starts a line anew, as on a terminal."""
    text = _ESCAPES.sub("", raw.decode("utf-8", errors="replace"))
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def tail(raw: bytes) -> str:
    """The last 2 kB, from the beginning of a line if that loses little."""
    text = clean(raw[-4 * TAIL_BYTES :]).rstrip().encode()
    if len(text) <= TAIL_BYTES:
        return text.decode()
    cut = text[-TAIL_BYTES:]
    newline = cut.find(b"\n")
    if 0 <= newline < TAIL_BYTES // 4:
        cut = cut[newline + 1 :]
    return cut.decode(errors="ignore")


def last_line(raw: bytes) -> str:
    """The last line that says something."""
    lines = [line.strip() for line in clean(raw[-4 * TAIL_BYTES :]).splitlines() if line.strip()]
    return lines[-1] if lines else ""


def shorten(text: str, units: int) -> str:
    """At most so many UTF-16 units, which is how the other side counts."""
    raw = text.encode("utf-16-le", errors="replace")
    if len(raw) <= 2 * units:
        return text
    return raw[: 2 * (units - 1)].decode("utf-16-le", errors="ignore") + "…"
