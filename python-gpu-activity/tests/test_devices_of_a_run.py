"""What a run sees of its devices, and what its report tells of them: GPUs without a GPU."""

import tempfile
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from autolift_device.devices.nvidia.discover import discover
from autolift_device.devices.nvidia.nvml import Nvml
from autolift_device.devices.occupancy import Occupancy
from autolift_device.devices.pool import Wish
from autolift_device.failures import RefusedRequest, Stopped
from autolift_device.host import Host, open_host
from autolift_device.sandbox.plain import Plain
from autolift_device.watch import Watch
from conftest import (
    BWRAP,
    Change,
    Repository,
    Run,
    eventually,
    needs_bwrap,
    processes_with,
    request_for,
)
from fake_nvml import MIB, FakeNvml, eight_h100


class BusyNvml(FakeNvml):
    """Its memory is taken while a process with a marker lives."""

    marker = ""

    def nvmlDeviceGetMemoryInfo(self, handle: Any) -> Any:
        told = super().nvmlDeviceGetMemoryInfo(handle)
        told.used += 60_000 * MIB if self.marker and processes_with(self.marker) else 0
        return told


@pytest.fixture
def library(marker: str) -> BusyNvml:
    library = BusyNvml(eight_h100().gpus[:4])
    library.marker = marker
    return library


@pytest.fixture
def spare() -> Iterator[list[str]]:
    """Stand in for the nodes of GPUs: in a run's walls nothing of the host's /tmp is seen but these."""
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        nodes = [Path(folder, name) for name in ("nvidia0", "nvidia1")]
        for node in nodes:
            node.touch()
        yield [str(node) for node in nodes]


@pytest.fixture(params=["none", pytest.param("bwrap", marks=needs_bwrap)])
def host(
    request: pytest.FixtureRequest, tmp_path: Path, library: BusyNvml, spare: list[str]
) -> Iterator[Host]:
    sandbox = Plain("a test") if request.param == "none" else BWRAP
    assert sandbox is not None
    gpus = discover(Nvml(library))[0]
    # one for the first GPU, the other for all that follow
    lent = [replace(gpu, nodes=(*gpu.nodes, spare[min(at, 1)])) for at, gpu in enumerate(gpus)]
    opened = open_host(tmp_path / "home", tmp_path / "blobs", lent, sandbox)
    yield opened
    opened.close()


def gpu(more: Change | None = None) -> Change:
    return {"device": "h100"} | (more or {})


def test_a_run_is_told_its_devices_and_the_report_names_them(measure: Run, repository: Repository) -> None:
    command = "echo $CUDA_VISIBLE_DEVICES $CUDA_DEVICE_ORDER $AUTOLIFT_DEVICES; echo METRIC:mse=1"
    report = measure(request_for(repository, repository.commit({}), command, gpu({"devices": 2})))
    uuids, order, count = report.tail.split()[:3]
    assert (report.status, order, count) == ("ok", "PCI_BUS_ID", "2")
    assert report.device.id == uuids
    assert len(uuids.split(",")) == 2
    assert report.device.name == "2 x NVIDIA H100 80GB HBM3"
    assert report.device.facts is not None
    assert (report.device.facts.driver, report.device.facts.cuda) == ("550.54.15", "12.4")
    assert report.device.facts.clocks is not None
    assert report.device.facts.clocks.smMax == 1980


def test_a_task_cannot_choose_another_gpu_than_the_one_it_holds(measure: Run, repository: Repository) -> None:
    change = gpu({"run": {"env": {"CUDA_VISIBLE_DEVICES": "0,1,2,3", "MINE": "1"}}})
    report = measure(
        request_for(repository, repository.commit({}), "echo $CUDA_VISIBLE_DEVICES $MINE", change)
    )
    assert report.tail == f"{report.device.id} 1"


def test_more_devices_than_the_host_has_are_refused_before_anything_is_done(
    measure: Run, repository: Repository, host: Host
) -> None:
    with pytest.raises(RefusedRequest, match="8 devices of the class h100, and this host has 4"):
        measure(request_for(repository, "0" * 40, "true", gpu({"devices": 8})))
    with pytest.raises(RefusedRequest, match="meant for cpu, and this worker serves h100"):
        measure(request_for(repository, "0" * 40, "true"))


