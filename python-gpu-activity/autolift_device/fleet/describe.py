"""What this worker says of itself and its devices: the counterpart of HostReport in src/contract/fleet.ts."""

import importlib.metadata
import os
import platform
from collections.abc import Collection
from typing import Any

from ..host import Host
from ..watch import Watch


def describe(host: Host, watches: Collection[Watch]) -> dict[str, Any]:
    runs = list(watches)
    held = {(kind, one): watch for watch in runs for kind, one in watch.devices}
    return {
        "v": 1,
        "host": host.name,
        "pid": os.getpid(),
        "home": str(host.scratch.parent),
        "autolift": _version(),
        "python": platform.python_version(),
        "sandbox": host.sandbox.kind,
        "draining": host.drain.since,
        "borrowed": host.stay is not None,
        "leavesAt": host.stay.until if host.stay else None,
        "load": _load(),
        "cores": os.cpu_count() or 1,
        "devices": [
            {
                "class": device.device_class,
                "name": device.name,
                "id": device.id,
                "run": _run(held.get((device.device_class, device.id))),
            }
            for device in host.devices
        ],
        "waiting": [_run(watch) for watch in runs if not watch.devices],
    }


def _run(watch: Watch | None) -> dict[str, Any] | None:
    if watch is None:
        return None
    told = watch.progress()
    shown = {"step": told.step, "loss": told.loss, "tokensPerSecond": told.tokensPerSecond}
    return {
        "key": watch.key,
        "phase": watch.phase,
        "since": round(watch.since * 1000),
        **{name: value for name, value in shown.items() if value is not None},
    }


def _load() -> float | None:
    try:
        return round(os.getloadavg()[0], 2)
    except OSError:
        return None


def _version() -> str:
    try:
        return importlib.metadata.version("autolift-device")
    except importlib.metadata.PackageNotFoundError:
        return "unknown"
