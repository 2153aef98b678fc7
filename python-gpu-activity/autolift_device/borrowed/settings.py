"""What a borrowed host has to be told, and what it can't be."""

import math
from argparse import Namespace
from pathlib import Path

from ..s3_place import BadSetting, read_artifacts
from .stay import Stay


def read_stay(given: Namespace, artifacts: str | None) -> Stay | None:
    """None: a host of one's own."""
    times = [name for name, text in (("--for", given.serve_for), ("--until-idle", given.until_idle)) if text]
    if not given.borrowed:
        if times:
            raise BadSetting(f"{times[0]} is for a host that leaves again: add --borrowed")
        return None
    if given.home is not None:
        raise BadSetting("--home: a borrowed host has a folder of its own below TMPDIR, gone when it ends")
    if not artifacts:
        raise BadSetting(
            "AUTOLIFT_ARTIFACTS: a borrowed host keeps nothing, logs neither: name where they go, "
            "s3://bucket/prefix?endpoint=https://host&region=name or a mounted folder"
        )
    place = read_artifacts(artifacts, Path())
    if isinstance(place, Path) and not place.is_dir():
        raise BadSetting(
            f"AUTOLIFT_ARTIFACTS: there is no folder {place}: logs would go with this borrowed host"
        )
    return Stay(given.serve_for or math.inf, given.until_idle or math.inf)
