import threading
from dataclasses import replace
from pathlib import Path

import pytest

from autolift_device.contract import LoopShare
from autolift_device.devices.cpu import discover
from autolift_device.devices.device import Device
from autolift_device.devices.pool import DevicePool, Wish
from autolift_device.failures import Stopped
from autolift_device.watch import Watch


def watch(stop: threading.Event | None = None) -> Watch:
    return Watch("k", stop.is_set if stop else lambda: False)


def test_two_leases_at_once_are_two_devices(tmp_path: Path) -> None:
    pool = DevicePool(discover("cpu", 2), tmp_path)
    with pool.lease(watch()) as one, pool.lease(watch()) as two:
        assert {one.device.id, two.device.id} == {"0", "1"}


def test_two_workers_of_a_host_never_hold_the_same_device(tmp_path: Path) -> None:
    here, there = DevicePool(discover("cpu", 2), tmp_path), DevicePool(discover("cpu", 2), tmp_path)
    with here.lease(watch()) as one, there.lease(watch()) as two:
        assert one.device.id != two.device.id


def test_a_lease_waits_until_the_other_worker_gives_back(tmp_path: Path) -> None:
    here, there = DevicePool(discover("cpu", 1), tmp_path), DevicePool(discover("cpu", 1), tmp_path)
    got = threading.Event()

    def second() -> None:
        with there.lease(watch()):
            got.set()

    with here.lease(watch()):
        waiting = threading.Thread(target=second)
        waiting.start()
        assert not got.wait(0.3)
    waiting.join(10)
    assert got.is_set()


def test_a_run_that_waits_can_be_stopped(tmp_path: Path) -> None:
    pool, stop = DevicePool(discover("cpu", 1), tmp_path), threading.Event()
    with pool.lease(watch()):
        threading.Timer(0.2, stop.set).start()
        with pytest.raises(Stopped), pool.lease(watch(stop)):
            pass
    with pool.lease(watch()) as lease:
        assert lease.device.id == "0"


def test_a_device_is_free_again_after_an_error(tmp_path: Path) -> None:
    pool = DevicePool(discover("cpu", 1), tmp_path)
    with pytest.raises(ValueError, match="x"), pool.lease(watch()):
        raise ValueError("x")
    with pool.lease(watch()):
        pass


def taken(pool: DevicePool, share: LoopShare | None, order: list[str], name: str) -> threading.Thread:
    """A run that waits for a device and holds it until it may end."""

    def hold() -> None:
        with pool.lease(watch(), Wish(share)):
            order.append(name)

    thread = threading.Thread(target=hold)
    before = len(pool._queue)
    thread.start()
    while len(pool._queue) == before and thread.is_alive():
        thread.join(0.001)
    return thread


def test_devices_go_to_those_who_came_first(tmp_path: Path) -> None:
    pool, order = DevicePool(discover("cpu", 1), tmp_path), list[str]()
    with pool.lease(watch()):
        waiting = [taken(pool, None, order, name) for name in "abcdef"]
    for thread in waiting:
        thread.join(10)
    assert order == list("abcdef")


def test_a_loop_holds_no_more_than_its_share_and_blocks_nobody_behind_it(tmp_path: Path) -> None:
    pool, order = DevicePool(discover("cpu", 3), tmp_path), list[str]()
    one, other = LoopShare(id="one", concurrency=1), LoopShare(id="other", concurrency=1)
    with pool.lease(watch(), Wish(one)):
        capped = taken(pool, one, order, "one")
        taken(pool, other, order, "other").join(10)
        taken(pool, None, order, "nobody's").join(10)
        assert order == ["other", "nobody's"]
        assert capped.is_alive()
    capped.join(10)
    assert order[2:] == ["one"]


def test_a_share_is_kept_by_all_workers_of_a_host(tmp_path: Path) -> None:
    here, there = DevicePool(discover("cpu", 2), tmp_path), DevicePool(discover("cpu", 2), tmp_path)
    share, order = LoopShare(id="one", concurrency=1), list[str]()
    with here.lease(watch(), Wish(share)) as lease:
        thread = taken(there, share, order, "there")
        thread.join(0.3)
        assert order == []
        lease.release()
        thread.join(10)
    assert order == ["there"]
    assert list(tmp_path.iterdir()) == []


def test_a_lease_released_before_its_end_is_released_once(tmp_path: Path) -> None:
    pool = DevicePool(discover("cpu", 1), tmp_path)
    with pool.lease(watch()) as first:
        first.release()
        with pool.lease(watch()) as second:
            first.release()
            assert pool._free == []
            assert second.device.id == "0"
    assert len(pool._free) == 1


def test_a_run_is_made_ready_before_it_knows_its_device_only_if_that_makes_no_difference(
    tmp_path: Path,
) -> None:
    alike, each = Device("gpu", "x", "0", ("/dev/gpuctl",)), Device("gpu", "x", "1", ("/dev/gpu1",))
    assert DevicePool([alike, replace(alike, id="1")], tmp_path).common_nodes == ("/dev/gpuctl",)
    assert DevicePool([alike, each], tmp_path).common_nodes is None
