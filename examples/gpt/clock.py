"""Fixed: the time of a run, what it tells on the way, and how it ends."""

import math
import os
import resource
import sys
import time
from collections.abc import Callable

# compiling, warming up: not counted, as karpathy/autoresearch leaves its first ten out
UNCOUNTED_STEPS = 5
DIVERGED, OUT_OF_MEMORY = 3, 4
NO_MEMORY = ("out of memory", "can't allocate memory", "unable to allocate", "maximum allowed buffer size")


class Diverged(Exception):
    pass


class Clock:
    """The budget is seconds of training: AUTOLIFT_BUDGET_SECONDS, which is already this run's share of it."""

    def __init__(
        self, uniform_bits: float, agree: Callable[[float], float] = lambda seconds: seconds
    ) -> None:
        self.begun = time.monotonic()
        self.seconds = float(os.environ.get("AUTOLIFT_BUDGET_SECONDS", "60"))
        self.agree, self.most_bits = agree, 3 * uniform_bits
        self.counted_from = self.told = self.begun
        self.steps = self.tokens = self.counted_tokens = 0
        self.elapsed, self.bits = 0.0, uniform_bits

    @property
    def share(self) -> float:
        """Of the budget that is used up, from 0 to 1."""
        return min(1.0, self.elapsed / self.seconds)

    def step(self, loss: float, tokens: int, memory: int) -> bool:
        """After each step, with its mean loss in nats a token; false when the time is up."""
        self.steps += 1
        self.tokens += tokens
        self.counted_tokens += tokens if self.steps > UNCOUNTED_STEPS else 0
        now = time.monotonic()
        bits = loss / math.log(2)
        broken = not math.isfinite(bits) or bits > self.most_bits
        if broken or now - self.told >= 1 or self.steps == 1:
            self.tell(loss, now, memory)
        if broken:
            raise Diverged(f"the loss is {loss} at step {self.steps}")
        self.bits += (bits - self.bits) / min(self.steps, 50)
        if self.steps <= UNCOUNTED_STEPS:
            self.counted_from = now
            return True
        self.elapsed = self.agree(now - self.counted_from)
        return self.elapsed < self.seconds

    def tell(self, loss: float, now: float, memory: int) -> None:
        tokens, since = (
            (self.counted_tokens, self.counted_from) if self.counted_tokens else (self.tokens, self.begun)
        )
        fast = tokens / max(now - since, 1e-9)
        said = f"step={self.steps} loss={loss:.7g} tokens_per_second={fast:.0f} memory_bytes={memory}"
        if int(os.environ.get("RANK", "0")) == 0:
            print(f"PROGRESS {said}", flush=True)
        self.told = now


def resident_bytes() -> int:
    """The most that this process held at a time, on the host."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def report(clock: Clock, numbers: dict[str, float]) -> None:
    """The block that karpathy/autoresearch prints, but for val_bpb: evaluate.py prints that one."""
    rate = clock.counted_tokens / clock.elapsed if clock.elapsed else 0.0
    shown = {
        "train_bits_a_token": f"{clock.bits:.6f}",
        "training_seconds": f"{clock.elapsed:.1f}",
        "uncounted_seconds": f"{clock.counted_from - clock.begun:.1f}",
        "total_seconds": f"{time.monotonic() - clock.begun:.1f}",
        "peak_vram_mb": f"{numbers['memory'] / 2**20:.1f}",
    }
    if numbers.get("peak_flops"):
        shown["mfu_percent"] = f"{100 * rate * numbers['flops_a_token'] / numbers['peak_flops']:.2f}"
    shown |= {
        "tokens_per_second": f"{rate:.0f}",
        "total_tokens_M": f"{clock.tokens / 1e6:.3f}",
        "num_steps": f"{clock.steps}",
        "num_params_M": f"{numbers['parameters'] / 1e6:.3f}",
        "depth": f"{numbers['depth']:.0f}",
    }
    print("---")
    for name, value in shown.items():
        print(f"{name + ':':<19} {value}")


def finish(main: Callable[[], None], peak: Callable[[], int] = resident_bytes) -> None:
    """Runs main; divergence and want of memory end with one line on stderr and a code of their own."""
    try:
        main()
    except Diverged as error:
        print(f"diverged: {error}", file=sys.stderr)
        sys.exit(DIVERGED)
    except (MemoryError, RuntimeError) as error:
        said = str(error).lower()
        if not isinstance(error, MemoryError) and not any(words in said for words in NO_MEMORY):
            raise
        first = str(error).strip().partition("\n")[0]
        kind = f"{type(error).__module__}.{type(error).__qualname__}"
        print(f"out of memory: {kind}: {first} (peak_memory_bytes {peak()})", file=sys.stderr)
        sys.exit(OUT_OF_MEMORY)
