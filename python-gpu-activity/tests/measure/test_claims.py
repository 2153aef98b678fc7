import tracemalloc
from pathlib import Path

import pytest

from autolift_device.measure import claims
from autolift_device.measure.claims import false_claims

LINES = [
    b"METRIC:mse=3\n",
    b"\x1b[31mMETRIC mse=0\x1b[0m\r\n",
    b"epoch 1\rmse: 7\r",
    b"METRIC:mse=0.25\n",
    b"METRIC:other=1\n" + b"x" * 40 + b"METRIC:mse=9\n",
    b" \tmse: 8\nbye",
]


@pytest.mark.parametrize("size", range(1, 40))
def test_the_size_of_the_pieces_that_are_read_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    (tmp_path / "output").write_bytes(b"".join(LINES))
    whole = false_claims(tmp_path / "output", "mse", 0.25)
    assert whole == (
        ["claimed mse=3, measured 0.25", "claimed mse=0, measured 0.25"],
        "claimed mse=8, measured 0.25",
    )
    monkeypatch.setattr(claims, "_PIECE", size)
    monkeypatch.setattr(claims, "_LONGEST_START", 32)
    assert false_claims(tmp_path / "output", "mse", 0.25) == whole


def test_the_last_three_lies_are_told(tmp_path: Path) -> None:
    values = [1, 2, 3, 2, 4]
    (tmp_path / "output").write_text("".join(f"METRIC:mse={value}\n" for value in values))
    told, _ = false_claims(tmp_path / "output", "mse", 0)
    assert told == [f"claimed mse={value}, measured 0" for value in (3, 2, 4)]


@pytest.mark.parametrize("line", [b"METRIC:mse=0.1\n", b"x", b"\n", b" "])
def test_an_output_of_any_size_and_form_is_read_in_little_memory(tmp_path: Path, line: bytes) -> None:
    (tmp_path / "output").write_bytes(b"METRIC:mse=0\n" + line * ((16 << 20) // len(line)))
    tracemalloc.start()
    told, _ = false_claims(tmp_path / "output", "mse", 0.25)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert told[0] == "claimed mse=0, measured 0.25"
    assert peak < 12 << 20
