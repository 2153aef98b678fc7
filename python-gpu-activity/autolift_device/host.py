"""All that the runs of one worker share."""

import socket
import threading
from dataclasses import dataclass, field
from pathlib import Path

from .blobs import BlobStore
from .checkout.large_files import LargeFiles
from .checkout.repositories import Repositories
from .devices.device import Device
from .devices.pool import DevicePool
from .sandbox.bwrap import find_bwrap
from .sandbox.plain import Plain
from .sandbox.sandbox import Sandbox
from .sandbox.secrets import host_rules
from .sandbox.view import Rule
from .scratch import clear, clear_stale, own_name


@dataclass(slots=True)
class Host:
    name: str
    sandbox: Sandbox
    pool: DevicePool
    repositories: Repositories
    large: LargeFiles
    blobs: BlobStore
    scratch: Path
    private: list[Path]
    stopping: threading.Event = field(default_factory=threading.Event)

    def rules(self) -> list[Rule]:
        """Made for each run: a vault or a key may have come since the last one."""
        return host_rules(self.private)

    def close(self) -> None:
        self.sandbox.close()
        self.repositories.close()
        clear(self.large.folder)


def open_host(home: Path, blobs: Path, devices: list[Device], sandbox: Sandbox) -> Host:
    """Makes the worker's folders, readable to its user alone, and clears what a killed worker left there."""
    home, blobs = home.resolve(), blobs.resolve()
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name in ("scratch", "locks", "git"):
        (home / name).mkdir(exist_ok=True)
    blobs.mkdir(parents=True, exist_ok=True)
    clear_stale(home / "scratch")
    return Host(
        name=host_name(),
        sandbox=sandbox,
        pool=DevicePool(devices, home / "locks"),
        repositories=Repositories(home / "git"),
        large=LargeFiles(own_name(home / "scratch", "objects")),
        blobs=BlobStore(blobs),
        scratch=home / "scratch",
        private=[home, blobs],
    )


def choose_sandbox(plain: bool) -> Sandbox:
    """bubblewrap where it works; without it a plain mode that says so in every report."""
    if plain:
        return Plain("the worker was started with --plain")
    found, reason = find_bwrap()
    return found or Plain(reason)


def host_name() -> str:
    return socket.gethostname().split(".")[0] or "localhost"
