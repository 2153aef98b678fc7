"""What an evaluator runs in beside its own files: programs, and the packages that these import.

A listing of them is kept as a blob, and its hash is the name of the environment: whoever finds another
one can say what has changed.
"""

import os
import threading
import time
from dataclasses import dataclass, field

from ..blobs import Blobs
from ..sandbox.sandbox import Job
from .added import added_places
from .environments import environments_of, linked_folders
from .files import Contents, Stamp, stamp, stamps
from .packages import package_folders, runtime_of
from .programs import is_python, programs_of

# To look costs a twentieth of the time at most, and what was seen is believed for a few seconds at most.
_REST = 20
_LONGEST_REST = 3.0
_MOST_SEEN = 32
_LOCKS = (".package-lock.json", ".modules.yaml", ".yarn-state.yml", ".yarn-integrity")


@dataclass(slots=True)
class _Seen:
    """Of one evaluator: its environment when it was last looked at."""

    stamps: list[Stamp] = field(default_factory=list)
    versions: dict[str, str] = field(default_factory=dict)
    name: str = ""
    again: float = 0.0


class Surroundings:
    def __init__(self, blobs: Blobs) -> None:
        self._blobs = blobs
        self._lock = threading.Lock()
        self._contents = Contents()
        self._seen: dict[tuple[str, ...], _Seen] = {}

    def of(self, job: Job) -> str:
        """SHA-256 of what the job's command ran in."""
        folder = os.path.realpath(job.folder)
        shown = _shown(job)
        programs = _programs(job, folder, shown)
        hidden = tuple(f"{rule.path}/" for rule in job.rules if rule.kind == "hide")
        # of rules the deepest one counts
        lent = tuple(f"{path}/" for path in shown if f"{path}/".startswith(hidden))
        modules = os.path.realpath(f"{folder}/node_modules")
        # what is in the checkout itself is pinned with the other protected files
        modules = "" if modules.startswith(f"{folder}/") else modules
        added = tuple(part for part in job.environment.get("PYTHONPATH", "").split(":") if part[:1] == "/")
        with self._lock:
            if len(self._seen) > _MOST_SEEN:
                self._seen.clear()
            seen = self._seen.setdefault((modules, *programs, "", *added, "", *lent, "", *hidden), _Seen())
            if time.monotonic() >= seen.again:
                begin = time.monotonic()
                found, versions = _look(programs, (hidden, lent, added))
                found += [one for lock in _LOCKS if modules for one in stamp(f"{modules}/{lock}")]
                self._note(seen, found, versions)
                end = time.monotonic()
                seen.again = end + min(_LONGEST_REST, _REST * (end - begin))
            return seen.name

    def _note(self, seen: _Seen, found: list[Stamp], versions: dict[str, str]) -> None:
        if seen.name and found == seen.stamps and versions == seen.versions:
            return
        digests = self._contents.of(found)
        lines = [f"{path}\t{digest}\n" for path, digest in sorted({**digests, **versions}.items())]
        blob = self._blobs.put("".join(lines).encode(errors="surrogateescape"))
        seen.name = blob.sha256 if blob else ""
        seen.stamps, seen.versions = found, versions


def _shown(job: Job) -> list[str]:
    """What the task lends, beside what any command sees; not the candidate, another one each time."""
    of_run = [text for name, text in job.environment.items() if name.startswith("AUTOLIFT_")]
    return [rule.path for rule in job.rules if rule.kind == "show" and rule.path not in of_run]


def _programs(job: Job, folder: str, shown: list[str]) -> list[str]:
    path = job.environment.get("PATH", "")
    programs = programs_of(job.command, folder, path)
    known = {os.path.dirname(program) for program in programs if is_python(program)}
    more = environments_of(job.command, folder, job.environment, linked_folders(folder, shown, path))
    return sorted({*programs, *(program for program in more if os.path.dirname(program) not in known)})


def _deepest(place: str, folders: tuple[str, ...]) -> int:
    return max((len(folder) for folder in folders if f"{place}/".startswith(folder)), default=0)


def _look(
    programs: list[str], around: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]
) -> tuple[list[Stamp], dict[str, str]]:
    """Files that may be imported, and of each program what it is."""
    hidden, lent, added = around
    versions: dict[str, str] = {}
    found: list[Stamp] = []
    folders: dict[str, None] = {}
    more: dict[str, None] = dict.fromkeys(map(os.path.realpath, added))
    for program in programs:
        versions[program] = _what_is(program)
        if is_python(program):
            version, libraries = runtime_of(program)
            versions[program] += f" {version}"
            found += [one for library in libraries for one in stamp(library)]
            folders |= dict.fromkeys(package_folders(program))
    for folder in folders:
        found += stamps(folder)
        more |= dict.fromkeys(added_places(folder))
    for place in more:
        if place not in folders and _deepest(place, lent) >= _deepest(place, hidden):
            found += stamps(place, code_only=True) if os.path.isdir(place) else stamp(place)
    return sorted(set(found)), versions


def _what_is(program: str) -> str:
    real = os.path.realpath(program)
    return " ".join(f"{path}: {size} bytes of {time}" for path, size, time in stamp(real))
