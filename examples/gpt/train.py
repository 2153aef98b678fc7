"""A GPT in PyTorch: trains until its time is up and leaves the model in the folder `model`. The file to edit.

python3 train.py                                                 one GPU, or the CPU
python3 -m torch.distributed.run --nproc-per-node 8 train.py     several, each with its share of a step
"""

import contextlib
import json
import math
import os
from pathlib import Path

import torch
import torch.distributed as distributed
import torch.nn.functional as F
from torch import Tensor, nn
from torch.nn.parallel import DistributedDataParallel

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

WORLD, RANK, LOCAL = (
    int(os.environ.get(name, alone)) for name, alone in (("WORLD_SIZE", 1), ("RANK", 0), ("LOCAL_RANK", 0))
)
CUDA = torch.cuda.is_available()
KIND, DEVICE = ("cuda", torch.device("cuda", LOCAL)) if CUDA else ("cpu", torch.device("cpu"))
Past = list[tuple[Tensor, Tensor]]


def norm(x: Tensor) -> Tensor:
    return F.rms_norm(x, (x.shape[-1],))


def rotate(x: Tensor, offset: int) -> Tensor:
    half = x.shape[-1] // 2
    speeds = 10000.0 ** (-torch.arange(half, device=x.device, dtype=torch.float32) / half)
    angles = torch.outer(
        torch.arange(offset, offset + x.shape[-2], device=x.device, dtype=torch.float32), speeds
    )
    cosine, sine = angles.cos().to(x.dtype), angles.sin().to(x.dtype)
    a, b = x[..., :half], x[..., half:]
    return torch.cat((a * cosine - b * sine, a * sine + b * cosine), dim=-1)


