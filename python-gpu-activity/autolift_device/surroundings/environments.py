"""The Pythons that a command may come to by a detour: another folder, a path, an activated environment."""

import glob
import os
from collections.abc import Iterable, Iterator

from .pieces import pieces_of
from .programs import is_python

_MOST_FOLDERS = 16
_MOST_LINKS = 8
_MOST_MATCHES = 16
_WILD = "*?["


def environments_of(
    command: str, folder: str, environment: dict[str, str], linked: Iterable[str]
) -> list[str]:
    """The Python of each environment that a piece of the command, a variable or a linked folder lies in.

    One too many is pinned for nothing, one too few would be a hole.
    """
    own = {name: text for name, text in environment.items() if not _is_of_run(name) and name != "PATH"}
    variables = tuple(sorted({**own, "HOME": os.path.expanduser("~"), "PWD": "."}.items()))
    pieces = list(pieces_of(command, variables))
    pieces += [part for text in own.values() for part in (text, *text.split(":")) if part]
    pieces += [part for part in environment.get("PATH", "").split(":") if part and part[:1] != "/"]
    prefixes = _Prefixes()
    found: dict[str, None] = {}
    for place in [*_places(pieces, folder), *linked]:
        found |= dict.fromkeys(prefixes.pythons_at(place))
    apart = [folder, *(text for name, text in environment.items() if _is_of_run(name) and text[:1] == "/")]
    outside = tuple(f"{os.path.realpath(one)}/" for one in apart)
    return sorted(program for program in found if not program.startswith(outside))


def linked_folders(folder: str, shown: Iterable[str], path: str) -> list[str]:
    """What the task lends besides its files, and may run without its name in the command."""
    with os.scandir(folder) as entries:
        links = [entry.path for entry in entries if entry.is_symlink() and entry.is_dir()]
    # what is on the worker's path is shown to all
    on_path = {os.path.dirname(os.path.realpath(part)) for part in path.split(":") if part}
    lent = {os.path.realpath(one) for one in links} | {one for one in shown if one not in on_path}
    return sorted(one for one in lent if os.path.isfile(f"{one}/pyvenv.cfg"))


def _is_of_run(name: str) -> bool:
    """Folders of one run, or of the candidate, who must have no say in this."""
    return name in ("HOME", "TMPDIR") or name.startswith("AUTOLIFT_")


def _places(pieces: list[str], folder: str) -> Iterator[str]:
    """What exists of the pieces, in the folder and in each folder that one of them is."""
    folders = {os.path.realpath(folder): folder}
    for piece in pieces:
        for base in list(folders.values()):
            for found in _existing(base, piece):
                if os.path.isdir(found) and len(folders) < _MOST_FOLDERS:
                    folders.setdefault(os.path.realpath(found), found)
    for piece in dict.fromkeys(pieces):
        for base in folders.values():
            yield from _existing(base, piece)


def _existing(base: str, piece: str) -> list[str]:
    # `$(pwd)/.venv` leaves `/.venv`
    tried = dict.fromkeys((os.path.join(base, piece), os.path.join(base, piece.lstrip("/"))))
    try:
        found = [path for path in tried if os.path.lexists(path)]
        if any(sign in piece for sign in _WILD) and piece.count("*") < 4:
            found += [
                path for one in tried for path in sorted(glob.glob(one, include_hidden=True))[:_MOST_MATCHES]
            ]
    except (OSError, ValueError):
        return []
    return found


class _Prefixes:
    """Which folders are environments, asked once each."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def pythons_at(self, place: str) -> Iterator[str]:
        for path in _hops(place):
            prefix = self._prefix(path)
            if prefix:
                # links go on to the Python below, whose packages it does not see
                yield f"{prefix}/bin/python"
                return
            yield from _beside(path)

    def _prefix(self, path: str) -> str:
        """The nearest folder at or above it that is a virtual environment."""
        if path not in self._known:
            above = os.path.dirname(path)
            here = os.path.isfile(f"{path}/pyvenv.cfg")
            self._known[path] = path if here else "" if above == path else self._prefix(above)
        return self._known[path]


def _hops(place: str) -> Iterator[str]:
    """The file and what it is a link to, one after the other: an environment's Python leads out of it."""
    for _ in range(_MOST_LINKS):
        place = os.path.normpath(place) if os.path.basename(place) in ("", ".") else place
        name = os.path.basename(place)
        above = os.path.realpath(os.path.dirname(place))
        place = os.path.realpath(place) if name == ".." else os.path.join(above, name)
        yield place
        if not os.path.islink(place):
            return
        place = os.path.join(above, os.readlink(place))


def _beside(path: str) -> Iterator[str]:
    """Of a folder of programs, a prefix or a script that activates one: the Python there."""
    name = os.path.basename(path)
    if os.path.isdir(path):
        tried = [f"{path}/{program}" for program in ("python", "python3", "bin/python", "bin/python3")]
    elif name.startswith("activate"):
        tried = [f"{os.path.dirname(path)}/{program}" for program in ("python", "python3")]
    else:
        tried = [path] if is_python(path) else []
    for program in tried:
        if os.path.isfile(program) and os.access(program, os.X_OK):
            yield os.path.join(os.path.realpath(os.path.dirname(program)), os.path.basename(program))
            return