def test_the_peak_of_its_memory_is_measured_and_named_when_it_runs_out(
    measure: Run, repository: Repository, marker: str
) -> None:
    said = "torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 40.00 GiB."
    program = (
        f"import sys, time\ntime.sleep(0.6)\nprint({said!r}, '\\n=====', file=sys.stderr)\nsys.exit(1)\n"
    )
    commit = repository.commit({"train.py": program})
    report = measure(request_for(repository, commit, f"python3 train.py {marker}", gpu()))
    assert report.status == "out_of_memory"
    assert report.detail == f"{said} (peak 58.6 of 79.6 GiB on the device)"
    assert report.device.facts is not None
    assert report.device.facts.peakDeviceMemoryBytes == 60_000 * MIB
    assert report.metrics["peak_device_memory_bytes"] == 60_000 * MIB


def test_a_run_without_a_network_still_meets_itself(measure: Run, repository: Repository) -> None:
    program = (
        "import socket\n"
        "server = socket.create_server(('127.0.0.1', 0))\n"
        "client = socket.create_connection(server.getsockname(), timeout=5)\n"
        "met, _ = server.accept()\n"
        "client.sendall(b'hello')\n"
        "print('METRIC:mse=1' if met.recv(5) == b'hello' else 'alone')\n"
    )
    report = measure(request_for(repository, repository.commit({"a.py": program}), "python3 a.py", gpu()))
    assert report.status == "ok"


def test_the_versions_of_frameworks_are_told(
    measure: Run, repository: Repository, tmp_path: Path, host: Host
) -> None:
    packages = tmp_path / "task/.venv/lib/python3.11/site-packages"
    for name in ("torch-2.9.1+cu126", "numpy-2.3.0", "torchvision-0.24.0"):
        (packages / f"{name}.dist-info").mkdir(parents=True)
    (tmp_path / "task/.venv/bin").mkdir()
    (tmp_path / "task/.venv/bin/python").symlink_to("/bin/true")
    (tmp_path / "task/.venv/pyvenv.cfg").write_text("home = /usr/bin\n")
    change = gpu({"taskFolder": str(tmp_path / "task"), "run": {"read": [".venv"]}})
    report = measure(request_for(repository, repository.commit({}), ".venv/bin/python train.py", change))
    assert report.device.facts is not None
    assert report.device.facts.libraries == {"torch": "2.9.1+cu126", "numpy": "2.3.0"}


def test_walls_show_a_run_the_nodes_of_its_own_device_alone(
    measure: Run, repository: Repository, host: Host, spare: list[str]
) -> None:
    one, other = spare
    report = measure(
        request_for(
            repository, repository.commit({}), f"ls -d {one} {other} 2>/dev/null; echo METRIC:mse=1", gpu()
        )
    )
    seen = [line for line in report.tail.splitlines() if line.startswith("/tmp/")]
    assert seen == ([one] if host.sandbox.kind == "bwrap" else sorted([one, other]))


@pytest.mark.parametrize("end", ["cancelled", "timed out", "not a number"])
def test_nothing_is_left_on_a_device_whose_run_was_ended(
    measure: Run, repository: Repository, marker: str, host: Host, library: BusyNvml, end: str
) -> None:
    stop, seen = threading.Event(), list[int]()
    told = "echo PROGRESS loss=nan;" if end == "not a number" else ""
    command = f"setsid sleep {marker} & sleep {marker} & sleep 1; {told} sleep {marker}"
    change = gpu({"run": {"timeoutSeconds": 3 if end == "timed out" else 600}})

    def cancel() -> None:
        eventually(lambda: bool(processes_with(marker)))
        seen.append(library.nvmlDeviceGetMemoryInfo(library.nvmlDeviceGetHandleByIndex(0)).used)
        if end == "cancelled":
            stop.set()

    thread = threading.Thread(target=cancel, daemon=True)
    thread.start()
    request = request_for(repository, repository.commit({}), command, change)
    if end == "cancelled":
        with pytest.raises(Stopped):
            measure(request, stop.is_set)
    else:
        wanted = {"timed out": "timeout", "not a number": "not_finite"}[end]
        assert measure(request, stop.is_set).status == wanted
    thread.join()
    # at the moment of its end, not a while later
    assert processes_with(marker) == []
    pool = host.pool_of("h100")
    assert seen[0] >= 60_000 * MIB
    assert [bool(Occupancy(device).strangers) for device in pool.devices] == [False] * 4
    assert library.nvmlDeviceGetMemoryInfo(library.nvmlDeviceGetHandleByIndex(0)).used < 60_000 * MIB
    with pool.lease(Watch("next", lambda: False), Wish(devices=4)) as lease:
        assert len(lease.devices) == 4
        assert lease.notes == []
