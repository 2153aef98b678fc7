"""What a device tells of itself while it is leased; a device without a gauge tells nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Reading:
    """A device at one moment; None and nothing where its driver does not say."""

    used_bytes: int | None = None
    # as the driver numbers them: the host's numbers, even inside a container
    processes: frozenset[int] = frozenset()
    # MHz: sm, smMax, memory, memoryMax
    clocks: Mapping[str, int] = field(default_factory=dict)
    # why the clocks are lower than they could be
    throttle: frozenset[str] = frozenset()
    power_limit_watts: float | None = None


class Gauge(Protocol):
    @property
    def seconds(self) -> float:
        """How long to wait between two looks: some gauges are slow."""
        ...

    def read(self) -> Reading | None:
        """None when the device does not answer."""
        ...
