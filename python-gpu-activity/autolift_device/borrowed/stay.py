"""How long a borrowed host serves."""

import math
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta


@dataclass(slots=True)
class Stay:
    """Ends `seconds` after it began, or when there was no work for `idle_seconds`; math.inf: it does not."""

    seconds: float = math.inf
    idle_seconds: float = math.inf
    began: float = field(default_factory=time.monotonic)
    worked: float = field(default_factory=time.monotonic)
    # no run begins any more
    is_over: bool = False

    @property
    def seconds_left(self) -> float:
        return max(0.0, self.began + self.seconds - time.monotonic())

    def has_time_for(self, seconds: float) -> bool:
        """Ends with the first run that could not end in time: the next one of its queue could not either."""
        self.is_over = self.is_over or seconds >= self.seconds_left
        return not self.is_over

    def note_work(self) -> None:
        self.worked = time.monotonic()

    @property
    def is_idle(self) -> bool:
        return time.monotonic() - self.worked >= self.idle_seconds

    @property
    def until(self) -> str | None:
        """For people, in UTC; None: until it is told to go, or vanishes."""
        if math.isinf(self.seconds):
            return None
        end = datetime.now(UTC) + timedelta(seconds=self.seconds_left)
        return end.isoformat(timespec="seconds").replace("+00:00", "Z")
