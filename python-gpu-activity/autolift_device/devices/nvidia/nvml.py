"""Asks the driver through its library: a look costs microseconds."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from ..gauge import Reading
from .gpu import Driver, Gpu, Slice
from .library import Handle, Library
from .throttle import reasons

_SM, _MEMORY = 1, 2
T = TypeVar("T")


class Nvml:
    def __init__(self, library: Library) -> None:
        self._library = library

    def driver(self) -> Driver:
        library = self._library
        version = self._try(library.nvmlSystemGetDriverVersion)
        cuda = self._try(library.nvmlSystemGetCudaDriverVersion_v2)
        return Driver(
            None if version is None else _text(version),
            None if cuda is None else f"{cuda // 1000}.{cuda % 1000 // 10}",
        )

    def gpus(self) -> list[Gpu]:
        """Those that answer: one that fell off its bus must not hide the others."""
        count = self._try(self._library.nvmlDeviceGetCount) or 0
        found = (self._try(self._gpu, index) for index in range(count))
        return [gpu for gpu in found if gpu is not None]

    def gauge(self, gpu: Gpu, part: Slice | None) -> "NvmlGauge":
        whole = self._library.nvmlDeviceGetHandleByIndex(gpu.index)
        own = whole if part is None else next(h for uuid, h in self._slices(whole) if uuid == part.uuid)
        return NvmlGauge(self, whole, own)

    def _gpu(self, index: int) -> Gpu:
        library = self._library
        handle = library.nvmlDeviceGetHandleByIndex(index)
        serial = self._try(library.nvmlDeviceGetSerial, handle)
        mode = self._try(library.nvmlDeviceGetMigMode, handle)
        mig = mode is not None and mode[0] == 1
        return Gpu(
            index=index,
            minor=library.nvmlDeviceGetMinorNumber(handle),
            uuid=_text(library.nvmlDeviceGetUUID(handle)),
            name=_text(library.nvmlDeviceGetName(handle)),
            memory_bytes=self.memory(handle)[0],
            serial=None if serial is None else _text(serial),
            mig=mig,
            slices=tuple(self._slice(uuid, part) for uuid, part in self._slices(handle)) if mig else (),
        )

    def _slices(self, handle: Handle) -> list[tuple[str, Handle]]:
        library = self._library
        most = self._try(library.nvmlDeviceGetMaxMigDeviceCount, handle) or 0
        parts = (self._try(library.nvmlDeviceGetMigDeviceHandleByIndex, handle, at) for at in range(most))
        return [(_text(library.nvmlDeviceGetUUID(part)), part) for part in parts if part is not None]

    def _slice(self, uuid: str, handle: Handle) -> Slice:
        library = self._library
        return Slice(
            uuid=uuid,
            profile=_text(library.nvmlDeviceGetName(handle)).rpartition(" MIG ")[2],
            memory_bytes=self.memory(handle)[0],
            gpu_instance=library.nvmlDeviceGetGpuInstanceId(handle),
            compute_instance=library.nvmlDeviceGetComputeInstanceId(handle),
        )

    def memory(self, handle: Handle) -> tuple[int | None, int | None]:
        """All of it and what is used."""
        told = self._try(self._library.nvmlDeviceGetMemoryInfo, handle)
        return (None, None) if told is None else (told.total, told.used)

    def occupants(self, handle: Handle) -> dict[int, int] | None:
        """What each process holds of it."""
        told = self._try(self._library.nvmlDeviceGetComputeRunningProcesses, handle)
        return None if told is None else {one.pid: one.usedGpuMemory or 0 for one in told}

    def clocks(self, handle: Handle) -> dict[str, int]:
        library = self._library
        asked = {
            "sm": self._try(library.nvmlDeviceGetClockInfo, handle, _SM),
            "smMax": self._try(library.nvmlDeviceGetMaxClockInfo, handle, _SM),
            "memory": self._try(library.nvmlDeviceGetClockInfo, handle, _MEMORY),
            "memoryMax": self._try(library.nvmlDeviceGetMaxClockInfo, handle, _MEMORY),
        }
        return {name: value for name, value in asked.items() if value is not None}

    def throttle(self, handle: Handle) -> frozenset[str]:
        return reasons(self._try(self._library.nvmlDeviceGetCurrentClocksThrottleReasons, handle) or 0)

    def power_limit(self, handle: Handle) -> float | None:
        milliwatts = self._try(self._library.nvmlDeviceGetPowerManagementLimit, handle)
        return None if milliwatts is None else milliwatts / 1000

    def _try(self, ask: Callable[..., T], *arguments: object) -> T | None:
        """Each model lacks something, and says so by an error."""
        try:
            return ask(*arguments)
        except self._library.NVMLError:
            return None


@dataclass(frozen=True, slots=True)
class NvmlGauge:
    """Clocks and power are those of the whole GPU, memory and processes the slice's own."""

    source: Nvml
    whole: Handle
    own: Handle

    @property
    def seconds(self) -> float:
        return 0.1

    def read(self) -> Reading | None:
        held = self.source.occupants(self.own)
        used = self.source.memory(self.own)[1]
        if held is None and used is None:
            return None
        return Reading(
            used_bytes=sum((held or {}).values()) if used is None else used,
            processes=frozenset(held or ()),
            clocks=self.source.clocks(self.whole),
            throttle=self.source.throttle(self.whole),
            power_limit_watts=self.source.power_limit(self.whole),
        )


def _text(told: str | bytes) -> str:
    """Older versions of the library tell bytes."""
    return told.decode(errors="replace") if isinstance(told, bytes) else told
