"""A host and a repository for every test; what runs commands does so in each sandbox that works here."""

import hashlib
import json
import os
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from autolift_device.contract import RunReport, RunRequest
from autolift_device.devices.cpu import discover
from autolift_device.host import Host, open_host
from autolift_device.measured_run import MeasuredRun
from autolift_device.run_scope import RunScope
from autolift_device.sandbox.bwrap import find_bwrap
from autolift_device.sandbox.plain import Plain
from autolift_device.sandbox.sandbox import Sandbox
from autolift_device.scratch import Scratch
from autolift_device.watch import Watch

BWRAP, NO_BWRAP = find_bwrap()
needs_bwrap = pytest.mark.skipif(BWRAP is None, reason=f"these walls need bubblewrap: {NO_BWRAP}")


def pytest_report_header() -> str:
    return "sandboxes under test: none (plain)" + (", bwrap" if BWRAP else f"; bwrap is missing: {NO_BWRAP}")


@pytest.fixture(params=["none", pytest.param("bwrap", marks=needs_bwrap)])
def host(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Host]:
    yield from opened_host(tmp_path, Plain("a test") if request.param == "none" else BWRAP)


def opened_host(folder: Path, sandbox: Sandbox | None) -> Iterator[Host]:
    assert sandbox is not None
    opened = open_host(folder / "home", folder / "blobs", discover("cpu", 2), sandbox)
    yield opened
    opened.close()


class Repository:
    """A git repository with a task in a folder of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *arguments: str) -> str:
        who = ["-c", "user.name=t", "-c", "user.email=t@t", "-c", "commit.gpgsign=false"]
        done = subprocess.run(
            ["git", *who, *arguments], cwd=self.folder, check=True, capture_output=True, text=True
        )
        return done.stdout.strip()

    def commit(self, files: dict[str, str | bytes]) -> str:
        """Writes the files over what is there and commits all."""
        for name, content in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "-m", "test")
        return self.git("rev-parse", "HEAD")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "repository")


Change = dict[str, Any]


def request_for(repository: Repository, commit: str, command: str, change: Change | None = None) -> Change:
    """A request as it comes over the wire; `change` replaces keys, those of `run` one by one."""
    change = dict(change or {})
    run = {
        "command": command,
        "timeoutSeconds": 20,
        "budgetSeconds": 5,
        "memoryBytes": None,
        "network": False,
        "env": {},
        "read": [],
        "hide": [],
    } | change.pop("run", {})
    return {
        "v": 1,
        "key": f"test/{os.urandom(4).hex()}/candidate/0",
        "source": {"remote": str(repository.folder), "prefix": "", "commit": commit},
        "role": "candidate",
        "seed": 7,
        "device": "cpu",
        "run": run,
        "metric": {"name": "mse", "file": None, "key": None},
        "evaluator": None,
        "editable": ["train.py"],
        "hidden": [],
        "taskFolder": None,
        "trustClaims": False,
        "guards": [],
    } | change


def processes_with(marker: str) -> list[int]:
    """Every living process of this host, in whatever namespace, whose arguments hold the marker."""
    found = []
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            if marker.encode() in (folder / "cmdline").read_bytes():
                found.append(int(folder.name))
        except OSError:
            continue
    return found


@pytest.fixture
def marker() -> str:
    return f"31{int.from_bytes(os.urandom(5), 'big')}"


def noted_processes(scratch: Path) -> list[int]:
    """What a worker noted for whoever has to clear up after it."""
    noted = [path.read_text().split() for path in scratch.glob("*/process")]
    return [int(words[0]) for words in noted if words]


def eventually(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def evaluator_for(repository: Repository, commit: str, command: str, editable: list[str]) -> Change:
    """Pins the evaluator the slow way, by git itself."""
    files = []
    for line in repository.git("ls-tree", "-r", commit).splitlines():
        (mode, _, oid), path = line.split("\t")[0].split(), line.split("\t")[1]
        if path not in editable:
            content = subprocess.check_output(["git", "cat-file", "blob", oid], cwd=repository.folder)
            files.append([path, mode, hashlib.sha256(content).hexdigest()])
    text = json.dumps({"command": command, "files": sorted(files)}, separators=(",", ":"))
    digest = hashlib.sha256(text.encode()).hexdigest()
    return {"command": command, "timeoutSeconds": 20, "commit": commit, "hash": digest}


Run = Callable[..., RunReport]


@pytest.fixture
def measure(host: Host) -> Run:
    """Runs a request to its report."""

    def run(payload: Change, should_stop: Callable[[], bool] = lambda: False) -> RunReport:
        request = RunRequest.model_validate(payload)
        watch = Watch(request.key, should_stop)
        scratch = Scratch(host.scratch, request.key)
        scratch.open()
        try:
            return MeasuredRun(RunScope(request, host, watch, scratch)).report()
        finally:
            scratch.close()

    return run


EVALUATE = """
import os, pathlib
answer = float((pathlib.Path(os.environ["AUTOLIFT_CANDIDATE"]) / "answer.txt").read_text())
print(f"METRIC:mse={(answer - 3) ** 2}")
print("checked: 1")
"""
HONEST = "open('answer.txt', 'w').write('2.5')\n"


@pytest.fixture
def judged(measure: Run, repository: Repository) -> Run:
    """Measures train.py by evaluate.py of the same commit's protected files."""

    def run(
        train: str,
        change: Change | None = None,
        files: dict[str, str] | None = None,
        command: str = "python3 evaluate.py",
    ) -> RunReport:
        base = repository.commit({"evaluate.py": EVALUATE, "train.py": "", **(files or {})})
        commit = repository.commit({"train.py": train})
        evaluator = evaluator_for(repository, base, command, ["train.py"])
        wanted = {"evaluator": evaluator, **(change or {})}
        return measure(request_for(repository, commit, "python3 train.py", wanted))

    return run
