"""A small process that starts commands for the plain mode: `python -m autolift_device.sandbox.spawner FD`.

It forks a supervisor for each command. The supervisor is the reaper of all that the command starts, so a
process that detaches itself stays its descendant and dies with it; and it kills all when the worker is gone.
"""

import contextlib
import ctypes
import json
import os
import resource
import select
import signal
import socket
import sys
import time
from typing import Any, NoReturn

from .process_table import LINUX, alive, descendants, kill_all

GRACE_SECONDS = 0.3
_SET_CHILD_SUBREAPER = 36


def main() -> None:
    orders = socket.socket(fileno=int(sys.argv[1]))
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        head, handles, _, _ = socket.recv_fds(orders, 4, 3)
        if not head:
            return
        size = int.from_bytes(head + _exactly(orders, 4 - len(head)), "big")
        order = json.loads(_exactly(orders, size))
        if os.fork() == 0:
            orders.close()
            _supervise(order, socket.socket(fileno=handles[0]), handles[1:])
        for handle in handles:
            os.close(handle)


def _exactly(orders: socket.socket, size: int) -> bytes:
    parts = bytearray()
    while len(parts) < size:
        part = orders.recv(size - len(parts))
        if not part:
            os._exit(1)
        parts += part
    return bytes(parts)


def _supervise(order: dict[str, Any], control: socket.socket, handles: list[int]) -> None:
    """Of the handles the first is for all output, the second, if there is one, is the command's own."""
    os.setsid()
    if LINUX:
        ctypes.CDLL(None).prctl(_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    woken, wake = os.pipe()
    for end in (woken, wake):
        os.set_blocking(end, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
    control.sendall(f"{os.getpid():011}\n".encode())
    also = _told_to_go(control)
    if also is None:
        _end(control, {"exit": -signal.SIGKILL, "left": 0, "peak": 0})
    child = os.fork()
    if child == 0:
        _become(order | {"environment": order["environment"] | also}, handles)
    for handle in handles:
        os.close(handle)
    ended = _until_ended(child, control, woken)
    left = _leftovers() if ended else 0
    kill_all(os.getpid())
    _group_kill(child)
    _reap(child)
    code = os.waitstatus_to_exitcode(ended[0]) if ended else -signal.SIGKILL
    _end(control, {"exit": code, "left": left, "peak": ended[1] if ended else 0})


def _told_to_go(control: socket.socket) -> dict[str, str] | None:
    """The variables that only became known by now; None when the command is not wanted any more."""
    head = control.recv(4, socket.MSG_WAITALL)
    if len(head) < 4:
        return None
    size = int.from_bytes(head, "big")
    told = control.recv(size, socket.MSG_WAITALL)
    return json.loads(told) if len(told) == size else None


def _end(control: socket.socket, report: dict[str, int]) -> NoReturn:
    with contextlib.suppress(OSError):
        control.sendall(json.dumps(report).encode())
    os._exit(0)


def _become(order: dict[str, Any], handles: list[int]) -> None:
    try:
        os.setsid()
        signal.set_wakeup_fd(-1)
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGCHLD):
            signal.signal(name, signal.SIG_DFL)
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.dup2(handles[0], 1)
        os.dup2(handles[0], 2)
        _close_others(order["handle"], handles[1:])
        with contextlib.suppress(OSError), open("/proc/self/oom_score_adj", "w") as file:
            file.write("1000")
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        os.chdir(order["folder"])
        os.execve("/bin/sh", ["sh", "-c", order["command"]], order["environment"])
    except BaseException as error:
        os.write(2, f"cannot start: {error}\n".encode())
    finally:
        os._exit(127)


def _close_others(wanted: int | None, own: list[int]) -> None:
    if wanted is None or not own:
        return os.closerange(3, 4096)
    if own[0] == wanted:
        os.set_inheritable(wanted, True)
    else:
        os.dup2(own[0], wanted)
    os.closerange(3, wanted)
    return os.closerange(wanted + 1, max(4096, wanted + 1))


def _until_ended(child: int, control: socket.socket, woken: int) -> tuple[int, int] | None:
    """Status and peak memory of the command; None when the worker wants it dead, or is dead itself."""
    poller = select.poll()
    poller.register(control, select.POLLIN)
    poller.register(woken, select.POLLIN)
    while True:
        ended = _reap(child)
        if ended:
            return ended
        for handle, _ in poller.poll():
            if handle == control.fileno():
                return None
            with contextlib.suppress(BlockingIOError):
                os.read(woken, 4096)


def _reap(child: int) -> tuple[int, int] | None:
    ended = None
    while True:
        try:
            pid, status, usage = os.wait4(-1, os.WNOHANG)
        except ChildProcessError:
            return ended
        if pid == 0:
            return ended
        if pid == child:
            ended = (status, usage.ru_maxrss * (1024 if LINUX else 1))


def _leftovers() -> int:
    """How many still run after a short grace, given only if there are any."""
    deadline = time.monotonic() + GRACE_SECONDS
    while True:
        _reap(-1)
        running = alive(descendants(os.getpid()))
        if not running or time.monotonic() > deadline:
            return len(running)
        time.sleep(0.01)


def _group_kill(child: int) -> None:
    """Where detached processes leave the tree, their group is the best that is known of them."""
    if not LINUX:
        with contextlib.suppress(OSError):
            os.killpg(child, signal.SIGKILL)


if __name__ == "__main__":
    main()
