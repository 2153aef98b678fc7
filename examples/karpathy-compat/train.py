"""Trains a small language model for TIME_BUDGET seconds and prints what came of it.

The model predicts a token from up to DEPTH tokens before it: counts of what followed, discounted, and what the
discount frees goes to the shorter context.
"""

import os
import resource
import time
from collections import defaultdict

from prepare import TIME_BUDGET, Tokenizer, evaluate_bpb, make_dataloader, read_split

DEPTH = 1  # range: 1..6
BATCH_SIZE = 64  # range: 1..256
DISCOUNT = 0.1  # range: 0.02..0.98
DISCOUNT_GROWTH = 1.0  # range: 0.5..2
LEAST_SHARE = 0.3  # range: 0.0001..0.5


class BackoffModel:
    def __init__(self, vocab_size: int) -> None:
        self.vocab_size = vocab_size
        self.tables = [defaultdict(dict) for _ in range(DEPTH + 1)]

    def learn(self, tokens: list[int]) -> None:
        for order, table in enumerate(self.tables):
            for i in range(order, len(tokens)):
                found = table[tuple(tokens[i - order : i])]
                found[tokens[i]] = found.get(tokens[i], 0) + 1

    def distribution(self, context: list[int]) -> list[float]:
        p = [1 / self.vocab_size] * self.vocab_size
        for order, table in enumerate(self.tables[: len(context) + 1]):
            found = table.get(tuple(context[len(context) - order :]))
            if not found:
                break
            total = sum(found.values())
            discount = DISCOUNT * DISCOUNT_GROWTH**order
            freed = max(discount * len(found) / total, LEAST_SHARE)
            p = [freed * lower for lower in p]
            for token, count in found.items():
                p[token] += max(count - discount, 0) / total
        return p

    def num_params(self) -> int:
        return sum(len(found) for table in self.tables for found in table.values())


begun = time.time()
text = read_split("train")
tokenizer = Tokenizer.from_text(text)
model = BackoffModel(tokenizer.get_vocab_size())
loader = make_dataloader(tokenizer, text, BATCH_SIZE, int(os.environ.get("AUTOLIFT_SEED", "1")))

started = time.time()
num_steps = total_tokens = 0
while time.time() - started < TIME_BUDGET:
    for tokens in next(loader):
        model.learn(tokens)
        total_tokens += len(tokens)
    num_steps += 1
training_seconds = time.time() - started

val_bpb = evaluate_bpb(model, tokenizer)
peak_memory_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print("---")
print(f"val_bpb:          {val_bpb:.6f}")
print(f"training_seconds: {training_seconds:.1f}")
print(f"total_seconds:    {time.time() - begun:.1f}")
print(f"peak_vram_mb:     {peak_memory_mb:.1f}")
print("mfu_percent:      0.00")
print(f"total_tokens_M:   {total_tokens / 1e6:.1f}")
print(f"num_steps:        {num_steps}")
print(f"num_params_M:     {model.num_params() / 1e6:.1f}")
print(f"depth:            {DEPTH}")
