"""A device: what a run holds alone while it is measured."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Device:
    """One of the host's devices. GPUs add the nodes they need in /dev and the variables that select them."""

    device_class: str
    name: str
    id: str
    nodes: tuple[str, ...] = ()
    environment: tuple[tuple[str, str], ...] = ()

    @property
    def lock_name(self) -> str:
        return f"{self.device_class}-{self.id}.lock"


# A kind of device is one function: it finds up to so many of a class on this host.
Discovery = Callable[[str, int], list[Device]]
