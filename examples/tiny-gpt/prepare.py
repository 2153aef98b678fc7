"""Fixed: the text, the split, the clock and the printed block.

The text is the sources of the Python that runs this: on every machine, and licensed to be read.

    python3 prepare.py      what is read, how much of it, and its SHA-256
"""

import hashlib
import os
import resource
import sys
import sysconfig
import time
from pathlib import Path

VOCABULARY = 256
STDLIB = Path(sysconfig.get_path("stdlib"))
# validation: nothing imports these packages unasked, so task.yaml can hide them from the run
HIDDEN = ("asyncio", "unittest", "xmlrpc", "wsgiref")
# tables and data rather than prose and code, or not in every installation
SKIPPED = {"test", "tests", "encodings", "pydoc_data", "idlelib", "lib2to3", "tkinter", "turtledemo", "ensurepip"}


def train_files() -> list[Path]:
    packages = [p for p in STDLIB.iterdir() if (p / "__init__.py").is_file()]
    folders = [STDLIB, *(p for p in packages if p.name not in SKIPPED and p.name not in HIDDEN)]
    return sorted(file for folder in folders for file in folder.glob("*.py"))


def train_text() -> list[bytes]:
    return [file.read_bytes() for file in train_files()]


def validation_files() -> list[Path]:
    files = (file for name in HIDDEN for file in (STDLIB / name).rglob("*.py"))
    return sorted(file for file in files if not SKIPPED & set(file.relative_to(STDLIB).parts))


def validation_segments(count: int, length: int) -> list[bytes]:
    """Stretches of the validation text at even distances. Only the evaluator can read it."""
    text = b"".join(file.read_bytes() for file in validation_files())
    if len(text) < count * length:
        sys.exit(f"only {len(text)} bytes of validation text under {STDLIB}: {', '.join(HIDDEN)}")
    gap = (len(text) - length) // (count - 1)
    return [text[i * gap : i * gap + length] for i in range(count)]


def digest(texts: list[bytes]) -> str:
    return hashlib.sha256(b"".join(texts)).hexdigest()


def seed() -> int:
    return int(os.environ.get("AUTOLIFT_SEED", "1"))


class Clock:
    """The wall-clock budget of a run, from AUTOLIFT_BUDGET_SECONDS."""

    def __init__(self) -> None:
        self.begun = time.monotonic()
        self.seconds = float(os.environ.get("AUTOLIFT_BUDGET_SECONDS", "12"))
        self.trained = self.told = 0.0

    def left(self) -> float:
        """Share of the budget that is left: from 1 down to 0."""
        return max(0.0, 1 - (time.monotonic() - self.begun) / self.seconds)

    def tell(self, step: int, loss: float, tokens: int) -> None:
        """How far it is, to whoever watches: at most once a second."""
        since = time.monotonic() - self.begun
        if since - self.told >= 1:
            self.told = since
            print(f"PROGRESS step={step} loss={loss:.5g} tokens_per_second={tokens / since:.0f}", flush=True)

    def stop(self) -> None:
        self.trained = time.monotonic() - self.begun


def report(clock: Clock, numbers: dict[str, float]) -> None:
    """The block that karpathy/autoresearch prints, but for val_bpb: evaluate.py prints that one."""
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    megabytes = memory / (1 << 20 if sys.platform == "darwin" else 1 << 10)
    print("---")
    print(f"train_bpb:        {numbers['train_bpb']:.6f}")
    print(f"training_seconds: {clock.trained:.1f}")
    print(f"total_seconds:    {time.monotonic() - clock.begun:.1f}")
    print(f"peak_vram_mb:     {megabytes:.1f}")
    print(f"total_tokens_M:   {numbers['tokens'] / 1e6:.3f}")
    print(f"num_steps:        {numbers['steps']:.0f}")
    print(f"num_params_M:     {numbers['parameters'] / 1e6:.3f}")
    print(f"depth:            {numbers['depth']:.0f}")


if __name__ == "__main__":
    for name, files in (("training", train_files()), ("validation", validation_files())):
        texts = [file.read_bytes() for file in files]
        print(f"{name}: {len(files)} files, {sum(map(len, texts))} bytes, sha256 {digest(texts)}")
        print("  " + " ".join(str(file.relative_to(STDLIB)) for file in files))