class Block(nn.Module):
    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.qkv, self.out = nn.Linear(width, 3 * width, bias=False), nn.Linear(width, width, bias=False)
        self.up, self.down = nn.Linear(width, 4 * width, bias=False), nn.Linear(4 * width, width, bias=False)
        for last in (self.out, self.down):
            nn.init.zeros_(last.weight)

    def forward(self, x: Tensor, offset: int, past: tuple[Tensor, Tensor] | None, window: int):
        batch, length, width = x.shape
        parts = self.qkv(norm(x)).view(batch, length, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        q, k, v = rotate(norm(parts[0]), offset), rotate(norm(parts[1]), offset), parts[2]
        if past is not None:
            k, v = (torch.cat(pair, dim=2)[:, :, -window:] for pair in zip(past, (k, v), strict=True))
        # which kernel does it is PyTorch's choice
        mixed = F.scaled_dot_product_attention(q, k, v, is_causal=length > 1)
        x = x + self.out(mixed.transpose(1, 2).reshape(batch, length, width))
        return x + self.down(F.relu(self.up(norm(x))).square()), (k, v)


class GPT(nn.Module):
    def __init__(self, depth: int, width: int, heads: int, context: int, vocabulary: int) -> None:
        super().__init__()
        self.shape, self.context = (depth, width, heads, context, vocabulary), context
        self.embedding = nn.Embedding(vocabulary, width)
        self.blocks = nn.ModuleList(Block(width, heads) for _ in range(depth))
        self.head = nn.Linear(width, vocabulary, bias=False)
        nn.init.zeros_(self.head.weight)

    def predict(self, tokens: Tensor, offset: int = 0, past: Past | None = None) -> tuple[Tensor, Past]:
        x = norm(self.embedding(tokens))
        grown: Past = []
        for i, block in enumerate(self.blocks):
            x, kept = block(x, offset, past[i] if past else None, self.context)
            grown.append(kept)
        return self.head(norm(x)), grown

    def forward(self, tokens: Tensor) -> Tensor:
        """The mean loss in nats a token."""
        logits, _ = self.predict(tokens[:, :-1])
        return F.cross_entropy(logits.float().flatten(0, 1), tokens[:, 1:].flatten())

    def save(self, folder: Path) -> None:
        (folder / "shape.json").write_text(json.dumps(self.shape))
        torch.save(self.state_dict(), folder / "weights.pt")


class Predictor:
    """Steps through several texts at once; each prediction is made before the token is seen."""

    def __init__(self, folder: Path) -> None:
        self.model = GPT(*json.loads((folder / "shape.json").read_text())).to(DEVICE).eval()
        self.model.load_state_dict(torch.load(folder / "weights.pt", map_location=DEVICE, weights_only=True))
        self.at, self.past = 0, None
        if not CUDA:
            # steps so small wait for threads longer than threads take off them
            torch.set_num_threads(1)

    @torch.inference_mode()
    def step(self, latest: list[int]):
        tokens = torch.tensor(latest, device=DEVICE)[:, None]
        logits, self.past = self.model.predict(tokens, self.at, self.past)
        self.at += 1
        return logits[:, -1].float().softmax(dim=-1).cpu().contiguous().numpy()


def load(folder: Path, streams: int) -> Predictor:
    """The trained model, ready to step through `streams` texts at once: evaluate.py calls this."""
    return Predictor(folder / "model")


def fresh(size: sizes.Size, vocabulary: int) -> GPT:
    torch.manual_seed(seed())
    return GPT(size.depth, size.width, size.heads, size.context, vocabulary).to(DEVICE)


def agree(seconds: float) -> float:
    """All processes stop at the same step: when the first one's time is up."""
    if WORLD == 1:
        return seconds
    most = torch.tensor([seconds], dtype=torch.float64, device=DEVICE)
    distributed.all_reduce(most, op=distributed.ReduceOp.MAX)
    return most.item()


def device_memory() -> int:
    return torch.cuda.max_memory_allocated() if CUDA else resident_bytes()


def found() -> tuple[str, float]:
    if not CUDA:
        return "", 0.0
    properties = torch.cuda.get_device_properties(DEVICE)
    return properties.name, properties.total_memory / 1e9


def optimizer_of(model: GPT) -> torch.optim.Optimizer:
    groups = [
        {"params": [*model.embedding.parameters()], "rate": EMBEDDING_RATE, "weight_decay": 0.0},
        {"params": [*model.head.parameters()], "rate": LEARNING_RATE, "weight_decay": 0.0},
        {"params": [*model.blocks.parameters()], "rate": LEARNING_RATE, "weight_decay": WEIGHT_DECAY},
    ]
    return torch.optim.AdamW(groups, lr=LEARNING_RATE, betas=(0.9, BETA2), fused=CUDA)


def train() -> None:
    if CUDA:
        torch.cuda.set_device(DEVICE)
        torch.set_float32_matmul_precision("high")
    name, gigabytes = found()
    size = sizes.size(
        KIND, sizes.gigabytes_of(os.environ.get("AUTOLIFT_DEVICE", ""), gigabytes), DEEPER, STEP, WORLD
    )
    chosen, note = sizes.precision(
        KIND, PRECISION, CUDA and torch.cuda.is_bf16_supported(including_emulation=False)
    )
    vocabulary = tokenizer().vocabulary
    model = fresh(size, vocabulary)
    optimizer = optimizer_of(model)
    runner = DistributedDataParallel(model, [LOCAL] if CUDA else None) if WORLD > 1 else model
    if RANK == 0:
        print(f"{KIND} {name} x{WORLD}, {chosen} {note}, {size}", flush=True)

    text = torch.frombuffer(tokens_of("train"), dtype=torch.int16).to(DEVICE)
    places, ahead = Places(len(text), size.context, RANK), torch.arange(size.context + 1, device=DEVICE)
    clock = Clock(math.log2(vocabulary), agree)
    going = True
    while going:
        heat = max(0.02, min(1.0, 0.05 + clock.share / WARMUP, (1 - clock.share) / COOLDOWN))
        for group in optimizer.param_groups:
            group["lr"] = group["rate"] * heat
        mean = torch.zeros((), device=DEVICE)
        for turn in range(size.rounds):
            starts = torch.tensor(places.draw(size.sequences), device=DEVICE)
            tokens = text[starts[:, None] + ahead].long()
            last = turn == size.rounds - 1
            alone = last or not isinstance(runner, DistributedDataParallel)
            with contextlib.nullcontext() if alone else runner.no_sync():
                with torch.autocast(KIND, torch.bfloat16, enabled=chosen == "bf16"):
                    loss = runner(tokens) / size.rounds
                loss.backward()
            mean += loss.detach()
        nn.utils.clip_grad_norm_(model.parameters(), CLIP)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        if WORLD > 1:
            distributed.all_reduce(mean)
            mean /= WORLD
        going = clock.step(mean.item(), size.rounds * size.sequences * size.context * WORLD, device_memory())

    if RANK == 0:
        Path("model").mkdir(exist_ok=True)
        model.save(Path("model"))
        parameters = sum(p.numel() for p in model.parameters())
        flops = sizes.flops_a_token(parameters - model.embedding.weight.numel(), size)
        peak = (sizes.peak_flops(name) or 0) * WORLD if chosen == "bf16" else 0
        numbers: dict[str, float] = {"memory": device_memory(), "parameters": parameters, "depth": size.depth}
        report(clock, numbers | {"flops_a_token": flops, "peak_flops": peak})


def main() -> None:
    if WORLD > 1:
        distributed.init_process_group("nccl" if CUDA else "gloo")
    try:
        train()
    finally:
        if WORLD > 1:
            distributed.destroy_process_group()


if __name__ == "__main__":
    finish(main, device_memory)
