"""Protected: the child process of evaluate.py. It steps the candidate's model through texts that it doesn't know.

The candidate's code runs behind an audit hook: it may read its own folder, Python and Python's packages, but not the
validation text, and it can start no process, load no native code of its own and open no socket. That fence is made of
Python: it stops code that is written in Python, not an exploit of the interpreter.
"""

import os
import struct
import sys
from pathlib import Path

from prepare import HIDDEN, STDLIB

FORBIDDEN = ("subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system", "pty.", "socket.")
FORBIDDEN += ("ctypes.", "gc.get_", "code.__new__")


def fence(candidate: Path) -> None:
    real, decode, separator = os.path.realpath, os.fsdecode, os.sep
    hidden = tuple(real(STDLIB / name) + separator for name in HIDDEN)
    own = real(candidate) + separator
    prefixes = [sys.prefix, sys.base_prefix, STDLIB, STDLIB.parent / "lib-dynload", *filter(None, sys.path[1:])]
    roots = (own, *{real(path) + separator for path in prefixes})
    devices = frozenset(("/dev/null", "/dev/urandom"))
    forbidden = FORBIDDEN

    def check(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open" and not isinstance(arguments[0], int):
            path = real(decode(arguments[0]))
            if path in devices or (path.startswith(roots) and not path.startswith(hidden)):
                return
            raise PermissionError(f"while it is scored, a model may not open {path}")
        if event == "import" and arguments[1] and real(str(arguments[1])).startswith(own):
            raise PermissionError(f"while it is scored, a model may not load {arguments[1]}")
        if event.startswith(forbidden):
            raise PermissionError(f"while it is scored, a model may not use {event}")

    sys.addaudithook(check)


def main() -> None:
    candidate, streams = Path(sys.argv[1]), int(sys.argv[2])
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    asked = sys.stdin.buffer
    try:
        import mlx.core  # noqa: F401  (its native parts are loaded before the fence goes up)
        import mlx.nn
        import mlx.optimizers  # noqa: F401
    except ImportError:
        pass
    fence(candidate)
    sys.path[0] = str(candidate)
    # the candidate's own modules of these names are loaded, not the ones beside this file
    for name in ("prepare", "train", "ngram", "gpt"):
        sys.modules.pop(name, None)
    import train

    model = train.load(candidate, streams)
    latest: bytes | None = None
    while True:
        rows = model.step(latest)
        answers.write(struct.pack("<I", len(rows)) + rows)
        answers.flush()
        latest = asked.read(streams)
        if len(latest) < streams:
            return


if __name__ == "__main__":
    main()
