"""Optuna's word on where to look next, from what was measured so far."""

import warnings

import optuna
from optuna.distributions import (
    BaseDistribution,
    CategoricalDistribution,
    FloatDistribution,
    IntDistribution,
)
from optuna.samplers import BaseSampler, CmaEsSampler, TPESampler
from optuna.study import Study
from optuna.trial import Trial, TrialState, create_trial

from autolift_sweep.question import Axis, Question

# a sampler that gives what was tried before is asked again, in a small space for ever
ASKED_AGAIN = 50

Params = dict[str, float]


def _distribution(axis: Axis) -> BaseDistribution:
    if axis.kind == "choice":
        return CategoricalDistribution(list(range(int(axis.high) + 1)))
    if axis.kind == "int":
        return IntDistribution(int(axis.low), int(axis.high), log=axis.log)
    return FloatDistribution(axis.low, axis.high, log=axis.log)


def _sampler(question: Question) -> BaseSampler:
    if question.sampler == "cmaes":
        return CmaEsSampler(seed=question.seed, warn_independent_sampling=False)
    # what runs beside this one counts as bad, so that two don't go to the same place
    return TPESampler(seed=question.seed, constant_liar=True, multivariate=True)


def _worst(question: Question) -> float:
    """What a failed run counts as: samplers rank, and would come back to what they were never told of."""
    values = [told.value for told in question.told if told.value is not None]
    if not values:
        return 0.0
    return max(values) if question.direction == "minimize" else min(values)


class _Space:
    def __init__(self, axes: list[Axis]) -> None:
        self.distributions = {f"{at:04d}": _distribution(axis) for at, axis in enumerate(axes)}

    def named(self, params: list[float]) -> Params:
        return {
            name: value if isinstance(distribution, FloatDistribution) else int(value)
            for (name, distribution), value in zip(self.distributions.items(), params, strict=True)
        }

    def places(self, trial: Trial) -> list[float]:
        return [trial.params[name] for name in self.distributions]


def _tell(study: Study, question: Question, space: _Space) -> None:
    worst = _worst(question)
    for told in question.told:
        params, value = space.named(told.params), worst if told.value is None else told.value
        if question.sampler == "cmaes":
            # its state is in trials that it was asked for itself: the search is played again
            study.enqueue_trial(params)
            study.tell(study.ask(space.distributions), value)
        else:
            study.add_trial(create_trial(params=params, distributions=space.distributions, value=value))
    for params in question.pending:
        if question.sampler == "cmaes":
            study.enqueue_trial(space.named(params))
            study.ask(space.distributions)
        else:
            study.add_trial(
                create_trial(
                    state=TrialState.RUNNING, params=space.named(params), distributions=space.distributions
                )
            )


def ask(question: Question) -> list[float]:
    """One place of the space that was not tried before, unless it is used up."""
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    warnings.simplefilter("ignore", optuna.exceptions.ExperimentalWarning)
    space = _Space(question.space)
    study = optuna.create_study(direction=question.direction, sampler=_sampler(question))
    _tell(study, question, space)
    worst = _worst(question)
    known = {tuple(told.params): worst if told.value is None else told.value for told in question.told}
    known |= {tuple(params): worst for params in question.pending}
    places: list[float] = []
    for _ in range(ASKED_AGAIN):
        trial = study.ask(space.distributions)
        places = space.places(trial)
        if tuple(places) not in known:
            break
        study.tell(trial, known[tuple(places)])
    return places
