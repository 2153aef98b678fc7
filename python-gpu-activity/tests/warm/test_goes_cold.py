"""Where a run of a warm task starts cold, and why."""

import contextlib
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from autolift_device.run_scope import RunScope
from autolift_device.warm import warm_execution
from autolift_device.warm.gate import Gate
from conftest import Change, Repository, Run, eventually, processes_with, request_for

from .conftest import Site, start_of

SLOW = "import time\nbegan = time.monotonic()\ntime.sleep(1.5)\n"
TRAIN = "import slow, time\nprint(f'METRIC:mse={time.monotonic() - slow.began}')\n"


@pytest.mark.parametrize("file", ["slow.py", "slow/__init__.py", "queue.py"])
def test_a_checkout_that_shadows_what_was_imported_starts_cold(
    measure: Run, repository: Repository, site: Site, file: str
) -> None:
    files = {"train.py": "import slow, queue\nprint(slow.__file__, queue.__file__, 'METRIC:mse=1')"}
    files[file] = "theirs = 1"
    change = site({"slow.py": "import queue"}, ["slow"])
    report = measure(request_for(repository, repository.commit(files), "python3 train.py", change))
    start = start_of(report)
    assert not start.warm
    assert start.why is not None
    assert start.why.startswith("the checkout has its own ")
    assert f"started cold: {start.why}" in report.notes
    # what the candidate brings is what it gets, as in any cold run
    assert "/checkout/" in report.tail


def test_a_script_named_as_an_imported_module_starts_cold(
    measure: Run, repository: Repository, site: Site
) -> None:
    commit = repository.commit({"queue.py": "print('METRIC:mse=1')"})
    change = site({"slow.py": "import queue"}, ["slow"])
    report = measure(request_for(repository, commit, "python3 queue.py", change))
    assert (report.status, start_of(report).why) == ("ok", "the checkout has its own queue")


