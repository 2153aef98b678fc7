"""Protected: the child process of evaluate.py. Steps a model through texts that it doesn't know.

python3 serve.py MODULE FOLDER STREAMS
"""

import contextlib
import importlib
import os
import struct
import sys
from array import array
from pathlib import Path

import fence
from prepare import HIDDEN, STDLIB, place

OTHER_PYTHONS = ("usr/lib/python3*", "usr/local/lib/python3*")
FRAMEWORKS = {"train": ("torch", "torch.nn.functional"), "train_mlx": ("mlx.core", "mlx.nn")}


def hidden() -> list[Path]:
    folders = [STDLIB, *(path for glob in OTHER_PYTHONS for path in Path("/").glob(glob))]
    found = [folder / name for folder in folders for name in HIDDEN if (folder / name).is_dir()]
    data = place()
    return [*found, data / "val"] if data else found


def main() -> None:
    module, candidate, streams = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    asked = sys.stdin.buffer
    walls = hidden()
    # before the framework starts threads: those that exist already would stay outside
    fence.landlock(walls)
    # the frameworks start programs and sockets while they are imported: the hook comes after them
    with contextlib.suppress(ImportError):
        for name in FRAMEWORKS.get(module, ()):
            importlib.import_module(name)
    fence.hook(walls)
    sys.path[0] = str(candidate)
    # the candidate's own modules of these names are loaded, not the ones beside this file
    own = {path.stem for path in Path(__file__).parent.glob("*.py")}
    for name in own - {"serve"}:
        sys.modules.pop(name, None)
    model = importlib.import_module(module).load(candidate, streams)
    latest = array("H")
    while len(told := asked.read(2 * streams)) == 2 * streams:
        latest = array("H", told)
        rows = memoryview(model.step(latest.tolist())).cast("B")
        answers.write(struct.pack("<I", len(rows)))
        answers.write(rows)
        answers.flush()


if __name__ == "__main__":
    main()
