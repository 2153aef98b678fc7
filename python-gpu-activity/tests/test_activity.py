import asyncio
import os
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from temporalio.exceptions import ApplicationError, CancelledError
from temporalio.testing import ActivityEnvironment

from autolift_device.activity import DeviceActivities
from autolift_device.contract import RunProgress, RunReport
from autolift_device.failures import InfrastructureFailure
from autolift_device.host import Host
from autolift_device.pulse import Pulse
from autolift_device.sandbox.process_table import alive
from autolift_device.watch import Watch
from conftest import Repository, eventually, noted_processes, processes_with, request_for


@pytest.fixture
def activities(host: Host) -> Iterator[DeviceActivities]:
    made = DeviceActivities(host, Pulse(0.1))
    yield made
    made.close()


def call(activities: DeviceActivities, payload: Any, environment: ActivityEnvironment | None = None) -> Any:
    return (environment or ActivityEnvironment()).run(activities.run_candidate, payload)


def test_a_request_becomes_a_report(activities: DeviceActivities, repository: Repository) -> None:
    payload = request_for(repository, repository.commit({}), "echo METRIC:mse=1")
    report = RunReport.model_validate(call(activities, payload))
    assert (report.key, report.status, report.value) == (payload["key"], "ok", 1)


def test_heartbeats_carry_phase_memory_and_the_last_metrics(
    activities: DeviceActivities, repository: Repository
) -> None:
    beats: list[RunProgress] = []
    environment = ActivityEnvironment()
    environment.on_heartbeat = lambda details: beats.append(RunProgress.model_validate(details))
    payload = request_for(repository, repository.commit({}), "echo loss: 3; sleep 1; echo METRIC:mse=1")
    call(activities, payload, environment)
    running = [beat for beat in beats if beat.phase == "run"]
    assert running[-1].key == payload["key"]
    assert running[-1].lastLines[0] == "loss: 3"
    assert max(beat.memoryBytes for beat in running) > 0
    assert running[-1].elapsedSeconds > beats[0].elapsedSeconds


def test_a_cancelled_run_is_killed_at_once(activities: DeviceActivities, repository: Repository) -> None:
    environment = ActivityEnvironment()
    payload = request_for(repository, repository.commit({}), "setsid sleep 3344556677 & sleep 3344556677")
    threading.Timer(0.5, environment.cancel).start()
    with pytest.raises(CancelledError):
        call(activities, payload, environment)
    assert processes_with("3344556677") == []


def test_a_run_that_is_cancelled_while_it_waits_for_a_device_leaves_nothing_behind(
    activities: DeviceActivities, repository: Repository
) -> None:
    host, environment, others = activities.host, ActivityEnvironment(), Watch("others", lambda: False)
    share = {"loop": {"id": "one", "concurrency": 1}}
    payload = request_for(repository, repository.commit({}), "echo METRIC:mse=1", share)
    prepared: list[int] = []

    def cancel() -> None:
        deadline = time.monotonic() + 30
        while not prepared and time.monotonic() < deadline:
            time.sleep(0.01)
            prepared.extend(noted_processes(host.scratch))
        environment.cancel()

    with host.pool_of("cpu").lease(others), host.pool_of("cpu").lease(others):
        threading.Thread(target=cancel, daemon=True).start()
        with pytest.raises(CancelledError):
            call(activities, payload, environment)
        assert prepared
        eventually(lambda: alive(prepared) == [])
        assert host.pool_of("cpu")._queue == []
    assert len(host.pool_of("cpu")._free) == 2
    assert list((host.scratch.parent / "locks").iterdir()) == []
    assert call(activities, payload)["value"] == 1
    activities.janitor.close()
    assert [name for name in os.listdir(host.scratch) if not name.startswith("objects")] == []


def test_a_worker_that_goes_down_gives_the_run_back(
    activities: DeviceActivities, repository: Repository
) -> None:
    payload = request_for(repository, repository.commit({}), "sleep 3344556688")
    threading.Timer(0.5, activities.host.stopping.set).start()
    with pytest.raises(ApplicationError) as failure:
        call(activities, payload)
    assert (failure.value.type, failure.value.non_retryable) == ("WorkerShutdown", False)
    assert processes_with("3344556688") == []


@pytest.mark.parametrize(
    ("change", "kind", "final"),
    [
        ({"source": {"remote": "/nowhere", "prefix": "", "commit": "0" * 40}}, "GitRepositoryMissing", False),
        ({"seed": -1}, "BadRequest", True),
        ({"editable": ["[[:alpha:]]"]}, "BadRequest", True),
    ],
)
def test_what_is_not_the_candidates_fault_is_an_error_with_a_type(
    activities: DeviceActivities, repository: Repository, change: dict[str, Any], kind: str, final: bool
) -> None:
    payload = request_for(repository, repository.commit({}), "true") | change
    with pytest.raises(ApplicationError) as failure:
        call(activities, payload)
    assert (failure.value.type, failure.value.non_retryable) == (kind, final)


def test_a_full_disk_is_worth_another_attempt(
    activities: DeviceActivities, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("autolift_device.blobs.BlobStore.put", full)
    payload = request_for(repository, repository.commit({}), "echo METRIC:mse=1")
    with pytest.raises(ApplicationError, match="No space left") as failure:
        call(activities, payload)
    assert (failure.value.type, failure.value.non_retryable) == ("HostFailure", False)


def test_runs_side_by_side_do_not_disturb_each_other(
    activities: DeviceActivities, repository: Repository
) -> None:
    commit = repository.commit({})

    async def several() -> list[Any]:
        def one(index: int) -> Any:
            return call(activities, request_for(repository, commit, f"sleep 0.2; echo METRIC:mse={index}"))

        return await asyncio.gather(*(asyncio.to_thread(one, index) for index in range(6)))

    assert [report["value"] for report in asyncio.run(several())] == list(range(6))


def test_a_run_whose_log_cannot_be_stored_is_not_run_again(
    activities: DeviceActivities, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    payload = request_for(repository, repository.commit({}), "echo METRIC:mse=1")

    def broken(*_: object) -> None:
        raise InfrastructureFailure("ArtifactStoreFailed", "the artifact store s3://logs can't be reached")

    with monkeypatch.context() as patched:
        patched.setattr("autolift_device.blobs.BlobStore.flush", broken)
        with pytest.raises(ApplicationError, match="the artifact store") as failure:
            call(activities, payload)
    assert (failure.value.type, failure.value.non_retryable) == ("ArtifactStoreFailed", False)
    assert len(list(activities.host.unsent.folder.glob("*.json"))) == 1
    monkeypatch.setattr("autolift_device.activity.MeasuredRun", None)
    assert call(activities, payload)["value"] == 1
    assert list(activities.host.unsent.folder.glob("*.json")) == []
