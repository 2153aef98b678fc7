"""The environment of a command: made from nothing, so that no key of the worker's can slip in."""

import os
import sys

from ..contract import RunRequest
from ..devices.device import Device
from ..scratch import Room


def command_environment(request: RunRequest, room: Room, device_class: str) -> dict[str, str]:
    """The task's own variables may replace the comfortable ones, not those that hold the run together."""
    home = str(room.home)
    return {
        "PATH": search_path(),
        "LANG": "C.UTF-8",
        "TERM": "dumb",
        "PYTHONUNBUFFERED": "1",
        "PYTHONNOUSERSITE": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "XDG_CACHE_HOME": f"{home}/.cache",
        "MPLCONFIGDIR": f"{home}/.config/matplotlib",
        "TRITON_CACHE_DIR": f"{home}/.triton",
        **request.run.env,
        "HOME": home,
        "AUTOLIFT_SEED": str(request.seed),
        "AUTOLIFT_BUDGET_SECONDS": f"{request.run.budgetSeconds:g}",
        "AUTOLIFT_DEVICE": device_class,
        "AUTOLIFT_DEVICES": str(request.devices),
    }


def device_environment(device: Device) -> dict[str, str]:
    """What selects the device. A task cannot replace it: two runs that are measured must not share one."""
    return dict(device.environment)


def search_path() -> str:
    """The worker's own Python first: `python3` is the one it was installed with."""
    given = [part for part in os.environ.get("PATH", os.defpath).split(":") if part.startswith("/")]
    return ":".join(dict.fromkeys([os.path.dirname(sys.executable), *given]))
