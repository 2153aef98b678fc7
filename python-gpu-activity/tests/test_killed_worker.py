"""A worker that is killed while a command is ready, and waits for a device or for its start."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from autolift_device.contract import LoopShare
from autolift_device.devices.cpu import discover
from autolift_device.devices.pool import DevicePool, Wish
from autolift_device.sandbox.process_table import alive
from autolift_device.scratch import clear_stale
from autolift_device.watch import Watch
from conftest import eventually, needs_bwrap, noted_processes, processes_with

WORKER = """
import contextlib, sys, threading, time
from pathlib import Path
from autolift_device.contract import LoopShare
from autolift_device.devices.cpu import discover
from autolift_device.devices.pool import DevicePool, Wish
from autolift_device.sandbox.bwrap import find_bwrap
from autolift_device.sandbox.execute import Execution
from autolift_device.sandbox.output import OutputLog
from autolift_device.sandbox.plain import Plain
from autolift_device.sandbox.sandbox import Job
from autolift_device.scratch import Scratch
from autolift_device.watch import Watch

home, marker, kind, moment = Path(sys.argv[1]), *sys.argv[2:5]
watch, share = Watch("k", lambda: False), LoopShare(id="one", concurrency=1)
sandbox = Plain("a test") if kind == "none" else find_bwrap()[0]
pool = DevicePool(discover("cpu", 1), home / "locks")
scratch = Scratch(home / "scratch", "k")
scratch.open()
room = scratch.room("run")
environment = {"HOME": str(room.home), "PATH": "/usr/bin:/bin"}
job = Job(f": {marker}; touch {home}/ran", room.checkout, environment, room.temporary)
execution = Execution(watch, OutputLog(room.output), job)
execution.make_ready(sandbox, (), scratch.note_process)
with pool.lease(watch, Wish(share)):
    if moment == "leased":
        print("ready", flush=True)
        time.sleep(60)
    threading.Timer(0.2, print, ["ready"], {"flush": True}).start()
    with pool.lease(watch, Wish(share)):
        time.sleep(60)
"""


@pytest.mark.parametrize("moment", ["leased", "waiting"])
@pytest.mark.parametrize("kind", ["none", pytest.param("bwrap", marks=needs_bwrap)])
def test_nothing_is_left_and_the_place_is_given_back(tmp_path: Path, kind: str, moment: str) -> None:
    marker = f"33{int.from_bytes(os.urandom(5), 'big')}"
    script = tmp_path / "worker.py"
    script.write_text(WORKER)
    worker = subprocess.Popen(
        [sys.executable, str(script), str(tmp_path), marker, kind, moment],
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])},
        stdout=subprocess.PIPE,
    )
    with worker:
        assert worker.stdout is not None
        assert worker.stdout.readline() == b"ready\n"
        prepared = noted_processes(tmp_path / "scratch")
        assert alive(prepared) == prepared != []
        worker.send_signal(signal.SIGKILL)
    eventually(lambda: alive(prepared) == processes_with(marker) == [])
    assert not (tmp_path / "ran").exists()
    pool, share = DevicePool(discover("cpu", 1), tmp_path / "locks"), LoopShare(id="one", concurrency=1)
    with pool.lease(Watch("next", lambda: False), Wish(share)) as lease:
        assert lease.device.id == "0"
    assert clear_stale(tmp_path / "scratch") == 1
    assert list((tmp_path / "scratch").iterdir()) == []
