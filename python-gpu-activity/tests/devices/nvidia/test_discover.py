from pathlib import Path

import pytest

from autolift_device.devices.nvidia import discover as module
from autolift_device.devices.nvidia.discover import discover
from autolift_device.devices.nvidia.nodes import nodes_of
from autolift_device.devices.nvidia.nvml import Nvml
from fake_nvml import HOSTS, MIB, FakeNvml, cut_h100, dgx_spark, eight_h100, rtx4090

COMMON = ("/dev/nvidiactl", "/dev/nvidia-uvm", "/dev/nvidia-uvm-tools")


@pytest.mark.parametrize(
    ("host", "classes"),
    [
        ("eight H100", ["h100"] * 8),
        ("a cut H100", ["h100-1g.10gb", "h100-3g.40gb", "h100"]),
        ("RTX 4090", ["rtx4090"]),
        ("unknown", ["foo-9000-47gb"]),
        ("DGX Spark", ["gb10"]),
    ],
)
def test_every_gpu_is_found_and_a_cut_one_by_its_slices(host: str, classes: list[str]) -> None:
    devices, left_out = discover(Nvml(HOSTS[host]()))
    assert [device.device_class for device in devices] == classes
    assert left_out == []


def test_a_gpu_brings_its_own_nodes_and_the_variables_that_select_it() -> None:
    device = discover(Nvml(eight_h100()))[0][5]
    assert device.id == device.hardware == "GPU-5a2f6a35-0d4c-bd4c-9aa9-9b0f6a5bd1b5"
    assert device.nodes == ("/dev/nvidia5", *COMMON)
    assert dict(device.environment) == {
        "CUDA_DEVICE_ORDER": "PCI_BUS_ID",
        "CUDA_VISIBLE_DEVICES": device.id,
    }
    assert device.facts is not None
    assert device.facts.model_dump(exclude_none=True, exclude_unset=True) == {
        "memoryBytes": 81559 * MIB,
        "driver": "550.54.15",
        "cuda": "12.4",
        "serial": "1652922011115",
    }


def test_a_slice_needs_its_gpus_node_and_those_of_its_rights(tmp_path: Path) -> None:
    gpu = Nvml(cut_h100()).gpus()[0]
    for place, minor in (("gi9", 84), ("gi9/ci0", 85), ("gi2", 21), ("gi2/ci0", 22)):
        right = tmp_path / "gpu0/mig" / place
        right.mkdir(parents=True)
        (right / "access").write_text(f"DeviceFileMinor: {minor}\nDeviceFileMode: 444\n")
    nodes = nodes_of(gpu, gpu.slices[0], tmp_path)
    caps = ("/dev/nvidia-caps/nvidia-cap84", "/dev/nvidia-caps/nvidia-cap85")
    assert nodes == ("/dev/nvidia0", *COMMON, *caps)


def test_a_program_can_join_gpus_and_not_slices() -> None:
    sliced, _, whole = discover(Nvml(cut_h100()))[0]
    assert (sliced.joins, whole.joins) == (False, True)


def test_a_cut_gpu_without_slices_is_left_out_and_named() -> None:
    library = cut_h100()
    library.gpus[0].slices = []
    devices, left_out = discover(Nvml(library))
    assert [device.device_class for device in devices] == ["h100"]
    assert "GPU-cut" in left_out[0]


def test_a_gpu_that_is_lost_does_not_hide_the_others() -> None:
    library = eight_h100()
    library.gpus[3].lost = True
    assert len(discover(Nvml(library))[0]) == 7


def test_an_old_library_that_tells_bytes_is_understood() -> None:
    devices, _ = discover(Nvml(FakeNvml(rtx4090().gpus, b"470.82.01", 11040)))
    assert devices[0].facts is not None
    assert (devices[0].facts.driver, devices[0].facts.cuda) == ("470.82.01", "11.4")


@pytest.mark.parametrize(
    ("told", "seen"),
    [
        (None, [0, 1, 2, 3, 4, 5, 6, 7]),
        ("", []),
        ("6,2", [6, 2]),
        ("1,99,2", [1]),
        ("GPU-4a2f,GPU-4a2f6a35", [4]),
        ("GPU-", []),
        ("-1", []),
    ],
)
def test_the_worker_serves_what_cuda_would_show_it(told: str | None, seen: list[int]) -> None:
    devices, _ = discover(Nvml(eight_h100()), told)
    assert [device.nodes[0] for device in devices] == [f"/dev/nvidia{minor}" for minor in seen]


SMALL, LARGE = (f"MIG-5d1a0dd4-0000-5bb1-8b0d-00000000000{number}" for number in (1, 2))


@pytest.mark.parametrize(
    ("told", "classes"),
    [
        (LARGE, ["h100-3g.40gb"]),
        (SMALL, ["h100-1g.10gb"]),
        (f"{LARGE},{SMALL}", ["h100-3g.40gb", "h100-1g.10gb"]),
        (f"{LARGE},GPU-1a2f", ["h100-3g.40gb", "h100"]),
        (f"{LARGE},{LARGE.lower()}", ["h100-3g.40gb"]),
        (f"{LARGE},none,{SMALL}", ["h100-3g.40gb"]),
        # the beginning of both
        ("MIG-5d1a", []),
        ("MIG-GPU-cut/2/0", ["h100-3g.40gb"]),
        ("mig-gpu-c/9/0", ["h100-1g.10gb"]),
        ("MIG-GPU-cut/9/1", []),
        ("MIG-GPU-other/9/0", []),
        ("MIG-GPU-cut", []),
        ("GPU-cut", ["h100-1g.10gb", "h100-3g.40gb"]),
        ("0", ["h100-1g.10gb", "h100-3g.40gb"]),
        (f"{LARGE},0", ["h100-3g.40gb", "h100-1g.10gb"]),
        ("1", ["h100"]),
    ],
)
def test_of_a_cut_gpu_it_serves_the_slices_that_are_named(told: str, classes: list[str]) -> None:
    devices, left_out = discover(Nvml(cut_h100()), told)
    assert [device.device_class for device in devices] == classes
    assert left_out == []


def test_a_host_without_a_driver_has_no_gpu(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "load", lambda: None)
    monkeypatch.setattr(module, "find_smi", lambda: None)
    assert module.discover_here() == ([], [])


def test_memory_that_is_the_hosts_own_is_counted_by_processes() -> None:
    library = dgx_spark()
    library.gpus[0].processes = {41: 3000 * MIB, 42: 500 * MIB}
    gauge = discover(Nvml(library))[0][0].gauge
    assert gauge is not None
    reading = gauge.read()
    assert reading is not None
    assert (reading.used_bytes, reading.processes) == (3500 * MIB, frozenset({41, 42}))
    assert reading.power_limit_watts is None
