"""A device: what a run holds alone while it is measured."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ..device_info import DeviceFacts
from .gauge import Gauge


@dataclass(frozen=True, slots=True)
class Device:
    """One of the host's devices. GPUs add the nodes they need in /dev and the variables that select them."""

    device_class: str
    name: str
    id: str
    nodes: tuple[str, ...] = ()
    environment: tuple[tuple[str, str], ...] = ()
    # what no two workers of the host may lease at a time, whatever class each serves it as; "" for CPUs
    hardware: str = ""
    # whether one program can use several of them at once
    joins: bool = True
    facts: DeviceFacts | None = field(default=None, compare=False)
    gauge: Gauge | None = field(default=None, compare=False, repr=False)

    @property
    def lock_name(self) -> str:
        return f"{self.device_class}-{self.id}.lock"


def together(devices: Sequence[Device]) -> Device:
    """Several that one run holds, as one: variables that differ become lists."""
    first = devices[0]
    if len(devices) == 1:
        return first
    names = dict.fromkeys(name for device in devices for name, _ in device.environment)
    given = [dict(device.environment) for device in devices]
    return replace(
        first,
        name=f"{len(devices)} x {first.name}",
        id=",".join(device.id for device in devices),
        nodes=tuple(dict.fromkeys(node for device in devices for node in device.nodes)),
        environment=tuple((name, _joined([one[name] for one in given if name in one])) for name in names),
        hardware="",
        gauge=None,
    )


def _joined(values: list[str]) -> str:
    return ",".join(dict.fromkeys(values))


def gibibytes(size: int) -> int:
    """As a device is sold: drivers keep some of it for themselves."""
    return math.ceil(size / 2**30 - 0.05)
