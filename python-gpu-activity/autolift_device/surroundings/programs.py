"""The programs that a shell command names, and the interpreters that these name in turn."""

import os
import re
import shutil

from .pieces import words_of

_PYTHON = re.compile(r"(python|pypy)[\d.]*")
_SHEBANG_BYTES = 256


def programs_of(command: str, folder: str, path: str) -> list[str]:
    """Files of the host that it runs; the evaluator's own, in its folder, are pinned with the others there.

    Every word that is a program counts: one too many is pinned for nothing, one too few would be a hole.
    Where none is a Python, a script may call the one on the path.
    """
    found = [program for word in words_of(command) if (program := _program(word, folder, path))]
    found += [program for word in map(_interpreter, found) if word and (program := _program(word, "/", path))]
    if not any(map(is_python, found)):
        found += [program] if (program := _program("python3", folder, path)) else []
    inside = f"{os.path.realpath(folder)}/"
    led = [os.path.realpath(program) if program.startswith(inside) else program for program in found]
    return sorted({program for program in led if not program.startswith(inside)})


def is_python(program: str) -> bool:
    names = {os.path.basename(program), os.path.basename(os.path.realpath(program))}
    return any(_PYTHON.fullmatch(name) for name in names)


def _program(word: str, folder: str, path: str) -> str | None:
    if "/" in word:
        found = os.path.join(folder, os.path.expanduser(word))
        found = found if os.access(found, os.X_OK) and os.path.isfile(found) else None
    else:
        found = shutil.which(word, path=path)
    if found is None:
        return None
    # a checkout has another name each time, and a virtual environment is known by the name in its folder
    return os.path.join(os.path.realpath(os.path.dirname(found)), os.path.basename(found))


def _interpreter(program: str) -> str | None:
    """What a script's first line names."""
    try:
        with open(program, "rb") as file:
            first = file.read(_SHEBANG_BYTES).split(b"\n")[0].decode(errors="replace")
    except OSError:
        return None
    words = first.removeprefix("#!").split() if first.startswith("#!") else []
    if words and os.path.basename(words[0]) == "env":
        words = [word for word in words[1:] if not word.startswith("-") and "=" not in word]
    return words[0] if words else None
