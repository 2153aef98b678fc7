"""What lies below a folder of packages, and what is in it."""

import contextlib
import hashlib
import os

# Sources are read whole, so that a change that is taken back is none; of libraries size and time have to do.
_READ_WHOLE = 1 << 20
_MOST_KNOWN = 500_000
_CODE = (".py", ".so", ".pyd", ".pyx")
_NO_CODE = ("__pycache__", "node_modules", "site-packages")

Stamp = tuple[str, int, int]


def stamps(folder: str, code_only: bool = False) -> list[Stamp]:
    """Path, size and time of every file; of a folder that is no package's own only what can be imported."""
    found: list[Stamp] = []
    waiting, seen = [folder], {os.path.realpath(folder)}
    while waiting:
        try:
            entries = os.scandir(waiting.pop())
        except OSError:
            continue
        with entries:
            for entry in entries:
                if entry.is_dir():
                    if entry.name == "__pycache__" or (code_only and _is_apart(entry.name)):
                        continue
                    if entry.is_symlink():
                        real = os.path.realpath(entry.path)
                        if real in seen:
                            continue
                        seen.add(real)
                    waiting.append(entry.path)
                elif not code_only or entry.name.endswith(_CODE):
                    with contextlib.suppress(OSError):
                        status = entry.stat()
                        found.append((entry.path, status.st_size, status.st_mtime_ns))
    return found


def stamp(path: str) -> list[Stamp]:
    """None of a file that is not there."""
    try:
        status = os.stat(path)
    except OSError:
        return []
    return [(path, status.st_size, status.st_mtime_ns)]


class Contents:
    """Digests of files, read again only where size or time have changed."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[int, int, str]] = {}

    def of(self, stamps: list[Stamp]) -> dict[str, str]:
        if len(self._known) > _MOST_KNOWN:
            self._known.clear()
        for path, size, time in stamps:
            self._known[path] = (size, time, self._digest(path, size, time))
        return {path: self._known[path][2] for path, _, _ in stamps}

    def _digest(self, path: str, size: int, time: int) -> str:
        known = self._known.get(path)
        if known is not None and known[:2] == (size, time):
            return known[2]
        if size <= _READ_WHOLE:
            try:
                with open(path, "rb") as file:
                    return hashlib.sha256(file.read()).hexdigest()[:32]
            except OSError:
                pass
        return f"{size} bytes of {time}"


def _is_apart(name: str) -> bool:
    return name.startswith(".") or name in _NO_CODE
