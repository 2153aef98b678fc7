"""Removes the folder when its host was killed: `python -m autolift_device.borrowed.broom FOLDER`.

It waits for the end of its standard input, which comes with the host's, however that dies.
"""

import signal
import subprocess
import sys
from pathlib import Path

from .folder import clear_folder

_PACKAGE_PARENT = Path(__file__).resolve().parents[2]
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def start_broom(folder: Path) -> "subprocess.Popen[bytes]":
    """It knows none of the host's variables."""
    return subprocess.Popen(
        [sys.executable, "-S", "-s", "-B", "-m", "autolift_device.borrowed.broom", str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=_PACKAGE_PARENT,
        env={},
        start_new_session=True,
    )


def main() -> None:
    for name in SIGNALS:
        signal.signal(name, signal.SIG_IGN)
    sys.stdin.buffer.read()
    clear_folder(Path(sys.argv[1]))


if __name__ == "__main__":
    main()
