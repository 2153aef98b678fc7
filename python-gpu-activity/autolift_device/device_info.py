"""What a report tells of the devices that a run had."""

from typing import Annotated, Any

from pydantic import ConfigDict, Field, SerializerFunctionWrapHandler, model_serializer

from .wire import Count, Elapsed, Payload, known


class Clocks(Payload):
    """MHz."""

    sm: Count | None = None
    smMax: Count | None = None
    memory: Count | None = None
    memoryMax: Count | None = None


class StartFacts(Payload):
    """Of a run that its task wants warm."""

    warm: bool
    why: str | None = None
    importSeconds: Elapsed | None = None
    startupSeconds: Elapsed | None = None

    @model_serializer(mode="wrap")
    def what_is_known(self, all_of_it: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return {name: value for name, value in all_of_it(self).items() if value is not None}


class DeviceFacts(Payload):
    """What a measurement rested on; of several devices, the slowest and the fullest."""

    memoryBytes: Count | None = None
    peakDeviceMemoryBytes: Count | None = None
    driver: str | None = None
    cuda: str | None = None
    serial: str | None = None
    clocks: Clocks | None = None
    throttle: list[str] = Field(default_factory=list)
    powerLimitWatts: Elapsed | None = None
    libraries: dict[str, str] = Field(default_factory=dict)
    start: StartFacts | None = None

    @model_serializer(mode="wrap")
    def what_is_known(self, all_of_it: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Every measurement of a loop of days carries it, and of a CPU nearly nothing is known."""
        return known(all_of_it(self))


class DeviceInfo(Payload):
    model_config = ConfigDict(serialize_by_alias=True)

    deviceClass: Annotated[str, Field(alias="class")]
    name: str
    id: str
    host: str
    python: str = ""
    environment: str = ""
    facts: DeviceFacts | None = None
