import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autolift_device.measure.metric import MOST_NAMES, claims, metric_like_lines, read_output

NAMES = st.from_regex(r"[A-Za-z_][A-Za-z0-9_./%-]{0,20}", fullmatch=True)
FINITE = st.floats(allow_nan=False, allow_infinity=False)
KARPATHY = b"""step 00100 (10.5%) | loss: 3.2 | lr: 0.1
---
val_bpb:          0.997900
training_seconds: 300.1
peak_vram_mb:     45060.2
num_params_M:     50.3
"""


@given(NAMES, FINITE, st.sampled_from(["METRIC:{}={!r}", "METRIC {}={!r}", "METRIC: {} = {!r}", "{}: {!r}"]))
def test_each_form_gives_back_the_value_that_was_printed(name: str, value: float, form: str) -> None:
    printed = f"epoch 1\n{form.format(name, value)}\nbye\n".encode()
    assert read_output(printed, name).value == value


@given(NAMES, st.lists(FINITE, min_size=1, max_size=5))
def test_the_last_occurrence_wins(name: str, values: list[float]) -> None:
    printed = "\n".join(f"METRIC:{name}={value!r}" for value in values).encode()
    assert read_output(printed, name).value == values[-1]


@given(st.binary(max_size=400))
def test_any_output_is_read_without_an_error(output: bytes) -> None:
    reading = read_output(output, "mse")
    assert all(math.isfinite(value) for value in reading.others.values())


def test_the_block_that_karpathys_training_prints_is_read() -> None:
    reading = read_output(KARPATHY, "val_bpb")
    assert reading.value == 0.9979
    assert reading.others == {"training_seconds": 300.1, "peak_vram_mb": 45060.2, "num_params_M": 50.3}


@pytest.mark.parametrize("word", ["nan", "NaN", "inf", "-inf", "Infinity", "1e999"])
def test_a_number_that_is_none_is_said_to_be_not_finite(word: str) -> None:
    reading = read_output(f"METRIC:mse={word}\n".encode(), "mse")
    assert (reading.value, reading.problem) == (None, "not_finite")


@pytest.mark.parametrize(
    "line",
    [b"METRIC:mse=", b"METRIC:mse=fast", b"METRIC:mse=1.2.3", b"mse=1", b"mse: 1 of 2", b"METRIC:rmse=1"],
)
def test_a_line_that_does_not_give_the_metric_is_no_metric(line: bytes) -> None:
    reading = read_output(line + b"\n", "mse")
    assert (reading.value, reading.problem) == (None, "no_metric")
    assert "METRIC:mse=" in reading.detail


def test_colours_and_progress_bars_do_not_hide_a_metric() -> None:
    assert read_output(b"10%\r50%\r\x1b[32mMETRIC:mse=1e-3\x1b[0m\r\n", "mse").value == 0.001


def test_no_more_than_64_other_metrics_are_kept_and_the_last_ones_win() -> None:
    lines = "\n".join(f"METRIC:m{index}={index}" for index in range(200))
    others = read_output(lines.encode(), "mse").others
    assert len(others) == MOST_NAMES
    assert others["m199"] == 199


def test_a_metric_far_up_in_a_long_output_is_found() -> None:
    whole = b"METRIC:mse=4\n" + b"x" * 100 + b"\nMETRIC:loss=2\n"
    reading = read_output(whole[-50:], "mse", lambda: whole)
    assert (reading.value, reading.others) == (4, {"loss": 2})


def test_the_first_line_of_a_cut_output_is_not_believed() -> None:
    assert read_output(b"mse: 3\n", "mse", lambda: b"not mse: 3\n").value is None


@pytest.mark.parametrize(
    "line",
    [
        "Epoch 3 loss: 2.1",
        "[12:01] step 30 acc: 0.5",
        "[12] acc: 1",
        "3: 4",
        "(a): 1",
        "a b: 1",
        "x" * 101 + ": 1",
    ],
)
def test_a_log_line_is_no_metric(line: str) -> None:
    assert read_output(f"{line}\nloss: 3\n".encode(), "mse").others == {"loss": 3}


@pytest.mark.parametrize("name", ["val_bpb", "lat-p99", "gpu0/mem%", "loss@10", "a.b", "x" * 100])
def test_a_word_in_the_plain_form_is_a_metric(name: str) -> None:
    assert read_output(f"  {name}: 1.5 \n".encode(), "mse").others == {name: 1.5}


@pytest.mark.parametrize("form", ["{}: 3", "METRIC:{}=3", "METRIC {} = 3", " {} : 3"])
@pytest.mark.parametrize("name", ["val loss", "1st", "réussite", "a*(b", "q: r", "100 %"])
def test_the_metric_that_is_asked_for_may_have_any_name(name: str, form: str) -> None:
    output = f"Epoch 1 {name}: 9\n{form.format(name)}\nother name: 4\n".encode()
    reading = read_output(output, name)
    assert (reading.value, reading.others) == (3, {})


def test_progress_shows_log_lines_too() -> None:
    assert metric_like_lines(b"Epoch 3 loss: 2.1\n") == ["Epoch 3 loss: 2.1"]


def test_claims_are_metric_lines_only() -> None:
    assert claims(b"mse: 3\nMETRIC:mse=0\nMETRIC mse=1\nMETRIC:mse=0\n", "mse") == [1, 0]


def test_progress_shows_the_last_lines_that_look_like_metrics() -> None:
    output = b"".join(b"loss: %d\nnoise\n" % index for index in range(9))
    assert metric_like_lines(output) == [f"loss: {index}" for index in range(4, 9)]
