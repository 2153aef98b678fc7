"""Finds metrics in an output: `METRIC:name=value`, `METRIC name=value` or `name: value`, one a line."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from math import isfinite
from typing import Literal

from .text import clean

MOST_NAMES = 64
_LONGEST_NAME = 100
_NUMBER = rb"[+-]?(?:\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?|(?i:nan|inf|infinity))"
_EDGE = rb"(?:^|(?<=[\r\n]))[ \t]*"
_CLAIMED = rb"METRIC(?::[ \t]*|[ \t]+)(?P<claim>%s)[ \t]*=[ \t]*(?P<claimed>" + _NUMBER + rb")(?![^\s,;])"
_PLAIN = rb"(?P<name>%s)[ \t]*:[ \t]+(?P<value>" + _NUMBER + rb")[ \t]*(?=[\r\n]|\Z)"
_LINE = _EDGE + rb"(?:" + _CLAIMED + rb"|" + _PLAIN + rb")"
# The same for one name: nothing but the value is caught, and blanks are never tried twice.
_CLAIM = _EDGE + rb"METRIC(?::[ \t]*+|[ \t]++)%s[ \t]*+=[ \t]*+(" + _NUMBER + rb")(?![^\s,;])"
_PLAIN_CLAIM = _EDGE + rb"%s[ \t]*+:[ \t]++(" + _NUMBER + rb")[ \t]*+(?=[\r\n]|\Z)"
# One word in the plain form: of log lines such as `Epoch 3 loss: 2.1` each would be a metric of its own.
_WORD = rb"[A-Za-z_][\w.\-/%@]{0,99}"
_LIKE_A_METRIC = re.compile(_LINE % (rb"[^\s=]+", rb"[^\s:=][^:=\r\n]*?"))
_ESCAPE = re.compile(rb"\x1b\[[0-9;?]*[ -/]*[@-~]")


@dataclass(frozen=True, slots=True)
class Reading:
    """The metric that was asked for, or why there is none; and every other one that was seen."""

    value: float | None
    problem: Literal["", "no_metric", "not_finite"]
    detail: str
    others: dict[str, float] = field(default_factory=dict)


def read_output(end: bytes, name: str, whole: Callable[[], bytes] | None = None) -> Reading:
    """The last occurrence counts. `whole` gives a long output, asked for only if its end lacks the metric."""
    line = _line_of(name)
    found = _last_values(line, end, cut=whole is not None)
    if name not in found and whole is not None:
        found = _last_values(line, whole(), cut=False) | found
    return reading_of(found, name)


def reading_of(found: dict[str, float], name: str) -> Reading:
    value = found.get(name)
    others = {other: number for other, number in found.items() if other != name and isfinite(number)}
    kept = dict(list(others.items())[-MOST_NAMES:])
    if value is None:
        return Reading(None, "no_metric", f"no line METRIC:{name}=… or {name}: … in the output", kept)
    if not isfinite(value):
        return Reading(None, "not_finite", f"{name} is {value}", kept)
    return Reading(value, "", "", kept)


def claims(output: bytes, name: str) -> list[float]:
    """Every different value that METRIC lines give the metric, in the order in which they were last given."""
    found = _values(_CLAIM, output, name)
    return [float(value) for value in reversed(dict.fromkeys(reversed(found)))]


def plain_claim(output: bytes, name: str) -> float | None:
    """The last value that the output gives the metric without the word METRIC."""
    found = _values(_PLAIN_CLAIM, output, name)
    return float(found[-1]) if found else None


def metric_like_lines(recent: bytes, most: int = 5) -> list[str]:
    """The last lines that look like a metric, to show how a run is getting on."""
    lines = [match.group().strip() for match in _LIKE_A_METRIC.finditer(_without_escapes(recent))]
    return [clean(line)[:200] for line in lines[-most:]]


def _values(form: bytes, output: bytes, name: str) -> list[bytes]:
    """Of the metric's lines in this form: quickly, as an output may be made of them."""
    text, asked = _without_escapes(output), name.encode()
    return re.findall(form % re.escape(asked), text) if asked in text else []


@lru_cache(maxsize=64)
def _line_of(name: str) -> re.Pattern[bytes]:
    """Lines that give a metric; the one that is asked for may be more than a word."""
    asked = re.escape(name.encode())
    return re.compile(_LINE % (rb"[^\s=]+|" + asked, _WORD + rb"|" + asked))


def _without_escapes(output: bytes) -> bytes:
    return _ESCAPE.sub(b"", output) if b"\x1b" in output else output


def _last_values(line: re.Pattern[bytes], output: bytes, cut: bool) -> dict[str, float]:
    """Values by name, the ones seen last at the end. The first line of a cut output may be half a line."""
    output = _without_escapes(output)
    start = output.find(b"\n") + 1 if cut else 0
    found: dict[str, float] = {}
    for match in line.finditer(output, start):
        raw = match["claim"] or match["name"]
        if len(raw) > _LONGEST_NAME:
            continue
        name = clean(raw)
        found.pop(name, None)
        found[name] = float(match["claimed"] or match["value"])
    found.pop("__proto__", None)
    return found
