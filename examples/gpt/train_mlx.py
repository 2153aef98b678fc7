"""A GPT in MLX: trains until its time is up and leaves the model in the folder `model`. The file to edit."""

import json
import math
import os
from pathlib import Path

import mlx.core as mx
import mlx.nn as nn
import mlx.optimizers as optim
from mlx.utils import tree_map, tree_reduce

import sizes
from clock import Clock, finish, report, resident_bytes
from prepare import Places, seed, tokenizer, tokens_of

DEEPER = 0  # range: -1..3
STEP = 1.0  # range: 0.25..4
LEARNING_RATE = 0.002  # range: 0.0002..0.02
EMBEDDING_RATE = 0.01  # range: 0.001..0.1
WEIGHT_DECAY = 0.1  # range: 0.001..1
BETA2 = 0.95  # range: 0.9..0.999
WARMUP = 0.05  # range: 0.01..0.3
COOLDOWN = 0.6  # range: 0.1..1
CLIP = 1.0  # range: 0.1..10
PRECISION = "auto"  # choices: auto | bf16 | fp32

GPU = mx.default_device() == mx.gpu
KIND = ("apple" if mx.metal.is_available() else "cuda") if GPU else "cpu"
Past = list[tuple[mx.array, mx.array]]


def norm(x: mx.array) -> mx.array:
    return mx.fast.rms_norm(x, None, 1e-6)


def times(x: mx.array, weight: mx.array) -> mx.array:
    """Weights stay in fp32; what is computed is in the precision of x."""
    return x @ weight.astype(x.dtype).T


def drawn(rows: int, columns: int) -> mx.array:
    return mx.random.uniform(-1, 1, (rows, columns)) * columns**-0.5


class Block(nn.Module):
    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.qkv, self.out = drawn(3 * width, width), mx.zeros((width, width))
        self.up, self.down = drawn(4 * width, width), mx.zeros((width, 4 * width))

    def __call__(self, x: mx.array, offset: int, past: tuple[mx.array, mx.array] | None, window: int):
        batch, length, width = x.shape
        parts = times(norm(x), self.qkv).reshape(batch, length, 3, self.heads, -1)
        q, k, v = (parts[:, :, i].transpose(0, 2, 1, 3) for i in range(3))
        span = width // self.heads
        q, k = (
            mx.fast.rope(norm(one), span, traditional=False, base=10000.0, scale=1.0, offset=offset)
            for one in (q, k)
        )
        if past is not None:
            k, v = (
                mx.concatenate(list(pair), axis=2)[:, :, -window:] for pair in zip(past, (k, v), strict=True)
            )
        mask = "causal" if length > 1 else None
        mixed = mx.fast.scaled_dot_product_attention(q, k, v, scale=span**-0.5, mask=mask)
        x = x + times(mixed.transpose(0, 2, 1, 3).reshape(batch, length, width), self.out)
        return x + times(mx.square(nn.relu(times(norm(x), self.up))), self.down), (k, v)


class GPT(nn.Module):
    def __init__(self, depth: int, width: int, heads: int, context: int, vocabulary: int) -> None:
        super().__init__()
        self.shape, self.context = (depth, width, heads, context, vocabulary), context
        self.embedding = mx.random.normal((vocabulary, width))
        self.blocks = [Block(width, heads) for _ in range(depth)]
        self.head = mx.zeros((vocabulary, width))

    def predict(self, tokens: mx.array, dtype: mx.Dtype, offset: int = 0, past: Past | None = None):
        x = norm(self.embedding[tokens].astype(dtype))
        grown: Past = []
        for i, block in enumerate(self.blocks):
            x, kept = block(x, offset, past[i] if past else None, self.context)
            grown.append(kept)
        return times(norm(x), self.head).astype(mx.float32), grown

    def save(self, folder: Path) -> None:
        (folder / "shape.json").write_text(json.dumps(self.shape))
        self.save_weights(str(folder / "weights.safetensors"))


class Predictor:
    """Steps through several texts at once; each prediction is made before the token is seen."""

    def __init__(self, folder: Path) -> None:
        self.model = GPT(*json.loads((folder / "shape.json").read_text()))
        self.model.load_weights(str(folder / "weights.safetensors"))
        self.at, self.past = 0, None

    def step(self, latest: list[int]):
        logits, self.past = self.model.predict(mx.array(latest)[:, None], mx.float32, self.at, self.past)
        self.at += 1
        probabilities = mx.softmax(logits[:, -1], axis=-1, precise=True)
        mx.eval(probabilities, self.past)
        return probabilities


