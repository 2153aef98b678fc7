"""The sandbox's own /dev/shm: memory that belongs to no process, and so is in no process table."""

import os

DEFAULT_BYTES = 1 << 30
_PAGE = os.sysconf("SC_PAGE_SIZE")
# what the kernel keeps for a file, however little is in it
_FILE_BYTES = 1024


def size_for(memory: int | None) -> int:
    """What a run with this memory limit may put there: the whole of it, as it counts against the limit."""
    return max(_PAGE, (memory or DEFAULT_BYTES) // _PAGE * _PAGE)


class SharedMemory:
    """Kept open from the first look on, so that it can be looked at when all that used it is dead."""

    def __init__(self) -> None:
        self._handle: int | None = None

    @property
    def is_open(self) -> bool:
        return self._handle is not None

    def open(self, pid: int) -> None:
        """Through a process of the sandbox, which sees the host's until its own is mounted."""
        try:
            handle = os.open(f"/proc/{pid}/root/dev/shm", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        except OSError:
            return
        if os.fstat(handle).st_dev == _device_of_hosts():
            os.close(handle)
        else:
            self._handle = handle

    def used(self) -> int:
        if self._handle is None:
            return 0
        found = os.statvfs(self._handle)
        blocks, files = found.f_blocks - found.f_bfree, found.f_files - found.f_ffree
        return blocks * found.f_frsize + files * _FILE_BYTES

    def close(self) -> None:
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def _device_of_hosts() -> int:
    try:
        return os.stat("/dev/shm").st_dev
    except OSError:
        return -1
