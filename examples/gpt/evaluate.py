"""Protected: bits per byte of the candidate's model on text that it has not seen. Needs neither framework.

    python3 evaluate.py train|train_mlx

The model runs in a child process and steps through all texts at once. For every token it has to hand over
the probabilities of all tokens first; only then is it told which one it was. What it says is made a
distribution here: a row that sums to more than 1 is divided by its sum. Bits are counted a byte of text.
"""

import math
import os
import struct
import subprocess
import sys
import threading
from array import array
from pathlib import Path

import fence
import prepare

SECONDS = 240
PASSED = (
    "PATH",
    "HOME",
    "TMPDIR",
    "AUTOLIFT_SEED",
    "AUTOLIFT_DATA",
    "AUTOLIFT_DEVICE",
    "CUDA_VISIBLE_DEVICES",
)


class Child:
    def __init__(self, module: str, candidate: Path, streams: int, vocabulary: int) -> None:
        here = Path(__file__).parent
        command = [sys.executable, "-s", "-B", str(here / "serve.py"), module, str(candidate), str(streams)]
        environment = {name: os.environ[name] for name in PASSED if name in os.environ}
        self.process = subprocess.Popen(
            command, cwd=here, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self.streams, self.vocabulary = streams, vocabulary
        self.alarm = threading.Timer(SECONDS, self.process.kill)
        self.alarm.daemon = True
        self.alarm.start()

    def ask(self, latest: array) -> "memoryview[float]":
        """One row of probabilities for each stream, after its latest token."""
        assert self.process.stdin
        assert self.process.stdout
        wanted = 4 * self.streams * self.vocabulary
        try:
            self.process.stdin.write(latest.tobytes())
            self.process.stdin.flush()
        except BrokenPipeError:
            self.silent()
        header = self.process.stdout.read(4)
        if len(header) == 4 and struct.unpack("<I", header)[0] != wanted:
            self.close()
            sys.exit(
                f"a step has to give {self.streams} rows of {self.vocabulary} 32-bit numbers: {wanted} bytes"
            )
        body = self.process.stdout.read(wanted) if len(header) == 4 else b""
        if len(body) < wanted:
            self.silent()
        return memoryview(body).cast("f")

    def silent(self) -> None:
        code = self.process.wait()
        sys.exit(
            f"the model gave no answer: exit code {code}" + (f", after {SECONDS} s" if code == -9 else "")
        )

    def close(self) -> None:
        self.alarm.cancel()
        self.process.kill()
        self.process.wait()


def bits(row: "memoryview[float]", token: int) -> float:
    total = math.fsum(row)
    if not math.isfinite(total) or min(row) < 0:
        sys.exit("a row holds something that is no probability")
    p = row[token] / max(total, 1.0)
    return -math.log2(p) if p > 0 else math.inf


def main() -> None:
    if len(sys.argv) != 2 or sys.argv[1] not in ("train", "train_mlx"):
        sys.exit("usage: python3 evaluate.py train|train_mlx")
    tokenizer, validation = prepare.tokenizer(), prepare.tokens_of("val")
    size, exam = tokenizer.vocabulary, prepare.exam(len(validation))
    texts = prepare.segments(validation, exam)
    fence.shut_memory()
    candidate = Path(os.environ.get("AUTOLIFT_CANDIDATE", ".")).resolve()
    child = Child(sys.argv[1], candidate, exam.streams, size)
    spent, length = 0.0, 0
    try:
        for at in range(exam.length):
            rows = child.ask(array("H", [text[at] for text in texts]))
            for i, text in enumerate(texts):
                token = text[at + 1]
                spent += bits(rows[i * size : (i + 1) * size], token)
                length += len(tokenizer.pieces[token])
    finally:
        child.close()
    identities = {"train": prepare.digest(prepare.tokens_of("train")), "val": prepare.digest(validation)}
    print("tokens: " + ", ".join(f"{name} sha256 {digest}" for name, digest in identities.items()))
    print("---")
    print(f"val_bpb:          {spent / length:.6f}")
    print(f"val_bytes:        {length}")
    # each version of Python has another text: compare scores only where this number is the same
    print(f"text_id:          {int((identities['train'] + identities['val'])[58:70], 16)}")


if __name__ == "__main__":
    main()
