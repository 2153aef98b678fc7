"""Reads a repository's objects through one long-lived `git cat-file`, so that a run starts no git process."""

import os
import subprocess
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from ..failures import InfrastructureFailure, RefusedCheckout
from .bounded_cache import BoundedCache

CACHE_BYTES = 16 << 20
SMALL = 1 << 20
_TREE = 0o040000


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a tree; the mode as git writes it."""

    path: str
    mode: str
    oid: str


class MissingObject(InfrastructureFailure):
    """The repository does not have it (yet)."""

    def __init__(self, name: str) -> None:
        super().__init__("GitObjectMissing", name)


def git_environment() -> dict[str, str]:
    """No configuration but our own: hooks, filters and pagers of user and system stay out."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return kept | {
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_CONFIG_COUNT": "2",
        "GIT_CONFIG_KEY_0": "safe.directory",
        "GIT_CONFIG_VALUE_0": "*",
        "GIT_CONFIG_KEY_1": "core.hooksPath",
        "GIT_CONFIG_VALUE_1": "/dev/null",
        "LC_ALL": "C",
    }


class GitObjects:
    """The objects of one repository, with the small ones kept in memory."""

    def __init__(self, git_dir: Path) -> None:
        self.git_dir = git_dir
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._small: BoundedCache[str, tuple[str, bytes]] = BoundedCache(CACHE_BYTES)
        self._large: set[str] = set()

    def entries(self, commit: str, prefix: str) -> list[Entry]:
        """Every file below the prefix in that commit, submodules included (mode 160000)."""
        found: list[Entry] = []
        pending = [("", f"{commit}^{{tree}}" if prefix == "" else f"{commit}:{prefix}")]
        while pending:
            folder, name = pending.pop()
            kind, content = self._read(name)
            if kind != "tree":
                raise RefusedCheckout(f"{prefix or name} is not a folder in {commit[:12]}")
            for mode, part, oid in _parse_tree(content, len(commit) // 2):
                path = folder + part
                if int(mode, 8) == _TREE:
                    pending.append((path + "/", oid))
                else:
                    found.append(Entry(path, mode, oid))
        return sorted(found, key=lambda entry: entry.path)

    def small(self, oid: str) -> bytes | None:
        """A file's content, unless it is too large to be held in memory."""
        with self._lock:
            cached = self._small.get(oid)
            if cached is not None:
                return cached[1]
            if oid in self._large:
                return None
            kind, size, stream = self._ask(oid)
            if size > SMALL:
                self._large.add(oid)
                self._stop()
                return None
            content = stream.read(size)
            stream.read(1)
            self._small.put(oid, (kind, content), size)
            return content

    def copy(self, oid: str, into: BinaryIO) -> None:
        """Writes a large file in pieces, through a process of its own so that other runs need not wait."""
        command = ["git", f"--git-dir={self.git_dir}", "cat-file", "blob", oid]
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=into, stderr=subprocess.PIPE, env=git_environment()
        )
        if done.returncode != 0:
            raise MissingObject(done.stderr.decode(errors="replace").strip()[-200:])

    def close(self) -> None:
        with self._lock:
            self._stop()

    def forget(self) -> None:
        """For when objects were removed: a tree that is remembered would name files that are gone."""
        with self._lock:
            self._stop()
            self._small = BoundedCache(CACHE_BYTES)
            self._large.clear()

    def _read(self, name: str) -> tuple[str, bytes]:
        with self._lock:
            cached = self._small.get(name)
            if cached is not None:
                return cached
            kind, size, stream = self._ask(name)
            answer = (kind, stream.read(size))
            stream.read(1)
            self._small.put(name, answer, size + len(name))
            return answer

    def _ask(self, name: str) -> tuple[str, int, BinaryIO]:
        """Kind and size of an object, and the stream that its content is next on."""
        if "\n" in name:
            raise RefusedCheckout("a path contains a line break")
        for _ in range(2):
            process = self._process or self._start()
            stdin, stdout = process.stdin, process.stdout
            assert stdin is not None
            assert stdout is not None
            try:
                os.write(stdin.fileno(), name.encode() + b"\n")
                header = stdout.readline()
            except BrokenPipeError:
                header = b""
            if header.endswith(b" missing\n"):
                raise MissingObject(name)
            if header:
                _, kind, size = header.rsplit(b" ", 2)
                return kind.decode(), int(size), stdout
            self._stop()
        raise InfrastructureFailure("GitUnreadable", f"git cannot read the repository {self.git_dir}")

    def _start(self) -> subprocess.Popen[bytes]:
        try:
            self._process = subprocess.Popen(
                ["git", f"--git-dir={self.git_dir}", "cat-file", "--batch"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=git_environment() | {"GIT_CONFIG_GLOBAL": "/dev/null"},
                start_new_session=True,
            )
        except FileNotFoundError as error:
            raise InfrastructureFailure("GitMissing", "git is not installed on this host") from error
        return self._process

    def _stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                assert pipe is not None
                pipe.close()
            self._process = None


def _parse_tree(content: bytes, width: int) -> list[tuple[str, str, str]]:
    rows, at = [], 0
    while at < len(content):
        space = content.index(b" ", at)
        end = content.index(b"\0", space)
        name = content[space + 1 : end].decode(errors="surrogateescape")
        rows.append((content[at:space].decode(), name, content[end + 1 : end + 1 + width].hex()))
        at = end + 1 + width
    return rows
