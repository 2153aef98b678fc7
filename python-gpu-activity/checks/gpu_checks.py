"""What must hold of a GPU, each as one check. The bench has that device alone, but for the last one."""

import threading
import time

from autolift_device.devices.device import Device
from autolift_device.devices.occupancy import PATIENCE_SECONDS, Occupancy

from .bench import GPU_PROGRAM, Asked, Bench
from .outcome import Outcome, holds, skipped

_GIBIBYTE = 1 << 30
# more than any GPU has, and than a host that shares its memory with one
_TOO_MUCH = 1 << 44
_CONTEXT_SECONDS = 60.0


def sees_its_own_gpu(bench: Bench, device: Device) -> Outcome:
    check = "a run sees its own GPU and no other"
    if bench.host.sandbox.kind != "bwrap":
        return skipped(check, bench.host.sandbox.warning)
    # without the variable that selects it, what is left are the nodes in /dev
    command = f"env -u CUDA_VISIBLE_DEVICES python3 {GPU_PROGRAM} count"
    report = bench.run(Asked(command, device.device_class))
    is_own = device.id.startswith("MIG-") or report.device.id.removeprefix("GPU-") in report.tail
    seen = f"{report.detail}; {report.device.id}; {report.tail}"
    return holds(check, report.status == "ok" and report.value == 1 and is_own, seen)


def tells_memory_and_clocks(bench: Bench, device: Device) -> Outcome:
    check = "a report tells peak memory, clocks, driver"
    report = bench.run(Asked(f"python3 {GPU_PROGRAM} hold {_GIBIBYTE} 3", device.device_class))
    facts = report.device.facts
    if facts is None:
        return holds(check, False, report.detail)
    clocks = facts.clocks.model_dump(exclude_none=True) if facts.clocks else {}
    peak = facts.peakDeviceMemoryBytes or 0
    seen = (
        f"{report.status}; 1 GiB held, peak {peak / _GIBIBYTE:.2f} GiB; {clocks}; driver {facts.driver}, "
        f"CUDA {facts.cuda}, {facts.powerLimitWatts} W; {facts.throttle or 'not slowed'}"
    )
    return holds(check, peak >= _GIBIBYTE and facts.driver is not None, seen)


def calls_out_of_memory_by_name(bench: Bench, device: Device) -> Outcome:
    report = bench.run(Asked(f"python3 {GPU_PROGRAM} take {_TOO_MUCH}", device.device_class))
    return holds(
        "too much memory is out_of_memory",
        report.status == "out_of_memory",
        f"{report.status}: {report.detail}",
    )


def calls_nan_by_name(bench: Bench, device: Device) -> Outcome:
    report = bench.run(Asked("echo METRIC:value=nan", device.device_class))
    return holds("nan is not_finite", report.status == "not_finite", f"{report.status}: {report.detail}")


def frees_when_cancelled(bench: Bench, device: Device) -> Outcome:
    check = f"cancelling frees memory within {PATIENCE_SECONDS:g} s"
    watched, stop = Occupancy(device), threading.Event()
    command = f"python3 {GPU_PROGRAM} hold {_GIBIBYTE} 600"
    thread = bench.start(Asked(command, device.device_class, seconds=700), stop)
    began = time.monotonic()
    held = False
    while not held and thread.is_alive() and time.monotonic() - began < _CONTEXT_SECONDS:
        time.sleep(0.05)
        held = watched.left().memory_bytes >= _GIBIBYTE // 2
    stop.set()
    cancelled = time.monotonic()
    left = watched.settle(10)
    seconds = time.monotonic() - cancelled
    thread.join(60)
    if not held:
        return holds(check, False, "the run never held memory")
    return holds(check, not left and seconds <= PATIENCE_SECONDS, f"free after {seconds:.2f} s, left: {left}")


def joins_several(bench: Bench, device: Device) -> Outcome:
    check = "a run can hold several GPUs at once"
    pool = bench.host.pool_of(device.device_class)
    if len(pool.devices) < 2 or not device.joins:
        return skipped(check, f"one {device.device_class} here, or a slice")
    wanted = len(pool.devices)
    report = bench.run(Asked(f"python3 {GPU_PROGRAM} count", device.device_class, devices=wanted))
    return holds(check, report.value == wanted, f"asked for {wanted}: {report.detail}")


OF_ONE = (
    sees_its_own_gpu,
    tells_memory_and_clocks,
    calls_out_of_memory_by_name,
    calls_nan_by_name,
    frees_when_cancelled,
)
