"""Fixed: a small transformer over bytes in MLX (rotary positions, RMS norm, squared ReLU, tied embedding)."""

import json
import math
import random
from array import array
from pathlib import Path
from typing import NamedTuple

import mlx.core as mx
import mlx.nn as nn
import mlx.optimizers as optim
from mlx.utils import tree_flatten

from prepare import VOCABULARY, Clock, seed

TOKENS_A_STEP = 1024
Cache = list[tuple[mx.array, mx.array] | None]


class Block(nn.Module):
    def __init__(self, width: int) -> None:
        super().__init__()
        self.heads = max(1, width // 32)
        self.norm_attention, self.norm_mlp = nn.RMSNorm(width), nn.RMSNorm(width)
        self.qkv, self.out = nn.Linear(width, 3 * width, bias=False), nn.Linear(width, width, bias=False)
        self.up, self.down = nn.Linear(width, 4 * width, bias=False), nn.Linear(4 * width, width, bias=False)
        self.rope = nn.RoPE(width // self.heads)

    def __call__(self, x: mx.array, offset: int, past: tuple[mx.array, mx.array] | None, window: int):
        batch, length, width = x.shape
        qkv = self.qkv(self.norm_attention(x)).reshape(batch, length, 3, self.heads, -1)
        q, k, v = (qkv[:, :, part].transpose(0, 2, 1, 3) for part in range(3))
        q, k = self.rope(q, offset=offset), self.rope(k, offset=offset)
        if past is not None:
            k = mx.concatenate([past[0], k], axis=2)[:, :, -window:]
            v = mx.concatenate([past[1], v], axis=2)[:, :, -window:]
        mask = "causal" if length > 1 else None
        mixed = mx.fast.scaled_dot_product_attention(q, k, v, scale=1 / math.sqrt(q.shape[-1]), mask=mask)
        x = x + self.out(mixed.transpose(0, 2, 1, 3).reshape(batch, length, width))
        return x + self.down(nn.relu(self.up(self.norm_mlp(x))) ** 2), (k, v)


class GPT(nn.Module):
    def __init__(self, depth: int, width: int, context: int) -> None:
        super().__init__()
        self.shape, self.context = (depth, width, context), context
        self.embedding = nn.Embedding(VOCABULARY, width)
        self.blocks = [Block(width) for _ in range(depth)]
        self.norm = nn.RMSNorm(width)

    def __call__(self, tokens: mx.array, offset: int = 0, cache: Cache | None = None):
        x = self.embedding(tokens)
        grown: Cache = []
        for i, block in enumerate(self.blocks):
            x, kept = block(x, offset, cache[i] if cache else None, self.context)
            grown.append(kept)
        return self.embedding.as_linear(self.norm(x)), grown

    def save(self, folder: Path) -> None:
        (folder / "gpt.json").write_text(json.dumps(self.shape))
        self.save_weights(str(folder / "gpt.safetensors"))


class Settings(NamedTuple):
    depth: int
    width: int
    context: int
    rate: float
    regularization: float
    cooldown: float


def train(text: bytes, settings: Settings, clock: Clock) -> tuple[GPT, dict[str, float]]:
    mx.random.seed(seed())
    rng = random.Random(seed())
    # whole heads of 32 channels
    model = GPT(settings.depth, max(32, settings.width // 32 * 32), settings.context)
    optimizer = optim.AdamW(settings.rate, weight_decay=settings.regularization, betas=[0.9, 0.95])
    length = settings.context
    batch = max(1, TOKENS_A_STEP // length)

    def loss(model: GPT, tokens: mx.array) -> mx.array:
        return nn.losses.cross_entropy(model(tokens[:, :-1])[0], tokens[:, 1:], reduction="mean")

    gradient = nn.value_and_grad(model, loss)
    steps, bpb = 0, 8.0
    while clock.left() > 0 or steps == 0:
        starts = [rng.randrange(len(text) - length) for _ in range(batch)]
        tokens = mx.array([list(text[s : s + length + 1]) for s in starts])
        warm, cool = (steps + 1) / 20, max(0.02, clock.left() / settings.cooldown)
        optimizer.learning_rate = settings.rate * min(1.0, warm, cool)
        value, gradients = gradient(model, tokens)
        optimizer.update(model, optim.clip_grad_norm(gradients, 1.0)[0])
        mx.eval(model.parameters(), optimizer.state, value)
        steps += 1
        bpb += (value.item() / math.log(2) - bpb) / min(steps, 50)
        clock.tell(steps, value.item(), steps * batch * length)
    size = sum(value.size for _, value in tree_flatten(model.parameters()))
    return model, {"train_bpb": bpb, "tokens": steps * batch * length, "steps": steps, "parameters": size}


class Predictor:
    """Steps through several texts at once; each prediction is made before the byte is seen."""

    def __init__(self, folder: Path, streams: int) -> None:
        depth, width, context = json.loads((folder / "gpt.json").read_text())
        self.model = GPT(depth, width, context)
        self.model.load_weights(str(folder / "gpt.safetensors"))
        self.streams, self.at = streams, 0
        self.cache: Cache | None = None

    def step(self, latest: bytes | None) -> bytes:
        # a transformer needs a byte to start from: the first one of each text could be any
        if latest is None:
            return bytes(array("f", [1 / VOCABULARY]) * (VOCABULARY * self.streams))
        logits, self.cache = self.model(mx.array([[byte] for byte in latest]), self.at, self.cache)
        self.at += 1
        probabilities = mx.softmax(logits[:, -1].astype(mx.float32), axis=-1, precise=True)
        mx.eval(probabilities, self.cache)
        return bytes(memoryview(probabilities))
