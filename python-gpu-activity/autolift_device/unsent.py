"""Reports of runs whose logs could not be stored: the next attempt sends them and runs nothing."""

import contextlib
import hashlib
import time
from pathlib import Path

from .contract import RunReport, RunRequest

_A_WEEK = 7 * 86_400.0


class Unsent:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for file in folder.glob("*.json"):
            with contextlib.suppress(OSError):
                if file.stat().st_mtime < time.time() - _A_WEEK:
                    file.unlink()

    def find(self, request: RunRequest) -> RunReport | None:
        try:
            return RunReport.model_validate_json(self._file(request).read_bytes())
        except (OSError, ValueError):
            return None

    def keep(self, request: RunRequest, report: RunReport) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        partial = self._file(request).with_suffix(".partial")
        partial.write_text(report.model_dump_json())
        partial.replace(self._file(request))

    def forget(self, request: RunRequest) -> None:
        self._file(request).unlink(missing_ok=True)

    def _file(self, request: RunRequest) -> Path:
        """Of exactly this request: a key alone may come back with another commit."""
        return self.folder / f"{hashlib.sha256(request.model_dump_json().encode()).hexdigest()}.json"
