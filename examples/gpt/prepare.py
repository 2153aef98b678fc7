"""Fixed: the text, its split, and its tokens.

    python3 prepare.py                                  what is trained on, how much of it, and its SHA-256
    python3 prepare.py --from FOLDER_OR_URL --to DATA   makes DATA from text of yours; then AUTOLIFT_DATA=DATA

Without AUTOLIFT_DATA the text is the sources of the Python that runs it, byte by byte: every machine has it.
With it, DATA/train is for the run, and DATA/val, which task.yaml has to hide from the run, for the evaluator.
"""

import argparse
import hashlib
import json
import os
import random
import sys
import sysconfig
from array import array
from collections.abc import Iterable
from multiprocessing import Pool
from pathlib import Path
from typing import NamedTuple

from tokenizer import Tokenizer, learn

STDLIB = Path(sysconfig.get_path("stdlib"))
# validation: packages that neither PyTorch nor MLX imports, so task.yaml can hide them from the run
HIDDEN = ("xmlrpc", "wsgiref", "dbm", "curses")
# tables and data rather than prose and code, or not in every installation
SKIPPED = {
    "test",
    "tests",
    "encodings",
    "pydoc_data",
    "idlelib",
    "lib2to3",
    "tkinter",
    "turtledemo",
    "ensurepip",
}
VALIDATION = 1 / 64
LEARNED_FROM = 1 << 25


class Exam(NamedTuple):
    """So many stretches of the validation text, of so many tokens that are asked for."""

    streams: int
    length: int


def place() -> Path | None:
    folder = os.environ.get("AUTOLIFT_DATA")
    if folder and not (Path(folder) / "tokenizer.json").is_file():
        sys.exit(f"AUTOLIFT_DATA is {folder}, where prepare.py --to has made nothing")
    return Path(folder) if folder else None


def tokenizer() -> Tokenizer:
    folder = place()
    return Tokenizer(json.loads((folder / "tokenizer.json").read_text())["merges"]) if folder else Tokenizer()


def exam(validation: int) -> Exam:
    """Of so many tokens: as much of them as a device of any class is asked in a minute."""
    return Exam(64, max(1, min(2048, validation // 64 - 1))) if place() else Exam(64, 256)


def tokens_of(part: str) -> array:
    """All tokens of `train` or `val`."""
    folder = place()
    if folder:
        tokens = array("H")
        tokens.frombytes((folder / part / "tokens.bin").read_bytes())
        return tokens
    files = validation_files() if part == "val" else train_files()
    return Tokenizer().encode(b"".join(file.read_bytes() for file in files))


def train_files() -> list[Path]:
    packages = [p for p in STDLIB.iterdir() if (p / "__init__.py").is_file()]
    folders = [STDLIB, *(p for p in packages if p.name not in SKIPPED and p.name not in HIDDEN)]
    return sorted(file for folder in folders for file in folder.glob("*.py"))


def validation_files() -> list[Path]:
    return sorted(file for name in HIDDEN for file in (STDLIB / name).rglob("*.py"))


def segments(tokens: array, of: Exam) -> list[array]:
    """Stretches at even distances, each with the token before it, which is told and not asked for."""
    if len(tokens) < of.streams * (of.length + 1):
        sys.exit(f"only {len(tokens)} tokens of validation text for {of.streams} times {of.length + 1}")
    gap = (len(tokens) - of.length - 1) // (of.streams - 1)
    return [tokens[i * gap : i * gap + of.length + 1] for i in range(of.streams)]


def digest(tokens: array) -> str:
    return hashlib.sha256(tokens.tobytes()).hexdigest()


def seed() -> int:
    return int(os.environ.get("AUTOLIFT_SEED", "1"))


class Places:
    """Where sequences begin: the same for the same seed, others on each device of several."""

    def __init__(self, tokens: int, context: int, rank: int = 0) -> None:
        if tokens <= context + 1:
            sys.exit(f"only {tokens} tokens to train on, for sequences of {context}")
        self.last = tokens - context - 1
        self.random = random.Random(f"{seed()}/{rank}")

    def draw(self, sequences: int) -> list[int]:
        return [self.random.randrange(self.last) for _ in range(sequences)]


def is_validation(document: bytes) -> bool:
    """Decided by the document's own hash: whatever is added later, none changes sides."""
    return int.from_bytes(hashlib.sha256(document).digest()[:4]) < VALIDATION * 2**32


def make(texts: Iterable[bytes], folder: Path, vocabulary: int) -> None:
    from documents import BadText

    parts: dict[str, list[bytes]] = {"train": [], "val": []}
    for document in texts:
        parts["val" if is_validation(document) else "train"].append(document)
    if not all(parts.values()):
        count = len(parts["train"]) + len(parts["val"])
        raise BadText(
            f"too little text: of {count} documents {len(parts['val'])} are for validation, 1 in 64 by their "
            "hashes: give more text; 500 documents are nearly always enough, of which a long text makes one "
            "for each 8 KiB"
        )
    sample, size = [], 0
    for document in parts["train"]:
        sample.append(document)
        size += len(document)
        if size > LEARNED_FROM:
            break
    made = learn(sample, vocabulary)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "tokenizer.json").write_text(json.dumps({"merges": made.merges}))
    for part, own in parts.items():
        tokens = array("H")
        with Pool() as pool:
            for some in pool.imap(made.encode, own, chunksize=16):
                tokens.extend(some)
        (folder / part).mkdir(exist_ok=True)
        (folder / part / "tokens.bin").write_bytes(tokens.tobytes())


def main() -> None:
    parser = argparse.ArgumentParser(description="Shows the text, or makes tokens of text of yours.")
    parser.add_argument(
        "--from", dest="source", help="folder, file or address of .txt, .md, .py, .jsonl, .gz or .zip"
    )
    parser.add_argument("--to", type=Path, help="folder that AUTOLIFT_DATA will name")
    parser.add_argument("--vocabulary", type=int, default=4096, help="tokens; 256 are the bytes themselves")
    asked = parser.parse_args()
    if bool(asked.source) != bool(asked.to):
        parser.error("--from and --to go together")
    if not 256 <= asked.vocabulary <= 2**15:
        parser.error("a vocabulary has 256 to 32768 tokens")
    if asked.source:
        from documents import BadText, documents

        try:
            make(documents(asked.source), asked.to, asked.vocabulary)
        except (BadText, OSError) as problem:
            parser.exit(2, f"prepare.py: {problem}\n")
        os.environ["AUTOLIFT_DATA"] = str(asked.to.resolve())
    for part in ("train", "val"):
        tokens = tokens_of(part)
        print(f"{part}: {len(tokens)} tokens of {tokenizer().vocabulary}, sha256 {digest(tokens)}")


if __name__ == "__main__":
    main()
