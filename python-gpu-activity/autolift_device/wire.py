"""Kinds of values that cross the wire, and what all payloads have in common."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

LARGEST_INTEGER = 2**53 - 1


def _whole(value: Any) -> Any:
    """JSON knows one kind of number: 1.0 is an integer too."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Commit = Annotated[str, Field(pattern=r"^[0-9a-f]{40}([0-9a-f]{24})?$")]
Text = Annotated[str, Field(min_length=1)]
ModuleName = Annotated[
    str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*$", max_length=100)
]
Number = Annotated[float, Field(allow_inf_nan=False)]
Seconds = Annotated[Number, Field(gt=0)]
Elapsed = Annotated[Number, Field(ge=0)]
Integer = Annotated[int, BeforeValidator(_whole), Field(ge=-LARGEST_INTEGER, le=LARGEST_INTEGER)]
Count = Annotated[Integer, Field(ge=0)]
Positive = Annotated[Integer, Field(gt=0)]
Version = Annotated[Literal[1], BeforeValidator(_whole)]


def known(all_of_it: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in all_of_it.items() if value not in (None, [], {})}


class Payload(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)
