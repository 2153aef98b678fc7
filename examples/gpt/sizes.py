"""Fixed: how large a model a device trains, from one dial; how precisely; how much of it that uses."""

import re
from typing import NamedTuple

HEAD = 64


class Tier(NamedTuple):
    kind: str
    gigabytes: float
    depth: int
    context: int
    sequences: int
    tokens: int


class Size(NamedTuple):
    depth: int
    width: int
    heads: int
    context: int
    sequences: int
    """at once on one device"""
    rounds: int
    """of so many sequences on each device, before the weights change"""


# memory at least -> depth, context, sequences at once, tokens a step; the last row that fits counts
TIERS = (
    Tier("cpu", 0, 2, 128, 8, 1024),
    Tier("apple", 0, 3, 512, 8, 2**13),
    Tier("apple", 16, 4, 1024, 8, 2**15),
    Tier("apple", 48, 6, 1024, 16, 2**16),
    Tier("apple", 96, 8, 2048, 16, 2**17),
    Tier("cuda", 0, 4, 512, 16, 2**14),
    Tier("cuda", 10, 4, 1024, 16, 2**15),
    Tier("cuda", 20, 6, 1024, 32, 2**17),
    Tier("cuda", 40, 8, 1024, 64, 2**18),
    Tier("cuda", 70, 8, 2048, 64, 2**19),
    Tier("cuda", 120, 8, 2048, 128, 2**19),
)

# of the classes that name no memory, which then have the model's usual amount; longer names first
MEMORY = {
    "h200": 141,
    "b200": 180,
    "h100": 80,
    "a100": 80,
    "l40s": 48,
    "l40": 48,
    "a10g": 24,
    "a10": 24,
    "l4": 24,
}
MEMORY |= {
    "3090": 24,
    "4090": 24,
    "5090": 32,
    "spark": 120,
    "gb10": 120,
    "v100": 32,
    "t4": 16,
}

# bf16 with fp32 sums, dense, in TFLOP/s, as the makers' data sheets have it; fp16 where there is no bf16
PEAKS = {
    "GB10": 125,
    "B200": 2250,
    "H200 NVL": 835,
    "H200": 989,
    "H100 NVL": 835,
    "H100 PCIe": 756,
    "H100": 989,
}
PEAKS |= {
    "A100": 312,
    "L40S": 362,
    "A10G": 70,
    "A10": 125,
    "L4": 121,
    "V100": 125,
    "T4": 65,
}
PEAKS |= {"RTX 5090": 209.5, "RTX 4090": 165.2, "RTX 3090": 71}
# chips of another speed under nearly the same name
OTHERS = r"(?! (Ti|SUPER|Laptop|D)\b)"


def gigabytes_of(device_class: str, found: float) -> float:
    """What the class says, so that all devices of a class train the same size; else what was found."""
    said = re.search(r"(\d+)\s*gb\b", device_class.lower())
    if said:
        return float(said[1])
    # rtx3090ti is a 3090 as far as its memory goes; an l4 is no l40, and the 10 of an a100 no a10
    words = [
        re.sub(r"^[rg]tx|(?<=\d)(ti|super|d)+$", "", word)
        for word in re.split(r"[^a-z0-9]+", device_class.lower())
    ]
    return next((float(size) for name, size in MEMORY.items() if name in words), found)


def size(
    kind: str, gigabytes: float, deeper: int = 0, step: float = 1.0, devices: int = 1
) -> Size:
    """`deeper` is the dial: layers more or fewer than the tier's. Width and what fits at once follow."""
    tier = [row for row in TIERS if row.kind == kind and row.gigabytes <= gigabytes][-1]
    depth = max(1, tier.depth + deeper)
    sequences = tier.sequences
    # activations grow with depth times width, so with the depth's square
    while sequences > 1 and sequences * depth**2 > tier.sequences * tier.depth**2:
        sequences //= 2
    rounds = max(1, round(tier.tokens * step / (sequences * tier.context * devices)))
    return Size(depth, HEAD * depth, depth, tier.context, sequences, rounds)


def precision(kind: str, wanted: str, supported: bool = True) -> tuple[str, str]:
    """What to train in, and what to say about it. On a CPU bf16 is hundreds of times slower than fp32."""
    if wanted not in ("auto", "bf16", "fp32"):
        raise ValueError(f"precision is auto, bf16 or fp32, not {wanted}")
    if wanted == "fp32" or (wanted == "auto" and (kind == "cpu" or not supported)):
        return "fp32", ""
    if kind == "cpu":
        return (
            "fp32",
            "bf16 is hundreds of times slower than fp32 on a CPU: training in fp32",
        )
    if not supported:
        return "fp32", "this device has no bf16: training in fp32"
    return "bf16", ""


def peak_flops(name: str) -> float | None:
    """Of the device with this name; a slice of one (MIG 3g.40gb) has so many sevenths. None: unknown."""
    found = next(
        (
            peak
            for part, peak in PEAKS.items()
            if re.search(rf"\b{re.escape(part)}\b{OTHERS}", name)
        ),
        None,
    )
    part = re.search(r"MIG (\d)g\.", name)
    return None if found is None else found * 1e12 * (int(part[1]) / 7 if part else 1)


def flops_a_token(matrix_parameters: int, of: Size) -> float:
    """Forward and backward: six for each weight that is multiplied, and half of full attention."""
    return 6 * matrix_parameters + 6 * of.depth * of.width * of.context
