"""CPU devices: as many as asked for; the operating system shares the cores among them."""

import platform
from pathlib import Path

from .device import Device

CLASS = "cpu"
# without walls a run of the CPU class could else measure on a GPU that another run holds
_NO_GPU = (("CUDA_VISIBLE_DEVICES", ""),)


def discover(device_class: str, wanted: int, beside_gpus: bool = False) -> list[Device]:
    name, environment = processor_name(), _NO_GPU if beside_gpus else ()
    return [Device(device_class, name, str(index), environment=environment) for index in range(wanted)]


def processor_name() -> str:
    try:
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()
