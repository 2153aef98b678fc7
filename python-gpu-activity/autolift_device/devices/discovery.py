"""Which function finds the devices of a class; one that is not listed here is a class of CPUs."""

from . import cpu
from .device import Device, Discovery

KINDS: dict[str, Discovery] = {"cpu": cpu.discover}


def discover(device_class: str, wanted: int) -> list[Device]:
    return KINDS.get(device_class, cpu.discover)(device_class, wanted)
