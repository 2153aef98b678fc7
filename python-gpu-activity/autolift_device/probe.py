"""What this host can offer, for `autolift doctor`."""

import os
import platform
from typing import Any

from .devices.device import Device
from .devices.device_watch import DeviceWatch
from .devices.discovery import Served
from .devices.occupancy import Occupancy
from .host import choose_sandbox
from .host_name import host_name


def probe(served: Served, plain: bool) -> dict[str, Any]:
    sandbox = choose_sandbox(plain)
    try:
        return {
            "host": host_name(),
            "python": platform.python_version(),
            "devices": [_told(device) for device in served.devices],
            "sandbox": sandbox.kind,
            "warning": sandbox.warning or None,
            "warnings": [*served.warnings, *_unusable(served.devices)],
        }
    finally:
        sandbox.close()


def _told(device: Device) -> dict[str, Any]:
    told: dict[str, Any] = {"class": device.device_class, "name": device.name, "id": device.id}
    facts = DeviceWatch([Occupancy(device)]).facts()
    return told | ({"facts": facts.model_dump(exclude_none=True)} if facts else {})


def _unusable(devices: list[Device]) -> list[str]:
    """Nodes that a run would lack: it would then fail without a word on why."""
    nodes = dict.fromkeys(node for device in devices for node in device.nodes)
    found = []
    for node in nodes:
        if not os.path.exists(node):
            # made by whoever uses CUDA first, and only profilers need the tools
            if not node.endswith("-tools"):
                found.append(
                    f"{node} is missing: the driver's modules may not be loaded (nvidia-modprobe -u -c=0)"
                )
        elif not os.access(node, os.R_OK | os.W_OK):
            found.append(f"{node} cannot be opened by this user")
    return found
