"""Reads `PROGRESS step=120 loss=2.31 tokens_per_second=51234 checkpoint=c/120.pt` out of an output."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

_WORD = b"PROGRESS"
_LINE = re.compile(rb"(?:^|(?<=[\r\n]))[ \t]*PROGRESS[ \t]+([^\r\n]{1,1000})(?=[\r\n])")
_PAIR = re.compile(r"(?:^|(?<=\s))([a-z_]+)=(\S+)")
_LONGEST_REST = 1100
# of one read of the pipe: a run that prints nothing else must not keep its supervisor busy
_MOST_LINES = 200
# any loss that is not certainly finite: it is looked at again, by the slow reading
_ODD_LOSS = re.compile(
    rb"loss=(?!-?[0-9]{1,99}(?:\.[0-9]{0,99})?(?:e-[0-9]{1,9}|e\+?[0-9]{1,2})?(?:[ \t]|$))"
)
_LARGEST = 2**53 - 1


@dataclass(frozen=True, slots=True)
class Told:
    """What one line says; None where it says nothing, or nothing that can be understood."""

    step: int | None = None
    loss: float | None = None
    tokens_per_second: float | None = None
    checkpoint: str | None = None


class ProgressLines:
    """Takes an output piece by piece; lines may be cut anywhere.

    Of very many lines at once the last are told whole. Of those before them only a loss is told that is not
    finite, or with `every_loss` each of them.
    """

    def __init__(self, every_loss: bool = False) -> None:
        self._rest = b""
        self._every_loss = every_loss

    def read(self, data: bytes) -> list[Told]:
        whole = self._rest + data
        cut = max(whole.rfind(b"\n"), whole.rfind(b"\r")) + 1
        self._rest = _worth_keeping(whole[cut:])
        if whole.find(_WORD, 0, cut) < 0:
            return []
        lines = [match[1] for match in _LINE.finditer(whole, 0, cut)]
        early = max(0, len(lines) - _MOST_LINES)
        return [*self._losses(lines[:early]), *map(told_by, lines[early:])]

    def _losses(self, lines: list[bytes]) -> Iterator[Told]:
        for line in lines:
            if self._every_loss or _ODD_LOSS.search(line):
                told = told_by(line)
                if told.loss is not None and (self._every_loss or not math.isfinite(told.loss)):
                    yield Told(told.step, told.loss)


def _worth_keeping(rest: bytes) -> bytes:
    """The beginning of a line that may become one of these; of any other, that a line has begun."""
    start = rest.lstrip(b" \t")
    may_be = start.startswith(_WORD) or _WORD.startswith(start)
    return rest if len(rest) <= _LONGEST_REST and may_be else b"x"


def told_by(line: bytes) -> Told:
    said = dict(_PAIR.findall(line.decode(errors="replace")))
    return Told(
        step=_step(said.get("step", "")),
        loss=_number(said.get("loss", "")),
        tokens_per_second=_speed(said.get("tokens_per_second", "")),
        checkpoint=said.get("checkpoint"),
    )


def _step(text: str) -> int | None:
    return (
        int(text) if text.isascii() and text.isdigit() and len(text) < 17 and int(text) <= _LARGEST else None
    )


def _number(text: str) -> float | None:
    """Not a number is one, too: a run that says so is over."""
    try:
        return float(text)
    except ValueError:
        return None


def _speed(text: str) -> float | None:
    number = _number(text)
    return number if number is not None and math.isfinite(number) and number >= 0 else None
