import pytest

from autolift_device.devices import apple
from autolift_device.devices.device import Device
from autolift_device.devices.discovery import Found, NoSuchDevices, choose
from autolift_device.devices.nvidia.discover import discover
from autolift_device.devices.nvidia.nvml import Nvml
from fake_nvml import FakeNvml, cut_h100, eight_h100, rtx4090


def found(library: FakeNvml | None = None) -> Found:
    return Found(discover(Nvml(library))[0] if library else [])


def classes(devices: list[Device]) -> list[str]:
    return [device.device_class for device in devices]


def test_without_a_class_all_that_is_found_is_served() -> None:
    assert classes(choose(found(eight_h100()), None, None).devices) == ["h100"] * 8 + ["cpu"]
    assert classes(choose(found(eight_h100()), None, 2).devices) == ["h100"] * 8 + ["cpu"] * 2
    assert classes(choose(found(), None, None).devices) == ["cpu"]


def test_a_class_alone_is_served_whole_or_as_far_as_wanted() -> None:
    assert classes(choose(found(cut_h100()), "h100-1g.10gb", None).devices) == ["h100-1g.10gb"]
    assert len(choose(found(eight_h100()), "h100", None).devices) == 8
    assert len(choose(found(eight_h100()), "h100", 3).devices) == 3
    assert choose(found(eight_h100()), "h100", None).warnings == []


def test_gpu_means_every_gpu_by_its_own_class() -> None:
    served = choose(found(cut_h100()), "gpu", None)
    assert classes(served.devices) == ["h100-1g.10gb", "h100-3g.40gb", "h100"]
    with pytest.raises(NoSuchDevices, match="no GPU was found"):
        choose(found(), "gpu", None)


def test_a_class_that_contradicts_the_hardware_is_served_with_a_warning() -> None:
    served = choose(found(rtx4090()), "rtx4090-watercooled", None)
    assert classes(served.devices) == ["rtx4090-watercooled"]
    assert served.devices[0].hardware == "GPU-4090"
    assert "is of the class rtx4090, and is served as rtx4090-watercooled" in served.warnings[0]
    cpus = choose(found(), "h100", 2)
    assert (classes(cpus.devices), len(cpus.warnings)) == (["h100", "h100"], 1)
    assert choose(found(), "cpu-arm", 2).warnings == []


def test_a_class_that_could_mean_several_devices_or_is_no_name_is_refused() -> None:
    with pytest.raises(NoSuchDevices, match=r"h100 and h100-1g\.10gb and h100-3g\.40gb"):
        choose(found(cut_h100()), "a100", None)
    with pytest.raises(NoSuchDevices, match="no name of a class"):
        choose(found(), "H100 x", None)


def test_a_cpu_beside_gpus_sees_none_of_them() -> None:
    assert dict(choose(found(rtx4090()), "cpu", 1).devices[0].environment) == {"CUDA_VISIBLE_DEVICES": ""}
    assert choose(found(), "cpu", 1).devices[0].environment == ()


SAID = {
    "sysctl -n machdep.cpu.brand_string": "Apple M4 Max\n",
    "sysctl -n hw.memsize": "137438953472\n",
    "ioreg -rc AGXAccelerator -d 1": '    "gpu-core-count" = 40\n    "model" = "Apple M4 Max"\n',
}


def test_an_apple_chip_is_a_class_of_its_own_and_may_be_served_as_the_family() -> None:
    gpus = apple.discover(lambda command: SAID.get(" ".join(command), ""))
    assert classes(gpus) == ["mlx-m4-max-40c"]
    assert gpus[0].facts is not None
    assert gpus[0].facts.memoryBytes == 128 * 2**30
    served = choose(Found(gpus), "mlx", None)
    assert classes(served.devices) == ["mlx"]
    assert "other chips" in served.warnings[0]
    assert apple.class_of("Apple M2", None) == "mlx-m2"


def test_a_host_of_another_maker_has_no_apple_gpu() -> None:
    assert apple.discover(lambda command: "Intel(R) Core(TM) i9") == []
