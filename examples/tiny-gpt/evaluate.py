"""Protected: bits per byte of the candidate's model on text that it has not seen.

The model runs in a child process and steps through all texts at once. For every byte it has to hand over its 256
probabilities first; only then is it told what the byte was. What it says is made a distribution here: a row that sums
to more than 1 is divided by its sum.
"""

import ctypes
import math
import os
import struct
import subprocess
import sys
import threading
from array import array
from pathlib import Path

from prepare import VOCABULARY, digest, train_text, validation_segments

# texts; a task that is to be scored faster says fewer in its run.env
STREAMS = int(os.environ.get("TINY_GPT_TEXTS", "48"))
LENGTH = 512
SECONDS = 100
PR_SET_DUMPABLE = 4


def shut_memory() -> None:
    """Other processes of the same user, the child among them, can then neither read nor trace this one."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)


class Child:
    def __init__(self, candidate: Path) -> None:
        here = Path(__file__).parent
        command = [sys.executable, "-s", "-B", str(here / "serve.py"), str(candidate), str(STREAMS)]
        names = ("PATH", "HOME", "AUTOLIFT_SEED", "AUTOLIFT_BUDGET_SECONDS")
        environment = {name: os.environ[name] for name in names if name in os.environ}
        self.process = subprocess.Popen(
            command, cwd=here, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self.alarm = threading.Timer(SECONDS, self.process.kill)
        self.alarm.daemon = True
        self.alarm.start()

    def rows(self) -> array:
        assert self.process.stdout
        header = self.process.stdout.read(4)
        wanted = 4 * STREAMS * VOCABULARY
        if len(header) == 4 and struct.unpack("<I", header)[0] != wanted:
            self.close()
            sys.exit(f"a step has to give {STREAMS} rows of {VOCABULARY} 32-bit numbers, which are {wanted} bytes")
        body = self.process.stdout.read(wanted) if len(header) == 4 else b""
        if len(body) < wanted:
            code = self.process.wait()
            sys.exit(f"the model gave no answer: exit code {code}" + (f", after {SECONDS} s" if code == -9 else ""))
        return array("f", body)

    def tell(self, latest: bytes) -> None:
        assert self.process.stdin
        self.process.stdin.write(latest)
        self.process.stdin.flush()

    def close(self) -> None:
        self.alarm.cancel()
        self.process.kill()
        self.process.wait()


def bits(row: array, byte: int) -> float:
    total = math.fsum(row)
    if not math.isfinite(total) or min(row) < 0:
        sys.exit("a row holds something that is no probability")
    p = row[byte] / max(total, 1.0)
    return -math.log2(p) if p > 0 else math.inf


def main() -> None:
    segments = validation_segments(STREAMS, LENGTH)
    shut_memory()
    child = Child(Path(os.environ.get("AUTOLIFT_CANDIDATE", ".")).resolve())
    spent = 0.0
    try:
        for step in range(LENGTH):
            rows = child.rows()
            latest = bytes(segment[step] for segment in segments)
            spent += sum(bits(rows[i * VOCABULARY : (i + 1) * VOCABULARY], byte) for i, byte in enumerate(latest))
            if step + 1 < LENGTH:
                child.tell(latest)
    finally:
        child.close()
    identities = {"train": digest(train_text()), "val": digest(segments)}
    print("texts: " + ", ".join(f"{name} sha256 {digest}" for name, digest in identities.items()))
    print("---")
    print(f"val_bpb:          {spent / (STREAMS * LENGTH):.6f}")
    print(f"val_bytes:        {STREAMS * LENGTH}")
    # the text differs from one version of Python to the next: compare scores only where this number is the same
    print(f"text_id:          {int((identities['train'] + identities['val'])[58:70], 16)}")


if __name__ == "__main__":
    main()
