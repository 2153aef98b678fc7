"""What whoever started the worker let it see: CUDA_VISIBLE_DEVICES means the same to it as to CUDA."""

import re
from dataclasses import replace

from .gpu import Gpu, Slice

# how a slice was named before it had a UUID of its own: its GPU's, then its instances
_OLD_NAME = re.compile(r"MIG-(GPU-[^/]+)/(\d+)/(\d+)", re.IGNORECASE)
Place = tuple[Gpu, Slice | None]


def visible(gpus: list[Gpu], told: str | None) -> list[Gpu]:
    """GPUs in the order of their names, each with the slices that are named, or all where it is named itself.

    Numbers are those of nvidia-smi; as in CUDA, what follows an unknown one is not seen.
    """
    if told is None:
        return gpus
    seen: dict[int, list[Slice]] = {}
    by_index = {gpu.index: gpu for gpu in gpus}
    for word in (part.strip() for part in told.split(",")):
        place = _place(gpus, word)
        if place is None:
            break
        gpu, part = place
        shown = seen.setdefault(gpu.index, [])
        shown += [one for one in ((part,) if part else gpu.slices) if one not in shown]
    return [replace(by_index[index], slices=tuple(shown)) for index, shown in seen.items()]


def _place(gpus: list[Gpu], word: str) -> Place | None:
    """What one word names: a GPU, or a slice of one."""
    if word.isdecimal():
        return next(((gpu, None) for gpu in gpus if gpu.index == int(word)), None)
    old = _OLD_NAME.fullmatch(word)
    if old is not None:
        whole = _named({gpu.uuid: (gpu, None) for gpu in gpus}, old[1])
        ids = (int(old[2]), int(old[3]))
        parts = whole[0].slices if whole else ()
        return next(((whole[0], one) for one in parts if whole and _ids(one) == ids), None)
    places: dict[str, Place] = {gpu.uuid: (gpu, None) for gpu in gpus}
    places |= {part.uuid: (gpu, part) for gpu in gpus for part in gpu.slices}
    return _named(places, word)


def _named(places: dict[str, Place], word: str) -> Place | None:
    """By its UUID, or by so much of its beginning that it can be no other's."""
    wanted = word.lower()
    fits = {
        uuid.lower(): place for uuid, place in places.items() if wanted and uuid.lower().startswith(wanted)
    }
    return fits.get(wanted) or (next(iter(fits.values())) if len(fits) == 1 else None)


def _ids(part: Slice) -> tuple[int, int]:
    return part.gpu_instance, part.compute_instance
