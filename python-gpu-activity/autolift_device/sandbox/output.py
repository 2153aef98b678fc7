"""A run's output: all of it up to a cap, beyond that its beginning and its end."""

import os
from pathlib import Path

IN_MEMORY = 256 << 10
CAP = 64 << 20
_RECENT = 8 << 10


class OutputLog:
    """Takes what a pipe gives without ever blocking it; half of the cap is kept from either end."""

    def __init__(self, path: Path, cap: int = CAP) -> None:
        self.path = path
        self.total = 0
        self.recent = b""
        self._half = cap // 2
        self._memory = bytearray()
        self._head: int | None = None
        self._ring: int | None = None

    @property
    def omitted(self) -> int:
        return max(0, self.total - 2 * self._half)

    def write(self, data: bytes) -> None:
        self.recent = (self.recent + data)[-_RECENT:]
        room = max(0, self._half - self.total)
        self._write_head(data[:room])
        self._write_ring(data[room:], max(self.total, self._half) - self._half)
        self.total += len(data)

    def finish(self) -> Path:
        """Puts the pieces together in one file."""
        if self._head is None:
            self._open_head()
        assert self._head is not None
        if self._ring is not None:
            self._append_ring(self._head, self._ring)
            os.close(self._ring)
            self._ring_path.unlink()
        os.close(self._head)
        self._head = self._ring = None
        return self.path

    def discard(self) -> None:
        """Lets go of a run that nobody wants the output of."""
        for handle in (self._head, self._ring):
            if handle is not None:
                os.close(handle)
        self._head = self._ring = None

    @property
    def _ring_path(self) -> Path:
        return self.path.with_name(self.path.name + ".end")

    def _write_head(self, data: bytes) -> None:
        if self._head is None:
            self._memory += data
            if len(self._memory) > IN_MEMORY:
                self._open_head()
        else:
            _write_all(self._head, data)

    def _open_head(self) -> None:
        self._head = os.open(self.path, os.O_CREAT | os.O_TRUNC | os.O_RDWR | os.O_CLOEXEC, 0o600)
        _write_all(self._head, bytes(self._memory))
        self._memory.clear()

    def _write_ring(self, data: bytes, at: int) -> None:
        """Around and around in a file of half the cap; `at` counts the bytes that went there before."""
        if not data:
            return
        if self._ring is None:
            self._ring = os.open(self._ring_path, os.O_CREAT | os.O_TRUNC | os.O_RDWR | os.O_CLOEXEC, 0o600)
        view = memoryview(data)
        while view:
            place = at % self._half
            done = os.pwrite(self._ring, view[: self._half - place], place)
            at += done
            view = view[done:]

    def _append_ring(self, head: int, ring: int) -> None:
        behind = self.total - self._half
        start = behind % self._half if behind > self._half else 0
        if self.omitted:
            _write_all(head, f"\n[... {self.omitted} bytes left out ...]\n".encode())
        size = min(behind, self._half)
        for begin, end in ((start, size), (0, start)):
            while begin < end:
                part = os.pread(ring, min(1 << 20, end - begin), begin)
                _write_all(head, part)
                begin += len(part)


def _write_all(handle: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view) :]
