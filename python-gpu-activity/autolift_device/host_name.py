"""What this host is called wherever it is told of."""

import os
import socket


def host_name() -> str:
    """The machine's, or what AUTOLIFT_HOST calls it: a pod has a new name with each start."""
    named = os.environ.get("AUTOLIFT_HOST") or socket.gethostname()
    return named.split(".")[0] or "localhost"
