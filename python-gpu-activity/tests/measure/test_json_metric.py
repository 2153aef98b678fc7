import os
from pathlib import Path

import pytest

from autolift_device.measure.json_metric import read_json


def test_a_dotted_key_leads_into_objects_and_lists(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/score.json").write_text('{"runs": [{"mse": 1}, {"mse": 2e-3}], "tokens": 5, "ok": true}')
    reading = read_json(tmp_path, "out/score.json", "runs.1.mse")
    assert (reading.value, reading.others) == (0.002, {"tokens": 5})


def test_a_key_with_a_dot_in_its_name_is_found(tmp_path: Path) -> None:
    (tmp_path / "s.json").write_text('{"val.mse": 3}')
    assert read_json(tmp_path, "s.json", "val.mse").value == 3


@pytest.mark.parametrize(
    ("content", "problem", "said"),
    [
        ("{", "no_metric", "not JSON"),
        ("[" * 100_000, "no_metric", "not JSON"),
        ('{"loss": 1}', "no_metric", "no key mse"),
        ('{"mse": "1"}', "no_metric", "not a number"),
        ('{"mse": true}', "no_metric", "not a number"),
        ('{"mse": NaN}', "not_finite", "nan"),
        ('{"mse": 1' + "0" * 400 + "}", "not_finite", "inf"),
    ],
)
def test_what_is_no_finite_number_is_told(tmp_path: Path, content: str, problem: str, said: str) -> None:
    (tmp_path / "s.json").write_text(content)
    reading = read_json(tmp_path, "s.json", "mse")
    assert (reading.value, reading.problem) == (None, problem)
    assert said in reading.detail


@pytest.mark.parametrize(
    "file", ["../s.json", "/etc/hostname", "a/../../s.json", "link.json", "to/s.json", "pipe", "."]
)
def test_nothing_outside_and_no_link_is_read(tmp_path: Path, file: str) -> None:
    folder = tmp_path / "checkout"
    folder.mkdir()
    (tmp_path / "s.json").write_text('{"mse": 0}')
    (folder / "link.json").symlink_to(tmp_path / "s.json")
    (folder / "to").symlink_to(tmp_path)
    os.mkfifo(folder / "pipe")
    reading = read_json(folder, file, "mse")
    assert (reading.value, reading.problem) == (None, "no_metric")
