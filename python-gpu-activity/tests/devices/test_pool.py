import threading
from pathlib import Path

import pytest

from autolift_device.devices.cpu import discover
from autolift_device.devices.pool import DevicePool
from autolift_device.failures import Stopped
from autolift_device.watch import Watch


def watch(stop: threading.Event | None = None) -> Watch:
    return Watch("k", stop.is_set if stop else lambda: False)


def test_two_leases_at_once_are_two_devices(tmp_path: Path) -> None:
    pool = DevicePool(discover("cpu", 2), tmp_path)
    with pool.lease(watch()) as one, pool.lease(watch()) as two:
        assert {one.id, two.id} == {"0", "1"}


def test_two_workers_of_a_host_never_hold_the_same_device(tmp_path: Path) -> None:
    here, there = DevicePool(discover("cpu", 2), tmp_path), DevicePool(discover("cpu", 2), tmp_path)
    with here.lease(watch()) as one, there.lease(watch()) as two:
        assert one.id != two.id


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
    with pool.lease(watch()) as device:
        assert device.id == "0"


def test_a_device_is_free_again_after_an_error(tmp_path: Path) -> None:
    pool = DevicePool(discover("cpu", 1), tmp_path)
    with pytest.raises(ValueError, match="x"), pool.lease(watch()):
        raise ValueError("x")
    with pool.lease(watch()):
        pass
