"""Fixed: data, tokenizer, time budget and the metric. Nothing has to be downloaded: the text is Python's own library.

    python3 prepare.py      shows what the text is
"""

import math
import sysconfig
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

TIME_BUDGET = 2.0  # seconds of training
MAX_SEQ_LEN = 256  # tokens a sequence
EVAL_TOKENS = 12 * MAX_SEQ_LEN
VOCAB_SIZE = 512

STDLIB = Path(sysconfig.get_path("stdlib"))
VAL_FILES = ("argparse.py", "zipapp.py", "statistics.py", "textwrap.py", "shelve.py", "queue.py")


class Model(Protocol):
    def distribution(self, context: list[int]) -> list[float]: ...


def read_split(split: str) -> bytes:
    if split == "val":
        return b"".join((STDLIB / name).read_bytes() for name in VAL_FILES)
    files = sorted(file for file in STDLIB.glob("[a-z]*.py") if file.name not in VAL_FILES)
    return b"".join(file.read_bytes() for file in files)


class Tokenizer:
    """All bytes, and the most frequent pairs and quadruples of them; the longest that fits is taken."""

    def __init__(self, pieces: list[bytes]) -> None:
        self.pieces = pieces
        self.index = {piece: token for token, piece in enumerate(pieces)}

    @classmethod
    def from_text(cls, text: bytes) -> "Tokenizer":
        sample = text[:200_000]
        pieces = [bytes((value,)) for value in range(256)]
        for length, share in ((2, 192), (4, VOCAB_SIZE - 256 - 192)):
            found = Counter(sample[i : i + length] for i in range(0, len(sample) - length, length))
            pieces += [piece for piece, _ in found.most_common(share)]
        return cls(pieces)

    def get_vocab_size(self) -> int:
        return len(self.pieces)

    def encode(self, text: bytes) -> list[int]:
        tokens, at = [], 0
        while at < len(text):
            for length in (4, 2, 1):
                token = self.index.get(text[at : at + length])
                if token is not None:
                    tokens.append(token)
                    at += len(self.pieces[token])
                    break
        return tokens

    def decode(self, tokens: list[int]) -> bytes:
        return b"".join(self.pieces[token] for token in tokens)


def make_dataloader(tokenizer: Tokenizer, text: bytes, batch_size: int, seed: int) -> Iterator[list[list[int]]]:
    """Batches of sequences without end: stretches of the text, in an order set by the seed."""
    stretch = 3 * MAX_SEQ_LEN
    places = len(text) // stretch
    at = seed
    while True:
        batch = []
        for _ in range(batch_size):
            # a step that shares no factor with most counts visits every stretch before any comes again
            at = (at + 7919) % places
            batch.append(tokenizer.encode(text[at * stretch : (at + 1) * stretch])[:MAX_SEQ_LEN])
        yield batch


def evaluate_bpb(model: Model, tokenizer: Tokenizer) -> float:
    """Bits per byte on the validation text: does not depend on the size of the vocabulary.

    The model has to give a weight to every token, and they are made to sum to 1 here: one that only told the weight of
    the right token could tell any.
    """
    text = read_split("val")
    step = len(text) // (EVAL_TOKENS // MAX_SEQ_LEN)
    bits, size = 0.0, 0
    for start in range(0, len(text) - step + 1, step):
        tokens = tokenizer.encode(text[start : start + 3 * MAX_SEQ_LEN])[:MAX_SEQ_LEN]
        for i, token in enumerate(tokens):
            weights = model.distribution(tokens[:i])
            if len(weights) != tokenizer.get_vocab_size() or min(weights) < 0:
                raise ValueError("a distribution has a weight of at least 0 for each token")
            bits -= math.log2(max(weights[token] / math.fsum(weights), 1e-12))
            size += len(tokenizer.pieces[token])
    return bits / size


if __name__ == "__main__":
    for split in ("train", "val"):
        print(f"{split}: {len(read_split(split))} bytes of {STDLIB}")
