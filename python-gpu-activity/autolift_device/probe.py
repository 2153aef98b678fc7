"""What this host can offer, for `autolift doctor`."""

import platform
from typing import Any

from .devices.discovery import discover
from .host import choose_sandbox, host_name


def probe(device_class: str, wanted: int, plain: bool) -> dict[str, Any]:
    sandbox = choose_sandbox(plain)
    try:
        return {
            "host": host_name(),
            "python": platform.python_version(),
            "devices": [
                {"class": device.device_class, "name": device.name, "id": device.id}
                for device in discover(device_class, wanted)
            ],
            "sandbox": sandbox.kind,
            "warning": sandbox.warning or None,
        }
    finally:
        sandbox.close()
