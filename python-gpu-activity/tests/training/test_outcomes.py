"""Runs that are ended for what they say, each with its own name."""

from typing import Any

import pytest

from conftest import Repository, Run, processes_with, request_for

CURVE = [1.0] * 40


def ended(measure: Run, repository: Repository, command: str, change: Any = None) -> Any:
    return measure(request_for(repository, repository.commit({}), command, change))


def test_not_a_number_ends_a_run_at_once_and_whole(measure: Run, repository: Repository, marker: str) -> None:
    command = f"sleep {marker} & echo PROGRESS step=3 loss=nan; sleep {marker}; echo METRIC:mse=1"
    report = ended(measure, repository, command)
    assert (report.status, report.detail, report.value) == ("not_finite", "loss is nan at step 3", None)
    assert report.seconds.run < 15
    assert processes_with(marker) == []
    assert report.course.step == 3


def test_a_run_that_ends_by_itself_after_it_has_no_score_either(measure: Run, repository: Repository) -> None:
    report = ended(measure, repository, "echo PROGRESS step=3 loss=inf; echo METRIC:mse=1")
    assert (report.status, report.value) == ("not_finite", None)


@pytest.mark.parametrize(
    "said",
    [
        "printf 'METRIC:mse=1\\nPROGRESS step=3 loss=nan'",
        """python3 -c "print('PROGRESS step=3 loss=nan\\n' + 300 * 'PROGRESS x\\n' + 'METRIC:mse=1')" """,
    ],
    ids=["without a line break", "before many lines"],
)
def test_nor_has_one_whose_last_words_or_many_words_hide_it(
    measure: Run, repository: Repository, said: str
) -> None:
    report = ended(measure, repository, said)
    assert (report.status, report.detail, report.value) == ("not_finite", "loss is nan at step 3", None)


def test_a_run_diverges_by_the_rule_of_its_task(measure: Run, repository: Repository, marker: str) -> None:
    rule = {"watch": {"divergence": {"above": 9, "times": None, "reports": 2}}}
    command = f"for i in 1 2 3; do echo PROGRESS step=$i loss=1$i; done; sleep {marker}"
    report = ended(measure, repository, command, rule)
    assert (report.status, report.detail) == (
        "diverged",
        "diverged at step 2: loss 12 is above 9, in 2 reports in a row",
    )
    assert processes_with(marker) == []


EARLY = {"after": 0.0, "margin": 0.1, "cells": 1, "incumbent": CURVE, "spare": False}
# a budget of two seconds: some of its fortieths pass while this runs
BEHIND = "for i in $(seq 200); do echo PROGRESS step=$i loss=5; sleep 0.05; done; echo METRIC:mse=1"


def test_a_hopeless_run_is_stopped_and_tells_its_curve(measure: Run, repository: Repository) -> None:
    change = {"watch": {"earlyStop": EARLY}, "run": {"budgetSeconds": 2}}
    report = ended(measure, repository, BEHIND, change)
    assert (report.status, report.value) == ("stopped_early", None)
    assert report.detail.startswith("stopped early at ")
    assert report.detail.endswith(" % of its budget: loss 5 vs incumbent 1")
    assert 5.0 in report.course.curve


def test_a_run_held_against_no_curve_goes_on_and_tells_its_own(measure: Run, repository: Repository) -> None:
    change = {"watch": {"earlyStop": {**EARLY, "incumbent": []}}, "run": {"budgetSeconds": 2}}
    report = ended(measure, repository, "echo PROGRESS step=1 loss=5; echo METRIC:mse=1", change)
    assert (report.status, report.value, report.course.curve[-1]) == ("ok", 1, 5.0)


def test_want_of_memory_is_told_with_the_peak(measure: Run, repository: Repository) -> None:
    hungry = "python3 -c 'import time; x = b\"1\" * (40 << 20); time.sleep(3); raise MemoryError'"
    report = ended(measure, repository, hungry)
    assert (report.status, report.peakMemoryBytes > 40 << 20) == ("out_of_memory", True)
    assert " MiB on the host)" in report.detail


def test_progress_of_the_evaluator_ends_nothing(judged: Run) -> None:
    command = "echo PROGRESS step=1 loss=nan; python3 evaluate.py"
    report = judged("open('answer.txt', 'w').write('2.5')\n", command=command)
    assert (report.status, report.value) == ("ok", 0.25)
