"""A script that was started warm can't tell: what it prints and how it ends is what a cold run's is."""

import re

import pytest

from autolift_device.contract import RunReport
from conftest import Change, Repository, Run, request_for

WARM: Change = {"warm": {"imports": ["xml.dom.minidom", "decimal"]}}
SEEN = """
import os, sys
print(__name__, __file__, __spec__, __package__, __builtins__.__name__, sorted(globals()))
print(sys.argv, sys.orig_argv[1:], sys.path, sys.flags, os.getcwd(), "sitecustomize" in sys.modules)
print(os.getpid() > 0, os.getppid() == 1, os.listdir("."), sys.stdin.read(), type(__loader__), sys.excepthook)
print(sys._getframe().f_back, sys.getrecursionlimit(), sys.meta_path, sys.path_hooks)
"""
SCRIPTS = {
    "variables": "import os\nfor name in sorted(os.environ): print(name, os.environ[name])",
    "seen": SEEN,
    "exit code": "import sys\nsys.exit(3)",
    "exit text": "import sys\nsys.exit('no data')",
    "exit none": "raise SystemExit",
    "_exit": "import os\nprint('METRIC:mse=1', flush=True)\nos._exit(5)",
    "at exit": "import atexit\natexit.register(print, 'METRIC:mse=4')",
    "exception": "def f(x):\n    return 1 / x\n\n\nprint('METRIC:mse=1')\nf(0)\n",
    "chained": "try:\n    {}['a']\nexcept KeyError as error:\n    raise ValueError('b') from error",
    "syntax": "print('METRIC:mse=1')\nif True print('x')",
    "hook": "import sys\nsys.excepthook = lambda *a: print('hooked', a[2].tb_next)\nraise KeyError(1)",
    "interrupt": "raise KeyboardInterrupt",
    "memory": "raise MemoryError",
    "signal": "import os, signal\nos.kill(os.getpid(), signal.SIGTERM)",
    "killed": "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)",
    "segfault": "import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)",
    "main": "def main():\n    print('METRIC:mse=2')\n\nif __name__ == '__main__':\n    main()",
    "sibling": "from beside import a\nfrom package.inner import b\nprint(f'METRIC:mse={a + b}')",
    "missing": "import there_is_no_such_module",
    "source": "import inspect\n\ndef f():\n    return 7\n\nprint(inspect.getsource(f), inspect.stack())",
    "thread": "import threading, time\nthreading.Thread(target=lambda: print('METRIC:mse=3')).start()",
    "warning": "import warnings\nwarnings.warn('careful', stacklevel=1)",
    "imported": "import decimal, xml.dom.minidom as x\nprint(decimal.Decimal('0.1') + 2, x.__file__)",
    "pickle": "import pickle\nclass A: pass\nprint(type(pickle.loads(pickle.dumps(A()))))",
    "child": "import subprocess, sys\nsubprocess.run([sys.executable, 'beside.py'], check=True)",
    "handles": "import os\nprint([n for n in range(3, 300) if os.path.exists(f'/proc/self/fd/{n}')])",
    "left": "import subprocess\nsubprocess.Popen(['sleep', '30'])\nprint('METRIC:mse=1')",
    "dir": "import beside\nprint(dir())",
    "random": "import random, os\nprint(random.Random(int(os.environ['AUTOLIFT_SEED'])).random(), hash('a'))",
}
# helpers that outlive a script for a moment would be counted in one run and not in the other
POOL = """
import multiprocessing, sys
from multiprocessing import forkserver, resource_tracker

def square(x):
    return x * x

if __name__ == "__main__":
    pool = multiprocessing.get_context(sys.argv[1]).Pool(2)
    print(f"METRIC:mse={sum(pool.map(square, range(5)))}")
    pool.close()
    pool.join()
    forkserver._forkserver._stop()
    resource_tracker._resource_tracker._stop()
"""
BESIDE = (
    "answer = 40\nif __name__ == '__main__':\n    import sys\n    print('beside', 'decimal' in sys.modules)"
)
FILES = {"beside.py": BESIDE, "package/__init__.py": "", "package/inner.py": "b = 2"}
_FLEETING = re.compile(r"/scratch/[\w-]+|0x[0-9a-f]+|\(peak \d+ MiB")
HASHED = {"PYTHONHASHSEED": "7"}


@pytest.mark.parametrize("name", [*SCRIPTS, "pool fork", "pool spawn", "pool forkserver"])
def test_a_warm_run_ends_as_a_cold_one(measure: Run, repository: Repository, name: str) -> None:
    script, method = (POOL, name.split()[1]) if name.startswith("pool") else (SCRIPTS[name], "two words")
    commit = repository.commit(FILES | {"run/train.py": script, "run/beside.py": BESIDE, **_inside(FILES)})
    payload = request_for(repository, commit, f"python3 run/train.py {method}", {"run": {"env": HASHED}})
    cold = measure(payload)
    payload["run"] |= WARM
    warm = measure(payload)
    assert warm.device.facts is not None
    assert warm.device.facts.start is not None
    assert warm.device.facts.start.warm, warm.device.facts.start.why
    for seen, expected in zip(_comparable(warm), _comparable(cold), strict=True):
        assert seen == expected


def _inside(files: dict[str, str]) -> dict[str, str]:
    return {f"run/{name}": content for name, content in files.items()}


def _comparable(report: RunReport) -> tuple[object, ...]:
    """All that doesn't hang on time, without the scratch folder's name and addresses in memory."""
    tail, detail = (_FLEETING.sub("", text) for text in (report.tail, report.detail))
    metrics = {name: value for name, value in report.metrics.items() if name not in ("peak_memory_bytes",)}
    metrics.pop("run_seconds")
    return (
        report.status,
        report.value,
        report.exitCode,
        detail,
        metrics,
        report.tampering,
        report.notes,
        tail.splitlines(),
    )
