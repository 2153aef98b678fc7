"""Where this process answers for itself, however busy its devices are."""

import logging
import os
from typing import Any

from temporalio import activity

from ..activity import DeviceActivities
from .describe import describe

_log = logging.getLogger(__name__)


def desk_queue(host: str) -> str:
    """Of this process alone; src/contract/names.ts names it alike."""
    return f"host.{host}.{os.getpid()}"


class Desk:
    def __init__(self, activities: DeviceActivities) -> None:
        self._activities = activities

    @activity.defn(name="describeHost")
    async def describe_host(self) -> dict[str, Any]:
        return describe(self._activities.host, self._activities.watches)

    @activity.defn(name="drainHost")
    async def drain_host(self, wanted: bool) -> dict[str, Any]:
        """Every worker of this home sees the file within a moment."""
        drain = self._activities.host.drain
        drain.begin() if wanted else drain.end()
        _log.info("drained: runs end, none begins" if wanted else "takes runs again")
        return await self.describe_host()
