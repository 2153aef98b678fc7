"""CPU devices: as many as asked for; the operating system shares the cores among them."""

import platform
from pathlib import Path

from .device import Device


def discover(device_class: str, wanted: int) -> list[Device]:
    name = processor_name()
    return [Device(device_class, name, str(index)) for index in range(wanted)]


def processor_name() -> str:
    try:
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()
