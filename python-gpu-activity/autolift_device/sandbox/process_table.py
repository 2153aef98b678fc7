"""Who descends from a process, and how much memory they hold. Linux by /proc, elsewhere by ps."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

LINUX = sys.platform == "linux"
_SIZES = (b"VmHWM", b"VmRSS", b"RssShmem")


# A walk through a tree that grows as fast as it is walked has to end.
_MOST_WALKED = 1 << 14
_MOST_PIDS = 1 << 22


def descendants(root: int, most: int = _MOST_WALKED) -> list[int]:
    """The processes below the root, without it; the nearest ones if there are too many."""
    found: list[int] = []
    pending = deque([root])
    children = _children_by_proc if LINUX else _children_by_ps()
    while pending and len(found) < most:
        for child in children(pending.popleft()):
            found.append(child)
            pending.append(child)
    return found[:most]


def alive(pids: list[int]) -> list[int]:
    """Those that are not zombies."""
    return [pid for pid in pids if _state(pid) not in ("Z", "X", "")]


def started_at(pid: int) -> str:
    """Tells a process from a later one with the same number; "" when there is none."""
    if not LINUX:
        return _ps(["-o", "lstart=", "-p", str(pid)]).strip()
    fields = _stat(pid)
    return fields[19] if fields else ""


@dataclass(frozen=True, slots=True)
class Memory:
    """Resident bytes of processes; what they share through files in memory is also seen there."""

    own: int
    shared: int
    largest: int


def memory(pids: list[int]) -> Memory:
    """Of all together, and the most that any one of them ever had."""
    own = shared = largest = 0
    for pid in pids:
        now, files, peak = _resident(pid)
        own += now - files
        shared += files
        largest = max(largest, peak)
    return Memory(own, shared, largest)


def kill_all(root: int, seconds: float = 10.0) -> bool:
    """Kills the descendants until there are none; true when that succeeded."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        # the dead stay in the tree until they are reaped: none of the living may be behind them
        living = alive(descendants(root, _MOST_PIDS))
        if not living:
            return True
        for pid in living:
            _kill(pid)
        time.sleep(0.002)
    return False


def kill_marked(marker: str) -> int:
    """Kills every process with the marker in its environment, whoever its parent is now."""
    if not LINUX:
        return 0
    killed = 0
    for _ in range(20):
        marked = [pid for pid in _everyone() if pid != os.getpid() and _is_marked(pid, marker.encode())]
        if not marked:
            break
        killed = max(killed, len(marked))
        for pid in marked:
            _kill(pid)
        time.sleep(0.01)
    return killed


def kill_tree(root: int, started: str) -> None:
    """Kills a process of an earlier worker and all below it, if it is still the same one."""
    if started == "" or started_at(root) != started:
        return
    kill_all(root, 2.0)
    _kill(root)


def _kill(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(pid, signal.SIGKILL)


def _everyone() -> list[int]:
    return [int(name) for name in os.listdir("/proc") if name.isdigit()]


def _is_marked(pid: int, marker: bytes) -> bool:
    return marker in _read(f"/proc/{pid}/environ") and _state(pid) not in ("Z", "X", "")


def _read(path: str, most: int = 1 << 16) -> bytes:
    """At a go, which is all of a short file; -1: to the end, as the kernel gives long lists in pieces."""
    try:
        with open(path, "rb", buffering=0) as file:
            return file.read(most)
    except OSError:
        return b""


def _stat(pid: int) -> list[str]:
    """Fields of /proc/<pid>/stat behind the name, which may hold anything."""
    return _read(f"/proc/{pid}/stat").rpartition(b")")[2].decode().split()


def _state(pid: int) -> str:
    if not LINUX:
        return _ps(["-o", "state=", "-p", str(pid)]).strip()[:1]
    fields = _stat(pid)
    return fields[0] if fields else ""


def _children_by_proc(pid: int) -> list[int]:
    try:
        threads = os.listdir(f"/proc/{pid}/task")
    except OSError:
        return []
    files = (f"/proc/{pid}/task/{tid}/children" for tid in threads)
    return [int(child) for file in files for child in _read(file, -1).split()]


def _children_by_ps() -> Callable[[int], list[int]]:
    below: dict[int, list[int]] = {}
    for line in _ps(["-axo", "pid=,ppid="]).splitlines():
        pid, parent = line.split()
        below.setdefault(int(parent), []).append(int(pid))
    return lambda pid: below.get(pid, [])


def _resident(pid: int) -> tuple[int, int, int]:
    """What a process holds now, how much of that is files in memory, and its peak."""
    if not LINUX:
        size = int(_ps(["-o", "rss=", "-p", str(pid)]).strip() or 0) * 1024
        return size, 0, size
    found: dict[bytes, int] = {}
    for line in _read(f"/proc/{pid}/status").splitlines():
        name, _, rest = line.partition(b":")
        if name in _SIZES:
            found[name] = int(rest.split()[0]) * 1024
            if name == _SIZES[-1]:
                break
    peak, now, files = (found.get(name, 0) for name in _SIZES)
    return now, files, peak


def _ps(arguments: list[str]) -> str:
    try:
        done = subprocess.run(["ps", *arguments], capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return ""
    return done.stdout
