"""A run that dies with its host goes on from its own checkpoint, within the budget that it has left."""

import copy
import dataclasses
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from temporalio.exceptions import ApplicationError, CancelledError
from temporalio.testing import ActivityEnvironment

from autolift_device.activity import DeviceActivities
from autolift_device.host import Host
from autolift_device.pulse import Pulse
from conftest import Repository, eventually, request_for

TRAIN = """
import os, sys, time
before = os.environ.get("AUTOLIFT_RESUME_FROM")
if before:
    print("found", open(before).read(), flush=True)
    print("METRIC:mse=%s" % os.environ["AUTOLIFT_BUDGET_SECONDS"])
    print("secondary: %s" % os.environ["AUTOLIFT_RESUME_SECONDS"])
    sys.exit()
os.mkdir("ckpt")
with open("ckpt/tmp", "w") as file:
    file.write("weights")
os.rename("ckpt/tmp", "ckpt/7.pt")
print("PROGRESS step=7 loss=2.5 checkpoint=ckpt/7.pt", flush=True)
time.sleep(60)
"""
RULE = {"path": "ckpt/*.pt", "everySeconds": 0.01, "maxBytes": 1 << 20}
Beat = dict[str, Any]


@pytest.fixture
def activities(host: Host) -> Iterator[DeviceActivities]:
    made = DeviceActivities(host, Pulse(0.1))
    yield made
    made.close()


@pytest.fixture
def payload(repository: Repository) -> Any:
    commit = repository.commit({"train.py": TRAIN})
    change = {"watch": {"checkpoint": RULE}, "run": {"budgetSeconds": 50}}
    return request_for(repository, commit, "python3 train.py", change)


def blobs(host: Host) -> list[Path]:
    files = (path for path in host.blobs.folder.rglob("*") if path.is_file())
    return [path for path in files if path.read_bytes().startswith(b'{"checkpoint"')]


End = Callable[[ActivityEnvironment], None]


def interrupted(activities: DeviceActivities, payload: Any, end: End) -> Beat:
    """The last heartbeat of an attempt that ends once its checkpoint has been told."""
    beats: list[Beat] = []
    environment = ActivityEnvironment()
    environment.on_heartbeat = beats.append

    def wait() -> None:
        eventually(lambda: bool(beats) and "checkpoint" in beats[-1])
        end(environment)

    thread = threading.Thread(target=wait, daemon=True)
    thread.start()
    with pytest.raises((ApplicationError, CancelledError)):
        environment.run(activities.run_candidate, payload)
    thread.join()
    activities.host.stopping.clear()
    return beats[-1]


def killed(activities: DeviceActivities, payload: Any) -> Beat:
    return interrupted(activities, payload, lambda _: activities.host.stopping.set())


def again(activities: DeviceActivities, payload: Any, beat: Beat, limit: float = 60) -> Any:
    environment = ActivityEnvironment()
    environment.info = dataclasses.replace(environment.info, attempt=2, heartbeat_details=[beat])
    timer = threading.Timer(limit, environment.cancel)
    timer.start()
    try:
        return environment.run(activities.run_candidate, payload)
    finally:
        timer.cancel()


def test_the_next_attempt_goes_on_from_it_with_what_the_budget_has_left(
    activities: DeviceActivities, payload: Any
) -> None:
    beat = killed(activities, payload)
    assert (beat["step"], beat["loss"], beat["checkpoint"]["path"]) == (7, 2.5, "ckpt/7.pt")
    assert (beat["attempt"]["host"], beat["attempt"]["step"]) == (activities.host.name, 7)
    used = beat["checkpoint"]["seconds"]
    report = again(activities, payload, beat)
    assert report["status"] == "ok"
    assert "found weights" in report["tail"]
    assert report["value"] == pytest.approx(50 - used, abs=1e-3)
    assert report["metrics"]["secondary"] == pytest.approx(used, rel=1e-4)
    course = report["course"]
    assert (course["attempt"], course["resumedAt"]) == (2, used)
    assert [one["host"] for one in course["earlier"]] == [activities.host.name]
    assert course["earlier"][0]["seconds"] >= used - 0.5
    assert any("went on from the checkpoint of step 7" in note for note in report["notes"])
    assert blobs(activities.host) == []


@pytest.mark.parametrize(
    "change",
    [
        {"seed": 8},
        {"commit": "0" * 40},
        {"path": "../../../escaped.pt"},
        {"path": "/tmp/escaped.pt"},
        {"path": "train.py"},
        {"blob": {"sha256": "0" * 64, "bytes": 3, "mediaType": "x"}},
    ],
)
def test_another_runs_checkpoint_is_none(
    activities: DeviceActivities, payload: Any, change: dict[str, Any]
) -> None:
    beat = killed(activities, payload)
    forged = {**beat, "checkpoint": beat["checkpoint"] | change}
    told = ["METRIC:mse=$AUTOLIFT_BUDGET_SECONDS", "from=$AUTOLIFT_RESUME_FROM."]
    payload["run"]["command"] = "; ".join(f"echo {one}" for one in told)
    report = again(activities, payload, forged)
    assert (report["value"], report["course"].get("resumedAt")) == (50, None)
    assert "from=." in report["tail"]


