"""How soon a run that is ended has freed its device: `python -m checks.freeing [--runs 20]`, on a CPU.

From the moment that a run should stop (or says that its loss is no number) to the one when its device can
be leased again and none of its processes lives. A cancel reaches a worker with the answer to a heartbeat,
a second later at most.
"""

import argparse
import statistics
import threading
import time

from autolift_device.devices.cpu import discover
from autolift_device.devices.pool import DevicePool
from autolift_device.watch import Watch

from .bench import Asked, Bench, opened

_TREE = "for i in $(seq 20); do setsid sleep 600 & done; "
_READY = 1.0


def main() -> int:
    parser = argparse.ArgumentParser(prog="checks.freeing", description=__doc__)
    parser.add_argument("--runs", type=int, default=20)
    runs = parser.parse_args().runs
    with opened(discover("cpu", 1)) as bench:
        print(f"sandbox {bench.host.sandbox.kind}, runs of 21 processes in sessions of their own")
        for name, one in (("cancelled", _cancelled), ("loss=nan", _not_a_number)):
            seconds = sorted(one(bench) for _ in range(runs))
            median, most = statistics.median(seconds), seconds[-1]
            print(f"{name:<10} free after {median:.3f} s (median), {most:.3f} s at most")
    return 0


def _cancelled(bench: Bench) -> float:
    stop = threading.Event()
    thread = bench.start(Asked(f"{_TREE} sleep 600", "cpu", seconds=700), stop)
    time.sleep(_READY)
    began = time.monotonic()
    stop.set()
    thread.join()
    return _until_leased(bench.host.pool_of("cpu"), began)


def _not_a_number(bench: Bench) -> float:
    report = bench.run(
        Asked(f"{_TREE} sleep {_READY:g}; echo PROGRESS loss=nan; sleep 600", "cpu", seconds=700)
    )
    assert report.status == "not_finite"
    return max(0.0, report.seconds.run - _READY)


def _until_leased(pool: DevicePool, began: float) -> float:
    with pool.lease(Watch("next", lambda: False)):
        return time.monotonic() - began


if __name__ == "__main__":
    raise SystemExit(main())
