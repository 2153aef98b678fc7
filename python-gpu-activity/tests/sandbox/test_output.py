from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autolift_device.sandbox import output
from autolift_device.sandbox.output import OutputLog


def collect(path: Path, parts: list[bytes], cap: int) -> tuple[bytes, OutputLog]:
    log = OutputLog(path, cap)
    for part in parts:
        log.write(part)
    return log.finish().read_bytes(), log


@given(parts=st.lists(st.binary(max_size=40), max_size=12))
def test_beyond_the_cap_the_beginning_and_the_end_are_kept(
    tmp_path_factory: pytest.TempPathFactory, parts: list[bytes]
) -> None:
    whole = b"".join(parts)
    kept, log = collect(tmp_path_factory.mktemp("log") / "out", parts, 60)
    if len(whole) <= 60:
        assert kept == whole
        assert log.omitted == 0
    else:
        assert kept == whole[:30] + b"\n[... %d bytes left out ...]\n" % (len(whole) - 60) + whole[-30:]


def test_a_long_output_does_not_stay_in_memory(tmp_path: Path) -> None:
    parts = [bytes([65 + index]) * 50_000 for index in range(20)]
    log = OutputLog(tmp_path / "out")
    for part in parts:
        log.write(part)
    assert len(log._memory) <= output.IN_MEMORY
    assert log.finish().read_bytes() == b"".join(parts)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
