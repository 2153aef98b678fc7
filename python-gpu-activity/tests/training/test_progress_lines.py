import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autolift_device.training.progress_lines import ProgressLines, Told

LINE = b"PROGRESS step=120 loss=2.31 tokens_per_second=51234 checkpoint=ckpt/120.pt\n"


def test_a_line_says_step_loss_speed_and_checkpoint() -> None:
    assert ProgressLines().read(LINE) == [Told(120, 2.31, 51234.0, "ckpt/120.pt")]


@given(st.lists(st.integers(0, 12), max_size=8))
def test_wherever_the_output_is_cut_the_lines_are_the_same(cuts: list[int]) -> None:
    output = b"epoch 1\nPROGRESS step=1 loss=3\nnoise PROGRESS step=9\r PROGRESS step=2 loss=2.5\nend"
    reader, told, at = ProgressLines(), list[Told](), 0
    for cut in cuts:
        told += reader.read(output[at : at + cut])
        at += cut
    told += reader.read(output[at:])
    assert told == [Told(1, 3.0), Told(2, 2.5)]


@pytest.mark.parametrize("loss", ["nan", "inf", "-inf", "NaN", "Infinity"])
def test_a_loss_that_is_no_number_is_told(loss: str) -> None:
    [told] = ProgressLines().read(f"PROGRESS step=7 loss={loss}\n".encode())
    assert told.loss is not None
    assert not math.isfinite(told.loss)


@pytest.mark.parametrize(
    "line",
    [
        b"PROGRESS step=-1 loss=low tokens_per_second=inf\n",
        b"PROGRESS step=99999999999999999999 loss=\n",
        b"PROGRESS \xff\xfe=\xff step=x\n",
        b'PROGRESS {"step": 1}\n',
    ],
)
def test_what_is_not_understood_says_nothing(line: bytes) -> None:
    assert ProgressLines().read(line) == [Told()]


@pytest.mark.parametrize("line", [b"PROGRESSED step=1\n", b"progress step=1\n", b"PROGRESS\n", b"x" * 5000])
def test_what_only_looks_like_one_is_none(line: bytes) -> None:
    assert ProgressLines().read(line) == []


def test_a_line_that_never_ends_is_let_go() -> None:
    reader = ProgressLines()
    for _ in range(100):
        reader.read(b"PROGRESS " + b"a" * 1000)
    assert reader.read(b" step=1\nPROGRESS step=2\n") == [Told(2)]


def test_of_very_many_lines_at_once_the_last_count() -> None:
    told = ProgressLines().read(b"".join(b"PROGRESS step=%d\n" % step for step in range(5000)))
    assert (len(told), told[-1].step) == (200, 4999)


FLOOD = b"".join(b"PROGRESS step=%d loss=1.5\n" % step for step in range(2, 302))


@pytest.mark.parametrize("loss", [b"nan", b"-NaN", b"inf", b"+Infinity", b"1e999", b"-1E+400", b"1" * 400])
def test_a_loss_that_is_no_number_is_told_however_many_lines_come_after_it(loss: bytes) -> None:
    told = ProgressLines().read(b"PROGRESS step=1 loss=" + loss + b" checkpoint=c\n" + FLOOD)
    assert (len(told), told[0].step, told[0].checkpoint) == (201, 1, None)
    assert told[0].loss is not None
    assert not math.isfinite(told[0].loss)


@pytest.mark.parametrize("loss", [b"1", b"-2.5", b"3.e2", b"4e-5", b"6e+07", b"low", b"nan loss=1", b"1_0"])
def test_of_lines_before_them_nothing_else_is_told(loss: bytes) -> None:
    told = ProgressLines().read(b"PROGRESS step=1 loss=" + loss + b" grad_loss=nan\n" + FLOOD)
    assert (len(told), told[0].step) == (200, 102)


def test_every_loss_is_told_where_that_is_wanted() -> None:
    told = ProgressLines(every_loss=True).read(FLOOD)
    assert [one.step for one in told] == list(range(2, 302))
