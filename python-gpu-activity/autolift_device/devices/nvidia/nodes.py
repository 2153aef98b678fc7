"""The entries of /dev that a GPU or a slice of one needs: a sandbox shows no others."""

import re
from pathlib import Path

from .gpu import Gpu, Slice

COMMON = ("/dev/nvidiactl", "/dev/nvidia-uvm", "/dev/nvidia-uvm-tools")
_CAPABILITIES = Path("/proc/driver/nvidia/capabilities")


def nodes_of(gpu: Gpu, part: Slice | None, capabilities: Path = _CAPABILITIES) -> tuple[str, ...]:
    whole = (f"/dev/nvidia{gpu.minor}", *COMMON)
    if part is None:
        return whole
    instance = capabilities / f"gpu{gpu.minor}/mig/gi{part.gpu_instance}"
    rights = (instance / "access", instance / f"ci{part.compute_instance}/access")
    return (*whole, *(node for right in rights for node in _capability(right)))


def _capability(right: Path) -> list[str]:
    """A right to a slice is a node whose number stands in a file."""
    try:
        found = re.search(r"DeviceFileMinor:\s*(\d+)", right.read_text())
    except OSError:
        return []
    return [f"/dev/nvidia-caps/nvidia-cap{found[1]}"] if found else []
