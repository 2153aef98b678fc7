"""What a command's end means, in the closed words of the contract."""

import re
from dataclasses import dataclass, field

from ..contract import RunStatus
from ..sandbox.execute import Ended
from .text import last_line

_MEMORY_WORDS = re.compile(
    rb"MemoryError|CUDA out of memory|OutOfMemoryError|CUDA_ERROR_OUT_OF_MEMORY|std::bad_alloc"
    rb"|Cannot allocate memory|\[METAL\].*Insufficient Memory"
)
_KILLED = 128 + 9
_END = 64 << 10


@dataclass(slots=True)
class Verdict:
    """Status, value and one sentence on them; metrics beside."""

    status: RunStatus
    detail: str
    value: float | None = None
    metrics: dict[str, float] = field(default_factory=dict)


def failure_of(ended: Ended, end: bytes, limits: tuple[float, int | None]) -> Verdict | None:
    """None when the command ended well."""
    seconds, memory = limits
    if ended.why == "timeout":
        return Verdict("timeout", f"killed after its {seconds:g} s")
    if ended.why == "memory":
        if memory is None:
            return Verdict("out_of_memory", "killed: it filled /dev/shm")
        used = f"{ended.peak_memory / 2**20:.0f} MiB of {memory / 2**20:.0f} MiB"
        return Verdict("out_of_memory", f"killed: it used {used}")
    if ended.why == "disk":
        return Verdict("crash", "killed: it filled the disk")
    if ended.exit_code == 0:
        return None
    said = last_line(end)
    if ended.exit_code == _KILLED:
        return Verdict("out_of_memory", "killed by the system, as it does when memory runs out")
    if _MEMORY_WORDS.search(end[-_END:]):
        return Verdict("out_of_memory", said or f"exit code {ended.exit_code}")
    return Verdict(
        "crash", f"exit code {ended.exit_code}: {said}" if said else f"exit code {ended.exit_code}"
    )


def refusal_of(ended: Ended, end: bytes, limits: tuple[str, float]) -> Verdict | None:
    """The same for an evaluator: it refuses by its exit code."""
    command, seconds = limits
    if ended.why == "timeout":
        return Verdict("timeout", f"evaluator: killed after its {seconds:g} s")
    if ended.why in ("disk", "memory"):
        filled = "the disk" if ended.why == "disk" else "/dev/shm"
        return Verdict("crash", f"evaluator: killed: it filled {filled}")
    if ended.exit_code in (126, 127):
        return Verdict("no_metric", f"evaluator: cannot run `{command}`: {last_line(end)}")
    if ended.exit_code != 0:
        return Verdict("crash", f"evaluator: {last_line(end) or f'exit code {ended.exit_code}'}")
    return None
