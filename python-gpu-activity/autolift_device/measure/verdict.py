"""What a command's end means, in the closed words of the contract."""

import re
from dataclasses import dataclass, field

from ..contract import RunStatus
from ..sandbox.execute import MOST_PROCESSES, Ended
from .text import clean, last_line

_MEMORY_WORDS = re.compile(
    rb"MemoryError|(?:CUDA|HIP) (?:error: )?out of memory|OutOfMemoryError|CUDA_ERROR_OUT_OF_MEMORY"
    rb"|std::bad_alloc|cudaErrorMemoryAllocation|CUBLAS_STATUS_ALLOC_FAILED|RESOURCE_EXHAUSTED: Out of memory"
    rb"|Cannot allocate memory|\[METAL\].*Insufficient Memory|\[(?:metal::)?malloc(?:_or_wait)?\] "
    rb"(?:Unable|Attempting) to allocate"
)
KILLED = 128 + 9
_NEARLY = 0.9
_TOO_MUCH = {"disk": "it filled the disk", "processes": f"more than {MOST_PROCESSES} processes"}
_END = 64 << 10
_LONGEST_LINE = 300


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
    if ended.why in _TOO_MUCH:
        return Verdict("crash", f"killed: {_TOO_MUCH[ended.why]}")
    if ended.exit_code == 0:
        return None
    said = last_line(end)
    if found := _MEMORY_WORDS.search(end[-_END:]):
        return Verdict("out_of_memory", _line_at(end[-_END:], found.start()) or said)
    if ended.exit_code == KILLED:
        return _killed(ended, memory)
    if said.startswith("diverged: "):
        return Verdict("diverged", said)
    return Verdict(
        "crash", f"exit code {ended.exit_code}: {said}" if said else f"exit code {ended.exit_code}"
    )


def _line_at(text: bytes, at: int) -> str:
    """What ran out of memory may be long done when its launcher has said its last word."""
    begin = text.rfind(b"\n", 0, at) + 1
    line = text[begin:].split(b"\n", 1)[0]
    return clean(line).strip()[:_LONGEST_LINE]


def _killed(ended: Ended, memory: int | None) -> Verdict:
    """By someone else than the worker: the kernel, if there is a sign that memory ran out."""
    if ended.memory_ran_out or (memory is not None and ended.peak_memory >= _NEARLY * memory):
        used = f"{ended.peak_memory / 2**20:.0f} MiB"
        return Verdict("out_of_memory", f"killed by the system as memory ran out: it used {used}")
    return Verdict("crash", "killed by signal 9")


def refusal_of(ended: Ended, end: bytes, limits: tuple[str, float]) -> Verdict | None:
    """The same for an evaluator: it refuses by its exit code."""
    command, seconds = limits
    if ended.why == "timeout":
        return Verdict("timeout", f"evaluator: killed after its {seconds:g} s")
    if ended.why != "exit":
        return Verdict("crash", f"evaluator: killed: {_TOO_MUCH.get(ended.why, 'it filled /dev/shm')}")
    if ended.exit_code in (126, 127):
        return Verdict("no_metric", f"evaluator: cannot run `{command}`: {last_line(end)}")
    if ended.exit_code != 0:
        return Verdict("crash", f"evaluator: {last_line(end) or f'exit code {ended.exit_code}'}")
    return None
