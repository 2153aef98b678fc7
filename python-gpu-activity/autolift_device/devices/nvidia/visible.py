"""What whoever started the worker let it see: CUDA_VISIBLE_DEVICES means the same to it as to CUDA."""

from .gpu import Gpu


def visible(gpus: list[Gpu], told: str | None) -> list[Gpu]:
    """Numbers are those of nvidia-smi; as in CUDA, what follows an unknown one is not seen."""
    if told is None:
        return gpus
    seen: list[Gpu] = []
    for word in (part.strip() for part in told.split(",")):
        gpu = next((gpu for gpu in gpus if _is(gpu, word)), None)
        if gpu is None:
            break
        if gpu not in seen:
            seen.append(gpu)
    return seen


def _is(gpu: Gpu, word: str) -> bool:
    if word.isdigit():
        return gpu.index == int(word)
    parts = (gpu.uuid, *(part.uuid for part in gpu.slices))
    return bool(word) and any(uuid.lower().startswith(word.lower()) for uuid in parts)
