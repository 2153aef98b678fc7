"""Optuna is asked about a study that is made anew each time."""

import json
import subprocess
import sys
from typing import Literal

import pytest

from autolift_sweep.ask import ask
from autolift_sweep.question import Axis, Question, Told

SPACE = [
    Axis(kind="float", low=1e-4, high=1.0, log=True),
    Axis(kind="int", low=1, high=64, log=False),
    Axis(kind="choice", low=0, high=2, log=False),
]
SMALL = [Axis(kind="choice", low=0, high=1, log=False), Axis(kind="int", low=0, high=1, log=False)]

Sampler = Literal["tpe", "cmaes"]


def question(sampler: Sampler, told: list[Told], seed: int = 1, **changes: object) -> Question:
    whole = {"sampler": sampler, "seed": seed, "direction": "minimize", "space": SPACE, "pending": []}
    return Question.model_validate({**whole, "told": told, **changes})


def loss(params: list[float]) -> float:
    return abs(params[0] - 0.1) + abs(params[1] - 32) / 64 + params[2]


def history(sampler: Sampler, length: int) -> list[Told]:
    told: list[Told] = []
    for seed in range(length):
        params = ask(question(sampler, told, seed))
        told.append(Told(params=params, value=None if seed == 2 else loss(params)))
    return told


@pytest.mark.parametrize("sampler", ["tpe", "cmaes"])
def test_the_same_study_and_seed_give_the_same_answer_within_the_bounds(sampler: Sampler) -> None:
    told = history(sampler, 24)
    assert ask(question(sampler, told, 7)) == ask(question(sampler, told, 7))
    assert ask(question(sampler, told, 7)) != ask(question(sampler, told, 8))
    for one in told:
        assert all(axis.low <= place <= axis.high for axis, place in zip(SPACE, one.params, strict=True))
        assert one.params[1:] == [int(place) for place in one.params[1:]]


@pytest.mark.parametrize("sampler", ["tpe", "cmaes"])
def test_what_was_measured_draws_the_search_to_it(sampler: Sampler) -> None:
    told = history(sampler, 40)
    values = [one.value for one in told if one.value is not None]
    assert sum(values[-12:]) / 12 < sum(values[:12]) / 12


def test_other_measurements_give_other_answers() -> None:
    told = history("tpe", 24)
    turned = [Told(params=one.params, value=None if one.value is None else -one.value) for one in told]
    assert ask(question("tpe", told)) != ask(question("tpe", turned))
    assert ask(question("tpe", told)) == ask(question("tpe", turned, direction="maximize"))


@pytest.mark.parametrize("sampler", ["tpe", "cmaes"])
def test_neither_what_was_tried_nor_what_waits_is_asked_for_again(sampler: Sampler) -> None:
    told = [Told(params=[0, 0], value=1.0), Told(params=[1, 0], value=None)]
    for seed in range(4):
        assert ask(question(sampler, told, seed, space=SMALL, pending=[[0, 1]])) == [1, 1]


def test_a_space_that_is_used_up_is_still_answered() -> None:
    told = [Told(params=[a, b], value=a + b) for a in (0, 1) for b in (0, 1)]
    assert ask(question("tpe", told, space=SMALL)) in [one.params for one in told]


def test_the_program_answers_on_its_output_and_says_what_it_lacks() -> None:
    text = question("tpe", []).model_dump_json()
    command = [sys.executable, "-m", "autolift_sweep"]
    said = subprocess.run(command, input=text, capture_output=True, text=True, check=True)
    assert json.loads(said.stdout) == {"params": ask(question("tpe", []))}
    hidden = "import sys; sys.modules['optuna'] = None; from autolift_sweep.__main__ import main; main()"
    lacking = subprocess.run(
        [sys.executable, "-c", hidden], input=text, capture_output=True, text=True, check=True
    )
    assert "optuna" in json.loads(lacking.stdout)["missing"]
