"""What a GPU tells before, while and after a run has it."""

import threading
from pathlib import Path

from autolift_device.devices.device import Device
from autolift_device.devices.device_watch import DeviceWatch
from autolift_device.devices.nvidia.discover import discover
from autolift_device.devices.nvidia.nvml import Nvml
from autolift_device.devices.occupancy import Occupancy
from autolift_device.devices.pool import DevicePool
from autolift_device.watch import Watch
from conftest import eventually
from fake_nvml import MIB, FakeNvml, eight_h100, rtx4090


def gpu(library: FakeNvml, at: int = 0) -> Device:
    return discover(Nvml(library))[0][at]


def watch() -> Watch:
    return Watch("k", lambda: False)


def test_the_peak_is_what_the_run_added_and_clocks_are_those_under_load() -> None:
    library = rtx4090()
    card = library.gpus[0]
    seen = DeviceWatch([Occupancy(gpu(library))])
    with seen.looking():
        card.used, card.clocks, card.reasons = 20_812 * MIB, (2745, 10501), 0x4 | 0x40
        card.processes = {77: 20_000 * MIB}
        eventually(lambda: (facts := seen.facts()) is not None and bool(facts.peakDeviceMemoryBytes))
        card.used, card.clocks, card.processes, card.reasons = 812 * MIB, (210, 405), {}, 0x1
    facts = seen.facts()
    assert facts is not None
    assert facts.peakDeviceMemoryBytes == 20_000 * MIB
    assert facts.clocks is not None
    assert (facts.clocks.sm, facts.clocks.smMax, facts.powerLimitWatts) == (2745, 3105, 450)
    assert facts.throttle == ["power cap", "thermal (hardware)"]


def test_of_several_the_fullest_and_the_slowest_count() -> None:
    library = eight_h100()
    seen = DeviceWatch([Occupancy(gpu(library, at)) for at in (0, 1)])
    with seen.looking():
        for at, (used, clock) in enumerate([(900, 1980), (700, 1200)]):
            library.gpus[at].used, library.gpus[at].clocks = (4 + used) * MIB, (clock, 2619)
        eventually(
            lambda: (
                (facts := seen.facts()) is not None
                and facts.peakDeviceMemoryBytes == 900 * MIB
                and facts.clocks is not None
                and facts.clocks.sm == 1200
            )
        )
    facts = seen.facts()
    assert facts is not None
    assert facts.serial == "1652922011110,1652922011111"


def test_a_cpu_has_no_facts_and_takes_no_thread() -> None:
    before = threading.active_count()
    seen = DeviceWatch([Occupancy(Device("cpu", "x", "0"))])
    with seen.looking():
        assert threading.active_count() == before
    assert seen.facts() is None


def test_a_device_is_kept_until_the_processes_of_its_run_are_gone(tmp_path: Path) -> None:
    library = eight_h100()
    pool = DevicePool([gpu(library)], tmp_path)
    with pool.lease(watch()) as lease:
        # a number that no process of this host has: as a dying one is seen from a container
        library.gpus[0].processes = {2**22 + 1: 900 * MIB}
    assert any("is kept until they are gone" in note for note in lease.notes)
    assert pool._free == []
    library.gpus[0].processes = {}
    with pool.lease(watch()) as again:
        assert again.notes == []


def test_a_device_is_free_at_once_when_its_run_has_let_go(tmp_path: Path) -> None:
    library = eight_h100()
    pool = DevicePool([gpu(library)], tmp_path)
    with pool.lease(watch()) as lease:
        library.gpus[0].processes, library.gpus[0].used = {2**22 + 1: 900 * MIB}, 904 * MIB
        threading.Timer(0.2, library.gpus[0].processes.clear).start()
        threading.Timer(0.2, setattr, (library.gpus[0], "used", 4 * MIB)).start()
    assert lease.notes == []
    assert len(pool._free) == 1


def test_memory_that_nobody_owns_up_to_is_noted_and_blocks_nobody(tmp_path: Path) -> None:
    library = eight_h100()
    pool = DevicePool([gpu(library)], tmp_path)
    with pool.lease(watch()) as lease:
        library.gpus[0].used = 904 * MIB
    assert "900 MiB left" in lease.notes[0]
    assert len(pool._free) == 1


def test_who_was_there_before_is_noted_and_not_waited_for(tmp_path: Path) -> None:
    library = eight_h100()
    library.gpus[0].processes = {4242: 100 * MIB}
    pool = DevicePool([gpu(library)], tmp_path)
    with pool.lease(watch()) as lease:
        pass
    assert len(lease.notes) == 1
    assert "4242" in lease.notes[0]
    assert len(pool._free) == 1


def test_who_came_meanwhile_and_lives_is_not_of_the_run(tmp_path: Path) -> None:
    library = eight_h100()
    for pid, said in (("51", b"python\0train.py\0"), ("52", b"")):
        (tmp_path / pid).mkdir()
        (tmp_path / pid / "cmdline").write_bytes(said)
    occupancy = Occupancy(gpu(library), tmp_path)
    library.gpus[0].processes = {51: MIB, 52: MIB, 53: MIB}
    assert occupancy.left().processes == {52, 53}
