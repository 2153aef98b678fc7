"""Protected: times the candidate's sort in a child process, and checks each of its answers.

The lists come from a seed that is drawn here and now. The clock, the lists and the expected answers stay in this
process; the child gets one list at a time through a pipe. Processor time is counted, not the wall clock: what else the
machine does then matters less, though caches and clock frequency are still shared.
"""

import ctypes
import os
import random
import struct
import subprocess
import sys
import threading
from array import array
from pathlib import Path
from statistics import median
from time import clock_gettime_ns, perf_counter_ns

from rules import refused

ROUNDS = 21
SIZE = 1000
SECONDS = 45
MAX_BYTES = 100_000
PR_SET_DUMPABLE = 4


def shut_memory() -> None:
    """Other processes of the same user, the child among them, can then neither read nor trace this one."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)


def lists(rng: random.Random) -> dict[str, list[int]]:
    def wide(size: int) -> list[int]:
        return [rng.randrange(-(2**47), 2**47) for _ in range(size)]

    nearly = sorted(wide(SIZE))
    for _ in range(SIZE // 50):
        i, j = rng.randrange(SIZE), rng.randrange(SIZE)
        nearly[i], nearly[j] = nearly[j], nearly[i]
    half = sorted(wide(SIZE // 2))
    return {
        "random": wide(3 * SIZE),
        "sorted": sorted(wide(SIZE)),
        "reversed": sorted(wide(SIZE), reverse=True),
        "few values": rng.choices(wide(8), k=SIZE),
        "all equal": wide(1) * SIZE,
        "nearly sorted": nearly,
        "organ pipe": half + half[::-1],
        "none": [],
        "one": wide(1),
        "two": wide(2),
    }


class Child:
    def __init__(self, source: str) -> None:
        here = Path(__file__).parent
        command = [sys.executable, "-s", "-B", str(here / "serve.py")]
        environment = {"PATH": os.environ.get("PATH", "")}
        self.process = subprocess.Popen(
            command, cwd=here, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0
        )
        self.alarm = threading.Timer(SECONDS, self.process.kill)
        self.alarm.daemon = True
        self.alarm.start()
        # the very text that was checked, not the file: that could have changed meanwhile, or name another encoding
        self.send(source.encode(), len(source.encode()))

    def send(self, payload: bytes, length: int) -> None:
        assert self.process.stdin
        try:
            self.process.stdin.write(struct.pack("<I", length) + payload)
        except BrokenPipeError:
            self.fail("ended before it was asked")

    def receive(self, size: int) -> bytes:
        assert self.process.stdout
        received = b""
        while len(received) < size:
            piece = self.process.stdout.read(size - len(received))
            if not piece:
                self.fail("gave no answer")
            received += piece
        return received

    def fail(self, what: str) -> None:
        code = self.process.wait()
        sys.exit(f"sort.py {what}: exit code {code}" + (f", killed after {SECONDS} s" if code == -9 else ""))

    def sort(self, payload: bytes, length: int) -> bytes:
        self.send(payload, length)
        (count,) = struct.unpack("<I", self.receive(4))
        if count != length:
            self.process.kill()
            sys.exit(f"sort.py returned {count} elements for {length}")
        return self.receive(8 * count)

    def clock(self) -> int:
        """Processor time of the child in nanoseconds, asked of the kernel; elsewhere than on Linux, the wall clock."""
        if sys.platform != "linux":
            return perf_counter_ns()
        # what clock_getcpuclockid(3) makes of a process id
        return clock_gettime_ns((~self.process.pid << 3) | 2)

    def close(self) -> None:
        self.alarm.cancel()
        self.process.kill()
        self.process.wait()


def time_round(child: Child, rng: random.Random) -> tuple[int, int]:
    """Nanoseconds and elements of one round over all kinds of lists, in an order of its own."""
    spent = elements = 0
    cases = list(lists(rng).items())
    rng.shuffle(cases)
    for kind, values in cases:
        payload, expected = array("q", values).tobytes(), array("q", sorted(values)).tobytes()
        begun = child.clock()
        answer = child.sort(payload, len(values))
        spent += child.clock() - begun
        elements += len(values)
        if answer != expected:
            sys.exit(f"sort.py did not sort a list of {len(values)} integers ({kind})")
    return spent, elements


def main() -> None:
    shut_memory()
    path = Path(os.environ.get("AUTOLIFT_CANDIDATE", ".")) / "sort.py"
    try:
        source = path.read_bytes()[:MAX_BYTES].decode("utf-8")
    except UnicodeDecodeError as error:
        sys.exit(f"sort.py is not UTF-8: {error}")
    if reasons := refused(source):
        sys.exit("sort.py is refused: " + "; ".join(reasons[:5]))
    rng = random.Random(os.urandom(32) + os.environ.get("AUTOLIFT_SEED", "1").encode())
    child = Child(source)
    try:
        time_round(child, rng)  # not counted: the interpreter is still getting warm
        rounds = [time_round(child, rng) for _ in range(ROUNDS)]
    finally:
        child.close()
    per_element = sorted(spent / elements for spent, elements in rounds)
    # disturbance only ever adds time: the lower quartile wavers less than the median
    print(f"METRIC:ns_per_element={per_element[ROUNDS // 4]:.2f}")
    print(f"METRIC:median_round={median(per_element):.2f}")
    print(f"METRIC:fastest_round={per_element[0]:.2f}")


if __name__ == "__main__":
    main()
