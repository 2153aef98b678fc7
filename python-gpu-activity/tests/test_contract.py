"""Both sides of the wire judge the same payloads alike: see tests/unit/contract/run-schema.test.ts."""

import copy
import hashlib
import json
import math
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from autolift_device.checkout.globs import matcher
from autolift_device.checkout.pin import hash_of
from autolift_device.contract import RunProgress, RunReport, RunRequest
from autolift_device.failures import RefusedRequest
from autolift_device.wire import Payload

FIXTURES = Path(__file__).parents[2] / "tests" / "fixtures" / "contract"
MODELS: dict[str, type[Payload]] = {
    "run-request": RunRequest,
    "run-report": RunReport,
    "run-progress": RunProgress,
}


def read(name: str) -> Any:
    return json.loads((FIXTURES / f"{name}.json").read_text())


def patched(base: dict[str, Any], case: dict[str, Any]) -> dict[str, Any]:
    payload = copy.deepcopy(base)

    def holder(path: str) -> tuple[Any, str]:
        *parents, last = path.split(".")
        inner = payload
        for parent in parents:
            inner = inner[parent]
        return inner, last

    for path, value in case.get("set", {}).items():
        inner, last = holder(path)
        inner[last] = value
    for path in case.get("remove", []):
        inner, last = holder(path)
        del inner[last]
    return payload


CASES = [
    pytest.param(model, patched(read(name)["base"], case), case["valid"], id=f"{name}: {case['name']}")
    for name, model in MODELS.items()
    for case in read(name)["cases"]
]


@pytest.mark.parametrize(("model", "payload", "valid"), CASES)
def test_a_payload_is_judged_as_zod_judges_it(model: type[Payload], payload: Any, valid: bool) -> None:
    if valid:
        assert model.model_validate(payload).model_dump(mode="json", exclude_unset=True) == payload
    else:
        with pytest.raises(ValidationError):
            model.model_validate(payload)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_a_report_holds_no_number_that_json_lacks(value: float) -> None:
    report = read("run-report")["base"]
    for change in ({"value": value}, {"metrics": {"loss": value}}):
        with pytest.raises(ValidationError):
            RunReport.model_validate(report | change)


@pytest.mark.parametrize("case", read("globs"), ids=lambda case: case["glob"])
def test_a_glob_means_the_same_on_both_sides(case: dict[str, Any]) -> None:
    matches = matcher([case["glob"]])
    paths = case["matches"] + case["others"]
    assert [path for path in paths if matches(path)] == case["matches"]


def test_a_glob_that_is_not_understood_is_refused() -> None:
    with pytest.raises(RefusedRequest, match="class of characters"):
        matcher(["[[:alpha:]].py"])


def test_the_evaluator_hash_covers_command_and_protected_files() -> None:
    pinned = read("evaluator-hash")
    protected = [
        [file["path"], file["mode"], hashlib.sha256(file["content"].encode()).hexdigest()]
        for file in sorted(pinned["files"], key=lambda file: file["path"])
        if file["path"] not in pinned["editable"]
    ]
    assert hash_of(pinned["command"], protected) == pinned["hash"]
