"""What a borrowed host leaves behind: nothing, whichever way it ends."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from autolift_device.borrowed.folder import clear_left, make_folder
from borrowed_host import ROOT, STAYS, BorrowedHost
from conftest import eventually


@pytest.mark.parametrize("name", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_host_that_is_told_to_go_leaves_nothing(tmp_path: Path, name: signal.Signals) -> None:
    host = BorrowedHost(tmp_path)
    host.until(STAYS)
    [folder] = host.temporary.iterdir()
    assert (folder.stat().st_mode & 0o777, sorted(os.listdir(folder / "home"))) == (
        0o700,
        ["git", "locks", "scratch"],
    )
    assert (host.end(name)[0], host.left()) == (0, [])


@pytest.mark.parametrize(
    ("option", "why"), [("--for", "could not end in time"), ("--until-idle", "there was no work")]
)
def test_it_goes_by_itself_when_its_time_is_up_or_there_is_no_work(
    tmp_path: Path, option: str, why: str
) -> None:
    host = BorrowedHost(tmp_path, option, "1s")
    code, said = host.end()
    assert (code, host.left()) == (0, [])
    assert why in said


def test_it_leaves_nothing_when_it_fails(tmp_path: Path) -> None:
    host = BorrowedHost(tmp_path, TEMPORAL_CONFIG_FILE="/no/such/file.toml")
    code, said = host.end()
    assert (code, host.left()) == (2, [])
    assert "there is no file /no/such/file.toml" in said


def test_what_a_killed_host_had_written_is_removed_after_it(tmp_path: Path) -> None:
    host = BorrowedHost(tmp_path)
    host.until(STAYS)
    host.end(signal.SIGKILL)
    eventually(lambda: host.left() == [])


def test_what_nobody_was_left_to_remove_is_removed_by_the_next_host_and_nothing_else(tmp_path: Path) -> None:
    lives, killed = BorrowedHost(tmp_path), BorrowedHost(tmp_path)
    for host in (lives, killed):
        host.until(STAYS)
    killed.kill_all()
    assert len(list(tmp_path.glob("tmp/*"))) == 2
    following = BorrowedHost(tmp_path)
    following.until("removed what a borrowed host that was killed had left")
    following.until(STAYS)
    assert len(list(tmp_path.glob("tmp/*"))) == 2
    for host in (lives, following):
        assert host.end(signal.SIGTERM)[0] == 0
    assert following.left() == []


def test_only_folders_whose_host_is_dead_are_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    folder, lock = make_folder()
    elsewhere, begun, abandoned = (
        tmp_path / name for name in ("x", "autolift-borrowed-1", "autolift-borrowed-2")
    )
    for one in (elsewhere, begun, abandoned):
        one.mkdir()
    (tmp_path / "autolift-borrowed-3").symlink_to(elsewhere)
    an_hour_ago = time.time() - 3600
    os.utime(abandoned, (an_hour_ago, an_hour_ago))
    os.utime(elsewhere, (an_hour_ago, an_hour_ago))
    assert clear_left() == [abandoned]
    assert folder.is_dir()
    os.close(lock.handle)
    assert clear_left() == [folder]
    assert elsewhere.is_dir()
    assert begun.is_dir()


HANGS = """
import threading
from autolift_device.borrowed.leave import leave_for_sure
from autolift_device.borrowed.visit import visiting
with visiting():
    leave_for_sure(0.1)
    threading.Event().wait()
"""
TELLS = """
import ctypes, os, resource, sys, tempfile
from autolift_device.borrowed.visit import visiting
with visiting() as home:
    dumpable = ctypes.CDLL(None).prctl(3, 0, 0, 0, 0) if sys.platform == "linux" else 0
    print(dumpable, resource.getrlimit(resource.RLIMIT_CORE))
    print(tempfile.gettempdir() == os.environ["TMPDIR"] == str(home.parent / "tmp"))
"""

NOWHERE = """
import os, tempfile
from autolift_device.__main__ import main
tempfile.tempdir = "/no/such"
print(main(["--borrowed", "--class", "cpu", "--artifacts", os.environ["TMPDIR"]]))
"""


def _in_python(script: str, folder: Path) -> str:
    settings = {"TMPDIR": str(folder), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=os.environ | settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=60,
    )
    return done.stdout


def test_a_server_that_does_not_answer_does_not_keep_it(tmp_path: Path) -> None:
    _in_python(HANGS, tmp_path)
    eventually(lambda: os.listdir(tmp_path) == [])


def test_its_keys_get_into_no_core_file_and_its_temporary_files_into_its_folder(tmp_path: Path) -> None:
    assert _in_python(TELLS, tmp_path) == "0 (0, 0)\nTrue\n"


def test_where_no_folder_can_be_made_is_one_message(tmp_path: Path) -> None:
    said = _in_python(NOWHERE, tmp_path)
    assert "autolift-device: TMPDIR: this host's folder cannot be made: [Errno 2] No such file" in said
    assert said.endswith("2\n")
    assert "Traceback" not in said
