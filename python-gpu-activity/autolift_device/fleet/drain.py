"""Whether this host is drained: by a person, by a file in its home that outlives the worker, or for good."""

import contextlib
from datetime import UTC, datetime
from pathlib import Path

NAME = "draining"


class Drain:
    def __init__(self, home: Path) -> None:
        self._file = home / NAME
        self._for_good: str | None = None

    @property
    def is_on(self) -> bool:
        return self._for_good is not None or self._file.exists()

    @property
    def since(self) -> str | None:
        """As it was written; a file that a person made by hand counts too, from its own time."""
        try:
            said = self._file.read_text().strip()
            return said or _iso(datetime.fromtimestamp(self._file.stat().st_mtime, UTC))
        except OSError:
            return self._for_good

    def begin(self) -> None:
        with contextlib.suppress(FileExistsError), self._file.open("x") as file:
            file.write(_iso(datetime.now(UTC)))

    def end(self) -> None:
        self._file.unlink(missing_ok=True)

    def close_for_good(self) -> None:
        """Of this process alone: it leaves when its runs have ended."""
        self._for_good = self._for_good or _iso(datetime.now(UTC))


def _iso(time: datetime) -> str:
    return time.isoformat(timespec="milliseconds").replace("+00:00", "Z")
