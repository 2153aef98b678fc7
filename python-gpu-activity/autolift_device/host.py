"""All that the runs of one worker share."""

import threading
from dataclasses import dataclass, field
from pathlib import Path

from .blobs import Blobs, BlobStore
from .borrowed.stay import Stay
from .checkout.large_files import LargeFiles
from .checkout.repositories import Repositories
from .devices.device import Device
from .devices.pool import DevicePool
from .failures import RefusedRequest
from .fleet.drain import Drain
from .host_name import host_name
from .pace import Pace
from .s3_place import BadSetting, S3Place
from .s3_store import S3Store
from .sandbox.bwrap import find_bwrap
from .sandbox.plain import Plain
from .sandbox.sandbox import Sandbox
from .sandbox.secrets import host_rules
from .sandbox.view import Rule
from .scratch import clear, clear_stale, own_name
from .surroundings.surroundings import Surroundings
from .unsent import Unsent


@dataclass(slots=True)
class Host:
    name: str
    sandbox: Sandbox
    pools: dict[str, DevicePool]
    repositories: Repositories
    large: LargeFiles
    blobs: Blobs
    unsent: Unsent
    surroundings: Surroundings
    scratch: Path
    private: list[Path]
    drain: Drain
    paces: dict[str, Pace] = field(default_factory=dict[str, Pace])
    stopping: threading.Event = field(default_factory=threading.Event)
    # of a borrowed host
    stay: Stay | None = None

    @property
    def devices(self) -> list[Device]:
        return [device for pool in self.pools.values() for device in pool.devices]

    def pool_of(self, device_class: str) -> DevicePool:
        pool = self.pools.get(device_class)
        if pool is None:
            served = ", ".join(self.pools)
            raise RefusedRequest(
                "OtherDeviceClass", f"the run is meant for {device_class}, and this worker serves {served}"
            )
        return pool

    def pace_of(self, device_class: str) -> Pace:
        return self.paces.setdefault(device_class, Pace())

    def expect_run(self, seconds: float) -> None:
        """Drains a borrowed host that would have to leave before such a run's end."""
        if self.stay is not None and not self.stay.has_time_for(seconds):
            self.drain.close_for_good()

    def rules(self) -> list[Rule]:
        """Made for each run: a vault or a key may have come since the last one."""
        return host_rules(self.private)

    def close(self) -> None:
        self.sandbox.close()
        self.repositories.close()
        clear(self.large.folder)


def open_host(home: Path, artifacts: Path | S3Place, devices: list[Device], sandbox: Sandbox) -> Host:
    """Makes the worker's folders, readable to its user alone, and clears what a killed worker left there."""
    home = home.resolve()
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        for name in ("scratch", "locks", "git"):
            (home / name).mkdir(exist_ok=True)
    except OSError as error:
        raise BadSetting(f"AUTOLIFT_HOME (--home): {_unusable(home, error)}") from error
    clear_stale(home / "scratch")
    store, private = open_store(artifacts, home)
    by_class: dict[str, list[Device]] = {}
    for device in devices:
        by_class.setdefault(device.device_class, []).append(device)
    return Host(
        name=host_name(),
        sandbox=sandbox,
        pools={name: DevicePool(some, home / "locks") for name, some in by_class.items()},
        repositories=Repositories(home / "git"),
        large=LargeFiles(own_name(home / "scratch", "objects")),
        blobs=store,
        unsent=Unsent(home / "unsent"),
        surroundings=Surroundings(store),
        scratch=home / "scratch",
        private=[home, *private],
        drain=Drain(home),
    )


def open_store(artifacts: Path | S3Place, home: Path) -> tuple[BlobStore | S3Store, list[Path]]:
    """The store, and the folders of it that no candidate may see."""
    if isinstance(artifacts, S3Place):
        return S3Store(artifacts, home / "unsent" / "blobs"), []
    folder = artifacts.resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadSetting(f"AUTOLIFT_ARTIFACTS: {_unusable(folder, error)}") from error
    return BlobStore(folder), [folder]


def _unusable(folder: Path, error: OSError) -> str:
    at = "" if error.filename in (None, str(folder)) else f": {error.filename}"
    return f"the folder {folder} can't be made: {error.strerror}{at} (from {host_name()})"


def choose_sandbox(plain: bool) -> Sandbox:
    """bubblewrap where it works; without it a plain mode that says so in every report."""
    if plain:
        return Plain("the worker was started with --plain")
    found, reason = find_bwrap()
    return found or Plain(reason)
