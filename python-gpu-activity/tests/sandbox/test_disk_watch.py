import os
from pathlib import Path

import pytest

from autolift_device.sandbox import disk_watch
from autolift_device.sandbox.disk_watch import LEAST_FREE_BYTES, DiskWatch, written


def test_only_who_has_written_a_good_part_of_it_fills_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = LEAST_FREE_BYTES + (40 << 20)
    monkeypatch.setattr(disk_watch, "free_bytes", lambda _: free)
    for name in ("guilty", "innocent"):
        (tmp_path / name).mkdir()
    guilty, innocent = DiskWatch(tmp_path / "guilty"), DiskWatch(tmp_path / "innocent")
    assert not guilty.is_filling()
    (tmp_path / "guilty" / "big").write_bytes(os.urandom(41 << 20))
    (tmp_path / "innocent" / "small").write_bytes(b"0.5")
    free -= 41 << 20
    assert guilty.is_filling()
    assert not innocent.is_filling()


def test_a_disk_that_was_full_before_is_nobodys_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk_watch, "free_bytes", lambda _: 0)
    assert not DiskWatch(tmp_path).is_filling()


def test_what_lies_in_folders_counts_and_links_lead_nowhere(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "file").write_bytes(os.urandom(1 << 20))
    (tmp_path / "root").symlink_to("/")
    assert 1 << 20 <= written(tmp_path) < 2 << 20
