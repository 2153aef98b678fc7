"""Fixed: a byte model in plain Python. Counts of n-grams, blended from short to long contexts by trained gates.

    p = p₀;  for each longer context that was seen:  p = t · counts/total + (1 − t) · p

The gates t, one for each length and amount of evidence, are trained by gradient descent on text that was not counted.
At prediction time a further expert repeats what followed the last occurrence of the latest bytes.
"""

import marshal
import math
from array import array
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from prepare import VOCABULARY, Clock

BUCKETS = 16
CHUNK = 1 << 15
HELD = 8 * CHUNK
LESSON = 512
MATCH = 6


class Settings(NamedTuple):
    depth: int
    width: int
    context: int
    rate: float
    regularization: float
    cooldown: float


def bucket(total: int, kinds: int) -> int:
    return 2 * min(total.bit_length(), BUCKETS // 2) - (kinds == 1)


class NGram:
    def __init__(self, settings: Settings) -> None:
        self.depth, self.context = settings.depth, settings.context
        self.room = settings.width * 1000
        self.regularization = settings.regularization
        self.counts: list[Counter[bytes]] = [Counter() for _ in range(self.depth + 1)]
        self.tables: list[dict[bytes, tuple[int, dict[int, int]]]] = []
        self.gates: list[list[float]] = []

    def read(self, chunk: bytes) -> None:
        """Counts the n-grams of a chunk; when a length has too many of them, its rarest go."""
        for order, counts in enumerate(self.counts):
            counts.update(chunk[i : i + order + 1] for i in range(len(chunk) - order))
            if len(counts) > 2 * self.room:
                self.counts[order] = Counter(dict(counts.most_common(self.room)))

    def settle(self) -> None:
        """Turns counts into tables: context → (total, {byte: count})."""
        for counts in self.counts:
            table: dict[bytes, dict[int, int]] = {}
            for gram, count in counts.most_common(self.room):
                table.setdefault(gram[:-1], {})[gram[-1]] = count
            self.tables.append({c: (sum(found.values()), found) for c, found in table.items()})
        # before training, a gate trusts a context by how often and how variedly it was continued
        self.gates = [[0.0] * (BUCKETS + 1) for _ in self.tables]
        for gates in self.gates:
            for evidence in range(BUCKETS + 1):
                total = 2.0 ** (evidence // 2)
                gates[evidence] = math.log(total / (self.regularization * 4 + 1e-6))
        self.counts = []

    def learn(self, text: bytes, rate: float) -> float:
        """One pass of gradient descent on the gates; bits per byte on the way. Predicts, then learns."""
        bits = 0.0
        for i in range(self.depth, len(text)):
            symbol, p = text[i], 1 / VOCABULARY
            seen: list[tuple[list[float], int, float, float, float]] = []
            for order, table in enumerate(self.tables):
                entry = table.get(text[i - order : i])
                if entry is None:
                    break
                total, found = entry
                at = bucket(total, len(found))
                trust = 1 / (1 + math.exp(-self.gates[order][at]))
                own, lower = found.get(symbol, 0) / total, p
                p = trust * own + (1 - trust) * lower
                seen.append((self.gates[order], at, trust, own, lower))
            bits -= math.log2(max(p, 1e-12))
            share = 1.0
            for gates, at, trust, own, lower in reversed(seen):
                here = trust * own + (1 - trust) * lower
                gates[at] += rate * share * trust * (1 - trust) * (own - lower) / max(here, 1e-12)
                gates[at] = max(-8.0, min(8.0, gates[at]))
                share *= (1 - trust) * lower / max(here, 1e-12)
        return bits / max(1, len(text) - self.depth)

    def size(self) -> int:
        return sum(len(found) for table in self.tables for _, found in table.values())

    def save(self, folder: Path) -> None:
        (folder / "ngram").write_bytes(marshal.dumps((self.depth, self.context, self.tables, self.gates)))


def train(text: bytes, settings: Settings, clock: Clock) -> tuple[NGram, dict[str, float]]:
    """Counts for the first part of the budget and trains the gates in the rest, which is `cooldown` of it."""
    model = NGram(settings)
    held = text[-HELD:]
    tokens = 0
    while tokens < len(text) - HELD and (tokens == 0 or clock.left() > settings.cooldown):
        model.read(text[tokens : tokens + CHUNK + settings.depth])
        tokens += CHUNK
    model.settle()
    steps, bpb = 0, 0.0
    while clock.left() > 0 or steps == 0:
        at = (steps * LESSON) % (HELD - LESSON)
        slowed = max(0.05, min(1.0, clock.left() / settings.cooldown))
        now = model.learn(held[at : at + LESSON], settings.rate * slowed)
        steps += 1
        bpb += (now - bpb) / min(steps, 50)
        clock.tell(steps, bpb, tokens)
    return model, {"train_bpb": bpb, "tokens": tokens, "steps": steps, "parameters": model.size()}


class Stream:
    """What was seen of one stretch of text, and what followed the last time it read like this."""

    def __init__(self) -> None:
        self.history = b""
        self.guess = -1


class Predictor:
    """Steps through several texts at once; each prediction is made before the byte is seen."""

    def __init__(self, folder: Path, streams: int) -> None:
        self.depth, self.context, self.tables, gates = marshal.loads((folder / "ngram").read_bytes())
        self.trust = [[1 / (1 + math.exp(-g)) for g in row] for row in gates]
        total, found = self.tables[0].get(b"", (1, {}))
        first = self.trust[0][bucket(total, len(found))]
        self.base = [(1 - first) / VOCABULARY + first * found.get(s, 0) / total for s in range(VOCABULARY)]
        self.streams = [Stream() for _ in range(streams)]
        self.hits, self.guesses = 1.0, 2.0

    def step(self, latest: bytes | None) -> bytes:
        rows = array("f")
        for i, stream in enumerate(self.streams):
            if latest is not None:
                self.see(stream, latest[i])
            rows.extend(self.row(stream))
        return rows.tobytes()

    def see(self, stream: Stream, symbol: int) -> None:
        if stream.guess >= 0:
            self.hits += symbol == stream.guess
            self.guesses += 1
        stream.history = (stream.history + bytes((symbol,)))[-self.context - self.depth :]
        stream.guess = -1
        if len(stream.history) > MATCH:
            at = stream.history.rfind(stream.history[-MATCH:], 0, -1)
            if at >= 0:
                stream.guess = stream.history[at + MATCH]

    def row(self, stream: Stream) -> list[float]:
        history, left, parts = stream.history, 1.0, []
        if stream.guess >= 0:
            left = 1 - 0.9 * self.hits / self.guesses
        extra = [(stream.guess, 1 - left)] if stream.guess >= 0 else []
        for order in range(1, min(self.depth, len(history)) + 1):
            entry = self.tables[order].get(history[-order:])
            if entry is None:
                break
            parts.append((order, entry))
        for order, (total, found) in reversed(parts):
            trust = left * self.trust[order][bucket(total, len(found))]
            left -= trust
            extra += [(symbol, trust * count / total) for symbol, count in found.items()]
        row = [left * p for p in self.base]
        for symbol, p in extra:
            row[symbol] += p
        return row
