"""Ends a borrowed host's service when its time is up or nobody needs it."""

import asyncio
import logging
import os
import threading
from collections.abc import Callable

from ..activity import DeviceActivities

_log = logging.getLogger("autolift_device")
_LOOK_SECONDS = 0.25
_LEAVE_SECONDS = 5.0


async def leave_when_due(activities: DeviceActivities, stop: Callable[[], None]) -> None:
    """What holds a device runs to its end first; what waits for one goes back when it comes too late."""
    host = activities.host
    while host.stay is not None:
        runs = list(activities.watches)
        waiting = [watch.budget_seconds for watch in runs if not watch.had_device]
        host.expect_run(max(waiting, default=0.0))
        if runs:
            host.stay.note_work()
        elif host.stay.is_over or host.stay.is_idle:
            _log.info(
                "leaves: %s", "what comes could not end in time" if host.stay.is_over else "there was no work"
            )
            stop()
            return
        await asyncio.sleep(_LOOK_SECONDS)


def leave_for_sure(seconds: float = _LEAVE_SECONDS) -> None:
    """Also from a server or a store that does not answer; the broom does the rest."""
    late = threading.Timer(seconds, os._exit, [0])
    late.daemon = True
    late.start()
