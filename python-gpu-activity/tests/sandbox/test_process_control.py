"""Whatever a candidate does with processes, nothing of it is alive afterwards."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from autolift_device.failures import InfrastructureFailure, Stopped
from autolift_device.host import Host
from autolift_device.sandbox.output import OutputLog
from autolift_device.sandbox.sandbox import Job
from conftest import BWRAP, Repository, Run, eventually, needs_bwrap, processes_with, request_for

DAEMON = """
import os, sys
if os.fork(): os._exit(0)
os.setsid()
if os.fork(): os._exit(0)
os.chdir("/")
os.closerange(0, 64)
os.execve("/bin/sleep", ["sleep", sys.argv[1]], {})
"""
STUBBORN = """
import signal, time
for name in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP): signal.signal(name, signal.SIG_IGN)
while True: time.sleep(1)
"""
BOMB = """
import os, sys, time
for _ in range(6): os.fork()
os.execv("/bin/sleep", ["sleep", sys.argv[1]])
"""


def test_a_daemon_left_behind_is_killed_and_told(measure: Run, repository: Repository, marker: str) -> None:
    commit = repository.commit({"daemon.py": DAEMON})
    report = measure(
        request_for(repository, commit, f"python3 daemon.py {marker}; sleep 0.1; echo METRIC:mse=1")
    )
    assert report.status == "tampered"
    assert report.tampering == ["left 1 background process running"]
    assert processes_with(marker) == []


def test_a_child_that_ends_within_the_grace_is_no_offence(measure: Run, repository: Repository) -> None:
    commit = repository.commit({"a": ""})
    report = measure(request_for(repository, commit, "(sleep 0.1; :) & echo METRIC:mse=1"))
    assert (report.status, report.tampering) == ("ok", [])


@pytest.mark.parametrize(
    ("program", "command"),
    [
        (STUBBORN, "python3 p.py {0}"),
        (DAEMON, "python3 p.py {0}; sleep {0}"),
        (BOMB, "python3 p.py {0}"),
        ("", "setsid sleep {0} & nohup sleep {0} & trap '' TERM; sleep {0}; sleep {0}"),
    ],
    ids=["ignores signals", "double fork", "moderate fork bomb", "shell"],
)
def test_after_a_timeout_nothing_is_alive(
    measure: Run, repository: Repository, marker: str, program: str, command: str
) -> None:
    commit = repository.commit({"p.py": program})
    change = {"run": {"timeoutSeconds": 1}}
    report = measure(request_for(repository, commit, command.format(marker), change))
    assert (report.status, report.value, report.tampering) == ("timeout", None, [])
    assert processes_with(marker) == []


def test_a_stopped_run_is_killed_and_its_device_free(
    measure: Run, host: Host, repository: Repository, marker: str
) -> None:
    commit = repository.commit({"p.py": DAEMON})
    stop = threading.Event()
    threading.Timer(1.0, stop.set).start()
    command = f"python3 p.py {marker}; sleep {marker}"
    with pytest.raises(Stopped):
        measure(request_for(repository, commit, command), stop.is_set)
    assert processes_with(marker) == []
    assert len(host.pool_of("cpu")._free) == 2


@pytest.mark.parametrize("milliseconds", [0, 5, 10, 20, 40, 80])
def test_a_run_that_is_stopped_while_it_starts_is_stopped_and_not_broken(
    measure: Run, repository: Repository, marker: str, milliseconds: int
) -> None:
    commit = repository.commit({"p.py": ""})
    begin = time.monotonic()
    with pytest.raises(Stopped):
        measure(
            request_for(repository, commit, f"sleep {marker}"),
            lambda: time.monotonic() - begin > milliseconds / 1000,
        )
    assert processes_with(marker) == []


def test_an_output_of_gigabytes_neither_blocks_nor_fills_the_disk(
    measure: Run, repository: Repository, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(OutputLog.__init__, "__defaults__", (1 << 20,))
    command = "echo begin; head -c 1000000000 /dev/zero; echo; echo METRIC:mse=1"
    report = measure(request_for(repository, repository.commit({}), command))
    assert (report.status, report.value) == ("ok", 1)
    assert report.log is not None
    assert report.log.bytes < (1 << 20) + 100
    assert any("left out" in note for note in report.notes)
    stored = host.blobs.folder / report.log.sha256[:2] / report.log.sha256
    assert stored.read_bytes().startswith(b"begin\n")


def test_standard_input_is_empty(measure: Run, repository: Repository) -> None:
    report = measure(request_for(repository, repository.commit({}), "cat; echo METRIC:mse=1"))
    assert report.status == "ok"


WORKER = """
import time
from pathlib import Path
from autolift_device.sandbox.bwrap import find_bwrap
from autolift_device.sandbox.plain import Plain
from autolift_device.sandbox.sandbox import Job
root = Path("/")
job = Job("setsid sleep {0} & sleep {0}", root, {{"HOME": "/", "PATH": "/usr/bin:/bin"}}, root)
running = ({1}).start(job, 1)
running.go({{}})
print("started", flush=True)
time.sleep(60)
"""


@pytest.mark.parametrize(
    "sandbox", ["Plain('x')", pytest.param("find_bwrap()[0]", marks=needs_bwrap)], ids=["none", "bwrap"]
)
def test_a_worker_that_is_killed_takes_its_run_with_it(marker: str, tmp_path: Path, sandbox: str) -> None:
    script = tmp_path / "worker.py"
    script.write_text(WORKER.format(marker, sandbox))
    worker = subprocess.Popen(
        [sys.executable, str(script)],
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
        stdout=subprocess.PIPE,
    )
    with worker:
        assert worker.stdout is not None
        assert worker.stdout.readline() == b"started\n"
        eventually(lambda: len(processes_with(f"sleep\0{marker}")) == 2)
        worker.send_signal(signal.SIGKILL)
    eventually(lambda: processes_with(marker) == [])


@needs_bwrap
def test_a_sandbox_that_cannot_be_built_is_no_fault_of_the_candidate(tmp_path: Path) -> None:
    assert BWRAP is not None
    job = Job("true", tmp_path / "nowhere", {"HOME": "/"}, tmp_path)
    reader, writer = os.pipe()
    contained = BWRAP.start(job, writer)
    os.close(writer)
    while os.read(reader, 4096):
        pass
    os.close(reader)
    with pytest.raises(InfrastructureFailure):
        contained.finish()
