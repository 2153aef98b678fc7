from typing import Any

import pytest

from autolift_device.contract import Divergence, EarlyStop, RunWatch
from autolift_device.training.divergence import DivergenceRule
from autolift_device.training.monitor import Monitor


def heard(watch: RunWatch | None, losses: list[Any], used: float = 0.0) -> Monitor:
    """A run of 40 s that tells a loss each second, in the middle of it."""
    monitor = Monitor(watch, 40.0, used)
    for step, loss in enumerate(losses):
        monitor.hear(f"PROGRESS step={step} loss={loss}\n".encode(), step + 0.5)
    return monitor


@pytest.mark.parametrize("loss", ["nan", "inf", "-inf"])
def test_a_loss_that_is_no_number_ends_any_run(loss: str) -> None:
    monitor = heard(None, [3, 2, loss, 1])
    assert monitor.end is not None
    assert (monitor.end.status, monitor.end.detail) == ("not_finite", f"loss is {loss} at step 2")
    assert (monitor.step, monitor.loss) == (2, 2.0)


MANY = "".join(f"PROGRESS step={step} loss=1\n" for step in range(10, 310))


def test_a_loss_that_is_no_number_is_not_drowned_by_what_is_written_at_once_with_it() -> None:
    monitor = Monitor(None, 40.0)
    monitor.hear(f"PROGRESS step=1 loss=nan\n{MANY}".encode(), 1)
    assert monitor.end is not None
    assert (monitor.end.status, monitor.end.detail) == ("not_finite", "loss is nan at step 1")


def test_nor_are_losses_that_run_away() -> None:
    monitor = Monitor(RunWatch(divergence=Divergence(above=9, times=None, reports=1)), 40.0)
    monitor.hear(f"PROGRESS step=1 loss=11\n{MANY}".encode(), 1)
    assert monitor.end is not None
    assert (monitor.end.status, monitor.step) == ("diverged", 1)


def test_a_last_line_needs_no_line_break() -> None:
    monitor = Monitor(None, 40.0)
    monitor.hear(b"PROGRESS step=3 loss=nan", 1)
    assert monitor.end is None
    monitor.over(2)
    assert monitor.end is not None
    assert monitor.end.detail == "loss is nan at step 3"


def test_without_a_rule_no_loss_is_too_high() -> None:
    assert heard(None, [1, 1e9, 1e30]).end is None


@pytest.mark.parametrize(
    ("declared", "losses", "at"),
    [
        ({"above": 10, "times": None, "reports": 1}, [3, 11], 1),
        ({"above": 10, "times": None, "reports": 3}, [11, 11, 3, 11, 11, 12], 5),
        ({"above": 10, "times": None, "reports": 3}, [11, 11, 3, 11, 11, 3], None),
        ({"above": None, "times": 2, "reports": 2}, [4, 2, 3.9, 4.1, 4.2], 4),
        ({"above": None, "times": 2, "reports": 1}, [-4, -2, 9], None),
        ({"above": 100, "times": 2, "reports": 1}, [4, 9], 1),
        ({"above": 5, "times": 100, "reports": 1}, [4, 9], 1),
    ],
)
def test_a_run_diverges_by_the_declared_rule(
    declared: dict[str, Any], losses: list[float], at: int | None
) -> None:
    rule = DivergenceRule(Divergence.model_validate(declared))
    said = [step for step, loss in enumerate(losses) if rule.hear(loss)]
    assert said[:1] == ([] if at is None else [at])


def test_divergence_is_an_outcome_of_its_own() -> None:
    watch = RunWatch(divergence=Divergence(above=None, times=3, reports=2))
    end = heard(watch, [4, 2, 7, 8, 9]).end
    assert end is not None
    assert (end.status, end.detail) == (
        "diverged",
        "diverged at step 3: loss 8 is over 3 times its lowest, 2, in 2 reports in a row",
    )


def early(**change: Any) -> RunWatch:
    curve = [round(5 - 0.1 * cell, 2) for cell in range(40)]
    rule = {"after": 0.3, "margin": 0.1, "cells": 3, "incumbent": curve, "spare": False} | change
    return RunWatch(earlyStop=EarlyStop.model_validate(rule))


def test_a_hopeless_run_is_stopped_as_soon_as_it_is_known() -> None:
    end = heard(early(), [5.5] * 40).end
    assert end is not None
    assert (end.status, end.detail) == (
        "stopped_early",
        "stopped early at 35 % of its budget: loss 5.5 vs incumbent 3.7",
    )


@pytest.mark.parametrize("change", [{"incumbent": []}, {"after": 1.0}, {"margin": 9}])
def test_it_is_not_stopped_where_it_may_not_be(change: dict[str, Any]) -> None:
    monitor = heard(early(**change), [5.5] * 40)
    assert monitor.end is None
    assert monitor.course().curve == [5.5] * 40


def test_a_run_that_is_spared_says_what_would_have_been() -> None:
    monitor = heard(early(spare=True), [5.5] * 40)
    assert monitor.end is None
    assert monitor.course().spared == "at 35 % of its budget: loss 5.5 vs incumbent 3.7"


def test_seconds_of_an_earlier_attempt_count() -> None:
    assert heard(early(), [5.5] * 3, used=20).end is None
    end = heard(early(), [5.5] * 4, used=20).end
    assert end is not None
    assert end.detail.startswith("stopped early at 57 % of its budget")


def test_the_curve_is_told_only_where_somebody_compares() -> None:
    assert heard(None, [3, 2]).course().curve is None
    assert heard(early(incumbent=[]), [3, 2]).course().curve == [3, 2]
