"""Protected: keeps this process and what it starts from reading some files.

On Linux the kernel does it (Landlock): every file may be read but those, by native code too. Landlock knows
only what is allowed, so all that lies beside the hidden ones is named. Elsewhere an audit hook has to do,
which sees what Python opens.
"""

import ctypes
import os
import sys
from collections.abc import Iterable
from pathlib import Path

PR_SET_DUMPABLE, PR_SET_NO_NEW_PRIVS = 4, 38
CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
READ_FILE = 1 << 2
FORBIDDEN = (
    "subprocess.",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.spawn",
    "os.system",
    "pty.",
    "socket.",
)


def shut_memory() -> None:
    """Other processes of the same user can then neither read nor trace this one."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)


def beside(hidden: Iterable[Path]) -> list[Path]:
    """The largest folders and files that together are everything but the hidden ones."""
    walls = {Path(os.path.realpath(path)) for path in hidden}
    ancestors = {parent for path in walls for parent in path.parents}
    return [
        child
        for folder in sorted(ancestors)
        if folder.is_dir() and not walls & {folder, *folder.parents}
        for child in sorted(folder.iterdir())
        if child not in ancestors and child not in walls and not child.is_symlink()
    ]


def landlock(hidden: Iterable[Path]) -> bool:
    """False where the kernel has none."""
    if sys.platform != "linux":
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    handled = (ctypes.c_uint64 * 1)(READ_FILE)
    rules = libc.syscall(CREATE_RULESET, ctypes.byref(handled), ctypes.c_size_t(8), 0)
    if rules < 0:
        return False
    for path in beside(hidden):
        try:
            handle = os.open(path, os.O_PATH | os.O_NOFOLLOW)
        except OSError:
            continue
        # packed: the rights, then the descriptor
        rule = READ_FILE.to_bytes(8, sys.byteorder) + handle.to_bytes(4, sys.byteorder)
        libc.syscall(ADD_RULE, rules, 1, rule, 0)
        os.close(handle)
    if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 or libc.syscall(RESTRICT_SELF, rules, 0) != 0:
        return False
    os.close(rules)
    return True


def hook(hidden: Iterable[Path]) -> None:
    real, decode, separator = os.path.realpath, os.fsdecode, os.sep
    walls = tuple(real(path) + separator for path in hidden)
    forbidden = FORBIDDEN

    def check(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open" and isinstance(arguments[0], str | bytes | os.PathLike):
            path = real(decode(arguments[0]))
            if (path + separator).startswith(walls):
                raise PermissionError(f"while it is scored, a model may not open {path}")
        if event.startswith(forbidden):
            raise PermissionError(f"while it is scored, a model may not use {event}")

    sys.addaudithook(check)
