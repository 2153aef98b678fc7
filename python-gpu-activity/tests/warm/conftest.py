"""Modules of the interpreter's own, outside of any checkout."""

from collections.abc import Callable
from pathlib import Path

import pytest

from autolift_device.contract import RunReport
from autolift_device.device_info import StartFacts
from conftest import Change

Site = Callable[[dict[str, str], list[str]], Change]


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Puts modules where the run's Python finds them, and asks for a run that imports some ahead."""

    def made(modules: dict[str, str], imports: list[str]) -> Change:
        folder = tmp_path / "task" / "site"
        folder.mkdir(parents=True)
        for name, content in modules.items():
            (folder / name).write_text(content)
        run = {"env": {"PYTHONPATH": str(folder)}, "read": ["site"], "warm": {"imports": imports}}
        return {"run": run, "taskFolder": str(tmp_path / "task")}

    return made


def start_of(report: RunReport) -> StartFacts:
    assert report.device.facts is not None
    assert report.device.facts.start is not None
    return report.device.facts.start
