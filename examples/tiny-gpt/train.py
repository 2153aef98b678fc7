"""Trains a small byte-level language model until its time is up, and leaves it in the folder `model`.

A transformer where MLX is installed, a gated n-gram model in plain Python elsewhere. Both have the same knobs;
README.md says what each means to whom.
"""

import random
from pathlib import Path

from prepare import Clock, report, seed, train_text

try:
    import gpt as family
except ImportError:
    import ngram as family

DEPTH = 2  # range: 1..8
WIDTH = 32  # range: 16..512
CONTEXT = 64  # range: 16..512
LEARNING_RATE = 0.001  # range: 0.0001..0.1
REGULARIZATION = 0.5  # range: 0.01..2
COOLDOWN = 0.6  # range: 0.05..0.9


def load(folder: Path, streams: int):
    """The trained model, ready to step through `streams` texts at once: evaluate.py calls this."""
    return family.Predictor(folder / "model", streams)


def main() -> None:
    clock = Clock()
    texts = train_text()
    random.Random(seed()).shuffle(texts)
    settings = family.Settings(DEPTH, WIDTH, CONTEXT, LEARNING_RATE, REGULARIZATION, COOLDOWN)
    model, numbers = family.train(b"".join(texts), settings, clock)
    clock.stop()
    Path("model").mkdir()
    model.save(Path("model"))
    report(clock, {**numbers, "depth": DEPTH})


if __name__ == "__main__":
    main()
