"""`python -m checks.starts MODULE ...`: how long after its go a run has imported them, cold against warm."""

import argparse
import statistics
import sys
from datetime import datetime

from autolift_device.contract import RunReport
from autolift_device.devices.cpu import discover

from .bench import STAGES_PROGRAM, Asked, Bench, opened

STAGES = ("first", "imported", "context", "computed")
_MEANT = {
    "first": "first line of the script",
    "imported": "imports done",
    "context": "first array on the device",
    "computed": "first matrix product",
}


def main(arguments: list[str] | None = None) -> int:
    given = _parser().parse_args(arguments)
    with opened(discover("cpu", 1)) as bench:
        starts = Starts(bench, "cpu", given.python)
        rows = starts.table(given.modules, given.runs)
        print(f"{bench.host.sandbox.kind} sandbox, {given.runs} runs of each, in turns")
    print("\n".join(rows))
    return 0 if starts.all_as_asked else 1


class Starts:
    def __init__(self, bench: Bench, device_class: str, python: str = "python3") -> None:
        self.bench, self.device_class, self.python = bench, device_class, python
        self.all_as_asked = True

    def table(self, modules: list[str], runs: int) -> list[str]:
        """Cold and warm in turns, so that other load meets both alike; the first pair is left out."""
        cold: list[dict[str, float]] = []
        warm: list[dict[str, float]] = []
        for turn in range(runs + 1):
            for warmed, kept in ((False, cold), (True, warm)):
                found = self.once(modules, warmed)
                if turn > 0:
                    kept.append(found)
        rows = [f"| {' '.join(modules)}, after the go | cold | warm |", "| --- | --- | --- |"]
        for stage in STAGES:
            cells = (_spread([one[stage] for one in some]) for some in (cold, warm))
            rows.append(f"| {_MEANT[stage]} | {' | '.join(cells)} |")
        ahead = _spread([one["ahead"] for one in warm])
        return [*rows, f"| imports before the go | - | {ahead} |"]

    def once(self, modules: list[str], warm: bool) -> dict[str, float]:
        command = f"{self.python} {STAGES_PROGRAM} {' '.join(modules)}"
        asked = Asked(command, self.device_class, warm=tuple(modules) if warm else ())
        report = self.bench.run(asked)
        start = report.device.facts.start if report.device.facts else None
        if report.status != "ok" or (warm and not (start and start.warm)):
            self.all_as_asked = False
            raise RuntimeError(f"{report.status}: {report.detail} {start.why if start else ''} {report.tail}")
        return _since_go(report) | {"ahead": (start.importSeconds or 0.0) if start else 0.0}


def _since_go(report: RunReport) -> dict[str, float]:
    go = datetime.fromisoformat(report.startedAt).timestamp()
    return {stage: max(0.0, report.metrics[stage] - go) for stage in STAGES}


def _spread(seconds: list[float]) -> str:
    return f"{statistics.median(seconds):.3f} s ({min(seconds):.3f} to {max(seconds):.3f})"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="checks.starts", description="cold against warm starts")
    parser.add_argument("modules", nargs="+")
    parser.add_argument("--python", default="python3", help="the one that has the modules")
    parser.add_argument("--runs", type=int, default=12)
    return parser


if __name__ == "__main__":
    sys.exit(main())