BROKEN = {
    "no such module": ({}, "import slow: ModuleNotFoundError"),
    "one that fails": ({"slow.py": "1 / 0"}, "import slow: ZeroDivisionError"),
    "one that exits": ({"slow.py": "import sys\nsys.exit(0)"}, "import slow: SystemExit"),
    "one that dies": ({"slow.py": "import os\nos.kill(os.getpid(), 9)"}, "its process ended before"),
    "one that leaves": ({"slow.py": "import os\nos._exit(0)"}, "its process ended before"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_an_import_that_fails_starts_cold(
    measure: Run, repository: Repository, site: Site, name: str
) -> None:
    modules, why = BROKEN[name]
    commit = repository.commit({"train.py": "print('METRIC:mse=1')"})
    report = measure(request_for(repository, commit, "python3 train.py", site(modules, ["slow"])))
    start = start_of(report)
    assert (report.status, report.value, start.warm) == ("ok", 1, False)
    assert start.why is not None
    assert start.why.startswith(why)
    # what was printed in the attempt isn't the run's
    assert report.tail == "METRIC:mse=1"


@pytest.mark.parametrize("noticed", [True, False])
def test_one_that_dies_while_it_waits_for_a_device_starts_cold(
    measure: Run, repository: Repository, marker: str, monkeypatch: pytest.MonkeyPatch, noticed: bool
) -> None:
    """As the kernel's killer does it when memory runs out; its end may be heard of too late."""
    leased, said = RunScope.leased, Gate.said

    @contextlib.contextmanager
    def after_a_death(scope: RunScope) -> Iterator[None]:
        for pid in processes_with(marker):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        eventually(lambda: processes_with(marker) == [])
        silent = iter([] if noticed else [True])
        monkeypatch.setattr(Gate, "said", lambda own, wait: None if next(silent, False) else said(own, wait))
        with leased(scope):
            yield

    monkeypatch.setattr(RunScope, "leased", after_a_death)
    commit = repository.commit({"train.py": "print('METRIC:mse=1')"})
    change: Change = {"run": {"warm": {"imports": ["decimal"]}}}
    report = measure(request_for(repository, commit, f"python3 train.py {marker}", change))
    assert (report.status, report.value) == ("ok", 1)
    assert start_of(report).why == "its process ended before it was let go"


def test_a_python_that_does_not_wait_finds_no_script_and_starts_cold(
    measure: Run, repository: Repository, site: Site, tmp_path: Path
) -> None:
    change = site({"python3": f'#!/bin/sh\nexec "{os.path.normpath(sys.executable)}" -I "$@"\n'}, ["decimal"])
    folder = tmp_path / "task" / "site"
    (folder / "python3").chmod(0o755)
    change["run"]["env"] = {"PATH": f"{folder}:{os.environ['PATH']}"}
    files = {"train.py": "print('METRIC:mse=1')\nopen('ran', 'a').write('x')\nprint(open('ran').read())"}
    report = measure(request_for(repository, repository.commit(files), "python3 train.py", change))
    assert start_of(report).why == "its process ended before it was let go"
    assert (report.status, report.tail) == ("ok", "METRIC:mse=1\nx")


def test_imports_that_take_too_long_start_cold(
    measure: Run, repository: Repository, site: Site, marker: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(warm_execution, "LONGEST_IMPORT", 1.0)
    commit = repository.commit({"train.py": "print('METRIC:mse=1')"})
    change = site({"slow.py": "import time\ntime.sleep(600)\n"}, ["slow"])
    report = measure(request_for(repository, commit, f"python3 train.py {marker}", change))
    assert (report.status, report.value) == ("ok", 1)
    assert start_of(report).why == "the imports took more than 1 s"
    assert processes_with(marker) == []


CANNOT = {
    "python3 train.py; true": "the command is not a plain",
    "python3 -u train.py": "the command is not a plain",
    "python3 -m train": "the command is not a plain",
    "A=1 python3 train.py": "the command is not a plain",
    "python3 train.py > out; cat out": "the command is not a plain",
    "sh go.sh": "the command is not a plain",
    "python3 ./link.py": "./link.py is not a file of the checkout",
    "bin/python3 train.py": "bin/python3 is a file of the checkout",
}


@pytest.mark.parametrize("command", CANNOT)
def test_what_is_no_plain_python_command_starts_cold(
    measure: Run, repository: Repository, command: str
) -> None:
    files = {"train.py": "print('METRIC:mse=1')", "go.sh": "exec python3 train.py"}
    repository.commit(files | {"bin/python3": "#!/bin/sh\nexec python3 train.py"})
    (repository.folder / "bin" / "python3").chmod(0o755)
    (repository.folder / "link.py").symlink_to("train.py")
    commit = repository.commit({})
    report = measure(request_for(repository, commit, command, {"run": {"warm": {"imports": ["decimal"]}}}))
    why = start_of(report).why
    assert (report.status, report.value) == ("ok", 1)
    assert why is not None
    assert why.startswith(CANNOT[command])


@pytest.mark.parametrize("name", ["PYTHONPATH", "LD_LIBRARY_PATH", "PYTHONUSERBASE"])
def test_a_search_path_into_the_checkout_starts_cold(measure: Run, repository: Repository, name: str) -> None:
    files = {"train.py": "print('METRIC:mse=1')", "sitecustomize.py": "print('METRIC:early=1')"}
    change: Change = {"run": {"env": {name: "."}, "warm": {"imports": ["decimal"]}}}
    report = measure(request_for(repository, repository.commit(files), "python3 train.py", change))
    assert start_of(report).why == f"{name} may lead into the checkout"


@pytest.mark.parametrize(
    "line",
    [
        "os.environ['OMP_NUM_THREADS'] = '1'",
        'os.environ["A"]="1"',
        "os.environ.setdefault('A', '1')",
        "os.environ.update(A='1')",
        "os.putenv('A', '1')",
    ],
)
def test_a_script_that_sets_variables_before_its_imports_starts_cold(
    measure: Run, repository: Repository, line: str
) -> None:
    commit = repository.commit({"train.py": f"import os\n{line}\nprint('METRIC:mse=1')"})
    change: Change = {"run": {"warm": {"imports": ["decimal"]}}}
    start = start_of(measure(request_for(repository, commit, "python3 train.py", change)))
    assert start.why is not None
    assert start.why.startswith("train.py sets environment variables")
