"""A borrowed host begins no run that could not end in time, and leaves when none is left."""

import asyncio
import math
import threading
import time
from collections.abc import Iterator

import pytest
from temporalio.exceptions import ApplicationError
from temporalio.testing import ActivityEnvironment

from autolift_device.activity import DeviceActivities
from autolift_device.borrowed.leave import leave_when_due
from autolift_device.borrowed.stay import Stay
from autolift_device.fleet.describe import describe
from autolift_device.host import Host
from autolift_device.pulse import Pulse
from autolift_device.watch import Watch
from conftest import Repository, eventually, request_for


@pytest.fixture
def activities(host: Host) -> Iterator[DeviceActivities]:
    made = DeviceActivities(host, Pulse(0.1))
    yield made
    made.close()


def leaving(activities: DeviceActivities) -> tuple[threading.Thread, threading.Event]:
    """Looks after the host's stay on a thread of its own; the event: it was told to stop."""
    stopped = threading.Event()
    thread = threading.Thread(target=lambda: asyncio.run(leave_when_due(activities, stopped.set)))
    thread.start()
    return thread, stopped


def test_a_stay_without_an_end_has_time_for_every_run() -> None:
    stay = Stay()
    assert (stay.has_time_for(1e9), stay.is_over, stay.is_idle, stay.until) == (True, False, False, None)


def test_a_stay_ends_with_the_first_run_that_it_has_no_time_for() -> None:
    stay = Stay(seconds=3600)
    assert (stay.has_time_for(3000), stay.has_time_for(3601), stay.has_time_for(1)) == (True, False, False)
    assert stay.until is not None


def test_idle_is_counted_from_the_last_work() -> None:
    stay = Stay(idle_seconds=60)
    stay.worked -= 61
    assert stay.is_idle
    stay.note_work()
    assert not stay.is_idle


def test_a_run_that_could_not_end_in_time_is_handed_back_and_the_host_drains(
    activities: DeviceActivities, repository: Repository
) -> None:
    activities.host.stay = Stay(seconds=3600)
    commit = repository.commit({})
    short = request_for(repository, commit, "echo METRIC:mse=1", {"run": {"budgetSeconds": 5}})
    long = request_for(repository, commit, "echo METRIC:mse=1", {"run": {"budgetSeconds": 3601}})
    assert ActivityEnvironment().run(activities.run_candidate, short)["status"] == "ok"
    assert not activities.host.drain.is_on
    with pytest.raises(ApplicationError) as failure:
        ActivityEnvironment().run(activities.run_candidate, long)
    assert (failure.value.type, failure.value.non_retryable) == ("HostDraining", False)
    # no file: this process alone is drained
    assert (activities.host.drain.is_on, (activities.host.scratch.parent / "draining").exists()) == (
        True,
        False,
    )
    assert activities.host.drain.since is not None


def test_a_run_that_waits_for_a_device_until_it_is_too_late_goes_back(
    activities: DeviceActivities, repository: Repository
) -> None:
    activities.host.stay = stay = Stay()
    others = Watch("others", lambda: False)
    payload = request_for(repository, repository.commit({}), "echo METRIC:mse=1")
    thread, stopped = leaving(activities)

    def wait() -> None:
        eventually(lambda: any(watch.phase == "waiting" for watch in list(activities.watches)))
        stay.began, stay.seconds = time.monotonic(), payload["run"]["budgetSeconds"] / 2

    threading.Thread(target=wait, daemon=True).start()
    lease = activities.host.pool_of("cpu").lease
    with lease(others), lease(others), pytest.raises(ApplicationError) as failure:
        ActivityEnvironment().run(activities.run_candidate, payload)
    assert failure.value.type == "HostDraining"
    thread.join(60)
    assert stopped.is_set()


def test_what_has_a_device_when_the_time_is_up_runs_to_its_end_and_then_the_host_leaves(
    activities: DeviceActivities, repository: Repository
) -> None:
    activities.host.stay = stay = Stay()
    payload = request_for(repository, repository.commit({}), "sleep 1; echo METRIC:mse=1")
    thread, stopped = leaving(activities)

    def end() -> None:
        eventually(lambda: any(watch.devices for watch in list(activities.watches)))
        stay.seconds = 0.0

    threading.Thread(target=end, daemon=True).start()
    assert ActivityEnvironment().run(activities.run_candidate, payload)["status"] == "ok"
    thread.join(60)
    assert stopped.is_set()


def test_a_host_that_is_no_borrowed_one_stays(activities: DeviceActivities) -> None:
    thread, stopped = leaving(activities)
    thread.join(60)
    assert not stopped.is_set()


def test_the_fleet_is_told_that_a_host_is_borrowed_and_until_when(host: Host) -> None:
    def told() -> tuple[bool, bool]:
        said = describe(host, [])
        return said["borrowed"], said["leavesAt"] is not None

    before = told()
    host.stay = Stay(idle_seconds=math.inf)
    forever = told()
    host.stay = Stay(seconds=60)
    assert (before, forever, told()) == ((False, False), (True, False), (True, True))
