"""The sandbox proper: bubblewrap with namespaces of its own for processes, network, users and mounts."""

import contextlib
import os
import resource
import shutil
import signal
import socket
import subprocess
import time

from ..failures import InfrastructureFailure
from .kernel_counters import without_counters
from .process_table import descendants
from .sandbox import Contained, End, Job
from .shared_memory import SharedMemory, size_for
from .view import mount_arguments

# First process of the namespace: its end ends all others. It tells on fd 3 that the sandbox stands, waits
# there for variables and an empty line, and tells how many processes the command left running; the command
# itself does not get that descriptor.
INIT = """exec 3<&0 0</dev/null
echo 1000 >/proc/self/oom_score_adj
ulimit -c 0
echo up >&3
while IFS= read -r told <&3 || exit 1; [ "$told" ]; do export "$told"; done
sh -c "$1" 3>&-
code=$?
set -- /proc/[0-9]*
[ $# -gt 1 ] && sleep 0.3 && set -- /proc/[0-9]* && [ $# -gt 1 ] && echo $(($# - 1)) >&3
exit $code"""

_NAMESPACES = ["--unshare-user", "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try"]
_LIFE = ["--die-with-parent", "--new-session", "--as-pid-1", "--cap-drop", "ALL"]
_ALONE, _SIZE = "--disable-userns", "--size"
# Newer versions know them. In namespaces of its own making a command could mount memory that nobody counts;
# without a size, /dev/shm is watched but may hold half of the memory for a moment.
_OPTIONS = ((_ALONE, _SIZE), (_SIZE,), ())


class Bwrap:
    kind = "bwrap"
    warning = ""

    def __init__(self, program: str, options: tuple[str, ...]) -> None:
        self.program = program
        self.options = options

    def start(self, job: Job, output: int) -> Contained:
        ours, theirs = socket.socketpair()
        try:
            process = subprocess.Popen(
                [
                    self.program,
                    *_arguments(job, self.options),
                    "--",
                    "/bin/sh",
                    "-c",
                    INIT,
                    "sh",
                    job.command,
                ],
                stdin=theirs,
                stdout=output,
                stderr=output,
                env=job.environment,
                pass_fds=() if job.handle is None else (job.handle,),
                start_new_session=True,
            )
        except OSError as error:
            ours.close()
            raise InfrastructureFailure("SandboxFailed", f"{self.program}: {error.strerror}") from error
        finally:
            theirs.close()
        return _InBwrap(process, ours)

    def close(self) -> None:
        pass


def _arguments(job: Job, options: tuple[str, ...]) -> list[str]:
    devices = [part for node in job.nodes for part in ("--dev-bind-try", node, node)]
    return [
        *_namespaces(options),
        *([] if job.network else ["--unshare-net"]),
        *_LIFE,
        *("--ro-bind", "/", "/", "--dev", "/dev", *_shared_memory(options, job.memory)),
        *("--proc", "/proc"),
        # bwrap leaves it writable; a worker that is root could change kernel settings without any capability
        *("--ro-bind", "/proc/sys", "/proc/sys"),
        *without_counters(),
        *mount_arguments(job.rules),
        *devices,
        # what is put there beside the nodes would be memory without a limit
        *("--remount-ro", "/dev"),
        *("--chdir", str(job.folder)),
    ]


def _namespaces(options: tuple[str, ...]) -> list[str]:
    return [*_NAMESPACES, *([_ALONE] if _ALONE in options else [])]


def _shared_memory(options: tuple[str, ...], memory: int | None) -> list[str]:
    size = [_SIZE, str(size_for(memory))] if _SIZE in options else []
    return [*size, "--tmpfs", "/dev/shm"]


class _InBwrap:
    def __init__(self, process: "subprocess.Popen[bytes]", init: socket.socket) -> None:
        self._process = process
        self._init = init
        self._ended = os.pidfd_open(process.pid)
        self._shared = SharedMemory()

    @property
    def root(self) -> int:
        return self._process.pid

    def fileno(self) -> int:
        return self._ended

    def go(self, environment: dict[str, str]) -> None:
        lines = [f"{name}={value}\n" for name, value in environment.items()]
        with contextlib.suppress(OSError):
            self._init.sendall("".join([*lines, "\n"]).encode())

    def kill(self) -> None:
        """Through the namespace's first process: when that is gone, the kernel has buried all others."""
        for _ in range(50):
            below = descendants(self._process.pid, 1)
            if below:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(below[0], signal.SIGKILL)
                return
            if self._process.poll() is not None:
                return
            time.sleep(0.005)
        self._process.kill()

    def shared_memory(self) -> int:
        if not self._shared.is_open:
            for pid in descendants(self._process.pid, 1):
                self._shared.open(pid)
        return self._shared.used()

    def finish(self) -> End:
        self._shared.close()
        own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        code, peak = self._wait()
        told = self._told()
        if not told.startswith("up"):
            raise InfrastructureFailure("SandboxFailed", f"bwrap could not start (exit code {code})")
        left = told.removeprefix("up").strip()
        # the largest process includes the moment between fork and exec, when it still was this worker
        return End(code, int(left) if left.isdigit() else 0, peak * 1024 if peak > own else 0)

    def _wait(self) -> tuple[int, int]:
        if self._process.returncode is not None:
            return self._process.returncode, 0
        _, status, usage = os.wait4(self._process.pid, 0)
        self._process.returncode = os.waitstatus_to_exitcode(status)
        return self._process.returncode, usage.ru_maxrss

    def _told(self) -> str:
        try:
            return self._init.recv(4096, socket.MSG_DONTWAIT).decode()
        except OSError:
            return ""
        finally:
            self._init.close()
            os.close(self._ended)


def find_bwrap() -> tuple[Bwrap | None, str]:
    """bubblewrap if it works here, else the reason why it does not."""
    program = shutil.which("bwrap")
    if program is None:
        return None, "bubblewrap (bwrap) is not installed"
    reason = ""
    for options in _OPTIONS:
        reason = _problem(program, options)
        if not reason:
            return Bwrap(program, options), ""
    return None, reason


def _problem(program: str, options: tuple[str, ...]) -> str:
    """Why a sandbox cannot be built with these options; "" when it can."""
    trial = ["--unshare-net", *_namespaces(options), *_LIFE, "--ro-bind", "/", "/", "--dev", "/dev"]
    trial += [*_shared_memory(options, None), "--remount-ro", "/dev", "--proc", "/proc", "--tmpfs", "/run"]
    try:
        done = subprocess.run(
            [program, *trial, "--", "/bin/sh", "-c", "exit 7"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=20,
            text=True,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"bwrap cannot be run: {error}"
    if done.returncode != 7:
        return f"bwrap does not work here: {done.stderr.strip()[:200] or done.returncode}"
    return ""
