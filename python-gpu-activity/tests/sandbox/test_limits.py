"""Too much memory, too many processes: what a run may take, and what it is called when it takes more."""

import pytest

from autolift_device.sandbox import execute
from conftest import Repository, Run, processes_with, request_for

FORKS = "i=0; while [ $i -lt {0} ]; do sleep {1} & i=$((i + 1)); done; wait; echo METRIC:mse=1"


def test_more_memory_than_allowed_is_out_of_memory(measure: Run, repository: Repository) -> None:
    commit = repository.commit({"hog.py": "import time\nx = b'x' * (200 << 20)\ntime.sleep(20)\n"})
    change = {"run": {"memoryBytes": 100 << 20}}
    report = measure(request_for(repository, commit, "python3 hog.py", change))
    assert report.status == "out_of_memory"
    assert report.peakMemoryBytes > 100 << 20


def test_memory_is_summed_over_the_tree(measure: Run, repository: Repository, marker: str) -> None:
    commit = repository.commit({"hog.py": "import time\nx = b'x' * (60 << 20)\ntime.sleep(20)\n"})
    change = {"run": {"memoryBytes": 100 << 20}}
    command = f"python3 hog.py {marker} & setsid python3 hog.py {marker} & wait"
    assert measure(request_for(repository, commit, command, change)).status == "out_of_memory"
    assert processes_with(marker) == []


@pytest.mark.parametrize("command", ["python3 -c 'raise MemoryError'", "echo 'CUDA out of memory'; exit 1"])
def test_the_signs_of_too_little_memory_are_known(measure: Run, repository: Repository, command: str) -> None:
    assert measure(request_for(repository, repository.commit({}), command)).status == "out_of_memory"


def test_a_run_that_kills_itself_is_a_crash(measure: Run, repository: Repository) -> None:
    change = {"run": {"memoryBytes": 1 << 30}}
    report = measure(request_for(repository, repository.commit({}), "kill -9 $$", change))
    assert (report.status, report.detail) == ("crash", "killed by signal 9")


def test_one_that_is_killed_when_the_kernel_kills_for_want_of_memory_is_out_of_memory(
    measure: Run, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = iter(range(10))
    monkeypatch.setattr(execute, "oom_kills", lambda: next(counted))
    report = measure(request_for(repository, repository.commit({}), "kill -9 $$"))
    assert (report.status, report.detail.startswith("killed by the system")) == ("out_of_memory", True)


def test_one_that_is_killed_close_to_its_limit_is_out_of_memory(measure: Run, repository: Repository) -> None:
    hog = "import os, time\nx = b'x' * (180 << 20)\ntime.sleep(0.6)\nos.kill(os.getpid(), 9)\n"
    commit = repository.commit({"hog.py": hog})
    change = {"run": {"memoryBytes": 200 << 20}}
    report = measure(request_for(repository, commit, "exec python3 hog.py", change))
    assert (report.status, report.detail.startswith("killed by the system")) == ("out_of_memory", True)


def test_a_memory_file_that_is_only_held_open_counts_once(measure: Run, repository: Repository) -> None:
    hold = (
        "import os, sys, time\nfile = os.memfd_create('x')\nblock = b'x' * (1 << 20)\n"
        "for _ in range(int(sys.argv[1])): os.write(file, block)\n"
        "child = os.fork() == 0\ntime.sleep(float(sys.argv[2]))\nchild or print('METRIC:mse=1')\n"
    )
    commit = repository.commit({"hold.py": hold})
    change = {"run": {"memoryBytes": 160 << 20}}
    more = measure(request_for(repository, commit, "python3 hold.py 200 20", change))
    assert (more.status, more.peakMemoryBytes > 160 << 20) == ("out_of_memory", True)
    less = measure(request_for(repository, commit, "python3 hold.py 80 0.5", change))
    assert (less.status, less.peakMemoryBytes > 80 << 20) == ("ok", True)


def test_a_run_that_forks_on_and_on_is_killed_whole(
    measure: Run, repository: Repository, marker: str
) -> None:
    command = FORKS.format(1100, marker)
    change = {"run": {"memoryBytes": 8 << 30, "timeoutSeconds": 120}}
    report = measure(request_for(repository, repository.commit({}), command, change))
    assert (report.status, report.detail) == ("crash", "killed: more than 1024 processes")
    assert report.tampering == []
    assert processes_with(marker) == []


def test_many_processes_are_no_fault(measure: Run, repository: Repository) -> None:
    report = measure(request_for(repository, repository.commit({}), FORKS.format(200, 0.5)))
    assert (report.status, report.value) == ("ok", 1)


def test_the_killer_of_the_kernel_takes_the_candidate_first(measure: Run, repository: Repository) -> None:
    report = measure(request_for(repository, repository.commit({}), "cat /proc/self/oom_score_adj"))
    assert report.tail == "1000"
