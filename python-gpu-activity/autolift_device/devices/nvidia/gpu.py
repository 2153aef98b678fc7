"""The NVIDIA GPUs of a host, as its driver tells of them, and who asks the driver."""

from dataclasses import dataclass
from typing import Protocol

from ..gauge import Gauge


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of a GPU whose MIG mode is on: a device of its own."""

    uuid: str
    # like 1g.10gb
    profile: str
    memory_bytes: int | None
    gpu_instance: int
    compute_instance: int


@dataclass(frozen=True, slots=True)
class Gpu:
    index: int
    minor: int
    uuid: str
    name: str
    # None where memory is the host's own, as on a DGX Spark
    memory_bytes: int | None
    serial: str | None = None
    mig: bool = False
    slices: tuple[Slice, ...] = ()


@dataclass(frozen=True, slots=True)
class Driver:
    version: str | None
    # the newest CUDA that it can run
    cuda: str | None


class Source(Protocol):
    """Asks the driver: nvml.py through its library, smi.py through its program."""

    def driver(self) -> Driver: ...

    def gpus(self) -> list[Gpu]: ...

    def gauge(self, gpu: Gpu, part: Slice | None) -> Gauge: ...
