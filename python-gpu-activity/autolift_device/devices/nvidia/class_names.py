"""The class of a GPU: its model, and what else changes its speed (form factor, memory, slice).

Measurements are compared within a class only, so two GPUs share one only if they should be equally fast.
"""

import re
from dataclasses import dataclass

from ..device import gibibytes


@dataclass(frozen=True, slots=True)
class Model:
    """Names that match are this class; with another amount of memory than the usual one, it is part of it."""

    pattern: str
    device_class: str
    usual_gibibytes: int | None = None


# The first match counts. A driver's name for a GPU never changes, so neither does its class.
MODELS = (
    Model(r"GH200", "gh200", 96),
    Model(r"GB200", "gb200"),
    Model(r"GB300", "gb300"),
    Model(r"GB10", "gb10"),
    Model(r"B300", "b300"),
    Model(r"B200", "b200"),
    Model(r"H200 NVL", "h200-nvl", 141),
    Model(r"H200", "h200", 141),
    Model(r"H100 NVL", "h100-nvl", 94),
    Model(r"H100 PCIe", "h100-pcie", 80),
    Model(r"H100", "h100", 80),
    Model(r"H800 PCIe", "h800-pcie", 80),
    Model(r"H800", "h800", 80),
    Model(r"H20", "h20", 96),
    Model(r"A100.*PCIe", "a100-pcie", 80),
    Model(r"A100", "a100", 80),
    Model(r"A800.*PCIe", "a800-pcie", 80),
    Model(r"A800", "a800", 80),
    Model(r"L40S", "l40s"),
    Model(r"L40", "l40"),
    Model(r"L4", "l4"),
    Model(r"A10G", "a10g"),
    Model(r"A10", "a10"),
    Model(r"V100.*PCIe", "v100-pcie", 32),
    Model(r"V100", "v100", 32),
    Model(r"T4", "t4"),
    Model(r"RTX PRO 6000 Blackwell Max-Q Workstation Edition", "rtxpro6000-maxq"),
    Model(r"RTX PRO 6000 Blackwell Server Edition", "rtxpro6000-server"),
    Model(r"RTX PRO 6000 Blackwell Workstation Edition", "rtxpro6000"),
    Model(r"RTX 6000 Ada Generation", "rtx6000-ada"),
    Model(r"RTX A6000", "rtxa6000"),
    Model(r"GeForce RTX 3090", "rtx3090", 24),
    Model(r"GeForce RTX 3090 Ti", "rtx3090ti", 24),
    Model(r"GeForce RTX 4090", "rtx4090", 24),
    Model(r"GeForce RTX 4090 D", "rtx4090d", 24),
    Model(r"GeForce RTX 5090", "rtx5090", 32),
    Model(r"GeForce RTX 5090 D", "rtx5090d", 32),
)
# after a model's name: what says nothing of its speed that its memory does not say
_SUFFIX = r"(?:[ -](?:\d+ ?GB?|SXM\d*|PCIe|HBM\w+|AC|GPU))*"
_VENDOR = re.compile(r"\b(?:nvidia|geforce|tesla|quadro|gpu|graphics)\b|\(.*?\)", re.IGNORECASE)
_LONGEST = 48


def class_of(name: str, memory_bytes: int | None, profile: str = "") -> str:
    """Never empty, and always what a task may write into run.device."""
    model = next((one for one in MODELS if _matches(one, name)), None)
    known, usual = (model.device_class, model.usual_gibibytes) if model else (_slug(name), 0)
    if profile:
        return f"{known}-{_slug(profile)}"[:63].rstrip("-._")
    if memory_bytes is None or usual is None or gibibytes(memory_bytes) == usual:
        return known
    # drivers tell a little less or more than is sold; whatever is not within a tenth is another GPU
    if usual and abs(memory_bytes / 2**30 - usual) <= usual / 10:
        return known
    return f"{known}-{gibibytes(memory_bytes)}gb"


def _matches(model: Model, name: str) -> bool:
    bare = re.sub(r"^(?:(?:NVIDIA|Tesla) +)+", "", name.strip(), flags=re.IGNORECASE)
    return re.fullmatch(model.pattern + _SUFFIX, bare, re.IGNORECASE) is not None


def _slug(name: str) -> str:
    """`NVIDIA Foo 9000` → foo-9000, `NVIDIA GeForce RTX 3080 Ti` → rtx3080ti."""
    words = re.sub(r"[^a-z0-9.]+", "-", _VENDOR.sub(" ", name).lower()).strip("-.")
    joined = re.sub(r"\b(rtx|gtx)-(\d+)(?:-(ti|super|d)\b)?(?:-(super)\b)?", r"\1\2\3\4", words)
    # memory follows by itself, where the driver tells it
    return re.sub(r"-\d+-?gb$", "", joined)[:_LONGEST].strip("-.") or "gpu"
