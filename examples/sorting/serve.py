"""Protected: the child process of evaluate.py. It runs the candidate's sort on lists that come in through a pipe.

It knows neither the seed nor the expected answers, and it never sees a clock: the parent holds all three.
"""

import os
import struct
import sys
from array import array

from rules import allowed_builtins


def main() -> None:
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    asked = sys.stdin.buffer
    (length,) = struct.unpack("<I", asked.read(4))
    names: dict[str, object] = {"__name__": "candidate", "__builtins__": allowed_builtins()}
    exec(compile(asked.read(length).decode("utf-8"), "sort.py", "exec"), names)
    sort = names["sort"]
    while header := asked.read(4):
        (length,) = struct.unpack("<I", header)
        values = array("q", asked.read(8 * length)).tolist()
        result = array("q", sort(values)).tobytes()  # type: ignore[operator]
        answers.write(struct.pack("<I", len(result) // 8) + result)


if __name__ == "__main__":
    main()
