"""Runs commands as candidates of an otherwise empty task, by the worker's own code and without a server."""

import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autolift_device.contract import RunReport, RunRequest
from autolift_device.devices.device import Device
from autolift_device.failures import Stopped
from autolift_device.host import Host, choose_sandbox, open_host
from autolift_device.measured_run import MeasuredRun
from autolift_device.run_scope import RunScope
from autolift_device.scratch import Scratch
from autolift_device.watch import Watch

GPU_PROGRAM, STAGES_PROGRAM = "on_gpu.py", "stages.py"


@dataclass(frozen=True, slots=True)
class Asked:
    command: str
    device_class: str
    devices: int = 1
    seconds: float = 120.0
    warm: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bench:
    host: Host
    repository: Path

    def run(self, asked: Asked, should_stop: Callable[[], bool] = lambda: False) -> RunReport:
        request = RunRequest.model_validate(self._payload(asked))
        watch = Watch(request.key, should_stop)
        scratch = Scratch(self.host.scratch, request.key)
        scratch.open()
        try:
            return MeasuredRun(RunScope(request, self.host, watch, scratch)).report()
        finally:
            scratch.close()

    def start(self, asked: Asked, stop: threading.Event) -> threading.Thread:
        """The same on a thread, to be stopped: a run that is cancelled makes no report."""

        def run() -> None:
            try:
                self.run(asked, stop.is_set)
            except Stopped:
                return

        thread = threading.Thread(target=run)
        thread.start()
        return thread

    def add(self, folder: Path) -> None:
        """Files that runs find in their checkout."""
        shutil.copytree(folder, self.repository, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".*"))
        _git(self.repository, "add", "--all")
        _git(self.repository, "commit", "--quiet", "-m", folder.name)

    def _payload(self, asked: Asked) -> dict[str, Any]:
        return {
            "v": 1,
            "key": f"checks/{os.urandom(4).hex()}/candidate/0",
            "source": {
                "remote": str(self.repository),
                "prefix": "",
                "commit": _git(self.repository, "rev-parse", "HEAD"),
            },
            "role": "candidate",
            "seed": 1,
            "device": asked.device_class,
            "devices": asked.devices,
            "run": {
                "command": asked.command,
                "timeoutSeconds": asked.seconds,
                "budgetSeconds": asked.seconds / 4,
                "memoryBytes": None,
                "network": False,
                "env": {},
                "read": [],
                "hide": [],
                "warm": {"imports": list(asked.warm)} if asked.warm else None,
            },
            "metric": {"name": "value", "file": None, "key": None},
            "evaluator": None,
            "editable": ["**"],
            "hidden": [],
            "taskFolder": None,
            "trustClaims": True,
            "guards": [],
        }


@contextmanager
def opened(devices: list[Device]) -> Iterator[Bench]:
    with tempfile.TemporaryDirectory(prefix="autolift-checks-") as folder:
        place = Path(folder)
        repository = place / "repository"
        repository.mkdir()
        _git(repository, "init", "--quiet", "--initial-branch=main")
        for program in (GPU_PROGRAM, STAGES_PROGRAM):
            shutil.copy(Path(__file__).parent / program, repository)
        _git(repository, "add", "--all")
        _git(repository, "commit", "--quiet", "-m", "checks")
        host = open_host(place / "home", place / "blobs", devices, choose_sandbox(plain=False))
        try:
            yield Bench(host, repository)
        finally:
            host.close()


def _git(folder: Path, *arguments: str) -> str:
    who = ["-c", "user.name=checks", "-c", "user.email=checks@localhost", "-c", "commit.gpgsign=false"]
    done = subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()
