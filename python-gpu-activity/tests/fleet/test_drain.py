"""A drained host ends what has a device, hands back what waits for one, and stays drained."""

import asyncio
import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from temporalio.exceptions import ApplicationError
from temporalio.testing import ActivityEnvironment

from autolift_device.activity import DeviceActivities
from autolift_device.fleet.describe import describe
from autolift_device.fleet.desk import Desk
from autolift_device.fleet.drain import Drain
from autolift_device.host import Host
from autolift_device.pulse import Pulse
from autolift_device.watch import Watch
from conftest import Repository, eventually, request_for


@pytest.fixture
def activities(host: Host) -> Iterator[DeviceActivities]:
    made = DeviceActivities(host, Pulse(0.1))
    yield made
    made.close()


def test_it_lasts_until_it_is_ended_whoever_looks(tmp_path: Path) -> None:
    Drain(tmp_path).begin()
    began = Drain(tmp_path).since
    time.sleep(0.01)
    Drain(tmp_path).begin()
    assert (Drain(tmp_path).is_on, Drain(tmp_path).since) == (True, began)
    Drain(tmp_path).end()
    Drain(tmp_path).end()
    assert (Drain(tmp_path).is_on, Drain(tmp_path).since) == (False, None)


def test_what_has_a_device_runs_to_its_end(activities: DeviceActivities, repository: Repository) -> None:
    payload = request_for(repository, repository.commit({}), "sleep 1; echo METRIC:mse=1")

    def drain() -> None:
        eventually(lambda: any(watch.devices for watch in activities.watches))
        activities.host.drain.begin()

    threading.Thread(target=drain, daemon=True).start()
    report = ActivityEnvironment().run(activities.run_candidate, payload)
    assert (report["status"], activities.host.drain.is_on) == ("ok", True)


def test_what_waits_for_a_device_goes_back_to_its_queue(
    activities: DeviceActivities, repository: Repository
) -> None:
    others = Watch("others", lambda: False)
    payload = request_for(repository, repository.commit({}), "echo METRIC:mse=1")
    threading.Timer(0.3, activities.host.drain.begin).start()
    lease = activities.host.pool_of("cpu").lease
    with lease(others), lease(others), pytest.raises(ApplicationError) as failure:
        ActivityEnvironment().run(activities.run_candidate, payload)
    assert (failure.value.type, failure.value.non_retryable) == ("HostDraining", False)
    assert not activities.watches


def test_a_host_says_what_each_device_runs_and_what_waits(
    activities: DeviceActivities, repository: Repository
) -> None:
    commit = repository.commit({})
    seen: list[Any] = []

    def look() -> None:
        eventually(lambda: sum(bool(watch.devices) for watch in list(activities.watches)) == 2)
        eventually(lambda: len(activities.watches) == 3)
        seen.append(describe(activities.host, activities.watches))

    payloads = [request_for(repository, commit, "sleep 2; echo METRIC:mse=1") for _ in range(3)]
    runs = [
        threading.Thread(target=ActivityEnvironment().run, args=(activities.run_candidate, payload))
        for payload in payloads
    ]
    for thread in runs:
        thread.start()
    look()
    for thread in runs:
        thread.join()
    [told] = seen
    running = {device["run"]["key"] for device in told["devices"]}
    waits = {one["key"] for one in told["waiting"]}
    assert (len(running), len(waits), running | waits) == (2, 1, {payload["key"] for payload in payloads})
    free = describe(activities.host, activities.watches)
    assert [(one["id"], one["run"]) for one in free["devices"]] == [("0", None), ("1", None)]
    assert (json.loads(json.dumps(told, allow_nan=False)), told["draining"]) == (told, None)


def test_the_desk_drains_and_takes_it_back(activities: DeviceActivities) -> None:
    desk, environment = Desk(activities), ActivityEnvironment()

    async def ask() -> list[Any]:
        drained = await environment.run(desk.drain_host, True)
        again = await environment.run(desk.drain_host, False)
        return [drained["draining"] is not None, again["draining"], (await desk.describe_host())["host"]]

    assert asyncio.run(ask()) == [True, None, activities.host.name]
