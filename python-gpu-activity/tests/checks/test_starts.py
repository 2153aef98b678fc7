"""The benchmark of starts, on what every host has."""

import pytest

from checks import starts


def test_it_tells_cold_and_warm_starts_by_stages(capsys: pytest.CaptureFixture[str]) -> None:
    assert starts.main(["decimal", "--runs", "1"]) == 0
    rows = [line.split(" | ") for line in capsys.readouterr().out.splitlines() if line.startswith("| ")]
    assert rows[0] == ["| decimal, after the go", "cold", "warm |"]
    assert [row[0] for row in rows[3:]] == ["| imports done", *(f"| {name}" for name in ROWS_LEFT)]


ROWS_LEFT = ("first array on the device", "first matrix product", "imports before the go")


def test_what_cannot_start_warm_is_no_measurement() -> None:
    with pytest.raises(RuntimeError, match="ModuleNotFoundError"):
        starts.main(["there_is_no_such_module", "--runs", "1"])
