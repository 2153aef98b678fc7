"""A host that leaves nothing behind: what it writes lies in one folder, which goes whichever way it ends."""

import contextlib
import ctypes
import logging
import os
import resource
import signal
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from ..devices.file_lock import FileLock
from ..failures import InfrastructureFailure
from ..s3_place import BadSetting
from .broom import SIGNALS, start_broom
from .folder import clear_folder, clear_left, make_folder

_log = logging.getLogger("autolift_device")
_SET_DUMPABLE = 4


@contextlib.contextmanager
def visiting() -> Iterator[Path]:
    """The folder for the worker's state."""
    _keep_secrets()
    for name in SIGNALS:
        signal.signal(name, _go)
    # a signal between making the folder and knowing of it would leave it there
    signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    folder, lock = _arrive()
    broom = start_broom(folder)
    try:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
        _write_only_to(folder)
        _log.info("borrowed: all that is written lies in %s and goes with this worker", folder)
        yield folder / "home"
    finally:
        for name in SIGNALS:
            signal.signal(name, signal.SIG_IGN)
        clear_folder(folder)
        os.close(lock.handle)
        broom.communicate()


def _arrive() -> tuple[Path, FileLock]:
    try:
        for left in clear_left():
            _log.info("removed what a borrowed host that was killed had left: %s", left)
        return make_folder()
    except (OSError, InfrastructureFailure) as error:
        raise BadSetting(f"TMPDIR: this host's folder cannot be made: {error}") from error


def _go(number: int, _: object) -> None:
    """As an end in order: the folder is removed on the way out. A worker that serves has its own handlers."""
    sys.exit(0)


def _write_only_to(folder: Path) -> None:
    """Temporary files of this process and of all that it starts; modules are not compiled to files."""
    temporary = folder / "tmp"
    temporary.mkdir()
    tempfile.tempdir = os.environ["TMPDIR"] = str(temporary)
    sys.dont_write_bytecode = True
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"


def _keep_secrets() -> None:
    """No core file, and no look into /proc for others of the same user, as candidates without walls are."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SET_DUMPABLE, 0, 0, 0, 0)