def test_a_heartbeat_of_another_run_is_no_past(activities: DeviceActivities, payload: Any) -> None:
    beat = killed(activities, payload)
    payload["run"]["command"] = "echo METRIC:mse=$AUTOLIFT_BUDGET_SECONDS"
    report = again(activities, payload, {**beat, "key": "other/1/candidate/0"})
    assert (report["value"], report["course"]) == (50, {"attempt": 2})


def test_a_checkpoint_that_was_tampered_with_is_not_used(activities: DeviceActivities, payload: Any) -> None:
    beat = killed(activities, payload)
    [stored] = blobs(activities.host)
    stored.write_bytes(stored.read_bytes().replace(b"weights", b"cheated"))
    payload["run"]["command"] = "echo METRIC:mse=$AUTOLIFT_BUDGET_SECONDS"
    report = again(activities, payload, beat)
    assert (report["value"], "resumedAt" in report["course"]) == (50, False)
    assert any("started anew" in note for note in report["notes"])


def test_what_another_run_stored_is_refused_by_its_first_line(
    activities: DeviceActivities, payload: Any
) -> None:
    other = copy.deepcopy(payload) | {"key": "test/other/candidate/0"}
    theirs, ours = killed(activities, other), killed(activities, payload)
    payload["run"]["command"] = "echo METRIC:mse=$AUTOLIFT_BUDGET_SECONDS"
    forged = {**ours, "checkpoint": ours["checkpoint"] | {"blob": theirs["checkpoint"]["blob"]}}
    report = again(activities, payload, forged)
    assert report["value"] == 50
    assert any("it is another run's" in note for note in report["notes"])


def test_a_cancelled_run_leaves_none_behind(activities: DeviceActivities, payload: Any) -> None:
    interrupted(activities, payload, lambda environment: environment.cancel())
    assert blobs(activities.host) == []


TWICE = """
import os, sys, time
before = os.environ.get("AUTOLIFT_RESUME_FROM")
if before:
    print("METRIC:mse=1")
    sys.exit()
os.mkdir("ckpt")
for step in (1, 2):
    with open("ckpt/tmp", "w") as file:
        file.write("weights of step %d" % step)
    os.rename("ckpt/tmp", "ckpt/%d.pt" % step)
    print("PROGRESS step=%d checkpoint=ckpt/%d.pt" % (step, step), flush=True)
    time.sleep(1)
time.sleep(60)
"""


@pytest.fixture
def twice(activities: DeviceActivities, repository: Repository) -> tuple[Any, Beat]:
    """A run whose host died after it had stored two checkpoints, and its last heartbeat."""
    commit = repository.commit({"train.py": TWICE})
    change = {"watch": {"checkpoint": RULE}, "run": {"budgetSeconds": 50}}
    payload = request_for(repository, commit, "python3 train.py", change)
    beats: list[Beat] = []
    environment = ActivityEnvironment()
    environment.on_heartbeat = beats.append

    def end() -> None:
        eventually(lambda: bool(beats) and beats[-1].get("checkpoint", {}).get("step") == 2)
        activities.host.stopping.set()

    thread = threading.Thread(target=end, daemon=True)
    thread.start()
    with pytest.raises(ApplicationError):
        environment.run(activities.run_candidate, payload)
    thread.join()
    activities.host.stopping.clear()
    assert len(blobs(activities.host)) == 2
    return payload, beats[-1]


def test_the_attempt_that_ends_the_run_removes_what_the_one_before_left(
    activities: DeviceActivities, twice: tuple[Any, Beat]
) -> None:
    report = again(activities, *twice)
    assert (report["status"], report["course"]["resumedAt"]) == ("ok", twice[1]["checkpoint"]["seconds"])
    assert blobs(activities.host) == []


def test_so_does_one_that_is_cancelled_before_it_begins(
    activities: DeviceActivities, twice: tuple[Any, Beat]
) -> None:
    with pytest.raises(CancelledError):
        again(activities, *twice, limit=0)
    assert blobs(activities.host) == []


def test_so_does_one_that_is_refused(activities: DeviceActivities, twice: tuple[Any, Beat]) -> None:
    payload, beat = twice
    with pytest.raises(ApplicationError, match="meant for h100"):
        again(activities, payload | {"device": "h100"}, beat)
    assert blobs(activities.host) == []
