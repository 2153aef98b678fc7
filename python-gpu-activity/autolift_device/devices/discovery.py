"""Which devices a worker serves: those that it finds, or those of a class that whoever starts it declares."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from . import apple, cpu
from .device import Device
from .nvidia import discover as nvidia

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,62}")
# every GPU, each by the class that it is
ANY_GPU = "gpu"


class NoSuchDevices(Exception):
    """What was asked for cannot be served here."""


@dataclass(frozen=True, slots=True)
class Found:
    """The GPUs of this host, and what is wrong with some."""

    gpus: list[Device]
    warnings: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Served:
    devices: list[Device]
    warnings: list[str]


def discover(device_class: str | None, wanted: int | None) -> Served:
    return choose(look(), device_class, wanted)


def look() -> Found:
    gpus, warnings = nvidia.discover_here()
    return Found([*gpus, *apple.discover_here()], warnings)


def choose(found: Found, device_class: str | None, wanted: int | None) -> Served:
    """Of a class of GPUs all unless fewer are wanted, of CPUs one unless more are; without a class, both."""
    beside = bool(found.gpus)
    if device_class is None:
        devices = [*found.gpus, *cpu.discover(cpu.CLASS, wanted or 1, beside)]
        return Served(devices, found.warnings)
    if device_class == ANY_GPU:
        if not found.gpus:
            raise NoSuchDevices("--class gpu: no GPU was found; nvidia-smi and --probe tell more")
        return Served(_first(found.gpus, wanted), found.warnings)
    if not _NAME.fullmatch(device_class):
        raise NoSuchDevices(
            f'--class: "{device_class}" is no name of a class: use lower-case letters, digits, dots, dashes'
        )
    own = [gpu for gpu in found.gpus if gpu.device_class == device_class]
    if own:
        return Served(_first(own, wanted), found.warnings)
    if device_class.partition("-")[0] == cpu.CLASS:
        return Served(cpu.discover(device_class, wanted or 1, beside), found.warnings)
    declared, warning = _declared(found.gpus, device_class, wanted)
    return Served(declared, [*found.warnings, warning])


def _declared(gpus: list[Device], device_class: str, wanted: int | None) -> tuple[list[Device], str]:
    """Whoever starts the worker answers for a name that the hardware has not."""
    classes = sorted({gpu.device_class for gpu in gpus})
    if not classes:
        warning = f"no device of the class {device_class} was found: CPUs are served under that name"
        return cpu.discover(device_class, wanted or 1), warning
    if len(classes) > 1:
        raise NoSuchDevices(
            f"--class {device_class}: this host has {' and '.join(classes)}; name one, or none for all"
        )
    renamed = [replace(gpu, device_class=device_class) for gpu in gpus]
    if device_class == apple.FAMILY and classes[0].startswith(f"{apple.FAMILY}-"):
        warning = (
            f"{device_class} is served by {gpus[0].name}: runs are compared with those of other chips there"
        )
    else:
        warning = f"{gpus[0].name} is of the class {classes[0]}, and is served as {device_class}"
    return _first(renamed, wanted), warning


def _first(devices: Sequence[Device], wanted: int | None) -> list[Device]:
    """So many of each class."""
    taken: dict[str, list[Device]] = {}
    for device in devices:
        kept = taken.setdefault(device.device_class, [])
        if wanted is None or len(kept) < wanted:
            kept.append(device)
    return [device for kept in taken.values() for device in kept]
