"""Serves this host's devices on their two task queues until it is told to stop."""

import asyncio
import contextlib
import logging
import math
import os
import signal
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from temporalio.client import Client
from temporalio.envconfig import ClientConfig
from temporalio.worker import Worker

from .activity import DeviceActivities
from .devices.discovery import discover
from .host import Host, choose_sandbox, host_name, open_host
from .ready import announce

_log = logging.getLogger("autolift_device")
_LONGEST_PAUSE = 2.0


@dataclass(frozen=True, slots=True)
class WorkerOptions:
    device_class: str
    devices: int
    home: Path
    blobs: Path
    plain: bool = False
    address: str | None = None
    namespace: str | None = None


async def serve(options: WorkerOptions) -> int:
    host = open_host(
        options.home,
        options.blobs,
        discover(options.device_class, options.devices),
        choose_sandbox(options.plain),
    )
    activities = DeviceActivities(host)
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, _stop, host, stop)
    if host.sandbox.warning:
        _log.warning(host.sandbox.warning)
    try:
        pause = 0.2
        while not stop.is_set():
            with contextlib.suppress(_Again):
                await _serve_once(options, activities, stop)
                pause = 0.2
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), pause)
            pause = min(pause * 1.5, _LONGEST_PAUSE)
    finally:
        activities.close()
        host.close()
    return 0


def on_deck(devices: int) -> int:
    """Runs that are made ready while the devices are busy."""
    return max(1, math.ceil(devices / 4))


class _Again(Exception):
    """The server is not there, or not any more."""


def _stop(host: Host, stop: asyncio.Event) -> None:
    """Running commands are killed at once; their activities fail so that another worker redoes them."""
    host.stopping.set()
    stop.set()


async def _serve_once(options: WorkerOptions, activities: DeviceActivities, stop: asyncio.Event) -> None:
    client = await _connect(options)
    queues = [f"device.{options.device_class}", f"device.{options.device_class}.{activities.host.name}"]
    at_once = options.devices + on_deck(options.devices)
    with ThreadPoolExecutor(2 * at_once, thread_name_prefix="run") as executor:
        workers = [_worker(client, queue, (activities, executor, at_once)) for queue in queues]
        running = [asyncio.create_task(worker.run()) for worker in workers]
        sandbox = activities.host.sandbox.kind
        _log.info("%s: %d at a time, sandbox %s", " and ".join(queues), options.devices, sandbox)
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
            _log.warning("worker stopped: %s", error)
            raise _Again from error


async def _connect(options: WorkerOptions) -> Client:
    config = ClientConfig.load_client_connect_config()
    if options.address:
        config["target_host"] = options.address
    if options.namespace:
        config["namespace"] = options.namespace
    config.setdefault("target_host", "127.0.0.1:7233")
    try:
        return await Client.connect(**config, identity=_identity(options.device_class))
    except RuntimeError as error:
        _log.info("waiting for Temporal at %s", config["target_host"])
        raise _Again from error


def _worker(client: Client, queue: str, parts: tuple[DeviceActivities, ThreadPoolExecutor, int]) -> Worker:
    activities, executor, at_once = parts
    return Worker(
        client,
        task_queue=queue,
        activities=[activities.run_candidate],
        activity_executor=executor,
        max_concurrent_activities=at_once,
        graceful_shutdown_timeout=timedelta(seconds=5),
        max_heartbeat_throttle_interval=timedelta(seconds=5),
        default_heartbeat_throttle_interval=timedelta(seconds=1),
    )


def _identity(device_class: str) -> str:
    return f"device.{device_class}@{host_name()}:{os.getpid()}"
