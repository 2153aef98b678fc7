"""What earlier attempts of the same run have left behind, as their last heartbeat tells it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from ..contract import MOST_ATTEMPTS, Attempt, BlobRef, Checkpoint, RunProgress, RunRequest


@dataclass(frozen=True, slots=True)
class Past:
    """Nothing, for a first attempt."""

    attempt: int = 1
    earlier: list[Attempt] = field(default_factory=list[Attempt])
    checkpoint: Checkpoint | None = None
    # stored before it, and still there
    older: list[BlobRef] = field(default_factory=list[BlobRef])

    @property
    def stored(self) -> list[BlobRef]:
        """What has to be removed when the run is over, the newest last."""
        return [*self.older, *([self.checkpoint.blob] if self.checkpoint else [])]


def past_of(request: RunRequest, attempt: int, details: Sequence[Any]) -> Past:
    """What can't be read, or is of another run, is no past: it begins anew."""
    try:
        last = RunProgress.model_validate(details[0]) if details else None
    except ValidationError:
        last = None
    if last is None or last.key != request.key:
        return Past(attempt)
    earlier = [*last.earlier, *([last.attempt] if last.attempt else [])]
    earlier = earlier[-MOST_ATTEMPTS:]
    if not _is_ours(request, last):
        return Past(attempt, earlier)
    return Past(attempt, earlier, last.checkpoint, last.olderCheckpoints)


def _is_ours(request: RunRequest, last: RunProgress) -> bool:
    wanted = request.watch is not None and request.watch.checkpoint is not None
    kept = last.checkpoint
    return wanted and kept is not None and (kept.commit, kept.seed) == (request.source.commit, request.seed)
