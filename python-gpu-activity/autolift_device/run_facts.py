"""What the report tells of the devices that a run had, and of the libraries that it found there."""

from .device_info import DeviceFacts
from .measure.verdict import KILLED
from .run_scope import RunScope
from .sandbox.execute import Ended


def facts_of(scope: RunScope) -> DeviceFacts | None:
    facts = scope.device_watch.facts() if scope.device_watch else None
    if scope.libraries:
        facts = (facts or DeviceFacts()).model_copy(update={"libraries": scope.libraries})
    if scope.start:
        facts = (facts or DeviceFacts()).model_copy(update={"start": scope.start.facts})
    return facts


def peak_in_words(scope: RunScope, ended: Ended) -> str:
    """A GPU's memory runs out without the worker's doing: what was used of it is worth knowing."""
    facts = facts_of(scope)
    if facts is not None and facts.peakDeviceMemoryBytes:
        whole = f" of {facts.memoryBytes / 2**30:.1f}" if facts.memoryBytes else ""
        return f" (peak {facts.peakDeviceMemoryBytes / 2**30:.1f}{whole} GiB on the device)"
    is_said = ended.why == "memory" or ended.exit_code == KILLED
    return "" if is_said else f" (peak {ended.peak_memory / 2**20:.0f} MiB on the host)"
