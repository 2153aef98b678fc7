"""What crosses the wire, with its wire names: the counterpart of src/contract/run-schema.ts.

Both sides are held together by tests/fixtures/contract, which each must judge alike.
"""

from typing import Annotated, Any, Literal

from pydantic import Field, SerializerFunctionWrapHandler, model_serializer

from .device_info import DeviceInfo
from .wire import (
    Commit,
    Count,
    Elapsed,
    Integer,
    ModuleName,
    Number,
    Payload,
    Positive,
    Seconds,
    Sha256,
    Text,
    Version,
    known,
)

CURVE_CELLS = 40
MOST_ATTEMPTS = 10

RunStatus = Literal[
    "ok",
    "crash",
    "timeout",
    "out_of_memory",
    "no_metric",
    "not_finite",
    "diverged",
    "guard_failed",
    "tampered",
    "cancelled",
    "stopped_early",
]
Phase = Literal["waiting", "prepare", "run", "measure", "guards"]


class Command(Payload):
    command: Text
    timeoutSeconds: Seconds


class Source(Payload):
    remote: Text
    prefix: str
    commit: Commit


class WarmRule(Payload):
    imports: Annotated[list[ModuleName], Field(min_length=1, max_length=32)]


class RunCommand(Command):
    budgetSeconds: Seconds
    memoryBytes: Positive | None
    network: bool
    env: dict[str, str]
    read: list[str]
    hide: list[str]
    warm: WarmRule | None = None


class LoopShare(Payload):
    id: Text
    concurrency: Positive


Curve = Annotated[list[Number | None], Field(max_length=CURVE_CELLS)]


class Divergence(Payload):
    """Bounds on a loss, and how many reports in a row past one are too many."""

    above: Number | None
    times: Annotated[Number, Field(gt=1)] | None
    reports: Positive


class CheckpointRule(Payload):
    path: Text
    everySeconds: Seconds
    maxBytes: Positive


class EarlyStop(Payload):
    after: Annotated[Number, Field(ge=0, le=1)]
    margin: Elapsed
    cells: Positive
    incumbent: Curve
    spare: bool


class RunWatch(Payload):
    divergence: Divergence | None = None
    checkpoint: CheckpointRule | None = None
    earlyStop: EarlyStop | None = None


class MetricSpec(Payload):
    name: Text
    file: str | None
    key: str | None


class Evaluator(Command):
    commit: Commit
    hash: Sha256


class RunRequest(Payload):
    v: Version
    key: Text
    source: Source
    role: Literal["baseline", "candidate", "incumbent"]
    seed: Count
    device: Text
    devices: Positive = 1
    loop: LoopShare | None = None
    run: RunCommand
    watch: RunWatch | None = None
    metric: MetricSpec
    evaluator: Evaluator | None
    editable: list[str]
    hidden: list[str]
    taskFolder: str | None
    trustClaims: bool
    guards: list[Command]


class BlobRef(Payload):
    sha256: Sha256
    bytes: Count
    mediaType: str


class PhaseSeconds(Payload):
    prepare: Elapsed
    run: Elapsed
    measure: Elapsed
    guards: Elapsed


class Attempt(Payload):
    """One try of a run, once it held devices."""

    host: str
    device: str
    seconds: Elapsed
    step: Count | None = None


Earlier = Annotated[list[Attempt], Field(max_length=MOST_ATTEMPTS)]


class Course(Payload):
    """How a run went; what isn't known of it is left out."""

    step: Count | None = None
    loss: Number | None = None
    tokensPerSecond: Elapsed | None = None
    curve: Curve | None = None
    attempt: Positive | None = None
    earlier: Earlier = Field(default_factory=list)
    resumedAt: Elapsed | None = None
    spared: str | None = None

    @model_serializer(mode="wrap")
    def what_is_known(self, all_of_it: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return known(all_of_it(self))


class RunReport(Payload):
    v: Version
    key: str
    status: RunStatus
    value: Number | None
    origin: Literal["measured", "reported"]
    metrics: dict[str, Number]
    detail: Annotated[str, Field(max_length=500)]
    tail: Annotated[str, Field(max_length=4000)]
    log: BlobRef | None
    evaluatorLog: BlobRef | None
    seconds: PhaseSeconds
    peakMemoryBytes: Count
    exitCode: Integer | None
    device: DeviceInfo
    sandbox: Literal["bwrap", "none"]
    evaluatorHash: Sha256 | None
    tampering: list[str]
    notes: list[str]
    startedAt: str
    course: Course | None = None

    @model_serializer(mode="wrap")
    def as_before(self, all_of_it: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Nothing of a course where there is none: older engines refuse what they don't know."""
        whole = all_of_it(self)
        return whole if whole.get("course") else {name: at for name, at in whole.items() if name != "course"}


class Checkpoint(Payload):
    """What a later attempt of the same run may begin from; of no other run, whatever it is called."""

    blob: BlobRef
    path: Text
    seconds: Elapsed
    step: Count | None = None
    commit: Commit
    seed: Count


OlderCheckpoints = Annotated[list[BlobRef], Field(max_length=4)]


class RunProgress(Payload):
    key: str
    phase: Phase
    elapsedSeconds: Number
    memoryBytes: Number
    lastLines: list[str]
    step: Count | None = None
    loss: Number | None = None
    tokensPerSecond: Elapsed | None = None
    deviceMemoryBytes: Count | None = None
    checkpoint: Checkpoint | None = None
    olderCheckpoints: OlderCheckpoints = Field(default_factory=list)
    attempt: Attempt | None = None
    earlier: Earlier = Field(default_factory=list)

    @model_serializer(mode="wrap")
    def what_is_known(self, all_of_it: SerializerFunctionWrapHandler) -> dict[str, Any]:
        whole = all_of_it(self)
        return {name: at for name, at in whole.items() if name == "lastLines" or at not in (None, [])}
