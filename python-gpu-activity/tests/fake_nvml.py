"""NVIDIA's library without a GPU: answers as the hosts that it is told to be, in shapes that drivers give."""

from collections.abc import Callable
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, TypeVar

MIB = 1 << 20
T = TypeVar("T")


class NVMLError(Exception):
    pass


@dataclass
class FakeSlice:
    uuid: str
    name: str
    total: int
    gpu_instance: int
    compute_instance: int = 0
    used: int = 12 * MIB
    processes: dict[int, int] = field(default_factory=dict)


@dataclass
class FakeGpu:
    name: str
    uuid: str
    minor: int
    # None: the driver does not support the question
    total: int | None
    used: int = 4 * MIB
    serial: str | None = None
    mig: list[int] | None = None
    slices: list[FakeSlice | None] = field(default_factory=list)
    processes: dict[int, int] = field(default_factory=dict)
    clocks: tuple[int, int] = (345, 2619)
    clocks_max: tuple[int, int] = (1980, 2619)
    reasons: int = 0x1
    power_milliwatts: int | None = 700_000
    lost: bool = False


Handle = FakeGpu | FakeSlice


class FakeNvml:
    """A pynvml: functions by its names, errors where a driver would give them."""

    NVMLError: type[Exception] = NVMLError

    def __init__(self, gpus: list[FakeGpu], driver: str | bytes = "550.54.15", cuda: int = 12040) -> None:
        self.gpus, self.driver, self.cuda = gpus, driver, cuda

    def nvmlInit(self) -> None:
        pass

    def nvmlSystemGetDriverVersion(self) -> str | bytes:
        return self.driver

    def nvmlSystemGetCudaDriverVersion_v2(self) -> int:
        return self.cuda

    def nvmlDeviceGetCount(self) -> int:
        return len(self.gpus)

    def nvmlDeviceGetHandleByIndex(self, index: int) -> FakeGpu:
        if self.gpus[index].lost:
            raise NVMLError("GPU is lost")
        return self.gpus[index]

    def nvmlDeviceGetMinorNumber(self, handle: FakeGpu) -> int:
        return handle.minor

    def nvmlDeviceGetUUID(self, handle: Handle) -> str:
        return handle.uuid

    def nvmlDeviceGetName(self, handle: Handle) -> str:
        return handle.name

    def nvmlDeviceGetSerial(self, handle: FakeGpu) -> str:
        return _told(handle.serial)

    def nvmlDeviceGetMemoryInfo(self, handle: Handle) -> Any:
        return SimpleNamespace(total=_told(handle.total), used=handle.used)

    def nvmlDeviceGetMigMode(self, handle: FakeGpu) -> list[int]:
        return _told(handle.mig)

    def nvmlDeviceGetMaxMigDeviceCount(self, handle: FakeGpu) -> int:
        return len(handle.slices)

    def nvmlDeviceGetMigDeviceHandleByIndex(self, handle: FakeGpu, index: int) -> FakeSlice:
        return _told(handle.slices[index])

    def nvmlDeviceGetGpuInstanceId(self, handle: FakeSlice) -> int:
        return handle.gpu_instance

    def nvmlDeviceGetComputeInstanceId(self, handle: FakeSlice) -> int:
        return handle.compute_instance

    def nvmlDeviceGetComputeRunningProcesses(self, handle: Handle) -> list[Any]:
        return [SimpleNamespace(pid=pid, usedGpuMemory=used) for pid, used in handle.processes.items()]

    def nvmlDeviceGetClockInfo(self, handle: FakeGpu, type: int) -> int:
        return handle.clocks[type - 1]

    def nvmlDeviceGetMaxClockInfo(self, handle: FakeGpu, type: int) -> int:
        return handle.clocks_max[type - 1]

    def nvmlDeviceGetCurrentClocksThrottleReasons(self, handle: FakeGpu) -> int:
        return handle.reasons

    def nvmlDeviceGetPowerManagementLimit(self, handle: FakeGpu) -> int:
        return _told(handle.power_milliwatts)


def _told(value: T | None) -> T:
    if value is None:
        raise NVMLError("Not Supported")
    return value


def eight_h100() -> FakeNvml:
    return FakeNvml(
        [
            FakeGpu(
                "NVIDIA H100 80GB HBM3",
                f"GPU-{index}a2f6a35-0d4c-bd4c-9aa9-9b0f6a5bd1b{index}",
                index,
                81559 * MIB,
                serial=f"165292201111{index}",
                mig=[0, 0],
            )
            for index in range(8)
        ]
    )


def cut_h100() -> FakeNvml:
    """A GPU cut into two kinds of slices with a gap between them, and a whole one."""
    slices = [
        FakeSlice(
            "MIG-5d1a0dd4-0000-5bb1-8b0d-000000000001",
            "NVIDIA H100 80GB HBM3 MIG 1g.10gb",
            9984 * MIB,
            gpu_instance=9,
        ),
        None,
        FakeSlice(
            "MIG-5d1a0dd4-0000-5bb1-8b0d-000000000002",
            "NVIDIA H100 80GB HBM3 MIG 3g.40gb",
            40448 * MIB,
            gpu_instance=2,
        ),
    ]
    whole = eight_h100().gpus[1]
    cut = FakeGpu("NVIDIA H100 80GB HBM3", "GPU-cut", 0, 81559 * MIB, mig=[1, 1], slices=slices)
    return FakeNvml([cut, whole])


def rtx4090() -> FakeNvml:
    """A desktop: its screen uses some of it, and it has neither slices nor a serial number."""
    gpu = FakeGpu("NVIDIA GeForce RTX 4090", "GPU-4090", 0, 24564 * MIB, used=812 * MIB)
    gpu.clocks, gpu.clocks_max, gpu.power_milliwatts = (2520, 10501), (3105, 10501), 450_000
    return FakeNvml([gpu], "560.35.03", 12060)


def unknown() -> FakeNvml:
    return FakeNvml([FakeGpu("NVIDIA Foo 9000", "GPU-foo", 0, 48000 * MIB)])


def dgx_spark() -> FakeNvml:
    """Its memory is the host's own: nobody says how much of it is used."""
    gpu = FakeGpu("NVIDIA GB10", "GPU-gb10", 0, None, power_milliwatts=None)
    return FakeNvml([gpu], "580.95.05", 13000)


HOSTS: dict[str, Callable[[], FakeNvml]] = {
    "eight H100": eight_h100,
    "a cut H100": cut_h100,
    "RTX 4090": rtx4090,
    "unknown": unknown,
    "DGX Spark": dgx_spark,
}
