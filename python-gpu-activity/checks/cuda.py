"""`python -m checks.cuda`: what holds on this host's NVIDIA GPU, as a table for docs/hardware.md.

Exit code 0 when all that was checked holds, and when there is no GPU and so nothing to check (with --require
that is a failure, too); else 1.
"""

import argparse
import sys
import time
from collections.abc import Callable

from autolift_device.devices.device import Device
from autolift_device.devices.discovery import look
from autolift_device.host_name import host_name

from .bench import Bench, opened
from .gpu_checks import OF_ONE, joins_several
from .outcome import Outcome, holds, table
from .training import stays_busy, trains


def main(arguments: list[str] | None = None) -> int:
    given = _parser().parse_args(arguments)
    found = look()
    for warning in found.warnings:
        print(f"warning: {warning}")
    gpus = [gpu for gpu in found.gpus if gpu.nodes]
    if not gpus:
        print("no NVIDIA GPU was found here: nothing was checked")
        return 1 if given.require else 0
    # of several, the first: a bench with more would lend any of them
    with opened(gpus[:1]) as bench:
        outcomes = check(bench, gpus[0], given.minutes)
        sandbox = bench.host.sandbox.kind
    with opened([gpu for gpu in gpus if gpu.device_class == gpus[0].device_class]) as bench:
        outcomes += _tried(lambda: [joins_several(bench, gpus[0])], "several at once")
    facts = gpus[0].facts
    print(
        f"\n{time.strftime('%Y-%m-%d')}, {host_name()}: {len(gpus)} devices, first {gpus[0].name}, ", end=""
    )
    if facts:
        print(f"driver {facts.driver}, CUDA {facts.cuda}, ", end="")
    print(f"sandbox {sandbox}, Python {sys.version.split()[0]}\n\n{table(outcomes)}")
    return 1 if any(one.result == "failed" for one in outcomes) else 0


def check(bench: Bench, device: Device, minutes: float) -> list[Outcome]:
    """One that breaks must not hide the others."""
    outcomes = [named(device)]
    for one in OF_ONE:
        outcomes += _tried(lambda one=one: [one(bench, device)], one.__name__)
    outcomes += _tried(lambda: trains(bench, device), "training")
    outcomes += _tried(lambda: [stays_busy(bench, device, minutes)], "busy")
    return outcomes


def named(device: Device) -> Outcome:
    return holds(
        "the device is found and named", device.device_class != "", f"{device.device_class}: {device.name}"
    )


def _tried(run: Callable[[], list[Outcome]], name: str) -> list[Outcome]:
    print(f"checking: {name.replace('_', ' ')} ...", flush=True)
    try:
        return run()
    except Exception as error:
        return [Outcome(name.replace("_", " "), "failed", f"{type(error).__name__}: {error}")]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="checks.cuda", description="checks on a real NVIDIA GPU")
    parser.add_argument("--require", action="store_true", help="no GPU is a failure")
    parser.add_argument("--minutes", type=float, default=0.0, help="of short runs one after another")
    return parser


if __name__ == "__main__":
    sys.exit(main())
