"""The devices that NVIDIA's driver tells of: whole GPUs, and the slices of those that are cut up."""

import os

from ...device_info import DeviceFacts
from ..device import Device
from .class_names import class_of
from .gpu import Driver, Gpu, Slice, Source
from .library import load
from .nodes import nodes_of
from .nvml import Nvml
from .smi import find_smi
from .visible import visible


def find_source() -> Source | None:
    """The driver's library where nvidia-ml-py is installed, else its program; None without a driver."""
    library = load()
    return Nvml(library) if library is not None else find_smi()


def discover(source: Source | None, told: str | None = None) -> tuple[list[Device], list[str]]:
    """Devices, and in words what is left out. `told` is CUDA_VISIBLE_DEVICES."""
    if source is None:
        return [], []
    driver = source.driver()
    devices: list[Device] = []
    left_out: list[str] = []
    for gpu in visible(source.gpus(), told):
        if not gpu.mig:
            devices.append(_device((source, driver), gpu, None))
        elif gpu.slices:
            devices += [_device((source, driver), gpu, part) for part in gpu.slices]
        else:
            left_out.append(
                f"{gpu.name} ({gpu.uuid}) is in MIG mode and shows no slices: make some with nvidia-smi mig, "
                "and install nvidia-ml-py, without which they are not found"
            )
    return devices, left_out


def discover_here() -> tuple[list[Device], list[str]]:
    return discover(find_source(), os.environ.get("CUDA_VISIBLE_DEVICES"))


def _device(asked: tuple[Source, Driver], gpu: Gpu, part: Slice | None) -> Device:
    source, driver = asked
    uuid = part.uuid if part else gpu.uuid
    memory = part.memory_bytes if part else gpu.memory_bytes
    return Device(
        device_class=class_of(gpu.name, memory, part.profile if part else ""),
        name=f"{gpu.name} MIG {part.profile}" if part else gpu.name,
        id=uuid,
        nodes=nodes_of(gpu, part),
        environment=(("CUDA_DEVICE_ORDER", "PCI_BUS_ID"), ("CUDA_VISIBLE_DEVICES", uuid)),
        hardware=uuid,
        # CUDA shows a program one slice at most
        joins=part is None,
        facts=DeviceFacts(memoryBytes=memory, driver=driver.version, cuda=driver.cuda, serial=gpu.serial),
        gauge=source.gauge(gpu, part),
    )
