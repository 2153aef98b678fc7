"""Both sides of the wire judge a command alike: see tests/unit/domain/device/is-plain-python.test.ts."""

import json
from pathlib import Path

import pytest

from autolift_device.warm.plain_python import is_plain

FIXTURE = Path(__file__).parents[3] / "tests" / "fixtures" / "contract" / "plain-python.json"


@pytest.mark.parametrize(("command", "plain"), json.loads(FIXTURE.read_text()))
def test_the_engine_judges_a_command_as_the_worker_does(command: str, plain: bool) -> None:
    assert is_plain(command) is plain
