"""Tells the keeper, which reports the engine as up, that this worker polls."""

import asyncio
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol


class Polling(Protocol):
    @property
    def is_running(self) -> bool: ...


async def announce(workers: Sequence[Polling], file: str | None) -> None:
    """Writes this process's number into the file once all of them run."""
    if file is None:
        return
    while not all(worker.is_running for worker in workers):
        await asyncio.sleep(0.02)
    await asyncio.to_thread(Path(file).write_text, str(os.getpid()))
