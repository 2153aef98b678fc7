"""Runs that hold several devices at once, and GPUs that more than one worker was given."""

import threading
from pathlib import Path

import pytest

from autolift_device.contract import LoopShare
from autolift_device.devices.cpu import discover
from autolift_device.devices.device import Device, together
from autolift_device.devices.nvidia.discover import discover as discover_gpus
from autolift_device.devices.nvidia.nvml import Nvml
from autolift_device.devices.pool import DevicePool, Wish
from autolift_device.failures import RefusedRequest
from autolift_device.watch import Watch
from conftest import eventually
from fake_nvml import cut_h100, eight_h100


def watch() -> Watch:
    return Watch("k", lambda: False)


def holding(pool: DevicePool, wish: Wish, over: threading.Event, got: list[str]) -> threading.Thread:
    """A run that holds what it wished for until it is over; returns when it holds it, or waits for it."""

    def hold() -> None:
        with pool.lease(watch(), wish) as lease:
            got.append(lease.device.id)
            over.wait(30)

    thread = threading.Thread(target=hold)
    before = len(got)
    thread.start()
    eventually(lambda: len(got) > before or any(one.wish is wish for one in pool._queue))
    return thread


def test_several_devices_are_leased_as_one() -> None:
    gpus = discover_gpus(Nvml(eight_h100()))[0]
    both = together(gpus[:2])
    assert both.id == f"{gpus[0].id},{gpus[1].id}"
    assert dict(both.environment) == {"CUDA_DEVICE_ORDER": "PCI_BUS_ID", "CUDA_VISIBLE_DEVICES": both.id}
    assert both.nodes[0] == "/dev/nvidia0"
    assert "/dev/nvidia1" in both.nodes
    assert len(both.nodes) == 5
    assert both.name == "2 x NVIDIA H100 80GB HBM3"


def test_more_than_the_host_has_is_refused_at_once(tmp_path: Path) -> None:
    pool = DevicePool(discover("cpu", 4), tmp_path)
    with pytest.raises(RefusedRequest, match="8 devices of the class cpu, and this host has 4"):
        pool.check(8)


def test_slices_are_not_joined(tmp_path: Path) -> None:
    sliced = discover_gpus(Nvml(cut_h100()))[0][0]
    pool = DevicePool([sliced, Device(sliced.device_class, "x", "y", joins=False)], tmp_path)
    pool.check(1)
    with pytest.raises(RefusedRequest, match="only one"):
        pool.check(2)


def test_a_run_that_waits_for_several_is_not_overtaken_for_ever(tmp_path: Path) -> None:
    pool, over, got = DevicePool(discover("cpu", 2), tmp_path), threading.Event(), list[str]()
    first = holding(pool, Wish(), over, got)
    late, all_over = threading.Event(), list[str]()
    pair = holding(pool, Wish(devices=2), late, all_over)
    after = holding(pool, Wish(), late, all_over)
    assert (got, all_over) == (["0"], [])
    over.set()
    eventually(lambda: len(all_over) == 1)
    assert set(all_over[0].split(",")) == {"0", "1"}
    late.set()
    for thread in (first, pair, after):
        thread.join(10)
    assert len(all_over) == 2


def test_another_worker_lets_a_run_that_waits_for_several_go_first(tmp_path: Path) -> None:
    here, there = DevicePool(discover("cpu", 2), tmp_path), DevicePool(discover("cpu", 2), tmp_path)
    over, late = threading.Event(), threading.Event()
    single, pair, other = list[str](), list[str](), list[str]()
    threads = [holding(there, Wish(), over, single), holding(here, Wish(devices=2), late, pair)]
    # the file is there a moment before its lock
    eventually(lambda: any(one.turn.held is not None for one in here._queue))
    threads.append(holding(there, Wish(), late, other))
    assert (len(single), pair, other) == (1, [], [])
    over.set()
    eventually(lambda: len(pair) == 1)
    assert other == []
    late.set()
    for thread in threads:
        thread.join(10)
    assert len(other) == 1
    assert list(tmp_path.iterdir()) == []


def test_two_runs_that_want_all_never_hold_half_each(tmp_path: Path) -> None:
    pools = [DevicePool(discover("cpu", 3), tmp_path) for _ in range(2)]
    done = list[str]()

    def often(pool: DevicePool) -> None:
        for _ in range(20):
            with pool.lease(watch(), Wish(devices=3)) as lease:
                done.append(lease.device.id)

    threads = [threading.Thread(target=often, args=(pool,)) for pool in pools for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(done) == 80


def test_a_share_counts_runs_not_devices(tmp_path: Path) -> None:
    pool, share = DevicePool(discover("cpu", 4), tmp_path), LoopShare(id="one", concurrency=1)
    with pool.lease(watch(), Wish(share, 2)) as lease:
        assert len(lease.held) == 2


def test_workers_of_two_homes_and_two_classes_never_share_a_gpu(tmp_path: Path) -> None:
    gpu = discover_gpus(Nvml(eight_h100()))[0][0]
    here = DevicePool([gpu], tmp_path / "here")
    there = DevicePool([Device("h100-mine", gpu.name, gpu.id, hardware=gpu.hardware)], tmp_path / "there")
    over, got, stopped = threading.Event(), list[str](), threading.Event()
    with here.lease(watch()):
        thread = holding(there, Wish(), over, got)
        assert not stopped.wait(0.3)
        assert got == []
    eventually(lambda: got == [gpu.id])
    over.set()
    thread.join(10)
