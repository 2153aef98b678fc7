"""The mode without bubblewrap: the same control over processes, but no walls."""

import contextlib
import json
import socket
import subprocess
import sys
import threading
from pathlib import Path

from ..failures import InfrastructureFailure
from .process_table import kill_marked, kill_tree, started_at
from .sandbox import Contained, End, Job

_PACKAGE_PARENT = Path(__file__).resolve().parents[2]


class Plain:
    kind = "none"

    def __init__(self, reason: str) -> None:
        self.warning = f"no sandbox: {reason}; files, network and other processes are open to the candidate"
        self._lock = threading.Lock()
        self._spawner: subprocess.Popen[bytes] | None = None
        self._orders: socket.socket | None = None

    def start(self, job: Job, output: int) -> Contained:
        order = {"command": job.command, "folder": str(job.folder), "environment": job.environment}
        also = [] if job.handle is None else [job.handle]
        control, theirs = socket.socketpair()
        try:
            self._send(json.dumps(order | {"handle": job.handle}).encode(), [theirs.fileno(), output, *also])
            theirs.close()
            told = control.recv(12, socket.MSG_WAITALL)
            if not told.endswith(b"\n"):
                raise InfrastructureFailure("SandboxFailed", "the process that starts commands is gone")
            return _Plain(control, int(told), job.environment["HOME"])
        except BaseException:
            theirs.close()
            control.close()
            raise

    def close(self) -> None:
        with self._lock:
            if self._orders is not None:
                self._orders.close()
            if self._spawner is not None:
                self._spawner.wait(10)
            self._orders = self._spawner = None

    def _send(self, order: bytes, handles: list[int]) -> None:
        with self._lock:
            for _ in range(2):
                orders = self._orders or self._start_spawner()
                try:
                    socket.send_fds(orders, [len(order).to_bytes(4, "big")], handles)
                    orders.sendall(order)
                    return
                except OSError:
                    orders.close()
                    self._orders = None
        raise InfrastructureFailure("SandboxFailed", "the process that starts commands does not stay alive")

    def _start_spawner(self) -> socket.socket:
        ours, theirs = socket.socketpair()
        if self._spawner is not None:
            self._spawner.wait()
        self._spawner = subprocess.Popen(
            [sys.executable, "-S", "-s", "-m", "autolift_device.sandbox.spawner", str(theirs.fileno())],
            stdin=subprocess.DEVNULL,
            cwd=_PACKAGE_PARENT,
            env={},
            pass_fds=[theirs.fileno()],
            start_new_session=True,
        )
        theirs.close()
        self._orders = ours
        return ours


class _Plain:
    """Talks to the supervisor of one command."""

    def __init__(self, control: socket.socket, root: int, home: str) -> None:
        self._control = control
        self._root = root
        self._home = home
        self._started = started_at(root)

    @property
    def root(self) -> int:
        return self._root

    def fileno(self) -> int:
        return self._control.fileno()

    def go(self, environment: dict[str, str]) -> None:
        order = json.dumps(environment).encode()
        with contextlib.suppress(OSError):
            self._control.sendall(len(order).to_bytes(4, "big") + order)

    def kill(self) -> None:
        with contextlib.suppress(OSError):
            self._control.shutdown(socket.SHUT_WR)

    def shared_memory(self) -> int:
        return 0

    def finish(self) -> End:
        parts = b""
        while part := self._control.recv(4096):
            parts += part
        self._control.close()
        if parts:
            report = json.loads(parts)
            code = int(report["exit"])
            return End(code if code >= 0 else 128 - code, int(report["left"]), int(report["peak"]))
        self._clear_away()
        raise InfrastructureFailure("SandboxFailed", "the supervisor of the run was killed")

    def _clear_away(self) -> None:
        kill_tree(self._root, self._started)
        kill_marked(f"HOME={self._home}")
