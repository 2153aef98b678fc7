import asyncio
import os
from dataclasses import dataclass
from pathlib import Path

from autolift_device.ready import announce


@dataclass
class Poller:
    is_running: bool


def test_the_ready_file_is_written_once_all_poll(tmp_path: Path) -> None:
    file = tmp_path / "ready"

    async def start() -> None:
        late = Poller(is_running=False)
        told = asyncio.create_task(announce([Poller(is_running=True), late], str(file)))
        await asyncio.sleep(0.1)
        assert not file.exists()
        late.is_running = True
        await told

    asyncio.run(start())
    assert file.read_text() == str(os.getpid())


def test_nobody_is_told_without_a_file() -> None:
    asyncio.run(announce([Poller(is_running=False)], None))
