from pathlib import Path

from autolift_device.devices.nvidia.discover import discover
from autolift_device.devices.nvidia.smi import Smi

MIB = 1 << 20
ROWS = "\n".join(
    [
        "0, GPU-4a7f2cc7, NVIDIA GeForce RTX 3090, 24576, [N/A], [N/A], 00000000:21:00.0, 535.129.03",
        "1, GPU-0c6d5a9d, NVIDIA A100-SXM4-40GB, 40960, 1324520000011, Enabled, 00000000:41:00.0, 535.129.03",
    ]
)
NOW = "9814, 1695, 2100, 9501, 9751, 350.00, 0x0000000000000004\n"
HEAD = "| NVIDIA-SMI 535.129.03   Driver Version: 535.129.03   CUDA Version: 12.2     |\n"


def answer(arguments: list[str]) -> str:
    if not arguments:
        return HEAD
    if arguments[0].startswith("--query-compute-apps"):
        return "4021\n4022\n"
    return NOW if "memory.used" in arguments[0] else ROWS


def test_without_the_library_gpus_are_found_by_the_program_and_cut_ones_left_out(tmp_path: Path) -> None:
    told = tmp_path / "driver/nvidia/gpus/0000:21:00.0"
    told.mkdir(parents=True)
    (told / "information").write_text("Model: \t\t NVIDIA GeForce RTX 3090\nDevice Minor: \t 3\n")
    devices, left_out = discover(Smi(answer, tmp_path))
    assert [device.device_class for device in devices] == ["rtx3090"]
    assert devices[0].nodes[0] == "/dev/nvidia3"
    assert devices[0].facts is not None
    assert (devices[0].facts.driver, devices[0].facts.cuda, devices[0].facts.serial) == (
        "535.129.03",
        "12.2",
        None,
    )
    assert "nvidia-ml-py" in left_out[0]


def test_the_program_tells_memory_processes_and_clocks(tmp_path: Path) -> None:
    gauge = discover(Smi(answer, tmp_path))[0][0].gauge
    assert gauge is not None
    reading = gauge.read()
    assert reading is not None
    assert (reading.used_bytes, reading.processes) == (9814 * MIB, frozenset({4021, 4022}))
    assert reading.clocks == {"sm": 1695, "smMax": 2100, "memory": 9501, "memoryMax": 9751}
    assert (reading.throttle, reading.power_limit_watts) == (frozenset({"power cap"}), 350)


def test_a_program_that_fails_later_tells_nothing(tmp_path: Path) -> None:
    broken = False

    def ask(arguments: list[str]) -> str:
        if broken:
            raise OSError("Unable to determine the device handle: GPU is lost")
        return answer(arguments)

    gauge = discover(Smi(ask, tmp_path))[0][0].gauge
    broken = True
    assert gauge is not None
    assert gauge.read() is None
