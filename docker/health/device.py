"""Exit code 0 when this host's device worker asked the server for work lately: `health.py <class>`."""

import asyncio
import os
import sys
import time

from autolift_device.devices.discovery import ANY_GPU, discover
from autolift_device.host_name import host_name
from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest
from temporalio.client import Client
from temporalio.envconfig import ClientConfig

LATELY_SECONDS = 100


async def main(device_class: str) -> str | None:
    client = await Client.connect(**ClientConfig.load_client_connect_config())
    # `gpu` is every class that the worker finds
    devices = discover(ANY_GPU, None).devices if device_class == ANY_GPU else []
    classes = dict.fromkeys(device.device_class for device in devices) or [device_class]
    problems = [await problem_of(client, name) for name in classes]
    return next((problem for problem in problems if problem), None)


async def problem_of(client: Client, device_class: str) -> str | None:
    # not the queue of the class: a worker whose devices are all busy doesn't poll that one
    queue = f"device.{device_class}.{host_name()}"
    answer = await client.workflow_service.describe_task_queue(
        DescribeTaskQueueRequest(
            namespace=client.namespace,
            task_queue=TaskQueue(name=queue),
            task_queue_type=TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY,
        )
    )
    last = max(
        (poller.last_access_time.seconds for poller in answer.pollers), default=0
    )
    return (
        None
        if time.time() - last < LATELY_SECONDS
        else f'nobody polls "{queue}" of {client.namespace}'
    )


problem = asyncio.run(main(sys.argv[1]))
if problem:
    print(problem, file=sys.stderr, flush=True)
# an orderly end could crash in the client's threads, and its exit code would say so instead of the answer
os._exit(1 if problem else 0)
