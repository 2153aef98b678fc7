"""What a check came to, and the table of all."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Outcome:
    check: str
    result: Literal["ok", "failed", "not checked"]
    seen: str


def holds(check: str, true: bool, seen: str) -> Outcome:
    return Outcome(check, "ok" if true else "failed", seen)


def skipped(check: str, why: str) -> Outcome:
    return Outcome(check, "not checked", why)


def table(outcomes: list[Outcome]) -> str:
    rows = [("check", "result", "seen"), ("---", "---", "---")]
    rows += [(one.check, one.result, one.seen) for one in outcomes]
    return "\n".join(f"| {' | '.join(_cell(text) for text in row)} |" for row in rows)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")[:300]
