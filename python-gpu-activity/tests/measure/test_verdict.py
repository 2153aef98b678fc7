from pathlib import Path

import pytest

from autolift_device.measure.verdict import failure_of
from autolift_device.sandbox.execute import Ended

SIGNS = [
    "torch.cuda.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB",
    "torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB",
    "torch.OutOfMemoryError: HIP out of memory. Tried to allocate 2.00 GiB",
    "RuntimeError: CUDA error: out of memory",
    "RuntimeError: CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`",
    "XlaRuntimeError: RESOURCE_EXHAUSTED: Out of memory while trying to allocate 17179869184 bytes.",
    "RuntimeError: [METAL] Command buffer execution failed: Insufficient Memory (00000008:kIOGPU)",
    "RuntimeError: [metal::malloc] Attempting to allocate 95191040000 bytes which is greater than the most",
    "RuntimeError: [malloc_or_wait] Unable to allocate 68719476736 bytes.",
    "RuntimeError: [malloc] Unable to allocate 68719476736 bytes.",
]


def ended(exit_code: int) -> Ended:
    return Ended("exit", exit_code, 1.0, 1 << 20, 0, Path("/dev/null"), 0, 0, False)


@pytest.mark.parametrize("said", SIGNS)
def test_frameworks_say_in_their_own_words_that_memory_ran_out(said: str) -> None:
    end = f"step 3\n[rank1]: {said}\n  at train.py:8\n=====\nlauncher: rank 1 failed\n".encode()
    verdict = failure_of(ended(1), end, (60, None))
    assert verdict is not None
    assert (verdict.status, verdict.detail) == ("out_of_memory", f"[rank1]: {said}")


@pytest.mark.parametrize(
    "said", ["ValueError: out of range", "triton: OutOfResources: out of resource: shared"]
)
def test_other_failures_are_crashes(said: str) -> None:
    verdict = failure_of(ended(1), f"{said}\n".encode(), (60, None))
    assert verdict is not None
    assert (verdict.status, verdict.detail) == ("crash", f"exit code 1: {said}")


def test_one_that_survives_a_lack_of_memory_has_not_failed() -> None:
    assert failure_of(ended(0), b"CUDA out of memory, trying half the batch\n", (60, None)) is None
