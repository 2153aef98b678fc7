"""What a sampler is asked; `src/contract/sweep.ts` is the other side."""

from typing import Literal

from pydantic import BaseModel, ConfigDict


class _Said(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Axis(_Said):
    kind: Literal["float", "int", "choice"]
    low: float
    high: float
    log: bool


class Told(_Said):
    params: list[float]
    value: float | None


class Question(_Said):
    sampler: Literal["tpe", "cmaes"]
    seed: int
    direction: Literal["minimize", "maximize"]
    space: list[Axis]
    told: list[Told]
    pending: list[list[float]]
