"""What crosses the wire, with its wire names: the counterpart of src/contract/run-schema.ts.

Both sides are held together by tests/fixtures/contract, which each must judge alike.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

LARGEST_INTEGER = 2**53 - 1

RunStatus = Literal[
    "ok",
    "crash",
    "timeout",
    "out_of_memory",
    "no_metric",
    "not_finite",
    "guard_failed",
    "tampered",
    "cancelled",
]
Phase = Literal["waiting", "prepare", "run", "measure", "guards"]


def _whole(value: Any) -> Any:
    """JSON knows one kind of number: 1.0 is an integer too."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Commit = Annotated[str, Field(pattern=r"^[0-9a-f]{40}([0-9a-f]{24})?$")]
Text = Annotated[str, Field(min_length=1)]
Number = Annotated[float, Field(allow_inf_nan=False)]
Seconds = Annotated[Number, Field(gt=0)]
Elapsed = Annotated[Number, Field(ge=0)]
Integer = Annotated[int, BeforeValidator(_whole), Field(ge=-LARGEST_INTEGER, le=LARGEST_INTEGER)]
Count = Annotated[Integer, Field(ge=0)]
Positive = Annotated[Integer, Field(gt=0)]
Version = Annotated[Literal[1], BeforeValidator(_whole)]


class Payload(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Command(Payload):
    command: Text
    timeoutSeconds: Seconds


class Source(Payload):
    remote: Text
    prefix: str
    commit: Commit


class RunCommand(Command):
    budgetSeconds: Seconds
    memoryBytes: Positive | None
    network: bool
    env: dict[str, str]
    read: list[str]
    hide: list[str]


class LoopShare(Payload):
    id: Text
    concurrency: Positive


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
    loop: LoopShare | None = None
    run: RunCommand
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


class DeviceInfo(Payload):
    model_config = ConfigDict(serialize_by_alias=True)

    deviceClass: Annotated[str, Field(alias="class")]
    name: str
    id: str
    host: str
    python: str = ""


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


class RunProgress(Payload):
    key: str
    phase: Phase
    elapsedSeconds: Number
    memoryBytes: Number
    lastLines: list[str]
