"""Asks the driver through its program, where its library is not installed: a look costs tenths of a second.

It does not tell what MIG slices need in /dev: such GPUs are left out.
"""

import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ..gauge import Reading
from .gpu import Driver, Gpu, Slice
from .throttle import reasons

Ask = Callable[[list[str]], str]

_GPU = ("index", "uuid", "name", "memory.total", "serial", "mig.mode.current", "pci.bus_id", "driver_version")
_NOW = ("memory.used", "clocks.sm", "clocks.max.sm", "clocks.mem", "clocks.max.mem", "power.limit")
_REASONS = "clocks_throttle_reasons.active"
_CLOCKS = ("sm", "smMax", "memory", "memoryMax")
_MEBIBYTE = 2**20


class Smi:
    def __init__(self, ask: Ask, proc: Path = Path("/proc")) -> None:
        self._ask = ask
        self._proc = proc

    def driver(self) -> Driver:
        rows = self.rows(_GPU, [])
        cuda = re.search(r"CUDA Version:\s*([\d.]+)", self._ask([]))
        return Driver(_known(rows[0]["driver_version"]) if rows else None, cuda[1] if cuda else None)

    def gpus(self) -> list[Gpu]:
        return [self._gpu(row) for row in self.rows(_GPU, [])]

    def gauge(self, gpu: Gpu, part: Slice | None) -> "SmiGauge":
        assert part is None
        return SmiGauge(self, gpu.uuid)

    def rows(self, fields: tuple[str, ...], more: list[str]) -> list[dict[str, str]]:
        asked = [f"--query-gpu={','.join(fields)}", "--format=csv,noheader,nounits", *more]
        lines = [line.split(", ") for line in self._ask(asked).splitlines()]
        return [
            dict(zip(fields, map(str.strip, cells), strict=True)) for cells in lines if _fits(cells, fields)
        ]

    def occupants(self, uuid: str) -> frozenset[int]:
        words = self._ask(
            ["--query-compute-apps=pid", "--format=csv,noheader,nounits", f"--id={uuid}"]
        ).split()
        return frozenset(int(word) for word in words if word.isdigit())

    def _gpu(self, row: dict[str, str]) -> Gpu:
        index = int(row["index"])
        return Gpu(
            index=index,
            minor=self._minor(row["pci.bus_id"], index),
            uuid=row["uuid"],
            name=row["name"],
            memory_bytes=_mebibytes(row["memory.total"]),
            serial=_known(row["serial"]),
            mig=row["mig.mode.current"] == "Enabled",
        )

    def _minor(self, bus: str, index: int) -> int:
        """The number of its node in /dev, which the program does not tell."""
        domain, _, rest = bus.lower().partition(":")
        told = self._proc / "driver/nvidia/gpus" / f"{domain[-4:]}:{rest}" / "information"
        try:
            found = re.search(r"Device Minor:\s*(\d+)", told.read_text())
        except OSError:
            found = None
        return int(found[1]) if found else index


@dataclass(frozen=True, slots=True)
class SmiGauge:
    source: Smi
    uuid: str

    @property
    def seconds(self) -> float:
        return 2.0

    def read(self) -> Reading | None:
        try:
            rows = self.source.rows((*_NOW, _REASONS), [f"--id={self.uuid}"])
            processes = self.source.occupants(self.uuid)
        except OSError:
            return None
        if not rows:
            return None
        row = rows[0]
        clocks = {name: _number(row[field]) for name, field in zip(_CLOCKS, _NOW[1:5], strict=True)}
        active = row[_REASONS]
        return Reading(
            used_bytes=_mebibytes(row["memory.used"]),
            processes=processes,
            clocks={name: int(value) for name, value in clocks.items() if value is not None},
            throttle=reasons(int(active, 16)) if active.startswith("0x") else frozenset(),
            power_limit_watts=_number(row["power.limit"]),
        )


def find_smi() -> Smi | None:
    """None where the program is missing or has no driver to ask."""
    program = shutil.which("nvidia-smi")
    if program is None:
        return None

    def ask(arguments: list[str]) -> str:
        try:
            done = subprocess.run(
                [program, *arguments], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=20
            )
        except subprocess.TimeoutExpired as error:
            raise OSError("nvidia-smi does not answer") from error
        if done.returncode != 0:
            raise OSError(done.stdout.strip() or done.stderr.strip())
        return done.stdout

    try:
        ask(["-L"])
    except OSError:
        return None
    return Smi(ask)


def _fits(cells: list[str], fields: tuple[str, ...]) -> bool:
    return len(cells) == len(fields)


def _known(cell: str) -> str | None:
    """Brackets say that there is no answer: [N/A], [Not Supported]."""
    return None if cell.startswith("[") or cell in ("", "N/A") else cell


def _number(cell: str) -> float | None:
    known = _known(cell)
    return None if known is None else float(known)


def _mebibytes(cell: str) -> int | None:
    number = _number(cell)
    return None if number is None else int(number) * _MEBIBYTE
