"""Serves this host's devices on the two task queues of each class until it is told to stop."""

import asyncio
import contextlib
import functools
import logging
import math
import os
import signal
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from temporalio.client import Client
from temporalio.worker import Worker

from .activity import DeviceActivities
from .borrowed.broom import SIGNALS
from .borrowed.leave import leave_for_sure, leave_when_due
from .borrowed.stay import Stay
from .connection import Connecting, NoServer
from .devices.device import Device
from .failures import InfrastructureFailure, Stopped
from .fleet.desk import Desk, desk_queue
from .fleet.door import Door
from .host import Host, choose_sandbox, open_host
from .host_name import host_name
from .places import Places, tuner_of
from .ready import announce
from .s3_place import BadSetting, S3Place

_log = logging.getLogger("autolift_device")
_LONGEST_PAUSE = 2.0
_LONGEST_RUN = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class WorkerOptions:
    devices: list[Device]
    home: Path
    artifacts: Path | S3Place
    plain: bool = False
    # how long a borrowed host serves; None: a host of one's own
    stay: Stay | None = None
    connecting: Connecting = field(default_factory=Connecting)


async def serve(options: WorkerOptions) -> int:
    host = open_host(options.home, options.artifacts, options.devices, choose_sandbox(options.plain))
    host.stay = options.stay
    activities = DeviceActivities(host)
    stop = asyncio.Event()
    # a borrowed host goes with the terminal that it was started in
    signals = SIGNALS if options.stay else (signal.SIGTERM, signal.SIGINT)
    for name in signals:
        asyncio.get_running_loop().add_signal_handler(name, _stop, host, stop)
    if host.sandbox.warning:
        _log.warning(host.sandbox.warning)
    leaving = asyncio.create_task(leave_when_due(activities, functools.partial(_stop, host, stop)))
    try:
        await _check_store(host)
        pause = 0.2
        while not stop.is_set():
            with contextlib.suppress(NoServer):
                await _serve_once(options, activities, stop)
                pause = 0.2
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), pause)
            pause = min(pause * 1.5, _LONGEST_PAUSE)
    finally:
        leaving.cancel()
        activities.close()
        host.close()
    return 0


async def _check_store(host: Host) -> None:
    """A host that could not store what its runs print would only make others do them again."""
    try:
        await asyncio.to_thread(host.blobs.check, host.stopping.is_set)
    except InfrastructureFailure as failure:
        raise BadSetting(f"AUTOLIFT_ARTIFACTS: {failure}") from failure
    except Stopped:
        _log.info("told to stop before the artifact store answered")


def on_deck(devices: int) -> int:
    """Short runs that are made ready while the devices are busy."""
    return max(1, math.ceil(devices / 4))


def _stop(host: Host, stop: asyncio.Event) -> None:
    """Running commands are killed at once; their activities fail so that another worker redoes them."""
    host.stopping.set()
    stop.set()
    if host.stay is not None:
        leave_for_sure()


async def _serve_once(options: WorkerOptions, activities: DeviceActivities, stop: asyncio.Event) -> None:
    client = await options.connecting.connect(_identity(options, options.devices[0].device_class))
    await options.connecting.check_namespace(client)
    host = activities.host
    places = [len(pool.devices) + on_deck(len(pool.devices)) for pool in host.pools.values()]
    with ThreadPoolExecutor(2 * sum(places), thread_name_prefix="run") as executor:
        doors = [
            Door(functools.partial(_open, options, queue, (name, activities, executor)), host.drain)
            for name in host.pools
            for queue in (f"device.{name}", f"device.{name}.{host.name}")
        ]
        workers = [*doors, _desk(client, activities)]
        running = [asyncio.create_task(worker.run()) for worker in workers]
        for name, pool in host.pools.items():
            _log.info("device.%s: %d at a time, sandbox %s", name, len(pool.devices), host.sandbox.kind)
        announcing = asyncio.create_task(announce(workers, os.environ.get("AUTOLIFT_READY_FILE")))
        waiting = asyncio.create_task(stop.wait())
        await asyncio.wait([waiting, *running], return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        announcing.cancel()
        ended = await asyncio.gather(
            *(worker.shutdown() for worker in workers), *running, return_exceptions=True
        )
    for error in ended:
        if isinstance(error, Exception):
            raise options.connecting.failed(str(error), client.service_client.config.target_host) from error


def _desk(client: Client, activities: DeviceActivities) -> Worker:
    desk = Desk(activities)
    queue = desk_queue(activities.host.name)
    return Worker(client, task_queue=queue, activities=[desk.describe_host, desk.drain_host])


_Parts = tuple[str, DeviceActivities, ThreadPoolExecutor]


async def _open(options: WorkerOptions, queue: str, parts: _Parts) -> Worker:
    device_class, activities, executor = parts
    host = activities.host
    devices = len(host.pool_of(device_class).devices)
    return Worker(
        # of its own: a worker that still ends its runs doesn't share a client with the next one of its queue
        await options.connecting.connect(_identity(options, device_class)),
        task_queue=queue,
        identity=_identity(options, device_class),
        activities=[activities.run_candidate],
        activity_executor=executor,
        tuner=tuner_of(Places(devices, on_deck(devices), host.pace_of(device_class))),
        # one that is drained ends its runs; when the whole worker stops, its runs end by themselves
        graceful_shutdown_timeout=_LONGEST_RUN,
        # its answers are how a run learns that it was cancelled, and it has two seconds to free its device
        max_heartbeat_throttle_interval=timedelta(seconds=1),
        default_heartbeat_throttle_interval=timedelta(seconds=1),
    )


def _identity(options: WorkerOptions, device_class: str) -> str:
    """What the server knows of this process; src/domain/fleet/desks.ts reads it."""
    borrowed = ":borrowed" if options.stay else ""
    return f"device.{device_class}@{host_name()}:{os.getpid()}{borrowed}"
