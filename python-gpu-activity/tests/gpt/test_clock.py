"""The time of a run of examples/gpt, what it tells and how it ends."""

import math
import re

import pytest

from autolift_device.training.progress_lines import ProgressLines


class Time:
    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch):
    import clock as module

    time = Time()
    monkeypatch.setattr(module, "time", time)
    monkeypatch.setenv("AUTOLIFT_BUDGET_SECONDS", "10")
    made = module.Clock(8.0)

    def step(seconds: float, loss: float = 2.0) -> bool:
        time.now += seconds
        return made.step(loss, 100, 1 << 20)

    return made, step


def test_the_first_steps_are_free_and_the_budget_ends_the_training(clock):
    made, step = clock
    assert all(step(30) for _ in range(5))
    assert (made.share, made.elapsed) == (0, 0)
    assert step(4)
    assert made.share == pytest.approx(0.4)
    assert step(5)
    assert not step(1)
    assert (made.steps, made.tokens, made.counted_tokens) == (8, 800, 300)


def test_progress_is_one_line_at_most_once_a_second(clock, capsys):
    _, step = clock
    for _ in range(40):
        step(0.1)
    lines = capsys.readouterr().out.splitlines()
    assert 3 <= len(lines) <= 6
    assert lines[0] == f"PROGRESS step=1 loss=2 tokens_per_second=1000 memory_bytes={1 << 20}"
    told = ProgressLines().read("".join(f"{line}\n" for line in lines).encode())
    assert (told[0].step, told[-1].tokens_per_second) == (1, 1000)


@pytest.mark.parametrize("loss", [math.nan, math.inf, 17.0])
def test_divergence_ends_a_run_at_once_with_a_code_of_its_own(clock, capsys, loss):
    import clock as module

    _, step = clock
    with pytest.raises(SystemExit) as ended:
        module.finish(lambda: step(1, loss) or None)
    said = capsys.readouterr()
    assert ended.value.code == module.DIVERGED
    assert said.err == f"diverged: the loss is {loss} at step 1\n"
    [told] = ProgressLines().read(said.out.encode())
    assert told.loss == pytest.approx(loss, nan_ok=True)


class OutOfMemoryError(RuntimeError):
    pass


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (
            OutOfMemoryError("CUDA out of memory. Tried to allocate 2 GiB."),
            r"OutOfMemoryError: CUDA out of memory",
        ),
        (
            RuntimeError("[enforce fail] DefaultCPUAllocator: can't allocate memory"),
            r"RuntimeError: .*allocate memory",
        ),
        (MemoryError(), "MemoryError"),
    ],
)
def test_want_of_memory_ends_a_run_with_its_message_and_its_peak(capsys, error, says):
    import clock as module

    def main() -> None:
        raise error

    with pytest.raises(SystemExit) as ended:
        module.finish(main, lambda: 123)
    assert ended.value.code == module.OUT_OF_MEMORY
    assert re.search(rf"^out of memory: \S*{says}.*\(peak_memory_bytes 123\)$", capsys.readouterr().err)


def test_any_other_error_is_shown_as_it_is():
    import clock as module

    def main() -> None:
        raise RuntimeError("shapes differ")

    with pytest.raises(RuntimeError, match="shapes differ"):
        module.finish(main)


def test_the_block_has_mfu_only_where_the_peak_is_known(clock, capsys):
    import clock as module

    made, step = clock
    for _ in range(7):
        step(1)
    capsys.readouterr()
    numbers = {"memory": 1 << 30, "parameters": 2_000_000, "depth": 4, "flops_a_token": 1e6}
    module.report(made, numbers | {"peak_flops": 1e9})
    block = capsys.readouterr().out
    assert block.startswith("---\ntrain_bits_a_token:")
    assert re.search(r"^mfu_percent: +10\.00$", block, re.MULTILINE)
    assert re.search(r"^depth: +4$", block, re.MULTILINE)
    module.report(made, numbers | {"peak_flops": 0})
    assert "mfu_percent" not in capsys.readouterr().out
