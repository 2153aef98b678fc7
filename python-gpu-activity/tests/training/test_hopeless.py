"""Early stopping is judged here as the loop's own core judges it: tests/unit/domain/early-stop."""

import json
from pathlib import Path
from typing import Any

import pytest

from autolift_device.training.hopeless import Behind, StopRule, hopeless

CASES = json.loads((Path(__file__).parents[3] / "tests/fixtures/contract/early-stop.json").read_text())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_curve_is_judged_as_the_core_judges_it(case: dict[str, Any]) -> None:
    found = hopeless(case["own"], case["incumbent"], StopRule(**case["rule"]))
    wanted = Behind(**case["behind"]) if case["behind"] else None
    assert (found is None) == (wanted is None)
    if found and wanted:
        assert (found.share, found.loss, found.incumbent) == pytest.approx(
            (wanted.share, wanted.loss, wanted.incumbent)
        )
