"""What the kernel counts for everybody: one run can raise it, and a later one read how far."""

import os

_COUNTERS = (
    "buddyinfo",
    "key-users",
    "keys",
    "locks",
    "pagetypeinfo",
    "schedstat",
    "slabinfo",
    "vmstat",
    "zoneinfo",
)


def without_counters() -> list[str]:
    """bwrap's options that cover those that this kernel has."""
    paths = [path for name in _COUNTERS if os.path.exists(path := f"/proc/{name}")]
    return [part for path in paths for part in ("--ro-bind", "/dev/null", path)]
