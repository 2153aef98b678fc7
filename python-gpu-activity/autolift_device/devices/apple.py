"""The GPU of an Apple chip. Chips differ in speed as GPUs do, so the chip is the class: mlx-m4-max-40c."""

import re
import subprocess
import sys
from collections.abc import Callable

from ..device_info import DeviceFacts
from .device import Device

# Runs a command and gives what it says; "" when that fails.
Ask = Callable[[list[str]], str]
FAMILY = "mlx"


def discover(ask: Ask) -> list[Device]:
    chip = ask(["sysctl", "-n", "machdep.cpu.brand_string"]).strip()
    if not chip.startswith("Apple "):
        return []
    cores = re.search(r'"gpu-core-count"\s*=\s*(\d+)', ask(["ioreg", "-rc", "AGXAccelerator", "-d", "1"]))
    memory = ask(["sysctl", "-n", "hw.memsize"]).strip()
    return [
        Device(
            class_of(chip, int(cores[1]) if cores else None),
            chip,
            "gpu",
            hardware="apple-gpu",
            joins=False,
            facts=DeviceFacts(memoryBytes=int(memory) if memory.isdigit() else None),
        )
    ]


def class_of(chip: str, cores: int | None) -> str:
    """One chip is sold with several numbers of GPU cores."""
    model = re.sub(r"[^a-z0-9]+", "-", chip.removeprefix("Apple ").lower()).strip("-")
    return f"{FAMILY}-{model}" if cores is None else f"{FAMILY}-{model}-{cores}c"


def discover_here() -> list[Device]:
    return discover(_say) if sys.platform == "darwin" else []


def _say(command: list[str]) -> str:
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=10, check=True).stdout
    except (OSError, subprocess.SubprocessError):
        return ""
