"""What is done before a run is let go, and what is not."""

import os
from pathlib import Path
from typing import Any

import pytest

from autolift_device.devices.pool import DevicePool
from autolift_device.failures import Stopped
from autolift_device.warm import gate
from conftest import Change, Repository, Run, processes_with, request_for

from .conftest import Site, start_of

SLOW = "import time\nbegan = time.monotonic()\ntime.sleep(1.5)\n"
TRAIN = "import slow, time\nprint(f'METRIC:mse={time.monotonic() - slow.began}')\n"


def test_imports_are_not_charged_to_the_run(measure: Run, repository: Repository, site: Site) -> None:
    commit = repository.commit({"train.py": TRAIN})
    report = measure(request_for(repository, commit, "python3 train.py", site({"slow.py": SLOW}, ["slow"])))
    start = start_of(report)
    assert start.warm
    assert start.importSeconds is not None
    assert start.startupSeconds is not None
    # before the run's clock began
    assert report.seconds.prepare >= start.importSeconds >= 1.5
    assert report.seconds.run >= start.startupSeconds
    # and once: what the script has is what was imported then
    assert report.value is not None
    assert report.value >= 1.5
    assert not [note for note in report.notes if "cold" in note]


def test_nothing_of_the_candidate_runs_before_it_is_let_go(
    measure: Run, repository: Repository, site: Site
) -> None:
    """What is imported looks for the script by every name that a Python would load it by."""
    curious = """
import os, sys
print("ahead:", os.path.exists("train.py"), "CUDA_VISIBLE_DEVICES" in os.environ, [
    path for path in sys.path if os.path.realpath(path).startswith(os.getcwd())
])
try:
    import helper
except ImportError:
    print("no helper")
"""
    files = {
        "train.py": "print('METRIC:mse=1')",
        "helper.py": "print('RAN')",
        "sitecustomize.py": "print('RAN')",
    }
    change = site({"curious.py": curious}, ["curious"])
    report = measure(request_for(repository, repository.commit(files), "python3 train.py", change))
    assert start_of(report).warm
    lines = report.tail.splitlines()
    assert lines[0].startswith("ahead: False")
    assert lines[0].endswith("[]")
    assert lines[1:] == ["no helper", "METRIC:mse=1"]


def test_where_the_sandbox_needs_to_know_its_device_imports_follow_the_lease(
    measure: Run, repository: Repository, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(DevicePool, "common_nodes", None)
    commit = repository.commit({"train.py": "import slow\nprint('METRIC:mse=1')"})
    report = measure(request_for(repository, commit, "python3 train.py", site({"slow.py": SLOW}, ["slow"])))
    start = start_of(report)
    assert (report.status, start.warm) == ("ok", True)
    # while it held the device, and yet not on its own clock
    assert report.seconds.run >= report.metrics["run_seconds"] + 1.5


def test_an_import_that_opens_a_gpu_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """By the functions of the file itself: to run it is to wait."""
    source = Path(gate.__file__).parent / "at_start" / "sitecustomize.py"
    functions: dict[str, Any] = {}
    exec(source.read_text().rpartition("\ntry:")[0], functions)
    assert functions["_gpu_in_use"]() == ""
    monkeypatch.setattr(os, "readlink", lambda path: "/dev/nvidiactl")
    assert functions["_gpu_in_use"]() == "what was imported has opened /dev/nvidiactl"


def test_a_script_that_only_reads_variables_starts_warm(measure: Run, repository: Repository) -> None:
    script = "import os\nassert os.environ['AUTOLIFT_SEED'] == '7'\nprint('METRIC:mse=1')"
    change: Change = {"run": {"warm": {"imports": ["decimal"]}}}
    commit = repository.commit({"train.py": script})
    report = measure(request_for(repository, commit, "python3 train.py", change))
    assert (report.status, start_of(report).warm) == ("ok", True)


def test_a_task_that_does_not_ask_starts_as_ever(measure: Run, repository: Repository) -> None:
    report = measure(request_for(repository, repository.commit({"train.py": ""}), "python3 train.py"))
    assert report.device.facts is None or report.device.facts.start is None


def test_limits_hold_from_the_go_on(measure: Run, repository: Repository, site: Site, marker: str) -> None:
    script = f"import sys, time\nx = b'x' * (200 << 20)\nsys.argv.append('{marker}')\ntime.sleep(60)"
    change = site({"slow.py": ""}, ["slow"])
    change["run"] |= {"memoryBytes": 100 << 20}
    command = f"python3 train.py {marker}"
    report = measure(request_for(repository, repository.commit({"train.py": script}), command, change))
    assert (report.status, start_of(report).warm) == ("out_of_memory", True)
    change["run"] |= {"memoryBytes": None, "timeoutSeconds": 2}
    report = measure(request_for(repository, repository.commit({"train.py": script}), command, change))
    assert (report.status, start_of(report).warm) == ("timeout", True)
    assert processes_with(marker) == []


def test_a_protected_script_that_was_moved_into_place_is_no_tampering(
    measure: Run, repository: Repository
) -> None:
    change: Change = {"run": {"warm": {"imports": ["decimal"]}}, "editable": ["other.py"]}
    commit = repository.commit({"train.py": "print('METRIC:mse=1')", "other.py": ""})
    report = measure(request_for(repository, commit, "python3 train.py", change))
    assert (report.status, report.tampering, start_of(report).warm) == ("ok", [], True)


def test_a_run_that_is_stopped_while_it_imports_leaves_nothing(
    measure: Run, repository: Repository, site: Site, marker: str
) -> None:
    slow = "import time\ntime.sleep(600)\n"
    commit = repository.commit({"train.py": "print('METRIC:mse=1')"})
    asked = iter([False] * 12)
    request = request_for(repository, commit, f"python3 train.py {marker}", site({"slow.py": slow}, ["slow"]))
    with pytest.raises(Stopped):
        measure(request, lambda: next(asked, True))
    assert processes_with(marker) == []
