"""Opens what a program left in its folder without following a link out of it."""

import os
import stat
from pathlib import Path


class NotInside(Exception):
    """It can't be read as a file of that folder; the message says why."""


def open_inside(folder: Path, file: str) -> int:
    """A regular file, open for reading; no part of its path may be a link."""
    parts = Path(file).parts
    if "\0" in file:
        raise NotInside(f"{file!r} is not a path: there is a NUL byte in it")
    if not parts or file.startswith("/") or ".." in parts:
        raise NotInside(f"{file} is not a path inside the checkout")
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    try:
        for part in parts:
            inner = os.open(part, flags, dir_fd=handle)
            os.close(handle)
            handle = inner
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise NotInside(f"{file} is not a regular file")
        return os.dup(handle)
    except FileNotFoundError:
        raise NotInside(f"{file} was not written") from None
    except OSError as error:
        raise NotInside(f"{file} is a link or cannot be read ({error.strerror})") from None
    finally:
        os.close(handle)
