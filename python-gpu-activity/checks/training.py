"""Training on a GPU: speed, memory, cold against warm, and how busy the device is kept.

What trains is examples/gpt, if it is there: a train.py in PyTorch that prints karpathy/autoresearch's block.
"""

import importlib.util
import time
from pathlib import Path

from autolift_device.contract import RunReport
from autolift_device.devices.device import Device

from .bench import GPU_PROGRAM, Asked, Bench
from .outcome import Outcome, holds, skipped
from .starts import Starts

EXAMPLE = Path(__file__).parents[2] / "examples" / "gpt"
_TRAIN_SECONDS = 240.0
_BUSY = 0.9
_STAGED = 10


def trains(bench: Bench, device: Device) -> list[Outcome]:
    check = "the PyTorch port trains"
    missing = _missing()
    if missing:
        return [skipped(check, missing)]
    bench.add(EXAMPLE)
    # the first also fills the caches of the disk and of what is compiled
    for_caches, cold, warm = (
        bench.run(Asked("python3 train.py", device.device_class, seconds=_TRAIN_SECONDS, warm=imports))
        for imports in ((), (), ("torch",))
    )
    seen = ", ".join(f"{name} {warm.metrics.get(name, float('nan')):g}" for name in _TOLD)
    return [
        holds(check, warm.exitCode == 0 and "tokens_per_second" in warm.metrics, f"{seen}; {warm.detail}"),
        holds(
            "cold against warm start",
            cold.exitCode == 0 and _is_warm(warm),
            f"{_before(cold):.1f} s cold, {_before(warm):.1f} s warm outside of training; "
            f"{_before(for_caches):.1f} s cold with empty caches; {_start(warm)}",
        ),
        stages(bench, device),
    ]


def stages(bench: Bench, device: Device) -> Outcome:
    """Where the time before a first step goes, on this device."""
    starts = Starts(bench, device.device_class)
    rows = starts.table(["torch"], _STAGED)[2:]
    return holds(
        "stages of a start (torch): cold, warm",
        starts.all_as_asked,
        "; ".join(row.strip("| ") for row in rows),
    )


def stays_busy(bench: Bench, device: Device, minutes: float) -> Outcome:
    """Runs one after another, as one loop's; without a server, so that only the worker's own pauses count."""
    check = f"{minutes:g} minutes of short runs keep the GPU busy"
    if minutes <= 0:
        return skipped(check, "ask for them with --minutes 10")
    began, busy, runs, failed = time.monotonic(), 0.0, 0, 0
    while time.monotonic() - began < minutes * 60:
        report = bench.run(Asked(f"python3 {GPU_PROGRAM} hold {1 << 28} 5", device.device_class))
        busy += report.seconds.run
        runs += 1
        failed += report.status != "ok"
    share = busy / (time.monotonic() - began)
    return holds(
        check, share >= _BUSY and not failed, f"{runs} runs, {failed} failed, a run on it {share:.1%}"
    )


_TOLD = ("mfu_percent", "tokens_per_second", "peak_vram_mb", "num_steps")


def _missing() -> str:
    if not (EXAMPLE / "train.py").exists():
        return "examples/gpt is not here"
    return "" if importlib.util.find_spec("torch") else "PyTorch is not installed in this Python"


def _is_warm(report: RunReport) -> bool:
    facts = report.device.facts
    return bool(facts and facts.start and facts.start.warm)


def _start(report: RunReport) -> str:
    facts = report.device.facts
    return str(facts.start.model_dump()) if facts and facts.start else "nothing known of its start"


def _before(report: RunReport) -> float:
    """Imports, CUDA's context, data and compilation: what the run took beside training."""
    return report.seconds.run - report.metrics.get("training_seconds", 0.0)
