"""Memory that is no process's: a candidate that fills it is one that takes too much memory."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from autolift_device.host import Host
from autolift_device.sandbox.bwrap import Bwrap
from autolift_device.sandbox.shared_memory import size_for
from conftest import BWRAP, Change, Repository, Run, needs_bwrap, opened_host, request_for

pytestmark = needs_bwrap
LIMIT: Change = {"run": {"memoryBytes": 64 << 20}}
LOADER = """
from multiprocessing import Process, shared_memory
block = shared_memory.SharedMemory(create=True, size=40 << 20)
def fill(name):
    shared_memory.SharedMemory(name).buf[:] = b"x" * (40 << 20)
worker = Process(target=fill, args=(block.name,))
worker.start(); worker.join()
block.close(); block.unlink()
print("METRIC:mse=1")
"""


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    yield from opened_host(tmp_path, BWRAP)


@pytest.fixture
def tried(measure: Run, repository: Repository) -> Run:
    return lambda command, change: measure(
        request_for(repository, repository.commit({"loader.py": LOADER}), command, change)
    )


@pytest.mark.parametrize(
    "command",
    [
        "head -c 200M /dev/zero > /dev/shm/x",
        "head -c 200M /dev/zero > /dev/shm/x; sleep 20",
        "i=0; while [ $i -lt 80 ]; do head -c 1M /dev/zero > /dev/shm/$i; i=$((i+1)); done; true",
        'python3 -c \'x = b"x" * (40 << 20); open("/dev/shm/x", "wb").write(x); input()\' < /dev/ptmx',
    ],
    ids=["at once", "and stays", "in pieces", "beside its own"],
)
def test_who_fills_the_shared_memory_is_out_of_memory(tried: Run, command: str) -> None:
    report = tried(command, LIMIT)
    assert (report.status, report.value) == ("out_of_memory", None)
    assert report.peakMemoryBytes >= 60 << 20


def test_without_a_limit_it_holds_a_gigabyte_and_no_more(tried: Run) -> None:
    report = tried("df -k /dev/shm | tail -1; head -c 1100M /dev/zero > /dev/shm/x", {})
    assert (report.status, report.detail) == ("out_of_memory", "killed: it filled /dev/shm")
    assert "1048576" in report.tail


def test_what_is_mapped_by_processes_counts_once(tried: Run) -> None:
    limit: Change = {"run": {"memoryBytes": 110 << 20}}
    report = tried("python3 loader.py", limit)
    assert (report.status, report.value) == ("ok", 1)


def test_the_folder_of_devices_takes_no_files(tried: Run) -> None:
    command = (
        "for f in /dev/x /dev/pts/x; do (head -c 1M /dev/zero > $f) 2>/dev/null && echo wrote $f; done; "
        "mkdir /dev/d 2>/dev/null && echo made; echo x > /dev/null && head -c 1 /dev/urandom | wc -c; "
        "python3 -c \"import os; os.openpty(); print('a terminal')\""
    )
    assert tried(command, {}).tail.splitlines() == ["1", "a terminal"]


def test_no_memory_can_be_mounted_in_a_namespace_of_ones_own(tried: Run) -> None:
    command = "unshare -Urm mount -t tmpfs none /mnt && echo mounted; unshare -U echo made"
    assert "made" not in tried(f"({command}) 2>/dev/null", {}).tail


def test_where_bwrap_knows_no_size_the_watch_holds_the_bound(
    tried: Run, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert BWRAP is not None
    host.sandbox = Bwrap(BWRAP.program, ())
    assert tried("head -c 100M /dev/zero > /dev/shm/x; sleep 20", LIMIT).status == "out_of_memory"
    assert tried("head -c 1100M /dev/zero > /dev/shm/x; sleep 20", {}).status == "out_of_memory"


def test_every_run_starts_with_an_empty_one(tried: Run) -> None:
    tried("echo x > /dev/shm/left", {})
    assert tried("ls -A /dev/shm; echo METRIC:mse=1", {}).tail == "METRIC:mse=1"


def test_the_size_is_the_memory_limit_in_whole_pages() -> None:
    assert size_for((64 << 20) + 5) == 64 << 20
    assert size_for(1) > 0
    assert size_for(None) == 1 << 30
