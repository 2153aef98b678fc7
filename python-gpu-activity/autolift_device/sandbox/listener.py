"""Who hears what a command says while it runs, and may have it ended."""

from typing import Protocol


class Listener(Protocol):
    def hear(self, data: bytes, seconds: float) -> None:
        """A piece of its output, so many seconds after its start."""
        ...

    def over(self, seconds: float) -> None:
        """Its output has come to its end, and the command ended by itself."""
        ...

    @property
    def ends(self) -> bool:
        """Whether it is to be ended now."""
        ...