def load(folder: Path, streams: int) -> Predictor:
    """The trained model, ready to step through `streams` texts at once: evaluate.py calls this."""
    return Predictor(folder / "model")


def fresh(size: sizes.Size, vocabulary: int) -> GPT:
    mx.random.seed(seed())
    return GPT(size.depth, size.width, size.heads, size.context, vocabulary)


def device_memory() -> int:
    return mx.get_peak_memory() if GPU else resident_bytes()


def found() -> tuple[str, float]:
    if not GPU:
        return "", 0.0
    told = mx.device_info()
    return str(told.get("device_name", "")), float(told.get("memory_size", told.get("total_memory", 0))) / 1e9


def optimizer_of() -> optim.MultiOptimizer:
    """The embedding has a rate of its own, and only the blocks' weights decay."""
    betas = [0.9, BETA2]
    parts = [optim.AdamW(EMBEDDING_RATE, betas=betas, weight_decay=0.0)]
    parts += [optim.AdamW(LEARNING_RATE, betas=betas, weight_decay=0.0)]
    parts += [optim.AdamW(LEARNING_RATE, betas=betas, weight_decay=WEIGHT_DECAY)]
    chosen = [lambda path, _: path == "embedding", lambda path, _: path == "head"]
    return optim.MultiOptimizer(parts, chosen)


def main() -> None:
    name, gigabytes = found()
    size = sizes.size(
        KIND, sizes.gigabytes_of(os.environ.get("AUTOLIFT_DEVICE", ""), gigabytes), DEEPER, STEP
    )
    chosen, note = sizes.precision(KIND, PRECISION)
    dtype = mx.bfloat16 if chosen == "bf16" else mx.float32
    vocabulary = tokenizer().vocabulary
    model = fresh(size, vocabulary)
    optimizer = optimizer_of()
    rates = (EMBEDDING_RATE, LEARNING_RATE, LEARNING_RATE)
    print(f"{KIND} {name}, {chosen} {note}, {size}", flush=True)

    def loss_of(model: GPT, tokens: mx.array) -> mx.array:
        logits, _ = model.predict(tokens[:, :-1], dtype)
        return nn.losses.cross_entropy(logits, tokens[:, 1:], reduction="mean")

    gradient = nn.value_and_grad(model, loss_of)
    text = mx.array(memoryview(tokens_of("train")))
    places, ahead = Places(text.size, size.context), mx.arange(size.context + 1)
    clock = Clock(math.log2(vocabulary))
    going = True
    while going:
        heat = max(0.02, min(1.0, 0.05 + clock.share / WARMUP, (1 - clock.share) / COOLDOWN))
        for part, rate in zip(optimizer.optimizers, rates, strict=True):
            part.learning_rate = rate * heat
        mean, total = mx.array(0.0), None
        for _ in range(size.rounds):
            tokens = text[mx.array(places.draw(size.sequences))[:, None] + ahead].astype(mx.int32)
            loss, gradients = gradient(model, tokens)
            mean += loss / size.rounds
            total = gradients if total is None else tree_map(mx.add, total, gradients)
            mx.eval(mean, total)
        mean_gradients = tree_map(lambda one: one / size.rounds, total)
        optimizer.update(model, optim.clip_grad_norm(mean_gradients, CLIP)[0])
        mx.eval(model.parameters(), optimizer.state)
        going = clock.step(float(mean), size.rounds * size.sequences * size.context, device_memory())

    Path("model").mkdir(exist_ok=True)
    model.save(Path("model"))
    parameters = tree_reduce(lambda count, one: count + one.size, model.parameters(), 0) or 0
    flops = sizes.flops_a_token(parameters - model.embedding.size, size)
    peak = (sizes.peak_flops(name) or 0) if chosen == "bf16" else 0
    numbers = {"memory": device_memory(), "parameters": parameters, "depth": size.depth}
    report(clock, numbers | {"flops_a_token": flops, "peak_flops": peak})


if __name__ == "__main__":
    finish(main, device_memory)
