"""The checks themselves, on hosts without a GPU: they say what they saw, and what they did not."""

import pytest

from autolift_device.devices.discovery import Found
from autolift_device.devices.nvidia.discover import discover
from autolift_device.devices.nvidia.nvml import Nvml
from checks import cuda
from checks.outcome import holds, skipped, table
from fake_nvml import rtx4090


def test_without_a_gpu_nothing_is_checked_and_it_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(cuda, "look", lambda: Found([], ["a GPU is left out"]))
    assert cuda.main([]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "warning: a GPU is left out",
        "no NVIDIA GPU was found here: nothing was checked",
    ]
    assert cuda.main(["--require"]) == 1


def test_a_gpu_that_cannot_be_used_fails_its_checks_and_hides_none(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(cuda, "look", lambda: Found(discover(Nvml(rtx4090()))[0]))
    assert cuda.main([]) == 1
    said = capsys.readouterr().out
    rows = [line.split(" | ")[1] for line in said.splitlines() if line.startswith("| ")]
    assert "first NVIDIA GeForce RTX 4090, driver 560.35.03, CUDA 12.6" in said
    assert rows[:3] == ["result", "---", "ok"]
    assert "| nan is not_finite | ok | not_finite: value is nan |" in said
    assert "| too much memory is out_of_memory | failed |" in said
    assert "| cancelling frees memory within 2 s | failed | the run never held memory |" in said
    assert "not checked" in rows


def test_a_table_is_markdown_whatever_was_seen() -> None:
    assert table([holds("a", True, "x | y\nz"), skipped("b", "no")]).splitlines() == [
        "| check | result | seen |",
        "| --- | --- | --- |",
        "| a | ok | x \\| y z |",
        "| b | not checked | no |",
    ]
