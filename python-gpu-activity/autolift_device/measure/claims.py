"""What a run's output says about the metric that the evaluator does not, from its first byte to its last."""

from collections.abc import Iterator
from pathlib import Path

from .metric import claims, plain_claim

_PIECE = 1 << 20
_LONGEST_START = 1 << 16
_TOLERANCE = 1e-3
_MOST_TOLD = 3


def false_claims(output: Path, name: str, measured: float) -> tuple[list[str], str]:
    """The last METRIC lines that differ, rounding for print aside; and the last line `name: value`, or ""."""
    lies: dict[str, None] = {}
    plain: float | None = None
    for piece in _pieces(output):
        for value in claims(piece, name):
            if not _close(value, measured):
                told = _told(name, value, measured)
                lies.pop(told, None)
                lies[told] = None
        lies = dict.fromkeys(list(lies)[-_MOST_TOLD:])
        last = plain_claim(piece, name)
        plain = plain if last is None else last
    return list(lies), "" if plain is None or _close(plain, measured) else _told(name, plain, measured)


def _told(name: str, claimed: float, measured: float) -> str:
    return f"claimed {name}={claimed:g}, measured {measured:.6g}"


def _close(claimed: float, measured: float) -> bool:
    return abs(claimed - measured) <= _TOLERANCE * max(abs(measured), 1e-12)


def _pieces(output: Path) -> Iterator[bytes]:
    """Whole lines; of one that is longer than a piece only the beginning, blanks before it aside."""
    held = b""
    with output.open("rb") as file:
        while part := file.read(_PIECE):
            edge = max(part.rfind(b"\n"), part.rfind(b"\r")) + 1
            if edge:
                yield held + part[:edge]
                held = part[edge:]
            else:
                held = (held + part).lstrip(b" \t")[:_LONGEST_START]
    yield held
